"""The pick-lists for a circular's text: legal bases in force on its day, and the lists of forbidden acts; all from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.errors import DeskError
from asn_desk.letters.contents import catalogue
from asn_desk.letters.contents.catalogue import Confidence, ElectionType, ProhibitionSet
from asn_desk.wording import long_date

SET_TITLES = {
    ProhibitionSet.PP94_5N: "PP 94/2021 Pasal 5 huruf n",
    ProhibitionSet.SKB_ETHICS: "SKB 2022: kode etik (7 butir)",
    ProhibitionSet.SKB_DISCIPLINE: "SKB 2022: disiplin (13 butir)",
    ProhibitionSet.BAWASLU16: "Bawaslu: 16 larangan (bahan sosialisasi)",
}


@dataclass(frozen=True)
class Wording:
    """One text to choose. `sure` is False for what is known from memory only: a clerk must choose it on purpose."""

    id: str
    text: str
    source: str
    sure: bool


def legal_bases(day: date, election: ElectionType | None = None) -> tuple[Wording, ...]:
    """Return the regulations that a circular dated that day may name, in the order in which letters print them."""
    found = catalogue.load().legal_bases(day, election)
    return tuple(Wording(one.id, one.text, one.source, one.confidence != Confidence.MEMORY) for one in found)


def prohibitions(day: date) -> Mapping[ProhibitionSet, tuple[Wording, ...]]:
    """Return each list of forbidden acts as it stands on that day; `SET_TITLES` names them."""
    texts = catalogue.load()
    return {
        chosen: tuple(
            Wording(act.id, act.text, act.source, act.confidence != Confidence.MEMORY)
            for act in texts.forbidden(chosen, day)
        )
        for chosen in ProhibitionSet
    }


def check_bases(day: date, letter: Mapping[str, Any]) -> None:
    """Raise DeskError("basis_expired") when a circular's data name a regulation that is not in force on its day."""
    named = " ".join(_texts(letter.get("edaran", {}).get("dasar", [])))
    for basis in catalogue.load().bases:
        if not basis.since <= day <= basis.until and basis.text in named:
            raise DeskError(
                "basis_expired",
                f"Dasar hukum “{basis.text}” tidak berlaku pada tanggal surat, {long_date(day)}. Perbaiki naskahnya.",
            )


def _texts(listed: Any) -> Iterator[str]:
    for one in listed:
        yield from (str(value) for value in (one.values() if isinstance(one, Mapping) else [one]))
