"""Working out a due date, and saying in plain words how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from asn_desk.regulations import schema
from asn_desk.regulations.calendar import Skipped, joint_leave_known, shifted
from asn_desk.regulations.packs import Library, RuleBook
from asn_desk.regulations.terms import CONFIDENCE_WORDS, Confidence, Direction, Unit
from asn_desk.wording import long_date, weekday

COUNTED = "perhitungan program"
UNIT_WORDS = {
    Unit.DAY: "hari kalender",
    Unit.WORKING_DAY: "hari kerja",
    Unit.MONTH: "bulan",
    Unit.END_OF_MONTH: "akhir bulan",
}


@dataclass(frozen=True)
class Basis:
    """One line of legal basis as a reader wants it."""

    norm: str
    article: str
    gist: str
    source: str
    confidence: str
    doubt: str

    @property
    def short(self) -> str:
        """Return `UU 20/2023 Pasal 59 ayat (3)`."""
        return f"{self.norm} {self.article}".strip()


@dataclass(frozen=True)
class Trigger:
    """What set the clock: a stage or event, its day, and where the day comes from. `day` is None while it is unknown.

    `doubt`: why the published day itself should be checked.
    """

    code: str
    title: str
    day: date | None
    recorded: bool
    origin: str
    doubt: str = ""


@dataclass(frozen=True)
class Reading:
    """A due date by one way of reading; `due` None says that this reading asks for no date.

    `outdated`: it was printed for a day of the trigger that has been moved since.
    """

    due: date | None
    text: str
    source: str
    confidence: str
    doubtful: bool
    outdated: bool = False


@dataclass(frozen=True)
class DueDate:
    """A due date, how it was found and what others say. `skipped`: days of rest passed over while counting.

    `choice`: the reading that the office decided to follow; it does not move the alarm.
    """

    due: date | None
    how: str
    skipped: tuple[Skipped, ...] = ()
    doubt: str = ""
    other_readings: tuple[Reading, ...] = ()
    choice: schema.Choice | None = None


def work_out(due: schema.Due, trigger: Trigger, book: RuleBook, office: str) -> DueDate:
    """Return the due date for a trigger; the earliest of all readings leads, so that the alarm is on the safe side.

    A date printed in the sources counts as long as the trigger stands on its published day; a trigger that was moved is
    counted anew, and what others printed for the old day is shown but does not lead.
    """
    return book.remember(("due", id(due), trigger, office), lambda: _worked_out(due, trigger, book, office))


def _worked_out(due: schema.Due, trigger: Trigger, book: RuleBook, office: str) -> DueDate:
    if trigger.day is None:
        return DueDate(None, f"menunggu {_inside(trigger.title)}")
    main, skipped = _main(due, trigger, book, office)
    moved = _moved(due, trigger, book, office)
    others = tuple(
        _reading(row, trigger.day, book, moved=moved)
        for row in due.other_readings
        if row.election in {"", book.calendar.id}
    )
    dated = [row for row in others if row.due and main.due and row.due < main.due and not row.outdated]
    choice = next((row for row in due.choices if row.election == book.calendar.id), None)
    if dated:
        lead = min(dated, key=lambda row: row.due or date.max)
        rest = (main, *(row for row in others if row is not lead))
        return DueDate(lead.due, _how(lead), doubt=_doubt(lead, trigger), other_readings=rest, choice=choice)
    return DueDate(main.due, _how(main), skipped, _doubt(main, trigger), others, choice)


def _doubt(reading: Reading, trigger: Trigger) -> str:
    return trigger.doubt or ("Tanggal menurut bacaan ini belum pasti." if reading.doubtful else "")


def _how(reading: Reading) -> str:
    return f"{reading.text} ({reading.source})"


def _main(due: schema.Due, trigger: Trigger, book: RuleBook, office: str) -> tuple[Reading, tuple[Skipped, ...]]:
    assert trigger.day is not None
    printed = _printed(due, trigger, book, office)
    if printed is not None:
        source = book.library.source_words(printed.sources)
        return Reading(printed.day, printed.note, source, printed.confidence.value, printed.doubtful), ()
    day, skipped = shifted(trigger.day, due.offset.number, due.offset.unit, due.offset.direction, book.work)
    how = offset_words(due.offset, trigger.title)
    return Reading(day, how, COUNTED, Confidence.DERIVED.value, doubtful=False), skipped


def _printed(due: schema.Due, trigger: Trigger, book: RuleBook, office: str) -> schema.ExplicitDate | None:
    if _moved(due, trigger, book, office):
        return None
    return next((row for row in due.dates if row.election == book.calendar.id), None)


def _moved(due: schema.Due, trigger: Trigger, book: RuleBook, office: str) -> bool:
    stage = book.planned(due.trigger, office)
    return stage is not None and trigger.day != stage.published[0 if due.edge == "start" else 1]


def edge_day(stage: schema.CalendarEvent, due: schema.Due) -> date:
    """Return the day of a stage that sets the clock: its first or its last."""
    return stage.date_from if due.edge == "start" else stage.date_to


def _reading(row: schema.OtherReading, day: date, book: RuleBook, *, moved: bool) -> Reading:
    due = row.day
    outdated = moved and due is not None
    if row.offset is not None:
        due, _ = shifted(day, row.offset.number, row.offset.unit, row.offset.direction, book.work)
    source = book.library.source_words(row.sources)
    unsourced = COUNTED if row.confidence is Confidence.DERIVED else "belum ada sumber"
    text = f"{row.text}; menurut jadwal sebelum digeser" if outdated else row.text
    return Reading(due, text, source or unsourced, row.confidence.value, row.doubtful or outdated, outdated)


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence: small first letter, unless it begins with an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def offset_words(offset: schema.Offset, trigger: str) -> str:
    """Return `14 hari kerja sesudah berkas lengkap`."""
    if offset.unit is Unit.END_OF_MONTH:
        return f"hari terakhir bulan {_inside(trigger)}"
    if offset.number == 0:
        return f"pada hari {_inside(trigger)}"
    side = "sesudah" if offset.direction is Direction.AFTER else "sebelum"
    return f"{offset.number} {UNIT_WORDS[offset.unit]} {side} {_inside(trigger)}"


def basis_lines(library: Library, norms: Iterable[schema.Norm]) -> tuple[Basis, ...]:
    """Return norms as lines for screen, print and JSON."""
    return tuple(_basis_line(library, norm) for norm in norms)


def _basis_line(library: Library, norm: schema.Norm) -> Basis:
    def make() -> Basis:
        source = library.source_words(norm.sources)
        return Basis(norm.title, norm.article, norm.gist, source, norm.confidence.value, norm.doubt)

    return library.remember(("basis", norm.id), make)


@dataclass(frozen=True)
class ExplanationLine:
    """One line of an explanation: a short label and a sentence."""

    label: str
    text: str


def explain(
    rule: schema.Rule, basis: Iterable[Basis], trigger: Trigger | None, due: DueDate, library: Library
) -> tuple[ExplanationLine, ...]:
    """Return how a rule's date came about: rule, articles, sources, trigger, days counted, holidays skipped, other readings."""
    head = [ExplanationLine("Aturan", f"{rule.id}: {rule.text}")]
    if rule.sources:
        head.append(
            ExplanationLine("Sumber", f"{library.source_words(rule.sources)} ({CONFIDENCE_WORDS[rule.confidence]})")
        )
    own = rule.doubt or (CONFIDENCE_WORDS[Confidence.MEMORY] if rule.doubtful else "")
    return (*head, *_date_story(basis, trigger, due, (own, due.doubt)))


def explain_date(
    what: str, text: str, basis: Iterable[Basis], trigger: Trigger, due: DueDate
) -> tuple[ExplanationLine, ...]:
    """Return how a date that is no duty (the TMT) came about. `what` names it."""
    return (ExplanationLine("Aturan", f"{what}: {text}"), *_date_story(basis, trigger, due, (due.doubt,)))


def _date_story(
    basis: Iterable[Basis], trigger: Trigger | None, due: DueDate, doubts: Iterable[str]
) -> Iterator[ExplanationLine]:
    yield from (ExplanationLine("Dasar", _basis_sentence(row)) for row in basis)
    if trigger is not None:
        yield ExplanationLine("Pemicu", _trigger_sentence(trigger))
    yield from _date_lines(due)
    yield from (ExplanationLine("Bacaan lain", _reading_sentence(row)) for row in due.other_readings)
    if due.choice is not None:
        day = long_date(due.choice.day) if due.choice.day else "tanpa tanggal"
        yield ExplanationLine(
            "Pilihan kantor", f"{day}: {due.choice.text}; pengingat tetap memakai bacaan paling ketat"
        )
    yield from (ExplanationLine("Perlu diperiksa", text) for text in dict.fromkeys(doubts) if text)


def printed_lines(rule: schema.Rule, trigger: str, library: Library) -> Iterator[ExplanationLine]:
    """Give how a rule's date is found, the dates printed for past elections, and how others read it."""
    if rule.due is None:
        return
    yield ExplanationLine("Hitungan", offset_words(rule.due.offset, trigger))
    for row in rule.due.dates:
        title = library.calendars[row.election].title
        mark = " (perlu diperiksa)" if row.doubtful else ""
        yield ExplanationLine(
            "Tanggal", f"{title}: {long_date(row.day)}, {row.note} — {library.source_words(row.sources)}{mark}"
        )
    for other in rule.due.other_readings:
        source = library.source_words(other.sources)
        yield ExplanationLine(
            "Bacaan lain",
            _reading_sentence(Reading(other.day, other.text, source, other.confidence.value, other.doubtful)),
        )


def stage_trigger(stage: schema.CalendarEvent, due: schema.Due, book: RuleBook) -> Trigger:
    """Return the published stage as a trigger, with the calendar's norm and the sources of its date."""
    key = ("stage", stage.code, stage.offices, stage.date_from, stage.date_to, due.edge)
    return book.remember(key, lambda: _stage_trigger(stage, due, book))


def _stage_trigger(stage: schema.CalendarEvent, due: schema.Due, book: RuleBook) -> Trigger:
    library = book.library
    norms = ", ".join(library.norms[key].title for key in book.calendar.basis)
    sources = library.source_words(stage.sources)
    origin = f"kalender {book.calendar.title}, {norms}" + (f"; {sources}" if sources else "")
    doubt = stage.doubt or ("Tanggal tahapan ini belum ada sumbernya." if stage.doubtful else "")
    return Trigger(stage.code, stage.title, edge_day(stage, due), recorded=False, origin=origin, doubt=doubt)


def _basis_sentence(row: Basis) -> str:
    source = f" — {row.source}" if row.source else ""
    doubt = f" Perlu diperiksa: {row.doubt}" if row.doubt else ""
    return f"{row.short}: {row.gist} [{row.confidence}: {CONFIDENCE_WORDS[Confidence(row.confidence)]}{source}]{doubt}"


def _trigger_sentence(trigger: Trigger) -> str:
    if trigger.day is None:
        return f"{trigger.title}: tanggal belum diketahui"
    return f"{trigger.title}, {weekday(trigger.day)} {long_date(trigger.day)} ({trigger.origin})"


def _date_lines(due: DueDate) -> list[ExplanationLine]:
    if due.due is None:
        return [ExplanationLine("Tenggat", due.how)]
    lines = [ExplanationLine("Tenggat", f"{weekday(due.due)} {long_date(due.due)}, {due.how}")]
    named = [f"{long_date(rest.day)} ({rest.name})" for rest in due.skipped if rest.name not in {"Sabtu", "Minggu"}]
    weekends = len(due.skipped) - len(named)
    if due.skipped:
        counted = [f"{weekends} hari Sabtu/Minggu"] if weekends else []
        lines.append(ExplanationLine("Tidak dihitung", "; ".join(counted + named)))
        years = sorted({rest.day.year for rest in due.skipped if not joint_leave_known(rest.day.year)})
        lines += [ExplanationLine("Perlu diperiksa", f"cuti bersama tahun {year} belum diketahui") for year in years]
    return lines


def _reading_sentence(row: Reading) -> str:
    day = long_date(row.due) if row.due else "tanpa tanggal"
    mark = " (perlu diperiksa)" if row.doubtful else ""
    source = f" — {row.source}" if row.source else ""
    return f"{day}: {row.text}{source}{mark}"
