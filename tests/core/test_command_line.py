"""The administrator's command line: JSON answers, exit codes, Indonesian sentences on the error channel."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from asn_desk.cli.main import VERBS, main
from asn_desk.desk import open_desk
from asn_desk.errors import EnvironmentProblem
from asn_desk.office import service as office
from asn_desk.office.terms import Letterhead, OfficialRole, RegionKind
from asn_desk.paths import resource, template_file

SAMPLE = resource("sample", "pegawai-kota-contoh.xlsx")
UNITS = resource("sample", "hierarki-unor.xlsx")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    """Run the command with --json and return exit code, answer and error channel."""
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.fixture(scope="module")
def imported_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample people and an office identity."""
    root = tmp_path_factory.mktemp("cli") / "data"
    assert main(["import", str(SAMPLE), "--hierarchy", str(UNITS), "--data", str(root)]) == 0
    desk = open_desk(root)
    identity = office.Identity(
        "Pemerintah Kota Contoh", RegionKind.KOTA, "Contoh", "Badan Kepegawaian", "BKPSDM", "Jalan Merdeka 1", "Contoh"
    )
    desk.write(lambda session: office.set_up_office(session, office.SetUpOffice(identity, "Ratna Wulandari")))
    head = office.SaveOfficial(
        OfficialRole.KEPALA_PERANGKAT_DAERAH, "Kepala Badan", "Purwanto Raharjo", Letterhead.PERANGKAT_DAERAH
    )
    desk.write(lambda session: office.save_official(session, head))
    desk.close()
    return root


@pytest.fixture
def folder(imported_folder: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    root = tmp_path / "data"
    shutil.copytree(imported_folder, root)
    return root


def first_nip(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "asn_desk.db")) as database:
        found: str = database.execute("SELECT nip FROM employees WHERE kind = 'PNS' ORDER BY id").fetchone()[0]
    return found


def test_import_answers_with_counts_and_places(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, answer, _ = run(capsys, "import", SAMPLE, "--hierarchy", UNITS, "--data", tmp_path / "d")
    assert code == 0
    assert set(answer) == {"new", "changed", "same", "gone", "refused", "warnings"}
    assert (answer["new"], answer["refused"]) == (1100, [])


def test_importing_the_same_file_again_changes_nothing(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, answer, _ = run(capsys, "import", SAMPLE, "--data", folder)
    assert code == 0
    assert (answer["new"], answer["changed"], answer["same"]) == (0, 0, 1100)


def test_a_dry_run_stores_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, planned, _ = run(capsys, "import", SAMPLE, "--dry-run", "--data", tmp_path / "d")
    _, again, _ = run(capsys, "import", SAMPLE, "--dry-run", "--data", tmp_path / "d")
    assert planned["new"] == again["new"] == 1100


def test_what_is_no_workbook_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wrong = tmp_path / "pegawai.xlsx"
    wrong.write_bytes(b"bukan excel")
    code, answer, err = run(capsys, "import", wrong, "--data", tmp_path / "d")
    assert code == 1
    assert answer["error"]["sentence"] in err


def test_an_import_is_undone_by_its_number(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "d"
    run(capsys, "import", SAMPLE, UNITS, "--data", folder)
    code, answer, _ = run(capsys, "undo-import", "1", "--data", folder)
    assert code == 0
    assert (answer["run_id"], answer["removed"], answer["restored"]) == (1, 1100, 0)
    code, answer, err = run(capsys, "undo-import", "1", "--data", folder)
    assert (code, answer["error"]["code"]) == (1, "import_missing")
    assert answer["error"]["sentence"] in err
    _, answer, _ = run(capsys, "import", SAMPLE, UNITS, "--full", "--data", folder)
    assert list(answer) == ["new", "changed", "same", "gone", "refused", "warnings"]
    assert answer["new"] == 1100


def test_refused_rows_go_to_the_report(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import python_calamine

    source = tmp_path / "p.csv"
    source.write_text("NIP BARU;NAMA;JABATAN NAMA;UNOR NAMA\n1.98E+17;BUDI;Staf;Dinas A\n", encoding="utf-8")
    report = tmp_path / "ditolak.xlsx"
    code, answer, err = run(capsys, "import", source, "--report", report, "--data", tmp_path / "d")
    assert code == 0
    assert len(answer["refused"]) == 1
    assert answer["refused"][0]["value"] == "1.98E+17"
    assert answer["refused"][0]["reason"] in err
    assert python_calamine.CalamineWorkbook.from_path(report).sheet_names


def test_a_letter_is_issued_with_a_number_and_both_files(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    desk = open_desk(folder)
    from asn_desk.letters.numbers import numbering

    desk.write(lambda session: numbering.ensure_default_series(session, "BKPSDM"))
    desk.close()
    fields = [
        "--field", "pencalonan.jabatan=Wali Kota Contoh", "--field", "pencalonan.pemilihan=Pilkada 2024",
        "--field", "diterima.tanggal_surat=2024-08-26",
    ]  # fmt: skip
    code, answer, _ = run(
        capsys, "letter", "tanda_terima_pengunduran_diri", "--employee", first_nip(folder),
        *fields, "--out", tmp_path / "surat", "--data", folder,
    )  # fmt: skip
    assert code == 0
    assert answer["number"]
    assert sorted(Path(name).suffix for name in answer["files"]) == [".docx", ".pdf"]
    assert all(Path(name).exists() for name in answer["files"])


def test_a_letter_for_nobody_is_refused(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    code, answer, _ = run(
        capsys, "letter", "tanda_terima_pengunduran_diri", "--employee", "1" * 18, "--out", tmp_path, "--data", folder
    )
    assert (code, answer["error"]["code"]) == (1, "unknown_employee")


def test_any_word_letter_becomes_a_pdf(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "hasil.pdf"
    code, answer, _ = run(capsys, "pdf", template_file("surat_edaran_netralitas.docx"), target)
    assert code == 0
    assert answer["pages"] >= 1
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("content", [None, b"", b"bukan word"])
def test_what_is_no_word_letter_is_refused_and_leaves_no_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None
) -> None:
    source, target = tmp_path / "surat.docx", tmp_path / "hasil.pdf"
    if content is not None:
        source.write_bytes(content)
    code, _, err = run(capsys, "pdf", source, target)
    assert code == 1
    assert err.strip().endswith(".")
    assert not target.exists()


def test_verify_says_whole_or_names_what_is_broken(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, answer, _ = run(capsys, "verify", "--data", folder)
    assert (code, answer["ok"]) == (0, True)
    with closing(sqlite3.connect(folder / "asn_desk.db")) as database, database:
        database.execute("DROP TRIGGER audit_entries_no_update")
        database.execute("UPDATE audit_entries SET actor = 'orang lain' WHERE seq = 7")
    code, answer, err = run(capsys, "verify", "--data", folder)
    assert (code, answer["ok"]) == (1, False)
    assert "nomor 7" in err


def test_backup_and_restore_bring_the_data_back(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    made = tmp_path / "cadangan.zip"
    assert run(capsys, "backup", "--to", made, "--data", folder)[0] == 0
    code, answer, _ = run(capsys, "restore", made, "--data", tmp_path / "pc-baru")
    assert (code, answer["saved_before"]) == (0, None)
    assert run(capsys, "verify", "--data", tmp_path / "pc-baru")[1]["ok"]
    code, answer, _ = run(capsys, "restore", made, "--data", folder)
    assert Path(answer["saved_before"]).exists()


def test_an_empty_folder_cannot_be_backed_up_or_verified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for verb in ("backup", "verify"):
        code, answer, _ = run(capsys, verb, "--data", tmp_path / "kosong")
        assert (code, answer["error"]["code"]) == (1, "no_data")


def test_a_folder_in_use_is_refused_and_says_by_whom(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    desk = open_desk(folder)
    try:
        code, answer, _ = run(capsys, "import", SAMPLE, "--data", folder)
    finally:
        desk.close()
    assert (code, answer["error"]["code"]) == (1, "in_use")


def test_looking_at_a_folder_in_use_is_allowed(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    desk = open_desk(folder)
    try:
        assert run(capsys, "verify", "--data", folder)[0] == 0
        assert run(capsys, "backup", "--to", tmp_path / "c.zip", "--data", folder)[0] == 0
    finally:
        desk.close()


@pytest.mark.parametrize(
    "words", [[], ["tidak-ada"], ["pdf"], ["letter", "x", "--field", "y"], ["import", "a", "--banyak"]]
)
def test_wrong_usage_ends_with_two_in_indonesian(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    err = capsys.readouterr().err
    assert "pemakaian:" in err
    assert "usage" not in err
    assert "argument " not in err


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_indonesian_help(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([verb, "--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert "tampilkan bantuan ini" in text
    assert "options:" not in text


def test_trouble_of_the_pc_is_a_refusal_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise EnvironmentProblem("disk_full", "Ruang habis.")

    monkeypatch.setattr("asn_desk.cli.folders.open_desk", full)
    code, answer, err = run(capsys, "import", SAMPLE, "--data", tmp_path)
    assert (code, answer["error"]["code"], err.strip()) == (1, "disk_full", "Ruang habis.")


@pytest.mark.slow
def test_the_demo_does_the_whole_job(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, answer, _ = run(capsys, "demo", "--out", tmp_path / "hasil")
    assert code == 0
    assert (answer["employees"], answer["declarations"]) == (1100, 9)
    for name in answer["files"]:
        assert (tmp_path / "hasil" / name).stat().st_size > 0
    assert {Path(name).suffix for name in answer["letters"]} == {".docx", ".pdf"}
