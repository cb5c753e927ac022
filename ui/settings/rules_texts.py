"""Aturan: every rule with its basis and doubts, explained on demand, and overridden by the office with a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.accounts.terms import Action
from asn_desk.candidacy.rules import explain_rule
from asn_desk.regulations import service
from asn_desk.regulations.due import UNIT_WORDS, offset_words
from asn_desk.regulations.packs import Library
from asn_desk.regulations.schema import Rule
from asn_desk.regulations.service import OverrideRule
from asn_desk.regulations.terms import CONFIDENCE_WORDS, Direction, RuleKind, Unit
from ui.settings.rules_preview import StoryDialog
from ui.settings.rules_why import INTRO, changing, why_fields, why_of
from ui.shared.chips import Chip
from ui.shared.dialogs import CommandDialog
from ui.shared.filters import Choice, FilterChip, SearchField
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Toolbar, edge_to_edge
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button

_KINDS = {RuleKind.DUTY: "kewajiban", RuleKind.WARNING: "peringatan", RuleKind.EFFECT: "akibat"}


@dataclass(frozen=True)
class RuleRow:
    """One rule with where it was read, how its date is found, and whether the office changed it."""

    rule: Rule
    basis: str
    when: str
    pack: str
    changed: bool


def rule_rows(library: Library, changed: frozenset[str]) -> list[RuleRow]:
    """Return all rules in the order of the packs."""
    return [
        RuleRow(rule, _basis(library, rule), _when(library, rule), pack.content.pack.title, rule.id in changed)
        for pack in library.packs
        for rule in pack.content.rules
    ]


def _basis(library: Library, rule: Rule) -> str:
    first = library.norms[rule.basis[0]]
    more = f" · {len(rule.basis) - 1} dasar lain" if len(rule.basis) > 1 else ""
    return f"{first.title} {first.article}{more}"


def _when(library: Library, rule: Rule) -> str:
    if rule.due is None:
        return rule.by_when or "tanpa tenggat"
    return offset_words(rule.due.offset, library.events[rule.due.trigger].title)


def _chip(row: RuleRow) -> Chip | None:
    if row.changed:
        return Chip("diubah kantor", "coming", "pencil")
    return Chip("perlu diperiksa", "near", "scales") if row.rule.doubtful else None


COLUMNS = [
    Column("id", "Aturan", text=lambda row: row.rule.id, secondary=lambda row: _KINDS[row.rule.kind], width=100),
    Column("text", "Bunyi", text=lambda row: row.rule.text, secondary=lambda row: row.basis, width=330),
    Column(
        "when",
        "Tenggat",
        text=lambda row: row.when,
        secondary=lambda row: CONFIDENCE_WORDS[row.rule.confidence],
        width=230,
    ),
    Column("mark", "Tanda", chip=_chip, width=150),
]


class TextsTab(QWidget):
    """The rules as a table; Enter explains, the button changes."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self._library: Library | None = None
        self._rows: list[RuleRow] = []
        self.search = SearchField("Cari aturan")
        marks = [Choice("", "semua"), Choice("doubtful", "perlu diperiksa"), Choice("changed", "diubah kantor")]
        self.marked = FilterChip("Tanda", marks)
        self.explain_button = button("&Jelaskan", "", "info", self.explain)
        self.change_button = button("&Ubah aturan…", "primary", "pencil", self.change)
        only_with(context.may, Action.CHANGE_RULES, self.change_button)
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_texts", settings_file=context.settings_file)
        self.table.set_empty_state("scales", "Tidak ada aturan", "Longgarkan saringan di atas.")
        edge_to_edge(
            self, Toolbar(self.search, self.marked, self.explain_button, trailing=[self.change_button]), self.table
        )
        self.search.search_changed.connect(lambda _text: self._fill())
        self.marked.chosen.connect(lambda _mark: self._fill())
        self.table.row_activated.connect(lambda _place: self.explain())

    def show_library(self, library: Library, changed: frozenset[str]) -> None:
        """Show other rules."""
        self._library = library
        self._rows = rule_rows(library, changed)
        self._fill()

    @property
    def current(self) -> RuleRow | None:
        """Return the chosen rule."""
        place = self.table.current_id()
        row: RuleRow | None = self.model.row_at(place) if isinstance(place, int) else None
        return row

    def explain(self) -> None:
        """Tell the chosen rule in plain words, with articles, sources and doubts."""
        row = self.current
        if row is not None and self._library is not None:
            lines = [(line.label, line.text) for line in explain_rule(row.rule, self._library)]
            StoryDialog(row.rule.text, lines, self).open()

    def change(self) -> None:
        """Ask for the office's version of the chosen rule."""
        if self.current is not None:
            OverrideDialog(self._context, self, self.current.rule, self._changed).open()

    def _fill(self) -> None:
        words = self.search.text().lower().split()
        mark = self.marked.value()
        rows = [row for row in self._rows if _fits(row, words, mark)]
        self.model.set_rows(rows)
        self.table.select_first()


def _fits(row: RuleRow, words: list[str], mark: str) -> bool:
    text = f"{row.rule.id} {row.rule.text} {row.basis} {row.when}".lower()
    marked = {"": True, "doubtful": row.rule.doubtful, "changed": row.changed}[mark]
    return marked and all(word in text for word in words)


class OverrideDialog(CommandDialog):
    """Lets a rule read otherwise in this office: its words, and for a dated one the counting."""

    def __init__(self, context: PageContext, parent: QWidget, rule: Rule, done: Callable[[], None]) -> None:
        self._context, self._rule, self._done = context, rule, done
        form = FormWidget([*_rule_fields(rule), *why_fields()])
        intro = f"Aturan {rule.id}. {INTRO}"
        super().__init__("Ubah aturan", form, self._save, parent, intro=intro)
        form.set_values(_present(rule))

    def _save(self, values: dict[str, Any]) -> None:
        changed = changed_values(self._rule, values)

        def write(session: Any) -> object:
            return service.override_rule(session, OverrideRule(self._rule.id, changed, why_of(values)))

        self.write(self._context.bridge, changing(write), lambda _outcome: self._done())


def _rule_fields(rule: Rule) -> list[Field]:
    fields = [
        Field("text", "Bunyi", "multiline", rows=2, required=True),
        Field("doubt", "Keraguan (kosong: tidak ada)", "multiline", rows=2),
    ]
    if rule.due is None:
        return [*fields, Field("by_when", "Kapan", "text")]
    units = [Choice(unit, words) for unit, words in UNIT_WORDS.items()]
    ways = [Choice(Direction.AFTER, "sesudah"), Choice(Direction.BEFORE, "sebelum")]
    return [
        *fields,
        Field("number", "Jumlah", "int", required=True, width="half", maximum=999),
        Field("unit", "Satuan", "choice", required=True, width="half", choices=units),
        Field("direction", "Arah dari pemicu", "choice", required=True, width="half", choices=ways),
    ]


def _present(rule: Rule) -> dict[str, Any]:
    values: dict[str, Any] = {"text": rule.text, "doubt": rule.doubt}
    if rule.due is None:
        return values | {"by_when": rule.by_when}
    offset = rule.due.offset
    return values | {"number": offset.number, "unit": offset.unit, "direction": offset.direction}


def changed_values(rule: Rule, values: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of the rule, as in a pack, that the form changed."""
    before = _present(rule)
    changed: dict[str, Any] = {
        key: values[key] for key in ("text", "doubt", "by_when") if key in before and values[key] != before[key]
    }
    counting = ("number", "unit", "direction")
    if rule.due is not None and any(values[key] != before[key] for key in counting):
        offset = {
            "number": values["number"],
            "unit": Unit(values["unit"]).value,
            "direction": values["direction"].value,
        }
        changed["due"] = {**rule.due.model_dump(mode="json"), "offset": offset}
    return changed
