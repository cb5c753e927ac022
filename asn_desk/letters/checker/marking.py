"""A copy of a template with the checker's findings as Word comments at their spots."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import TYPE_CHECKING

from asn_desk.letters.checker.findings import BODY, Finding, Severity
from asn_desk.letters.templates import package
from asn_desk.letters.templates.compiling import W, own_texts, straight
from asn_desk.letters.templates.package import Member, deflated
from asn_desk.letters.templates.pictures import relationship_part, targets
from asn_desk.letters.templates.tags import part_words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AUTHOR, INITIALS = "ASN Desk", "AD"
_W = W.strip("{}")
_COMMENTS = "word/comments.xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_WORDS = {Severity.ERROR: "Harus diperbaiki", Severity.WARNING: "Perlu dilihat", Severity.INFO: "Catatan"}


def marked(data: bytes, findings: Iterable[Finding]) -> bytes:
    """Return the Word file with a comment for each finding.

    Word has no comments in page headers, footers and text boxes: what is found there is told at the nearest paragraph of the
    body. Raises DeskError when the file cannot be read.
    """
    members = {member.name: member for member in package.read_package(data, "ini")}
    body = package.parsed(members[BODY], "ini")
    comments = _existing(members.get(_comments_part(members)))
    marker = _Marker(body, comments)
    for finding in findings:
        marker.add(finding)
    part = _comments_part(members)
    changed = {BODY: _xml(BODY, body), part: _xml(part, comments)}
    for name, root in (
        (_TYPES, _with_type(members, part)),
        (relationship_part(BODY), _with_relation(members, part)),
    ):
        changed[name] = _xml(name, root)
    kept = [changed.pop(name, member) for name, member in members.items()]
    return package.write_package([*kept, *changed.values()])


class _Marker:
    """Puts comments into the body and their texts into the comments part."""

    def __init__(self, body: Element, comments: Element) -> None:
        self.body = body
        self.comments = comments
        self.paragraphs = list(body.iter(f"{W}p"))
        used = [int(node.get(f"{W}id", "0")) for node in comments.iter(f"{W}comment")]
        self.next_id = max(used, default=-1) + 1

    def add(self, finding: Finding) -> None:
        """Mark one finding at its tag, or at its paragraph where it has none."""
        paragraph = self._paragraph(finding)
        if paragraph is None:
            return
        number = str(self.next_id)
        self.next_id += 1
        self._write(number, finding)
        first, last = _around(paragraph, finding)
        _mark(paragraph, first, last, number)

    def _paragraph(self, finding: Finding) -> Element | None:
        inside = finding.part == BODY and finding.paragraph is not None and finding.paragraph <= len(self.paragraphs)
        place = finding.paragraph - 1 if inside and finding.paragraph is not None else 0
        if not self.paragraphs:
            return None
        paragraph = self.paragraphs[place]
        above = [node for node in paragraph.iterancestors() if node.tag == f"{W}p"]
        return above[-1] if above else paragraph

    def _write(self, number: str, finding: Finding) -> None:
        from lxml import etree

        comment = etree.SubElement(
            self.comments,
            f"{W}comment",
            {f"{W}id": number, f"{W}author": AUTHOR, f"{W}initials": INITIALS},
        )
        elsewhere = f" ({part_words(finding.part)})" if finding.part != BODY else ""
        text = f"{_WORDS[finding.severity]}{elsewhere}: {finding.sentence}"
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        etree.SubElement(run, f"{W}t").text = text


def _around(paragraph: Element, finding: Finding) -> tuple[Element | None, Element | None]:
    """Return the first and last child of the paragraph that the comment embraces."""
    texts = list(own_texts(paragraph))
    whole = straight("".join(node.text or "" for node in texts))
    start = whole.find(finding.source) if finding.source else -1
    end = start + len(finding.source) if start >= 0 else len(whole)
    touched: list[Element] = []
    offset = 0
    for node in texts:
        length = len(node.text or "")
        if offset < end and offset + length > max(start, 0):
            touched.append(_child(paragraph, node))
        offset += length
    children = touched or [node for node in paragraph if node.tag != f"{W}pPr"]
    return (children[0], children[-1]) if children else (None, None)


def _child(paragraph: Element, node: Element) -> Element:
    while True:
        above = node.getparent()
        if above is None or above is paragraph:
            return node
        node = above


def _mark(paragraph: Element, first: Element | None, last: Element | None, number: str) -> None:
    from lxml import etree

    start, end = (etree.Element(f"{W}{name}", {f"{W}id": number}) for name in ("commentRangeStart", "commentRangeEnd"))
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
    if first is None or last is None:
        paragraph.extend([start, end, reference])
        return
    first.addprevious(start)
    last.addnext(reference)
    last.addnext(end)


def _comments_part(members: dict[str, Member]) -> str:
    """Return the name of the comments part, also of one that is still to be made."""
    links = members.get(relationship_part(BODY))
    if links is None:
        return _COMMENTS
    root = package.parsed(links, "ini")
    known = targets([node for node in root if node.get("Type") == _COMMENTS_KIND], BODY)
    return next((name for name in known.values() if name in members), _COMMENTS)


def _existing(member: Member | None) -> Element:
    from lxml import etree

    if member is not None:
        return package.parsed(member, "ini")
    return etree.Element(f"{W}comments", nsmap={"w": _W})


def _with_type(members: dict[str, Member], part: str) -> Element:
    from lxml import etree

    root = package.parsed(members[_TYPES], "ini")
    tag = f"{{{_TYPES_SPACE}}}Override"
    if all(node.get("PartName") != f"/{part}" for node in root.iter(tag)):
        etree.SubElement(root, tag, {"PartName": f"/{part}", "ContentType": _COMMENTS_TYPE})
    return root


def _with_relation(members: dict[str, Member], part: str) -> Element:
    from lxml import etree

    member = members.get(relationship_part(BODY))
    root = package.parsed(member, "ini") if member else etree.Element(f"{{{_RELATIONS}}}Relationships")
    if all(node.get("Type") != _COMMENTS_KIND for node in root):
        used = {node.get("Id") for node in root}
        free = next(f"rIdKomentar{count}" for count in range(1, len(used) + 2) if f"rIdKomentar{count}" not in used)
        target = posixpath.relpath(part, posixpath.dirname(BODY))
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", {"Id": free, "Type": _COMMENTS_KIND, "Target": target})
    return root


def _xml(name: str, root: Element) -> Member:
    from lxml import etree

    return deflated(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
