"""Wherever the page ends, a signature block has company: some of the text it signs stands on its page."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from tests.letters import letter_facts as facts
from tests.letters.test_pdf_kit import Seen, seen

META = PdfMeta("Surat", "BKPSDM")
HEADER_END = 50.0  # a following page's own header ends above this, in points from the top
FILLER = b"<w:p><w:r><w:t>Baris tambahan.</w:t></w:r></w:p>"
NAMES = (
    "Drs. Dewi Anggraini, M.Si.", "Drs. Wiryawan Adisangkala, M.Si.", "WIRYAWAN ADISANGKALA", "Siti Rahmawati, S.Sos., M.Si.",
    "dr. Hendra Wijaya, M.Kes.",
)  # fmt: skip
BLOCKS_BEGIN = re.compile(
    r"9 September 2024$|^Diterima tanggal|^Mengetahui,|^Hormat saya|^Yang m|^Ditetapkan di|^Pemeriksa"
)
NO_SIGNATURE = re.compile(r":|ATAS NAMA|^\d")
TALLEST, MIDDLE = 190.0, 250.0


def pushed_down(docx: bytes, lines: int) -> bytes:
    """Return the letter with so many short lines before everything else, so that its page ends elsewhere."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as copy:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + FILLER * lines, 1)
            copy.writestr(item, data)
    return target.getvalue()


def signatures(lines: list[Seen]) -> list[Seen]:
    """Return the lines that end a signature: nothing but a signer's name, or two beside each other."""
    return [line for line in lines if not NO_SIGNATURE.search(line.text) and line.text.strip().endswith(NAMES)]


def company(lines: list[Seen], name: Seen) -> list[Seen]:
    """Return the lines of text on a signature's page that stand above its block."""
    above = [line for line in lines if line.page == name.page and HEADER_END < line.y < name.y]
    block = [line for line in above if line.y > name.y - TALLEST and BLOCKS_BEGIN.search(line.text)]
    top = min((line.y for line in block), default=name.y - TALLEST)
    beside = (
        name.left - 40 if name.left > MIDDLE else 0.0
    )  # a block of one signer stands on the right, the text does not
    return [line for line in above if line.y < top - 1 or line.left < beside]


@pytest.mark.parametrize("code", KINDS)
def test_a_signature_is_never_alone_on_a_page(code: str) -> None:
    docx = facts.letter(code)
    signed = 0
    for lines in range(0, 46, 6):
        drawn = seen(docx_to_pdf(pushed_down(docx, lines), META))
        for name in signatures(drawn):
            signed += 1
            assert company(drawn, name), f"{lines} lines further down, the signature on page {name.page} is alone"
    assert signed
