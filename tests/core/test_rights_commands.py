"""Every verb of the command line for every role: whoever lacks the right gets exit code 1 and the sentence, never a crash."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from asn_desk.accounts import passwords, recovery
from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.circulars import service
from asn_desk.circulars.evidence.binder import write_binder
from asn_desk.circulars.seals import office_seal
from asn_desk.cli.encryption import CODE_VARIABLE
from asn_desk.cli.folders import PASSWORD_VARIABLE
from asn_desk.cli.main import VERBS, main
from asn_desk.cli.parser import build
from asn_desk.database import files
from asn_desk.desk import Desk, open_desk
from asn_desk.letters.model import Letter
from tests.accounts_office import NAMES, PASSWORD, open_accounts
from tests.core.candidacy_office import SCAN
from tests.core.circulars_office import SUBJECT, Office, an_office
from tests.core.employee_files import person, write_xlsx
from tests.rights_table import CLI, table

SENTENCE = "Anda tidak berhak melakukan ini"
NUMBER = "800.1.6/10/BKPSDM/2024"
NIP = "198001012005011001"
WORDS: Mapping[str, str] = {
    "import": "import pegawai.xlsx --dry-run",
    "undo-import": "undo-import 999",
    "search": "search yusuf",
    "letter": f"letter tidak-ada --employee {NIP} --out keluar",
    "batch": "batch tidak-ada --filter semua --out cetak",
    "register reserve": "register reserve --count 1 --purpose uji --series tidak-ada",
    "register insert": "register insert --date 2024-09-05 --subject uji --series tidak-ada",
    "register outside": "register outside --number 1 --date 2024-09-05 --subject uji --series tidak-ada",
    "register later": "register later --letter 1 --number 1",
    "register void": f"register void --number {NUMBER} --year 2024 --reason uji",
    "register return": f"register return --number {NUMBER} --year 2024 --reason uji",
    "register unused": "register unused --order 7 --reason uji --series tidak-ada",
    "register agenda": "register agenda --year 2024 --out agenda.pdf",
    "candidacy press": "candidacy press",
    "candidacy ics": "candidacy ics --out agenda.ics",
    "candidacy weekly": "candidacy weekly --out pekan.pdf",
    "candidacy binder": "candidacy binder --declaration 999 --out berkas.pdf",
    "slips": "slips Netralitas --out lembar.pdf",
    "progress": "progress Netralitas",
    "scan": "scan pindaian --helpers 1",
    "return-file export": "return-file export Netralitas --opd Dinas_Kesehatan --out balasan.xlsx",
    "return-file import": "return-file import pegawai.xlsx",
    "binder": "binder Netralitas --out bukti.pdf",
    "verify-binder": "verify-binder bundel.pdf",
    "backup": "backup",
    "restore": "restore cadangan.zip",
    "encryption on": "encryption on",
    "encryption off": "encryption off",
    "encryption sheet": "encryption sheet",
    "users list": "users list",
    "users add": "users add Sinta_Dewi",
    "users role": "users role Sinta_Dewi --role auditor",
    "users password": "users password Sinta_Dewi",
    "users on": "users on Sinta_Dewi",
    "trail": "trail",
}
"""How each verb that asks for a right is tried; `_` stands for a blank within a word, file names are in the test's folder."""

LASTING = frozenset({"encryption on", "encryption off", "encryption sheet"})  # done in earnest in tests/database
FILES = ("keluar", "cetak", "pindaian", ".xlsx", ".pdf", ".ics", ".zip")
CODE = "-".join(group + recovery._check_sign(place, group) for place, group in enumerate(["AB12"] * recovery.GROUPS))


def verbs(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Yield every verb with its second word, as they are typed."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from verbs(inner, f"{before} {word}".strip())
            return
    second = [action for action in parser._actions if action.dest in ("what", "action") and action.choices]
    yield from (f"{before} {word}" for action in second for word in action.choices or ()) if second else (before,)


@pytest.fixture(scope="module")
def folder(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an office of accounts that has a running circular, a backup, and the files that the verbs are given."""
    root = tmp_path_factory.mktemp("commands")
    shutil.copytree(migrated_folder, root / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setenv(PASSWORD_VARIABLE, PASSWORD)
        patch.setenv(CODE_VARIABLE, CODE)
        desk = open_desk(root / "data")
        _fill(desk, root)
        shutil.copy(desk.backup(automatic=True).path, root / "cadangan.zip")
        desk.close()
        write_xlsx(root / "pegawai.xlsx", [person()])
        (root / "pindaian").mkdir()
        (root / "pindaian" / "satu.pdf").write_bytes(SCAN)
        yield root


def _fill(desk: Desk, root: Path) -> None:
    office = desk.maintain(_office).value
    command = service.PublishCircular(subject=SUBJECT, election_id="pilkada-2024", letter_id=office.letter)
    made = desk.maintain(lambda session: service.publish(session, command)).value
    seal = desk.maintain(office_seal).value
    desk.read(lambda session: write_binder(session, made.circular_id, root / "bundel.pdf", seal))
    desk.maintain(open_accounts)


def _office(session: Session) -> Office:
    office = an_office(session)
    session.get_one(Letter, office.letter).pdf_sha256 = files.store(session, SCAN, files.PDF)
    return office


def _words(verb: str, folder: Path) -> list[str]:
    words = [word.replace("_", " ") for word in WORDS[verb].split()]
    return [str(folder / word) if word.endswith(FILES) else word for word in words]


def test_every_verb_is_in_the_table_and_is_tried() -> None:
    listed = {line.name.removeprefix(f"{CLI}."): line for line in table().values() if line.name.startswith(f"{CLI}.")}
    assert sorted(listed) == sorted(verbs(build(dict(VERBS))))
    assert sorted(WORDS) == sorted(verb for verb, line in listed.items() if line.kind == "needs")


@pytest.mark.parametrize("verb", sorted(WORDS))
def test_who_lacks_the_right_gets_the_sentence(verb: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line, wrong = table()[f"{CLI}.{verb}"], {}
    for role in Role:
        may = line.allows(RIGHTS[role])
        if may and verb in LASTING:
            continue
        code = main([*_words(verb, folder), "--data", str(folder / "data"), "--as", NAMES[role]])
        told = capsys.readouterr().err
        if (SENTENCE in told) == may or (not may and code != 1):
            wrong[role.value] = (code, told)
    assert wrong == {}


@pytest.mark.parametrize("verb", sorted(WORDS))
def test_nobody_works_without_a_name(verb: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*_words(verb, folder), "--data", str(folder / "data")]) == 1
    assert "--as NAMA" in capsys.readouterr().err
