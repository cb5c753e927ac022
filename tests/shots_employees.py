"""Pictures of the registry: a person's history, the import's preview with a cell being corrected, its lists, Riwayat impor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from asn_desk.employees.reading.columns import PostField
from asn_desk.employees.terms import EmployeeKind
from asn_desk.paths import resource
from tests.core.dirty_workbook import write_dirty
from tests.core.employee_files import nip, write_xlsx
from ui.employees.import_list import ImportListDialog
from ui.employees.import_wizard import ImportWizard
from ui.employees.page import EmployeesPage
from ui.employees.saved_filters_dialog import SavedFiltersDialog
from ui.main_window import MainWindow
from ui.shared.dialogs import CommandDialog

Settle = Callable[[], None]
Picture = Callable[[QWidget, Path], Path]
_SIZE = (980, 660)
_POSTS = (PostField.NAME.value, PostField.LEVEL.value, PostField.AGE.value)
_ROWS = (("Arsiparis Ahli Madya", "AHLI MADYA", 60.0), ("Penelaah Teknis Kebijakan", "", 58.0))


def employees_pictures(
    window: MainWindow, work: Path, out: Path, name: str, settle: Settle, picture: Picture
) -> Iterator[Path]:
    """Yield the pictures; the files to import are written to `work`, `name` is the setting's part of the file names."""
    window.open_page("employees")
    settle()
    page = window.current_page()
    assert isinstance(page, EmployeesPage)
    page.table.select_first()
    settle()
    yield picture(window, out / f"employees_history-{name}.png")
    yield from _saved_filter(window, page, out, name, settle, picture)
    yield from _wizard(page, work, out, name, settle, picture)
    page.open_imports()
    settle()
    for dialog in page.findChildren(ImportListDialog):
        yield picture(dialog, out / f"employees_imports-{name}.png")
        dialog.close()


def _saved_filter(
    window: MainWindow, page: EmployeesPage, out: Path, name: str, settle: Settle, picture: Picture
) -> Iterator[Path]:
    """A combination being saved, in use, and in the list of saved ones; the filters are off afterwards."""
    page.search.setText("guru")
    page.kind.set_value(EmployeeKind.PPPK)
    page.kind.chosen.emit(EmployeeKind.PPPK)
    settle()
    page.saved.save()
    settle()
    for asking in window.findChildren(CommandDialog):
        yield picture(asking, out / f"employees_filter_save-{name}.png")
        asking.form.set_values({"name": "Guru PPPK"})
        asking.confirm_button.click()
    settle()
    yield picture(window, out / f"employees_filter-{name}.png")
    page.saved.manage()
    settle()
    for listing in window.findChildren(SavedFiltersDialog):
        yield picture(listing, out / f"employees_filters-{name}.png")
        listing.close()
    page.open_target(0)
    settle()


def _wizard(page: EmployeesPage, work: Path, out: Path, name: str, settle: Settle, picture: Picture) -> Iterator[Path]:
    work.mkdir(parents=True, exist_ok=True)
    page.open_import()
    wizard = page.wizard
    assert wizard is not None
    wizard.resize(*_SIZE)
    wizard.files.add([*_files(work), resource("sample", "hierarki-unor.xlsx")])
    for step in ("files", "columns", "refused"):
        settle()
        settle()
        yield picture(wizard, out / f"employees_import_{step}-{name}.png")
        if step != "refused":
            wizard.next()
    yield from _corrected(wizard, out, name, settle, picture)
    QDialog.reject(wizard)


def _files(work: Path) -> tuple[Path, Path]:
    posts = [dict(zip(_POSTS, row, strict=True)) for row in _ROWS]
    return write_dirty(work / "pegawai.xlsx").path, write_xlsx(work / "jabatan.xlsx", posts, headers=_POSTS)


def _corrected(wizard: ImportWizard, out: Path, name: str, settle: Settle, picture: Picture) -> Iterator[Path]:
    review = wizard.review
    review.fix.field.setText(nip(1000))
    review.fix.fix_button.click()
    settle()
    settle()
    review.fix.field.setText(nip(1001))
    yield picture(wizard, out / f"employees_import_corrected-{name}.png")
    for key in ("new", "warnings", "posts"):
        review.show_list(key)
        settle()
        yield picture(wizard, out / f"employees_import_{key}-{name}.png")
