"""Which retirement age (BUP) and which pension threshold the packs give for somebody, and how the articles are quoted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from asn_desk.regulations import schema
from asn_desk.regulations.packs import Library

_UNFOUNDED = "Belum ada sumbernya."
_LEVEL = re.compile(
    r"^(ahli )?(pertama|muda|madya|utama|pemula|terampil|mahir|penyelia)\b[\W_]*"
)  # PPPK posts begin with their level: `AHLI PERTAMA - GURU KELAS`


def age_row(library: Library, kind: str, post: str, post_name: str, day: date) -> schema.RetirementAge | None:
    """Return the first row of the packs that fits kind, class and name of the post on the day, or None."""
    return next(
        (
            row
            for row in _ages(library)
            if row.in_force(day) and kind in row.kinds and post in row.posts and _named(row, post_name)
        ),
        None,
    )


def has_ages(library: Library, kind: str) -> bool:
    """Return whether this kind of employee has a retirement age at all, whatever the post."""
    return any(kind in row.kinds for row in _ages(library))


def start_row(library: Library, day: date) -> schema.RetirementStart | None:
    """Return how the first day of retirement follows from the retirement age, or None when no pack says it."""
    rows = (row for pack in library.packs for row in pack.content.retirement_starts)
    return next((row for row in rows if row.in_force(day)), None)


def pension_row(library: Library, kind: str) -> schema.Pension | None:
    """Return the threshold for a pension of this kind of employee, or None when the packs have none."""
    rows = (row for pack in library.packs for row in pack.content.pensions)
    return next((row for row in rows if kind in row.kinds), None)


def cited(library: Library, norms: Iterable[str], day: date) -> str:
    """Return the articles in short, `UU 20/2023 Pasal 55; PP 11/2017 Pasal 239`: those in force on the day, else all."""
    ids = tuple(norms)
    found = library.norms_in_force(ids, day) or tuple(library.norms[one] for one in ids)
    return "; ".join(short_name(norm) for norm in found)


def short_name(norm: schema.Norm) -> str:
    """Return regulation and article without the regulation's subject: `PP 11/2017 Pasal 239`."""
    return f"{norm.title.partition(' tentang ')[0]} {norm.article}"


def doubts(library: Library, row: schema.Pension | schema.RetirementAge | schema.RetirementStart) -> tuple[str, ...]:
    """Return in sentences why a legal reader should look at a row: its own doubt, then those of the norms it rests on."""
    norms = (library.norms[one] for one in row.basis)
    own = (row.doubt or _UNFOUNDED,) if row.doubtful else ()
    of_norms = ((short_name(norm), norm.doubt or _UNFOUNDED) for norm in norms if norm.doubtful)
    return (*own, *(f"{name}: {doubt}" for name, doubt in of_norms if doubt not in own))


def _ages(library: Library) -> Iterator[schema.RetirementAge]:
    return (row for pack in library.packs for row in pack.content.retirement_ages)


def _named(row: schema.RetirementAge, post_name: str) -> bool:
    """Whether the post bears one of the row's names at its head, its level left out: `Guru Ahli Muda`, not `Kepala Bidang Guru`."""
    if not row.names:
        return True
    words = _LEVEL.sub("", " ".join(post_name.casefold().split()))
    return any(re.match(rf"{re.escape(name.casefold())}\b", words) for name in row.names)
