"""The form of a letter: its own fields from the core's kinds, its date, and who signs it and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.letters.contents.kinds import Entry, LetterField, LetterKind
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.terms import SignForm
from asn_desk.office import queries as office
from ui.shared.filters import Choice
from ui.shared.forms import Field

SIGNING_KEYS = ("signer_id", "signing")
_OWN_WORDS = {"pemilu": "Pemilu", "pilkada": "Pilkada"}
SET_TEXT = "Isian bertanda * wajib. Pada isian berbaris tulis satu butir per baris; yang kosong memakai teks baku."


@dataclass(frozen=True)
class Signers:
    """Who may sign on a day (value and label), who usually does, and the posts that a.n. and u.b. name."""

    choices: tuple[Choice, ...]
    usual: int | None
    head: str
    secretary: str = ""


def read_signers(session: Any, kind: LetterKind, day: date) -> Signers:
    """Return the signers for a kind of letter on a day; runs on a reading thread."""
    rows = office.officials_on(session, day)
    usual = office.official_on(session, kind.signer, day) if kind.signer is not None else None
    identity = office.office(session)
    choices = tuple(
        Choice(
            row.id, row.full_name, f"{row.capacity.value + ' ' if row.capacity.value != 'definitif' else ''}{row.post}"
        )
        for row in rows
    )
    head, secretary = (identity.head, identity.secretary) if identity else ("kepala daerah", "")
    return Signers(choices, usual.id if usual else None, head, secretary)


def read_words(session: Any) -> dict[str, str]:
    """Return the words for coded choices: the titles of the offices one can run for. Loads the rule packs."""
    from asn_desk.regulations.queries import packs_of

    offices = packs_of(session).offices
    return {**_OWN_WORDS, **{code: row.title for code, row in offices.items()}}


def signing_fields() -> list[Field]:
    """Return the fields for the signer; their choices come from `signer_choices` and `signing_choices`."""
    return [
        Field("signer_id", "Penanda tangan", "choice", placeholder="Belum ada pejabat pada tanggal ini"),
        Field("signing", "Bentuk tanda tangan", "choice", choices=signing_choices("kepala daerah")),
    ]


def signing_choices(head: str, secretary: str = "") -> list[Choice]:
    """Return how one may sign: in one's own post, on behalf of one above (a.n.), or for one two levels above (u.b.).

    `secretary` is the post between the signer and the head of the region; without it a.n. the head alone is offered.
    """
    behalf = Signing(SignForm.ON_BEHALF, giver=head)
    found = [Choice(Signing(), "Atas jabatan sendiri"), Choice(behalf, f"Atas nama (a.n.) {head}")]
    if secretary:
        below = Signing(SignForm.ON_BEHALF, giver=secretary)
        between = Signing(SignForm.FOR, giver=head, between=secretary)
        found += [
            Choice(below, f"Atas nama (a.n.) {secretary}"),
            Choice(between, f"Untuk beliau (u.b.) {secretary}", f"atas nama {head}"),
        ]
    return found


def kind_fields(kind: LetterKind, words: Mapping[str, str], only: Sequence[str] = ()) -> list[Field]:
    """Return the kind's own fields as form fields, all or those of the given keys."""
    return [_field(field, words) for field in kind.inputs if not only or field.key in only]


def kind_data(kind: LetterKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was entered for the kind's fields, without the empty ones."""
    known = {field.key for field in kind.inputs}
    return {key: value for key, value in values.items() if key in known and value not in (None, "")}


def prefilled(kind: LetterKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given values of the kind's fields as the form takes them: lists as lines, ISO days as days."""
    entries = {field.key: field.entry for field in kind.inputs}
    return {key: _as_entered(entries[key], value) for key, value in values.items() if key in entries}


def _as_entered(entry: Entry, value: Any) -> Any:
    if entry is Entry.DAY and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return "\n".join(value) if isinstance(value, (list, tuple)) else value


def _field(field: LetterField, words: Mapping[str, str]) -> Field:
    example = f"mis. {field.example}" if field.example else ""
    if field.entry is Entry.DAY:
        return Field(field.key, field.title, "date", required=field.required, width="half")
    if field.entry is Entry.CHOICE:
        none = [] if field.required else [Choice(None, "tidak disebut")]
        choices = [*none, *(Choice(code, words.get(code, code)) for code in field.choices)]
        return Field(field.key, field.title, "choice", required=field.required, choices=choices)
    if field.entry in (Entry.LINES, Entry.TABLE):
        return Field(field.key, field.title, "multiline", rows=3, placeholder=example, required=field.required)
    if field.entry is Entry.TIME:
        return Field(field.key, field.title, "text", required=field.required, placeholder=example, width="half")
    return Field(field.key, field.title, "text", required=field.required, placeholder=example)
