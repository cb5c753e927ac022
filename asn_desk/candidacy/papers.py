"""Letters about a candidacy file: filled from what the file knows, issued and linked in one unit of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import filling
from asn_desk.candidacy.loading import book_of, declaration_of
from asn_desk.candidacy.secrecy import confidential, open_file
from asn_desk.candidacy.service import link_letter
from asn_desk.letters.contents.kinds import LetterKind, kind_of
from asn_desk.letters.service import IssuedLetter, IssueLetter, issue
from asn_desk.regulations import schema
from asn_desk.regulations.packs import Library, RuleBook
from asn_desk.regulations.terms import Fact, Owes


@dataclass(frozen=True)
class LetterOffer:
    """A letter that can be made about a file: its code in the rules (`L-5`), its kind's code, its title.

    `event`: what has happened once the office has issued it, to be recorded next; empty for letters the person signs.
    """

    code: str
    kind: str
    title: str
    event: str


def offered_letters(session: Session, declaration_id: int) -> tuple[LetterOffer, ...]:
    """Return the letters of section 8 that the program fills for this file's office, in the order of the rules.

    Raises DeskError("not_allowed" | "unknown_declaration").
    """
    require(session, Action.SEE_CANDIDACY)
    declaration = declaration_of(session, declaration_id)
    book = book_of(declaration)
    rows = (row for row in book.library.letters.values() if row.template)
    known = {*declaration.flags.split(), *([Fact.ACTING_HEAD] if declaration.is_acting_head else [])}
    return tuple(
        LetterOffer(row.code, row.template, row.title, _event_of(row, book))
        for row in rows
        if _serves(kind_of(row.template), declaration.office_code, book.library) and _asked(row.code, book, known)
    )


def _event_of(letter: schema.LetterKind, book: RuleBook) -> str:
    """Return the event that issuing a letter of the office brings about: the one that alone meets its duty."""
    if letter.signs is Owes.EMPLOYEE:
        return ""
    ways = (way for rule in book.rules if rule.letter == letter.code for way in rule.alternatives)
    return next((way[0] for way in ways if len(way) == 1), "")


def _asked(letter: str, book: RuleBook, known: set[str]) -> bool:
    """Return whether the file has the facts on which the rules ask for this letter; one no rule asks for is offered."""
    wanted = [set(rule.when.facts) for rule in book.rules if rule.letter == letter]
    return not wanted or any(facts <= known for facts in wanted)


def _serves(kind: LetterKind, office: str, library: Library) -> bool:
    """Return whether the kind is for this office and can name it; a kind that says nothing of offices serves all."""
    meant = library.acts_as(office)
    asked = next((field for field in kind.inputs if field.key == "pencalonan.kode"), None)
    return (asked is None or bool(meant & set(asked.choices))) and (not kind.offices or bool(meant & set(kind.offices)))


def letter_command(
    session: Session, declaration_id: int, kind: str, dated: date, extra: Mapping[str, Any] | None = None
) -> IssueLetter:
    """Return the letter of this kind about a file, with every field the file can fill; `extra` (dotted keys) goes before.

    Raises DeskError("not_allowed" | "kind_unknown" | "unknown_declaration").
    """
    open_file(session, declaration_id)
    known = {field.key for field in kind_of(kind).inputs}
    values = {key: value for key, value in filling.values(session, declaration_id).items() if key in known}
    return IssueLetter(kind, dated, declaration_of(session, declaration_id).employee_id, {**values, **(extra or {})})


def issue_letter(session: Session, declaration_id: int, command: IssueLetter) -> IssuedLetter:
    """Issue a letter about a file and note that it belongs to it; before the determination it is a confidential one.

    Raises DeskError("not_allowed") and as `letters.service.issue`.
    """
    require(session, Action.EDIT_CANDIDACY)
    issued = issue(session, replace(command, confidential=confidential(session, declaration_id)))
    link_letter(session, declaration_id, issued.id)
    return issued
