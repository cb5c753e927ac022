"""The cover sheet on a unit's pile in a print file: a small Word document made in memory, laid out like any letter."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_DAY_ZERO = (1980, 1, 1, 0, 0, 0)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/footer1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>'
)
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_HEAD = f"{_DECLARATION}<w:document {_SPACES}><w:body>"
_TAIL = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'


def cover_docx(lines: Sequence[str], foot: str = "") -> bytes:
    """Return a Word file with the first line large and bold, the others below it, and `foot` at the foot of its pages.

    The same bytes for the same lines.
    """
    body = "".join(_paragraph(line, first=place == 0) for place, line in enumerate(lines))
    footer = f"{_DECLARATION}<w:ftr {_SPACES}>{_paragraph(foot, first=False)}</w:ftr>"
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/_rels/document.xml.rels": _LINKS,
        "word/footer1.xml": footer, "word/document.xml": _HEAD + body + _TAIL,
    }  # fmt: skip
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY_ZERO), text)
    return target.getvalue()


def _paragraph(text: str, *, first: bool) -> str:
    size, bold, after = ("36", "<w:b/>", "240") if first else ("22", "", "80")
    clean = "".join(sign for sign in text if sign >= " ")
    return (
        f'<w:p><w:pPr><w:spacing w:after="{after}"/></w:pPr><w:r><w:rPr>{_FONT}{bold}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(clean)}</w:t></w:r></w:p>'
    )
