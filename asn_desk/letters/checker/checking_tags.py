"""The checker's look at the tags of one part: unreadable ones, unknown fields and filters, and tags that are half bold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from asn_desk.letters.checker.findings import Finding, Severity
from asn_desk.letters.templates.compiling import MAX_TAG, W, own_texts, spans
from asn_desk.letters.templates.tags import Place, Problem
from asn_desk.letters.templates.template import nearest_field

if TYPE_CHECKING:
    from jinja2 import nodes
    from lxml.etree import _Element as Element

ALWAYS = frozenset({"loop", "range", "gambar"})
_SWITCHES = {
    "b": "tebal", "i": "miring", "u": "bergaris bawah", "strike": "tercoret", "dstrike": "tercoret",
    "caps": "berhuruf kapital", "smallCaps": "berhuruf kapital kecil", "vanish": "tersembunyi",
}  # fmt: skip
_VALUES = {
    "sz": "ukuran huruf", "color": "warna", "rFonts": "jenis huruf", "highlight": "sorotan", "shd": "sorotan",
    "vertAlign": "letak huruf", "rStyle": "gaya huruf",
}  # fmt: skip
_LOOP = re.compile(r"\bfor\s+([\w\s,]+?)\s+in\b")
_OFF = ("0", "false", "off", "none")
_FONT_NAMES = ("ascii", "hAnsi", "asciiTheme", "hAnsiTheme")


class Fields:
    """The fields a template may use; `certain` False when the kind of letter is not known, so there may be others."""

    def __init__(self, keys: Collection[str], *, certain: bool) -> None:
        self.keys = frozenset(keys)
        self.certain = certain
        parts = [key.split(".") for key in keys]
        self.groups = {".".join(words[:count]) for words in parts for count in range(1, len(words))}

    def knows(self, name: str) -> bool:
        """Return whether the name is a field or a group of fields."""
        return name in self.keys or name in self.groups

    def severity(self, name: str) -> Severity:
        """Return how much an unknown name matters: without a kind only what looks misspelt is surely wrong."""
        misspelt = name.partition(".")[0] in self.groups or nearest_field(name, self.keys, whole_only=True) is not None
        return Severity.ERROR if self.certain or misspelt else Severity.WARNING


def of_problem(problem: Problem, severity: Severity = Severity.ERROR) -> Finding:
    """Return a tag's problem as a finding."""
    place = problem.place
    return Finding(
        severity, problem.code, problem.sentence, place.paragraph, None, place.text, place.part, problem.source
    )


def tag_findings(tags: Iterable[tuple[str, Place]], fields: Fields) -> Iterator[Finding]:
    """Yield what is wrong with the tags of a part, given in their order; loop variables count inside their loop."""
    from jinja2 import TemplateSyntaxError

    from asn_desk.letters.templates import expressions

    scopes: list[set[str]] = [set(ALWAYS)]
    for source, place in tags:
        if len(source) > MAX_TAG:
            continue
        try:
            tree = expressions.tag_tree(source)
        except TemplateSyntaxError as error:
            yield of_problem(Problem(*expressions.syntax_sentence(source, error.message or ""), place, source))
            _follow(scopes, source, _loop_names(source))
            continue
        yield from _asked(tree, set().union(*scopes), fields, source, place)
        _follow(scopes, source, expressions.stored(tree) if tree is not None else set())


def _asked(
    tree: nodes.Template | None, local: Collection[str], fields: Fields, source: str, place: Place
) -> Iterator[Finding]:
    from asn_desk.letters.templates import expressions

    if tree is None:
        return
    for name in expressions.unknown_filters(tree):
        yield of_problem(Problem("unknown_filter", expressions.filter_sentence(source, name), place, source))
    for _line, reason in expressions.forbidden(tree):
        yield of_problem(Problem("forbidden", f"Tanda {source} {reason}", place, source))
    own = expressions.stored(tree)
    for name in expressions.fields_of(tree):
        if name.partition(".")[0] not in {*local, *own} and not fields.knows(name):
            problem = Problem("unknown_field", _unknown(name, source, fields), place, source)
            yield of_problem(problem, fields.severity(name))


def _unknown(name: str, source: str, fields: Fields) -> str:
    near = nearest_field(name, fields.keys)
    hint = f" Mungkin maksudnya {near}." if near else ""
    listed = (
        "tidak ada dalam daftar isian surat ini"
        if fields.certain
        else "tidak ada dalam daftar isian jenis surat mana pun"
    )
    return f"Isian “{name}” pada {source} {listed}.{hint}"


def _loop_names(source: str) -> set[str]:
    """Return the variables of a loop that cannot be read otherwise, so that its content is not blamed as well."""
    match = _LOOP.search(source)
    return set(match.group(1).replace(",", " ").split()) if match else set()


def _follow(scopes: list[set[str]], source: str, stored: set[str]) -> None:
    words = source.strip("{}%-+ ").split()
    word = next((word for word in words if word not in ("p", "tr", "tc", "r")), "")
    if not source.startswith("{%"):
        return
    if word == "for":
        scopes.append(stored)
    elif word == "endfor" and len(scopes) > 1:
        scopes.pop()
    elif word == "set":
        scopes[-1].update(stored)


def half_formatted(part: str, root: Element) -> Iterator[Finding]:
    """Yield the tags whose letters do not all look the same: the value takes the look of the tag's beginning."""
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        texts = list(own_texts(paragraph))
        whole = "".join(node.text or "" for node in texts)
        if "{{" not in whole:
            continue
        for start, end in spans(whole):
            difference = _difference(texts, start, end) if whole.startswith("{{", start) else ""
            if difference:
                sentence = (
                    f"Tanda {whole[start:end]} {difference}. Isinya akan mengikuti bentuk huruf awal tanda itu; "
                    "samakan bentuk seluruh tanda."
                )
                place = Place(part, number, " ".join(whole.split()))
                yield of_problem(Problem("half_formatted", sentence, place, whole[start:end]), Severity.WARNING)


def _difference(texts: list[Element], start: int, end: int) -> str:
    looks: list[dict[str, str]] = []
    offset = 0
    for node in texts:
        text = node.text or ""
        if text[max(start - offset, 0) : max(end - offset, 0)].strip():
            looks.append(_look(node))
        offset += len(text)
    for name in (*_SWITCHES, *_VALUES):
        if len({look.get(name) for look in looks}) > 1:
            return (
                f"hanya sebagian {_SWITCHES[name]}" if name in _SWITCHES else f"memakai {_VALUES[name]} yang tidak sama"
            )
    return ""


def _look(text: Element) -> dict[str, str]:
    run = text.getparent()
    properties = run.find(f"{W}rPr") if run is not None else None
    found: dict[str, str] = {}
    for item in properties if properties is not None else ():
        name = str(item.tag).removeprefix(W)
        value = item.get(f"{W}val") or ""
        if name in _SWITCHES and value not in _OFF:
            found[name] = value if name == "u" else "on"
        elif name in _VALUES:
            found[name] = (
                "|".join(item.get(f"{W}{key}") or "" for key in _FONT_NAMES) if name == "rFonts" else _value(item)
            )
    return found


def _value(item: Element) -> str:
    return item.get(f"{W}val") or item.get(f"{W}fill") or ""
