"""The two files of one letter, made from plain values alone: no database, so that any process can make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf
from asn_desk.letters.templates.template import CompiledTemplate, fill


@dataclass(frozen=True)
class PaperOrder:
    """What a letter's files are made from: the template, its data, the letterhead pictures, and the PDF's information."""

    template: CompiledTemplate
    data: Mapping[str, Any]
    pictures: Mapping[str, bytes | None]
    meta: PdfMeta


@dataclass(frozen=True)
class Papers:
    """The Word file and the PDF of a letter, and sentences about what could not be printed as in Word."""

    docx: bytes
    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def make(order: PaperOrder) -> Papers:
    """Fill the template and lay it out. Raises DeskError("template_field" | "template_tag"), and as `docx_to_pdf`."""
    docx = fill(order.template, order.data, order.pictures, order.meta.secrecy)
    pdf = docx_to_pdf(docx, order.meta)
    return Papers(docx, pdf.data, pdf.pages, pdf.notes)
