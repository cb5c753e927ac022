"""The zip package of a DOCX: bounded reading of its parts and the relations between them. The file is never trusted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.reading.ooxml import damaged, parse, q

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_FILE = 64 * 1024 * 1024
MAX_PARTS = 4_000
MAX_PART = 48 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Relation:
    """One relation of a part: the kind (last word of its type), where it points, and whether that is outside the file."""

    kind: str
    target: str
    external: bool


@dataclass
class Package:
    """An opened DOCX. Parts are unpacked on demand; all unpacking together is limited to `MAX_TOTAL` bytes."""

    archive: zipfile.ZipFile
    names: dict[str, str]
    _unpacked: int = 0
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open the bytes of a DOCX; raises DeskError (docx_damaged, not_docx, docx_too_large) with what to do."""
        if data.startswith(_OLE):
            raise _not_docx("Berkas ini berformat Word lama (.doc) atau dikunci dengan sandi.")
        if len(data) > MAX_FILE:
            raise _too_large()
        if not data.startswith(b"PK"):
            raise _not_docx("Berkas ini bukan dokumen Word (.docx).")
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise damaged() from problem
        entries = archive.infolist()
        if len(entries) > MAX_PARTS:
            raise _too_large()
        return cls(archive, {_clean(entry.filename): entry.filename for entry in entries})

    def has(self, name: str) -> bool:
        """Return whether the part is in the file."""
        return _clean(name) in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; raises DeskError when it is missing, damaged or far too large."""
        stored = self.names.get(_clean(name))
        if stored is None:
            raise damaged()
        try:
            with self.archive.open(stored) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as problem:
            raise damaged() from problem
        self._unpacked += len(data)
        if len(data) > MAX_PART or self._unpacked > MAX_TOTAL:
            raise _too_large()
        return data

    def xml(self, name: str) -> Element:
        """Return the parsed root element of a part."""
        return parse(self.read(name))

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by id; {} when it has none."""
        if part not in self._relations:
            self._relations[part] = self._load_relations(part)
        return self._relations[part]

    def _load_relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(source):
            return {}
        found = {}
        for item in self.xml(source).iterchildren(q("rel:Relationship")):
            external = item.get("TargetMode", "").lower() == "external"
            target = item.get("Target", "")
            if not external:
                target = _clean(target if target.startswith("/") else posixpath.join(folder, unquote(target)))
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, external)
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of this kind that `part` points to and that is really there."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external and self.has(relation.target):
                return relation.target
        return None

    def main_part(self) -> str:
        """Return the name of the document part; raises DeskError("not_docx") when there is none."""
        found = self.related("", "officeDocument")
        if found is None and self.has("word/document.xml"):
            found = "word/document.xml"
        if found is None:
            raise _not_docx("Berkas ini bukan dokumen Word (.docx).")
        return found


def _clean(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _not_docx(what: str) -> DeskError:
    return DeskError(
        "not_docx", f"{what} Buka berkas itu di Word, simpan sebagai Word Document (.docx), lalu coba lagi."
    )


def _too_large() -> DeskError:
    return DeskError(
        "docx_too_large",
        "Berkas Word ini terlalu besar untuk sebuah surat. Perkecil gambar di dalamnya, simpan ulang, lalu coba lagi.",
    )
