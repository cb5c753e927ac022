"""Comparing an evidence binder with the database it came from: the seal, the marks it lists, the files behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import seals
from asn_desk.circulars.evidence.binder_check import BinderVerdict
from asn_desk.circulars.evidence.binder_file import seal_of
from asn_desk.circulars.evidence.binder_rows import inert
from asn_desk.circulars.model import Acknowledgement, CircularVersion, Recipient
from asn_desk.database import files
from asn_desk.errors import DeskError

_READ_AT_ONCE = 500
_NAMED = 10
_LONGEST_ID = 18


def compare(session: Session, verdict: BinderVerdict) -> BinderVerdict:
    """Return the verdict with what contradicts the database added. Marks made since, or undone since, are no contradiction.

    Raises DeskError("not_allowed").
    """
    require(session, Action.SEE_CIRCULARS)
    found = [
        *_seal(session, verdict),
        *_versions(session, verdict),
        *_people(session, verdict),
        *_marks(session, verdict),
        *_files(session, verdict),
    ]
    return replace(verdict, findings=(*verdict.findings, *found))


def _seal(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    seal = seals.known_seal(session, verdict.key) if verdict.key else None
    if seal is None:
        yield "Bundel ini tidak disegel oleh data kantor ini (kantor lain, data latihan, atau segelnya hilang)."
    elif seal_of(seal, verdict.sha256) != verdict.seal:
        yield "Segel bundel palsu: bukan dibuat dengan kunci kantor ini."


def _versions(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    for stated in verdict.facts.get("versions", ()):
        ordinal = stated["ordinal"]
        row = session.get(CircularVersion, stated["id"]) if isinstance(stated.get("id"), int) else None
        if row is None or row.text_sha256 != stated["sha256"]:
            yield f"Versi {ordinal} tidak cocok dengan basis data."


def _marks(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    listed = [row for row in verdict.people if row.get("id_catatan")]
    wrong = [
        row
        for start in range(0, len(listed), _READ_AT_ONCE)
        for row in _unlike(session, listed[start : start + _READ_AT_ONCE])
    ]
    for row in wrong[:_NAMED]:
        yield f"Catatan {row['nama']} ({row['nomor']}) tidak cocok dengan basis data."
    if len(wrong) > _NAMED:
        yield f"{len(wrong) - _NAMED} catatan lain juga tidak cocok dengan basis data."


def _unlike(session: Session, listed: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    ids = [int(row["id_catatan"]) for row in listed if is_number(row["id_catatan"])]
    known = {str(mark.id): mark for mark in session.scalars(select(Acknowledgement).where(Acknowledgement.id.in_(ids)))}
    return [row for row in listed if not _fits(row, known.get(row["id_catatan"]))]


def _fits(row: Mapping[str, str], mark: Acknowledgement | None) -> bool:
    """Return whether a mark says what the list says; a picture that was added to it since is no contradiction."""
    if mark is None:
        return False
    told = _told(mark)
    if _stated(row) not in (told, tuple(inert(text) for text in told)):
        return False
    return row["bukti_sha256"] in ("", mark.evidence_sha256)


def _stated(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        row.get(name) or ""
        for name in ("penerima", "status", "tanggal", "cara", "tanda_tangan", "catatan", "pihak", "dicatat_oleh")
    )


def _told(mark: Acknowledgement) -> tuple[str, ...]:
    return (
        str(mark.recipient_id), mark.status.value, mark.happened_on.isoformat(), mark.method.value,
        mark.signature.value if mark.signature else "", mark.note, mark.party, mark.recorded_by,
    )  # fmt: skip


def _people(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    """Yield who is listed but is no recipient, or is one under another number."""
    stated = {row.get("penerima", ""): row for row in verdict.people}
    ids = [int(key) for key in stated if is_number(key)]
    known: dict[str, str] = {}
    for start in range(0, len(ids), _READ_AT_ONCE):
        query = select(Recipient.id, Recipient.person_number).where(
            Recipient.id.in_(ids[start : start + _READ_AT_ONCE])
        )
        known.update({str(row.id): row.person_number for row in session.execute(query)})
    wrong = [
        row
        for key, row in stated.items()
        if key not in known or row.get("nomor") not in (known[key], inert(known[key]))
    ]
    if wrong:
        first = f"{wrong[0].get('nama')} ({wrong[0].get('nomor')})"
        yield f"{len(wrong)} penerima dalam bundel tidak ada di basis data, misalnya {first}."


def is_number(text: str) -> bool:
    """Return whether a text can be a record's id."""
    return text.isdecimal() and text.isascii() and len(text) <= _LONGEST_ID


def _files(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    for sha256 in verdict.facts.get("evidence", {}):
        try:
            files.fetch(session, sha256)
        except DeskError as error:
            yield f"Bukti {sha256[:12]}: {error.sentence}"
