"""The catalogue of legal bases and forbidden acts: by date, complete, and never a guess by default."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asn_desk.errors import DeskError
from asn_desk.letters.contents.catalogue import Confidence, ElectionType, ProhibitionSet, load, sure_texts
from asn_desk.letters.contents.content import listed

PILKADA, PEMILU = ElectionType.PILKADA, ElectionType.PEMILU
WORDS = dict.fromkeys(("pemilihan", "daerah", "pemerintah", "instansi", "singkatan", "kepala_daerah", "lapor"), "x")


def ids(day: date, election: ElectionType | None = None) -> set[str]:
    return {basis.id for basis in load().legal_bases(day, election)}


def test_the_old_civil_service_law_goes_when_the_new_one_comes() -> None:
    assert "uu-5-2014" in ids(date(2023, 10, 30))
    assert "uu-20-2023" not in ids(date(2023, 10, 30))
    assert "uu-5-2014" not in ids(date(2023, 10, 31))
    assert "uu-20-2023" in ids(date(2023, 10, 31))


def test_election_laws_follow_the_kind_of_election() -> None:
    day = date(2024, 9, 9)
    assert "uu-7-2017" not in ids(day, PILKADA)
    assert "uu-10-2016" not in ids(day, PEMILU)
    assert {"uu-7-2017", "uu-10-2016"} <= ids(day)


def test_what_is_known_from_memory_is_offered_but_not_printed() -> None:
    bases = load().legal_bases(date(2024, 9, 9), PILKADA)
    doubtful = [basis for basis in bases if basis.confidence is Confidence.MEMORY]
    assert doubtful
    assert not {basis.text for basis in doubtful} & set(sure_texts(bases))


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        (ProhibitionSet.PP94_5N, 7),
        (ProhibitionSet.SKB_ETHICS, 7),
        (ProhibitionSet.SKB_DISCIPLINE, 13),
        (ProhibitionSet.BAWASLU16, 16),
    ],
)
def test_each_list_of_forbidden_acts_is_complete(chosen: ProhibitionSet, count: int) -> None:
    acts = load().forbidden(chosen, date(2024, 9, 9))
    assert len(acts) == len({act.id for act in acts}) == count


def test_attending_a_campaign_has_no_level_of_its_own() -> None:
    levels = {act.id: act.level for act in load().forbidden(ProhibitionSet.PP94_5N, date(2024, 9, 9))}
    assert (levels["n.1"], levels["n.2"], levels["n.7"]) == ("", "sedang", "berat")


OFFICES = (
    ("WALKOT", "PNS", date(2024, 9, 9), {"uu-20-2023-59", "uu-10-2016-7", "pp-11-2017-254", "pkpu-8-2024-14"}),
    ("WALKOT", "PPPK", date(2024, 9, 9), {"uu-20-2023-59", "pkpu-8-2024-14"}),
    ("DPRD_KAB", "PNS", date(2023, 5, 2), {"uu-7-2017-240", "pkpu-10-2023-14"}),
    ("DPD", "PNS", date(2023, 5, 2), {"uu-5-2014-123", "uu-7-2017-182", "pp-11-2017-254"}),
)


@pytest.mark.parametrize(("office", "kind", "day", "expected"), OFFICES)
def test_resignation_rests_on_the_articles_for_that_office_and_day(
    office: str, kind: str, day: date, expected: set[str]
) -> None:
    assert {basis.id for basis in load().resignation_bases(day, office, kind)} == expected


@pytest.mark.parametrize("part", sorted({sentence.part for sentence in load().sentences}))
@pytest.mark.parametrize("election", [None, PILKADA, PEMILU])
def test_every_part_of_a_circular_has_text_with_all_its_words(part: str, election: ElectionType | None) -> None:
    texts = load().sentence(part, date(2024, 9, 9), election, WORDS)
    assert texts
    assert not [text for text in texts if "$" in text]


def test_no_text_names_the_abolished_commission_but_the_joint_decree() -> None:
    assert not [
        sentence.text for sentence in load().sentences if "KASN" in sentence.text or "Komisi Aparatur" in sentence.text
    ]


def test_a_damaged_catalogue_says_so(tmp_path: Path) -> None:
    file = tmp_path / "katalog.toml"
    file.write_text("versi = 1\n", encoding="utf-8")
    with pytest.raises(DeskError, match=r"katalog\.toml tidak dapat dibaca"):
        load(file)


@pytest.mark.parametrize(
    ("items", "expected"),
    [([], []), (["a"], ["a."]), (["a;", "b."], ["a; dan", "b."]), (["a", "b", "c"], ["a;", "b; dan", "c."])],
)
def test_lists_end_as_indonesian_lists_do(items: list[str], expected: list[str]) -> None:
    assert listed(items) == expected
