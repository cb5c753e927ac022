"""The properties of a Word file that say how secret it is; Word shows them under File, Info."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.letters.templates import package
from asn_desk.letters.templates.package import Member
from asn_desk.wording import Secrecy, sheet_properties

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CORE = "docProps/core.xml"
_LABEL = "informasi dokumen"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPES, _LINKS = "[Content_Types].xml", "_rels/.rels"
_EMPTY = f'<cp:coreProperties xmlns:cp="{_NAMESPACE}"/>'.encode()


@lru_cache(maxsize=32)
def telling(members: tuple[Member, ...], secrecy: Secrecy) -> tuple[Member, ...]:
    """Return the parts of a Word file with its class as category and keyword; a file without properties gets them.

    Remembered per template, because it is asked for each letter. Raises DeskError("template_damaged").
    """
    if all(member.name != CORE for member in members):
        members = (*map(_announced, members), package.deflated(CORE, _EMPTY))
    return tuple(_told(member, secrecy) if member.name == CORE else member for member in members)


def _told(member: Member, secrecy: Secrecy) -> Member:
    from lxml import etree

    root = package.parsed(member, _LABEL)
    for name, text in sheet_properties(secrecy).items():
        tag = f"{{{_NAMESPACE}}}{name}"
        found = root.find(tag)
        (etree.SubElement(root, tag) if found is None else found).text = text
    return package.deflated(CORE, _written(root))


def _announced(member: Member) -> Member:
    """Name the new part in the two lists of a Word file's parts."""
    from lxml import etree

    if member.name not in (_TYPES, _LINKS):
        return member
    root = package.parsed(member, _LABEL)
    space = root.tag.rpartition("}")[0] + "}"
    if member.name == _TYPES:
        etree.SubElement(root, f"{space}Override", PartName=f"/{CORE}", ContentType=_TYPE)
    else:
        etree.SubElement(root, f"{space}Relationship", Id="rIdSifat", Type=_RELATION, Target=CORE)
    return package.deflated(member.name, _written(root))


def _written(root: Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
