"""Buat surat from a file: its fields are filled from the file, the real pages are shown, then it is issued and linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from asn_desk.candidacy import papers
from asn_desk.candidacy.papers import LetterOffer
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.letters import queries as letters
from asn_desk.letters.contents.kinds import LetterKind, kind_of
from asn_desk.letters.service import IssuedLetter, IssueLetter
from ui.shared.documents.letter_form import (
    Signers,
    kind_data,
    kind_fields,
    prefilled,
    read_signers,
    read_words,
    signing_choices,
    signing_fields,
)
from ui.shared.documents.letter_preview import LetterPreview
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog, form_page
from ui.shared.widgets import button


@dataclass(frozen=True)
class Draft:
    """What the core knows about a letter before the clerk adds to it."""

    command: IssueLetter
    words: dict[str, str]
    signers: Signers | None


def read_draft(session: Any, declaration_id: int, kind: LetterKind, day: date) -> Draft:
    """Return the letter as the file fills it, and who may sign it; runs on a reading thread."""
    signers = read_signers(session, kind, day) if kind.signer is not None else None
    return Draft(papers.letter_command(session, declaration_id, kind.code, day), read_words(session), signers)


class LetterDialog(StepDialog):
    """Two steps: the letter's fields, and its pages; `issued(IssuedLetter, LetterOffer, date)` hears of it."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        file: DeclarationDetail,
        offers: Sequence[LetterOffer],
        issued: Callable[[IssuedLetter, LetterOffer, date], None],
    ) -> None:
        super().__init__(f"Buat surat untuk {file.name}", "&Terbitkan", self._issue, parent)
        self._context, self._file, self._issued = context, file, issued
        self._offers = {offer.kind: offer for offer in offers}
        self._draft: Draft | None = None
        self._build_steps(offers)
        self.head.value_changed.connect(self._on_changed)

    def begin(self, kind: str) -> None:
        """Open with this kind of letter, or with the first one offered."""
        self.head.set_values({"kind": kind or next(iter(self._offers)), "dated": self._context.today()})
        self._read_draft()
        self.start()

    def command(self) -> IssueLetter:
        """Return the letter as entered."""
        assert self._draft is not None, "there is no preview before the draft"
        own = self.fields.values()
        command = replace(self._draft.command, dated=self.head.values()["dated"], data=kind_data(self._kind(), own))
        return replace(command, signer_id=own["signer_id"], signing=own["signing"]) if "signing" in own else command

    def _build_steps(self, offers: Sequence[LetterOffer]) -> None:
        choices = [Choice(offer.kind, offer.title) for offer in offers]
        self.head = FormWidget(
            [
                Field("kind", "Surat", "choice", required=True, choices=choices),
                Field("dated", "Tanggal surat", "date", required=True, width="half"),
            ]
        )
        self.fields = FormWidget([])
        self._forms = [self.head, self.fields]
        holder = QWidget()
        self._holder = QVBoxLayout(holder)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.addWidget(self.fields)
        self.preview = LetterPreview(self._context.bridge, self, self.command)
        self.add_step(Step("Isi surat", form_page(self.head, holder), self._forms))
        self.add_step(Step("Pratinjau", self.preview, entered=self.preview.enter))

    def _kind(self) -> LetterKind:
        return kind_of(self.head.values()["kind"])

    def _on_changed(self, _key: str) -> None:
        values = self.head.values()
        if values["kind"] and values["dated"]:
            self._read_draft()

    def _read_draft(self) -> None:
        kind, day, declaration_id = self._kind(), self.head.values()["dated"], self._file.id
        self.allow_next(allowed=False)
        self._context.bridge.read(
            self,
            lambda session: read_draft(session, declaration_id, kind, day),
            lambda draft: self._show_draft(kind, draft),
        )

    def _show_draft(self, kind: LetterKind, draft: Draft) -> None:
        """Show the kind's fields; what was typed for the same kind stays."""
        if kind.code != self._kind().code:
            return
        same = self._draft is not None and self._draft.command.kind == kind.code
        typed = self.fields.values() if same else {}
        self._draft = draft
        self._replace_fields(kind, draft)
        for key, value in typed.items():
            if value not in (None, "") and key not in {"signer_id", "signing"}:
                self.fields.put(key, value)
        self.allow_next(allowed=True)

    def _replace_fields(self, kind: LetterKind, draft: Draft) -> None:
        self._holder.removeWidget(self.fields)
        self.fields.hide()
        self.fields.deleteLater()
        signing = signing_fields() if draft.signers is not None else []
        self.fields = FormWidget([*kind_fields(kind, draft.words), *signing])
        self._forms[1] = self.fields
        self._holder.addWidget(self.fields)
        self.fields.set_values(prefilled(kind, draft.command.data))
        if draft.signers is not None:
            self.fields.set_choices("signer_id", draft.signers.choices)
            self.fields.set_choices("signing", signing_choices(draft.signers.head, draft.signers.secretary))
            self.fields.set_values({"signer_id": draft.signers.usual, "signing": signing_choices("")[0].value})

    def _issue(self) -> None:
        command, declaration_id = self.command(), self._file.id
        self.set_busy(busy=True, text="Menerbitkan…")
        run_with_progress(
            self,
            "Menerbitkan surat",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: papers.issue_letter(session, declaration_id, command),
                ending(self._on_issued),
                ending(self.refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _on_issued(self, outcome: Any) -> None:
        offer, dated = self._offers[self._kind().code], self.head.values()["dated"]
        QDialog.accept(self)
        self._issued(outcome.value, offer, dated)


def show_issued(
    context: PageContext,
    parent: QWidget,
    issued: IssuedLetter,
    title: str,
    record: Callable[[], None] | None,
) -> None:
    """Show the issued pages, with printing, the way to the page Surat, and recording what the letter brought about."""

    def show(pdf: bytes) -> None:
        note = (
            f"Terbit dengan nomor {issued.number}."
            if issued.number
            else "Terbit sebagai surat pribadi, tanpa nomor agenda."
        )
        dialog = PaperDialog(title, context.bridge, pdf, parent, note=" ".join([note, *issued.notes]))
        target = {"letter_id": issued.id}
        ways: list[tuple[str, Callable[[], None]]] = [
            ("&Buka halaman Surat", lambda: context.navigate("letters", target))
        ]
        if record is not None:
            ways.append(("Catat &kejadiannya…", record))
        for place, (text, go) in enumerate(ways):
            dialog.buttons.insertWidget(1 + place, button(text, on_click=partial(_leave, dialog, go)))
        dialog.open()

    context.bridge.read(parent, lambda session: letters.stored_pdf(session, issued.id), show)


def _leave(dialog: QDialog, go: Callable[[], None]) -> None:
    dialog.accept()
    go()
