"""Saved filters: combinations of search text and filters that a user of the list of people gave a name, to pick them again.

Each user has their own; those saved while the office used no accounts belong to everybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.search import folded
from asn_desk.database.work import check_version, work_of
from asn_desk.employees.grades import GRADES, GROUPS
from asn_desk.employees.model import SavedFilter
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit, UnitChange
from asn_desk.office.terms import UnitChangeKind

LONGEST_NAME = 60
_LONGEST_FOLDED = 120
_WHAT = "Saringan ini"
_NOT_USED = "Bagian ini tidak dipakai."
_PARTS = ("text", "opd_id", "without_opd", "kind", "state", "grade", "group")
_KINDS: dict[str, type[StrEnum]] = {"kind": EmployeeKind, "state": EmploymentState}
_LISTED = {"grade": GRADES, "group": GROUPS}
_SPOKEN = {one.value: word for words in (KIND_WORDS, STATE_WORDS) for one, word in words.items()}
_WORDS = {"kind": "Jenis", "state": "Status", "grade": "Golongan", "group": "Kelompok golongan"}


@dataclass(frozen=True)
class FilterName:
    """A saved filter as the list of them names it, what it holds, and the version that a change of it must carry."""

    id: int
    name: str
    about: str
    version: int


@dataclass(frozen=True)
class LoadedFilter:
    """A saved filter as it applies now; `remarks` are sentences about its parts that no longer do and were left out."""

    id: int
    name: str
    version: int
    filter: EmployeeFilter
    remarks: tuple[str, ...]


def saved_filters(session: Session) -> list[FilterName]:
    """Return the saved filters of who works here, by name. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_EMPLOYEES)
    rows = session.scalars(select(SavedFilter).where(_own(session)).order_by(SavedFilter.folded_name, SavedFilter.id))
    return [FilterName(row.id, row.name, _about(json.loads(row.content)), row.version) for row in rows]


def load_filter(session: Session, filter_id: int) -> LoadedFilter:
    """Return a saved filter for use; its OPD is the unit meant when it was saved, under whatever name it has now.

    Raises DeskError("not_allowed" | "filter_missing").
    """
    require(session, Action.SEE_EMPLOYEES)
    record = _loaded(session, filter_id)
    values: dict[str, Any] = json.loads(record.content)
    remarks = list(_outdated(session, values))
    parts = {name: values[name] for name in _PARTS if name in values}
    parts |= {name: kind(parts[name]) for name, kind in _KINDS.items() if name in parts}
    return LoadedFilter(record.id, record.name, record.version, EmployeeFilter(**parts), tuple(remarks))


def save_filter(session: Session, name: str, wanted: EmployeeFilter) -> int:
    """Keep a combination under a name and return its id; the order of the list is no part of it.

    Raises DeskError("not_allowed" | "filter_empty" | "filter_name").
    """
    require(session, Action.SEE_EMPLOYEES)
    content = _content(session, wanted)
    plain = _checked_name(session, name)
    record = SavedFilter(user_id=work_of(session).user_id, name=plain, folded_name=folded(plain), content=content)
    session.add(record)
    session.flush()
    return record.id


def replace_filter(session: Session, filter_id: int, wanted: EmployeeFilter, version: int) -> None:
    """Keep another combination under the same name. Raises as `save_filter`, StaleRecord and DeskError("filter_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    record = _loaded(session, filter_id)
    check_version(record, version, _WHAT)
    record.content = _content(session, wanted)
    session.flush()


def rename_filter(session: Session, filter_id: int, name: str, version: int) -> None:
    """Give a saved filter another name. Raises StaleRecord and DeskError("not_allowed" | "filter_missing" | "filter_name")."""
    require(session, Action.SEE_EMPLOYEES)
    record = _loaded(session, filter_id)
    check_version(record, version, _WHAT)
    record.name = _checked_name(session, name, own_id=filter_id)
    record.folded_name = folded(record.name)
    session.flush()


def delete_filter(session: Session, filter_id: int, version: int) -> None:
    """Forget a saved filter; no person is touched. Raises StaleRecord and DeskError("not_allowed" | "filter_missing")."""
    require(session, Action.SEE_EMPLOYEES)
    record = _loaded(session, filter_id)
    check_version(record, version, _WHAT)
    session.delete(record)
    session.flush()


def _own(session: Session) -> ColumnElement[bool]:
    user_id = work_of(session).user_id
    shared = SavedFilter.user_id.is_(None)
    return shared if user_id is None else or_(shared, SavedFilter.user_id == user_id)


def _loaded(session: Session, filter_id: int) -> SavedFilter:
    record = session.scalars(select(SavedFilter).where(SavedFilter.id == filter_id, _own(session))).one_or_none()
    if record is None:
        raise DeskError("filter_missing", "Saringan ini tidak ada lagi. Muat ulang daftar saringan.")
    return record


def _checked_name(session: Session, name: str, own_id: int | None = None) -> str:
    plain = " ".join(name.split())
    compared = folded(plain)
    said = ""
    if not compared:
        said = "Isi nama saringan."
    elif len(plain) > LONGEST_NAME or len(compared) > _LONGEST_FOLDED:
        said = f"Nama saringan paling banyak {LONGEST_NAME} huruf."
    else:
        same = select(SavedFilter.id, SavedFilter.name).where(_own(session), SavedFilter.folded_name == compared)
        taken = [row.name for row in session.execute(same) if row.id != own_id]
        said = f"Sudah ada saringan bernama “{taken[0]}”. Pilih nama lain." if taken else ""
    if said:
        raise DeskError("filter_name", said, fields={"name": said})
    return plain


def _content(session: Session, wanted: EmployeeFilter) -> str:
    if wanted.unit_ids:
        raise ValueError("a saved filter names an OPD, never single units")
    values = {name: value for name in _PARTS if (value := getattr(wanted, name)) not in (None, "", False)}
    if not values:
        said = "Belum ada yang disaring. Ketik pencarian atau pilih saringan dahulu, lalu simpan."
        raise DeskError("filter_empty", said)
    if wanted.opd_id is not None:
        unit = session.get(Unit, wanted.opd_id)
        if unit is None:
            raise DeskError("filter_unit", "OPD yang dipilih tidak ada lagi. Pilih OPD lain, lalu simpan.")
        values |= {"opd": unit.name, "opd_siasn_id": unit.siasn_id or ""}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _about(values: dict[str, Any]) -> str:
    """Return what a combination holds in words, as it was when it was saved."""
    parts = [f"mengandung “{values['text']}”"] if "text" in values else []
    parts += [values["opd"]] if "opd" in values else []
    parts += ["tanpa OPD"] if "without_opd" in values else []
    parts += [_SPOKEN.get(values[name], values[name]) for name in _KINDS if name in values]
    parts += [f"{_WORDS[name].lower()} {values[name]}" for name in _LISTED if name in values]
    return "; ".join(parts)


def _outdated(session: Session, values: dict[str, Any]) -> Iterator[str]:
    """Take the parts that no longer apply out of the values, and say of each why."""
    if "opd_id" in values and (said := _about_opd(session, values)):
        del values["opd_id"]
        yield f"{said} {_NOT_USED}"
    for name, kind in _KINDS.items():
        if name in values and values[name] not in {one.value for one in kind}:
            yield f"{_WORDS[name]} “{values.pop(name)}” tidak dikenal lagi. {_NOT_USED}"
    for name, known in _LISTED.items():
        if name in values and values[name] not in known:
            yield f"{_WORDS[name]} “{values.pop(name)}” tidak dikenal lagi. {_NOT_USED}"


def _about_opd(session: Session, values: dict[str, Any]) -> str:
    """Return what happened to the OPD of a saved filter, an empty text when it is one still."""
    name, unit = values["opd"], session.get(Unit, values["opd_id"])
    if unit is None or not _is_the_same(session, unit, values):
        return f"OPD “{name}” tidak ada lagi."
    if not unit.active:
        into = _merged_into(session, unit.id)
        return f"OPD “{name}” sudah digabung ke “{into}”." if into else f"OPD “{name}” sudah ditutup."
    if unit.opd_id != unit.id:
        above = session.get(Unit, unit.opd_id) if unit.opd_id is not None else None
        return f"“{name}” bukan OPD lagi" + (f", melainkan bagian dari “{above.name}”." if above else ".")
    return ""


def _is_the_same(session: Session, unit: Unit, values: dict[str, Any]) -> bool:
    """Return whether the number still means the unit that was saved: the number of a deleted unit may be given again."""
    if unit.name == values["opd"] or (unit.siasn_id and unit.siasn_id == values["opd_siasn_id"]):
        return True
    return _change(session, unit.id, UnitChangeKind.RENAMED) is not None


def _merged_into(session: Session, unit_id: int) -> str:
    change = _change(session, unit_id, UnitChangeKind.MERGED)
    into = session.get(Unit, change.into_id) if change is not None and change.into_id is not None else None
    return into.name if into is not None else ""


def _change(session: Session, unit_id: int, kind: UnitChangeKind) -> UnitChange | None:
    of_unit = select(UnitChange).where(UnitChange.unit_id == unit_id, UnitChange.kind == kind)
    return session.scalars(of_unit.order_by(UnitChange.id.desc()).limit(1)).first()
