"""The building blocks of the shipped letter templates: paragraphs, tables, numbering, styles, and the whole Word file.

Written as WordprocessingML of our own instead of through a library, so that the files hold only what the letters need and
come out the same, byte for byte, each time.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from asn_desk.letters.templates.package import deflated, kept, write_package

TWIPS = 567
"""Twentieths of a point in a centimetre."""
EMU = 360_000
"""English metric units in a centimetre."""
TEXT_WIDTH = 16.0
"""A4 less the margins of 3 and 2 cm."""
_MARGINS = (("top", 2), ("right", 2), ("bottom", 2.5), ("left", 3), ("header", 1), ("footer", 1))
_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_FOOTER = "word/footer1.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def cm(value: float) -> int:
    """Return centimetres as twips."""
    return round(value * TWIPS)


def run(text: str) -> str:
    """Return a run; a tab in the text becomes Word's tab."""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")]
    return f"<w:r>{'<w:tab/>'.join(pieces)}</w:r>"


def para(
    text: str = "",
    style: str = "Normal",
    *,
    keep: str = "",
    number: tuple[int, int] | None = None,
    properties: str = "",
) -> str:
    """Return a paragraph. `number` is (numId, level); `keep` and `properties` are XML before and after it, as Word orders them."""
    numbering = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    inner = run(text) if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{numbering}{properties}</w:pPr>{inner}</w:p>'


def tag(source: str) -> str:
    """Return a paragraph that holds nothing but a `{%p ... %}` tag, small and grey for whoever edits the template."""
    return para(source, "Perintah")


def each(variable: str, source: str, *body: str) -> str:
    """Return body paragraphs repeated for each item of a list field."""
    return "".join((tag(f"{{%p for {variable} in {source} %}}"), *body, tag("{%p endfor %}")))


def when(condition: str, *body: str) -> str:
    """Return body paragraphs that stand only when the condition holds."""
    return "".join((tag(f"{{%p if {condition} %}}"), *body, tag("{%p endif %}")))


def choice(condition: str, yes: str, no: str) -> str:
    """Return one of two bodies."""
    return "".join((tag(f"{{%p if {condition} %}}"), yes, tag("{%p else %}"), no, tag("{%p endif %}")))


def picture(name: str, relation: str, number: int, width: float, height: float) -> str:
    """Return an inline placeholder picture (box in cm) that the program replaces by the office's own."""
    cx, cy = round(width * EMU), round(height * EMU)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{name}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def picture_para(content: str, style: str) -> str:
    """Return a paragraph around a picture."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


@dataclass(frozen=True)
class Cell:
    """A table cell: its content (at least one paragraph), how many columns it spans, and borders as XML."""

    content: str
    span: int = 1
    borders: str = ""
    centred: bool = False


def table(widths: tuple[float, ...], rows: tuple[tuple[tuple[Cell, ...], float], ...]) -> str:
    """Return a table without lines and padding, as wide as the text. Each row is (cells, exact height in cm or 0)."""
    return rows_table(widths, "".join(_row(widths, cells, height) for cells, height in rows))


def grid(
    columns: tuple[tuple[str, float, str], ...],
    loop: tuple[str, str],
    *,
    head: str = "KepalaTabel",
    cell: str = "IsiTabel",
    foot: str = "",
    whole: bool = False,
) -> str:
    """Return a ruled table with a heading row repeated on each page and a row for each item of a list field.

    `columns` are (heading, width in cm, what the cell holds); lines in a cell are parted by a line feed. `loop` is
    (variable, list field). A heading's empty list leaves the table with its heading only. `foot` is what stands in an
    unruled row of its own under the table, on the same page as the last item. A `whole` table stays on one page.
    """
    widths = tuple(width for _, width, _ in columns)
    spec = "".join(f'<w:gridCol w:w="{cm(width)}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    heading = _ruled(widths, [para(title, head) for title, _, _ in columns], "<w:tblHeader/>")
    held = "not loop.last" if whole else "loop.last" if foot else ""
    rows = _ruled(widths, [_lines(text, cell, held) for _, _, text in columns])
    opener, closer = (tag_row(widths, source) for source in (f"{{%tr for {loop[0]} in {loop[1]} %}}", "{%tr endfor %}"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(cm, widths))}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{spec}</w:tblGrid>{heading}{opener}{rows}{closer}{_unruled(widths, foot) if foot else ''}</w:tbl>"
    )


def _lines(text: str, style: str, held: str) -> str:
    """Return the lines of a cell; where the condition `held` is true, its row stays with what follows."""
    first, *rest = text.split("\n")
    tied = choice(held, para(first, style, keep="<w:keepNext/>"), para(first, style)) if held else para(first, style)
    return tied + "".join(para(line, style) for line in rest)


def _unruled(widths: tuple[float, ...], content: str) -> str:
    none = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
    return _row(widths, (Cell(content, span=len(widths), borders=none),), 0)


def _ruled(widths: tuple[float, ...], cells: list[str], extra: str = "") -> str:
    parts = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{cm(width)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for width, content in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{extra}</w:trPr>{parts}</w:tr>"


def tag_row(widths: tuple[float, ...], source: str) -> str:
    """Return a row that holds nothing but a `{%tr ... %}` tag."""
    return table_row(widths, (Cell(tag(source), span=len(widths)),))


def table_row(widths: tuple[float, ...], cells: tuple[Cell, ...], height: float = 0) -> str:
    """Return a row for a table of these columns, as `table` writes them."""
    return _row(widths, cells, height)


def rows_table(widths: tuple[float, ...], rows: str) -> str:
    """Return a table without lines around rows made by `table_row`."""
    grid_columns = "".join(f'<w:gridCol w:w="{cm(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(cm, widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid_columns}</w:tblGrid>{rows}</w:tbl>"
    )


def repeated_rows(widths: tuple[float, ...], variable: str, source: str, cells: tuple[Cell, ...]) -> str:
    """Return a row repeated for each item of a list field."""
    opener, closer = (tag_row(widths, text) for text in (f"{{%tr for {variable} in {source} %}}", "{%tr endfor %}"))
    return opener + table_row(widths, cells) + closer


def _row(widths: tuple[float, ...], cells: tuple[Cell, ...], height: float) -> str:
    exact = f'<w:trHeight w:val="{cm(height)}" w:hRule="exact"/>' if height else ""
    parts = []
    column = 0
    for cell in cells:
        width = sum(map(cm, widths[column : column + cell.span]))
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        borders = f"<w:tcBorders>{cell.borders}</w:tcBorders>" if cell.borders else ""
        centred = '<w:vAlign w:val="center"/>' if cell.centred else ""
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{borders}{centred}</w:tcPr>{cell.content}</w:tc>'
        )
        column += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/>{exact}</w:trPr>{''.join(parts)}</w:tr>"


@dataclass(frozen=True)
class Level:
    """One level of a list: Word's number format, the label's text, and how far the text stands from the margin (cm)."""

    format: str
    text: str
    left: float
    hanging: float = 0.75
    bold: bool = False


def numbering(lists: tuple[tuple[Level, ...], ...]) -> str:
    """Return numbering.xml; list n (from 1) is numId n."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(_level(place, level) for place, level in enumerate(levels))}</w:abstractNum>"
        for index, levels in enumerate(lists)
    )
    used = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(lists))
    )
    return f"{_HEAD}<w:numbering {_NS}>{abstract}{used}</w:numbering>"


def _level(place: int, level: Level) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if level.bold else ""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/><w:lvlText w:val="{level.text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{cm(level.left)}" w:hanging="{cm(level.hanging)}"/></w:pPr>{bold}</w:lvl>'
    )


@dataclass(frozen=True)
class Style:
    """A paragraph style; `paragraph` and `character` are XML inside w:pPr and w:rPr."""

    code: str
    name: str
    paragraph: str = ""
    character: str = ""
    based_on: str = "Normal"

    def xml(self) -> str:
        """Return the style's XML."""
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.code}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.based_on}"/><w:qFormat/><w:pPr>{self.paragraph}</w:pPr><w:rPr>{self.character}</w:rPr></w:style>'
        )


def styles(font: str, line: str, own: tuple[Style, ...]) -> str:
    """Return styles.xml: 12-point text in one font, Indonesian, and the letter's own styles."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return (
        f"{_HEAD}<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="id-ID" w:eastAsia="id-ID" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" {line}/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{''.join(style.xml() for style in own)}</w:styles>"
    )


@dataclass(frozen=True)
class WordFile:
    """A whole template: title, body, styles, numbering, header texts, pictures by (relation id, file name, PNG), one footer."""

    title: str
    body: str
    styles: str
    numbering: str
    first_header: str
    other_header: str
    pictures: tuple[tuple[str, str, bytes], ...] = field(default=())
    footer: str = ""

    def data(self) -> bytes:
        """Return the file's bytes."""
        texts = {
            "[Content_Types].xml": _content_types(footer=bool(self.footer)),
            "_rels/.rels": _package_relations(),
            "docProps/core.xml": _core(self.title),
            "docProps/app.xml": _app(),
            "word/document.xml": _document(self.body, footer=bool(self.footer)),
            "word/_rels/document.xml.rels": _relations(self.pictures, footer=bool(self.footer)),
            "word/styles.xml": self.styles,
            "word/numbering.xml": self.numbering,
            "word/settings.xml": _settings(),
            "word/header1.xml": f"{_HEAD}<w:hdr {_NS}>{self.first_header}</w:hdr>",
            "word/header2.xml": f"{_HEAD}<w:hdr {_NS}>{self.other_header}</w:hdr>",
            **({_FOOTER: f"{_HEAD}<w:ftr {_NS}>{self.footer}</w:ftr>"} if self.footer else {}),
        }
        members = [deflated(name, text.encode()) for name, text in texts.items()]
        members += [kept(f"word/media/{name}", data) for _, name, data in self.pictures]
        return write_package(members)


def page_number() -> str:
    """Return the paragraph with the page's number, `- 2 -`."""
    begin, mid, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="NomorHalaman"/></w:pPr>{run("- ")}{begin}{code}{mid}{run("2")}{end}{run(" -")}</w:p>'


def _document(body: str, *, footer: bool) -> str:
    feet = "".join(f'<w:footerReference w:type="{kind}" r:id="rIdF1"/>' for kind in ("first", "default") if footer)
    sides = " ".join(f'w:{side}="{cm(value)}"' for side, value in _MARGINS)
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="rIdH1"/><w:headerReference w:type="default" r:id="rIdH2"/>'
        f"{feet}"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar {sides} w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    return f"{_HEAD}<w:document {_NS}><w:body>{body}{section}</w:body></w:document>"


def _content_types(*, footer: bool) -> str:
    parts = (
        ("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"),
        ("header1", "header"), ("header2", "header"), *([("footer1", "footer")] if footer else []),
    )  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in parts
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
        "</Types>"
    )


def _relations_xml(rows: tuple[tuple[str, str, str], ...]) -> str:
    links = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def _package_relations() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations_xml(
        (
            ("rId1", f"{_REL}/officeDocument", "word/document.xml"),
            ("rId2", core, "docProps/core.xml"),
            ("rId3", f"{_REL}/extended-properties", "docProps/app.xml"),
        )
    )


def _relations(pictures: tuple[tuple[str, str, bytes], ...], *, footer: bool) -> str:
    fixed = (
        ("rId1", f"{_REL}/styles", "styles.xml"),
        ("rId2", f"{_REL}/numbering", "numbering.xml"),
        ("rId3", f"{_REL}/settings", "settings.xml"),
        ("rIdH1", f"{_REL}/header", "header1.xml"),
        ("rIdH2", f"{_REL}/header", "header2.xml"),
        *([("rIdF1", f"{_REL}/footer", "footer1.xml")] if footer else []),
    )
    return _relations_xml((*fixed, *((key, f"{_REL}/image", f"media/{name}") for key, name, _ in pictures)))


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>id-ID</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{kind}"><Application>ASN Desk</Application></Properties>'


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {_NS}><w:defaultTabStop w:val="{cm(1.25)}"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="id-ID"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def placeholder(width: int, height: int, shade: int) -> bytes:
    """Return a grey picture that marks the place of a letterhead picture while the template is edited in Word."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((2, 2, width - 3, height - 3), radius=18, outline=shade, width=5)
    pen.line((2, 2, width - 3, height - 3), fill=shade, width=3)
    pen.line((2, height - 3, width - 3, 2), fill=shade, width=3)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
