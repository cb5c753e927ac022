"""Word files as Word 365 writes them in offices: its styles, its theme, and short ways to write paragraphs, tables and drawings."""

from __future__ import annotations

from dataclasses import replace

from tests.letters.test_pdf_kit import Letter, paragraph
from tests.letters.test_pdf_safety import picture

MARGINS = (
    '<w:pgMar w:top="{0}" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
)
F4 = '<w:pgSz w:w="12191" w:h="18711"/>' + MARGINS.format(1134)
A4 = (
    '<w:pgSz w:w="11906" w:h="16838"/>' + MARGINS.format(1134) + '<w:cols w:space="708"/><w:docGrid w:linePitch="360"/>'
)
BOTH, MIDDLE, RIGHT = '<w:jc w:val="both"/>', '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
TIGHT = '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
TEXT = (
    "Sehubungan dengan pelaksanaan pembinaan netralitas pegawai di lingkungan Pemerintah Kota Contoh, dengan ini disampaikan "
    "bahwa setiap kepala perangkat daerah wajib mengawasi pegawai di bawahnya dan melaporkan hasilnya setiap bulan. "
)
SHORT = "Laporan disampaikan paling lambat tanggal 5 bulan berikutnya. "
_ACCENTS = ("4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements><a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>'
    + "".join(f'<a:accent{n}><a:srgbClr val="{c}"/></a:accent{n}>' for n, c in enumerate(_ACCENTS, 1))
    + '<a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink></a:clrScheme>'
    '<a:fontScheme name="Office"><a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme>'
    '<a:fmtScheme name="Office"><a:fillStyleLst/><a:lnStyleLst/><a:effectStyleLst/><a:bgFillStyleLst/></a:fmtScheme>'
    "</a:themeElements></a:theme>"
)
_MINOR = (
    '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
)
_MAJOR = _MINOR.replace("minor", "major")


def style(name: str, para: str = "", run: str = "", based: str = "Normal", kind: str = "paragraph") -> str:
    """Return a style of Word."""
    over = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{over}<w:pPr>{para}</w:pPr><w:rPr>{run}</w:rPr></w:style>'


def _edges(holder: str, line: str) -> str:
    sides = "".join(f"<w:{side} {line}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return f"<w:{holder}>{sides}</w:{holder}>"


LINES = _edges("tblBorders", 'w:val="single" w:sz="4" w:space="0" w:color="auto"')
_BANDED = (
    '<w:style w:type="table" w:styleId="GridTable4"><w:name w:val="Grid Table 4 Accent 1"/><w:basedOn w:val="TableNormal"/>'
    '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblStyleRowBandSize w:val="1"/>'
    '<w:tblStyleColBandSize w:val="1"/>'
    + _edges("tblBorders", 'w:val="single" w:sz="4" w:space="0" w:color="8EAADB"')
    + "</w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr><w:tcPr>'
    '<w:tcBorders><w:top w:val="single" w:sz="4" w:color="4472C4"/><w:insideV w:val="nil"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top w:val="double" w:sz="4" w:color="4472C4"/>'
    "</w:tcBorders></w:tcPr></w:tblStylePr>"
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr><w:tblStylePr w:type="lastCol"><w:rPr><w:b/></w:rPr>'
    '</w:tblStylePr><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)
STYLES = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_MINOR}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="id-ID"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:pPr>'
    '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr>' + LINES + "</w:tblPr></w:style>" + _BANDED
    + style("Heading1", '<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="0"/><w:outlineLvl w:val="0"/>',
            _MAJOR + '<w:color w:val="2F5496"/><w:sz w:val="32"/>')
    + style("Heading2", '<w:keepNext/><w:keepLines/><w:spacing w:before="40" w:after="0"/><w:outlineLvl w:val="1"/>',
            _MAJOR + '<w:color w:val="2F5496"/><w:sz w:val="26"/>')
    + style("Title", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:contextualSpacing/>',
            _MAJOR + '<w:spacing w:val="-10"/><w:kern w:val="28"/><w:sz w:val="56"/>')
    + style("ListParagraph", '<w:ind w:left="720"/><w:contextualSpacing/>')
    + style("NoSpacing", TIGHT, based="")
    + style("BodyText", '<w:spacing w:after="120"/>')
    + style("Header", '<w:tabs><w:tab w:val="center" w:pos="4513"/><w:tab w:val="right" w:pos="9026"/></w:tabs>' + TIGHT)
    + style("Footer", '<w:tabs><w:tab w:val="center" w:pos="4513"/><w:tab w:val="right" w:pos="9026"/></w:tabs>' + TIGHT)
    + style("TOC1", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9061"/></w:tabs><w:spacing w:after="100"/>')
    + style("TOC2", '<w:tabs><w:tab w:val="left" w:pos="880"/><w:tab w:val="right" w:leader="dot" w:pos="9061"/></w:tabs>'
            '<w:spacing w:after="100"/><w:ind w:left="220"/>')
    + style("Hyperlink", "", '<w:color w:val="0563C1" w:themeColor="hyperlink"/><w:u w:val="single"/>', "DefaultParagraphFont", "character")
)  # fmt: skip
SETTINGS = (
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def office(body: str, section: str = A4, **parts: object) -> Letter:
    """Return a letter with the styles, theme and settings of Word 365."""
    letter = Letter(body, section=section, styles=STYLES, settings=SETTINGS, theme=THEME)
    return replace(letter, **parts)  # type: ignore[arg-type]


def run(text: str, form: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, form: str = "") -> str:
    """Return a paragraph of finished runs."""
    return f"<w:p><w:pPr>{form}</w:pPr>{content}</w:p>"


def lines(*texts: str, form: str = "", run: str = "") -> str:
    """Return a paragraph for each text."""
    return "".join(paragraph(text, form, run) for text in texts)


def cells(*texts: str, widths: tuple[int, ...], form: str = "", look: str = "", properties: str = "") -> str:
    """Return a table row with written widths; a text that starts with "<" is the content of its cell."""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{text if text.startswith("<") else paragraph(text, form)}</w:tc>'
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def grid(rows: str, widths: tuple[int, ...], properties: str = "") -> str:
    """Return a table; without properties it has Word's style Table Grid."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    usual = f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLook w:val="04A0"/>'
    return f"<w:tbl><w:tblPr>{properties or usual}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


PICTURE = (
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="l.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="logo"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
)
_KINDS = {
    "picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "shape": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_KINDS["group"] = _KINDS["shape"].replace("Shape", "Group")
_WPG = f'xmlns:wpg="{_KINDS["group"]}"'
LOGO = {"logo": ("media/logo.png", picture(size=(100, 120)))}


def inline(cx: int, cy: int) -> str:
    """Return a run with the logo in the line."""
    data = f'<a:graphic><a:graphicData uri="{_KINDS["picture"]}">{PICTURE.format(cx=cx, cy=cy)}</a:graphicData></a:graphic>'
    extent = (
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name="Gambar 1"/>'
    )
    return f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{extent}{data}</wp:inline></w:drawing></w:r>'


def anchored(
    content: str, box: tuple[int, int, int, int], wrap: str = "<wp:wrapNone/>", *, across: str = "column", down: str = "paragraph",
    kind: str = "shape", behind: int = 0,
) -> str:  # fmt: skip
    """Return a run with an anchored object; `box` is left, top, width and height in EMU."""
    left, top, width, height = box
    place = (
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{across}"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{top}</wp:posOffset></wp:positionV><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr id="{7 + left % 90}" name="Objek"/><wp:cNvGraphicFramePr/>'
    )
    data = f'<a:graphic><a:graphicData uri="{_KINDS[kind]}">{content}</a:graphicData></a:graphic>'
    return (
        f'<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" '
        f'behindDoc="{behind}" locked="0" layoutInCell="1" allowOverlap="1">{place}{data}</wp:anchor></w:drawing></w:r>'
    )


def shape(
    kind: str, size: tuple[int, int], line: str, text: str = "", fill: str = "<a:noFill/>", body: str = ""
) -> str:
    """Return a DrawingML shape, with a text box where it has text; `line` is the inside of its outline."""
    box = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    geometry = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm><a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>'  # noqa: E501
    head = "<wps:cNvCnPr/>" if "onnector" in kind or kind == "line" else '<wps:cNvSpPr txBox="1"/>'
    insets = body or 'lIns="91440" tIns="45720" rIns="91440" bIns="45720"'
    return f'<wps:wsp>{head}<wps:spPr>{geometry}{fill}{line}</wps:spPr>{box}<wps:bodyPr rot="0" vert="horz" wrap="square" {insets} anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp>'  # noqa: E501


def group(members: str, box: tuple[int, int, int, int], inside: tuple[int, int] = (0, 0)) -> str:
    """Return a run with an anchored group of shapes; `inside` is the size its members are measured in, its own without."""
    width, height = inside if any(inside) else box[2:]
    frame = f'<a:off x="0" y="0"/><a:ext cx="{box[2]}" cy="{box[3]}"/><a:chOff x="0" y="0"/><a:chExt cx="{width}" cy="{height}"/>'
    made = f"<wpg:wgp {_WPG}><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}</a:xfrm></wpg:grpSpPr>{members}</wpg:wgp>"
    return anchored(made, box, kind="group")


def at(member: str, left: int, top: int) -> str:
    """Return a shape or picture moved to its place in a group."""
    return member.replace('<a:off x="0" y="0"/>', f'<a:off x="{left}" y="{top}"/>', 1)


def stroke(points: float, kind: str = "") -> str:
    """Return the outline of a shape."""
    return f'<a:ln w="{int(points * 12700)}"{kind}><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'


def numbering(*lists: str) -> str:
    """Return the numbering part for lists given as the XML of their levels; list 1 is the first."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for index, levels in enumerate(lists)
    )
    return made + "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(lists))
    )


def level(index: int, style: str, text: str, ind: str, more: str = "", run: str = "", jc: str = "left") -> str:
    """Return a level of a list; `ind` are the attributes of its indents."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/><w:lvlJc w:val="{jc}"/>'
        f"<w:pPr><w:ind {ind}/></w:pPr><w:rPr>{run}</w:rPr></w:lvl>"
    )


def listed(text: str, number: int = 1, level: int = 0, form: str = "", style: str = "ListParagraph") -> str:
    """Return a paragraph of a list."""
    place = f'<w:pStyle w:val="{style}"/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, place + form)


def pieces_of_field(parts: tuple[str, ...], shown: str = "9") -> str:
    """Return a field whose instruction Word has split over several runs."""
    inner = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in parts)
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return begin + inner + middle + f"<w:r><w:rPr><w:noProof/></w:rPr><w:t>{shown}</w:t></w:r>" + end
