"""What a Word file says of itself: its class stands in its properties, whatever the template had there."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT, kind_of
from asn_desk.letters.templates import properties
from asn_desk.letters.templates.examples import example_data
from asn_desk.letters.templates.template import CompiledTemplate, compile_template, fill
from asn_desk.letters.templates.template_store import template_file
from asn_desk.wording import Secrecy

DATA = example_data(kind_of(RESIGNATION_RECEIPT))


def source() -> bytes:
    return Path(template_file(kind_of(RESIGNATION_RECEIPT).template)).read_bytes()


def without_properties() -> bytes:
    """Return the template as a program would write it that knows no properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source())) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                text = _without(text, b'<Override PartName="/docProps/core.xml"')
            if name == "_rels/.rels":
                text = _without(text, b'<Relationship Id="rId2"')
            if name != properties.CORE:
                new.writestr(name, text)
    return target.getvalue()


def _without(text: bytes, element: bytes) -> bytes:
    start = text.index(element)
    return text[:start] + text[text.index(b"/>", start) + 2 :]


def told(template: CompiledTemplate, secrecy: Secrecy | None) -> tuple[str, str]:
    core = docx.Document(io.BytesIO(fill(template, DATA, secrecy=secrecy))).core_properties
    return core.category, core.keywords


@pytest.mark.parametrize("data", [source(), without_properties()], ids=["shipped", "without properties"])
@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_a_filled_file_names_its_class(data: bytes, secrecy: Secrecy) -> None:
    template = compile_template(data, "templat.docx")
    assert told(template, secrecy) == (f"Sifat: {secrecy.value}", secrecy.value)
    assert told(template, None) == ("", "")


def test_a_class_that_the_template_had_is_replaced() -> None:
    secret = fill(compile_template(source(), "templat.docx"), DATA, secrecy=Secrecy.CONFIDENTIAL)
    again = compile_template(secret, "templat.docx")
    assert told(again, Secrecy.OPEN) == ("Sifat: Biasa", "Biasa")
    assert fill(again, DATA, secrecy=Secrecy.OPEN) == fill(again, DATA, secrecy=Secrecy.OPEN)
