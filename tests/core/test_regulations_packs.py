"""The shipped packs are whole and cited; a faulty pack is refused with the exact place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asn_desk.errors import DeskError
from asn_desk.paths import resource
from asn_desk.regulations import packs, schema
from asn_desk.regulations.terms import Confidence, RuleKind

LIBRARY = packs.shipped_library()
BODY = """
[pack]
id = "uji"
title = "Uji"
version = 1

[[rules]]
id = "U1"
kind = "warning"
text = "Uji"
basis = ["mk41-2014"]
confidence = "V2"
sources = ["S06"]
"""


def cited_rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    for pack in LIBRARY.packs:
        content = pack.content
        ages = (content.retirement_ages, content.retirement_starts, content.pensions)
        for table in (content.rules, content.effective_dates, content.officials, content.calendars, *ages):
            for index, row in enumerate(table):
                yield f"{pack.file} {type(row).__name__} {getattr(row, 'id', index)}", row.basis
        for pension in content.pensions:
            yield from ((f"{pack.file} bacaan {row.age}", row.basis) for row in pension.other_readings)


@pytest.mark.parametrize(("place", "basis"), list(cited_rows()))
def test_everything_that_makes_a_date_reaches_an_article(place: str, basis: tuple[str, ...]) -> None:
    assert basis, place
    for key in basis:
        norm = LIBRARY.norms[key]
        assert norm.title
        assert norm.article
        assert norm.gist
        assert norm.sources or norm.doubtful, key


def test_what_rests_on_memory_is_marked_doubtful() -> None:
    tables = [(*one.content.norms, *one.content.rules, *one.content.retirement_ages) for one in LIBRARY.packs]
    rows = [row for table in tables for row in table]
    memory = [row for row in rows if row.confidence is Confidence.MEMORY]
    assert memory
    assert all(row.doubtful for row in memory)


def dated_rows() -> Iterator[tuple[str, schema.Cited, tuple[str, ...]]]:
    """Give every date that the packs can make: (place, what carries it, the norms behind it)."""
    for pack in LIBRARY.packs:
        for calendar in pack.content.calendars:
            yield from ((f"{calendar.id} {stage.code}", stage, calendar.basis) for stage in calendar.events)
        for rule in pack.content.rules:
            yield rule.id, rule, rule.basis
            for row in (*rule.due.dates, *rule.due.other_readings) if rule.due else ():
                yield f"{rule.id} {row.election}", row, rule.basis
        for tmt in pack.content.effective_dates:
            yield f"TMT {tmt.text}", tmt, tmt.basis
            yield from ((f"TMT {row.text}", row, tmt.basis) for row in tmt.other_readings)
        for start in pack.content.retirement_starts:
            yield "TMT BUP", start, start.basis
        for age in pack.content.retirement_ages:
            yield f"BUP {', '.join((*age.kinds, *age.posts, *age.names))}", age, age.basis
        for pension in pack.content.pensions:
            yield f"hak pensiun {pension.age}", pension, pension.basis
            yield from ((f"hak pensiun {row.age}", row, row.basis) for row in pension.other_readings)


@pytest.mark.parametrize(("place", "row", "basis"), [pytest.param(*row, id=row[0]) for row in dated_rows()])
def test_no_date_is_an_orphan(place: str, row: schema.Cited, basis: tuple[str, ...]) -> None:
    """Every date reaches a norm with article and confidence, and a source, or it is derived or marked `perlu diperiksa`."""
    assert basis, place
    assert all(LIBRARY.norms[key].article for key in basis)
    assert row.sources or row.doubtful or row.confidence is Confidence.DERIVED, place
    assert all(LIBRARY.sources[key].site for key in row.sources)
    assert row.doubtful or row.confidence is not Confidence.MEMORY


def test_an_orphan_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    for wrong in ('confidence = "V"', 'confidence = "V2"'):
        file.write_text(BODY.replace('confidence = "V2"\nsources = ["S06"]', wrong), encoding="utf-8")
        assert "memerlukan sumber" in packs.check_file(file)[0].sentence
    file.write_text(BODY.replace('basis = ["mk41-2014"]\n', ""), encoding="utf-8")
    assert "wajib diisi" in packs.check_file(file)[0].sentence


def test_a_frame_has_no_dates_and_what_is_not_loaded_is_said() -> None:
    frames = [row for row in LIBRARY.calendars.values() if row.expected]
    assert {row.id for row in frames} == {"pemilu-2029", "pemilu-lokal-2031"}
    assert all(not row.events and row.note for row in frames)
    old = LIBRARY.calendars["pemilu-2019"]
    assert "dari ingatan" in old.note
    assert all(stage.doubtful for stage in old.events)


def test_every_rule_of_the_sections_is_there() -> None:
    ids = {rule.id for pack in LIBRARY.packs for rule in pack.content.rules}
    expected = {f"C{n}" for n in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)}
    expected |= {f"L{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)} | {f"P{n}" for n in range(1, 6)}
    expected |= {f"D{n}" for n in range(1, 6)} | {f"J{n}" for n in range(1, 6)}
    expected |= {"K1", "K2.1", "K2.2", "K2.3", "K3", "K4", "K5", "K6.1", "K6.2", "K7", "K8"}
    assert not expected - ids


def test_every_office_has_an_election_and_every_post_a_signer() -> None:
    assert all(LIBRARY.elections_for(code) for code in LIBRARY.offices)
    assert set(LIBRARY.kinds) == {"PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN"}


def test_the_strictest_printed_date_leads() -> None:
    for pack in LIBRARY.packs:
        for rule in pack.content.rules:
            for printed in rule.due.dates if rule.due else ():
                others = [row.day for row in rule.due.other_readings if row.day and row.election == printed.election]
                assert all(printed.day <= other for other in others), rule.id


def test_duties_say_how_they_are_met() -> None:
    duties = [rule for pack in LIBRARY.packs for rule in pack.content.rules if rule.kind is RuleKind.DUTY]
    assert len(duties) > 40
    assert all(rule.alternatives and rule.owed_by and rule.owed_to for rule in duties)


def test_a_rerun_uses_the_rules_of_the_election_before_it() -> None:
    book = LIBRARY.book("pilkada-2025-ulang")
    assert {"K3", "C1"} <= {rule.id for rule in book.rules}
    assert book.packs[0].id == "pilkada-2025-ulang"


def test_a_version_of_the_book_changes_with_any_file(tmp_path: Path) -> None:
    for path in resource("regulations", "paket").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text + "\n# catatan\n" if path.stem == "aturan-kades" else text, encoding="utf-8"
        )
    assert packs.load_library(tmp_path).book("pilkada-2024").digest != LIBRARY.book("pilkada-2024").digest


def test_an_unknown_election_is_refused() -> None:
    with pytest.raises(DeskError, match="kalender"):
        LIBRARY.book("pilkada-1945")


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        (
            'kind = "warning"',
            'kind = "peringatan"',
            "uji.toml, [[rules]] ke-1 (U1), kunci kind",
            "'peringatan' tidak dikenal",
        ),
        ('text = "Uji"\n', "", "uji.toml, [[rules]] ke-1 (U1), kunci text", "wajib diisi"),
        ("version = 1", 'version = "satu"', "uji.toml, [pack], kunci version", "bilangan bulat"),
        ('id = "U1"', 'id = "U1"\nteks = "x"', "uji.toml, [[rules]] ke-1 (U1), kunci teks", "tidak dikenal"),
        ('basis = ["mk41-2014"]', "basis = []", "uji.toml, [[rules]] ke-1 (U1), kunci basis", "satu isian"),
        ('kind = "warning"', 'kind = "duty"', "uji.toml, [[rules]] ke-1 (U1)", "owed_by, owed_to"),
        ('sources = ["S06"]', "", "uji.toml, [[rules]] ke-1 (U1)", "memerlukan sumber"),
        (
            'basis = ["mk41-2014"]',
            'basis = ["uu-hayal"]',
            "uji.toml, [[rules]] ke-1 (U1), kunci basis",
            "norma 'uu-hayal'",
        ),
        ('sources = ["S06"]', 'sources = ["S999"]', "uji.toml, [[rules]] ke-1 (U1), kunci sources", "sumber 'S999'"),
        (
            'text = "Uji"\n',
            'text = "Uji"\nwhen = { happened = ["BULAN_MADU"] }\n',
            "uji.toml, [[rules]] ke-1 (U1), kunci happened",
            "kejadian 'BULAN_MADU'",
        ),
        (
            'text = "Uji"\n',
            'text = "Uji"\ndue = { trigger = "PENETAPAN", offset = { unit = "minggu" } }\n',
            "uji.toml, [[rules]] ke-1 (U1), kunci due.offset.unit",
            "'minggu' tidak dikenal",
        ),
        ('id = "U1"', 'id = "C1"', "uji.toml, [[rules]] (C1)", "sudah dipakai"),
        ("[pack]", "[pack", "uji.toml", "TOML"),
    ],
)
def test_a_faulty_pack_is_named_by_file_table_and_key(
    tmp_path: Path, old: str, new: str, place: str, sentence: str
) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(BODY.replace(old, new, 1), encoding="utf-8")
    problems = packs.check_file(file)
    assert [problem.place for problem in problems] == [place]
    assert sentence in problems[0].sentence


def test_a_sound_pack_has_no_faults_and_a_missing_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(BODY, encoding="utf-8")
    assert packs.check_file(file) == ()
    assert packs.check_file(tmp_path / "tiada.toml")


def test_many_faults_are_told_in_one_error_with_the_places_as_fields(tmp_path: Path) -> None:
    file = tmp_path / "uji.toml"
    file.write_text(BODY.replace('text = "Uji"\n', "").replace("version = 1", ""), encoding="utf-8")
    with pytest.raises(DeskError) as caught:
        packs.read_pack(file)
    assert caught.value.code == "rule_pack_invalid"
    assert len(caught.value.fields) == 2


def test_packs_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        LIBRARY.packs[0].content.pack.title = "x"


def test_a_norm_is_in_force_on_both_ends_of_its_period() -> None:
    norm = LIBRARY.norms["uu5-2014.123-3"]
    new = LIBRARY.norms["uu20-2023.59-3"]
    assert isinstance(norm, schema.Norm)
    assert norm.in_force_to is not None
    assert norm.in_force(norm.in_force_to)
    assert not new.in_force(norm.in_force_to)
    assert new.in_force_from is not None
    assert (new.in_force_from - norm.in_force_to).days == 1
