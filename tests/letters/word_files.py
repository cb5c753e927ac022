"""Word files for tests of templates: made with python-docx, then changed where Word would write something odd."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.oxml import parse_xml

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
CHART = (
    f'<w:r {SPACES}><w:drawing><wp:inline><wp:extent cx="1800000" cy="900000"/><wp:docPr id="7" name="Grafik 1"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId99"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def word_file(*paragraphs: str, build: Callable[[Any], None] | None = None) -> bytes:
    """Return a Word file with these paragraphs, then what `build` adds to the python-docx document."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if build is not None:
        build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def add_paragraph_xml(document: Any, inner: str) -> None:
    """Add a paragraph with this XML inside."""
    document.add_paragraph()._p.append(parse_xml(f"<w:p {SPACES}>{inner}</w:p>"))
    wrapped = document.paragraphs[-1]._p
    holder = wrapped[-1]
    for item in list(holder):
        wrapped.append(item)
    wrapped.remove(holder)


def with_parts(data: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """Return a Word file with some parts added or replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def texts(data: bytes) -> list[str]:
    """Return the texts of the body's paragraphs."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
