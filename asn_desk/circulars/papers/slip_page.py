"""How a slip looks: four to an A4 page, the unchanging parts drawn once, the QR code as a tiny one-bit picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from asn_desk.circulars import codes
from asn_desk.circulars.recipients import NO_UNIT, RecipientRow
from asn_desk.employees.terms import EmployeeKind
from asn_desk.letters.contents import catalogue
from asn_desk.letters.pdf.output.fonts import Face, face
from asn_desk.wording import Secrecy, grouped_nip, long_date, number, secrecy_words

if TYPE_CHECKING:
    from asn_desk.circulars.queries import CircularRow

PER_PAGE = 4
PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
SLIP_HEIGHT = PAGE_HEIGHT / PER_PAGE
SECRECY = Secrecy.LIMITED
"""Slips and lists name people and show who has signed: for the office and the unit, nobody else."""
CODE_SIZE = 26 * 72 / 25.4  # 26 mm; scans at 150 dpi stay readable down to 20 mm

_LEFT, _RIGHT = 42.5, PAGE_WIDTH - 42.5
_CODE_LEFT, _CODE_TOP = _RIGHT - CODE_SIZE - 4, SLIP_HEIGHT - 17
_VALUE_LEFT = _LEFT + 62
_VALUE_WIDTH = _CODE_LEFT - _VALUE_LEFT - 14
_LABELS = ((140.0, "Nama"), (115.0, "Jabatan"), (90.0, "Unit kerja"))
_NUMBER_AT = 128.0
_POSITION_ROOM, _CLASS_ROOM = 50.0, 66.0
_NUMBER_LABELS = {EmployeeKind.PNS: "NIP", EmployeeKind.CPNS: "NIP", EmployeeKind.NON_ASN: "Nomor"}
_STATEMENT = "Saya telah menerima, membaca, dan memahami surat edaran tersebut."
_PLEDGE_OPENING = "Saya yang namanya tercantum di atas menyatakan dengan sebenarnya bahwa saya:"
_PLEDGE_CLOSING = (
    "Apabila saya melanggar hal-hal tersebut, saya bersedia dikenai sanksi sesuai dengan ketentuan peraturan "
    "perundang-undangan."
)
_BITS = bytes(48 + (value != 0) for value in range(256))
_FORM = "lembar"


@dataclass(frozen=True)
class Heading:
    """What every slip of a circular says: which circular, and where and until when the slip goes back."""

    subject: str
    reference: str
    return_to: str
    practice: bool


def heading(circular: CircularRow, agency: str, *, practice: bool) -> Heading:
    """Return the unchanging texts of a circular's slips. `agency` may be empty when the office has no identity yet."""
    dated = f"tanggal {long_date(circular.dated)}"
    reference = f"Nomor {circular.number} {dated}" if circular.number else dated.capitalize()
    until = f" paling lambat {long_date(circular.due_on)}" if circular.due_on else ""
    return_to = f"Kembalikan lembar yang sudah ditandatangani ke {agency or 'bagian kepegawaian'}{until}."
    return Heading(circular.subject, reference, return_to, practice)


def pledge_points(day: date, election: str) -> tuple[str, ...]:
    """Return the numbered points of the pakta integritas as the catalogue has them on the circular's day."""
    points = catalogue.load().sentence("pakta", day, None, {"pemilihan": election})
    return tuple(f"{place}. {point}" for place, point in enumerate(points, 1))


class SlipPainter:
    """Draws slips and covers on a reportlab canvas; `top` counts the places on a page from above, 0 to 3."""

    def __init__(self, canvas: Any, shown: Heading) -> None:
        self.canvas = canvas
        self.shown = shown
        self.regular: Face = face("sans")
        self.bold: Face = face("sans", bold=True)
        self.mono: Face = face("mono")
        self.pledge: tuple[str, ...] = ()
        self._define_form()

    def slip(self, place: int, person: RecipientRow, position: str) -> None:
        """Draw one person's slip; `position` is its place within the unit, e.g. `3/12`.

        With `pledge` set, the points of the pakta integritas stand below it on the same page, to be signed there.
        """
        canvas, bottom = self.canvas, self._bottom(place)
        canvas.saveState()
        canvas.translate(0, bottom)
        canvas.doForm(_FORM)
        self._text(self.bold, 9.5, _VALUE_LEFT, _LABELS[0][0], person.name, _VALUE_WIDTH)
        self._text(self.regular, 9, _LEFT, _NUMBER_AT, _NUMBER_LABELS.get(person.kind, "NI PPPK"), 60)
        self._text(self.regular, 9, _VALUE_LEFT, _NUMBER_AT, grouped_nip(person.number), _VALUE_WIDTH)
        self._lines(self.regular, 9, _LABELS[1][0], person.post or "-")
        self._lines(self.regular, 9, _LABELS[2][0], _place_of_work(person))
        self._code(person.code)
        canvas.setFont(self.regular.name, 7)
        canvas.drawRightString(_RIGHT, 14, position)
        canvas.restoreState()
        if self.pledge:
            self._pledge(person)

    def cover(self, place: int, person: RecipientRow, count: int) -> None:
        """Draw the cover that lies on a unit's slips: whose they are and how many."""
        canvas, bottom = self.canvas, self._bottom(place)
        canvas.saveState()
        canvas.translate(0, bottom)
        canvas.setLineWidth(1.5)
        canvas.rect(_LEFT - 12, 10, _RIGHT - _LEFT + 24, SLIP_HEIGHT - 20)
        self._mark()
        width = _RIGHT - _LEFT
        self._text(self.bold, 9, _LEFT, 178, "SAMPUL LEMBAR TANDA TERIMA SURAT EDARAN", width)
        self._text(self.regular, 9, _LEFT, 164, self.shown.reference, width)
        self._wrapped(self.regular, 9, _LEFT, 151, self.shown.subject, width)
        self._wrapped(self.bold, 14, _LEFT, 121, person.opd, width)
        if person.unit != person.opd:
            self._text(self.regular, 11, _LEFT, 88, person.unit, width)
        self._text(self.bold, 11, _LEFT, 68, f"{number(count)} lembar", width)
        self._text(self.regular, 9, _LEFT, 42, "Diterima oleh", width)
        self._dots(_LEFT + 62, 42, 200)
        self._text(self.regular, 9, _LEFT + 275, 42, "Tanggal", width)
        self._dots(_LEFT + 315, 42, 90)
        self._text(self.regular, 8, _LEFT, 20, self.shown.return_to, width - _CLASS_ROOM)
        canvas.drawRightString(_RIGHT, 20, secrecy_words(SECRECY))
        canvas.restoreState()

    def _pledge(self, person: RecipientRow) -> None:
        width, down = _RIGHT - _LEFT, PAGE_HEIGHT - SLIP_HEIGHT - 40
        self.canvas.setFont(self.bold.name, 13)
        self.canvas.drawCentredString(PAGE_WIDTH / 2, down, "PAKTA INTEGRITAS")
        down -= 30
        for text in (_PLEDGE_OPENING, *self.pledge, _PLEDGE_CLOSING):
            for line in wrapped(self.regular, text, width / 11):
                self._text(self.regular, 11, _LEFT, down, line, width)
                down -= 15.5
            down -= 7
        signed = _LEFT + width * 0.55
        for text, gap in (
            ("........................................, tanggal ..............................", 16),
            ("Yang menyatakan,", 74),
        ):
            self._text(self.regular, 11, signed, down, text, _RIGHT - signed)
            down -= gap
        self._text(self.bold, 11, signed, down, person.name, _RIGHT - signed)
        label = _NUMBER_LABELS.get(person.kind, "NI PPPK")
        self._text(self.regular, 11, signed, down - 15, f"{label} {grouped_nip(person.number)}", _RIGHT - signed)

    def cut_lines(self) -> None:
        """Draw the dashed lines along which the page is cut."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeGray(0.55)
        canvas.setLineWidth(0.5)
        canvas.setDash(4, 3)
        for place in range(1, PER_PAGE):
            canvas.line(0, place * SLIP_HEIGHT, PAGE_WIDTH, place * SLIP_HEIGHT)
        canvas.restoreState()

    def _bottom(self, place: int) -> float:
        return (PER_PAGE - 1 - place) * SLIP_HEIGHT

    def _define_form(self) -> None:
        canvas, width = self.canvas, _CODE_LEFT - _LEFT - 14
        canvas.beginForm(_FORM, 0, 0, PAGE_WIDTH, SLIP_HEIGHT)
        self._mark()
        self._text(self.bold, 10.5, _LEFT, 192, "LEMBAR TANDA TERIMA SURAT EDARAN", width)
        self._text(self.regular, 9, _LEFT, 181, self.shown.reference, width)
        self._wrapped(self.regular, 9, _LEFT, 169, self.shown.subject, width)
        canvas.setLineWidth(0.5)
        canvas.line(_LEFT, 153, _CODE_LEFT - 14, 153)
        for height, label in _LABELS:
            self._text(self.regular, 9, _LEFT, height, label, 60)
        for height in (_LABELS[0][0], _NUMBER_AT, _LABELS[1][0], _LABELS[2][0]):
            self._text(self.regular, 9, _VALUE_LEFT - 7, height, ":", 6)
        self._text(self.regular, 9, _LEFT, 64, _STATEMENT, _RIGHT - _LEFT)
        self._text(self.regular, 9, _LEFT, 28, "Tanggal", 60)
        self._dots(_LEFT + 42, 28, 110)
        self._text(self.regular, 9, _LEFT + 270, 28, "Tanda tangan", 80)
        self._dots(_LEFT + 335, 28, _RIGHT - _LEFT - 335)
        self._text(self.regular, 7, _LEFT, 14, self.shown.return_to, _RIGHT - _LEFT - _POSITION_ROOM - _CLASS_ROOM)
        canvas.drawRightString(_RIGHT - _POSITION_ROOM, 14, secrecy_words(SECRECY))
        canvas.endForm()

    def _mark(self) -> None:
        if not self.shown.practice:
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(0.92)
        canvas.translate(_LEFT + 190, 72)
        canvas.rotate(14)
        canvas.setFont(self.bold.name, 56)
        canvas.drawCentredString(0, 0, "CONTOH")
        canvas.restoreState()

    def _code(self, code: str) -> None:
        bottom = _CODE_TOP - CODE_SIZE
        self.canvas.addLiteral(
            f"q {CODE_SIZE:.3f} 0 0 {CODE_SIZE:.3f} {_CODE_LEFT:.3f} {bottom:.3f} cm {qr_image(code)} Q"
        )
        self.canvas.setFont(self.mono.name, 7)
        self.canvas.drawCentredString(_CODE_LEFT + CODE_SIZE / 2, bottom - 11, codes.readable(code))

    def _lines(self, font: Face, size: float, height: float, text: str) -> None:
        self._wrapped(font, size, _VALUE_LEFT, height, text, _VALUE_WIDTH)

    def _wrapped(self, font: Face, size: float, left: float, height: float, text: str, width: float) -> None:
        for index, line in enumerate(two_lines(font, text, width / size)):
            self._text(font, size, left, height - index * size * 1.2, line, width)

    def _text(self, font: Face, size: float, left: float, height: float, text: str, width: float) -> None:
        self.canvas.setFont(font.name, size)
        self.canvas.drawString(left, height, shortened(font, text, width / size))

    def _dots(self, left: float, height: float, width: float) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setLineWidth(0.6)
        canvas.setDash(0.6, 2)
        canvas.line(left, height - 1.5, left + width, height - 1.5)
        canvas.restoreState()


def _place_of_work(person: RecipientRow) -> str:
    if person.opd in (person.unit, NO_UNIT):
        return person.unit
    return f"{person.unit}, {person.opd}"


def qr_image(code: str) -> str:
    """Return the code's QR symbol (level Q, no margin) as PDF operators that paint it into the unit square."""
    import zxingcpp

    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image: Any = symbol.to_image(scale=1, add_quiet_zones=False)  # offers its bytes as a buffer, which its types hide
    side = image.shape[0]
    bits = bytes(image).translate(_BITS)
    padded = -side % 8
    digits = (side + padded) // 4
    rows = (int(bits[start : start + side], 2) << padded for start in range(0, side * side, side))
    data = "".join(f"{row:0{digits}X}" for row in rows)
    return f"BI /W {side} /H {side} /IM true /BPC 1 /F /AHx ID\n{data}>\nEI"


def shortened(font: Face, text: str, width: float) -> str:
    """Return the text, cut with an ellipsis when it is wider than `width` (at one point size)."""
    if font.width(text) <= width:
        return text
    room = width - font.width("…")
    while text and font.width(text) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(font: Face, text: str, width: float) -> list[str]:
    """Return the text broken at blanks into as many lines as it needs; `width` at one point size."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and font.width(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def two_lines(font: Face, text: str, width: float) -> tuple[str, ...]:
    """Return the text broken at a blank into at most two lines; the second may still be too wide."""
    if font.width(text) <= width:
        return (text,)
    words = text.split(" ")
    count = len(words) - 1
    while count > 1 and font.width(" ".join(words[:count])) > width:
        count -= 1
    return (" ".join(words[:count]), " ".join(words[count:])) if count else (text,)
