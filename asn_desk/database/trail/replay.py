"""Records against the trail: the trail's newest word on each column of each row must be what stands in its table.

The trail is read backwards, so that only what was said last is compared and little is held in memory. A row that was changed,
made or deleted behind the program's back is named by table and number. Standard library and `written` alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asn_desk.database.trail import written

LOST, UNTOLD = "hilang", "tanpa jejak"
SEALED = "sha256:"
"""How a value begins that the trail holds as a digest only (`audit.sealed`)."""
PASSED_TABLES = {
    "accounts_state": "a counter that tells open programs to look again, and the minutes until the screen locks",
    "alembic_version": "the schema's own mark; a wrong one keeps the program from opening",
    "audit_entries": "the trail itself: its chain is checked",
    "audit_head": "the end of the trail: checked with its chain",
    "declaration_duties": "worked out from the rules and the file at every opening",
    "employee_private": "personal data that must not stand on the trail, not even as a digest that could be guessed",
    "employee_search": "the text that search looks in, made from the registry",
    "import_marks": "digests by which an import knows rows that did not change",
    "import_steps": "what undoing an import needs; the undoing itself is on the trail",
    "letter_batch_items": "the queue of a batch; the letters themselves are compared",
    "post_references": "the office's list of posts, taken in as a file",
    "saved_filters": "a user's own way of looking at the list of people, no record of the office",
    "search_words": "words by which a mistyped search finds names",
    "seen_packs": "the rule packs that were shipped with the program, by digest",
}
"""Tables that are not compared, and why. Those of a search index (`..._fts...`) are made from their table as well."""
PASSED_COLUMNS = {
    ("*", "version"): "a counter of edits that keeps one clerk from overwriting another, no matter of record",
    ("declarations", "rules_digest"): "by which rules the duties were last worked out; found out anew at every opening",
    ("suspicions", "account"): "the reported person's account: must not be guessable from the trail",
    ("suspicions", "source"): "who reported: must not be guessable from the trail",
    ("user_secrets", "failed_tries"): "the tries since the last sign-in; each failed one is an entry of its own",
    ("user_secrets", "locked_until"): "until when sign-in waits after failed tries; see failed_tries",
}
"""(Table, column) that is not compared, and why; `*`: in every table."""
_FLAT = frozenset({"created", "changed", "deleted", "gone", "import_undone", "imported"})
"""Verbs whose values are the columns of the row that the subject names."""
_BEGIN = frozenset({"created", "imported"})
_MAPS = {"units:moved": "parent_id", "units:opd_computed": "opd_id", "employees:opd_followed": "opd_id"}
"""Entries that give one column of many rows, as {row id: value}."""
_ALL = -1  # every column's bit
_AT_ONCE = 500
_BACKWARDS = "SELECT action, subject, before, after FROM audit_entries ORDER BY seq DESC"


@dataclass
class _Table:
    """One table: its columns by bit, and by row which columns the newer entries have spoken about already."""

    name: str
    columns: dict[str, int]
    keys: tuple[str, ...]
    told: dict[str, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)


def differences(database: sqlite3.Connection, *, whole: bool = True) -> list[tuple[str, str]]:
    """Return (record, what) for each record that is not as the trail left it; `record` reads `table:id`.

    `whole`: the trail is not broken, so a row that it does not know was made behind its back.
    Raises ValueError, TypeError or KeyError where an entry cannot be read.
    """
    replay = _Replay(database)
    for action, subject, before, after in database.execute(_BACKWARDS):
        replay.hear(action, subject, before, after)
    if whole:
        replay.look_for_strangers()
    return sorted(replay.found, key=_place)


def _place(found: tuple[str, str]) -> tuple[str, int, str, str]:
    table, _, key = found[0].partition(":")
    return table, int(key) if key.isdecimal() else 0, key, found[1]


class _Replay:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        self._tables = {name: self._described(name) for name in names if _compared(name)}
        self.found: list[tuple[str, str]] = []

    def _described(self, name: str) -> _Table:
        rows = self._database.execute(f'PRAGMA table_info("{name}")').fetchall()
        passed = {column for table, column in PASSED_COLUMNS if table in ("*", name)}
        bits = {row[1]: 1 << place for place, row in enumerate(rows) if row[1] not in passed}
        keys = sorted((row[5], row[1]) for row in rows if row[5])
        return _Table(name, bits, tuple(column for _, column in keys))

    def hear(self, action: str, subject: str, before: str, after: str) -> None:
        """Take in one entry; newer ones were heard before."""
        about, _, verb = action.partition(":")
        owner, _, key = subject.partition(":")
        table = self._tables.get(about)
        if table is not None and about == owner and verb in _FLAT:
            self._flat(table, key, verb, after)
        elif table is not None and action in _MAPS:
            self._mapped(table, _MAPS[action], json.loads(after))
        if '"rows_' in after or '"rows_' in before:
            self._parts(json.loads(before) | json.loads(after))

    def look_for_strangers(self) -> None:
        """Name the rows that no entry tells of."""
        for table in self._tables.values():
            keys = ", ".join(f'"{key}"' for key in table.keys)
            for row in self._database.execute(f'SELECT {keys} FROM "{table.name}"'):  # noqa: S608 - names of the schema
                key = "/".join(map(str, row))
                if key not in table.begun:
                    self.found.append((f"{table.name}:{key}", UNTOLD))

    def _flat(self, table: _Table, key: str, verb: str, after: str) -> None:
        if key in table.begun and table.told.get(key) == _ALL:
            return
        if verb == "deleted":
            table.told[key] = _ALL
            return
        row = self._rows(table, [key]).get(key)
        self._word(table, key, row, json.loads(after), begins=verb in _BEGIN)

    def _mapped(self, table: _Table, column: str, values: Mapping[str, Any]) -> None:
        rows = self._rows(table, list(values))
        for key, value in values.items():
            self._word(table, key, rows.get(key), {column: value})

    def _parts(self, told: Mapping[str, Any]) -> None:
        for form in (written.GONE, written.SET, written.MADE, written.KEPT):
            for part in told.get(form, ()):
                table = self._tables.get(part["table"])
                if table is None:
                    continue
                if form == written.GONE:
                    self._gone(table, map(str, written.ids_of(part)))
                else:
                    self._part(table, form, part)

    def _gone(self, table: _Table, keys: Iterable[str]) -> None:
        table.told.update(dict.fromkeys(keys, _ALL))

    def _part(self, table: _Table, form: str, part: written.Part) -> None:
        how = {"begins": form == written.MADE, "kept": form == written.KEPT, "printed": written.printed(part)}
        for chunk in _chunks(written.read(part)):
            rows = self._rows(table, [str(one) for one, _ in chunk])
            for one, said in chunk:
                self._word(table, str(one), rows.get(str(one)), said, **how)

    def _word(
        self,
        table: _Table,
        key: str,
        row: Mapping[str, Any] | None,
        said: Mapping[str, Any],
        *,
        begins: bool = False,
        kept: bool = False,
        printed: bool = False,
    ) -> None:
        """Compare what an entry says of a row with the row, unless a newer entry has spoken about the column."""
        told = table.told.get(key, 0)
        if told == _ALL:  # deleted later, or the row of an earlier life of this number
            return
        if begins or kept:
            table.begun.add(key)
        if row is None:
            self.found.append((f"{table.name}:{key}", LOST))
            table.told[key] = _ALL
            return
        said_now = 0
        for column in [name for name, value in said.items() if row.get(name, value) != value]:
            bit = table.columns.get(column, 0)
            if bit & ~told and not (same(row[column], said[column]) or (printed and str(row[column]) == said[column])):
                self.found.append((f"{table.name}:{key}", column))
                said_now |= bit
        if not (begins or kept):
            said_now = sum(table.columns.get(column, 0) for column in said)
        table.told[key] = _ALL if begins else told | said_now

    def _rows(self, table: _Table, keys: list[str]) -> dict[str, Mapping[str, Any]]:
        """Return the rows of these keys as they stand, by key."""
        open_ones = [key for key in keys if table.told.get(key) != _ALL]
        if len(table.keys) > 1:
            pairs = [(key, self._one(table, key.split("/"))) for key in open_ones]
            return {key: row for key, row in pairs if row is not None}
        marks = ", ".join("?" * len(open_ones))
        query = f'SELECT * FROM "{table.name}" WHERE "{table.keys[0]}" IN ({marks})'  # noqa: S608 - names of the schema
        return {str(row[table.keys[0]]): row for row in self._dicts(query, open_ones)}

    def _one(self, table: _Table, values: list[str]) -> Mapping[str, Any] | None:
        if len(values) != len(table.keys):
            return None
        where = " AND ".join(f'"{key}" = ?' for key in table.keys)
        query = f'SELECT * FROM "{table.name}" WHERE {where}'  # noqa: S608 - names of the schema
        return next(self._dicts(query, values), None)

    def _dicts(self, query: str, values: list[str]) -> Iterator[Mapping[str, Any]]:
        cursor = self._database.execute(query, values)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


def _compared(table: str) -> bool:
    return table not in PASSED_TABLES and "_fts" not in table and not table.startswith("sqlite_")


def _chunks(values: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    chunk: list[tuple[int, dict[str, Any]]] = []
    for one in values:
        chunk.append(one)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def same(current: Any, told: Any) -> bool:
    """Return whether a value of a table is what the trail says, be it as JSON, as a text, or as a digest."""
    if current is None or told is None:
        return current is told
    text = str(int(told)) if isinstance(told, bool) else str(told)
    if str(current) == text:
        return True
    if text.startswith(SEALED):
        return SEALED + hashlib.sha256(str(current).encode()).hexdigest() == text
    moment = _moment(text) if text[10:11] == "T" else None
    return moment is not None and _moment(str(current)) == moment


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
