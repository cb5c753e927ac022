"""A dialog of a few steps: fill, choose, look at the result, then do it. Nothing typed is lost between the steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from ui.shared.basics import label, role_font, set_state
from ui.shared.dialogs import BaseDialog, confirm
from ui.shared.forms import FormWidget
from ui.shared.panels import Banner, ScrollBody
from ui.shared.theme.tokens import GRID

_HEIGHT_SHARE = 0.82


@dataclass(frozen=True)
class Step:
    """One step: its name, what it shows, the forms to check before going on, and what to do when it is entered."""

    name: str
    content: QWidget
    forms: Sequence[FormWidget] = ()
    entered: Callable[[], object] = lambda: None
    check: Callable[[], str] = lambda: ""


class StepDialog(BaseDialog):
    """Steps with Kembali and Lanjut; the last step's button does the work (`finish`)."""

    def __init__(
        self, title: str, finish_text: str, finish: Callable[[], None], parent: QWidget | None, width: int = 820
    ) -> None:
        super().__init__(title, parent, width)
        self._finish = finish
        self._finish_text = finish_text
        self._steps: list[Step] = []
        self._busy = False
        self._build(title)

    def add_step(self, step: Step) -> None:
        """Add a step; forms are put into a scroll area by `form_page`."""
        self._steps.append(step)
        self._stack.addWidget(step.content)
        mark = label("", role="secondary", wrap=False)
        mark.setText(f"{len(self._steps)}  {step.name}")
        self._marks.append(mark)
        self._mark_row.insertWidget(self._mark_row.count() - 1, mark)

    def start(self) -> None:
        """Show the first step and open."""
        available = self.screen().availableGeometry()
        self.resize(min(self.width(), available.width() - 40), round(available.height() * _HEIGHT_SHARE))
        self.open()
        self.go_to(0)

    def step(self) -> int:
        """Return the place of the step shown."""
        return self._stack.currentIndex()

    @property
    def last_step(self) -> int:
        """Return the place of the last step."""
        return len(self._steps) - 1

    def go_to(self, place: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(place)
        self._banner.hide()
        for number, mark in enumerate(self._marks):
            set_state(mark, "role", "strong" if number == place else "secondary")
            mark.setFont(role_font("strong" if number == place else "secondary"))
        last = place == len(self._steps) - 1
        self.back_button.setEnabled(place > 0)
        self.next_button.setText(self._finish_text if last else "&Lanjut")
        step = self._steps[place]
        if step.forms:
            step.forms[0].focus_first()
        else:
            step.content.setFocus()
        step.entered()

    def next(self) -> None:
        """Go on, or do the work in the last step; a step with problems is not left."""
        if self._busy:
            return
        step = self._steps[self.step()]
        if not self._is_filled(step):
            return
        problem = step.check()
        if problem:
            self.say(problem)
        elif self.step() == len(self._steps) - 1:
            self._finish()
        else:
            self.go_to(self.step() + 1)

    def back(self) -> None:
        """Go back; everything entered stays."""
        if self.step() > 0 and not self._busy:
            self.go_to(self.step() - 1)

    def say(self, sentence: str) -> None:
        """Show a sentence above the step."""
        self._banner.set_text(sentence)
        self._banner.setVisible(bool(sentence))

    def refuse(self, error: DeskError) -> None:
        """Show what the core refused: go to the step with the field concerned and mark it."""
        self.set_busy(busy=False)
        for place, step in enumerate(self._steps):
            known = [form for form in step.forms if any(form.has(key) for key in error.fields)]
            if known:
                self.go_to(place)
                for form in known:
                    form.set_errors({key: text for key, text in error.fields.items() if form.has(key)})
                break
        self.say(error.sentence)

    def set_busy(self, *, busy: bool, text: str = "") -> None:
        """Keep the buttons from being pressed while the core works."""
        self._busy = busy
        for one in (self.back_button, self.next_button):
            one.setEnabled(not busy)
        if not busy:
            self.back_button.setEnabled(self.step() > 0)
        self.next_button.setText(text if busy and text else self._next_text())

    def allow_next(self, *, allowed: bool) -> None:
        """Hold the way on, as long as a preview is being made."""
        self.next_button.setEnabled(allowed and not self._busy)

    def is_dirty(self) -> bool:
        """Return whether closing would lose something."""
        return any(form.is_dirty() for step in self._steps for form in step.forms)

    def _build(self, title: str) -> None:
        self.outer.addWidget(label(title, role="name"))
        self._marks: list[QLabel] = []
        holder = QWidget()
        self._mark_row = QHBoxLayout(holder)
        self._mark_row.setContentsMargins(0, 0, 0, 0)
        self._mark_row.setSpacing(3 * GRID)
        self._mark_row.addStretch(1)
        self.outer.addWidget(holder)
        self._banner = Banner("", "late")
        self._banner.hide()
        self.outer.addWidget(self._banner)
        self._stack = QStackedWidget()
        self.outer.addWidget(self._stack, 1)
        self.cancel_button = self.add_button("Batal", on_click=self.reject)
        self.back_button = self.add_button("&Kembali", on_click=self.back)
        self.next_button = self.add_button("&Lanjut", "primary", self.next)
        self.next_button.setDefault(True)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.next)
        self.finish_layout()

    def _next_text(self) -> str:
        return self._finish_text if self.step() == len(self._steps) - 1 else "&Lanjut"

    def _is_filled(self, step: Step) -> bool:
        for form in step.forms:
            problems = form.missing()
            form.set_errors(problems)
            if problems:
                return False
        self._banner.hide()
        return True

    @override
    def reject(self) -> None:
        """Close; asks first when something typed would be lost."""
        if self._busy:
            return
        if not self.is_dirty():
            super().reject()
            return
        text = "Isian yang sudah Anda ketik akan hilang. Belum ada yang diterbitkan."
        confirm(self, "Tutup tanpa menerbitkan?", text, "Tutup", lambda: QDialog.reject(self))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next()
        else:
            super().keyPressEvent(event)


def form_page(*parts: QWidget) -> ScrollBody:
    """Return a step's content: forms and other widgets one below the other, scrolling when they are long."""
    area = ScrollBody()
    area.layout_of_content.setContentsMargins(0, 0, 8, 0)
    area.layout_of_content.setSpacing(2 * GRID)
    for part in parts:
        area.layout_of_content.addWidget(part)
    return area
