"""Word files as zip archives: read once with every check, written again from parts that stay deflated.

Writing is our own because it is done once per letter: only the parts that changed are deflated anew, and the
fixed time stamp makes the same letter the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_SIZE = 64 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_XML, MAX_MARKUP = 8 * 1024 * 1024, 200_000
"""Bytes and angle brackets in one XML part of a template; a letter of fifty pages has a fifth of them."""
_STAMP = struct.pack("<HH", 0, 0x21)  # 1 January 1980, the zip format's first day
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_STRICT = "purl.oclc.org/ooxml"
_MAIN = "word/document.xml"
_UTF8_NAME = 0x800
_LOCAL = struct.Struct("<4sHHH4sIIIHH")
_CENTRAL = struct.Struct("<4sHHHH4sIIIHHHHHII")
_LENGTHS, _LENGTHS_AT = struct.Struct("<HH"), 26
_END = struct.Struct("<4sHHHHIIH")


@dataclass(frozen=True)
class Member:
    """One part of the archive with its bytes as they stand in the file."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes

    def unpacked(self) -> bytes:
        """Return the part's content."""
        return self.packed if self.method == zipfile.ZIP_STORED else zlib.decompress(self.packed, -zlib.MAX_WBITS)


def deflated(name: str, content: bytes) -> Member:
    """Return a new part, deflated."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    return Member(name, zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), packed)


def kept(name: str, content: bytes) -> Member:
    """Return a new part stored as it is, for pictures that are packed already."""
    return Member(name, zipfile.ZIP_STORED, zlib.crc32(content), len(content), content)


def read_package(data: bytes, label: str) -> tuple[Member, ...]:
    """Return the parts of a Word file in their order, each one unpacked once to prove that it is whole.

    `label` names the file in sentences. Raises DeskError("template_damaged" | "template_too_large").
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_bounds(infos, label)
            members = tuple(_member(archive, info, data) for info in infos)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        struct.error,
    ) as error:
        raise damaged(label) from error
    if not {"[Content_Types].xml", _MAIN} <= {member.name for member in members}:
        raise DeskError(
            "template_damaged",
            f"Berkas {label} bukan surat Word (.docx). Simpan ulang dari Word sebagai Dokumen Word (*.docx).",
        )
    return members


def parsed(member: Member, label: str) -> Element:
    """Return the root of an XML part, read without entities, network or document type.

    Raises DeskError("template_damaged" | "template_too_large" | "template_strict").
    """
    from lxml import etree

    content = member.unpacked() if member.size <= MAX_XML else None
    if content is None or content.count(b"<") > MAX_MARKUP:
        raise _too_large(label)
    if any(mark in content for mark in _DOCTYPES):
        raise damaged(label)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(label) from error
    if _STRICT in root.tag:
        raise DeskError(
            "template_strict",
            f"Berkas {label} disimpan dalam bentuk Strict Open XML. Simpan ulang dari Word sebagai Dokumen Word (*.docx).",
        )
    return root


def damaged(label: str) -> DeskError:
    """Return the error for a Word file that cannot be read."""
    return DeskError(
        "template_damaged",
        f"Berkas {label} rusak atau terkunci sandi sehingga tidak dapat dibaca. Pulihkan templat bawaan, atau simpan ulang dari Word.",
    )


def _check_bounds(infos: list[zipfile.ZipInfo], label: str) -> None:
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_SIZE:
        raise _too_large(label)


def _too_large(label: str) -> DeskError:
    sentence = f"Berkas {label} terlalu besar untuk sebuah surat. Kecilkan gambar di dalamnya."
    return DeskError("template_too_large", sentence)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: bytes) -> Member:
    content = archive.read(info)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return deflated(info.filename, content)
    name_length, extra_length = _LENGTHS.unpack_from(data, info.header_offset + _LENGTHS_AT)
    start = info.header_offset + _LOCAL.size + name_length + extra_length
    packed = data[start : start + info.compress_size]
    return Member(info.filename, info.compress_type, info.CRC, info.file_size, packed)


def write_package(members: Iterable[Member]) -> bytes:
    """Return the archive's bytes: the same parts always give the same bytes."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        name = member.name.encode()
        flags = 0 if member.name.isascii() else _UTF8_NAME
        sizes = (member.crc, len(member.packed), member.size, len(name))
        local = _LOCAL.pack(b"PK\x03\x04", 20, flags, member.method, _STAMP, *sizes, 0)
        body += (local, name, member.packed)
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, 20, flags, member.method, _STAMP, *sizes, 0, 0, 0, 0, 0, offset) + name
        )
        offset += len(local) + len(name) + len(member.packed)
    central = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(central), offset, 0)
    return b"".join((*body, central, end))
