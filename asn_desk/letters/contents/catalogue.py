"""The catalogue of texts for letters on neutrality and resignation: legal bases, forbidden acts, set sentences, by date.

The texts are data (`resources/regulations/katalog-netralitas.toml`), each with its source and how sure it is. What is known
from memory only is never chosen by default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asn_desk.errors import DeskError
from asn_desk.paths import resource


class Confidence(StrEnum):
    """How sure a text is: two public sources, one, a weak or contradicted one, memory only."""

    TWO_SOURCES = "V2"
    ONE_SOURCE = "V"
    WEAK = "V*"
    MEMORY = "M"


class ElectionType(StrEnum):
    """Which of the two kinds of election a letter is about."""

    PEMILU = "pemilu"
    PILKADA = "pilkada"


class ProhibitionSet(StrEnum):
    """The lists of forbidden acts. BAWASLU16 is a list for posters, not the joint decree's matrix."""

    PP94_5N = "PP94_5N"
    SKB_ETHICS = "SKB2022_ETIK"
    SKB_DISCIPLINE = "SKB2022_DISIPLIN"
    BAWASLU16 = "BAWASLU16"


class _Dated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(alias="teks", min_length=3)
    since: date = Field(alias="dari", default=date.min)
    until: date = Field(alias="sampai", default=date.max)
    confidence: Confidence = Field(alias="keyakinan", default=Confidence.ONE_SOURCE)
    elections: tuple[ElectionType, ...] = Field(alias="pemilihan", default=())
    source: str = Field(alias="sumber", default="")

    def serves(self, day: date, election: ElectionType | None = None) -> bool:
        """Return whether the text is used on that day for that kind of election (None: any)."""
        return self.since <= day <= self.until and (
            not self.elections or election is None or election in self.elections
        )


class LegalBasis(_Dated):
    """A regulation that a circular may name; `id` is stable."""

    id: str


class ResignationBasis(_Dated):
    """An article on which a resignation rests, for certain offices and kinds of employee (none given: all kinds)."""

    id: str
    offices: tuple[str, ...] = Field(alias="jabatan")
    kinds: tuple[str, ...] = Field(alias="jenis", default=())


class DecreeBasis(_Dated):
    """A regulation that a dismissal names under Mengingat, for certain reasons and kinds of employee (none given: all)."""

    id: str
    reasons: tuple[str, ...] = Field(alias="alasan", default=())
    kinds: tuple[str, ...] = Field(alias="jenis", default=())


class Prohibition(_Dated):
    """A forbidden act with the level of its sanction as the list states it (empty: no level of its own)."""

    id: str
    list: ProhibitionSet = Field(alias="set")
    level: str = Field(alias="tingkat")


class Sentence(_Dated):
    """A set sentence of a circular's part; `$words` are filled in."""

    part: str = Field(alias="bagian")


class Catalogue(BaseModel):
    """All texts, in the order in which letters print them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(alias="versi")
    bases: tuple[LegalBasis, ...] = Field(alias="dasar")
    resignation: tuple[ResignationBasis, ...] = Field(alias="mundur")
    decrees: tuple[DecreeBasis, ...] = Field(alias="berhenti")
    prohibitions: tuple[Prohibition, ...] = Field(alias="larangan")
    sentences: tuple[Sentence, ...] = Field(alias="kalimat")

    def legal_bases(self, day: date, election: ElectionType | None) -> list[LegalBasis]:
        """Return the pick-list of a circular dated that day, those from memory included (they are marked)."""
        return [basis for basis in self.bases if basis.serves(day, election)]

    def resignation_bases(self, day: date, office: str, kind: str) -> list[ResignationBasis]:
        """Return the articles for a resignation to stand for that office (code of the rule packs)."""
        return [
            basis
            for basis in self.resignation
            if basis.serves(day) and office in basis.offices and (not basis.kinds or kind in basis.kinds)
        ]

    def decree_bases(self, day: date, reason: str, kind: str) -> list[DecreeBasis]:
        """Return the regulations for a dismissal of that kind of employee for that reason (a word of the decree's form)."""
        return [
            basis
            for basis in self.decrees
            if basis.serves(day)
            and (not basis.reasons or reason in basis.reasons)
            and (not basis.kinds or kind in basis.kinds)
        ]

    def forbidden(self, chosen: ProhibitionSet, day: date) -> list[Prohibition]:
        """Return a list of forbidden acts, in its order."""
        return [act for act in self.prohibitions if act.list == chosen and act.serves(day)]

    def sentence(self, part: str, day: date, election: ElectionType | None, words: Mapping[str, str]) -> list[str]:
        """Return the set sentences of a part with their `$words` filled in, those from memory left out."""
        chosen = (one for one in self.sentences if one.part == part and one.serves(day, election))
        return [Template(text).substitute(words) for text in sure_texts(chosen)]


D = TypeVar("D", bound=_Dated)


def sure_texts(items: Iterable[D]) -> list[str]:
    """Return the texts that may be printed without a clerk's choice: never one that is known from memory only."""
    return [item.text for item in items if item.confidence != Confidence.MEMORY]


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Catalogue:
    """Return the shipped catalogue, or one at `path`. Raises DeskError("catalogue_damaged")."""
    file = path or resource("regulations", "katalog-netralitas.toml")
    try:
        return Catalogue.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise DeskError(
            "catalogue_damaged",
            f"Katalog teks surat {file.name} tidak dapat dibaca. Pasang ulang program atau pulihkan berkas itu.",
        ) from error
