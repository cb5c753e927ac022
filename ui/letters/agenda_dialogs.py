"""What a clerk does in the agenda besides issuing letters: keep numbers, enter outside letters, insert, fill in, void, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.letters.numbers import agenda, numbering, register
from asn_desk.letters.queries import LetterRow, RegisterRow, SeriesRow
from asn_desk.wording import short_date
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.open_files import open_file
from ui.shared.documents.save_files import ask_save
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext

_GAP = Field("allow_gap", "Nomor di antaranya memang dipakai di luar program", "bool")


def ask_reserve(
    parent: QWidget, context: PageContext, series: Sequence[SeriesRow], chosen: str | None
) -> CommandDialog:
    """Keep the next numbers of a series for a purpose."""
    fields = [
        _series_field(series),
        Field("count", "Jumlah nomor", "int", required=True, minimum=1, maximum=register.MOST_RESERVED, width="half"),
        Field("dated", "Tanggal", "date", required=True, width="half", help="Menentukan tahun agendanya."),
        Field("purpose", "Keperluan", required=True, placeholder="mis. pelantikan pejabat administrator"),
    ]
    start = {"series": _first(series, chosen), "count": 5, "dated": context.today()}

    def told(outcome: Any) -> None:
        taken = outcome.value
        span = taken[0].number if len(taken) == 1 else f"{taken[0].number} sampai {taken[-1].number}"
        context.toast(f"Dicadangkan: {span}.", None)

    return _ask(
        parent, context, ("Cadangkan nomor", "&Cadangkan"), fields, start,
        lambda session, values: register.reserve(session, register.Reserve(**values)), told,
        intro="Nomor ini dilewati surat lain. Pakai saat membuat surat, atau kembalikan dengan alasan.",
    )  # fmt: skip


def ask_outside(
    parent: QWidget, context: PageContext, series: Sequence[SeriesRow], chosen: str | None
) -> CommandDialog:
    """Enter a letter that was written and numbered outside the program."""
    fields = [
        _series_field(series),
        Field("number", "Nomor surat", required=True, help="Seperti tertulis pada surat."),
        Field("dated", "Tanggal surat", "date", required=True, width="half"),
        Field("subject", "Perihal", required=True),
        Field("addressee", "Kepada"),
        _GAP,
    ]
    first = _first(series, chosen)
    number = next((row.next_number for row in series if row.code == first), "")
    start = {"series": first, "dated": context.today(), "number": number}
    return _ask(
        parent, context, ("Catat surat luar", "&Catat"), fields, start,
        lambda session, values: register.record_outside(session, register.RecordOutside(**values)),
        lambda outcome: context.toast(f"Tercatat dalam agenda: {outcome.value.number}.", None),
        intro="Untuk surat yang ditulis dan diberi nomor di luar program ini.",
    )  # fmt: skip


def ask_insert(parent: QWidget, context: PageContext, series: Sequence[SeriesRow], chosen: str | None) -> CommandDialog:
    """Take a number behind the last one of an earlier day."""
    fields = [
        _series_field(series),
        Field(
            "dated", "Tanggal surat", "date", required=True, width="half", help="Tanggal yang sudah dilewati agenda."
        ),
        Field("subject", "Perihal", required=True),
        Field("addressee", "Kepada"),
    ]
    return _ask(
        parent, context, ("Nomor sisipan", "&Ambil nomor"), fields, {"series": _first(series, chosen)},
        lambda session, values: register.insert(session, register.NumberRequest(**values)),
        lambda outcome: context.toast(f"Nomor sisipan: {outcome.value.number}.", None),
        intro="Untuk surat bertanggal mundur. Nomor yang sudah ada tidak bergeser.",
    )  # fmt: skip


def ask_fill(parent: QWidget, context: PageContext, waiting: Sequence[LetterRow], number: str) -> CommandDialog:
    """Enter the number that a letter issued without one was given by hand."""
    choices = [
        Choice((row.id, row.version), f"{row.kind_title}, {short_date(row.dated)}", row.person or row.title)
        for row in waiting
    ]
    fields = [
        Field("letter", "Surat yang menunggu nomor", "choice", required=True, choices=choices),
        Field("number", "Nomor surat", required=True, help="Seperti tertulis tangan pada surat. Hanya sekali."),
        Field("addressee", "Kepada"),
        _GAP,
    ]

    def fill(session: Any, values: dict[str, Any]) -> Any:
        letter_id, version = values.pop("letter")
        return register.fill_number(session, register.FillNumber(letter_id=letter_id, version=version, **values))

    return _ask(
        parent, context, ("Isi nomor menyusul", "&Simpan nomor"), fields, {"letter": choices[0].value, "number": number},
        fill, lambda outcome: context.toast(f"Surat bernomor {outcome.value.number}.", None),
    )  # fmt: skip


def ask_void(parent: QWidget, context: PageContext, row: RegisterRow) -> CommandDialog:
    """Void a number that no letter carries."""
    fields = [_reason_field("Nomor ini tetap tercatat dan tidak dipakai lagi.")]
    return _ask(
        parent, context, ("Batalkan nomor", "&Batalkan nomor"), fields, {},
        lambda session, values: numbering.void(session, row.id, values["reason"], row.version),
        lambda _outcome: context.toast("Nomor dibatalkan; tetap tercatat dalam agenda.", None),
        intro=f"{row.number}\n{row.subject}", danger=True,
    )  # fmt: skip


def ask_return(
    parent: QWidget, context: PageContext, reserved: Sequence[RegisterRow], chosen: Sequence[int]
) -> CommandDialog:
    """Give reserved numbers back: those `chosen` in the table, or all that were kept for one purpose."""
    choices = _reserved_choices(reserved, set(chosen))
    fields = [
        Field("entries", "Nomor cadangan", "choice", required=True, choices=choices),
        _reason_field("Tercantum dalam agenda; nomor ini tidak dipakai lagi."),
    ]
    return _ask(
        parent, context, ("Kembalikan nomor cadangan", "&Kembalikan"), fields, {"entries": choices[0].value},
        lambda session, values: register.return_reserved(session, list(values["entries"]), values["reason"]),
        lambda outcome: context.toast(f"{outcome.value} nomor cadangan dikembalikan.", None),
        intro="Nomor yang tidak jadi dipakai tercatat batal, sehingga agenda tetap lengkap.", danger=True,
    )  # fmt: skip


def _reserved_choices(reserved: Sequence[RegisterRow], chosen: set[int]) -> list[Choice]:
    """Return what may be given back: the rows chosen first, then each block by its purpose."""
    blocks: dict[tuple[str, str], list[RegisterRow]] = {}
    for row in reserved:
        blocks.setdefault((row.series, row.subject), []).append(row)
    named = [("Yang dipilih", [row for row in reserved if row.id in chosen])]
    named += [(subject, rows) for (_series, subject), rows in blocks.items()]
    return [Choice(tuple(row.id for row in rows), name, _span(rows)) for name, rows in named if rows]


def _span(rows: Sequence[RegisterRow]) -> str:
    more = f" sampai {rows[-1].number}" if len(rows) > 1 else ""
    return f"{len(rows)} nomor: {rows[0].number}{more}"


def ask_unused(parent: QWidget, context: PageContext, gap: agenda.Gap) -> CommandDialog:
    """Declare missing numbers unused, so that the agenda accounts for them."""
    fields = [_reason_field("Tercantum dalam agenda pada setiap nomor ini.")]
    sequences = list(range(gap.first, gap.last + 1))
    return _ask(
        parent, context, ("Nyatakan tidak dipakai", "&Nyatakan tidak dipakai"), fields, {},
        lambda session, values: register.void_unused(session, gap.series, gap.year, sequences, values["reason"]),
        lambda _outcome: context.toast("Nomor dinyatakan tidak dipakai.", None),
        intro=f"Nomor urut {gap.order} tahun {gap.year} belum tercatat.", danger=True,
    )  # fmt: skip


def save_agenda(parent: QWidget, context: PageContext, year: int, series: str | None, *, excel: bool) -> None:
    """Ask where, write the agenda as PDF or Excel, and offer to open it."""
    write = agenda.save_xlsx if excel else agenda.save_pdf
    ending, kinds = ("xlsx", "Excel (*.xlsx)") if excel else ("pdf", "PDF (*.pdf)")

    def chosen(target: Path) -> None:
        context.bridge.read_task(
            parent,
            lambda session, _progress: write(session, year, series, target),
            lambda _none: _saved(context, target),
        )

    ask_save(parent, "Cetak agenda", f"Agenda surat keluar {year}.{ending}", kinds, chosen)


def _saved(context: PageContext, target: Path) -> None:
    context.toast(f"Agenda tersimpan: {target.name}.", None)
    open_file(target)


def _ask(
    parent: QWidget,
    context: PageContext,
    words: tuple[str, str],
    fields: Sequence[Field],
    start: dict[str, Any],
    write: Callable[[Any, dict[str, Any]], Any],
    done: Callable[[Any], None],
    *,
    intro: str = "",
    danger: bool = False,
) -> CommandDialog:
    form = FormWidget(fields)
    form.set_values(start)
    form.mark_clean()

    def submit(values: dict[str, Any]) -> None:
        dialog.write(context.bridge, lambda session: write(session, dict(values)), done)

    dialog = CommandDialog(words[0], form, submit, parent, intro=intro, confirm=words[1], danger=danger)
    dialog.open()
    return dialog


def _series_field(series: Sequence[SeriesRow]) -> Field:
    choices = [Choice(row.code, row.title, f"berikutnya {row.next_number}") for row in series]
    return Field("series", "Seri nomor", "choice", required=True, choices=choices)


def _first(series: Sequence[SeriesRow], chosen: str | None) -> str | None:
    general = next((row.code for row in series if row.code == "umum"), series[0].code if series else None)
    return chosen or general


def _reason_field(help_text: str) -> Field:
    return Field("reason", "Alasan", "multiline", rows=3, required=True, help=help_text)


def day_in(year: int, today: date) -> date:
    """Return the day for which a year's next numbers are shown: today in this year, else the year's last day."""
    return today if today.year == year else date(year, 12, 31)
