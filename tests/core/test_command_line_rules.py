"""The verbs about candidacy rules: the promised JSON, codes as people type them, faults of a pack with their lines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asn_desk.cli.main import main
from asn_desk.desk import open_desk
from asn_desk.regulations import service
from asn_desk.regulations.packs import check_file
from asn_desk.regulations.service import CorrectCalendarDate, Why

USUAL = ("--election", "pilkada-2024", "--office", "BUP", "--employee-kind", "PNS", "--post", "jpt_pratama")
KEYS = {
    "kpu_status", "staff_status", "discipline_status", "form", "signer", "proposer", "pension", "tmt", "obligations", "warnings",
}  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def test_obligations_answer_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    events = ("--event", "LAPOR=2024-08-20", "--event", "SURAT_MUNDUR=2024-08-20", "--event", "TANDA_TERIMA=2024-08-20")
    ages = ("--age", "54", "--service-years", "28")
    code, seen, _ = run(capsys, "obligations", *USUAL, *ages, *events, "--on", "2024-09-20")
    assert code == 0
    assert set(seen) == KEYS
    assert (seen["kpu_status"], seen["staff_status"], seen["discipline_status"]) == (
        "BELUM_TERDAFTAR", "TANDA_TERIMA", "TIDAK_ADA",
    )  # fmt: skip
    assert (seen["form"], seen["signer"], seen["proposer"], seen["pension"], seen["tmt"]) == (
        "dengan_hormat", "PPK", "PyB", "ya", "2024-09-30",
    )  # fmt: skip
    duties = {row["id"]: row for row in seen["obligations"]}
    duty = duties["K7"]
    assert set(duty) == {"id", "text", "owed_by", "owed_to", "trigger", "due", "status", "basis", "other_readings"}
    assert (duty["owed_by"], duty["owed_to"], duty["trigger"]) == ("PPK", "KPU", "PENETAPAN")
    assert (duty["due"], duty["status"]) == ("2024-09-22", "due_soon")
    assert set(duty["basis"][0]) == {"norm", "article", "source", "confidence"}
    assert {row["due"] for row in duty["other_readings"]} == {"2024-10-28", None}
    assert all(set(row) == {"due", "source"} for row in duty["other_readings"])
    assert any(line.startswith("C14: ") for line in seen["warnings"])
    assert duties["K2.1"]["status"] == "met"


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("--election", "Pilkada 2024", "--office", "bupati", "--employee-kind", "pns", "--post", "JPT Pratama"), True),
        (("--election", "pilkada2024", "--office", "bup", "--employee-kind", "Pns", "--post", "sekda-kab"), True),
        (("--election", "pilkada-2024", "--office", "BUP", "--employee-kind", "PPPK", "--post", "jpt_pratama"), False),
    ],
)
def test_codes_are_taken_as_people_type_them(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], same: bool
) -> None:
    event = ("--event", "pengunduran-diri=2024-08-20", "--on", "2024-09-01")
    _, seen, _ = run(capsys, "obligations", *words, *event)
    _, usual, _ = run(capsys, "obligations", *USUAL, *event)
    assert (seen == usual) is same


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((*USUAL[:2], "--office", "raja", *USUAL[4:]), "--office: 'raja' tidak dikenal. Pilihan: PRES, DPR, DPD"),
        ((*USUAL, "--event", "PESTA=2024-01-01"), "--event: 'PESTA' tidak dikenal. Pilihan: DUKUNGAN"),
        ((*USUAL, "--event", "LAPOR=kemarin"), "tulis tanggal sebagai TTTT-BB-HH"),
        ((*USUAL, "--event", "LAPOR"), "tulis tanggal sebagai TTTT-BB-HH"),
        (("--election", "pemilu-2024", *USUAL[2:]), "Jabatan BUP tidak dipilih dalam pemilu-2024"),
        ((*USUAL, "--fact", "kaya"), "--fact: 'kaya' tidak dikenal"),
        ((*USUAL, "--non-asn-policy", "x"), "none, at_registration, at_dct, per_contract"),
    ],
)
def test_what_is_not_known_is_said_with_the_choices(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], part: str
) -> None:
    code, seen, err = run(capsys, "obligations", *words)
    assert code == 1
    assert part in err
    assert seen["error"]["sentence"] == err.strip()


def test_a_decree_names_its_tmt_and_a_stage_may_be_moved(capsys: pytest.CaptureFixture[str]) -> None:
    _, seen, _ = run(
        capsys, "obligations", *USUAL, "--event", "APS_DIAJUKAN=2024-06-03", "--event", "APS_DISETUJUI=2024-06-10",
        "--event", "SK_TERBIT=2024-06-20/2024-07-01", "--on", "2024-07-02",
    )  # fmt: skip
    assert (seen["tmt"], seen["staff_status"]) == ("2024-07-01", "SK_TERBIT")
    _, moved, _ = run(
        capsys, "obligations", *USUAL, "--event", "PENELITIAN=2024-08-27/2024-09-25", "--on", "2024-09-24"
    )
    _, usual, _ = run(capsys, "obligations", *USUAL, "--on", "2024-09-24")
    assert any(line.startswith("K4: ") for line in usual["warnings"])
    assert not any(line.startswith("K4: ") for line in moved["warnings"])


def test_people_read_the_same_with_explanations_and_marks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["obligations", *USUAL, "--event", "SURAT_MUNDUR=2024-08-20", "--on", "2024-09-20"]) == 0
    out = capsys.readouterr().out
    assert "Pilkada serentak 2024, keadaan 20 September 2024" in out
    assert "[perlu diperiksa]" in out
    assert "  Tidak dihitung: 5 hari Sabtu/Minggu; 16 September 2024 (Maulid Nabi Muhammad)" in out


def test_help_lists_every_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["obligations", "--help"])
    out = capsys.readouterr().out
    assert left.value.code == 0
    for code in (
        "pilkada-2025-ulang",
        "DPRD_KAB",
        "PPPK_PW",
        "jf_ahli_utama",
        "SURAT_MUNDUR",
        "PUNGUT_SUARA",
        "at_dct",
    ):
        assert code in out
    assert "pemakaian:" in out


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, seen, _ = run(capsys, "explain", "k7")
    assert code == 0
    assert (seen["id"], seen["doubtful"]) == ("K7", True)
    labels = [line["label"] for line in seen["lines"]]
    assert labels[:3] == ["Aturan", "Sumber", "Dasar"]
    assert {"Hitungan", "Tanggal", "Bacaan lain", "Perlu diperiksa"} <= set(labels)
    code, seen, err = run(capsys, "explain", "Z99")
    assert code == 1
    assert "K3" in err


PACK = """\
[pack]
id = "uji"
title = "Uji"
version = 1

[[rules]]
id = "U1"
kind = "warning"
text = "Uji"
basis = ["mk41-2014"]
confidence = "D"

[[rules]]
id = "U2"
text = "Uji dua"
by_when = "kapan saja"
owed_by = "pegawai"
owed_to = "ppk"
met_by = ["LAPOR"]
basis = ["mk41-2014"]
confidence = "D"
[rules.due]
trigger = "PENETAPAN"
offset = { number = 3, unit = "day" }

[[calendars]]
id = "uji"
title = "Uji"
type = "pilkada"
offices = ["BUP"]
basis = ["mk41-2014"]
events = [
    { code = "PENDAFTARAN", title = "Daftar", date_from = 2024-01-01, date_to = 2024-01-02, confidence = "D" },
    { code = "PENETAPAN", title = "Tetap", date_from = 2024-02-01, date_to = 2024-02-01, confidence = "D" },
]
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ('title = "Uji"\nversion', "version", "title", 1),
        ("version = 1", 'version = "satu"', "version", 4),
        ('kind = "warning"', 'kind = "wrning"', "kind", 8),
        ('basis = ["mk41-2014"]\nconfidence = "D"\n\n', 'basis = ["nah"]\nconfidence = "D"\n\n', "basis", 10),
        ('text = "Uji dua"\n', "", "text", 13),
        ('met_by = ["LAPOR"]', 'met_by = ["PESTA"]', "happened", 19),
        ('trigger = "PENETAPAN"', 'trigger = "HARI_H"', "trigger", 23),
        ('unit = "day"', 'unit = "minggu"', "due.offset.unit", 24),
        ("date_from = 2024-02-01", 'date_from = "besok"', "events.2.date_from", 34),
        ('code = "PENETAPAN", title', 'code = "PESTA", title', "trigger", 34),
        ("date_to = 2024-01-02", "date_to = 2023-01-02", "events.1", 33),
        ("[[calendars]]", "[[calendars]", "", 26),
        ('id = "U2"', 'id = "C1"', "", 14),
    ],
)  # fmt: skip
def test_a_fault_of_a_pack_is_named_by_table_key_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, key: str, line: int
) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(PACK.replace(old, new, 1), encoding="utf-8")
    code, seen, err = run(capsys, "rules", "check", file)
    assert code == 1
    problem = next(row for row in seen["problems"] if row["place"].endswith(f"kunci {key}" if key else ""))
    assert (problem["file"], problem["line"]) == ("uji.toml", line)
    assert f"baris {line}" in err


def test_a_sound_pack_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(PACK, encoding="utf-8")
    assert check_file(file) == ()
    assert run(capsys, "rules", "check", file)[:2] == (0, {"ok": True, "problems": []})
    assert run(capsys, "rules", "check", tmp_path / "tiada.toml")[0] == 1


def test_with_a_data_folder_the_offices_own_dates_count(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = open_desk(data_folder)
    why = Why("Jadwal berubah", "5/2024", date(2024, 9, 1))
    moved = CorrectCalendarDate("pilkada-2024", "PENETAPAN", date(2024, 9, 25), date(2024, 9, 25), why)
    desk.write(lambda session: service.correct_calendar_date(session, moved))
    desk.close()
    _, shipped, _ = run(capsys, "obligations", *USUAL, "--on", "2024-09-01")
    _, own, _ = run(capsys, "obligations", *USUAL, "--on", "2024-09-01", "--data", data_folder)
    dates = [next(row["due"] for row in seen["obligations"] if row["id"] == "K3") for seen in (shipped, own)]
    assert dates == ["2024-09-22", "2024-09-25"]
