"""Cut the content of a paragraph into measured pieces: words, spaces, tabs, breaks and pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from asn_desk.letters.pdf.model import Anchor, Break, Inline, Label, PageField, Picture, RunFormat, Tab, Text
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.output import fonts
from asn_desk.letters.pdf.placing.sheet import Ink
from asn_desk.letters.pdf.reading.numbering import write_number

WORD, SPACE, TAB, BREAK, PICTURE = range(5)
_TOKENS = re.compile(r" +|[^ ]+")
_BREAKERS = re.compile("[-\u2010\u2013\u2014!?\u2026|\\\\]")
_NO_BREAK_BEFORE = frozenset(".,:;!?)]}/-\u2010\u2011\u2013\u2026'\"\u2019\u201d%|\u00a0")
_NEVER_FIRST = frozenset(")]}!?.,:;/")
"""Signs that do not start a line even after a space (Unicode line breaking, rule LB13)."""
_OPENING = ("(", "[", "{")
"""Signs that do not end a line even before a space (rule LB14)."""
_EM_DASH = "\u2014"
_IDEOGRAPHS = "\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_BESIDE_IDEOGRAPH = re.compile(f"(?<=[{_IDEOGRAPHS}])|(?=[{_IDEOGRAPHS}])")
"""Before and after a Chinese, Japanese or Korean sign a line may end (Unicode line breaking, class ID)."""
_NEVER_FIRST_EAST = frozenset("\u3001\u3002\u300b\u300d\u300f\u3011\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\u30fc")
_EMOJI = re.compile("[\U0001f000-\U0001faff]")
"""Pictures among letters: they stay with the word before them, as LibreOffice sets them."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_JOINED = re.compile("[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1a00-\u1aaf\u1b00-\u1bff\ua980-\ua9df]")
"""Writing whose signs change their form or place beside each other: Indic scripts, Javanese, Balinese, Sundanese ..."""
_LONG_WORD = 256
"""Longer words are measured in parts: a line holds fewer characters, and measuring all of them for each line takes for ever."""
_PLAIN_WORD = 40
_SMALL_CAPS = 0.8
_SCRIPT_SIZE = 0.58
_SUPER_RISE, _SUB_RISE = 0.4, -0.08
_HARD_HYPHEN, _SOFT_HYPHEN = "\u2011", "\u00ad"


@dataclass(slots=True)
class Piece:
    """One measured part of a paragraph; `breakable` tells whether a line may end after it."""

    kind: int
    text: str
    ink: Ink
    width: float
    breakable: bool = False
    item: Tab | Break | Picture | None = None
    soft: bool = False
    """Whether a line that ends after it shows a hyphen there."""

    def hyphen(self) -> Piece:
        """Return the hyphen such a line ends with."""
        return Piece(WORD, "-", self.ink, self.ink.width("-"))


@dataclass
class Inker:
    """Turns run formats into inks and texts into pieces; keeps what it made, a letter has few formats."""

    notes: Notes
    page: int = 1
    total: int = 1
    number_format: str = "decimal"
    asked_number: bool = False
    asked_total: bool = False
    _inks: dict[RunFormat, Ink] = field(default_factory=dict)
    _small: dict[RunFormat, Ink] = field(default_factory=dict)
    _fallbacks: dict[tuple[Ink, str], Ink] = field(default_factory=dict)
    _dressed: dict[tuple[Ink, str], Ink] = field(default_factory=dict)
    _remarks: dict[object, str] = field(default_factory=dict)

    def numbers(self) -> tuple[object, ...]:
        """Return what page numbers look like now."""
        return self.page, self.total, self.number_format

    def ink(self, form: RunFormat) -> Ink:
        """Return the ink of a run format; a font without a twin is noted."""
        found = self._inks.get(form)
        if found is None:
            found = self._inks[form] = self._make(form)
        if self._remarks and form in self._remarks:
            self.notes.add(self._remarks[form])
        return found

    def _make(self, form: RunFormat) -> Ink:
        twin = fonts.substitute(form.font)
        if not twin.same_widths:
            self._remarks[form] = (
                f'Font "{form.font}" tidak tersedia di program ini; PDF memakai font yang mirip, sehingga letak baris dapat bergeser.'
            )
        face = fonts.face(twin.family, bold=form.bold, italic=form.italic)
        if 0 < form.kern <= form.size:
            face = fonts.kerned(face)
        size, rise = form.size, form.rise
        ascent, descent = face.extents(size)
        ascent, descent = ascent + max(rise, 0.0), descent - min(rise, 0.0)
        if form.vertical in ("superscript", "subscript"):
            rise += size * (_SUPER_RISE if form.vertical == "superscript" else _SUB_RISE)
            size *= _SCRIPT_SIZE
        return Ink(
            face, size, form.color, ascent, descent, rise, form.spacing, form.scale, form.underline, form.underline_color,
            1 if form.strike else 2 if form.double_strike else 0, form.highlight or form.shade,
        )  # fmt: skip

    def pieces(self, inlines: list[Inline], label: Label | None) -> list[Piece]:
        """Return the pieces of a paragraph, its list label first."""
        found: list[Piece] = []
        if label is not None:
            self._label(label, found)
        for item in inlines:
            if isinstance(item, Text):
                self._text(item.text, item.format, found)
            elif isinstance(item, PageField):
                self._text(self._page_number(item), item.format, found)
            elif isinstance(item, Tab):
                found.append(Piece(TAB, "\t", self.ink(item.format), 0.0, breakable=True, item=item))
            elif isinstance(item, Break):
                found.append(Piece(BREAK, "", self.ink(item.format), 0.0, breakable=True, item=item))
            elif isinstance(item, Picture):
                found.append(Piece(PICTURE, "", self.ink(item.format), item.width, breakable=True, item=item))
        if any(ink.face.kerns for ink in self._inks.values()):
            _kern_between(found)
        return found

    def _label(self, label: Label, found: list[Piece]) -> None:
        if label.text:
            self._text(label.text, label.format, found)
            for piece in found:
                piece.breakable = False
        if label.suffix == "tab":
            found.append(Piece(TAB, "\t", self.ink(label.format), 0.0, item=Tab(label.format)))
        elif label.suffix == "space":
            ink = self.ink(label.format)
            found.append(Piece(SPACE, " ", ink, ink.width(" ")))

    def _page_number(self, item: PageField) -> str:
        self.asked_number = True
        self.asked_total = self.asked_total or item.kind == "NUMPAGES"
        number = self.page if item.kind == "PAGE" else self.total
        usual = self.number_format if item.kind == "PAGE" else "decimal"
        return write_number(number, item.number_format or usual)

    def _text(self, text: str, form: RunFormat, found: list[Piece]) -> None:
        if _HARD_HYPHEN in text:
            text = text.replace(_HARD_HYPHEN, "-\ufeff")
        if form.caps:
            text = text.upper()
        if form.small_caps and not form.caps:
            self._small_caps(text, form, found)
        else:
            self._words(text, self.ink(form), found)

    def _small_caps(self, text: str, form: RunFormat, found: list[Piece]) -> None:
        """Add small letters as smaller capitals; lines may end where they might in the text as it is written."""
        for token in _TOKENS.findall(text):
            if token[0] == " " or _SOFT_HYPHEN in token:
                self._words(token.upper(), self.ink(form), found)
                continue
            if found and token[0] in (_NEVER_FIRST if found[-1].kind == SPACE else _NO_BREAK_BEFORE):
                found[-1].breakable = False
            parts = _split_word(token)
            for part in parts:
                for signs, small in _case_parts(part.replace("\ufeff", "")):
                    ink = self._small_ink(form) if small else self.ink(form)
                    self._word(signs.upper(), ink, found, breakable=False)
                found[-1].breakable = part is not parts[-1]
            found[-1].breakable = _may_end(parts[-1])

    def _small_ink(self, form: RunFormat) -> Ink:
        found = self._small.get(form)
        if found is None:
            ink = self.ink(form)
            found = self._small[form] = ink._replace(size=ink.size * _SMALL_CAPS)
        return found

    def _words(self, text: str, ink: Ink, found: list[Piece]) -> None:
        if found and found[-1].kind == WORD and text[:1] in _NO_BREAK_BEFORE:
            found[-1].breakable = False
        plain = {} if ink.spacing or ink.scale != 1.0 else ink.face.plain
        for token in _TOKENS.findall(text):
            width = plain.get(token)
            if width is not None:
                found.append(Piece(WORD, token, ink, width * ink.size))
                continue
            if found and found[-1].kind == SPACE and (token[0] in _NEVER_FIRST or _EMOJI.match(token)):
                found[-1].breakable = False
            if token[0] == " ":
                opened = bool(found) and found[-1].text[-1:] in _OPENING
                found.append(Piece(SPACE, token, ink, ink.width(token), breakable=not opened))
            elif _SOFT_HYPHEN in token:
                self._soft(token, ink, found)
            elif _BREAKERS.search(token) is None:
                self._word(token, ink, found, breakable=False)
                if token.isascii() and len(token) < _PLAIN_WORD and token[0] not in _NEVER_FIRST:
                    ink.face.remember_plain(token)
            else:
                parts = list(_split_word(token))
                for part in parts:
                    self._word(part.replace("\ufeff", ""), ink, found, breakable=part is not parts[-1])
                found[-1].breakable = _may_end(parts[-1])

    def _soft(self, token: str, ink: Ink, found: list[Piece]) -> None:
        """Add a word with soft hyphens: in parts after which a line may end with a hyphen."""
        parts = token.split(_SOFT_HYPHEN)
        for index, part in enumerate(parts):
            if part:
                self._words(part, ink, found)
            if index + 1 < len(parts) and found and found[-1].kind == WORD:
                found[-1].breakable = found[-1].soft = True

    def _word(self, text: str, ink: Ink, found: list[Piece], *, breakable: bool) -> None:
        if not text.isascii():
            self._foreign(text, ink, found, breakable=breakable)
            return
        for start in range(0, len(text), _LONG_WORD):
            part = text[start : start + _LONG_WORD]
            found.append(Piece(WORD, part, ink, ink.width(part)))
        if text:
            found[-1].breakable = breakable

    def _foreign(self, text: str, ink: Ink, found: list[Piece], *, breakable: bool) -> None:
        """Add a word with other letters than those of ASCII: in parts where its signs allow a line to end between them."""
        self._note_script(text)
        for part in _BESIDE_IDEOGRAPH.split(text) if _IDEOGRAPH.search(text) else (text,):
            if part[:1] in _NEVER_FIRST_EAST and found:
                found[-1].breakable = False
            for start in range(0, len(part), _LONG_WORD):
                self._letters(part[start : start + _LONG_WORD], ink, found)
            if part:
                found[-1].breakable = True
        found[-1].breakable = breakable or bool(_IDEOGRAPH.match(text[-1]))

    def _letters(self, text: str, ink: Ink, found: list[Piece]) -> None:
        if ink.face.covers(text):
            found.append(Piece(WORD, text, ink, ink.width(text)))
            return
        for own, signs in groupby(text, lambda sign: ink if ink.face.covers(sign) else self._fallback(ink, sign)):
            run = "".join(signs)
            found.append(Piece(WORD, run, own, own.width(run)))

    def _note_script(self, text: str) -> None:
        for pattern, trouble in (
            (_RIGHT_TO_LEFT, "yang ditulis dari kanan ke kiri dicetak dari kiri ke kanan tanpa disambung"),
            (_JOINED, "yang bentuknya bergantung pada huruf di sampingnya dicetak sendiri-sendiri"),
        ):
            if pattern.search(text):
                self.notes.add(f'Tulisan "{text[:40]}" {trouble}; periksa hasilnya atau pakai huruf Latin.')

    def _fallback(self, ink: Ink, character: str) -> Ink:
        """Return the ink of a bundled font that has a sign the letter's own font lacks; where none has it, a box is printed."""
        key = (ink, character)
        found = self._fallbacks.get(key)
        if found is None:
            face = fonts.fallback_for(character, bold="Bold" in ink.face.name)
            if face is None:
                self._remarks[key] = (
                    f"Huruf {character!r} (U+{ord(character):04X}) tidak ada dalam font program ini dan dicetak sebagai kotak."
                )
                face = ink.face if ink.face.boxed else fonts.face("symbols")
            found = self._fallbacks[key] = self._dressed.setdefault((ink, face.name), ink._replace(face=face))
        if key in self._remarks:
            self.notes.add(self._remarks[key])
        return found


def _kern_between(pieces: list[Piece]) -> None:
    """Move pieces of one ink together where their letters make a pair; between a word and a space the space gives way."""
    for left, right in pairwise(pieces):
        if left.ink is right.ink and left.ink.face.kerns and left.kind <= SPACE and right.kind <= SPACE:
            move = left.ink.face.kern(left.text, right.text) * left.ink.size * left.ink.scale
            (right if right.kind == SPACE else left).width += move


def anchors(inlines: list[Inline]) -> list[Anchor]:
    """Return the objects anchored in a paragraph."""
    return [item for item in inlines if isinstance(item, Anchor)]


def _may_end(word: str) -> bool:
    """Return whether a line may end after a word though no space follows: not after a lone dash."""
    return word[-1] in "-\u2013\u2014" and len(word) > 1


def _case_parts(text: str) -> list[tuple[str, bool]]:
    """Cut a text into stretches of small letters (True) and everything else."""
    return [("".join(signs), small) for small, signs in groupby(text, str.islower)]


def _split_word(word: str) -> list[str]:
    """Cut a word where a line may end inside it: after hyphens (also before digits) and dashes, and before an em dash.

    Never after a slash, as in Word and LibreOffice: neither "dan/atau" nor the number of a letter is torn apart there.
    """
    parts: list[str] = []
    start = 0
    for match in _BREAKERS.finditer(word):
        at, end = match.span()
        if word[at] == _EM_DASH and at > start:
            parts.append(word[start:at])
            start = at
        if end >= len(word) or (at == start and word[at] != _EM_DASH):
            continue
        if word[end] in _NO_BREAK_BEFORE or word[end] == "\ufeff":
            continue
        parts.append(word[start:end])
        start = end
    parts.append(word[start:])
    return parts
