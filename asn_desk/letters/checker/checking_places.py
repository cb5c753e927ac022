"""The checker's look for tags where the program does not fill them: charts, equations, field codes, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from asn_desk.letters.checker.findings import Finding, Severity
from asn_desk.letters.templates.compiling import W, spans

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_INSIDE = {
    f"{W}instrText": ("kode bidang (field)", Severity.ERROR),
    f"{W}delText": ("teks terhapus yang masih dilacak (Track Changes)", Severity.WARNING),
    f"{_MATH}t": ("rumus", Severity.ERROR),
    f"{_DRAWING}t": ("grafik atau bentuk gambar", Severity.ERROR),
}
_PARTS = (
    (re.compile(r"word/charts/chart[^/]*\.xml"), "grafik", Severity.ERROR),
    (re.compile(r"word/diagrams/data[^/]*\.xml"), "SmartArt", Severity.ERROR),
    (re.compile(r"docProps/[^/]*\.xml"), "informasi dokumen", Severity.WARNING),
)
_ALTERNATIVE = ("descr", "title", "alt")


def unread_part(name: str) -> bool:
    """Return whether a part may hold tags that are never filled."""
    return any(pattern.fullmatch(name) for pattern, _words, _severity in _PARTS)


def in_part(name: str, root: Element) -> Iterator[Finding]:
    """Yield the tags in a part that is never filled."""
    _pattern, words, severity = next(entry for entry in _PARTS if entry[0].fullmatch(name))
    text = "".join(node.text or "" for node in root.iter())
    for source in _tags(text):
        yield _finding(source, words, severity, None, "", "word/document.xml")


def in_text(part: str, root: Element) -> Iterator[Finding]:
    """Yield the tags of a part that stand where only Word itself writes."""
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        texts: dict[str, str] = {}
        for node in paragraph.iter(*_INSIDE):
            texts[str(node.tag)] = texts.get(str(node.tag), "") + (node.text or "")
        for tag, text in texts.items():
            for source in _tags(text):
                yield _finding(source, *_INSIDE[tag], number, text, part)
        yield from _attributes(part, number, paragraph)


def _attributes(part: str, number: int, paragraph: Element) -> Iterator[Finding]:
    for node in paragraph.iter():
        for name, value in node.items():
            if "{" not in str(value):
                continue
            art = str(node.tag).endswith("}textpath") and str(name) == "string"
            if art or str(name) in _ALTERNATIVE:
                words = "WordArt" if art else "teks alternatif gambar"
                for source in _tags(str(value)):
                    yield _finding(source, words, Severity.ERROR if art else Severity.WARNING, number, str(value), part)


def _tags(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def _finding(source: str, words: str, severity: Severity, number: int | None, text: str, part: str) -> Finding:
    sentence = f"Tanda {source} berada di dalam {words}, yang tidak dapat diisi. Pindahkan ke teks biasa."
    return Finding(severity, "unfillable_place", sentence, number, None, " ".join(text.split()), part, source)
