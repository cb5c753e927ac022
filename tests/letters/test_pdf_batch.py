"""One print file of many letters: every letter as it would be alone, fonts and pictures once, bookmarks, the same bytes again."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from asn_desk.errors import DeskError
from asn_desk.letters.pdf.output.batch import BatchPdf
from asn_desk.letters.pdf.writer import PdfMeta, PdfResult, docx_to_pdf
from tests.letters.test_pdf_kit import META, SENTENCE, Letter, page_field, paragraph, seen
from tests.letters.test_pdf_safety import drawing, images_in, picture

NAMES = ("Ani Lestari", "Ma'ruf (Al-Qāsim)", "Dewi \\ Ω ✓ “Kusuma” – Łuk", "Eko")


def letter(name: str) -> bytes:
    """Return a letter of two pages with a picture and page numbers."""
    body = drawing("inline") + paragraph(f"Yth. {name}") + paragraph(SENTENCE * 4, '<w:jc w:val="both"/>') * 8
    footer = f"<w:p>{page_field('PAGE')}<w:r><w:t xml:space='preserve"
    footer += f"'> dari </w:t></w:r>{page_field('NUMPAGES')}</w:p>"
    return Letter(body, stories=[("footer", "default", footer)], media={"img": ("media/a.png", picture())}).docx()


def printed(names: tuple[str, ...] = NAMES, meta: PdfMeta = META) -> bytes:
    target = io.BytesIO()
    file = BatchPdf(target, meta)
    for name in names:
        file.add(letter(name), name)
    file.close()
    return target.getvalue()


def test_every_letter_is_printed_as_it_would_be_alone() -> None:
    together = seen(PdfResult(printed(), 0, ()))
    alone, page = [], 0
    for name in NAMES:
        result = docx_to_pdf(letter(name), META)
        alone += [(line.page + page, line.text, line.y, line.left) for line in seen(result)]
        page += result.pages
    assert [(line.page, line.text, line.y, line.left) for line in together] == alone


def test_fonts_and_pictures_are_stored_once() -> None:
    data = printed()
    assert data.count(b"/Subtype /Image") == 1
    assert len(images_in(data)) == len(NAMES)
    few, many = len(printed(NAMES * 2)), len(printed(NAMES * 12))
    assert (many - few) / (10 * 2 * len(NAMES)) < 2_500


def test_bookmarks_lead_to_the_letters() -> None:
    document = pypdfium2.PdfDocument(printed())
    found = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert found == [(name, 2 * index) for index, name in enumerate(NAMES)]


def test_the_same_letters_give_the_same_bytes() -> None:
    assert printed() == printed()


def test_added_letters_tell_their_place_and_a_damaged_one_changes_nothing() -> None:
    target = io.BytesIO()
    file = BatchPdf(target, META)
    first = file.add(letter("Ani"))
    with pytest.raises(DeskError):
        file.add(b"PKrusak")
    second = file.add(letter("Budi"))
    file.close()
    assert (first.first, first.pages, second.first, second.pages) == (0, 2, 2, 2)
    assert file.pages == 4
    assert len(pypdfium2.PdfDocument(target.getvalue())) == 4


def test_the_stream_need_not_go_back() -> None:
    class Pipe(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            raise io.UnsupportedOperation("seek")

        def tell(self) -> int:
            raise io.UnsupportedOperation("tell")

    pipe = Pipe()
    file = BatchPdf(pipe, META)
    file.add(letter("Ani"))
    file.close()
    assert pipe.getvalue().endswith(b"%%EOF\n")


@pytest.mark.parametrize("title", ["Surat Édaran", "Kurung ( \\ )", ""])
def test_document_information_of_any_letters(title: str) -> None:
    document = pypdfium2.PdfDocument(printed(NAMES[:1], PdfMeta(title, "BKPSDM")))
    assert document.get_metadata_value("Title") == title
    document.close()


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "cetak.pdf"
    path.write_bytes(printed(meta=PdfMeta("Surat", "BKPSDM", watermark="DRAF")))
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler is not installed")
def test_every_font_is_embedded_as_a_subset_with_its_characters(tmp_path: Path) -> None:
    path = tmp_path / "cetak.pdf"
    path.write_bytes(printed())
    lines = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(lines) >= 3
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)
    names = [line.split()[0] for line in lines]
    assert len(set(names)) == len(names)
