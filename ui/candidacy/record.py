"""Catat kejadian, and taking one back: only what the core allows now is offered, the rest is listed with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from asn_desk.candidacy import service
from asn_desk.candidacy.rows import DeclarationDetail, EventRow
from asn_desk.candidacy.rules import Action
from asn_desk.candidacy.service import CloseDeclaration, RecordEvent, VoidEvent
from asn_desk.errors import DeskError
from asn_desk.regulations.queries import packs_of
from asn_desk.regulations.terms import Lane
from asn_desk.wording import long_date
from ui.candidacy.rows import ListRow
from ui.candidacy.words import aim_words
from ui.shared.dialogs import BaseDialog, CommandDialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.widgets import button, label

LANE_WORDS = {Lane.KPU: "KPU", Lane.STAFF: "Kepegawaian", Lane.DISCIPLINE: "Disiplin"}
LARGEST_EVIDENCE = 30 * 1024 * 1024
_LANE_ORDER = [Lane.STAFF, Lane.KPU, Lane.DISCIPLINE]


@dataclass(frozen=True)
class EventHint:
    """What the paper of an event shows: evidence to note, and whether it names a TMT."""

    papers: str
    effective: bool


def read_hints(session: Any) -> Mapping[str, EventHint]:
    """Return the hints by event; loads the rule packs, so it runs on a reading thread."""
    return {code: EventHint(kind.papers, kind.effective) for code, kind in packs_of(session).events.items()}


class RecordDialog(CommandDialog):
    """Records one event of a file; `done(title)` hears of it."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        file: DeclarationDetail,
        done: Callable[[str], None],
        preset: Mapping[str, Any] | None = None,
    ) -> None:
        self._context = context
        self._file = file
        self._done = done
        self._hints: Mapping[str, EventHint] = {}
        form = FormWidget(_fields(file))
        super().__init__("Catat kejadian", form, self._record, parent, intro=f"{file.name} · {aim_words(file)}")
        form.set_values({"happened_on": context.today(), "code": None, **(preset or {})})
        self._follow_code()
        form.value_changed.connect(self._on_changed)
        refused = [action for action in file.actions if not action.allowed]
        if refused:
            more = button("&Mengapa yang lain tidak ada?", "quiet", "info", lambda: RefusedDialog(refused, self).open())
            self.buttons.insertWidget(0, more)
        context.bridge.read(self, read_hints, self._know)

    def _know(self, hints: Mapping[str, EventHint]) -> None:
        self._hints = hints
        self._follow_code()

    def _on_changed(self, key: str) -> None:
        if key == "code":
            self._follow_code()

    def _follow_code(self) -> None:
        hint = self._hints.get(self.form.values()["code"] or "", EventHint("", effective=False))
        note = self.form.field("papers")
        assert isinstance(note, QLabel)
        note.setText(f"Yang perlu dicatat: {hint.papers}." if hint.papers else "")
        self.form.set_visible("papers", bool(hint.papers))
        self.form.set_visible("effective_on", hint.effective)
        self.fit_to_screen()

    def _record(self, values: dict[str, Any]) -> None:
        path = values.pop("evidence")
        hint = self._hints.get(values["code"], EventHint("", effective=False))
        if not hint.effective:
            values["effective_on"] = None

        def write(session: Any) -> object:
            evidence = read_evidence(path) if path is not None else None
            command = RecordEvent(self._file.id, self._file.version, **values, evidence=evidence)
            return service.record_event(session, command)

        title = next(action.title for action in self._file.actions if action.code == values["code"])
        self.write(self._context.bridge, write, lambda _outcome: self._done(title))


def _fields(file: DeclarationDetail) -> list[Field]:
    allowed = sorted((row for row in file.actions if row.allowed), key=lambda row: _LANE_ORDER.index(row.lane))
    choices = [Choice(row.code, f"{LANE_WORDS[row.lane]}: {row.title}") for row in allowed]
    return [
        Field("code", "Kejadian", "choice", required=True, choices=choices),
        Field("papers", "", "note", help=" "),
        Field("happened_on", "Tanggal kejadian", "date", required=True, width="half"),
        Field("effective_on", "TMT menurut surat", "date", width="half"),
        Field("document_number", "Nomor surat", width="half"),
        Field("document_date", "Tanggal surat", "date", width="half"),
        Field("received_by", "Diterima oleh", placeholder="mis. Loket BKPSDM"),
        Field(
            "evidence", "Bukti (PDF)", "file", file_filter="PDF (*.pdf)", placeholder="Pindaian surat atau tanda terima"
        ),
        Field("note", "Catatan", "multiline", rows=2),
    ]


def read_evidence(path: Path, field: str = "evidence") -> bytes:
    """Return a scanned paper. Raises DeskError about the form's `field` when it cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST_EVIDENCE:
            raise _refused(field, "Berkas bukti lebih besar dari 30 MB. Pindai dengan mutu lebih rendah.")
        return path.read_bytes()
    except OSError as error:
        raise _refused(field, f"Berkas {path.name} tidak dapat dibaca. Periksa letak dan izinnya.") from error


def _refused(field: str, sentence: str) -> DeskError:
    return DeskError("evidence_unreadable", sentence, fields={field: sentence})


class RefusedDialog(BaseDialog):
    """Lists the events that cannot be recorded now, each with the reason."""

    def __init__(self, refused: list[Action], parent: QWidget) -> None:
        super().__init__("Kejadian yang belum dapat dicatat", parent, 560)
        self.outer.addWidget(label("Kejadian yang belum dapat dicatat", role="name"))
        area = ScrollBody()
        area.layout_of_content.setSpacing(0)
        for action in refused:
            row = ListRow(side_width=86)
            row.add_words(action.title)
            row.add_words(action.reason, "secondary")
            row.add_side(label(LANE_WORDS[action.lane], role="secondary"))
            area.layout_of_content.addWidget(row.end())
        self.outer.addWidget(area, 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()


class VoidDialog(CommandDialog):
    """Takes an event back, with the reason."""

    def __init__(
        self, context: PageContext, parent: QWidget, file: DeclarationDetail, event: EventRow, done: Callable[[], None]
    ) -> None:
        form = FormWidget([Field("reason", "Alasan pembatalan", "multiline", rows=3, required=True)])
        intro = f"{event.title}, {long_date(event.happened_on)}. Catatannya tetap tersimpan dan ditandai batal."
        super().__init__(
            "Batalkan kejadian", form, self._void, parent, intro=intro, confirm="Batalkan kejadian", danger=True
        )
        self._context, self._done = context, done
        self._command = (event.id, file.version)

    def _void(self, values: dict[str, Any]) -> None:
        command = VoidEvent(*self._command, reason=values["reason"])
        self.write(
            self._context.bridge, lambda session: service.void_event(session, command), lambda _outcome: self._done()
        )


def close_file(context: PageContext, owner: QWidget, file: DeclarationDetail, done: Callable[[], None]) -> None:
    """Put a finished file away."""
    command = CloseDeclaration(file.id, file.version)
    context.bridge.write(owner, lambda session: service.close(session, command), lambda _outcome: done())
