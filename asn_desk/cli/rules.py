"""Verbs about candidacy rules: what somebody owes (`obligations`), one rule in words (`explain`), a pack's faults (`rules check`)."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.cli.rule_words import event_code, flag_code, known_code, policy_code
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

if TYPE_CHECKING:
    from asn_desk.candidacy.facts import Facts
    from asn_desk.candidacy.rules import Assessment
    from asn_desk.regulations.packs import Library, RuleBook

DOUBT = "perlu diperiksa"


def obligations(arguments: argparse.Namespace) -> Answer:
    """Say who owes what to whom by when, for facts named on the command line; nothing is stored."""
    from asn_desk.candidacy import rules
    from asn_desk.desk import OfficeClock

    with _library(arguments) as library:
        day = _day(arguments.on, "--on") if arguments.on else OfficeClock().today()
        facts, book = _asked(library, arguments, day)
        seen = rules.assess(facts, book, day)
    return Answer(seen.as_json(), tuple(_told(seen, book, day)))


def explain(arguments: argparse.Namespace) -> Answer:
    """Say a rule in words: duty, articles, sources, printed dates, doubts."""
    from asn_desk.candidacy import rules

    with _library(arguments) as library:
        found = rules.find_rule(library, arguments.rule)
        if found is None:
            sentence = (
                f"Aturan '{arguments.rule}' tidak ada. Aturan yang dikenal: {', '.join(rules.rule_ids(library))}."
            )
            raise DeskError("unknown_rule", sentence)
        lines = rules.explain_rule(found, library)
    data = {"id": found.id, "text": found.text, "doubtful": found.doubtful, "lines": [asdict(line) for line in lines]}
    return Answer(data, tuple(f"{line.label}: {line.text}" for line in lines))


def check_pack(arguments: argparse.Namespace) -> Answer:
    """Check a rule pack; exit code 1 and a line per fault with file, table, key and line."""
    from asn_desk.regulations.packs import check_file

    problems = check_file(arguments.file)
    data = {
        "ok": not problems,
        "problems": [
            {"file": arguments.file.name, "place": row.place, "line": row.line, "sentence": row.sentence}
            for row in problems
        ],
    }
    lines = () if problems else (f"{arguments.file.name}: tidak ada kesalahan.",)
    return Answer(data, lines, REFUSED if problems else DONE, tuple(str(row) for row in problems))


@contextlib.contextmanager
def _library(arguments: argparse.Namespace) -> Iterator[Library]:
    """Give the shipped packs, or with --data those of that office with its own changes."""
    from asn_desk.regulations.packs import shipped_library

    if arguments.data is None:
        yield shipped_library()
        return
    from asn_desk.regulations.office_packs import packs_of

    with office_desk(arguments, exclusive=False) as desk:
        yield desk.read(packs_of)


def _asked(library: Library, arguments: argparse.Namespace, day: date) -> tuple[Facts, RuleBook]:
    from asn_desk.candidacy.facts import Facts

    office = known_code("--office", arguments.office, library.offices)
    election = known_code("--election", arguments.election, library.calendars)
    if office not in library.calendars[election].offices:
        raise DeskError("wrong_election", _wrong_election(library, office, election))
    facts = Facts(
        office=office,
        kind=known_code("--employee-kind", arguments.employee_kind, library.kinds),
        election=election,
        post=known_code("--post", arguments.post, library.posts),
        path=known_code("--path", arguments.path, ("parpol", "perseorangan")) if arguments.path else "",
        employer=arguments.employer,
        age=arguments.age,
        service_years=arguments.service_years,
        flags=frozenset(flag_code(word) for word in arguments.fact),
        non_asn_policy=policy_code(arguments.non_asn_policy),
    )
    return _with_events(facts, library, arguments.event, day)


def _wrong_election(library: Library, office: str, election: str) -> str:
    fitting = ", ".join(row.id for row in library.elections_for(office))
    return f"Jabatan {office} tidak dipilih dalam {election}. Pemilihan untuk jabatan itu: {fitting}."


def _with_events(facts: Facts, library: Library, words: list[str], today: date) -> tuple[Facts, RuleBook]:
    """Add what happened to the facts; the day of a mere stage (voting day) moves the calendar instead."""
    from asn_desk.candidacy.states import DatedEvent
    from asn_desk.candidacy.whatif import Changes, MovedStage, tried

    events, moved = [], []
    for word in words:
        name, _, days = word.partition("=")
        code = event_code(name, library.events)
        day, _, effective = days.partition("/")
        if library.events[code].recorded:
            tmt = _day(effective, f"--event {word}") if effective else None
            origin = "disebut dalam perintah"
            events.append(DatedEvent(code, _day(day, f"--event {word}"), tmt, note=origin, origin=origin))
        else:
            moved.append(MovedStage(code, _day(day, f"--event {word}"), _day(effective or day, f"--event {word}")))
    return tried(facts, library, Changes(with_events=tuple(events), moved=tuple(moved)), today)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DeskError("bad_date", f"{where}: tulis tanggal sebagai TTTT-BB-HH, misalnya 2024-09-22.") from error


def _told(seen: Assessment, book: RuleBook, day: date) -> Iterator[str]:
    from asn_desk.candidacy.outcome import PENSION_WORDS
    from asn_desk.candidacy.states import STATUS_WORDS
    from asn_desk.regulations.terms import FORM_WORDS

    end = seen.outcome
    yield f"{book.calendar.title}, keadaan {long_date(day)}"
    yield f"KPU: {STATUS_WORDS[seen.state.kpu]}"
    yield f"Kepegawaian: {STATUS_WORDS[seen.state.staff]}"
    yield f"Disiplin: {STATUS_WORDS[seen.state.discipline]}"
    yield f"Berakhir: {FORM_WORDS[end.form] if end.form else 'belum dapat dikatakan'}; {PENSION_WORDS[end.pension]}"
    yield f"Diusulkan {end.proposer or '-'}, ditandatangani {end.signer or '-'}; TMT {_written(end.tmt)}"
    yield from (f"{line.label}: {line.text}" for line in end.tmt_explanation)
    for row in seen.obligations:
        yield from _duty_lines(row)
    for caution in seen.warnings:
        yield f"Peringatan {caution.id}: {caution.text}" + (f" ({DOUBT}: {caution.doubt})" if caution.doubt else "")
    for refused in seen.refused:
        yield f"Tidak cocok: {refused.event.code} {long_date(refused.event.day)}: {refused.sentence}"


def _duty_lines(row: Any) -> Iterator[str]:
    from asn_desk.candidacy.duties import DUTY_WORDS

    yield ""
    mark = f" [{DOUBT}]" if row.doubtful else ""
    yield f"{row.id} {row.text}: {row.owed_by} kepada {row.owed_to}, {_written(row.due)}, {DUTY_WORDS[row.status]}{mark}"
    yield from (f"  {line.label}: {line.text}" for line in row.explanation)


def _written(day: date | None) -> str:
    return long_date(day) if day else "tanpa tanggal"
