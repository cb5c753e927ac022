"""Make pages: place slabs one below the other, break where it is allowed, repeat table headers, add headers and footers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from asn_desk.letters.pdf import known
from asn_desk.letters.pdf.floats import stack_height, stamp_stack
from asn_desk.letters.pdf.inline import Inker
from asn_desk.letters.pdf.layout import Column, lay_out, lay_out_each
from asn_desk.letters.pdf.model import Block, Document, PageSetup, Section
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.sheet import Sheet, Stamp
from asn_desk.letters.pdf.slabs import Slab
from asn_desk.letters.pdf.table_layout import RowSlab

MAX_PAGES = 1_000
_SLACK = 0.1
_LEAST_BODY = 36.0


@dataclass
class _Placed:
    slab: Slab
    y: float


@dataclass
class _Page:
    """The page being filled: its sheet, body edges and what stands on it."""

    sheet: Sheet
    top: float
    bottom: float
    placed: list[_Placed] = field(default_factory=list)
    automatic: bool = False


class _TooManyPages(Exception):
    """The document is longer than any letter."""


class PageMaker:
    """Turns a document into sheets. `total` is the number of pages NUMPAGES shows."""

    def __init__(self, document: Document, notes: Notes, total: int) -> None:
        self._document = document
        self.total = total
        self._inker = Inker(notes, total=total)
        self._notes = notes
        self.sheets: list[Sheet] = []
        self._number = 0

    @property
    def asked_total(self) -> bool:
        """Return whether the letter shows its number of pages."""
        return self._inker.asked_total

    def make(self) -> list[Sheet]:
        """Return all pages."""
        page: _Page | None = None
        try:
            for index, section in enumerate(self._document.sections):
                running = page if index and section.setup.kind == "continuous" else None
                page = _SectionMaker(self, section).fill(running)
        except _TooManyPages:
            self._notes.add(f"Surat ini lebih dari {MAX_PAGES} halaman; sisanya tidak dicetak.")
        return self.sheets

    def new_page(self, section: Section, *, first: bool, automatic: bool) -> _Page:
        """Open a page of a section, with its header and footer drawn."""
        setup = section.setup
        restart = setup.number_start if first else None
        self._number = self._number + 1 if restart is None else restart
        if len(self.sheets) >= MAX_PAGES:
            raise _TooManyPages
        sheet = Sheet(setup.width, setup.height, setup.left, abs(setup.top), setup.right, abs(setup.bottom))
        self.sheets.append(sheet)
        self._inker.page, self._inker.number_format = self._number, setup.number_format
        kind = self._kind(section, first=first)
        top = self._story(sheet, section.headers.get(kind, []), setup, header=True)
        bottom = self._story(sheet, section.footers.get(kind, []), setup, header=False)
        if bottom - top < _LEAST_BODY:
            top, bottom = abs(setup.top), setup.height - abs(setup.bottom)
        return _Page(sheet, top, bottom, automatic=automatic)

    def _kind(self, section: Section, *, first: bool) -> str:
        if first and section.setup.title_page:
            return "first"
        return "even" if self._document.even_and_odd and self._number % 2 == 0 else "default"

    def _story(self, sheet: Sheet, blocks: list[Block], setup: PageSetup, *, header: bool) -> float:
        """Draw a header or footer; returns the body's edge beside it."""
        column = self.column(setup, sheet)
        slabs = lay_out(blocks, column, self._inker)
        height = stack_height(slabs)
        if header:
            stamp_stack(slabs, sheet, setup.left, setup.header)
            reach = setup.header + height if slabs else 0.0
            return -setup.top if setup.top < 0 else max(setup.top, reach)
        stamp_stack(slabs, sheet, setup.left, setup.height - setup.footer - height)
        reach = setup.footer + height if slabs else 0.0
        return setup.height - (-setup.bottom if setup.bottom < 0 else max(setup.bottom, reach))

    def column(self, setup: PageSetup, sheet: Sheet) -> Column:
        """Return the column between the side margins."""
        width = setup.width - setup.left - setup.right
        return Column(width, self._document.default_tab, x=setup.left, y=setup.header, sheet=sheet)

    def slabs(self, section: Section, column: Column) -> Iterator[Slab]:
        """Yield the slabs of a section's body, laid out one block at a time."""
        for group in lay_out_each(section.blocks, column, self._inker):
            yield from group


class _SectionMaker:
    """Fills the pages of one section."""

    def __init__(self, maker: PageMaker, section: Section) -> None:
        self._maker, self._section = maker, section
        self._first = True
        self._finished: list[_Page] = []
        self._waiting: deque[Slab] = deque()

    def fill(self, running: _Page | None) -> _Page:
        """Place every slab of the section; returns the last page."""
        self._page = running or self._open(automatic=False)
        self._first = False
        self._column = self._maker.column(self._section.setup, self._page.sheet)
        self._column.y = self._bottom_of(self._page)
        start = len(self._page.placed)
        stream = self._maker.slabs(self._section, self._column)
        while True:
            slab = self._waiting.popleft() if self._waiting else next(stream, None)
            if slab is None:
                break
            self._put(slab)
        self._draw(self._page, start if running is self._page else 0)
        return self._page

    @staticmethod
    def _bottom_of(page: _Page) -> float:
        return page.placed[-1].y + page.placed[-1].slab.height if page.placed else page.top

    def _open(self, *, automatic: bool) -> _Page:
        return self._maker.new_page(self._section, first=self._first, automatic=automatic)

    def _put(self, slab: Slab) -> None:
        page = self._page
        if slab.new_page_before and page.placed:
            self._turn([], automatic=False)
            page = self._page
        top = self._top_for(slab, page)
        if top + slab.height - slab.hang > page.bottom + _SLACK and not self._fits_in_part(slab, top):
            return
        page.placed.append(_Placed(slab, top))
        self._column.y, self._column.after = top + slab.height, slab.after
        if slab.new_page_after:
            self._turn([], automatic=False)

    def _top_for(self, slab: Slab, page: _Page) -> float:
        if not page.placed:
            return page.top + (0.0 if page.automatic else slab.before)
        last = page.placed[-1]
        gap = 0.0 if slab.inner else max(last.slab.after, slab.before)
        return last.y + last.slab.height + gap

    def _fits_in_part(self, slab: Slab, top: float) -> bool:
        """Deal with a slab that is too high for the rest of the page; True when it must stand there all the same."""
        page = self._page
        alone = all(isinstance(item.slab, RowSlab) and item.slab.header for item in page.placed)
        parts = slab.split(page.bottom - top, forced=alone)
        if parts is not None:
            head, tail = parts
            page.placed.append(_Placed(head, top))
            self._turn([tail], automatic=True)
            return False
        if alone:
            return True
        self._turn([slab], automatic=True)
        return False

    def _turn(self, carried: list[Slab], *, automatic: bool) -> None:
        """Close the page, taking along what must stay with the carried slabs, and open the next one."""
        page = self._page
        if automatic:
            carried = self._loosen(page) + carried
        self._draw(page, 0)
        self._page = self._open(automatic=automatic)
        self._column.sheet, self._column.y, self._column.after = self._page.sheet, self._page.top, 0.0
        self._column.holes.clear()
        self._waiting.extendleft(reversed(self._with_headers(carried)))

    @staticmethod
    def _loosen(page: _Page) -> list[Slab]:
        """Take slabs tied to what follows from the end of the page, unless that would empty it."""
        count = len(page.placed)
        while count and page.placed[count - 1].slab.keep:
            count -= 1
        only_headers = all(isinstance(item.slab, RowSlab) and item.slab.header for item in page.placed[:count])
        if count == 0 or (only_headers and page.automatic):
            return []
        taken = [item.slab for item in page.placed[count:]]
        del page.placed[count:]
        return taken

    @staticmethod
    def _with_headers(carried: list[Slab]) -> list[Slab]:
        first = carried[0] if carried else None
        if isinstance(first, RowSlab) and first.inner and not first.header:
            headers: list[Slab] = [replace(slab, inner=index > 0) for index, slab in enumerate(first.frame.headers)]
            return headers + carried
        return carried

    def _draw(self, page: _Page, start: int) -> None:
        placed, left = page.placed, self._section.setup.left
        for index in range(start, len(placed)):
            following = placed[index + 1].slab if index + 1 < len(placed) else None
            closing = following is None or not following.inner
            page.sheet.stamps.append(Stamp(placed[index].slab, left, placed[index].y, closing))


def make_pages(document: Document, notes: Notes) -> list[Sheet]:
    """Return the pages of a letter; where it shows its number of pages, it is laid out again until the number is right."""
    with known.one_at_a_time:
        maker = PageMaker(document, notes, 1)
        sheets = maker.make()
        for _ in range(3):
            total = len(sheets)
            if not maker.asked_total or maker.total == total:
                break
            maker = PageMaker(document, notes, total)
            sheets = maker.make()
    return sheets
