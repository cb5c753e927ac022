"""Printing the slips of a circular: one PDF, sorted by OPD and unit, a cover on each unit's pile."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require_any
from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries, recipients
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import RecipientFilter, RecipientOrder, RecipientRow
from asn_desk.circulars.terms import Companion
from asn_desk.database.work import work_of
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter
from asn_desk.office.model import Office
from asn_desk.saving import opened
from asn_desk.wording import secrecy_words

if TYPE_CHECKING:
    from asn_desk.circulars.papers.slip_page import SlipPainter

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SlipsMade:
    """What was printed: pages of A4 and slips on them (covers not counted)."""

    pages: int
    slips: int


def slips_pdf(
    session: Session,
    wanted: RecipientFilter,
    target: Path | BinaryIO,
    *,
    covers: bool = True,
    single: bool = False,
    progress: Progress | None = None,
) -> SlipsMade:
    """Write the slips of the people that `wanted` leaves (its order is not used) to a file or an open stream.

    Four to a page, or a page each (`single`; always so for a pakta integritas per person). Each OPD begins a new page,
    each unit with a cover when `covers` is set. A reprint carries the same codes.
    `progress(done, total)` is called now and then and may raise to cancel. A file is whole or absent.
    Raises DeskError("circular_unknown" | "no_slips" | "target_..."), EnvironmentProblem.
    """
    require_any(session, Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE)
    circular = queries.version_detail(session, wanted.version_id)
    in_order = replace(wanted, order=RecipientOrder.UNIT, descending=False)
    counts = recipients.unit_counts(session, in_order)
    if not counts:
        raise DeskError(
            "no_slips", "Tidak ada penerima yang cocok dengan pilihan ini, jadi tidak ada lembar untuk dicetak."
        )
    agency = session.scalar(select(Office.agency_short)) or ""
    with opened(target) as stream:
        from asn_desk.circulars.papers.slip_page import SlipPainter, heading, pledge_points

        canvas = slip_canvas(stream, f"Lembar tanda terima: {circular.subject}")
        painter = SlipPainter(canvas, heading(circular, agency, practice=work_of(session).practice))
        pledge = circular.companion is Companion.PLEDGE
        if pledge:
            painter.pledge = pledge_points(circular.dated, _election(session, circular))
        pile = _Pile(painter, counts if covers else {}, sum(counts.values()), progress, single=single or pledge)
        for person in recipients.stream(session, in_order):
            pile.add(person)
        pile.finish()
        canvas.save()
    return SlipsMade(pile.pages, pile.slips)


def _election(session: Session, circular: CircularRow) -> str:
    """Return the election as the letter names it; a circular without one speaks of elections in general."""
    data = session.scalar(select(Letter.data).where(Letter.id == circular.letter_id)) or "{}"
    return str(json.loads(data).get("edaran", {}).get("pemilihan") or "pemilihan umum dan pemilihan kepala daerah")


class _Pile:
    """Places slips and covers one after the other on pages."""

    def __init__(
        self,
        painter: SlipPainter,
        counts: dict[tuple[int | None, int | None], int],
        total: int,
        progress: Progress | None,
        *,
        single: bool,
    ) -> None:
        self.painter = painter
        self.counts = counts
        self.total = total
        self.progress = progress
        self.pages = self.slips = 0
        self._places = 1 if single else 4
        self._place = 0
        self._last: RecipientRow | None = None
        self._in_unit = 0

    def add(self, person: RecipientRow) -> None:
        """Place one person's slip, after a new page or a cover where one is due."""
        last = self._last
        if last is None or (last.opd_id, last.unit_id) != (person.opd_id, person.unit_id):
            if last is not None and last.opd_id != person.opd_id:
                self._end_page()
            self._begin_unit(person)
        self._in_unit += 1
        count = self.counts.get((person.opd_id, person.unit_id))
        position = f"{self._in_unit}/{count}" if count else ""
        self._put(lambda place: self.painter.slip(place, person, position))
        self.slips += 1
        self._last = person

    def _begin_unit(self, person: RecipientRow) -> None:
        self._in_unit = 0
        count = self.counts.get((person.opd_id, person.unit_id))
        if count:
            self._put(lambda place: self.painter.cover(place, person, count))

    def _put(self, draw: Callable[[int], None]) -> None:
        draw(self._place)
        self._place += 1
        if self._place == self._places:
            self._end_page()

    def _end_page(self) -> None:
        if not self._place:
            return
        if self._places > 1:
            self.painter.cut_lines()
        self.painter.canvas.showPage()
        self.pages += 1
        self._place = 0
        if self.progress is not None:
            self.progress(self.slips, self.total)

    def finish(self) -> None:
        """Close the last page."""
        self._end_page()


def slip_canvas(stream: BinaryIO, title: str) -> Any:
    """Return a canvas of A4 pages that writes our own fonts only, the same bytes each time; it says how secret it is."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    from asn_desk.circulars.papers.slip_page import PAGE_HEIGHT, PAGE_WIDTH, SECRECY
    from asn_desk.letters.pdf.output.fonts import face

    rl_config.useA85 = 0  # plain bytes in the streams: a third of the time, four fifths of the size
    canvas = Canvas(
        stream,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=face("sans").name,  # type: ignore[arg-type]  # the stubs take the font name for a number
        lang="id-ID",
    )
    canvas.setTitle(title)
    canvas.setProducer("ASN Desk")
    canvas.setKeywords(secrecy_words(SECRECY))
    return canvas
