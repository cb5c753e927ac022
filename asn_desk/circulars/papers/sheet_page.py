"""How a collective list looks: corner marks and a code for the scanner, and one row per person to sign in."""

from __future__ import annotations

from typing import Any

from asn_desk.circulars import codes
from asn_desk.circulars.papers import sheet_layout
from asn_desk.circulars.papers.lists import Sheet, SheetLine
from asn_desk.circulars.papers.slip_page import SECRECY, Heading, qr_image, shortened, two_lines
from asn_desk.circulars.terms import Companion
from asn_desk.letters.pdf.output.fonts import Face, face
from asn_desk.wording import grouped_nip, secrecy_words

_MM = 72 / 25.4
_TITLES = {
    Companion.OATH: "DAFTAR TANDA TANGAN IKRAR NETRALITAS",
    Companion.PLEDGE: "DAFTAR TANDA TANGAN PAKTA INTEGRITAS",
}
_TITLE = "DAFTAR TANDA TERIMA SURAT EDARAN"
_STATEMENT = (
    "Yang bertanda tangan di bawah ini menyatakan telah menerima, membaca, dan memahami surat edaran tersebut.",
    "Bubuhkan tanda tangan di dalam kotak nama sendiri. Jangan mencoret kode dan keempat tanda sudut.",
)
_HEADERS = ("No.", "Nama dan nomor pegawai", "Jabatan", "Tanda tangan")
_TEXT_WIDTH = sheet_layout.QR_BOX[0] - sheet_layout.TABLE_LEFT - 8


class SheetPainter:
    """Draws lists on a reportlab canvas, one to a page."""

    def __init__(self, canvas: Any, shown: Heading, companion: Companion) -> None:
        self.canvas = canvas
        self.shown = shown
        self.title = _TITLES.get(companion, _TITLE)
        self.regular: Face = face("sans")
        self.bold: Face = face("sans", bold=True)
        self.mono: Face = face("mono")

    def sheet(self, made: Sheet) -> None:
        """Draw one list and end its page."""
        self._practice_mark()
        self._corner_marks()
        self._code(made.code)
        self._head(made)
        self._grid()
        for line in made.lines:
            self._line(line)
        self._foot(made)
        self.canvas.showPage()

    def _corner_marks(self) -> None:
        for across, down in sheet_layout.MARK_CENTRES:
            half = sheet_layout.MARK / 2
            self.canvas.rect(
                (across - half) * _MM,
                _up(down + half),
                sheet_layout.MARK * _MM,
                sheet_layout.MARK * _MM,
                stroke=0,
                fill=1,
            )

    def _code(self, code: str) -> None:
        left, top, right, bottom = sheet_layout.QR_BOX
        side = (right - left) * _MM
        self.canvas.addLiteral(
            f"q {side:.3f} 0 0 {side:.3f} {left * _MM:.3f} {_up(top) - side:.3f} cm {qr_image(code)} Q"
        )
        self.canvas.setFont(self.mono.name, 7)
        self.canvas.drawCentredString((left + right) / 2 * _MM, _up(bottom + 5), codes.readable(code))

    def _head(self, made: Sheet) -> None:
        left = sheet_layout.TABLE_LEFT
        self._text(self.bold, 12, left, 21, self.title, _TEXT_WIDTH)
        self._text(self.regular, 9, left, 26.5, self.shown.reference, _TEXT_WIDTH)
        for place, line in enumerate(two_lines(self.regular, self.shown.subject, _TEXT_WIDTH * _MM / 9)):
            self._text(self.regular, 9, left, 31 + place * 4, line, _TEXT_WIDTH)
        self._text(self.bold, 10.5, left, 41.5, made.opd, _TEXT_WIDTH)
        if made.unit != made.opd:
            self._text(self.regular, 9.5, left, 46, made.unit, _TEXT_WIDTH)
        for place, statement in enumerate(_STATEMENT):
            self._text(self.regular, 8, left, 50.5 + place * 3.7, statement, 175)

    def _grid(self) -> None:
        canvas, columns = self.canvas, sheet_layout.COLUMNS
        bottom = sheet_layout.TABLE_TOP + sheet_layout.ROWS * sheet_layout.ROW_HEIGHT
        header = sheet_layout.TABLE_TOP - sheet_layout.HEADER_HEIGHT
        canvas.setLineWidth(0.6)
        for across in columns:
            canvas.line(across * _MM, _up(header), across * _MM, _up(bottom))
        lines = [
            header,
            *(sheet_layout.TABLE_TOP + row * sheet_layout.ROW_HEIGHT for row in range(sheet_layout.ROWS + 1)),
        ]
        for down in lines:
            canvas.line(columns[0] * _MM, _up(down), columns[-1] * _MM, _up(down))
        for across, title in zip(columns, _HEADERS, strict=False):
            self._text(self.bold, 8, across + 1.5, header + 4.8, title, 50)

    def _line(self, line: SheetLine) -> None:
        top = sheet_layout.row_top(line.row)
        number, name, post, box = sheet_layout.COLUMNS[:4]
        self._text(self.regular, 9, number + 1.5, top + 5, f"{line.row}.", name - number)
        self._text(self.bold, 9, name + 1.5, top + 5, line.person, post - name - 3)
        self._text(self.regular, 8, name + 1.5, top + 9.5, grouped_nip(line.number), post - name - 3)
        for place, part in enumerate(two_lines(self.regular, line.post or "-", (box - post - 3) * _MM / 8)):
            self._text(self.regular, 8, post + 1.5, top + 5 + place * 3.6, part, box - post - 3)

    def _foot(self, made: Sheet) -> None:
        bottom = sheet_layout.TABLE_TOP + sheet_layout.ROWS * sheet_layout.ROW_HEIGHT
        self._text(self.regular, 8.5, 20, bottom + 8, f"Jumlah nama pada lembar ini: {len(made.lines)}.", 100)
        self._text(
            self.regular, 8.5, 120, bottom + 8, "Mengetahui, tanggal ........................................", 75
        )
        self._text(self.regular, 8, 20, bottom + 22, self.shown.return_to, 170)
        self.canvas.setFont(self.regular.name, 8)
        self.canvas.drawCentredString(
            105 * _MM, _up(288), f"{secrecy_words(SECRECY)} · Lembar {made.page} dari {made.pages}"
        )

    def _practice_mark(self) -> None:
        if not self.shown.practice:
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(0.9)
        canvas.setFont(self.bold.name, 30)
        canvas.drawString(95 * _MM, _up(47), "CONTOH")
        canvas.restoreState()

    def _text(self, font: Face, size: float, left: float, down: float, text: str, width: float) -> None:
        self.canvas.setFont(font.name, size)
        self.canvas.drawString(left * _MM, _up(down), shortened(font, text, width * _MM / size))


def _up(down: float) -> float:
    """Return the height of a canvas in points for millimetres from the top."""
    return (sheet_layout.PAGE[1] - down) * _MM
