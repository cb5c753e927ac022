"""The worker threads' part of the import: files read again with other columns, cells corrected, planned, stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from asn_desk.employees import importing
from asn_desk.employees.imports import office_import
from asn_desk.employees.imports.corrections import corrected
from asn_desk.employees.imports.office_import import OfficePlan, OfficeResult
from asn_desk.employees.reading.columns import Mapping
from asn_desk.employees.reading.sheets import Workbook
from ui.employees.import_files import read_again, stopper
from ui.employees.import_lists import PlanLists, plan_lists
from ui.employees.steady import steady
from ui.shared.progress import Progress

Books = list[tuple[Path, Workbook]]
Values = dict[tuple[str, str], str]


@dataclass(frozen=True)
class ImportOrder:
    """What is to be planned: the files as read, columns corrected since, cells corrected in the preview."""

    books: Books
    corrections: dict[Path, dict[str, Mapping]]
    values: Values
    today: date
    full: bool


@dataclass(frozen=True)
class PlannedImport:
    """The files as read, the same with their corrected cells, and what importing them would do."""

    read: Books
    books: Books
    lists: PlanLists


def planned(session: Any, order: ImportOrder, progress: Progress) -> PlannedImport:
    """Read files again whose columns were corrected, and plan; on a worker thread."""
    mappings = order.corrections
    read = [
        (path, read_again(session, path, progress, mappings[path]) if path in mappings else book)
        for path, book in order.books
    ]
    with steady():
        books = [book for _, book in read]
        books = corrected(books, order.values) if order.values else books
        plan = office_import.plan_all(
            books, importing.load_known(session), order.today, full=order.full, progress=progress,
            cancelled=stopper(progress),
        )  # fmt: skip
        return PlannedImport(
            read, [(path, book) for (path, _), book in zip(read, books, strict=True)], plan_lists(plan)
        )


def applied(session: Any, plan: OfficePlan, books: list[Workbook], progress: Progress) -> OfficeResult:
    """Store a plan; on the writing thread."""
    with steady():
        return office_import.apply_all(session, plan, books, progress=progress, cancelled=stopper(progress))
