"""An office in which every recorded table holds a row: written by the program's own bulk statements where it has such."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, Table, func, select
from sqlalchemy.orm import Session

from asn_desk.circulars import service
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.refreshing import add_people, plan_refresh, refresh_audience
from asn_desk.circulars.service import Signed
from asn_desk.database import files
from asn_desk.database.base import Base, StoredEnum
from asn_desk.desk import Desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.model import Employee
from asn_desk.office.units import MoveUnit, move_unit
from tests.core.circulars_office import people_of, published
from tests.core.employee_files import person, write_xlsx

TODAY = date(2024, 9, 9)
MOVED = {"TMT JABATAN": "01-03-2024", "JABATAN NAMA": "Arsiparis"}


def work(desk: Desk, folder: Path) -> None:
    """Import people twice, undo a third import, publish, sign a pile, print lists, move a unit, and fill the rest."""
    imported(desk, folder, [person(one) for one in range(1, 13)])
    imported(desk, folder, [person(1, **MOVED), person(2, NAMA="MELATI BARU"), person(3, KEDUDUKAN="x")])
    run = imported(desk, folder, [person(4, **MOVED), person(20)])
    desk.write(lambda session: importing.undo_import(session, run))
    made = published(desk)
    ids = [row.id for row in people_of(desk, made.version_id)]
    desk.write(lambda session: service.sign_many(session, [Signed(one) for one in ids[:3]]))
    desk.write(lambda session: service.prepare_sheets(session, RecipientFilter(made.version_id)))
    desk.write(lambda session: follow(session, made.circular_id))
    desk.write(lambda session: files.store(session, b"pindaian", files.PNG))
    desk.write(fill)


def imported(desk: Desk, folder: Path, rows: list[dict[str, Any]]) -> int:
    """Import rows and return the number of the run."""
    book = workbook.read(write_xlsx(folder / "orang.xlsx", rows))
    plan = importing.plan([book], desk.read(importing.load_known), TODAY)
    run = desk.write(lambda session: importing.apply(session, plan)).value.run_id
    assert run is not None
    return run


def follow(session: Session, circular_id: int) -> None:
    """Let somebody join, and one move to another OPD with the unit, and bring the audience up to date."""
    joined = session.scalars(select(Employee).order_by(Employee.id)).first()
    assert joined is not None
    known = {row.id for row in session.scalars(select(Employee).where(Employee.unit_id == joined.unit_id))}
    add_people(session, circular_id, sorted(known), "Ditambahkan")
    units = Base.metadata.tables["units"]
    hospital = session.execute(select(units).where(units.c.name == "RSUD Kota Contoh")).one()
    move_unit(session, MoveUnit(hospital.id, None, hospital.version))
    refresh_audience(session, plan_refresh(session, circular_id))


def fill(session: Session) -> None:
    """Add a row, with a value in every column, to each recorded table that is still empty."""
    mappers = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        model = mappers[table]
        if model.__audited__ and not session.scalar(select(func.count()).select_from(table)):
            session.add(model(**{column.key: value_for(session, column) for column in table.columns}))
            session.flush()


def value_for(session: Session, column: Column[Any]) -> Any:
    """Return a value that the column takes: of the table it points at, or of its type."""
    for key in column.foreign_keys:
        table: Table = key.column.table
        return session.scalar(select(key.column).order_by(*table.primary_key.columns).limit(1))
    if isinstance(column.type, StoredEnum):
        return next(iter(column.type.enum.__members__.values()))
    for kind, value in (
        (Boolean, True), (Integer, 1), (Float, 0.25), (DateTime, datetime(2024, 9, 9, 3, tzinfo=UTC)), (Date, TODAY), (LargeBinary, b"x"),
    ):  # fmt: skip
        if isinstance(getattr(column.type, "impl_instance", column.type), kind):
            return value
    return "{}" if column.name == "data" else "uji"
