"""The columns that the clerk chose, remembered by the header row: next month's export of the same source needs no mapping."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees.model import ColumnMemory
from asn_desk.employees.reading.columns import Field, Mapping, guess, normalised
from asn_desk.employees.reading.sheets import Sheet, Workbook

_FIELDS = {key.name: key for key in Field}


def fingerprint(sheet: Sheet) -> str:
    """Return what tells one source's header row from another's: its names, in order, as they are compared."""
    said = "\x1f".join(f"{column.index}:{normalised(column.header)}" for column in sheet.columns)
    return hashlib.sha256(said.encode()).hexdigest()


def guessed(sheet: Sheet) -> Mapping:
    """Return the columns that the program would choose by itself."""
    found = guess([column.header for column in sheet.columns])
    return Mapping({key: sheet.columns[index].index for key, index in found.columns.items()})


def recalled(session: Session, workbook: Workbook) -> dict[str, Mapping]:
    """Return the remembered mappings that differ from how the sheets were read, by sheet name: read the file again with them."""
    require(session, Action.IMPORT_EMPLOYEES)
    found = {}
    for sheet in workbook.sheets:
        record = session.get(ColumnMemory, fingerprint(sheet))
        if record is not None:
            places = {column.index for column in sheet.columns}
            stored: dict[str, int] = json.loads(record.columns)
            mapping = Mapping({_FIELDS[name]: at for name, at in stored.items() if name in _FIELDS and at in places})
            if dict(mapping.columns) != dict(sheet.mapping.columns):
                found[sheet.name] = mapping
    return found


def remember(session: Session, workbooks: Iterable[Workbook]) -> None:
    """Remember the columns of each sheet that the clerk corrected; going back to the guess forgets."""
    for sheet in (sheet for workbook in workbooks for sheet in workbook.sheets):
        key = fingerprint(sheet)
        record = session.get(ColumnMemory, key)
        columns = json.dumps({one.name: at for one, at in sheet.mapping.columns.items()}, sort_keys=True)
        if dict(sheet.mapping.columns) == dict(guessed(sheet).columns):
            if record is not None:
                session.delete(record)
        elif record is None:
            session.add(ColumnMemory(fingerprint=key, columns=columns))
        elif record.columns != columns:
            record.columns = columns
    session.flush()
