"""Small DOCX files built in memory, and readers of the finished PDF, for the tests of the PDF writer."""

from __future__ import annotations

import ctypes
import io
import zipfile
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from asn_desk.letters.pdf.writer import PdfMeta, PdfResult, docx_to_pdf

META = PdfMeta("Surat Pernyataan", "Badan Kepegawaian Kota Contoh")
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
SECTION = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1418" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/>'
)
COMPAT = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
SENTENCE = (
    "Dalam rangka menjaga netralitas Aparatur Sipil Negara sebagaimana dimaksud dalam Pasal 9 ayat (2) Undang-Undang "
    "Nomor 20 Tahun 2023, setiap pegawai wajib bebas dari pengaruh. "
)


@dataclass
class Letter:
    """What goes into a test DOCX; `stories` are headers and footers as (kind, type, xml), `media` files by relation id."""

    body: str
    section: str = SECTION
    styles: str = STYLES
    numbering: str = ""
    settings: str = COMPAT
    theme: str = ""
    stories: list[tuple[str, str, str]] = field(default_factory=list)
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    story_media: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def parts(self) -> dict[str, bytes]:
        """Return the files of the zip."""
        references, relations = (
            "",
            [("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"), ("t", "settings", "settings.xml")],
        )
        parts: dict[str, str | bytes] = {}
        for index, (kind, shown, xml) in enumerate(self.stories):
            tag = "hdr" if kind == "header" else "ftr"
            parts[f"word/{kind}{index}.xml"] = f"<w:{tag} {NAMESPACES}>{xml}</w:{tag}>"
            relations.append((f"h{index}", kind, f"{kind}{index}.xml"))
            references += f'<w:{kind}Reference w:type="{shown}" r:id="h{index}"/>'
            if self.story_media:
                pictures = [(name, "image", target) for name, (target, _) in self.story_media.items()]
                parts[f"word/_rels/{kind}{index}.xml.rels"] = _rels(pictures)
        if self.theme:
            parts["word/theme/theme1.xml"] = self.theme
            relations.append(("th", "theme", "theme/theme1.xml"))
        for name, (target, data) in self.media.items():
            parts[f"word/{target}"] = data
            relations.append((name, "image", target))
        parts["_rels/.rels"] = _rels([("d", "officeDocument", "word/document.xml")])
        parts["word/_rels/document.xml.rels"] = _rels(relations)
        for name, xml in (("styles", self.styles), ("numbering", self.numbering), ("settings", self.settings)):
            parts[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{xml}</w:{name}>"
        body = f"{self.body}<w:sectPr>{references}{self.section}</w:sectPr>"
        parts["word/document.xml"] = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        return {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}

    def with_media(self, media: dict[str, tuple[str, bytes]]) -> Letter:
        """Return the letter with pictures that its headers and footers show too."""
        return replace(self, media=media, story_media=media)

    def docx(self) -> bytes:
        """Return the zipped DOCX."""
        return zipped(self.parts())


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of the given parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def _rels(items: list[tuple[str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in items
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def paragraph(text: str = "", para: str = "", run: str = "") -> str:
    """Return a paragraph; a tab character becomes `w:tab`."""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in text.split("\t"))
    content = f"<w:r><w:rPr>{run}</w:rPr>{pieces}</w:r>" if text else ""
    return f"<w:p><w:pPr>{para}</w:pPr>{content}</w:p>"


def page_field(instruction: str) -> str:
    """Return a complex field as Word writes it, with a stale result."""
    marks = [
        '<w:fldChar w:fldCharType="begin"/>', f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>99</w:t>", '<w:fldChar w:fldCharType="end"/>',
    ]  # fmt: skip
    return "".join(f"<w:r>{mark}</w:r>" for mark in marks)


def convert(letter: Letter | str, meta: PdfMeta = META) -> PdfResult:
    """Return the PDF of a letter (or of a body)."""
    return docx_to_pdf((letter if isinstance(letter, Letter) else Letter(letter)).docx(), meta)


@dataclass(frozen=True)
class Seen:
    """One line of text found in a PDF: page from 1, baseline from the page top, first and last x, text. Points."""

    page: int
    y: float
    left: float
    right: float
    text: str


def seen(result: PdfResult) -> list[Seen]:
    """Return the lines of text in a PDF, from top to bottom."""
    document = pypdfium2.PdfDocument(result.data)
    try:
        return [line for number, page in enumerate(document, 1) for line in _lines(page, number)]
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage, number: int) -> list[Seen]:
    text, height = page.get_textpage(), page.get_height()
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        if sign in "\r\n\0" or pdfium.FPDFText_IsGenerated(text.raw, index):
            continue
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, box)
        row = next((key for key in rows if abs(key - (height - y.value)) < 1.0), height - y.value)
        rows.setdefault(row, []).append((x.value, box.right, "-" if sign == "\x02" else sign))
    found = []
    for row in sorted(rows):
        signs = sorted(rows[row])
        inked = [sign for sign in signs if sign[2] != " "]
        if inked:
            found.append(Seen(number, row, inked[0][0], inked[-1][1], "".join(sign[2] for sign in signs).strip()))
    return found


def texts(result: PdfResult) -> list[str]:
    """Return only the texts of the lines."""
    return [line.text for line in seen(result)]


def test_the_kit_makes_a_readable_letter() -> None:
    assert texts(convert(paragraph("Surat pernyataan"))) == ["Surat pernyataan"]
