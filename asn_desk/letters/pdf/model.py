"""Plain values between the Word XML and the layout: formats, paragraphs, tables and sections. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asn_desk.letters.pdf.output.images import Image
    from asn_desk.wording import Secrecy

Props = dict[str, Any]
"""A partial set of properties on its way through the inheritance chain; keys are the field names of the formats below."""
Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Border:
    """One edge line: Word's style name, width and distance to the text."""

    style: str
    width: float
    space: float = 0.0
    color: Color = BLACK


@dataclass(frozen=True, slots=True)
class RunFormat:
    """How characters look. `scale` is the horizontal stretch (1 = none), `rise` moves the baseline up."""

    font: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: str = "none"
    underline_color: Color | None = None
    strike: bool = False
    double_strike: bool = False
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    color: Color = BLACK
    vertical: str = "baseline"
    rise: float = 0.0
    spacing: float = 0.0
    scale: float = 1.0
    highlight: Color | None = None
    shade: Color | None = None
    kern: float = 0.0
    """From which size on Word moves pairs of letters together (0 = never)."""


@dataclass(frozen=True, slots=True)
class TabStop:
    """One custom tab stop, measured from the text margin."""

    position: float
    kind: str = "left"
    leader: str = "none"


@dataclass(frozen=True, slots=True)
class ParaFormat:
    """How a paragraph is set. `line` is a factor for rule "auto", else points; `first` is negative for hanging."""

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    contextual: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    tabs: tuple[TabStop, ...] = ()
    borders: tuple[tuple[str, Border], ...] = ()
    shade: Color | None = None
    style: str = ""
    snap: bool = True
    """Whether lines keep to the grid of the section, where it has one."""

    def border(self, side: str) -> Border | None:
        """Return the border of one side ("top", "left", "bottom", "right", "between")."""
        return next((border for name, border in self.borders if name == side), None)


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one format."""

    text: str
    format: RunFormat


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab character; `align` and `leader` are set for a positional tab that goes to the margin whatever the stops are."""

    format: RunFormat
    align: str = ""
    leader: str = "none"


@dataclass(frozen=True, slots=True)
class Break:
    """A forced break: kind "line", "page" or "column"."""

    kind: str
    format: RunFormat


@dataclass(frozen=True, slots=True)
class PageField:
    """A number known only when pages are made: kind "PAGE" or "NUMPAGES", number format such as "decimal"."""

    kind: str
    number_format: str
    format: RunFormat


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that sits in the line like a character."""

    image: Image
    width: float
    height: float
    format: RunFormat


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchored object goes on one axis: relative to what, and an offset or an alignment."""

    relative: str
    offset: float = 0.0
    align: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line or the outline and filling of a rectangle drawn as a shape."""

    kind: str
    border: Border | None
    fill: Color | None = None
    flip: bool = False


@dataclass(frozen=True, slots=True)
class TextBox:
    """Paragraphs in a box of their own, with inner margins (top, right, bottom, left), outline and filling."""

    blocks: list[Block]
    insets: tuple[float, float, float, float] = (3.6, 7.2, 3.6, 7.2)
    border: Border | None = None
    fill: Color | None = None
    valign: str = "top"
    fitted: bool = False
    """Whether the box is only as wide as its longest line (frames without a width)."""
    grows: bool = False
    """Whether Word makes the box as high as its text."""
    cuts: bool = False
    """Whether text below its edge is not shown (frames of fixed height)."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An object placed apart from the text: a picture, a simple shape or a text box. `wrap` is none, square or topAndBottom."""

    content: Image | Stroke | TextBox
    width: float
    height: float
    across: Place
    down: Place
    wrap: str = "none"
    behind: bool = False
    margins: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    grows: bool = False
    """Whether a box is made as high as its text needs, its own height being the least."""
    within: tuple[float, float, float, float] | None = None
    """For an object of a group: width and height of the group, and where the object stands in it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where Word puts the paragraphs of a frame (`w:framePr`): size (0 = by content), place, what text does beside it."""

    width: float
    height: float
    exact: bool
    across: Place
    down: Place
    wrap: str
    margins: tuple[float, float]


Inline = Text | Tab | Break | PageField | Picture | Anchor


@dataclass(frozen=True, slots=True)
class Label:
    """The number or bullet of a list paragraph, how it is aligned at its place and what follows it (tab, space, nothing)."""

    text: str
    format: RunFormat
    align: str = "left"
    suffix: str = "tab"


@dataclass(frozen=True, slots=True)
class ListItem:
    """The place of a paragraph in a list: list number, level, and how the label looks that its count gives."""

    number: int
    level: int
    format: RunFormat
    align: str
    suffix: str


Layouts = dict[tuple[object, ...], Any]
"""What a block was laid out as before, by everything else that its layout depends on."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph: its format, content, optional list label and the format of its mark (the height of an empty line).

    `layouts` is there when the block may return in other letters.
    """

    format: ParaFormat
    inlines: list[Inline]
    mark: RunFormat
    label: Label | None = None
    item: ListItem | None = None
    layouts: Layouts | None = None
    frame: Frame | None = None


@dataclass(slots=True)
class Cell:
    """One table cell: content, grid columns it spans, borders by side, margins (top, right, bottom, left)."""

    blocks: list[Block]
    start: int
    span: int
    merge: str = ""
    borders: dict[str, Border | None] = field(default_factory=dict)
    margins: tuple[float, float, float, float] = (0.0, 5.4, 0.0, 5.4)
    shade: Color | None = None
    valign: str = "top"
    inherited: tuple[Props, Props] = field(default_factory=lambda: ({}, {}))
    """What the table's style gives its paragraphs and their runs."""

    def filled(self, blocks: list[Block]) -> Cell:
        """Return the same cell with other content."""
        return Cell(
            blocks,
            self.start,
            self.span,
            self.merge,
            self.borders,
            self.margins,
            self.shade,
            self.valign,
            self.inherited,
        )


@dataclass(slots=True)
class Row:
    """One table row; `height_rule` is auto, atLeast or exact."""

    cells: list[Cell]
    height: float = 0.0
    height_rule: str = "auto"
    header: bool = False
    cant_split: bool = False


@dataclass(slots=True)
class Table:
    """One table: widths of the grid columns, rows, indent from the margin and alignment on the page."""

    columns: list[float]
    rows: list[Row]
    indent: float = 0.0
    align: str = "left"
    frame: Frame | None = None
    """Where a table stands that text flows around; None for one in the flow."""
    layouts: Layouts | None = None
    fits: bool = False
    """Whether Word fits the columns to what stands in them (`w:tblLayout` is not fixed)."""
    width: float = 0.0
    """The width asked for, 0 where Word decides."""
    beyond: float = 0.0
    """How far a table as broad as the text reaches past its right edge."""
    edges: dict[tuple[float, ...], list[Any]] = field(default_factory=dict)
    """The lines around the cells of its rows, by where the columns stand; shared by tables that differ only in words."""

    def with_rows(self, rows: list[Row]) -> Table:
        """Return the same table with other words in its cells."""
        return Table(
            self.columns,
            rows,
            self.indent,
            self.align,
            self.frame,
            None,
            self.fits,
            self.width,
            self.beyond,
            self.edges,
        )


Block = Paragraph | Table


@dataclass(slots=True)
class PageSetup:
    """Paper and margins of a section. Negative top or bottom margins are fixed whatever the header needs."""

    width: float = 595.3
    height: float = 841.9
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0
    left: float = 72.0
    header: float = 36.0
    footer: float = 36.0
    number_start: int | None = None
    number_format: str = "decimal"
    title_page: bool = False
    kind: str = "nextPage"
    valign: str = "top"
    columns: tuple[tuple[float, float], ...] = ()
    """Columns of text as (distance from the left margin, width); empty for a single one."""
    column_line: bool = False
    grid: float = 0.0
    """Height of the steps lines are set in, 0 for none."""
    edges: dict[str, Border] = field(default_factory=dict)
    """Lines around the pages by side, measured from the paper if `edges_of_paper`, else from the text."""
    edges_of_paper: bool = False
    edges_on: str = "allPages"


@dataclass(slots=True)
class Section:
    """A run of blocks on the same kind of page; headers and footers by "default", "first" and "even"."""

    blocks: list[Block]
    setup: PageSetup
    headers: dict[str, list[Block]] = field(default_factory=dict)
    footers: dict[str, list[Block]] = field(default_factory=dict)
    open_end: bool = False
    """Whether nothing can be seen of the paragraph that ends it: a page it has to itself is none."""


@dataclass(slots=True)
class Document:
    """A whole letter, ready for layout."""

    sections: list[Section]
    default_tab: float = 36.0
    even_and_odd: bool = False


@dataclass(frozen=True)
class PdfMeta:
    """Document information of the PDF; `watermark` (e.g. "CONTOH", "DRAF") is printed large and light behind every page.

    `secrecy` is how secret the file is, None where the program does not know (files that are not its own).
    """

    title: str
    author: str
    subject: str = ""
    watermark: str | None = None
    secrecy: Secrecy | None = None
