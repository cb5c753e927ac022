"""Word letters as templates: read and compiled once, filled many times, always the same bytes for the same data."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from asn_desk.errors import DeskError
from asn_desk.letters.templates import package, properties
from asn_desk.letters.templates.compiling import Compiled, Compiler
from asn_desk.letters.templates.package import Member
from asn_desk.letters.templates.pictures import Slot, fitted, mended_tables, open_slots, relationship_part, targets
from asn_desk.letters.templates.tags import Place

if TYPE_CHECKING:
    import jinja2

    from asn_desk.wording import Secrecy

_TEMPLATED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FILE = "<surat>"


@dataclass(frozen=True)
class TemplatePart:
    """A part that holds tags: its Jinja template, and the tag on each of its source lines."""

    name: str
    template: jinja2.Template
    compiled: Compiled


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to fill. `data` are the file's bytes, `sha256` their hash; `label` names it in sentences."""

    label: str
    data: bytes
    sha256: str
    members: tuple[Member, ...] = field(repr=False)
    parts: Mapping[str, TemplatePart] = field(repr=False)
    slots: tuple[Slot, ...]


def load(path: Path) -> CompiledTemplate:
    """Return the compiled template of a file, from memory when the file has not changed since.

    Raises DeskError("template_missing" | "template_damaged" | "template_too_large" | "template_tag").
    """
    try:
        state = path.stat()
    except OSError as error:
        raise DeskError(
            "template_missing",
            f"Templat surat {path.name} tidak ada di {path.parent}. Pasang ulang program atau pulihkan templat bawaan.",
        ) from error
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int, _size: int) -> CompiledTemplate:
    return compile_template(path.read_bytes(), path.name)


def templated(name: str) -> bool:
    """Return whether tags in this part of a Word file are filled."""
    return _TEMPLATED.fullmatch(name) is not None


def compile_template(data: bytes, label: str) -> CompiledTemplate:
    """Check and compile a Word file. Raises DeskError as `load`; the sentence names the template and the place."""
    members = package.read_package(data, label)
    contents = {member.name: member for member in members}
    parts: dict[str, TemplatePart] = {}
    slots: list[Slot] = []
    for name in filter(templated, contents):
        compiler = Compiler(label, name, package.parsed(contents[name], label))
        links = contents.get(relationship_part(name))
        slots += open_slots(compiler, targets(package.parsed(links, label) if links else (), name))
        compiled = compiler.compile()
        if compiled.tags:
            parts[name] = TemplatePart(name, _jinja_template(compiled, compiler), compiled)
    return CompiledTemplate(label, data, hashlib.sha256(data).hexdigest(), members, parts, tuple(slots))


def fill(
    template: CompiledTemplate,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes | None] | None = None,
    secrecy: Secrecy | None = None,
) -> bytes:
    """Return the letter as a Word file.

    `data` are the fields by name, nested by group; `pictures` the letterhead pictures (PNG) by placeholder name;
    `secrecy` is told in the file's properties.
    Raises DeskError("template_field" | "template_tag") naming the template, the field and the text around.
    """
    given = pictures or {}
    context = {**data, "gambar": {slot.name: fitted(slot, given.get(slot.name)) for slot in template.slots}}
    changed = {
        name: package.deflated(name, (_DECLARATION + mended_tables(_rendered(template, part, context))).encode())
        for name, part in template.parts.items()
    }
    for slot in template.slots:
        picture = given.get(slot.name)
        if picture is not None:
            changed[slot.media] = package.kept(slot.media, picture)
    members = template.members if secrecy is None else properties.telling(template.members, secrecy)
    return package.write_package(changed.get(member.name, member) for member in members)


def used_fields(template: CompiledTemplate) -> set[str]:
    """Return the dotted names of all fields the template asks for, loop variables left out."""
    from asn_desk.letters.templates import expressions

    found: set[str] = set()
    for part in template.parts.values():
        tree = expressions.tree_of(part.compiled.source)
        local = expressions.stored(tree) | {"loop", "range", "gambar"}
        found |= {name for name in expressions.fields_of(tree) if name.partition(".")[0] not in local}
    return found


def _jinja_template(compiled: Compiled, compiler: Compiler) -> jinja2.Template:
    from jinja2 import TemplateSyntaxError

    from asn_desk.letters.templates import expressions, sandbox

    environment = sandbox.environment()
    try:
        tree = expressions.tree_of(compiled.source)
        for line, reason in expressions.forbidden(tree):
            source, place = _tag_at(compiled, line)
            raise compiler.error(f"Tanda {source} {reason}", place)
        code: CodeType = environment.compile(sandbox.bounded(tree), filename=_FILE)
    except TemplateSyntaxError as error:
        source, place = _tag_at(compiled, error.lineno)
        raise compiler.error(expressions.syntax_sentence(source, error.message or "")[1], place) from error
    return environment.template_class.from_code(environment, code, dict(environment.globals))


def _tag_at(compiled: Compiled, line: int) -> tuple[str, Place]:
    return compiled.tags[min(line, len(compiled.tags)) - 1]


def _rendered(template: CompiledTemplate, part: TemplatePart, context: dict[str, Any]) -> str:
    from jinja2 import TemplateError, UndefinedError

    from asn_desk.letters.templates import sandbox

    try:
        return sandbox.render(part.template, context)
    except UndefinedError as error:
        source, place = _failing_tag(part)
        sentence = _unknown_field(str(error), source, context)
        raise DeskError("template_field", f"Templat {template.label}, {place}: {sentence}") from error
    except sandbox.TooMuch as error:
        source, place = _failing_tag(part)
        raise DeskError("template_tag", f"Templat {template.label}, {place}: Tanda {source} {error}") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        source, place = _failing_tag(part)
        raise DeskError(
            "template_tag",
            f"Templat {template.label}, {place}: Isi untuk {source} tidak cocok dengan cara templat memakainya. "
            "Periksa isian surat, atau perbaiki tanda itu.",
        ) from error


def _failing_tag(part: TemplatePart) -> tuple[str, Place]:
    trace = sys.exc_info()[2]
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return _tag_at(part.compiled, line)


def _unknown_field(name: str, source: str, context: Mapping[str, Any]) -> str:
    near = nearest_field(name, set(flat(context)))
    hint = f" Mungkin maksudnya {near}." if near else ""
    return f"Kolom “{name}” pada {source} tidak ada dalam data surat ini.{hint}"


def nearest_field(name: str, known: Collection[str], *, whole_only: bool = False) -> str | None:
    """Return the known dotted field whose name, or (unless `whole_only`) last part, is most like the given one, or None."""
    whole = get_close_matches(name, sorted(known), 1, 0.75)
    if whole or whole_only:
        return whole[0] if whole else None
    last = {dotted.rpartition(".")[2]: dotted for dotted in sorted(known, reverse=True)}
    found = get_close_matches(name.rpartition(".")[2], last, 1, 0.6)
    return last[found[0]] if found else None


def flat(data: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the dotted names of nested data."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
