"""The template checker: everything that is wrong with a Word template, each with its place, before a letter is made with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError
from asn_desk.letters.checker import checking_layout, checking_places, checking_tags
from asn_desk.letters.checker.checking_tags import Fields
from asn_desk.letters.checker.findings import BODY, Finding, Report, Severity
from asn_desk.letters.contents.kinds import KINDS, kind_of
from asn_desk.letters.templates import package
from asn_desk.letters.templates.compiling import Compiler, W
from asn_desk.letters.templates.examples import example_data
from asn_desk.letters.templates.package import Member
from asn_desk.letters.templates.pictures import open_slots, relationship_part, targets
from asn_desk.letters.templates.tags import Problem
from asn_desk.letters.templates.template import compile_template, fill, load, templated
from asn_desk.paths import template_file

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_FINDINGS = 200
_LABEL = "ini"
_MACROS = "vbaProject.bin"
_TRACKED = "Track Changes"


def check(data: bytes, kind: str | None = None) -> Report:
    """Return everything that is wrong with a template.

    `kind` is the code of the letter it is for; without it fields of any kind are accepted, and names unlike all of them are
    warnings. A file that cannot be read gives one finding. Raises DeskError("kind_unknown").
    """
    fields = _fields(kind)
    try:
        findings = list(_findings(data, fields))
        if kind is not None and not Report(tuple(findings)).errors:
            findings += _trial(data, kind)
    except DeskError as error:
        findings = [Finding(Severity.ERROR, error.code, error.sentence)]
    return Report(tuple(dict.fromkeys(findings))[:MAX_FINDINGS])


@lru_cache(maxsize=256)
def _fields(kind: str | None) -> Fields:
    chosen = KINDS.values() if kind is None else (kind_of(kind),)
    return Fields({field.key for one in chosen for field in one.template_fields()}, certain=kind is not None)


def _findings(data: bytes, fields: Fields) -> list[Finding]:
    contents = {member.name: member for member in package.read_package(data, _LABEL)}
    roots = {name: package.parsed(contents[name], _LABEL) for name in contents if templated(name)}
    found = [*_of_file(contents), *_of_tags(contents, fields)]
    for name, root in roots.items():
        found += checking_tags.half_formatted(name, root)
        found += checking_places.in_text(name, root)
    for name in filter(checking_places.unread_part, contents):
        found += checking_places.in_part(name, package.parsed(contents[name], _LABEL))
    sheets, notes = checking_layout.printed(data)
    if any(_TRACKED in finding.sentence for finding in found):
        notes = tuple(note for note in notes if "pelacakan perubahan" not in note)
    found += checking_layout.layout_findings(notes, roots)
    return _ordered(found, roots, checking_layout.page_numbers(roots[BODY], sheets))


def _of_file(contents: dict[str, Member]) -> Iterator[Finding]:
    if any(name.endswith(_MACROS) for name in contents):
        sentence = "Berkas ini memuat makro. Simpan ulang dari Word sebagai Dokumen Word (*.docx) tanpa makro."
        yield Finding(Severity.ERROR, "macro", sentence)


def _of_tags(contents: dict[str, Member], fields: Fields) -> list[Finding]:
    problems: list[Problem] = []
    found: list[Finding] = []
    for name in filter(templated, contents):
        compiler = Compiler(_LABEL, name, package.parsed(contents[name], _LABEL), problems.append)
        links = contents.get(relationship_part(name))
        open_slots(compiler, targets(package.parsed(links, _LABEL) if links else (), name))
        found += checking_tags.tag_findings(compiler.compile().tags, fields)
    return [*map(checking_tags.of_problem, problems), *found]


def _trial(data: bytes, kind: str) -> Iterator[Finding]:
    """Fill the template once with example values: what only shows in the filling, such as a date asked of a name."""
    if not _examples_serve(kind):
        return
    try:
        fill(compile_template(data, _LABEL), example_data(kind_of(kind)))
    except DeskError as error:
        yield Finding(Severity.ERROR, "unfit_value", f"Dengan nilai contoh, surat tidak dapat dibuat. {error.sentence}")


@lru_cache(maxsize=64)
def _examples_serve(kind: str) -> bool:
    """Return whether the example values fill the kind's shipped template; if not, they say nothing about another."""
    known = kind_of(kind)
    try:
        fill(load(template_file(known.template)), example_data(known))
    except DeskError:
        return False
    return True


def _ordered(found: Iterable[Finding], roots: Mapping[str, Element], pages: Mapping[int, int]) -> list[Finding]:
    """Return the findings in the order of the letter, with pages, the twins in Word's fallback drawings left out."""
    spare = {name: _fallback_paragraphs(root) for name, root in roots.items()}
    placed: list[Finding] = []
    told: set[tuple[str, str, str, str]] = set()
    for finding in sorted(found, key=lambda finding: finding.paragraph in spare.get(finding.part, ())):
        twin = (finding.code, finding.sentence, finding.text, finding.part)
        if finding.paragraph in spare.get(finding.part, ()) and twin in told:
            continue
        told.add(twin)
        page = pages.get(finding.paragraph or 0) if finding.part == BODY else None
        placed.append(replace(finding, page=page))
    return sorted(placed, key=lambda finding: (finding.part != BODY, finding.part, finding.paragraph or 0))


def _fallback_paragraphs(root: Element) -> set[int]:
    return {
        number
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1)
        if any(str(above.tag).endswith("}Fallback") for above in paragraph.iterancestors())
    }
