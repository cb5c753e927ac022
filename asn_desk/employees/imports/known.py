"""The registry as an import compares with it: everybody with the version seen, and all units, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Date, String, select, type_coerce
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.base import StoredEnum
from asn_desk.database.bulk import uncollected
from asn_desk.employees.imports.marks import context_of
from asn_desk.employees.imports.options import switched_on
from asn_desk.employees.imports.plans import Known, KnownPerson, KnownUnit, Person
from asn_desk.employees.imports.post_references import classes_of, load_posts
from asn_desk.employees.model import Employee, ImportMark, PrivateData
from asn_desk.office.model import Unit

_NIP, _LOCAL, _SIASN, _NAME, _BIRTH = (
    2 + Person._fields.index(name) for name in ("nip", "local_number", "siasn_id", "name", "birth_date")
)
Namesake: TypeAlias = tuple[str, date]
"""A name in capitals and a birth date."""


class KnownPeople(Mapping[str, KnownPerson]):
    """People by key. They are read as the database stores them and made into a Person only when asked for."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = {row[_NIP] or f"lokal:{row[_LOCAL]}": row for row in rows}

    def __getitem__(self, key: str) -> KnownPerson:
        """Return one person."""
        row = self._rows[key]
        values = list(row[2:])
        for place, convert in _CONVERT:
            values[place] = convert(values[place])
        return KnownPerson(row[0], row[1], Person._make(values))

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        """Return whether somebody has this key."""
        return key in self._rows

    def keys_by_siasn_id(self) -> dict[str, str]:
        """Return PNS ID -> key."""
        return {row[_SIASN]: key for key, row in self._rows.items() if row[_SIASN] is not None}

    def names_and_births(self) -> Iterator[tuple[str, str, Any]]:
        """Yield key, name and birth date (as stored) of everybody with a NIP."""
        return ((key, row[_NAME], row[_BIRTH]) for key, row in self._rows.items() if row[_NIP])

    def keys_by_id(self) -> dict[tuple[int, int], str]:
        """Return (id, version) -> key."""
        return {(row[0], row[1]): key for key, row in self._rows.items()}


def doubles_among(people: Mapping[str, KnownPerson], wanted: Container[Namesake]) -> dict[Namesake, list[str]]:
    """Return the NIPs of the people who bear these names and birth dates."""
    if isinstance(people, KnownPeople):
        said: Iterable[tuple[str, str, Any]] = people.names_and_births()
    else:
        said = ((key, one.person.name, one.person.birth_date) for key, one in people.items())
    found: dict[Namesake, list[str]] = {}
    for key, name, birth in said:
        if (
            birth
            and (namesake := (name.upper(), birth if isinstance(birth, date) else date.fromisoformat(birth))) in wanted
        ):
            found.setdefault(namesake, []).append(key)
    return found


def load_known(session: Session) -> Known:
    """Return all people by key and all units by id, and which rows they were imported from. Raises DeskError("not_allowed")."""
    require(session, Action.IMPORT_EMPLOYEES)
    with uncollected():
        rows = session.execute(select(Employee.id, Employee.version, *(_raw(name) for name in Person._fields)))
        people = KnownPeople([tuple(row) for row in rows])
        units = load_units(session)
        private = switched_on(session)
        listed = load_posts(session)
        posts = classes_of(listed)
        marks = _marks(session, people, context_of(units, posts))
        return Known(people, units, marks, private, _private(session) if private else {}, posts, tuple(listed))


def load_units(session: Session) -> dict[int, KnownUnit]:
    """Return all units by id."""
    rows = session.execute(select(Unit.id, Unit.siasn_id, Unit.name, Unit.opd_id, Unit.parent_id))
    return {row.id: KnownUnit(row.id, row.siasn_id or "", row.name, row.opd_id, row.parent_id) for row in rows}


def _marks(session: Session, people: KnownPeople, context: bytes) -> dict[bytes, str]:
    keys = people.keys_by_id()
    rows = session.execute(
        select(ImportMark.employee_id, ImportMark.version, ImportMark.digest).where(ImportMark.context == context)
    )
    return {digest: keys[one, version] for one, version, digest in rows if (one, version) in keys}


def _private(session: Session) -> dict[int, str]:
    return {
        row.employee_id: row.content for row in session.execute(select(PrivateData.employee_id, PrivateData.content))
    }


def _column(name: str) -> Any:
    return getattr(Employee, "unit_id" if name == "unit" else name)


def _raw(name: str) -> Any:
    column = _column(name)
    return type_coerce(column, String) if isinstance(column.type, Date | StoredEnum) else column


class _Memo(dict[Any, Any]):
    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._convert(value)
        return found


def _converter(name: str) -> Callable[[Any], Any] | None:
    kind = _column(name).type
    if isinstance(kind, StoredEnum):
        return _Memo(kind.enum).__getitem__
    return (
        _Memo(lambda day: day if isinstance(day, date) else date.fromisoformat(day)).__getitem__
        if isinstance(kind, Date)
        else None
    )


_CONVERT = tuple((place, convert) for place, name in enumerate(Person._fields) if (convert := _converter(name)))
