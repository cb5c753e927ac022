"""Forms from a list of fields: labels above, errors below, nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.shared.basics import label, set_state
from ui.shared.date_field import DateField
from ui.shared.fields import Field, Input, build_input
from ui.shared.filters import Choice
from ui.shared.person_picker import PersonHit, PersonPicker, person_search
from ui.shared.theme.tokens import GRID

__all__ = ["Choice", "DateField", "Field", "FormWidget", "PersonHit", "PersonPicker", "person_search"]

REQUIRED = "Wajib diisi."


class FieldBox(QWidget):
    """A field with its label above and its help or error below."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input: Input = build_input(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._caption = label(f"{field.label} *" if field.required else field.label, role="strong", wrap=False)
        self._help = label(field.help, role="hint")
        self._error = label("", role="error")
        layout.addWidget(self._caption)
        layout.addWidget(self.input.widget)
        layout.addWidget(self._help)
        layout.addWidget(self._error)
        self._prepare()

    def _prepare(self) -> None:
        plain = self.field.kind in {"bool", "note"}
        self._caption.setVisible(not plain)
        self._caption.setBuddy(self.input.widget)
        self._help.setVisible(bool(self.field.help) and self.field.kind != "note")
        self._error.hide()
        self.input.widget.setAccessibleName(self.field.label)
        self.input.widget.setEnabled(self.field.enabled)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._help.setVisible(bool(self.field.help) and not sentence and self.field.kind != "note")
        self.input.widget.setAccessibleDescription(sentence or self.field.help)
        set_state(self.input.widget, "wrong", "true" if sentence else "false")

    def is_empty(self) -> bool:
        """Return whether nothing was entered."""
        value = self.input.get()
        return value is None or value is False or value == ""


class FormWidget(QWidget):
    """The fields of one command."""

    value_changed = Signal(str)

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, FieldBox] = {}
        self._clean: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._place(fields)
        self.mark_clean()

    def values(self) -> dict[str, Any]:
        """Return what was entered, by key; see `ui.shared.fields` for the type each kind gives."""
        return {key: box.input.get() for key, box in self._boxes.items() if box.field.kind != "note"}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields named; a person is given as PersonHit. The form then counts as unchanged."""
        for key, value in values.items():
            self._boxes[key].input.put(value)
        self.clear_errors()
        self.mark_clean()

    def put(self, key: str, value: Any) -> None:
        """Fill one field as if the clerk had; the form counts as changed."""
        self._boxes[key].input.put(value)

    def set_errors(self, errors: Mapping[str, str]) -> list[str]:
        """Show errors below their fields and go to the first; return the sentences that belong to no field."""
        self.clear_errors()
        first: FieldBox | None = None
        for key, box in self._boxes.items():
            if key in errors:
                box.set_error(errors[key])
                first = first or box
        if first is not None:
            self._go_to(first)
        return [sentence for key, sentence in errors.items() if key not in self._boxes]

    def clear_errors(self) -> None:
        """Take all errors away."""
        for box in self._boxes.values():
            box.set_error("")

    def missing(self) -> dict[str, str]:
        """Return what the form itself can see: required fields left empty, dates and numbers that cannot be read."""
        found = {}
        for key, box in self._boxes.items():
            if not box.isVisibleTo(self):
                continue
            problem = box.input.problem()
            if not problem and box.field.required and box.is_empty():
                problem = REQUIRED
            if problem:
                found[key] = problem
        return found

    def has(self, key: str) -> bool:
        """Return whether the form has this field."""
        return key in self._boxes

    def field(self, key: str) -> QWidget:
        """Return a field's widget."""
        return self._boxes[key].input.widget

    def set_choices(self, key: str, choices: Sequence[Choice]) -> None:
        """Offer other choices; what was chosen stays if it is among them."""
        offer = self._boxes[key].input.offer
        assert offer is not None, "only choice and unit fields offer choices"
        offer(choices)

    def set_visible(self, key: str, visible: bool) -> None:
        """Show or hide a field; a hidden one is not asked for."""
        self._boxes[key].setVisible(visible)

    def set_enabled(self, key: str, enabled: bool) -> None:
        """Let a field be changed or not."""
        self._boxes[key].input.widget.setEnabled(enabled)

    def is_dirty(self) -> bool:
        """Return whether anything was changed since it was filled."""
        return self.values() != self._clean or any(box.input.problem() for box in self._boxes.values())

    def mark_clean(self) -> None:
        """Count what stands in the form as unchanged."""
        self._clean = self.values()

    def focus_first(self) -> None:
        """Bring the keyboard to the first field that can be filled."""
        for box in self._boxes.values():
            if box.field.kind != "note" and box.input.widget.isEnabled() and box.isVisibleTo(self):
                box.input.widget.setFocus()
                return

    def _place(self, fields: Sequence[Field]) -> None:
        line, column = 0, 0
        for field in fields:
            box = self._boxes[field.key] = FieldBox(field)
            box.input.listen(partial(self._on_changed, field.key))
            if field.width == "full" and column == 1:
                line, column = line + 1, 0
            span = 1 if field.width == "half" else 2
            self._grid.addWidget(box, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            if field.width == "half" and column == 0:
                column = 1
            else:
                line, column = line + 1, 0
        self._grid.setRowStretch(line + 1, 1)

    def _on_changed(self, key: str) -> None:
        self._boxes[key].set_error("")
        self.value_changed.emit(key)

    def _go_to(self, box: FieldBox) -> None:
        from ui.shared.panels import ScrollBody

        box.input.widget.setFocus()
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, ScrollBody):
            area = area.parentWidget()
        if isinstance(area, ScrollBody):
            scroll = area
            QTimer.singleShot(0, scroll, lambda: scroll.ensureWidgetVisible(box))
