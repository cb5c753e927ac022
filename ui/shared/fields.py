"""The fields of forms: what a form lists (Field), and one input per kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.shared.basics import button, label
from ui.shared.date_field import DateField
from ui.shared.filters import Choice
from ui.shared.person_picker import PersonHit, PersonPicker, Search
from ui.shared.theme.tokens import GRID

Kind = Literal["text", "multiline", "password", "int", "bool", "date", "choice", "unit", "person", "file", "note"]
UNREADABLE_DATE = "Tanggal tidak terbaca. Tulis seperti 220924 atau 22 September 2024."
NOT_A_NUMBER = "Isi dengan angka bulat."
PICK_FROM_LIST = "Pilih salah satu dari daftar."
PICK_PERSON = "Pilih pegawai dari daftar yang muncul saat mengetik."


@dataclass(frozen=True)
class Field:
    """One line of a form. `key` is the command's field and the key of its error."""

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    help: str = ""
    choices: Sequence[Choice] = ()
    search: Search | None = None
    placeholder: str = ""
    width: Literal["full", "half"] = "full"
    rows: int = 4
    minimum: int = 0
    maximum: int = 999_999
    enabled: bool = True
    file_filter: str = ""


@dataclass(frozen=True)
class Input:
    """A widget with its value: how to read it, fill it, hear of changes, and what is wrong with what was typed."""

    widget: QWidget
    get: Callable[[], Any]
    put: Callable[[Any], None]
    listen: Callable[[Callable[[], None]], object]
    problem: Callable[[], str] = lambda: ""
    offer: Callable[[Sequence[Choice]], None] | None = None


def build_input(field: Field) -> Input:
    """Return the input for a field."""
    return _BUILDERS[field.kind](field)


def _text(field: Field) -> Input:
    line = QLineEdit()
    line.setPlaceholderText(field.placeholder)
    if field.kind == "password":
        line.setEchoMode(QLineEdit.EchoMode.Password)
    get = line.text if field.kind == "password" else lambda: line.text().strip()
    return Input(line, get, lambda value: line.setText("" if value is None else str(value)), _on_text(line))


def _multiline(field: Field) -> Input:
    box = QPlainTextEdit()
    box.setPlaceholderText(field.placeholder)
    box.setTabChangesFocus(True)
    box.setFixedHeight(box.fontMetrics().lineSpacing() * field.rows + 18)
    return Input(
        box,
        lambda: box.toPlainText().strip(),
        lambda value: box.setPlainText("" if value is None else str(value)),
        lambda fn: box.textChanged.connect(lambda: fn()),  # noqa: PLW0108 - signals pass arguments
    )


def _number(field: Field) -> Input:
    line = QLineEdit()
    line.setPlaceholderText(field.placeholder)
    line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value() -> int | None:
        text = line.text().strip().replace(".", "")
        return int(text) if text.lstrip("-").isdecimal() else None

    def problem() -> str:
        if not line.text().strip():
            return ""
        found = value()
        if found is None:
            return NOT_A_NUMBER
        inside = field.minimum <= found <= field.maximum
        return "" if inside else f"Isi dengan angka {field.minimum} sampai {field.maximum}."

    return Input(
        line, value, lambda number: line.setText("" if number is None else str(number)), _on_text(line), problem
    )


def _bool(field: Field) -> Input:
    box = QCheckBox(field.label)
    return Input(
        box, box.isChecked, lambda value: box.setChecked(bool(value)), lambda fn: box.toggled.connect(lambda _on: fn())
    )


def _date(field: Field) -> Input:
    line = DateField()
    if field.placeholder:
        line.setPlaceholderText(field.placeholder)
    return Input(
        line,
        line.value,
        line.set_value,
        lambda fn: line.value_changed.connect(lambda: fn()),  # noqa: PLW0108 - a slot must be a plain callable
        lambda: "" if line.is_valid() else UNREADABLE_DATE,
    )


def _choice(field: Field) -> Input:
    box = QComboBox()
    box.setPlaceholderText(field.placeholder or "Pilih…")
    box.setMaxVisibleItems(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    _offer(box, field.choices)
    return Input(
        box,
        lambda: _value_at(box, box.currentIndex()),
        lambda value: box.setCurrentIndex(_find(box, value)),
        lambda fn: box.currentIndexChanged.connect(lambda _place: fn()),
        offer=lambda choices: _offer(box, choices),
    )


def _searchable(field: Field) -> Input:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    line, completer = box.lineEdit(), box.completer()
    assert line is not None
    assert completer is not None
    line.setPlaceholderText(field.placeholder or "Ketik untuk mencari")
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    popup = completer.popup()
    assert popup is not None
    popup.setProperty("popup", "true")
    _offer(box, field.choices)

    def value() -> Any:
        place = box.findText(line.text().strip(), Qt.MatchFlag.MatchFixedString)
        return _value_at(box, place)

    def put(wanted: Any) -> None:
        box.setCurrentIndex(_find(box, wanted))
        line.setText(box.itemText(box.currentIndex()) if box.currentIndex() >= 0 else "")

    return Input(
        box,
        value,
        put,
        lambda fn: box.editTextChanged.connect(lambda _text: fn()),
        lambda: "" if not line.text().strip() or value() is not None else PICK_FROM_LIST,
        lambda choices: _offer(box, choices),
    )


def _person(field: Field) -> Input:
    assert field.search is not None, "a person field needs a search"
    line = PersonPicker(field.search)
    if field.placeholder:
        line.setPlaceholderText(field.placeholder)

    def put(value: PersonHit | None) -> None:
        line.set_value(value)

    return Input(
        line,
        line.value,
        put,
        lambda fn: line.value_changed.connect(lambda: fn()),  # noqa: PLW0108 - a slot must be a plain callable
        lambda: "" if line.is_valid() else PICK_PERSON,
    )


def _file(field: Field) -> Input:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    line = QLineEdit()
    line.setPlaceholderText(field.placeholder)
    line.setAccessibleName(field.label)
    row.addWidget(line, 1)
    choose = button("Pilih…", icon_name="folder", on_click=lambda: _ask_file(line, field))
    choose.setAccessibleName(f"Pilih berkas: {field.label}")
    row.addWidget(choose)
    holder.setFocusProxy(line)
    return Input(
        holder,
        lambda: Path(line.text().strip()) if line.text().strip() else None,
        lambda value: line.setText("" if value is None else str(value)),
        _on_text(line),
    )


def _ask_file(line: QLineEdit, field: Field) -> None:
    dialog = QFileDialog(line, field.label, str(Path(line.text()).parent) if line.text() else "", field.file_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(line.setText)
    dialog.open()


def _note(field: Field) -> Input:
    return Input(label(field.help, role="secondary"), lambda: None, lambda _value: None, lambda _fn: None)


def _on_text(line: QLineEdit) -> Callable[[Callable[[], None]], object]:
    return lambda fn: line.textChanged.connect(lambda _text: fn())


class _Held:
    """Keeps a choice's value as the Python object it is: Qt would hand an enumeration back as a plain string."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _offer(box: QComboBox, choices: Sequence[Choice]) -> None:
    before = _value_at(box, box.currentIndex())
    box.clear()
    for choice in choices:
        box.addItem(f"{choice.label} ({choice.note})" if choice.note else choice.label, _Held(choice.value))
    box.setCurrentIndex(_find(box, before))


def _value_at(box: QComboBox, place: int) -> Any:
    held = box.itemData(place) if place >= 0 else None
    return held.value if isinstance(held, _Held) else None


def _find(box: QComboBox, value: Any) -> int:
    """Return the place of a value, -1 when it is not offered."""
    return next((place for place in range(box.count()) if _value_at(box, place) == value), -1)


_BUILDERS: dict[str, Callable[[Field], Input]] = {
    "text": _text,
    "password": _text,
    "multiline": _multiline,
    "int": _number,
    "bool": _bool,
    "date": _date,
    "choice": _choice,
    "unit": _searchable,
    "person": _person,
    "file": _file,
    "note": _note,
}
