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
from asn_desk.circulars.model import Acknowledgement, CircularVersion
from asn_desk.database import files
from asn_desk.errors import DeskError

_READ_AT_ONCE = 500
_NAMED = 10


def compare(session: Session, verdict: BinderVerdict) -> BinderVerdict:
    """Return the verdict with what contradicts the database added. Marks made since, or undone since, are no contradiction.

    Raises DeskError("not_allowed").
    """
    require(session, Action.SEE_CIRCULARS)
    found = [
        *_seal(session, verdict),
        *_versions(session, verdict),
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
        row = session.get(CircularVersion, stated["id"])
        if row is None or row.text_sha256 != stated["sha256"]:
            yield f"Versi {stated['ordinal']} tidak cocok dengan basis data."


def _marks(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    listed = [row for row in verdict.people if row["id_catatan"]]
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
    query = select(Acknowledgement).where(Acknowledgement.id.in_([int(row["id_catatan"]) for row in listed]))
    known = {str(mark.id): _told(mark) for mark in session.scalars(query)}
    return [
        row
        for row in listed
        if known.get(row["id_catatan"])
        != (row["penerima"], row["tanggal"], row["cara"], row["catatan"], row["dicatat_oleh"], row["bukti_sha256"])
    ]


def _told(mark: Acknowledgement) -> tuple[str, ...]:
    return (
        str(mark.recipient_id), mark.happened_on.isoformat(), mark.method.value, mark.note, mark.recorded_by,
        mark.evidence_sha256,
    )  # fmt: skip


def _files(session: Session, verdict: BinderVerdict) -> Iterator[str]:
    for sha256 in verdict.facts.get("evidence", {}):
        try:
            files.fetch(session, sha256)
        except DeskError as error:
            yield f"Bukti {sha256[:12]}: {error.sentence}"
