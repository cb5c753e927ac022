"""Terbitkan edaran: the letter, its text, for whom, a look at the pages, then both in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from asn_desk.circulars.rules import COMPANION_WORDS
from asn_desk.circulars.service import PublishCircular, Published, publish_with_letter
from asn_desk.circulars.terms import Companion
from asn_desk.letters.service import IssueLetter
from ui.circulars.audience import AudiencePicker
from ui.circulars.due import USUAL_DAYS, DueDay, due_fields
from ui.circulars.letter_part import CircularLetter
from ui.shared.documents.letter_preview import LetterPreview
from ui.shared.forms import Choice, Field
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog, form_page

_USUAL_REMINDERS = "-3, 1, 5"
_COMPANION_NOTES = {
    Companion.PLAIN: "empat lembar per halaman",
    Companion.PLEDGE: "satu halaman per orang",
    Companion.LIST: "16 orang per lembar",
    Companion.OATH: "lembar, berita acara, dan foto",
}


class PublishDialog(StepDialog):
    """The wizard; `published(Published)` is called when both letter and audience stand."""

    def __init__(self, context: PageContext, parent: QWidget, published: Callable[[Published], None]) -> None:
        super().__init__("Terbitkan edaran", "&Terbitkan", self._publish, parent)
        self._context = context
        self._published = published
        self.parts = CircularLetter(context, self, _own_fields())
        self.letter, self.texts = self.parts.letter, self.parts.texts
        self.due = DueDay(context, self, self.parts)
        self._build_steps()
        self.parts.begin()
        self.due.refresh()

    def _build_steps(self) -> None:
        usual = {"due_days": USUAL_DAYS, "companion": Companion.PLAIN, "reminder_plan": _USUAL_REMINDERS}
        self.letter.set_values(usual)
        self.audience = AudiencePicker(self._context.bridge)
        self.preview = LetterPreview(self._context.bridge, self, self.letter_command)
        self.add_step(Step("Surat", form_page(self.letter), [self.letter]))
        self.add_step(Step("Naskah", self.parts.text_page(), [self.texts]))
        self.add_step(Step("Sasaran", self.audience, entered=self.audience.refresh, check=self.audience.problem))
        self.add_step(Step("Pratinjau", self.preview, entered=self.preview.enter))

    def letter_command(self) -> IssueLetter:
        """Return the surat edaran as entered."""
        return self.parts.command()

    def publish_command(self) -> PublishCircular:
        """Return the circular as entered; its letter is issued together with it."""
        values = self.letter.values()
        return PublishCircular(
            subject=values["subject"],
            election_id=values["election_id"] or "",
            audience=self.audience.audience(),
            companion=values["companion"],
            reminder_plan=values["reminder_plan"],
            **self.due.command(),
        )

    def _publish(self) -> None:
        command, letter = self.publish_command(), self.letter_command()
        self.set_busy(busy=True, text="Menerbitkan…")
        run_with_progress(
            self,
            "Menerbitkan edaran",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: publish_with_letter(session, command, letter),
                ending(self._on_published),
                ending(self.refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _on_published(self, outcome: Any) -> None:
        QDialog.accept(self)
        self._published(outcome.value)


def _own_fields() -> list[Field]:
    companions = [Choice(one, COMPANION_WORDS[one], _COMPANION_NOTES[one]) for one in Companion]
    return [
        Field("companion", "Disertai", "choice", choices=companions, required=True, width="half"),
        *due_fields(),
        Field(
            "reminder_plan", "Jadwal nota dinas pengingat", required=True,
            help="Hari kerja terhadap batas pengembalian: -3 berarti tiga hari sebelumnya, 1 sehari sesudahnya.",
        ),
    ]  # fmt: skip
