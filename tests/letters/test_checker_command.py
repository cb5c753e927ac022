"""`check` and `fill` on the command line: answers for programs and for people, exit codes, and files written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from asn_desk.cli.main import main
from asn_desk.letters.contents.kinds import RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.paths import template_file
from tests.letters.word_files import CHART, add_paragraph_xml, word_file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "rusak.docx"
    path.write_bytes(word_file("Nama: {{ pegawai.nmaa }}"))
    return path


def answer(capsys: pytest.CaptureFixture[str], *arguments: Path | str) -> tuple[int, Any, str]:
    code = main([*map(str, arguments), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_check_answers_with_findings_and_code_one(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    code, data, _ = answer(capsys, "check", broken, "--kind", RESIGNATION)
    assert code == 1
    assert data["ok"] is False
    [finding] = data["findings"]
    assert set(finding) == {"severity", "code", "paragraph", "page", "text", "sentence"}
    assert (finding["severity"], finding["code"]) == ("error", "unknown_field")
    assert (finding["paragraph"], finding["page"], finding["text"]) == (1, 1, "Nama: {{ pegawai.nmaa }}")
    assert "pegawai.nama" in finding["sentence"]


def test_check_of_a_sound_template_is_code_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "check", template_file(f"{RESIGNATION_RECEIPT}.docx"))[:2] == (
        0,
        {"ok": True, "findings": []},
    )


def test_check_says_the_place_to_people(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    assert main(["check", str(broken)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("galat: Halaman 1, alinea ke-1 (“Nama: {{ pegawai.nmaa }}”): Isian “pegawai.nmaa”")
    assert "1 galat harus diperbaiki." in said


def test_check_writes_the_marked_copy(capsys: pytest.CaptureFixture[str], broken: Path, tmp_path: Path) -> None:
    answer(capsys, "check", broken, "--marked", tmp_path / "tanda.docx")
    with zipfile.ZipFile(tmp_path / "tanda.docx") as archive:
        assert b"pegawai.nmaa" in archive.read("word/comments.xml")


def test_check_of_a_damaged_file_is_a_finding(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"bukan word")
    code, data, err = answer(capsys, "check", tmp_path / "a.docx", "--marked", tmp_path / "b.docx")
    assert (code, data["ok"], [finding["code"] for finding in data["findings"]]) == (1, False, ["template_damaged"])
    assert "Salinan bertanda tidak dibuat" in err
    assert not (tmp_path / "b.docx").exists()


@pytest.mark.parametrize(("arguments", "code"), [(["check", "tiada.docx"], "file_not_found")])
def test_a_missing_file_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], code: str) -> None:
    result, data, _ = answer(capsys, *arguments)
    assert (result, data["error"]["code"]) == (1, code)


def test_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    code, data, _ = answer(capsys, "check", broken, "--kind", "apa")
    assert (code, data["error"]["code"]) == (1, "kind_unknown")


def filled(capsys: pytest.CaptureFixture[str], tmp_path: Path, data: str, *paragraphs: str) -> tuple[int, Any]:
    (tmp_path / "templat.docx").write_bytes(word_file(*paragraphs))
    (tmp_path / "data.json").write_text(data, encoding="utf-8")
    files = [tmp_path / name for name in ("templat.docx", "data.json", "hasil.docx", "hasil.pdf")]
    code, answered, _ = answer(capsys, "fill", *files)
    return code, answered


def test_fill_writes_both_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = '{"pegawai": {"nama": "Ma\'ruf & Rekan <b>"}, "surat.nomor": "1/X", "daftar": [{"n": 1}, {"n": 2}]}'
    code, answered = filled(
        capsys,
        tmp_path,
        data,
        "{{ pegawai.nama }} {{ surat.nomor }}",
        "{%p for x in daftar %}",
        "{{ x.n }}",
        "{%p endfor %}",
    )
    assert (code, answered["pages"], answered["notes"]) == (0, 1, [])
    made = docx.Document(io.BytesIO((tmp_path / "hasil.docx").read_bytes()))
    assert [paragraph.text for paragraph in made.paragraphs] == ["Ma'ruf & Rekan <b> 1/X", "1", "2"]
    assert (tmp_path / "hasil.pdf").read_bytes().startswith(b"%PDF")


REFUSED = (
    ("{}", "{{ pegawai.nama }}", "template_field"),
    ('{"pegawai": {"nama": "x"}}', "{{ pegawai.nmaa }}", "template_field"),
    ("{}", "{%p for x in y %}", "template_errors"),
    ("{}", "{{ ''.__class__.__mro__ }}", "template_errors"),
    ("{}", "{% for i in range(10**9) %}{% endfor %}", "template_errors"),
    ("[1]", "a", "data_damaged"),
    ("{", "a", "data_damaged"),
    ('{"a": 1, "a.b": 2}', "a", "data_damaged"),
    ('{"a":' * 100_000, "a", "data_damaged"),
    ('{"a":' * 900 + "1" + "}" * 900, "a", None),
)


@pytest.mark.parametrize(("data", "text", "code"), REFUSED)
def test_fill_refuses_in_words_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: str, text: str, code: str | None
) -> None:
    result, answered = filled(capsys, tmp_path, data, text)
    if code is not None:
        assert (result, answered["error"]["code"]) == (1, code)
        assert not (tmp_path / "hasil.docx").exists()
    else:
        assert result == 0 or answered["error"]["code"] == "data_damaged"


def test_fill_refuses_a_template_with_a_chart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "grafik.docx"
    path.write_bytes(word_file("Rekap", build=lambda document: add_paragraph_xml(document, CHART)))
    (tmp_path / "data.json").write_text("{}")
    code, data, _ = answer(capsys, "fill", path, tmp_path / "data.json", tmp_path / "hasil.docx")
    assert (code, data["error"]["code"]) == (1, "template_errors")
    assert "Grafik" in data["error"]["sentence"]
