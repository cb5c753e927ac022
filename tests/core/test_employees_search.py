"""Search finds the right person first: a table of queries over 20,000 people, paging, typing errors, and what is highlighted."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from asn_desk.accounts.terms import Action
from asn_desk.cli.main import main
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import queries, search
from asn_desk.employees.model import EmployeeSearch
from asn_desk.employees.queries import EmployeeFilter, Sort
from asn_desk.employees.search_query import distance, parse, spans
from asn_desk.employees.search_words import similar_words
from asn_desk.employees.service import SavePerson, save_person
from asn_desk.employees.terms import EmployeeKind
from tests.factories import add_employee
from tests.sample_registry import fill_registry

TABLE: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "search_queries.toml").read_text(encoding="utf-8")
)["query"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The registry of 20,000 invented people; only read."""
    desk = open_desk(tmp_path_factory.mktemp("sample") / "data")
    desk.actor = "Ratna Wulandari"
    assert desk.write(lambda session: fill_registry(session, 20_000)).value == 20_000
    yield desk
    desk.close()


def test_the_table_is_as_long_as_the_office_was_promised() -> None:
    assert len(TABLE) >= 60
    assert sum(row["kind"].startswith("salah ketik") for row in TABLE) >= 10


def test_the_person_meant_comes_first(sample: Desk) -> None:
    def missed(session: Any) -> list[tuple[str, str, str]]:
        found = [(row, queries.search(session, row["typed"], 1)) for row in TABLE]
        return [
            (row["kind"], row["typed"], hits[0].name if hits else "")
            for row, hits in found
            if not hits or hits[0].number != row["first"]
        ]

    assert sample.read(missed) == []


@pytest.mark.parametrize("text", ["guru", "wawan", "s", "si", "1985", "19", "ahli pertama", "perawt", "a b", "guru k"])
def test_pages_follow_each_other_without_gap_or_repetition(sample: Desk, text: str) -> None:
    def paged(session: Any) -> tuple[list[int], list[int]]:
        ids: list[int] = []
        after = None
        for _ in range(6):
            page = search.first_page(session, text, limit=30, after=after)
            ids += page.ids
            after = page.after
            if after is None:
                break
        return ids, queries.employee_ids(session, EmployeeFilter(text=text, guess=True))

    ids, everybody = sample.read(paged)
    assert ids == everybody[: len(ids)]
    assert len(ids) == min(180, len(everybody))


def test_what_is_painted_first_is_the_beginning_of_the_list(sample: Desk) -> None:
    wanted = [EmployeeFilter(text=text, kind=EmployeeKind.PNS, guess=True) for text in ("guru", "nugroho", "", "si")]
    wanted += [EmployeeFilter(text="guru", sort=Sort.POST), EmployeeFilter(text="guru", descending=True)]
    for one in wanted:
        first = sample.read(partial(queries.first_ids, wanted=one, limit=40))
        assert first == sample.read(partial(queries.employee_ids, wanted=one))[:40]


@pytest.mark.parametrize(
    "wanted",
    [EmployeeFilter(sort=Sort.UNIT, kind=EmployeeKind.PPPK), EmployeeFilter("nugroho"), EmployeeFilter("zzzz")],
)
def test_a_long_list_holds_what_the_screen_shows(sample: Desk, wanted: EmployeeFilter) -> None:
    def both(session: Any) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        people, parts = queries.listed(session, wanted)
        written = [
            row
            for one in parts
            for row in zip(one.ids, one.numbers, one.kinds, one.posts, one.units, one.opds, strict=True)
        ]
        assert people == len(written)
        shown = queries.employee_rows(session, queries.employee_ids(session, wanted))
        return written, [(row.id, row.number, row.kind, row.post, row.unit, row.opd) for row in shown]

    written, shown = sample.read(both)
    assert written == shown


def test_a_mistyped_word_that_may_mean_many_people_finds_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_FEWEST_RANKED", 1)
    for turn in range(4):
        person = SavePerson(f"Hutabarat {'ABCD'[turn]}", EmployeeKind.PNS, nip=f"19800101200501100{turn + 1}")
        desk.write(partial(save_person, command=person))
    for typed in ("hutabrat", "hutabarat"):
        assert len(desk.read(partial(search.first_page, text=typed)).ids) == 4, typed


def test_a_list_for_letters_never_guesses(sample: Desk) -> None:
    wanted = EmployeeFilter(text="wawan nugrha")
    assert sample.read(lambda session: queries.employee_ids(session, wanted)) == []


def test_a_name_entered_by_hand_is_found_when_mistyped(desk: Desk) -> None:
    desk.write(lambda s: save_person(s, SavePerson("Zulkarnaen Hutabarat", EmployeeKind.PNS, nip="198001012005011001")))
    for typed in ("zulkarnain", "sulkarnaen hutabarat", "zulkarnaen hutabrat", "ZULKARNAENHUTABARAT"):
        found = desk.read(partial(queries.search, text=typed))
        assert [row.name for row in found] == ["Zulkarnaen Hutabarat"], typed
    assert desk.read(lambda session: similar_words(session, "hutabarat")) == []


def test_two_names_with_an_apostrophe_are_told_apart(desk: Desk) -> None:
    desk.write(lambda s: add_employee(s, name="RU'YATI HASANAH").id)
    for typed in ("ruyati", "ru'yati", "ru’yati hasanah"):
        assert len(desk.read(partial(queries.search, text=typed))) == 1


@pytest.mark.parametrize(
    ("one", "other", "most", "far"),
    [("rahma", "rahma", 1, 0), ("rahma", "rhama", 1, 1), ("rahma", "rahm", 1, 1), ("rahma", "rakma", 1, 1),
     ("rahma", "rama", 1, 1), ("rahma", "rusma", 1, 2), ("nugroho", "nugrohoho", 2, 2), ("a", "abcd", 2, 3)],
)  # fmt: skip
def test_the_distance_of_words_counts_single_slips(one: str, other: str, most: int, far: int) -> None:
    assert distance(one, other, most) == far


@pytest.mark.parametrize(
    ("typed", "shown", "marked"),
    [
        ("rahma", "Siti Rahmawati", ["Rahma"]),
        ("SITI wati", "Siti Rahmawati", ["Siti", "wati"]),
        ("müller", "André Müller-Wijaya", ["Müller"]),
        ("si", "Siti Rasidah", ["Si"]),
        ("200501", "19800101 200501 1 001", ["200501"]),
        ("19800101 2005", "19800101 200501 1 001", ["19800101 2005"]),
        ("zzz", "Siti", []),
        ("a", "", []),
    ],
)
def test_the_letters_that_fit_are_marked(typed: str, shown: str, marked: list[str]) -> None:
    words = [word for group in parse(typed).groups for word in group]
    assert [shown[start:end] for start, end in spans(words, shown)] == marked


@pytest.mark.parametrize("text", ["", "  ", "...", "'\"%_", "(", "AND", "\0", "a" * 500, "🙂", "-" * 80, "1" * 300])
def test_whatever_is_typed_is_answered(desk: Desk, text: str) -> None:
    assert desk.read(lambda session: queries.search(session, text)) == []


def test_without_the_right_nobody_is_found(desk: Desk) -> None:
    from asn_desk.database.work import work_of
    from asn_desk.errors import DeskError

    def look(session: Any) -> None:
        work_of(session).rights = frozenset({Action.SEE_TRAIL})
        queries.search(session, "siti")

    with pytest.raises(DeskError, match="lihat pegawai"):
        desk.read(look)


def test_the_command_line_answers_as_json(desk: Desk, data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write(lambda s: add_employee(s, name="ADE RAHMAWATI").id)
    desk.close()
    assert main(["search", "rahmwati ade", "--json", "--data", str(data_folder)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["hits"] == []  # words entered past the program's own ways are not known to the spelling search
    assert main(["search", "rahmawati ade", "--json", "--data", str(data_folder)]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert [(hit["name"], hit["number"]) for hit in hits] == [("Ade Rahmawati", "198001012005011001")]
    assert main(["search", "zzzz", "--data", str(data_folder)]) == 0
    assert "Tidak ada pegawai" in capsys.readouterr().out


@pytest.mark.parametrize("letter", ["q", "x", "v", "z", "o", "7"])
def test_a_single_letter_beside_a_common_word_finds_everybody_with_a_word_that_begins_so(
    sample: Desk, letter: str
) -> None:
    def both(session: Any) -> tuple[list[int], set[int], list[int]]:
        holding = [EmployeeSearch.content.contains("guru"), EmployeeSearch.content.contains(f" {letter}")]
        expected = set(session.scalars(select(EmployeeSearch.employee_id).where(*holding)))
        wanted = EmployeeFilter(text=f"guru {letter}")
        return queries.employee_ids(session, wanted), expected, queries.first_ids(session, wanted)

    found, expected, first = sample.read(both)
    assert set(found) == expected
    assert first == found[: len(first)]
