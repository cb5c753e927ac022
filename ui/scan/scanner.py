"""The scanner's view of Pindai: paper comes back, its code is scanned, and the person's tanda terima is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, RecipientRow
from asn_desk.circulars.rules import allowed
from asn_desk.circulars.service import Mark, MarkResult
from asn_desk.circulars.terms import AckStatus
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.scan import sound
from ui.scan.day_button import DayButton
from ui.scan.feeder import Feeder
from ui.scan.field import ScanField
from ui.scan.offers import Offers
from ui.scan.progress_panel import ProgressPanel
from ui.scan.result_card import ResultCard
from ui.scan.sitting import Scan, Sitting
from ui.scan.words import COLUMNS, is_name, standing
from ui.shared.basics import role_font
from ui.shared.marking import mark_dialog, undo_dialog
from ui.shared.page import PageContext
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import ElidedLabel, Panel, button, label, split

_LOOKED_UP = 12
_REASON = "salah pindai"


class ScannerView(QWidget):
    """One field that always has the keyboard, the last result large, and what was scanned in this session."""

    def __init__(
        self,
        context: PageContext,
        *,
        clock: Callable[[], float] = monotonic,
        play: Callable[[str], None] = sound.play,
    ) -> None:
        super().__init__()
        self.context, self.bridge = context, context.bridge
        self._clock = clock
        self._play = play
        self._question = 0
        self.sitting = Sitting()
        self.feeder = Feeder(self.bridge, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.card = ResultCard()
        self.field = ScanField()
        self.offers = Offers()
        self.source = ElidedLabel("")
        self.source.setProperty("role", "secondary")
        self.source.setFont(role_font("secondary"))
        self.day = DayButton(self.context.today, self._ready)
        self.card.source.addWidget(self.source, 1)
        self.card.source.addWidget(self.day)
        self.card.below.addWidget(self.field)
        self.card.below.addWidget(self.offers)
        self.card.below.addWidget(self._pile_row())
        self.progress = ProgressPanel(self.bridge, lambda: self.context.navigate("circulars", None))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.card)
        column.addWidget(self._list_panel(), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            split(left, self.progress, sizes=(750, 340), name="scan", settings_file=self.context.settings_file)
        )
        self.setTabOrder(self.field, self.table)

    def _list_panel(self) -> Panel:
        self.list_panel = Panel("Pindaian sesi ini", padding=0)
        self.undo_button = button("Batalkan pi&ndaian", "quiet", "undo", self._undo_current)
        self.undo_button.setEnabled(False)
        self.list_panel.add_title_widget(self.undo_button)
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="scans", settings_file=self.context.settings_file)
        self.table.horizontalHeader().hide()
        self.table.set_empty_state(
            "scan", "Belum ada pindaian", "Lembar yang dipindai muncul di sini, yang terakhir di atas."
        )
        self.table.add_action("Batalkan pindaian…", self._undo_current, "undo", "Del")
        self.table.installEventFilter(self)
        self.list_panel.body.addWidget(self.table)
        return self.list_panel

    def _pile_row(self) -> QWidget:
        self.pile = QWidget()
        row = QHBoxLayout(self.pile)
        row.setContentsMargins(0, 0, 0, 0)
        self.pile_text = label("", role="secondary", wrap=False)
        row.addWidget(self.pile_text, 1)
        row.addWidget(button("Hentikan", "link", on_click=self.feeder.stop))
        self.pile.hide()
        return self.pile

    def _connect(self) -> None:
        self.field.codes_entered.connect(self._on_codes)
        self.field.name_typed.connect(partial(self._look_up, entered=False))
        self.field.name_entered.connect(self._on_name_entered)
        self.field.step_asked.connect(self.offers.step)
        self.offers.taken.connect(self._mark_by_hand)
        self.feeder.marked.connect(self._on_marked)
        self.feeder.refused.connect(self._on_refused)
        self.feeder.advanced.connect(self._show_pile)
        self.feeder.emptied.connect(self._on_pile_done)
        self.progress.chosen.connect(self._show_source)
        self.card.undo_asked.connect(lambda: self._ask_undo(self.sitting.scans[0]))
        self.table.current_changed.connect(lambda _id: self._offer_undo())

    def reload(self) -> None:
        """Read the progress again; while a pile is being recorded only its end counts."""
        if not self.feeder.busy:
            self.progress.reload()

    def activated(self) -> None:
        """Give the keyboard to the field."""
        self.field.setFocus()

    def focus_field(self) -> None:
        """Bring the keyboard to the field; it is also the search for people."""
        self.field.setFocus()
        self.field.selectAll()

    def _on_codes(self, codes: list[str]) -> None:
        self.offers.show_people([])
        now = self._clock()
        self.feeder.feed([code for code in codes if not self.sitting.is_repeat(code, now)], self.day.day())

    def _on_marked(self, mark: Mark) -> None:
        status = AckStatus.SIGNED if mark.result is MarkResult.ACCEPTED else None
        self._take(mark, status, by_hand=False)
        if mark.version_id is not None and mark.result is not MarkResult.CLOSED:
            self.progress.switch_to(mark.version_id)

    def _take(self, mark: Mark, status: AckStatus | None, *, by_hand: bool) -> None:
        scan = self.sitting.add(mark, datetime.now().astimezone(), status=status, by_hand=by_hand)
        self.card.show_scan(scan)
        self._play(scan.kind)
        self._show_list()

    def _on_refused(self, error: DeskError) -> None:
        self.card.show_refusal(error)
        self._play("late")
        self._ready()

    def _show_list(self) -> None:
        self.model.set_rows(self.sitting.scans)
        self.list_panel.set_title(f"Pindaian sesi ini · {self.sitting.summary()}")
        self._offer_undo()

    def _show_pile(self, done: int, total: int) -> None:
        self.pile.setVisible(total > 1 and done < total)
        self.pile_text.setText(f"Mencatat {number(done)} dari {number(total)} kode…")

    def _on_pile_done(self) -> None:
        self.pile.hide()
        self.progress.reload()

    def _show_source(self, current: CircularRow | None) -> None:
        text = current.subject if current else "Belum ada edaran yang berjalan"
        self.source.set_text(text)

    def _look_up(self, text: str, *, entered: bool) -> None:
        self._question += 1
        question, current = self._question, self.progress.current
        if not text or current is None:
            self.offers.show_people([])
            if entered:
                self.feeder.feed([text])
            return
        version_id = current.version_id
        self.bridge.read(
            self,
            lambda session: queries.lookup(session, text, limit=_LOOKED_UP, version_id=version_id),
            lambda people: self._offer(question, text, people, entered=entered),
        )

    def _offer(self, question: int, text: str, people: list[RecipientRow], *, entered: bool) -> None:
        if question != self._question:
            return
        self.offers.show_people(people)
        if people or not entered:
            return
        if is_name(text):
            self.card.show_nobody(text)
            self._play("near")
        else:
            self.field.reset()
            self._on_codes([text])

    def _on_name_entered(self, text: str) -> None:
        if self.offers.isVisible() and self.offers.count():
            self.offers.take()
        else:
            self._look_up(text, entered=True)

    def _mark_by_hand(self, person: RecipientRow) -> None:
        self._question += 1
        self.field.reset()
        self.offers.show_people([])
        if not allowed(person.status, closed=person.closed):
            self._take(standing(person), None, by_hand=True)
            return
        day = self.day.day() or self.context.today()
        dialog = mark_dialog(self, self.bridge, person, day, partial(self._on_marked_by_hand, person))
        dialog.finished.connect(lambda _code: self._ready())

    def _on_marked_by_hand(self, person: RecipientRow, values: dict[str, Any], acknowledgement_id: int) -> None:
        mark = Mark(
            MarkResult.ACCEPTED, "", person.name, person.number, person.unit, person.circular, since=values["on"],
            version_id=person.version_id, recipient_id=person.id, acknowledgement_id=acknowledgement_id,
        )  # fmt: skip
        self._take(mark, values["status"], by_hand=True)

    def _current_scan(self) -> Scan | None:
        return next((scan for scan in self.sitting.scans if scan.id == self.table.current_id()), None)

    def _offer_undo(self) -> None:
        scan = self._current_scan()
        self.undo_button.setEnabled(scan is not None and scan.can_undo)

    def _undo_current(self) -> None:
        scan = self._current_scan()
        if scan is not None and scan.can_undo:
            self._ask_undo(scan)

    def _ask_undo(self, scan: Scan) -> None:
        acknowledgement_id = scan.mark.acknowledgement_id
        assert acknowledgement_id is not None, "what was recorded has its id"
        done = partial(self._on_undone, scan.id)
        dialog = undo_dialog(self, self.bridge, acknowledgement_id, scan.mark.person, done, reason=_REASON)
        dialog.finished.connect(lambda _code: self._ready())

    def _on_undone(self, scan_id: int, _outcome: object) -> None:
        self.card.show_scan(self.sitting.undo(scan_id))
        self._show_list()

    def _ready(self) -> None:
        self.field.setFocus()

    def hand_to_field(self, event: QKeyEvent) -> bool:
        """Give a typed character to the field: a scanner must not type into the void."""
        typed = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if not typed or not typed.isprintable() or typed == " " or not plain:
            return False
        self.field.setFocus()
        QApplication.sendEvent(self.field, event)
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.hand_to_field(event)
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand_to_field(event):
            super().keyPressEvent(event)
