"""The recovery sheet on paper: one A4 page with the code, what it is for, and how it is kept."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from asn_desk import paths, saving, wording
from asn_desk.accounts import recovery

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_MARGIN, _LINE = 68.0, 17.0
_SANS, _BOLD, _MONO = "LembarSans", "LembarSans-Bold", "LembarMono-Bold"
_FILES = {_SANS: "LiberationSans-Regular", _BOLD: "LiberationSans-Bold", _MONO: "LiberationMono-Bold"}
_RULES = (
    "Lembar ini membuka seluruh data ASN Desk kantor tanpa kata sandi siapa pun.",
    "Gunakan bila semua kata sandi administrator terlupa, atau bila data dipulihkan dari",
    "cadangan di komputer lain dan tidak ada yang dapat masuk.",
    "",
    "Simpan dalam amplop tertutup di lemari besi atau brankas, terpisah dari komputer dan",
    "cadangannya. Jangan difoto, difotokopi, atau disimpan sebagai berkas.",
    "Tanpa lembar ini dan tanpa kata sandi, data tidak dapat dibuka oleh siapa pun.",
)
_STEPS = (
    "1.  Buka ASN Desk pada data kantor atau pada cadangan yang dipulihkan.",
    "2.  Jalankan: python -m asn_desk encryption recover --as NAMA_ADMINISTRATOR",
    "3.  Ketik kode di atas, lalu pilih kata sandi baru untuk administrator itu.",
    "Huruf besar atau kecil tidak dibedakan. Huruf O, I, L, U dan angka 0 tidak dipakai.",
)


def sheet(code: str, day: date, office: str = "") -> bytes:
    """Return the PDF of the sheet. It is to be printed, never kept: whoever has it can read the data."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _load_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, initialFontName=_SANS, lang="id-ID")  # type: ignore[arg-type]
    canvas.setTitle("Lembar pemulihan ASN Desk")
    told = wording.secrecy_words(wording.Secrecy.CONFIDENTIAL)
    canvas.setKeywords(told)
    width, height = A4
    canvas.setFont(_BOLD, 20)
    canvas.drawString(_MARGIN, height - 90, "Lembar pemulihan ASN Desk")
    _text(canvas, height - 116, (office, f"Dibuat {wording.long_date(day)}. {told.upper()}."))
    _code(canvas, code, width, height - 190)
    _text(canvas, height - 360, _RULES)
    canvas.setFont(_BOLD, 12)
    canvas.drawString(_MARGIN, height - 510, "Cara memakai")
    _text(canvas, height - 534, _STEPS)
    _text(canvas, _MARGIN, (told,))
    canvas.save()
    return out.getvalue()


def save_sheet(target: Path, code: str, day: date) -> None:
    """Write the sheet where the clerk prints it from. Raises EnvironmentProblem."""
    saving.write(target, sheet(code, day))


def _code(canvas: Canvas, code: str, width: float, top: float) -> None:
    canvas.roundRect(_MARGIN - 14, top - 128, width - 2 * _MARGIN + 28, 148, 6)
    step = (width - 2 * _MARGIN) / 4
    for place, group in enumerate(recovery.groups(code)):
        row, column = divmod(place, 4)
        x, y = _MARGIN + column * step, top - 24 - row * 62
        canvas.setFont(_SANS, 8)
        canvas.drawString(x, y + 24, f"Kelompok {place + 1}")
        canvas.setFont(_MONO, 22)
        canvas.drawString(x, y, group)


def _text(canvas: Canvas, top: float, lines: tuple[str, ...]) -> None:
    canvas.setFont(_SANS, 11)
    for number, line in enumerate(lines):
        canvas.drawString(_MARGIN, top - number * _LINE, line)


def _load_fonts() -> None:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(paths.resource("fonts", f"{file}.ttf"))))
