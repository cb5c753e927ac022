"""The marked copy: Word comments at the spots, in a file that still opens."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from lxml import etree

from asn_desk.errors import DeskError
from asn_desk.letters.checker.checking import check
from asn_desk.letters.checker.marking import marked
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.templates.compiling import W
from tests.letters.word_files import CHART, add_paragraph_xml, word_file


def copy_of(data: bytes) -> bytes:
    return marked(data, check(data, RESIGNATION).findings)


def comments(data: bytes) -> list[tuple[str, str]]:
    """Return each comment's text with the text its range embraces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/comments.xml"))
    words = {str(node.get(f"{W}id")): "".join(map(str, node.itertext())) for node in notes.iter(f"{W}comment")}
    return [(words[number], embraced(body, number)) for number in words]


def embraced(body: Any, number: str) -> str:
    start = next(node for node in body.iter(f"{W}commentRangeStart") if node.get(f"{W}id") == number)
    text = ""
    for node in start.itersiblings():
        if node.tag == f"{W}commentRangeEnd" and node.get(f"{W}id") == number:
            return text
        text += "".join(part.text or "" for part in node.iter(f"{W}t"))
    raise AssertionError("the range has no end in its paragraph")


def test_each_finding_is_a_comment_at_its_tag() -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Nama: ")
        paragraph.add_run("{{ pegawai")
        paragraph.add_run(".nmaa }}")
        paragraph.add_run(" bin siapa")
        document.add_paragraph("{%p for x in dasar %}")
        add_paragraph_xml(document, f"<w:r><w:t>Rekap</w:t></w:r>{CHART}")

    found = comments(copy_of(word_file("Pembuka", build=build)))
    assert [text for _words, text in found] == ["{{ pegawai.nmaa }}", "{%p for x in dasar %}", "Rekap"]
    assert found[0][0].startswith("Harus diperbaiki: Isian “pegawai.nmaa”")


def test_a_finding_in_a_header_is_told_at_the_first_paragraph_of_the_body() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ tnda }}"

    [(words, text)] = comments(copy_of(word_file("Pembuka", build=build)))
    assert words.startswith("Harus diperbaiki (kepala halaman): ")
    assert text == "Pembuka"


def test_comments_that_were_there_stay_and_ids_do_not_repeat() -> None:
    once = copy_of(word_file("{{ pegawai.nmaa }}"))
    twice = copy_of(once)
    found = comments(twice)
    assert [text for _words, text in found] == ["{{ pegawai.nmaa }}"] * 2
    with zipfile.ZipFile(io.BytesIO(twice)) as archive:
        assert archive.read("word/_rels/document.xml.rels").count(b"relationships/comments") == 1
        assert archive.read("[Content_Types].xml").count(b"/word/comments.xml") == 1


def test_the_copy_opens_and_its_text_is_unchanged() -> None:
    data = word_file("Pembuka", "{{ pegawai.nmaa }}", "Penutup")
    document = docx.Document(io.BytesIO(copy_of(data)))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Pembuka", "{{ pegawai.nmaa }}", "Penutup"]
    with zipfile.ZipFile(io.BytesIO(copy_of(data))) as archive:
        assert archive.testzip() is None
        types = archive.read("[Content_Types].xml").decode()
    assert 'PartName="/word/comments.xml"' in types


def test_an_empty_paragraph_can_be_marked() -> None:
    def build(document: Any) -> None:
        add_paragraph_xml(document, CHART)

    assert [text for _words, text in comments(copy_of(word_file(build=build)))] == [""]


def test_a_file_that_cannot_be_read_cannot_be_marked() -> None:
    with pytest.raises(DeskError):
        marked(b"x", ())
