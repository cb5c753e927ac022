"""Terbitkan edaran: the letter, its text, for whom, a look at the pages, then both in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from asn_desk.circulars.service import PublishCircular, Published, publish_with_letter
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR, kind_of
from asn_desk.letters.service import IssueLetter
from ui.circulars.audience import AudiencePicker
from ui.circulars.elections import Election, read_elections
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.letter_form import (
    SET_TEXT,
    Signers,
    kind_data,
    kind_fields,
    read_signers,
    signing_choices,
    signing_fields,
)
from ui.shared.letter_preview import LetterPreview
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog, form_page

_KIND = kind_of(NEUTRALITY_CIRCULAR)
_WEEKS_TO_RETURN = 2
_OWN_WORDS = {"edaran.pemilihan", "edaran.jenis", "edaran.tentang"}
_TEXT_KEYS = [field.key for field in _KIND.inputs if field.key not in _OWN_WORDS]
_NO_ELECTION = Election("", "Tidak terkait pemilihan tertentu", "", "")
_ABOUT = "Netralitas Pegawai Aparatur Sipil Negara dalam Penyelenggaraan {}"


class PublishDialog(StepDialog):
    """The wizard; `published(Published)` is called when both letter and audience stand."""

    def __init__(self, context: PageContext, parent: QWidget, published: Callable[[Published], None]) -> None:
        super().__init__("Terbitkan edaran", "&Terbitkan", self._publish, parent)
        self._context = context
        self._published = published
        self._elections: list[Election] = [_NO_ELECTION]
        self._suggested = {"edaran.pemilihan": "", "subject": ""}
        self._build_steps()
        self._connect()
        self._read_choices()

    def _build_steps(self) -> None:
        today = self._context.today()
        self.letter = FormWidget(_letter_fields())
        self.letter.set_values({"dated": today, "due_on": today + timedelta(weeks=_WEEKS_TO_RETURN)})
        self.letter.set_values({"signing": signing_choices("")[0].value, "election_id": ""})
        note = Field("note", "", "note", help=SET_TEXT)
        self.texts = FormWidget([note, *kind_fields(_KIND, {}, _TEXT_KEYS)])
        self.audience = AudiencePicker(self._context.bridge)
        self.preview = LetterPreview(self._context.bridge, self, self.letter_command)
        self.add_step(Step("Surat", form_page(self.letter), [self.letter]))
        self.add_step(Step("Naskah", form_page(self.texts), [self.texts]))
        self.add_step(Step("Sasaran", self.audience, entered=self.audience.refresh, check=self.audience.problem))
        self.add_step(Step("Pratinjau", self.preview, entered=self.preview.enter))

    def _connect(self) -> None:
        self.letter.value_changed.connect(self._on_changed)

    def letter_command(self) -> IssueLetter:
        """Return the surat edaran as entered."""
        values = {**self.letter.values(), **self.texts.values()}
        election = self._election(values["election_id"])
        own = {"edaran.tentang": values["subject"], "edaran.jenis": election.type or None}
        return IssueLetter(
            kind=NEUTRALITY_CIRCULAR,
            dated=values["dated"],
            data=kind_data(_KIND, {**values, **own}),
            signer_id=values["signer_id"],
            signing=values["signing"],
        )

    def publish_command(self) -> PublishCircular:
        """Return the circular as entered; its letter is issued together with it."""
        values = self.letter.values()
        return PublishCircular(
            subject=values["subject"],
            election_id=values["election_id"] or "",
            due_on=values["due_on"],
            audience=self.audience.audience(),
        )

    def _election(self, election_id: object) -> Election:
        return next((one for one in self._elections if one.id == election_id), _NO_ELECTION)

    def _read_choices(self) -> None:
        self._context.bridge.read(self, read_elections, self._show_elections)
        self._read_signers()

    def _read_signers(self) -> None:
        day = self.letter.values()["dated"]
        if day is not None:
            self._context.bridge.read(self, lambda session: read_signers(session, _KIND, day), self._show_signers)

    def _show_elections(self, elections: Sequence[Election]) -> None:
        clean = not self.letter.is_dirty()
        self._elections = [_NO_ELECTION, *elections]
        self.letter.set_choices("election_id", [Choice(one.id, one.title) for one in self._elections])
        if clean:
            self._choose_nearest(elections)
            self.letter.mark_clean()

    def _choose_nearest(self, elections: Sequence[Election]) -> None:
        year = str(self._context.today().year)
        near = next((one for one in elections if year in one.title and one.type == "pilkada"), None)
        chosen = near or next((one for one in elections if year in one.title), _NO_ELECTION)
        self.letter.set_values({"election_id": chosen.id})
        self._suggest(chosen)

    def _show_signers(self, signers: Signers) -> None:
        clean = not self.letter.is_dirty()
        chosen = self.letter.values()["signer_id"]
        self.letter.set_choices("signer_id", signers.choices)
        self.letter.set_choices("signing", signing_choices(signers.head))
        values = self.letter.values()
        if values["signing"] is None:
            self._put("signing", signing_choices("")[0].value)
        if chosen is None and signers.usual is not None:
            self._put("signer_id", signers.usual)
        if clean:
            self.letter.mark_clean()

    def _put(self, key: str, value: object) -> None:
        clean = not self.letter.is_dirty()
        self.letter.put(key, value)
        if clean:
            self.letter.mark_clean()

    def _on_changed(self, key: str) -> None:
        if key == "election_id":
            self._suggest(self._election(self.letter.values()["election_id"]))
        elif key == "dated":
            self._read_signers()

    def _suggest(self, election: Election) -> None:
        """Write the election out, unless the clerk has written something else."""
        words = {
            "edaran.pemilihan": election.words,
            "subject": _ABOUT.format(election.words) if election.words else "",
        }
        values = self.letter.values()
        for key, text in words.items():
            if values[key] == self._suggested[key]:
                self._put(key, text)
        self._suggested = words

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


def _letter_fields() -> list[Field]:
    return [
        Field("election_id", "Pemilihan", "choice", choices=[Choice("", _NO_ELECTION.title)]),
        Field(
            "edaran.pemilihan", "Sebutan pemilihan dalam surat", required=True,
            placeholder="mis. Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
        ),
        Field("subject", "Tentang", "multiline", rows=2, required=True),
        Field("dated", "Tanggal surat", "date", required=True, width="half"),
        Field("due_on", "Lembar kembali paling lambat", "date", width="half"),
        *signing_fields(),
    ]  # fmt: skip
