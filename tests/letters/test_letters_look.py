"""The office's look (paper, margins, font), electronic signatures, secrecy and rights when letters are issued."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pypdfium2
import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import queries, service
from asn_desk.letters.contents.kinds import KINDS, RESIGNATION_RECEIPT, circular_kinds
from asn_desk.letters.contents.kinds_candidacy import DECREE, IN_PROCESS
from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.templates.page_setup import with_look
from asn_desk.office.look import LetterLook, SaveLook, letter_look, look_row, save_look
from asn_desk.office.terms import Paper
from asn_desk.paths import template_file
from tests.letters.letter_facts import DAY, FIELDS
from tests.letters.letter_office import Ids, settle

F4 = LetterLook(Paper.F4, 15, 20, 25, 25, "Times New Roman", 11)
MILLIMETRE = 72 / 25.4


@pytest.fixture
def ids(desk: Desk) -> Ids:
    """A settled office on the desk."""
    return desk.write(settle).value


def put_look(desk: Desk, look: LetterLook) -> None:
    row = desk.read(look_row)
    assert row is not None
    desk.write(lambda session: save_look(session, SaveLook(look, row.version)))


def issued(desk: Desk, ids: Ids, kind: str = IN_PROCESS, **values: Any) -> tuple[bytes, bytes, service.IssuedLetter]:
    command = IssueLetter(kind, DAY, ids.person, FIELDS[kind], **values)
    made = desk.write(lambda session: service.issue(session, command)).value
    word = desk.read(lambda session: queries.stored_docx(session, made.id))
    return word, desk.read(lambda session: queries.stored_pdf(session, made.id)), made


def test_an_office_that_chose_nothing_keeps_its_templates_as_they_are(desk: Desk, ids: Ids) -> None:
    data = template_file(KINDS[IN_PROCESS].template).read_bytes()
    assert with_look(data, desk.read(letter_look), "surat") is data
    assert ids.person


def test_paper_margins_and_font_reach_the_word_file_and_the_pdf(desk: Desk, ids: Ids) -> None:
    put_look(desk, F4)
    word, pdf, _made = issued(desk, ids)
    section = docx.Document(io.BytesIO(word)).sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin, section.bottom_margin)
    assert [round(size / 36000) for size in sizes if size is not None] == [215, 330, 25, 20]
    page = pypdfium2.PdfDocument(pdf)[0]
    assert [round(side / MILLIMETRE) for side in page.get_size()] == [215, 330]
    assert b"LiberationSerif" in pdf


def test_every_template_can_be_printed_with_another_look() -> None:
    for kind in KINDS.values():
        data = with_look(template_file(kind.template).read_bytes(), F4, kind.template)
        pdf = pypdfium2.PdfDocument(docx_to_pdf(data, PdfMeta("Templat", "BKPSDM")).data)
        assert {tuple(round(side / MILLIMETRE) for side in page.get_size()) for page in pdf} == {(215, 330)}
        pdf.close()


WRONG = (
    (replace(F4, margin_left=5), "margin_left"),
    (replace(F4, font_family="Comic"), "font_family"),
    (replace(F4, font_size=40), "font_size"),
    (replace(F4, signature_tag="ab"), "signature_tag"),
)


@pytest.mark.parametrize(("look", "field"), WRONG)
def test_a_look_no_letter_can_have_is_refused_at_its_field(desk: Desk, ids: Ids, look: LetterLook, field: str) -> None:
    with pytest.raises(DeskError) as caught:
        put_look(desk, look)
    assert list(caught.value.fields) == [field]
    assert ids.person


def test_a_look_edited_by_two_clerks_is_not_overwritten(desk: Desk, ids: Ids) -> None:
    row = desk.read(look_row)
    assert row is not None
    put_look(desk, F4)
    with pytest.raises(StaleRecord):
        desk.write(lambda session: save_look(session, SaveLook(LetterLook(), row.version)))
    assert ids.person


def test_an_electronic_letter_has_the_offices_mark(desk: Desk, ids: Ids) -> None:
    put_look(desk, LetterLook(signature_tag="^"))
    word, _pdf, _made = issued(desk, ids, electronic=True)
    text = "\n".join(cell.text for table in docx.Document(io.BytesIO(word)).tables for cell in table.rows[0].cells)
    assert "Ditandatangani secara elektronik oleh:" in text
    assert "^" in text


def test_a_paper_that_others_sign_too_is_not_electronic(desk: Desk, ids: Ids) -> None:
    with pytest.raises(DeskError) as caught:
        issued(desk, ids, RESIGNATION_RECEIPT, electronic=True)
    assert caught.value.code == "not_electronic"


def test_the_properties_of_a_confidential_letter_name_nobody(desk: Desk, ids: Ids) -> None:
    _word, pdf, made = issued(desk, ids, confidential=True)
    title = pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"]
    assert title == f"{KINDS[IN_PROCESS].title} Nomor {made.number}"


def test_decrees_are_counted_in_a_series_of_their_own(desk: Desk, ids: Ids) -> None:
    assert issued(desk, ids, DECREE)[2].number == f"{KINDS[DECREE].classification}/1/KEP/2024"


def test_both_forms_of_the_circular_are_offered_for_publication() -> None:
    assert [kind.code for kind in circular_kinds()] == ["surat_edaran_netralitas", "surat_edaran_netralitas_b"]
