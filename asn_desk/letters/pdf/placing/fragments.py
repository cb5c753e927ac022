"""Marks as page content: a line or table row becomes a fragment of PDF operators around its own corner, made once and stamped often."""

from __future__ import annotations

from dataclasses import dataclass, field

from asn_desk.letters.pdf.model import BLACK, Color
from asn_desk.letters.pdf.output.embed import coded
from asn_desk.letters.pdf.output.images import Image, resource_name
from asn_desk.letters.pdf.placing.sheet import Fill, PictureMark, Rule, Sheet, Stamp, TextMark

_NO_SPACES = (0.0, 0.0, 1.0)


@dataclass(slots=True)
class Fragment:
    """Operators by layer. `text` starts at its corner with no font set; `opens` and `closes` are its first and last font."""

    text: bytes = b""
    opens: bytes = b""
    closes: bytes = b""
    fills: bytes = b""
    rules: bytes = b""
    behind: bytes = b""
    pictures: bytes = b""
    fonts: dict[str, frozenset[int]] = field(default_factory=dict)
    images: tuple[Image, ...] = ()
    inner: tuple[Stamp, ...] = ()
    """What stands inside, measured from the same corner: the lines in the cells of a row."""


def number(measure: float) -> str:
    """Return a measure with at most two decimals (a hundredth of a point is thinner than any printer's dot)."""
    text = f"{measure:.2f}"
    if text.endswith(".00"):
        return text[:-3] if text != "-0.00" else "0"
    return text


def paint_color(color: Color, operator: str) -> str:
    """Return the operator that sets a colour, in grey where it is one."""
    if color[0] == color[1] == color[2]:
        return f"{color[0]:.4g} {'g' if operator == 'rg' else 'G'}"
    return f"{color[0]:.4g} {color[1]:.4g} {color[2]:.4g} {operator}"


def fragment_of(sheet: Sheet) -> Fragment:
    """Return the marks of a sheet as operators, their corner at the sheet's top left."""
    found = Fragment()
    if sheet.texts:
        _TextWriter(found).write(sheet.texts)
    found.fills = _fills(sheet.fills)
    found.rules = _rules(sheet.rules)
    found.behind, found.pictures = _pictures(sheet.behind), _pictures(sheet.pictures)
    found.inner = tuple(sheet.stamps)
    found.images = tuple(mark.image for mark in (*sheet.behind, *sheet.pictures))
    return found


class _TextWriter:
    """Writes texts one after the other, each placed from where the one before started."""

    def __init__(self, target: Fragment) -> None:
        self._target = target
        self._parts: list[bytes] = []
        self._x = self._y = 0
        self._font = b""
        self._color: Color = BLACK
        self._spaces = _NO_SPACES

    def write(self, marks: list[TextMark]) -> None:
        """Fill the fragment's text; colours and spaces are back to usual at its end."""
        for mark in marks:
            self._mark(mark)
        self._dress(BLACK, _NO_SPACES)
        self._target.text = b"\n".join(self._parts)
        self._target.closes = self._font

    def _mark(self, mark: TextMark) -> None:
        ink = mark.ink
        self._dress(ink.color, (mark.word_space, ink.spacing, ink.scale))
        x, y = round(mark.x * 100), round(-mark.y * 100)
        if x != self._x or y != self._y:
            self._parts.append(f"{number((x - self._x) / 100)} {number((y - self._y) / 100)} Td".encode())
            self._x, self._y = x, y
        if ink.face.closer:
            self._closer(mark)
            return
        for font, codes in coded(ink.face.name, mark.text):
            self._use(font, codes, ink.size)
            self._parts.append(b"(" + _escaped(codes) + b") Tj")

    def _closer(self, mark: TextMark) -> None:
        """Write a text whose letters stand closer than their widths say."""
        ink, at = mark.ink, 0
        moved = ink.face.distances(mark.text)
        for font, codes in coded(ink.face.name, mark.text):
            self._use(font, codes, ink.size)
            self._parts.append(_shown(codes, {index - at: by for index, by in moved.items()}))
            at += len(codes)

    def _use(self, font: str, codes: bytes, size: float) -> None:
        chosen = f"/{font} {size:.4g} Tf".encode()
        if chosen != self._font:
            if self._font:
                self._parts.append(chosen)
            else:
                self._target.opens = chosen
            self._font = chosen
        known = self._target.fonts.get(font, frozenset())
        high = frozenset() if codes.isascii() else frozenset(code for code in codes if code > 127)
        if font not in self._target.fonts or not high <= known:
            self._target.fonts[font] = known | high

    def _dress(self, color: Color, spaces: tuple[float, float, float]) -> None:
        if color != self._color:
            self._parts.append(paint_color(color, "rg").encode())
            self._color = color
        if spaces == self._spaces:
            return
        old, new = self._spaces, spaces
        if new[0] / new[2] != old[0] / old[2]:
            self._parts.append(f"{new[0] / new[2]:.4g} Tw".encode())
        if new[1] / new[2] != old[1] / old[2]:
            self._parts.append(f"{new[1] / new[2]:.4g} Tc".encode())
        if new[2] != old[2]:
            self._parts.append(f"{new[2] * 100:.4g} Tz".encode())
        self._spaces = spaces


def _shown(codes: bytes, moved: dict[int, float]) -> bytes:
    """Return the operator that shows codes, moving what follows the indices in `moved` (thousandths of an em)."""
    parts, start = [], 0
    for index in sorted(index for index in moved if 0 <= index < len(codes)):
        parts.append(b"(%s)%s" % (_escaped(codes[start : index + 1]), f"{-moved[index]:.4g}".encode()))
        start = index + 1
    if not parts:
        return b"(" + _escaped(codes) + b") Tj"
    if start < len(codes):
        parts.append(b"(" + _escaped(codes[start:]) + b")")
    return b"[" + b"".join(parts) + b"] TJ"


def _escaped(codes: bytes) -> bytes:
    return codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _fills(marks: list[Fill]) -> bytes:
    return "\n".join(
        f"{paint_color(mark.color, 'rg')} {number(mark.x)} {number(-mark.y - mark.height)} "
        f"{number(mark.width)} {number(mark.height)} re f"
        for mark in marks
    ).encode()


def _rules(rules: list[Rule]) -> bytes:
    parts: list[str] = []
    state: tuple[float, Color, tuple[float, ...]] | None = None
    for rule in rules:
        if (rule.width, rule.color, rule.dash) != state:
            state = (rule.width, rule.color, rule.dash)
            dash = " ".join(number(length) for length in rule.dash)
            parts.append(f"{number(rule.width)} w {paint_color(rule.color, 'RG')} [{dash}] 0 d")
        parts.append(f"{number(rule.x1)} {number(-rule.y1)} m {number(rule.x2)} {number(-rule.y2)} l S")
    return "\n".join(parts).encode()


def _pictures(marks: list[PictureMark]) -> bytes:
    return "\n".join(
        f"q {number(mark.width)} 0 0 {number(mark.height)} {number(mark.x)} {number(-mark.y - mark.height)} cm "
        f"/{resource_name(mark.image)} Do Q"
        for mark in marks
        if mark.width > 0 and mark.height > 0
    ).encode()
