"""The register's less usual ways: blocks kept for later, numbers put in by date, letters from outside, numbers by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.work import check_version, today
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.model import Letter, NumberSeries, RegisterEntry
from asn_desk.letters.numbers import numbering
from asn_desk.letters.numbers.numbering import TakenNumber
from asn_desk.letters.terms import LetterStatus, NumberWay, RegisterSource, RegisterStatus
from asn_desk.wording import long_date

MOST_RESERVED = 500
EMPTY_SLOT = "........"


@dataclass(frozen=True)
class NumberWish:
    """How a letter wants its number; `reserved_id` names the agenda line for NumberWay.RESERVED."""

    way: NumberWay = NumberWay.NEXT
    reserved_id: int | None = None


@dataclass(frozen=True)
class NumberRequest:
    """What the agenda says about the letter that asks for a number."""

    series: str
    dated: date
    subject: str
    addressee: str = ""
    classification: str = ""


@dataclass(frozen=True)
class Reserve:
    """Keep the next `count` numbers of a series for a purpose; the year is that of `dated`."""

    series: str
    dated: date
    count: int
    purpose: str


@dataclass(frozen=True)
class RecordOutside:
    """A letter written outside the program. `allow_gap`: the numbers between the last one and this are known to be used."""

    series: str
    number: str
    dated: date
    subject: str
    addressee: str = ""
    allow_gap: bool = False


@dataclass(frozen=True)
class FillNumber:
    """The number that a letter issued without one was given by hand; `version` is the letter's. `series` "": its kind's."""

    letter_id: int
    number: str
    version: int
    series: str = ""
    addressee: str = ""
    allow_gap: bool = False


def number_for(session: Session, wish: NumberWish, request: NumberRequest) -> TakenNumber:
    """Give a letter its number in the way it wishes, in this unit of work.

    Raises DeskError("series_missing" | "number_taken" | "number_too_long" | "not_reserved" | "insert_needless" |
    "insert_first").
    """
    if wish.way == NumberWay.RESERVED:
        return _use_reserved(session, wish.reserved_id, request)
    if wish.way == NumberWay.INSERTED:
        return insert(session, request)
    if wish.way == NumberWay.LATER:
        return TakenNumber(None, _slot(session, request))
    return numbering.take(
        session, request.series, request.dated, request.subject, request.addressee,
        classification=request.classification,
    )  # fmt: skip


def preview_for(session: Session, wish: NumberWish, request: NumberRequest) -> str:
    """Return the number that `number_for` would give now; nothing is taken. Raises as `number_for`."""
    series = numbering.series_of(session, request.series)
    if wish.way == NumberWay.LATER:
        return _slot(session, request)
    if wish.way == NumberWay.RESERVED:
        sequence = _reserved(session, wish.reserved_id, request).sequence or 0
        return numbering.formatted(series, sequence, request.dated, request.classification)
    if wish.way == NumberWay.INSERTED:
        sequence, inserted = _insert_place(session, series, request.dated)
        return numbering.formatted(series, sequence, request.dated, request.classification, inserted=inserted)
    return numbering.preview_number(session, request.series, request.dated, classification=request.classification)


def reserve(session: Session, command: Reserve) -> list[TakenNumber]:
    """Keep the next numbers of a series for a purpose; each is used by a letter later, or voided with a reason.

    Raises DeskError("reserve") with fields, "series_missing", "number_taken", "number_too_long".
    """
    require(session, Action.ISSUE_LETTERS)
    purpose = " ".join(command.purpose.split())
    problems = {} if purpose else {"purpose": "Isi keperluan pencadangan; keperluan itu tercantum dalam agenda."}
    if not 1 <= command.count <= MOST_RESERVED:
        problems["count"] = f"Jumlah nomor antara 1 dan {MOST_RESERVED}."
    if problems:
        raise DeskError("reserve", "Pencadangan nomor belum lengkap. Perbaiki isian yang ditandai.", fields=problems)
    series = numbering.locked_series(session, command.series)
    first = numbering.last_sequence(session, series.id, command.dated.year) + 1
    return [_keep(session, series, first + place, command.dated, purpose) for place in range(command.count)]


def return_reserved(session: Session, entry_ids: list[int], reason: str) -> int:
    """Void reserved numbers that will not be used and return how many.

    Raises DeskError("not_reserved" | "reason_missing").
    """
    require(session, Action.VOID_LETTERS)
    for entry_id in entry_ids:
        entry = session.get(RegisterEntry, entry_id)
        if entry is None or entry.status != RegisterStatus.RESERVED:
            raise DeskError("not_reserved", "Nomor ini bukan nomor cadangan lagi. Muat ulang agenda surat keluar.")
        numbering.void_entry(session, entry_id, reason)
    return len(entry_ids)


def insert(session: Session, request: NumberRequest) -> TakenNumber:
    """Put a number behind the last one of that day or earlier (12a, 12b); no number that exists changes or moves.

    Raises DeskError("series_missing" | "insert_needless" | "insert_first" | "number_taken" | "number_too_long").
    """
    require(session, Action.ISSUE_LETTERS)
    series = numbering.locked_series(session, request.series)
    sequence, inserted = _insert_place(session, series, request.dated)
    number = numbering.formatted(series, sequence, request.dated, request.classification, inserted=inserted)
    return _entered(session, series, request, number, sequence, inserted, RegisterSource.TAKEN)


def record_outside(session: Session, command: RecordOutside) -> TakenNumber:
    """Enter a letter that was written and numbered outside the program; it may fill a number that is missing.

    Raises DeskError("outside") with fields, "number_taken", "number_gap" when numbers in between would be missing.
    """
    require(session, Action.ISSUE_LETTERS)
    _check_outside(session, command)
    series = numbering.locked_series(session, command.series)
    request = NumberRequest(command.series, command.dated, " ".join(command.subject.split()), command.addressee)
    return _by_hand(session, series, request, command.number, RegisterSource.OUTSIDE, allow_gap=command.allow_gap)


def fill_number(session: Session, command: FillNumber) -> TakenNumber:
    """Enter, once, the number that a letter issued without one was given by hand; the stored files stay as issued.

    Raises DeskError("letter_missing" | "number_filled" | "letter_state" | "number_missing" | "number_taken" | "number_gap")
    and StaleRecord.
    """
    require(session, Action.ISSUE_LETTERS)
    letter = session.get(Letter, command.letter_id)
    if letter is None:
        raise DeskError("letter_missing", "Surat ini tidak ada. Muat ulang daftar surat.")
    check_version(letter, command.version, "Surat ini")
    if letter.status == LetterStatus.VOID:
        raise DeskError("letter_state", "Surat ini batal, jadi tidak dapat diberi nomor.")
    kind = KINDS.get(letter.kind)
    if letter.register_entry_id is not None or kind is None or kind.series is None:
        raise DeskError("number_filled", "Surat ini tidak menunggu nomor: nomornya sudah ada atau memang tanpa nomor.")
    if not command.number.strip():
        sentence = "Isi nomor seperti tertulis pada surat."
        raise DeskError("number_missing", sentence, fields={"number": sentence})
    series = numbering.locked_series(session, command.series or kind.series)
    request = NumberRequest(series.code, letter.dated, letter.title, command.addressee)
    taken = _by_hand(session, series, request, command.number, RegisterSource.BY_HAND, allow_gap=command.allow_gap)
    letter.register_entry_id = taken.entry_id
    return taken


def void_unused(session: Session, series_code: str, year: int, sequences: list[int], reason: str) -> int:
    """Enter numbers that nobody used as void, with the reason, so that the agenda has no gap; return how many.

    Raises DeskError("reason_missing" | "series_missing" | "number_taken" | "no_gap").
    """
    require(session, Action.VOID_LETTERS)
    clean = " ".join(reason.split())
    if not clean:
        sentence = "Isi mengapa nomor ini tidak dipakai; alasan itu tercantum dalam agenda."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    series = numbering.locked_series(session, series_code)
    last = numbering.last_sequence(session, series.id, year)
    if any(not 0 < sequence < last for sequence in sequences):
        raise DeskError("no_gap", "Hanya nomor yang terlewat di tengah agenda yang dapat dinyatakan tidak dipakai.")
    for sequence in sequences:
        dated = _day_near(session, series, year, sequence)
        number = numbering.formatted(series, sequence, dated)
        entry = _line(series, NumberRequest(series.code, dated, "Nomor tidak dipakai"), number, sequence)
        entry.status, entry.void_reason = RegisterStatus.VOID, clean
        numbering.enter(session, entry, "Muat ulang agenda surat keluar.")
    return len(sequences)


def place_of(series: NumberSeries, number: str, year: int) -> tuple[int, int] | None:
    """Return (sequence, inserted) of a number that follows the series' pattern in that year; None when it does not."""
    found = _shape(series, year).fullmatch(" ".join(number.split()) + "/")
    if found is None:
        return None
    return int(found["urut"]), _inserted(found["sisip"] or "")


def _by_hand(
    session: Session,
    series: NumberSeries,
    request: NumberRequest,
    number: str,
    source: RegisterSource,
    *,
    allow_gap: bool,
) -> TakenNumber:
    clean = " ".join(number.split())[: numbering.MAX_NUMBER]
    sequence, inserted = place_of(series, clean, request.dated.year) or (None, 0)
    if sequence is not None and not allow_gap:
        _refuse_gap(session, series, request.dated.year, sequence)
    return _entered(session, series, request, clean, sequence, inserted, source)


def _refuse_gap(session: Session, series: NumberSeries, year: int, sequence: int) -> None:
    last = numbering.last_sequence(session, series.id, year)
    if sequence > last + 1:
        missing = f"{last + 1}" if sequence == last + 2 else f"{last + 1} sampai {sequence - 1}"
        sentence = (
            f"Nomor {missing} belum tercatat dalam agenda {year}. Periksa nomornya; bila nomor itu memang dipakai di luar "
            "program, centang pilihan di bawah, lalu catat surat-suratnya."
        )
        raise DeskError("number_gap", sentence, fields={"number": sentence})


def _entered(
    session: Session, series: NumberSeries, request: NumberRequest, number: str, sequence: int | None, inserted: int,
    source: RegisterSource,
) -> TakenNumber:  # fmt: skip
    entry = _line(series, request, number, sequence)
    entry.inserted, entry.source = inserted, source
    numbering.enter(session, entry, "Periksa nomor itu dalam agenda surat keluar.")
    return TakenNumber(entry.id, number)


def _line(series: NumberSeries, request: NumberRequest, number: str, sequence: int | None) -> RegisterEntry:
    return RegisterEntry(
        series_id=series.id, year=request.dated.year, sequence=sequence, number=number, dated=request.dated,
        subject=request.subject[:300], addressee=request.addressee[:300], status=RegisterStatus.USED,
    )  # fmt: skip


def _keep(session: Session, series: NumberSeries, sequence: int, dated: date, purpose: str) -> TakenNumber:
    number = numbering.formatted(series, sequence, dated)
    entry = _line(series, NumberRequest(series.code, dated, purpose), number, sequence)
    entry.status = RegisterStatus.RESERVED
    numbering.enter(session, entry, f"Bedakan pola seri nomor {series.title} di Pengaturan.")
    return TakenNumber(entry.id, number)


def _reserved(session: Session, entry_id: int | None, request: NumberRequest) -> RegisterEntry:
    entry = session.get(RegisterEntry, entry_id) if entry_id is not None else None
    series = numbering.series_of(session, request.series)
    if entry is None or entry.status != RegisterStatus.RESERVED or entry.series_id != series.id:
        raise DeskError("not_reserved", "Nomor cadangan itu sudah dipakai atau dikembalikan. Pilih nomor lain.")
    if entry.year != request.dated.year:
        sentence = f"Nomor cadangan {entry.number} milik agenda tahun {entry.year}; tanggal suratnya tahun lain."
        raise DeskError("not_reserved", sentence, fields={"dated": sentence})
    return entry


def _use_reserved(session: Session, entry_id: int | None, request: NumberRequest) -> TakenNumber:
    entry = _reserved(session, entry_id, request)
    series = numbering.locked_series(session, request.series)
    number = numbering.formatted(series, entry.sequence or 0, request.dated, request.classification)
    _refuse_duplicate(session, number, entry)
    entry.number, entry.dated, entry.status = number, request.dated, RegisterStatus.USED
    entry.subject, entry.addressee = request.subject[:300], request.addressee[:300]
    session.flush()
    return TakenNumber(entry.id, number)


def _refuse_duplicate(session: Session, number: str, entry: RegisterEntry) -> None:
    same = (RegisterEntry.year == entry.year, RegisterEntry.number == number, RegisterEntry.id != entry.id)
    if session.scalar(select(RegisterEntry.id).where(*same)) is not None:
        raise DeskError("number_taken", f"Nomor {number} sudah terpakai dalam agenda tahun {entry.year}.")


def _slot(session: Session, request: NumberRequest) -> str:
    series = numbering.series_of(session, request.series)
    return numbering.with_order(series, EMPTY_SLOT, request.dated, request.classification)


def _insert_place(session: Session, series: NumberSeries, dated: date) -> tuple[int, int]:
    in_year = (RegisterEntry.series_id == series.id, RegisterEntry.year == dated.year)
    before = session.scalar(select(func.max(RegisterEntry.sequence)).where(*in_year, RegisterEntry.dated <= dated))
    last = numbering.last_sequence(session, series.id, dated.year)
    if before is None:
        sentence = f"Belum ada nomor pada atau sebelum {long_date(dated)} tahun itu, jadi tidak ada tempat menyisipkan."
        raise DeskError("insert_first", f"{sentence} Pakai nomor berikutnya.", fields={"dated": sentence})
    if before == last:
        sentence = f"Nomor terakhir tidak lebih baru dari {long_date(dated)}; pakai nomor berikutnya, tanpa sisipan."
        raise DeskError("insert_needless", sentence, fields={"dated": sentence})
    placed = select(func.max(RegisterEntry.inserted)).where(*in_year, RegisterEntry.sequence == before)
    return before, (session.scalar(placed) or 0) + 1


def _check_outside(session: Session, command: RecordOutside) -> None:
    problems: dict[str, str] = {}
    if not command.number.strip():
        problems["number"] = "Isi nomor seperti tertulis pada surat."
    if not command.subject.strip():
        problems["subject"] = "Isi perihal surat."
    if command.dated > today(session):
        problems["dated"] = "Tanggal surat luar tidak boleh sesudah hari ini."
    if problems:
        raise DeskError("outside", "Catatan surat luar belum lengkap. Perbaiki isian yang ditandai.", fields=problems)


def _day_near(session: Session, series: NumberSeries, year: int, sequence: int) -> date:
    in_year = (RegisterEntry.series_id == series.id, RegisterEntry.year == year)
    before = select(RegisterEntry.dated).where(*in_year, RegisterEntry.sequence < sequence)
    found = session.scalar(before.order_by(RegisterEntry.sequence.desc()).limit(1))
    return found or date(year, 1, 1)


def _shape(series: NumberSeries, year: int) -> re.Pattern[str]:
    """Return the pattern as an expression for `number/`; the classification code may be any or missing."""
    words = {
        "{kode}": r"[^/]+",
        "{unit}": re.escape(series.unit_code),
        "{prefiks}": re.escape(series.prefix),
        "{tahun}": str(year),
        "{bulan}": r"(?:0[1-9]|1[0-2])",
        "{bulan_romawi}": r"(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})",
        "{urut}": r"(?P<urut>\d{1,9})(?P<sisip>[A-Za-z]{1,3}|\.\d{1,3})?",
    }
    pieces = []
    for piece in series.pattern.split("/"):
        shape = "".join(words.get(part, re.escape(part)) for part in re.split(r"(\{\w+\})", piece))
        optional = piece == "{kode}" and not series.classification
        if shape:
            pieces.append(f"(?:{shape}/)?" if optional else f"{shape}/")
    whole = "".join(pieces)
    first, _, rest = whole.partition(words["{urut}"])
    return re.compile(first + words["{urut}"] + rest.replace(words["{urut}"], r"\S+"))


def _inserted(mark: str) -> int:
    if not mark:
        return 0
    if mark.startswith("."):
        return int(mark[1:])
    value = 0
    for letter in mark.lower():
        value = value * 26 + ord(letter) - ord("a") + 1
    return value
