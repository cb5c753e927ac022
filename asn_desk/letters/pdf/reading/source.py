"""What the readers of one part (body, a header, a footer) share: the package, the styles, the lists, and the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Props, RunFormat
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.output.images import Image, load
from asn_desk.letters.pdf.reading.numbering import Counters, Numbering
from asn_desk.letters.pdf.reading.opc import Package
from asn_desk.letters.pdf.reading.props import run_format
from asn_desk.letters.pdf.reading.styles import StyleSheet
from asn_desk.letters.pdf.reading.theme import Theme

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_NESTING = 12
"""Tables in tables in text boxes: deeper than any letter, shallow enough for the call stack."""


@dataclass
class Shared:
    """Parts that belong to the whole document."""

    package: Package
    styles: StyleSheet
    numbering: Numbering
    theme: Theme
    notes: Notes
    compat: int = 15
    formats: dict[tuple[object, ...], RunFormat] = field(default_factory=dict)
    images: dict[tuple[str, str], Image | None] = field(default_factory=dict)


@dataclass
class FieldState:
    """One open complex field: its instruction so far, and whether its result is being read."""

    instruction: str = ""
    in_result: bool = False
    replaced: bool = False
    shown: str = ""
    """What a form field shows: a tick box, or the choice of a list."""


@dataclass
class Source:
    """The part being read. `read_blocks` reads block content (given by the block reader, for cells and text boxes)."""

    shared: Shared
    part: str
    counters: Counters
    read_blocks: Callable[[Source, Iterable[Element], Props, Props], list[Block]]
    fields: list[FieldState] = field(default_factory=list)
    depth: int = 0
    body_number: int = 0
    cited: list[tuple[str, str, str]] = field(default_factory=list)
    """The notes cited so far: "footnote" or "endnote", id and mark."""
    mark: str = ""
    """The mark of the note being read."""
    body_child: Iterable[Element] | None = None
    """The child of the body being read: its frames may go on in the next one and are gathered with the section."""

    @property
    def notes(self) -> Notes:
        """Return the notes of the document."""
        return self.shared.notes

    def image(self, relation_id: str | None) -> Image | None:
        """Return the picture behind a relation id; None (and a note) where it cannot be drawn."""
        key = (self.part, relation_id or "")
        images = self.shared.images
        if key not in images:
            images[key] = self._load(key[1])
        if images[key] is None:
            self.notes.skipped(self._why_not(key[1]))
        return images[key]

    def _load(self, relation_id: str) -> Image | None:
        relation = self.shared.package.relations(self.part).get(relation_id)
        if relation is None or relation.external or not self.shared.package.has(relation.target):
            return None
        return load(self.shared.package.read(relation.target))

    def _why_not(self, relation_id: str) -> str:
        relation = self.shared.package.relations(self.part).get(relation_id)
        if relation is None or (not relation.external and not self.shared.package.has(relation.target)):
            return "Gambar yang berkasnya hilang"
        if relation.external:
            return "Gambar yang disimpan di luar berkas Word"
        kind = relation.target.rpartition(".")[2].upper()
        known = kind in ("EMF", "WMF", "SVG", "EPS", "PDF")
        return f"Gambar berformat {kind}" if known else "Gambar yang rusak"

    def run_format(self, para_style: str, run_style: str, table: Props, direct: Props) -> RunFormat:
        """Return the finished format of a run; equal formats are one object."""
        key = (para_style, run_style, id(table) if table else 0, *direct.items())
        found = self.shared.formats.get(key) if not table else None
        if found is None:
            merged = dict(self.shared.styles.run(para_style, run_style, table))
            merged.update(direct)
            found = run_format(merged)
            if not table:
                self.shared.formats[key] = found
        return found
