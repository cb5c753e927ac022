"""Collective lists: which person signs in which row of which sheet, made once and printed again as often as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from random import Random, SystemRandom
from typing import Any, BinaryIO

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require, require_any
from asn_desk.accounts.terms import Action
from asn_desk.circulars import audience, codes, queries, rules
from asn_desk.circulars.model import Circular, CircularVersion, CollectiveRow, CollectiveSheet, Recipient
from asn_desk.circulars.papers import sheet_layout
from asn_desk.circulars.papers.lists import Sheet, SheetLine
from asn_desk.circulars.recipients import (
    NO_UNIT,
    RecipientFilter,
    RecipientOrder,
    RecipientRow,
    collecting,
    place_ranks,
    stream,
)
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import record
from asn_desk.database.trail.written import Part
from asn_desk.database.work import touched, work_of
from asn_desk.errors import DeskError
from asn_desk.office.model import Office, Unit
from asn_desk.saving import opened
from asn_desk.topics import Topic
from asn_desk.wording import readable_name, titled_name

_opd, _unit = aliased(Unit), aliased(Unit)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SheetsMade:
    """What was printed: lists, one per page, and people on them."""

    pages: int
    people: int


def prepare_sheets(session: Session, wanted: RecipientFilter, *, rng: Random | None = None) -> list[int]:
    """Put the people of the filter who still owe a signature on lists of their unit; return the new lists in print order.

    Who is on a list of this version already keeps that row, so asking twice makes nothing new; who moved since is put on a
    list of the new unit too.
    Raises DeskError("circular_unknown" | "closed" | "not_allowed").
    """
    require(session, Action.ACKNOWLEDGE)
    circular = queries.version_detail(session, wanted.version_id)
    if circular.closed_on is not None:
        raise DeskError("closed", "Edaran ini sudah ditutup. Buka kembali untuk membuat daftar tanda tangan.")
    listed = replace(wanted, statuses=wanted.statuses or rules.OPEN, order=RecipientOrder.UNIT, descending=False)
    query = _placed().where(CollectiveSheet.version_id == circular.version_id)
    placed: set[tuple[object, ...]] = {tuple(row) for row in session.execute(query)}
    people = [one for one in stream(session, listed) if (one.id, one.opd_id, one.unit_id) not in placed]
    piles = list(_piles(people))
    if not piles:
        return []
    sheets = _store_sheets(session, circular.version_id, piles, rng or SystemRandom())
    ids = written.ids_of(sheets)
    lines = _store_rows(session, ids, piles)
    after = {"sheets": ids, "people": written.count(lines), written.MADE: [sheets, lines]}
    record(session, "collective_sheets:made", f"circular_versions:{circular.version_id}", after=after)
    return ids


def _placed() -> Select[int, int | None, int | None]:
    """Return the query for who is on which unit's list."""
    columns = select(CollectiveRow.recipient_id, CollectiveSheet.opd_id, CollectiveSheet.unit_id)
    return columns.join(CollectiveSheet, CollectiveSheet.id == CollectiveRow.sheet_id)


def _piles(people: Iterable[RecipientRow]) -> Iterator[list[RecipientRow]]:
    for _place, group in groupby(people, key=lambda person: (person.opd_id, person.unit_id)):
        listed = list(group)
        for start in range(0, len(listed), sheet_layout.ROWS):
            yield listed[start : start + sheet_layout.ROWS]


def _store_sheets(session: Session, version_id: int, piles: Sequence[list[RecipientRow]], rng: Random) -> Part:
    """Insert a sheet per pile and return what to put on the trail, the sheets in the order of the piles."""
    pages = _last_pages(session, version_id)
    work = work_of(session)
    rows = []
    for pile, code in zip(piles, audience.fresh_codes(session, len(piles), rng, codes.SHEET), strict=True):
        place = (pile[0].opd_id, pile[0].unit_id)
        pages[place] = pages.get(place, 0) + 1
        rows.append(
            {
                "version_id": version_id, "opd_id": place[0], "unit_id": place[1], "code": code, "page": pages[place],
                "layout": sheet_layout.LAYOUT, "made_at": work.now, "made_by": work.actor,
            }
        )  # fmt: skip
    return _inserted(session, CollectiveSheet, rows)


def _inserted(session: Session, model: type[CollectiveSheet] | type[CollectiveRow], rows: list[dict[str, Any]]) -> Part:
    inserting = insert(model).returning(model.id, sort_by_parameter_order=True)
    ids = list(session.scalars(inserting, rows, execution_options={"recorded": True}))
    return written.rows(model.__tablename__, tuple(rows[0]), ids, [tuple(row.values()) for row in rows])


def _last_pages(session: Session, version_id: int) -> dict[tuple[int | None, int | None], int]:
    query = (
        select(CollectiveSheet.opd_id, CollectiveSheet.unit_id, func.max(CollectiveSheet.page))
        .where(CollectiveSheet.version_id == version_id)
        .group_by(CollectiveSheet.opd_id, CollectiveSheet.unit_id)
    )
    return {(opd_id, unit_id): page for opd_id, unit_id, page in session.execute(query)}


def _store_rows(session: Session, ids: Sequence[int], piles: Sequence[list[RecipientRow]]) -> Part:
    rows = [
        {"sheet_id": sheet_id, "row": row, "recipient_id": person.id}
        for sheet_id, pile in zip(ids, piles, strict=True)
        for row, person in enumerate(pile, 1)
    ]
    touched(session, Topic.CIRCULARS)
    return _inserted(session, CollectiveRow, rows)


def sheet_ids(
    session: Session, version_id: int, opd_ids: Sequence[int] = (), unit_ids: Sequence[int] = ()
) -> list[int]:
    """Return the lists of a version, of some OPDs or units or all, in print order: OPD, unit, page."""
    require(session, Action.SEE_CIRCULARS)
    query = (
        select(CollectiveSheet.id, CollectiveSheet.opd_id, CollectiveSheet.unit_id)
        .where(CollectiveSheet.version_id == collecting(session, version_id))
        .order_by(CollectiveSheet.page)
    )
    if opd_ids:
        query = query.where(CollectiveSheet.opd_id.in_(tuple(opd_ids)))
    if unit_ids:
        query = query.where(CollectiveSheet.unit_id.in_(tuple(unit_ids)))
    rows = session.execute(query).all()
    ranks = place_ranks(session, {(row.opd_id, row.unit_id) for row in rows})
    return [row.id for row in sorted(rows, key=lambda row: ranks[row.opd_id, row.unit_id])]


def sheet(session: Session, sheet_id: int) -> Sheet:
    """Return one list with its people. Raises DeskError("sheet_unknown")."""
    require(session, Action.SEE_CIRCULARS)
    found = session.execute(
        select(
            CollectiveSheet, CircularVersion.circular_id, Circular.closed_on, _opd.name.label("opd"),
            _unit.name.label("unit"),
        )
        .join(CircularVersion, CircularVersion.id == CollectiveSheet.version_id)
        .join(Circular, Circular.id == CircularVersion.circular_id)
        .outerjoin(_opd, _opd.id == CollectiveSheet.opd_id)
        .outerjoin(_unit, _unit.id == CollectiveSheet.unit_id)
        .where(CollectiveSheet.id == sheet_id)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise DeskError("sheet_unknown", "Daftar tanda tangan ini tidak ada. Muat ulang daftarnya.")
    kept: CollectiveSheet = found.CollectiveSheet
    pages = _last_pages(session, kept.version_id)[kept.opd_id, kept.unit_id]
    return Sheet(
        kept.id, kept.code, kept.layout, found.circular_id, kept.version_id, found.opd or NO_UNIT,
        found.unit or found.opd or NO_UNIT, kept.page, pages, found.closed_on is not None, _lines(session, kept.id),
    )  # fmt: skip


def _lines(session: Session, sheet_id: int) -> tuple[SheetLine, ...]:
    query = (
        select(CollectiveRow.row, Recipient)
        .join(Recipient, Recipient.id == CollectiveRow.recipient_id)
        .where(CollectiveRow.sheet_id == sheet_id)
        .order_by(CollectiveRow.row)
    )
    return tuple(
        SheetLine(
            row, person.id, titled_name(readable_name(person.person_name), person.title_front, person.title_back),
            person.person_number, person.post_name, person.status,
        )
        for row, person in session.execute(query)
    )  # fmt: skip


def sheets_pdf(
    session: Session, ids: Sequence[int], target: Path | BinaryIO, *, progress: Progress | None = None
) -> SheetsMade:
    """Print lists to a file or an open stream, one to a page, in the order of `ids`; a reprint is the same paper.

    `progress(done, total)` is called per page and may raise to cancel. Raises DeskError("no_sheets" | "sheet_unknown"),
    EnvironmentProblem.
    """
    require_any(session, Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE)
    if not ids:
        raise DeskError("no_sheets", "Tidak ada daftar tanda tangan untuk dicetak. Buat dahulu daftarnya.")
    first = sheet(session, ids[0])
    circular = queries.version_detail(session, first.version_id)
    agency = session.scalar(select(Office.agency_short)) or ""
    from asn_desk.circulars.papers.sheet_page import SheetPainter
    from asn_desk.circulars.papers.slip_page import heading
    from asn_desk.circulars.papers.slips import slip_canvas

    people = 0
    with opened(target) as stream_:
        canvas: Any = slip_canvas(stream_, f"Daftar tanda terima: {circular.subject}")
        painter = SheetPainter(
            canvas, heading(circular, agency, practice=work_of(session).practice), circular.companion
        )
        for done, sheet_id in enumerate(ids, 1):
            printed = sheet(session, sheet_id)
            painter.sheet(printed)
            people += len(printed.lines)
            if progress is not None:
                progress(done, len(ids))
        canvas.save()
    return SheetsMade(len(ids), people)
