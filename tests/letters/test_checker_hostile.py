"""Files meant to harm: each is refused in words and in little time, by the checker and by the engine."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from asn_desk.errors import DeskError
from asn_desk.letters.checker.checking import check
from asn_desk.letters.templates.template import compile_template, fill
from tests.letters.word_files import SPACES, with_parts, word_file

SECONDS = 6.0
"""Far more than each case takes (under two on an idle machine), so that a busy one does not fail the test."""
DOCUMENT = f"<w:document {SPACES}><w:body>{{}}</w:body></w:document>"


def body(inner: str) -> bytes:
    return with_parts(word_file(), {"word/document.xml": DOCUMENT.format(inner)})


def bomb() -> bytes:
    return with_parts(word_file("a"), {"word/document.xml": b"<a>" + b" " * (80 * 1024 * 1024) + b"</a>"})


def lying_bomb() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb())
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rfind(signature) if signature == b"PK\x03\x04" else data.rfind(b"PK\x01\x02")
        data[start + at : start + at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def entities() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>{DOCUMENT.format("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>")}'
    return with_parts(word_file(), {"word/document.xml": document})


def outside_entity() -> bytes:
    document = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{DOCUMENT.format("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")}'
    return with_parts(word_file(), {"word/document.xml": document})


def hidden_doctype() -> bytes:
    document = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]>{DOCUMENT.format("&a;")}'
    return with_parts(word_file(), {"word/document.xml": document.encode("utf-16")})


def strict() -> bytes:
    document = DOCUMENT.format("").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    return with_parts(word_file(), {"word/document.xml": document})


FILES: tuple[tuple[Callable[[], bytes], str], ...] = (
    (bomb, "template_too_large"),
    (lying_bomb, "template_damaged"),
    (entities, "template_damaged"),
    (outside_entity, "template_damaged"),
    (hidden_doctype, "template_damaged"),
    (strict, "template_strict"),
    (lambda: body("<w:p/>" * 1_300_000), "template_too_large"),
    (lambda: body("<w:p/>" * 150_000), "template_too_large"),
    (lambda: body("<w:tbl>" * 300), "template_damaged"),
    (lambda: body(f"<w:p>{'<w:r><w:t>{{</w:t></w:r>' * 20_000}</w:p>"), "template_too_large"),
    (lambda: body("<w:p><w:r><w:t>{{ a }}</w:t></w:r></w:p>" * 9_000), "template_too_large"),
    (lambda: word_file("a" * 100_000), "template_too_large"),
    (lambda: b"", "template_damaged"),
    (lambda: b"PK\x05\x06" + b"\0" * 18, "template_damaged"),
)


@pytest.mark.parametrize(("make", "code"), FILES)
def test_a_hostile_file_is_refused_quickly_with_one_sentence(make: Callable[[], bytes], code: str) -> None:
    data = make()
    begun = time.monotonic()
    report = check(data)
    assert time.monotonic() - begun < SECONDS
    assert [finding.code for finding in report.findings] == [code]
    with pytest.raises(DeskError):
        compile_template(data, "x")


def test_a_paragraph_of_nothing_but_openings_is_read_in_one_pass() -> None:
    begun = time.monotonic()
    assert not check(word_file("{{ " * 100_000)).ok
    assert time.monotonic() - begun < SECONDS


TAGS = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ range.__self__ }}",
    "{% for i in range(10**9) %}{% endfor %}",
    "{% for i in range(1000000000) %}{% endfor %}",
    "{{ 10**10**10 }}",
    "{{ 'a'.ljust(1000000000) }}",
    "{{ 'a'.format(1) }}",
    "{{ lipsum(n=100000) }}",
    "{% import 'os' as os %}",
    "{% macro a() %}{{ a() }}{% endmacro %}",
    f"{{{{ {'(' * 400}1{')' * 400} }}}}",
    f"{{{{ {'-' * 900}pegawai.nama }}}}",
    f"{{{{ pegawai.nama{'|trim' * 180} }}}}",
)


@pytest.mark.parametrize("tag", TAGS)
def test_a_hostile_tag_is_an_error_and_makes_no_letter(tag: str) -> None:
    data = word_file(f"Isi {tag}")
    begun = time.monotonic()
    assert not check(data).ok
    with pytest.raises(DeskError):
        fill(compile_template(data, "x"), {})
    assert time.monotonic() - begun < SECONDS


ENDLESS = (
    "{{ 'a' * 1000000000 }}",
    "{{ [0] * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ [0]|batch(1000000000, 'x')|list }}",
    "{{ 3.5|round(1000000000) }}",
    "{{ 'aaaaaaaaaa'" + "|replace('a', 'aaaaaaaaaa')" * 12 + " }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a ~ a ~ a %}" * 20 + "{{ a }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "{% set a = ['aaaaaaaaaa'] %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = [a, a, a, a]|join %}" * 20 + "{{ a }}",
    "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in range(1000) %}" * 12 + "x" + "{% endfor %}" * 12,
    "{% for a in range(1000) %}" * 40 + "x" + "{% endfor %}" * 40,
    "{% for a in range(1000) %}{% for b in range(19) %}" + "xxxxx " * 10_000 + "{% endfor %}{% endfor %}",
)


@pytest.mark.parametrize("text", ENDLESS)
def test_a_template_that_would_run_for_ever_is_stopped_with_a_sentence(text: str) -> None:
    data = word_file(text)
    begun = time.monotonic()
    with pytest.raises(DeskError) as caught:
        fill(compile_template(data, "x"), {})
    assert time.monotonic() - begun < SECONDS
    assert "alinea ke-1" in caught.value.sentence


def test_ordinary_arithmetic_and_joining_still_work() -> None:
    data = word_file(
        "{{ 3 * 4 + 1 }} {{ 7 % 4 }} {{ 'a' ~ 1 ~ 'b' }} {{ 'xa'|replace('x', 'y') }} {{ 2.456|round(1) }}"
    )
    from tests.letters.word_files import texts

    assert texts(fill(compile_template(data, "x"), {})) == ["13 3 a1b ya 2.5"]


def test_loops_know_their_length_and_batches_their_rows() -> None:
    from tests.letters.word_files import texts

    data = word_file(
        "{% for r in n|batch(2, '-') %}{{ r|join }}{% if not loop.last %}/{% endif %}{% endfor %} {{ n|length }}"
    )
    assert texts(fill(compile_template(data, "x"), {"n": [1, 2, 3]})) == ["12/3- 3"]


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(word_file("a"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    data[offset + 6] |= 1
    central = bytes(data).find(b"PK\x01\x02")
    while central >= 0:
        data[central + 8] |= 1
        central = bytes(data).find(b"PK\x01\x02", central + 4)
    assert [finding.code for finding in check(bytes(data)).findings] == ["template_damaged"]
