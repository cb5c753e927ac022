"""Letter numbers: series with patterns, taken one by one in the transaction that issues the letter, never given out twice."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.work import check_version, today
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, NumberSeries, RegisterEntry
from asn_desk.letters.terms import InsertStyle, RegisterStatus
from asn_desk.wording import roman_month

TOKENS = ("kode", "urut", "unit", "bulan", "bulan_romawi", "tahun", "prefiks")
MAX_NUMBER = 120
MAX_PADDING = 8


@dataclass(frozen=True)
class SaveSeries:
    """A series as entered; `version` 0 adds it, else it is what the form was filled from."""

    code: str
    title: str
    pattern: str
    classification: str = ""
    unit_code: str = ""
    prefix: str = ""
    padding: int = 1
    insert_style: InsertStyle = InsertStyle.LOWER
    version: int = 0


@dataclass(frozen=True)
class TakenNumber:
    """A number for a letter: the register entry's id (None: the number comes later), and what the letter prints."""

    entry_id: int | None
    number: str


def ensure_default_series(session: Session, unit_code: str = "") -> None:
    """Enter the series an office starts with, unless they are there: general letters, circulars of the head, decrees.

    `unit_code` is what `{unit}` prints, usually the agency's short name.
    """
    require(session, Action.EDIT_OFFICE)
    known = set(session.scalars(select(NumberSeries.code)))
    defaults = (
        NumberSeries(
            code="umum", title="Surat umum", pattern="{kode}/{urut}/{unit}/{tahun}", unit_code=unit_code, padding=1
        ),
        NumberSeries(code="edaran", title="Surat edaran kepala daerah", pattern="{urut} TAHUN {tahun}", padding=1),
        NumberSeries(code="keputusan", title="Keputusan", pattern="{kode}/{urut}/KEP/{tahun}", padding=1),
    )
    session.add_all(series for series in defaults if series.code not in known)
    session.flush()


def save_series(session: Session, command: SaveSeries) -> int:
    """Add or change a series and return its id; numbers already taken stay as they are.

    Raises DeskError("series" | "series_missing") and StaleRecord.
    """
    require(session, Action.EDIT_OFFICE)
    _check_series(command)
    row = session.scalar(select(NumberSeries).where(NumberSeries.code == command.code))
    if command.version == 0:
        if row is not None:
            sentence = f"Seri nomor {command.code} sudah ada. Pilih kode lain."
            raise DeskError("series", sentence, fields={"code": sentence})
        row = NumberSeries(code=command.code)
        session.add(row)
    elif row is None:
        raise _series_missing(command.code)
    else:
        check_version(row, command.version, "Seri nomor ini")
    for name in ("title", "pattern", "classification", "unit_code", "prefix", "padding", "insert_style"):
        setattr(row, name, getattr(command, name))
    session.flush()
    return row.id


def take(
    session: Session, series_code: str, dated: date, subject: str, addressee: str = "", *, classification: str = ""
) -> TakenNumber:
    """Take the next number of a series in this unit of work and enter the letter in the register.

    The year is that of the letter's date. Two takers never meet: SQLite has one writer at a time, and elsewhere the
    series' row is locked until the commit. A number that another series has already printed in that year is refused.
    Raises DeskError("series_missing" | "number_taken" | "number_too_long").
    """
    series = locked_series(session, series_code)
    sequence = last_sequence(session, series.id, dated.year) + 1
    number = formatted(series, sequence, dated, classification)
    entry = RegisterEntry(
        series_id=series.id, year=dated.year, sequence=sequence, number=number, dated=dated,
        subject=subject[:300], addressee=addressee[:300], status=RegisterStatus.USED,
    )  # fmt: skip
    enter(session, entry, f"Bedakan pola seri nomor {series.title} di Pengaturan.")
    return TakenNumber(entry.id, number)


def locked_series(session: Session, series_code: str) -> NumberSeries:
    """Return a series, locked until the commit. Raises DeskError("series_missing")."""
    series = session.scalar(select(NumberSeries).where(NumberSeries.code == series_code).with_for_update())
    if series is None:
        raise _series_missing(series_code)
    return series


def enter(session: Session, entry: RegisterEntry, remedy: str) -> None:
    """Enter a line in the agenda. Raises DeskError("number_taken") with the remedy when the number is there already."""
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError as error:
        sentence = f"Nomor {entry.number} sudah terpakai dalam agenda tahun {entry.year}. {remedy}"
        raise DeskError("number_taken", sentence, fields={"number": sentence}) from error


def preview_number(session: Session, series_code: str, dated: date, *, classification: str = "") -> str:
    """Return the number the next letter of the series would get; nothing is taken. Raises DeskError("series_missing")."""
    series = series_of(session, series_code)
    return formatted(series, last_sequence(session, series.id, dated.year) + 1, dated, classification)


def series_of(session: Session, series_code: str) -> NumberSeries:
    """Return a series. Raises DeskError("series_missing")."""
    series = session.scalar(select(NumberSeries).where(NumberSeries.code == series_code))
    if series is None:
        raise _series_missing(series_code)
    return series


def void(session: Session, entry_id: int, reason: str, version: int) -> None:
    """Void a number that no letter carries, with its reason; it stays in the register and is never given out again.

    Raises DeskError("entry_missing" | "reason_missing" | "already_void" | "letter_exists") and StaleRecord.
    """
    require(session, Action.VOID_LETTERS)
    entry = session.get(RegisterEntry, entry_id)
    if entry is None:
        raise DeskError("entry_missing", "Nomor ini tidak ada dalam agenda. Muat ulang agenda surat keluar.")
    check_version(entry, version, "Nomor agenda ini")
    if entry.status == RegisterStatus.VOID:
        raise DeskError("already_void", f"Nomor {entry.number} sudah dibatalkan: {entry.void_reason}")
    if session.scalar(select(Letter.id).where(Letter.register_entry_id == entry_id)) is not None:
        raise DeskError(
            "letter_exists", f"Nomor {entry.number} dipakai sebuah surat. Batalkan suratnya; nomornya ikut batal."
        )
    void_entry(session, entry_id, reason)


def void_entry(session: Session, entry_id: int, reason: str) -> None:
    """Void a number together with its letter, which the caller has checked. Raises DeskError("reason_missing")."""
    entry = session.get_one(RegisterEntry, entry_id)
    clean = " ".join(reason.split())
    if not clean:
        sentence = "Isi alasan pembatalan; alasan itu tercantum dalam agenda."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    entry.status = RegisterStatus.VOID
    entry.void_reason = clean


def sample_number(session: Session, command: SaveSeries) -> str:
    """Return how a series as typed would print number 7 today. Raises DeskError("series") with the field."""
    _check_series(command)
    return _filled(command.pattern, _words(command, "7".zfill(command.padding), today(session), command.classification))


def last_sequence(session: Session, series_id: int, year: int) -> int:
    """Return the highest sequence of a series in a year, whatever became of it; 0 when there is none."""
    wanted = select(func.max(RegisterEntry.sequence)).where(
        RegisterEntry.series_id == series_id, RegisterEntry.year == year
    )
    return session.scalar(wanted) or 0


def formatted(series: NumberSeries, sequence: int, dated: date, classification: str = "", *, inserted: int = 0) -> str:
    """Return a number as letters print it; `inserted` counts those put behind the number (12a, 12b).

    Raises DeskError("number_too_long").
    """
    order = str(sequence).zfill(series.padding) + insert_mark(series.insert_style, inserted)
    return with_order(series, order, dated, classification)


def with_order(series: NumberSeries, order: str, dated: date, classification: str = "") -> str:
    """Return the series' pattern with `order` in place of `{urut}`. Raises DeskError("number_too_long")."""
    number = _filled(series.pattern, _words(series, order, dated, series.classification or classification))
    if len(number) > MAX_NUMBER:
        raise DeskError(
            "number_too_long", f"Nomor {number} lebih panjang dari {MAX_NUMBER} huruf. Pendekkan pola seri nomor."
        )
    return number


def insert_mark(style: InsertStyle, inserted: int) -> str:
    """Return what stands behind a number for the n-th one inserted after it: `a`, ..., `z`, `aa`; `A`; or `.1`."""
    if inserted == 0:
        return ""
    if style == InsertStyle.POINT:
        return f".{inserted}"
    letters, rest = "", inserted
    while rest:
        rest, place = divmod(rest - 1, len(string.ascii_lowercase))
        letters = string.ascii_lowercase[place] + letters
    return letters.upper() if style == InsertStyle.UPPER else letters


def _words(series: NumberSeries | SaveSeries, order: str, dated: date, classification: str) -> dict[str, str]:
    return {
        "kode": classification,
        "urut": order,
        "unit": series.unit_code,
        "bulan": f"{dated.month:02d}",
        "bulan_romawi": roman_month(dated),
        "tahun": str(dated.year),
        "prefiks": series.prefix,
    }


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """Return the pattern with its words; where a word is empty, the stroke beside it goes too."""
    pieces = [piece.format_map(words) for piece in pattern.split("/")]
    return "/".join(piece for piece in pieces if piece)


def _check_series(command: SaveSeries) -> None:
    problems: dict[str, str] = {}
    if not command.code.strip() or not command.title.strip():
        problems["title"] = "Isi kode dan nama seri nomor."
    if not 1 <= command.padding <= MAX_PADDING:
        problems["padding"] = f"Jumlah angka nomor urut antara 1 dan {MAX_PADDING}."
    pattern_problem = _pattern_problem(command.pattern)
    if pattern_problem:
        problems["pattern"] = pattern_problem
    if problems:
        raise DeskError("series", "Seri nomor belum benar. Perbaiki isian yang ditandai.", fields=problems)


def _pattern_problem(pattern: str) -> str | None:
    known = ", ".join(f"{{{token}}}" for token in TOKENS)
    try:
        fields = [(name, extra, how) for _, name, extra, how in string.Formatter().parse(pattern) if name is not None]
    except ValueError:
        return f"Kurung kurawal pada pola tidak berpasangan. Yang dapat dipakai: {known}."
    if any(name not in TOKENS or extra or how for name, extra, how in fields):
        return f"Pola memuat kata yang tidak dikenal. Yang dapat dipakai: {known}."
    if "urut" not in {name for name, _, _ in fields}:
        return "Pola harus memuat {urut}, agar setiap surat mendapat nomor sendiri."
    return None


def _series_missing(code: str) -> DeskError:
    return DeskError("series_missing", f"Seri nomor {code} tidak ada. Buka Pengaturan, Nomor surat, lalu tambahkan.")
