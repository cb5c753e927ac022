"""Lists: the levels of the numbering part, the running counters, and how a number is written (1, a, A, iv, IV, bullet ...)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Props
from asn_desk.letters.pdf.reading.ooxml import attribute, child, children, integer, switch, value
from asn_desk.letters.pdf.reading.props import para_props, run_props
from asn_desk.letters.pdf.reading.theme import Theme

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SYMBOL_FONTS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"})
_SYMBOLS = {
    "symbol": {
        **dict(zip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
        **dict(zip(b"abcdefghijklmnopqrstuvwxyz", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
        **dict(zip(range(0xA1, 0xAF), "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→", strict=True)),
        **dict(zip(range(0xAF, 0xC0), "↓°±″≥×∝∂•÷≠≡≈…│─↵", strict=True)),
        **dict(zip(range(0xC4, 0xD7), "⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√", strict=True)),
        **dict(zip(range(0xD7, 0xE0), "⋅¬∧∨⇔⇐⇑⇒⇓", strict=True)),
        0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼", 0xE5: "∑", 0xF2: "∫",
    },
    "wingdings": {
        **dict(zip(range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
        **dict(zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=True)),
        0x22: "✂", 0x23: "✁", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x3F: "✍", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟",
        0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x54: "❄", 0x6D: "❍", 0x73: "◆", 0x74: "◆", 0x78: "⌧", 0x9E: "·", 0xA1: "○", 0xA2: "○",
        0xA4: "◉", 0xA5: "◎", 0xAA: "✦", 0xAB: "★", 0xB5: "✪", 0xB6: "☆", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE9: "↑", 0xEA: "↓",
        0xEF: "⇦", 0xF1: "⇧", 0xF2: "⇩",
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
        0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"},
    "webdings": {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"},
}  # fmt: skip


def roman(number: int) -> str:
    """Return a number from 1 to 3999 in small Roman numerals, other numbers in digits."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for amount, letters in _ROMAN:
        while number >= amount:
            text, number = text + letters, number - amount
    return text


def letters(number: int) -> str:
    """Return a, b ... z, aa, bb ... as Word counts letters."""
    if number < 1:
        return str(number)
    return chr(97 + (number - 1) % 26) * min(30, 1 + (number - 1) // 26)


def words(number: int) -> str:
    """Return a small number in Indonesian words (list levels with "one, two, three"); others in digits."""
    if 0 <= number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        tens, rest = divmod(number, 10)
        return f"{_UNITS[tens]} puluh" + (f" {_UNITS[rest]}" if rest else "")
    return str(number)


def _chicago(number: int) -> str:
    """Return *, \u2020, \u2021, \u00a7, **, \u2020\u2020 ... as footnotes are marked."""
    return "*\u2020\u2021\u00a7"[(number - 1) % 4] * min(30, 1 + (number - 1) // 4) if number > 0 else str(number)


def _from(first: int, last: int) -> Callable[[int], str]:
    """Return a writer for numbers that are single signs of Unicode from `first` on, up to `last`; others in digits."""
    return lambda number: chr(first + number - 1) if 0 < number <= last else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "none": lambda _: "",
    "bullet": lambda _: "",
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": lambda number: f"ke-{number}",
    "cardinalText": lambda number: words(number).capitalize(),
    "ordinalText": lambda number: "Kesatu" if number == 1 else f"Ke{words(number)}",
    "hex": lambda number: f"{number:X}",
    "chicago": _chicago,
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalHalfWidth": str,
}


def known_format(style: str) -> bool:
    """Return whether numbers can be written in this number format of Word."""
    return style in _WRITERS


def write_number(number: int, style: str) -> str:
    """Return `number` in a number format of Word ("decimal", "lowerRoman" ...); unknown formats count as decimal."""
    return _WRITERS.get(style, str)(number)


def is_symbol_font(font: str) -> bool:
    """Return whether letters in this font stand for signs."""
    return font.strip().lower() in _SYMBOL_FONTS


def unknown_symbols(text: str, font: str) -> bool:
    """Return whether a text in a symbol font has signs whose form is not known here."""
    key = font.strip().lower()
    if key not in _SYMBOL_FONTS:
        return False
    codes = [ord(sign) - 0xF000 if 0xF000 <= ord(sign) <= 0xF0FF else ord(sign) for sign in text]
    table = _SYMBOLS.get(key, {})
    return any(0x20 < code < 0x100 and code not in table and not (key == "symbol" and code < 0x7F) for code in codes)


def symbol_text(text: str, font: str) -> str:
    """Return ordinary characters for text in a symbol font of Word (private-use or single-byte codes)."""
    key = font.strip().lower()
    table = _SYMBOLS.get(key, _SYMBOLS["wingdings"] if key in _SYMBOL_FONTS else {})
    result = []
    for character in text:
        code = ord(character)
        low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
        if low < 0x100 and (key in _SYMBOL_FONTS or low != code):
            result.append(table.get(low, _symbol_default(low, key)))
        else:
            result.append(character)
    return "".join(result)


def _symbol_default(code: int, font: str) -> str:
    readable = chr(code) if 0x20 <= code < 0x7F and font == "symbol" else "•"
    return " " if code == 0x20 else readable


@dataclass
class Level:
    """One level of a list as written in the file."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    align: str = "left"
    suffix: str = "tab"
    run: Props = field(default_factory=dict)
    para: Props = field(default_factory=dict)
    restart: int | None = None
    legal: bool = False
    odd: bool = False
    """Whether its bullet is a picture or a sign that the fonts of this program do not have."""


@dataclass
class Numbering:
    """All lists of a document: levels by list number, the shared counter each list belongs to, and its start overrides."""

    levels: dict[int, list[Level]] = field(default_factory=dict)
    shared: dict[int, int] = field(default_factory=dict)
    starts: dict[int, dict[int, int]] = field(default_factory=dict)

    def level(self, number: int, level: int) -> Level | None:
        """Return one level of a list, None when the list does not exist (number 0 switches numbering off)."""
        found = self.levels.get(number)
        return found[level] if found and 0 <= level < len(found) else None

    def para(self, number: int, level: int) -> Props:
        """Return the paragraph properties of a level."""
        found = self.level(number, level)
        return found.para if found else {}


class Counters:
    """The running numbers of one story (body, header ...). Lists made from the same definition count on together."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._values: dict[int, list[int | None]] = {}
        self._restarted: set[tuple[int, int]] = set()
        self.counted = 0

    def next_text(self, number: int, level: int) -> str:
        """Count one paragraph of this list level and return its number as text."""
        self.counted += 1
        levels = self._numbering.levels[number]
        current = self._values.setdefault(self._numbering.shared.get(number, -number), [None] * LEVELS)
        self._override(number, level, current)
        before = current[level]
        current[level] = levels[level].start if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            if deeper < len(levels) and self._restarts(levels[deeper], level):
                current[deeper] = None
        return self._text(levels, level, current)

    def _override(self, number: int, level: int, current: list[int | None]) -> None:
        start = self._numbering.starts.get(number, {}).get(level)
        if start is not None and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            current[level] = start - 1

    @staticmethod
    def _restarts(deeper: Level, level: int) -> bool:
        if deeper.restart is None:
            return True
        return deeper.restart != 0 and level < deeper.restart

    @staticmethod
    def _text(levels: list[Level], level: int, current: list[int | None]) -> str:
        own = levels[level]

        def written(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            if index >= len(levels):
                return ""
            number = current[index]
            style = "decimal" if own.legal and levels[index].style != "none" else levels[index].style
            return write_number(levels[index].start if number is None else number, style)

        return own.text if own.style == "bullet" else _PLACEHOLDER.sub(written, own.text)


def read_numbering(root: Element | None, theme: Theme) -> Numbering:
    """Read `word/numbering.xml`."""
    result = Numbering()
    abstract, links = _read_abstract(root, theme)
    for item in children(root, "w:num"):
        number = integer(attribute(item, "w:numId"))
        shared = integer(value(item, "w:abstractNumId"))
        if number is None or shared is None or shared not in abstract:
            continue
        shared = links.get(shared, shared)
        result.levels[number] = list(abstract[shared])
        result.shared[number] = shared
        _overrides(item, number, result, theme)
    return result


def _read_abstract(root: Element | None, theme: Theme) -> tuple[dict[int, list[Level]], dict[int, int]]:
    abstract: dict[int, list[Level]] = {}
    style_of: dict[str, int] = {}
    wanted: dict[int, str] = {}
    for item in children(root, "w:abstractNum"):
        number = integer(attribute(item, "w:abstractNumId"))
        if number is None:
            continue
        abstract[number] = _levels(item, theme)
        own, link = value(item, "w:styleLink"), value(item, "w:numStyleLink")
        if own:
            style_of[own] = number
        if link:
            wanted[number] = link
    return abstract, {number: style_of[link] for number, link in wanted.items() if link in style_of}


def _levels(item: Element, theme: Theme) -> list[Level]:
    levels = [Level() for _ in range(LEVELS)]
    for element in children(item, "w:lvl"):
        index = integer(attribute(element, "w:ilvl"), 0) or 0
        if 0 <= index < LEVELS:
            levels[index] = _level(element, theme)
    return levels


def _level(element: Element, theme: Theme) -> Level:
    run = run_props(child(element, "w:rPr"), theme)
    style = value(element, "w:numFmt") or "decimal"
    text = value(element, "w:lvlText") or ""
    start = integer(value(element, "w:start"), 1)
    font = str(run.get("font", ""))
    return Level(
        start=1 if start is None else start,
        style=style,
        text=symbol_text(text, font) if style == "bullet" else text,
        align={"start": "left", "end": "right"}.get(
            value(element, "w:lvlJc") or "left", value(element, "w:lvlJc") or "left"
        ),
        suffix=value(element, "w:suff") or "tab",
        run=run,
        para=para_props(child(element, "w:pPr")),
        restart=integer(value(element, "w:lvlRestart")),
        legal=bool(switch(element, "w:isLgl")),
        odd=child(element, "w:lvlPicBulletId") is not None or (style == "bullet" and unknown_symbols(text, font)),
    )


def _overrides(item: Element, number: int, result: Numbering, theme: Theme) -> None:
    for override in children(item, "w:lvlOverride"):
        index = integer(attribute(override, "w:ilvl"), 0) or 0
        if not 0 <= index < LEVELS:
            continue
        own = child(override, "w:lvl")
        if own is not None:
            result.levels[number][index] = _level(own, theme)
        start = integer(value(override, "w:startOverride"))
        if start is not None:
            result.starts.setdefault(number, {})[index] = start
