"""Impor pegawai: files, columns, the plan, then all of it in one transaction; the window stays usable meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from asn_desk.employees.imports import office_import
from asn_desk.employees.imports.office_import import OfficeResult
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.employees.import_done import DoneStep
from ui.employees.import_files import FilesStep
from ui.employees.import_mapping import MappingStep
from ui.employees.import_planning import Books, ImportOrder, PlannedImport, Values, applied, planned
from ui.employees.import_review import ReviewStep
from ui.employees.steady import release
from ui.shared.documents.save_files import ask_save, saved_dialog
from ui.shared.page import PageContext
from ui.shared.progress import Task
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog

FILES, COLUMNS, REVIEW, DONE = range(4)
_WIDTH = 980
_SCREEN_SHARE = 0.86
_SAME_NAMES = (
    "Beberapa berkas bernama sama. Ganti namanya agar sel dapat dibetulkan di sini, atau betulkan di berkasnya."
)
_CANCELLED = "Impor dibatalkan. Tidak ada data yang berubah."


class ImportWizard(StepDialog):
    """The wizard. It is no modal dialog: the clerk can go on working while a large file is read or stored."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("Impor pegawai", "&Tutup", self.accept, parent, _WIDTH)
        self._context = context
        self._task: Task | None = None
        self._books: Books = []
        self._planned: object = None
        self._read: tuple[object, Books] = (None, [])
        self._values: Values = {}
        self._build_steps()
        self._connect()

    def start(self) -> None:
        """Show the first step beside the window."""
        self.setModal(False)
        self.setAcceptDrops(True)
        self.go_to(FILES)
        room = self.screen().availableGeometry()
        self.resize(min(self.width(), room.width() - 40), round(room.height() * _SCREEN_SHARE))
        self.show()

    def is_applying(self) -> bool:
        """Return whether the plan is being stored right now."""
        return self.step() == DONE and self._is_working()

    def go_to(self, place: int) -> None:
        """Show a step with the buttons that belong to it."""
        super().go_to(place)
        if place == REVIEW:
            self.next_button.setText("&Terapkan")
        else:
            self.allow_next(allowed=place != FILES or not self.files.problem())
        self._show_buttons()

    def next(self) -> None:
        """Go on; in the third step the plan is stored."""
        if self.step() == REVIEW:
            self.apply()
        elif self.step() != FILES or not self.files.problem():
            super().next()

    def apply(self) -> None:
        """Store the plan with progress; a cancel rolls everything back."""
        lists = self.review.lists
        if lists is None or lists.plan.nothing_to_do or self._is_working():
            return
        plan, books = lists.plan, [book for _, book in self._books]
        self.go_to(DONE)
        self.done_step.begin()
        self._begin_work(
            self._context.bridge.write_task(
                self,
                lambda session, progress: applied(session, plan, books, progress),
                lambda outcome: self._on_applied(outcome.value),
                self._on_apply_refused,
                progress=self.done_step.working.report,
                cancelled=self._on_apply_cancelled,
            )
        )

    def save_refused(self) -> None:
        """Ask where the refused rows are to be saved, for correction."""
        name = f"Ditolak impor pegawai {self._context.today().isoformat()}.xlsx"
        ask_save(self, "Simpan daftar ditolak", name, "Excel (*.xlsx)", self.write_refused)

    def write_refused(self, target: Path) -> None:
        """Write the refused rows to a workbook."""
        lists = self.review.lists
        if lists is None:
            return
        plan = lists.plan
        run_with_progress(
            self,
            "Menulis daftar ditolak",
            lambda report, ending: self._context.bridge.task(
                self,
                lambda _progress: office_import.refused_workbook_of(plan, target),
                ending(lambda count: saved_dialog(self, "Daftar tersimpan", f"{number(count)} baris ditolak.", target)),
                ending(),
                progress=report,
            ),
            can_cancel=False,
        )

    def _build_steps(self) -> None:
        self.files = FilesStep(self._context.bridge)
        self.mapping = MappingStep()
        self.review = ReviewStep(self._context.settings_file)
        self.done_step = DoneStep()
        self.add_step(Step("Berkas", self.files, check=self.files.problem))
        self.add_step(Step("Kolom", self.mapping, entered=self._offer_columns, check=self.mapping.problem))
        self.add_step(Step("Periksa", self.review, entered=self._make_plan))
        self.add_step(Step("Selesai", self.done_step))

    def _connect(self) -> None:
        self.files.changed.connect(self._on_files_changed)
        self.review.full_changed.connect(self._make_plan)
        self.review.save_refused.connect(self.save_refused)
        self.review.fix.fixed.connect(self._on_fixed)
        self.review.fix.taken_back.connect(self._on_fixes_taken_back)
        self.done_step.save_refused.connect(self.save_refused)
        self.destroyed.connect(release)

    def _on_files_changed(self) -> None:
        if self.step() == FILES:
            self.allow_next(allowed=not self.files.problem())
            self._offer_columns()  # made ready now, so that the next step only has to be painted

    def _offer_columns(self) -> None:
        self.mapping.set_workbooks(self.files.workbooks())

    def _on_fixed(self, file: str, cell: str, text: str) -> None:
        if [path.name for path, _ in self._books].count(file) > 1:
            self.say(_SAME_NAMES)
            return
        self._values[file, cell] = text
        self._make_plan()

    def _on_fixes_taken_back(self) -> None:
        self._values.clear()
        self._make_plan()

    def _make_plan(self) -> None:
        """Read corrected files again and compare, unless the plan shown is of the same files, columns and choice."""
        books, corrections, full = self.files.workbooks(), self.mapping.corrections(), self.review.full
        source = (books, corrections)
        if source != self._read[0]:
            self._values.clear()
        wanted = (source, dict(self._values), full)
        if wanted == self._planned and self.review.lists is not None:
            self._offer_apply()
            return
        self._planned = wanted
        if self._task is not None:
            self._task.cancel()
        self.review.begin()
        self.allow_next(allowed=False)
        given = (self._read[1], {}) if source == self._read[0] else (books, corrections)
        self._begin_plan(wanted, ImportOrder(*given, dict(self._values), self._context.today(), full))

    def _begin_plan(self, wanted: tuple[object, Values, bool], order: ImportOrder) -> None:
        self._begin_work(
            self._context.bridge.read_task(
                self,
                lambda session, progress: planned(session, order, progress),
                lambda found: self._on_planned(wanted, found),
                self._on_plan_refused,
                progress=self.review.working.report,
            )
        )

    def _on_planned(self, wanted: tuple[object, Values, bool], found: PlannedImport) -> None:
        if wanted != self._planned:
            return
        self._read = (wanted[0], found.read)
        self._books = found.books
        self.review.show_plan(found.lists, len(wanted[1]))
        if self.step() == REVIEW:
            self._offer_apply()

    def _on_plan_refused(self, error: DeskError) -> None:
        self._planned = None
        self._values.clear()
        self.go_to(COLUMNS if error.code == "columns_missing" else FILES)
        self.say(error.sentence)

    def _offer_apply(self) -> None:
        lists = self.review.lists
        self.allow_next(allowed=lists is not None and not lists.plan.nothing_to_do)

    def _on_applied(self, result: OfficeResult) -> None:
        lists = self.review.lists
        self.done_step.show_result(result, len(lists.plan.refused) if lists else 0)
        self._planned = None
        self._task = None
        self.go_to(DONE)
        if not self.isActiveWindow():
            self._context.toast(f"Impor selesai: {number(result.people.added)} pegawai baru.", None)

    def _on_apply_cancelled(self) -> None:
        self._task = None
        self.go_to(REVIEW)
        self.say(_CANCELLED)

    def _on_apply_refused(self, error: DeskError) -> None:
        self._task = None
        self._planned = None if error.code == "plan_stale" else self._planned
        self.go_to(REVIEW)
        self.say(error.sentence)

    def _is_working(self) -> bool:
        return self._task is not None and not self._task.finished

    def _begin_work(self, task: Task) -> None:
        if not task.finished:
            self._task = task
            self._show_buttons()

    def _show_buttons(self) -> None:
        last, applying = self.step() == DONE, self.is_applying()
        self.cancel_button.setVisible(not last or applying)
        self.back_button.setVisible(not last)
        self.next_button.setVisible(not last or not applying)

    @override
    def reject(self) -> None:
        """Batal and Esc: stop the storing and keep the plan, or stop the reading and close."""
        if self.is_applying():
            assert self._task is not None
            self._task.cancel()
            self.done_step.say_cancelling()
            return
        self.files.stop()
        if self._task is not None:
            self._task.cancel()
        QDialog.reject(self)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.step() == FILES and event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.files.mark_target(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.files.mark_target(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files.mark_target(over=False)
        event.acceptProposedAction()
        self.files.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
