"""Make pages: place slabs one below the other, break where it is allowed, repeat table headers, add headers and footers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from itertools import pairwise

from asn_desk.letters.pdf.model import Block, Document, PageSetup, Section
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.floats import stack_height, stamp_stack
from asn_desk.letters.pdf.placing.inline import Inker
from asn_desk.letters.pdf.placing.lanes import Placed, Upright, balanced, stamp_lane
from asn_desk.letters.pdf.placing.layout import Column, lay_out, lay_out_each
from asn_desk.letters.pdf.placing.page_edges import draw_page_edges
from asn_desk.letters.pdf.placing.sheet import Sheet, Stamp
from asn_desk.letters.pdf.placing.slabs import Slab
from asn_desk.letters.pdf.placing.table_layout import RowSlab, divide_merged
from asn_desk.letters.pdf.placing.uneven import made_for
from asn_desk.letters.pdf.reading import known

MAX_PAGES = 1_000
_SLACK = 0.1
_LEAST_BODY = 36.0


@dataclass
class _Page:
    """The page being filled: its sheet, body edges and what stands in the lane being filled.

    `start` is where the lanes of the section begin: at the top of the body, or under the section before it, whose last
    spacing is `after`. `low` is the lowest text so far, `stamped` the number of stamps of header and footer.
    """

    sheet: Sheet
    top: float
    bottom: float
    start: float
    low: float
    stamped: int
    valign: str = "top"
    after: float = 0.0
    placed: list[Placed] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Return whether the body has nothing on it."""
        return not self.placed and len(self.sheet.stamps) == self.stamped

    def close(self) -> None:
        """Move the body down where the section wants it in the middle or at the bottom of its pages."""
        free = self.bottom - self.low
        shift = {"center": free / 2, "bottom": free}.get(self.valign, 0.0)
        if shift > 0:
            for stamp in self.sheet.stamps[self.stamped :]:
                stamp.y += shift


class _TooManyPages(Exception):
    """The document is longer than any letter."""


class PageMaker:
    """Turns a document into sheets. `total` is the number of pages NUMPAGES shows."""

    def __init__(self, document: Document, notes: Notes, total: int) -> None:
        self._document = document
        self.total = total
        self.inker = Inker(notes, total=total)
        self._notes = notes
        self.sheets: list[Sheet] = []
        self._number = 0

    @property
    def asked_total(self) -> bool:
        """Return whether the letter shows its number of pages."""
        return self.inker.asked_total

    def make(self) -> list[Sheet]:
        """Return all pages."""
        page: _Page | None = None
        sections = self._document.sections
        try:
            for index, section in enumerate(sections):
                running = page if page is not None and _runs_on(section.setup, page.sheet) else None
                if page is not None and running is None:
                    self._end(page, sections[index - 1])
                    self._leave_blank(section.setup)
                following = sections[index + 1] if index + 1 < len(sections) else None
                balanced = following is not None and following.setup.kind == "continuous"
                page = _SectionMaker(self, section, balanced=balanced).fill(running)
            if page is not None:
                page.close()
        except _TooManyPages:
            self._notes.add(f"Surat ini lebih dari {MAX_PAGES} halaman; sisanya tidak dicetak.")
        return self.sheets

    def _end(self, page: _Page, section: Section) -> None:
        """Finish the last page of a section, unless only the unseen end of the section stands on it."""
        if section.open_end and page.empty and len(self.sheets) > 1:
            self.sheets.pop()
            self._number -= 1
        else:
            page.close()

    def _leave_blank(self, setup: PageSetup) -> None:
        """Leave a page empty before a section that must begin on an odd or even one."""
        following = self._number + 1 if setup.number_start is None else setup.number_start
        wanted = {"oddPage": 1, "evenPage": 0}.get(setup.kind)
        if wanted is not None and following % 2 != wanted:
            self._number += 1
            self.sheets.append(Sheet(setup.width, setup.height))

    def new_page(self, section: Section, *, first: bool) -> _Page:
        """Open a page of a section, with its header and footer drawn."""
        setup = section.setup
        restart = setup.number_start if first else None
        self._number = self._number + 1 if restart is None else restart
        if len(self.sheets) >= MAX_PAGES:
            raise _TooManyPages
        sheet = Sheet(setup.width, setup.height, setup.left, abs(setup.top), setup.right, abs(setup.bottom))
        self.sheets.append(sheet)
        self.inker.page, self.inker.number_format = self._number, setup.number_format
        kind = self._kind(section, first=first)
        top = self._story(sheet, section.headers.get(kind, []), setup, header=True)
        bottom = self._story(sheet, section.footers.get(kind, []), setup, header=False)
        if bottom - top < _LEAST_BODY:
            top, bottom = abs(setup.top), setup.height - abs(setup.bottom)
        upper = setup.header if section.headers.get(kind) else top
        lower = setup.height - setup.footer if section.footers.get(kind) else bottom
        draw_page_edges(setup, sheet, (upper, lower), first=first)
        if setup.grid:
            spare = (bottom - top) % setup.grid / 2
            top, bottom = top + spare, bottom - spare
        return _Page(sheet, top, bottom, top, top, len(sheet.stamps), setup.valign)

    def _kind(self, section: Section, *, first: bool) -> str:
        if first and section.setup.title_page:
            return "first"
        return "even" if self._document.even_and_odd and self._number % 2 == 0 else "default"

    def _story(self, sheet: Sheet, blocks: list[Block], setup: PageSetup, *, header: bool) -> float:
        """Draw a header or footer; returns the body's edge beside it."""
        column = self.column(setup, sheet)
        slabs = lay_out(blocks, column, self.inker)
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


class _SectionMaker:
    """Fills the pages of one section, lane by lane: a section without columns has one lane a page."""

    def __init__(self, maker: PageMaker, section: Section, *, balanced: bool) -> None:
        self._maker, self._section, self._balanced = maker, section, balanced
        setup = section.setup
        self._lanes = setup.columns or ((0.0, setup.width - setup.left - setup.right),)
        self._lane = 0
        self._automatic = False
        self._first = True
        self._waiting: deque[Slab] = deque()
        self._on_page: list[Slab] = []

    def fill(self, running: _Page | None) -> _Page:
        """Place every slab of the section; returns the last page."""
        self._page = running or self._open()
        self._page.start = self._page.low
        if running is not None and len(self._lanes) > 1:
            self._page.start, self._page.after = running.low + running.after, 0.0
        self._begun = len(self._page.sheet.stamps)
        self._first = False
        self._column = self._maker.column(self._section.setup, self._page.sheet)
        self._column.grid = self._section.setup.grid
        self._enter_lane()
        self._column.uneven = len({width for _, width in self._lanes}) > 1
        for group in lay_out_each(self._section.blocks, self._column, self._maker.inker):
            self._waiting.extend(group)
            while self._waiting:
                self._put(self._waiting.popleft())
        self._end_lane()
        if self._balanced and len(self._lanes) > 1:
            self._balance()
        self._rule_lanes()
        self._page.after = self._column.after
        return self._page

    def _open(self) -> _Page:
        return self._maker.new_page(self._section, first=self._first)

    def _put(self, slab: Slab) -> None:
        page = self._page
        if slab.new_page_before and not page.empty:
            self._turn([], automatic=False, whole=True)
            page = self._page
        top = self._top_for(slab, page)
        if top + slab.height - slab.hang > page.bottom + _SLACK and not self._fits_in_part(slab, top):
            return
        page.placed.append(Placed(slab, top))
        self._column.y, self._column.after = top + slab.height, slab.after
        if slab.new_page_after:
            self._turn([], automatic=False, whole=not slab.only_column)

    def _top_for(self, slab: Slab, page: _Page) -> float:
        if page.placed:
            last = page.placed[-1]
            gap = 0.0 if slab.inner else max(last.slab.after, slab.before)
            return last.y + last.slab.height + gap
        if page.start > page.top:
            return page.start + (0.0 if self._lane else max(page.after, slab.before))
        return page.start + (0.0 if self._automatic else slab.before)

    def _fits_in_part(self, slab: Slab, top: float) -> bool:
        """Deal with a slab that is too high for the rest of the lane; True when it must stand there all the same."""
        page = self._page
        alone = page.start <= page.top and all(_is_header(item.slab) for item in page.placed)
        parts = slab.split(page.bottom - top, forced=alone)
        if parts is not None:
            head, tail = parts
            page.placed.append(Placed(head, top))
            self._turn([tail], automatic=True)
            return False
        if alone:
            return True
        self._turn([slab], automatic=True)
        return False

    def _turn(self, carried: list[Slab], *, automatic: bool, whole: bool = False) -> None:
        """Go on in the next lane or (with `whole`, or after the last lane) on the next page.

        What must stay with the carried slabs is taken along.
        """
        if automatic:
            carried = self._divided(self._loosen() + carried)
        self._end_lane()
        self._automatic = automatic
        if whole or self._lane + 1 == len(self._lanes):
            self._rule_lanes()
            self._page.close()
            self._page, self._lane = self._open(), 0
            self._begun = self._page.stamped
            self._on_page.clear()
        else:
            self._lane += 1
        width = self._column.width
        self._enter_lane()
        self._waiting.extendleft(reversed(self._with_headers(carried)))
        if self._column.width != width:
            self._waiting = deque(made_for(list(self._waiting), self._column.width))

    def _divided(self, carried: list[Slab]) -> list[Slab]:
        """Divide cells merged over the rows before and after the place where the lane ends."""
        first = carried[0] if carried else None
        if not isinstance(first, RowSlab) or not first.inner:
            return carried
        rows = [
            item for item in self._page.placed
            if isinstance(item.slab, RowSlab) and item.slab.frame is first.frame
        ]  # fmt: skip
        if not rows:
            return carried
        pairs = [(item.slab, item.y) for item in rows if isinstance(item.slab, RowSlab)]
        above, following = divide_merged(pairs, first)
        for item, slab in zip(rows, above, strict=True):
            item.slab = slab
        return [following, *carried[1:]]

    def _enter_lane(self) -> None:
        """Let the text to come be set as broad as the lane, from its top on."""
        left, self._column.width = self._lanes[self._lane]
        self._column.x = self._section.setup.left + left
        self._column.sheet, self._column.y, self._column.after = self._page.sheet, self._page.start, 0.0
        self._column.holes.clear()

    def _loosen(self) -> list[Slab]:
        """Take slabs tied to what follows from the end of the lane, unless that would empty the page."""
        page = self._page
        count = len(page.placed)
        while count and page.placed[count - 1].slab.keep:
            count -= 1
        only_headers = all(_is_header(item.slab) for item in page.placed[:count])
        if (count == 0 and page.start <= page.top) or (only_headers and count and self._automatic):
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

    def _end_lane(self) -> None:
        page = self._page
        page.low = max(page.low, stamp_lane(page.placed, page.sheet, self._column.x))
        self._on_page += [item.slab for item in page.placed]
        page.placed.clear()

    def _balance(self) -> None:
        """Make the lanes of the section's last page equally long, as Word does before a section that follows on the page."""
        page = self._page
        found = balanced(self._on_page, [width for _, width in self._lanes], page.bottom - page.start)
        if found is None:
            return
        del page.sheet.stamps[self._begun :]
        page.low = page.start
        for lane, (left, _) in zip(found, self._lanes, strict=False):
            placed = [Placed(item.slab, page.start + item.y) for item in lane]
            page.low = max(page.low, stamp_lane(placed, page.sheet, self._section.setup.left + left))

    def _rule_lanes(self) -> None:
        """Draw the lines between columns."""
        setup, page = self._section.setup, self._page
        if not setup.column_line or page.low <= page.start:
            return
        for (left, width), (following, _) in pairwise(self._lanes):
            middle = setup.left + (left + width + following) / 2
            page.sheet.stamps.append(Stamp(Upright(page.low - page.start), middle, page.start))


def _runs_on(setup: PageSetup, sheet: Sheet) -> bool:
    """Return whether a section goes on below the one before it."""
    return setup.kind == "continuous" and (setup.width, setup.height) == (sheet.width, sheet.height)


def _is_header(slab: Slab) -> bool:
    return isinstance(slab, RowSlab) and slab.header


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
