"""Draw finished sheets on reportlab's canvas as one PDF with embedded, subset fonts and reproducible bytes."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from asn_desk.letters.pdf import fonts
from asn_desk.letters.pdf.images import reader
from asn_desk.letters.pdf.model import Color
from asn_desk.letters.pdf.sheet import PictureMark, Rule, Sheet, TextMark

if TYPE_CHECKING:
    from asn_desk.letters.pdf.writer import PdfMeta

_MARK_COLOR = (0.93, 0.93, 0.93)
_MARK_ANGLE = 45.0
LANGUAGE = "id-ID"


def paint(sheets: list[Sheet], meta: PdfMeta) -> bytes:
    """Return the PDF of the sheets."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    base = fonts.face("sans")
    first = next((mark.ink.face.name for sheet in sheets for mark in sheet.texts), base.name)
    target = io.BytesIO()
    settings: dict[str, Any] = {"pageCompression": 1, "invariant": 1, "lang": LANGUAGE, "initialFontName": first}
    canvas = Canvas(target, pagesize=(sheets[0].width, sheets[0].height), **settings)
    canvas.setTitle(meta.title)
    canvas.setAuthor(meta.author)
    canvas.setSubject(meta.subject)
    canvas.setCreator("ASN Desk")
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        _Painter(canvas, sheet).draw(meta.watermark)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


class _Painter:
    """Draws one sheet; y grows downward on sheets and upward in the PDF."""

    def __init__(self, canvas: Any, sheet: Sheet) -> None:
        self._canvas, self._sheet = canvas, sheet
        self._height = sheet.height

    def draw(self, watermark: str | None) -> None:
        """Draw everything, what lies behind first; the watermark is under the text but over fillings."""
        sheet = self._sheet
        self._pictures(sheet.behind)
        self._fills()
        if watermark:
            self._watermark(watermark)
        self._texts(sheet.texts)
        self._rules(sheet.rules)
        self._pictures(sheet.pictures)

    def _pictures(self, marks: list[PictureMark]) -> None:
        for mark in marks:
            if mark.width > 0 and mark.height > 0:
                bottom = self._height - mark.y - mark.height
                self._canvas.drawImage(reader(mark.image), mark.x, bottom, mark.width, mark.height, mask="auto")

    def _fills(self) -> None:
        for mark in self._sheet.fills:
            self._canvas.setFillColorRGB(*mark.color)
            self._canvas.rect(mark.x, self._height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)

    def _rules(self, rules: list[Rule]) -> None:
        canvas, state = self._canvas, None
        for rule in rules:
            if (rule.width, rule.color, rule.dash) != state:
                state = (rule.width, rule.color, rule.dash)
                canvas.setLineWidth(rule.width)
                canvas.setStrokeColorRGB(*rule.color)
                canvas.setDash(list(rule.dash), 0)
            canvas.line(rule.x1, self._height - rule.y1, rule.x2, self._height - rule.y2)

    def _watermark(self, text: str) -> None:
        canvas, sheet = self._canvas, self._sheet
        face = fonts.face("sans", bold=True)
        room = 0.75 * math.hypot(sheet.width, sheet.height)
        size = min(140.0, room / max(face.width(text), 0.5))
        canvas.saveState()
        canvas.setFillColorRGB(*_MARK_COLOR)
        canvas.translate(sheet.width / 2, sheet.height / 2)
        canvas.rotate(_MARK_ANGLE)
        canvas.setFont(face.name, size)
        canvas.drawCentredString(0, -0.35 * size, text)
        canvas.restoreState()

    def _texts(self, marks: list[TextMark]) -> None:
        if not marks:
            return
        text = self._canvas.beginText()
        font: tuple[str, float] | None = None
        color: Color | None = None
        spaces = (0.0, 0.0, 1.0)
        for mark in marks:
            ink = mark.ink
            if (ink.face.name, ink.size) != font:
                font = (ink.face.name, ink.size)
                text.setFont(*font)
            if ink.color != color:
                color = ink.color
                text.setFillColorRGB(*color)
            spaces = _set_spaces(text, spaces, (mark.word_space, ink.spacing, ink.scale))
            text.setTextOrigin(mark.x, self._height - mark.y)
            text.textOut(mark.text)
        _set_spaces(text, spaces, (0.0, 0.0, 1.0))
        self._canvas.drawText(text)


def _set_spaces(
    text: Any, old: tuple[float, float, float], new: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Set word space, character space and horizontal stretch where they change."""
    if new[0] / new[2] != old[0] / old[2]:
        text.setWordSpace(new[0] / new[2])
    if new[1] / new[2] != old[1] / old[2]:
        text.setCharSpace(new[1] / new[2])
    if new[2] != old[2]:
        text.setHorizScale(new[2] * 100)
    return new
