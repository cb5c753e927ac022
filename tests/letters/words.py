"""The words of a letter as Word holds them and as the PDF shows them, list labels included, headers left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE_NUMBER = re.compile(r"^- \d+ -$")


def docx_words(data: bytes) -> Counter[str]:
    """Return how often each word stands in the body."""
    import docx

    document = docx.Document(io.BytesIO(data))
    labels = _Labels(document.part.numbering_part.element)
    words: Counter[str] = Counter()
    for paragraph in document.element.body.iter(f"{W}p"):
        words.update(f"{labels.of(paragraph)} {_text(paragraph)}".split())
    return words


def pdf_words(data: bytes, *, without: str = "") -> Counter[str]:
    """Return how often each word stands on the pages; the page numbers and the mark in `without` are left out."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    words: Counter[str] = Counter()
    for index in range(len(document)):
        page = document[index]
        lines = page.get_textpage().get_text_range().replace("\x02\r\n", "-\r\n").replace("\ufffe", "-").splitlines()
        kept = [
            line
            for line in (line.strip() for line in lines)
            if not PAGE_NUMBER.match(line) and line not in {without, "CONTOH"}
        ]
        words.update(re.sub(r"(?<=\w)([-/])\n", r"\1", "\n".join(kept)).split())
    document.close()
    return words


def _text(paragraph: Any) -> str:
    nodes = (node for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if node.getparent().tag == f"{W}r")
    return "".join(node.text or "" if node.tag == f"{W}t" else " " for node in nodes)


class _Labels:
    """Counts list labels as Word does, for the number formats our templates use."""

    def __init__(self, numbering: Any) -> None:
        abstract = {node.get(f"{W}abstractNumId"): node for node in numbering.iter(f"{W}abstractNum")}
        self.lists = {
            node.get(f"{W}numId"): abstract[node.find(f"{W}abstractNumId").get(f"{W}val")]
            for node in numbering.iter(f"{W}num")
        }
        self.counts: dict[str, list[int]] = {}

    def of(self, paragraph: Any) -> str:
        used = paragraph.find(f"{W}pPr/{W}numPr")
        if used is None:
            return ""
        number, level = used.find(f"{W}numId").get(f"{W}val"), int(used.find(f"{W}ilvl").get(f"{W}val"))
        counts = self.counts.setdefault(number, [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        shape = self.lists[number].findall(f"{W}lvl")[level]
        label = shape.find(f"{W}lvlText").get(f"{W}val")
        written = {
            "decimal": str(counts[level]),
            "lowerLetter": chr(96 + counts[level]),
            "upperLetter": chr(64 + counts[level]),
        }
        return label.replace(f"%{level + 1}", written[shape.find(f"{W}numFmt").get(f"{W}val")])
