"""What is made for the office is never written over the office's own data, whichever way it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asn_desk import saving
from asn_desk.cli.main import main
from asn_desk.database import files
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.paths import template_file
from tests.sources import ROOT, nodes, sources

OWN_WRITERS = {
    "saving.py", "database", "accounts/recovery_tries.py", "letters/bulk/batch_check.py", "letters/bulk/batch_files.py",
    "letters/export.py", "letters/templates/template_store.py", "sample/job.py",
}  # fmt: skip
"""Who writes files without `saving`: the data folder's own, and those who name each file of a chosen folder themselves."""


@pytest.fixture
def closed(practice_desk: Desk) -> Path:
    """The data folder of an office with a stored file and a backup, left by its desk."""
    practice_desk.write(lambda session: files.store(session, b"surat", files.PDF))
    practice_desk.backup()
    practice_desk.close()
    return practice_desk.paths.root


def bytes_below(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_none_of_the_offices_own_files_is_replaced(closed: Path) -> None:
    before = bytes_below(closed)
    assert len(before) > 3
    for path in before:
        with pytest.raises(DeskError) as caught:
            saving.write(path, b"%PDF-")
        assert caught.value.code == "target_ours", path
    assert bytes_below(closed) == before


def test_a_paper_beside_the_data_and_a_file_anywhere_else_are_written(closed: Path, tmp_path: Path) -> None:
    for target in (closed / "daftar.pdf", tmp_path / "asn_desk.db"):
        saving.write(target, b"isi")
        assert target.read_bytes() == b"isi"


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as caught:
        saving.write(tmp_path, b"isi")
    assert caught.value.code == "target_kind"


LETTER = str(template_file("berita_acara.docx"))


@pytest.mark.parametrize(
    "words",
    [
        ["backup", "--to"],
        ["pdf", LETTER],
        ["candidacy", "press", "--out"],
        ["candidacy", "weekly", "--out"],
        ["candidacy", "ics", "--out"],
    ],
    ids=lambda words: " ".join(Path(word).name for word in words),
)
def test_no_verb_writes_its_result_over_the_database(
    closed: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    database = closed / "asn_desk.db"
    before = database.read_bytes()
    code = main([*words, str(database), "--data", str(closed), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (code, answer["error"]["code"]) == (1, "target_ours")
    assert database.read_bytes()[:100] == before[:100]


def test_whoever_writes_a_file_asks_where_it_goes() -> None:
    core = ROOT / "asn_desk"
    writers = {
        path.relative_to(core).as_posix()
        for path in sources()
        if path.is_relative_to(core)
        for node in nodes(path)
        if getattr(node, "id", "") == "write_durably"
    }
    assert {name for name in writers if not OWN_WRITERS & {name, name.split("/")[0]}} == set()
