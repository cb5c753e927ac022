"""The verb `users`: the list of users, new ones, their roles and passwords."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from asn_desk.accounts import queries, service
from asn_desk.accounts.queries import UserRow
from asn_desk.accounts.terms import ROLE_WORDS, Role
from asn_desk.cli.folders import NEW_PASSWORD_VARIABLE, PASSWORD_VARIABLE, office_desk, secret
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk
from asn_desk.errors import DeskError

_NEW_PROMPT = "Kata sandi baru: "


def users(arguments: argparse.Namespace) -> Answer:
    """Show or change the users. A temporary password is printed once and stored nowhere but as a hash."""
    with office_desk(arguments) as desk:
        return _ACTIONS[arguments.what](desk, arguments)


def _list(desk: Desk, _arguments: argparse.Namespace) -> Answer:
    rows = desk.read(queries.users)
    lines = tuple(f"{row.name}, {ROLE_WORDS[row.role]}{_state(row)}" for row in rows)
    return Answer({"accounts_on": desk.accounts_on(), "users": [_data(row) for row in rows]}, lines)


def _data(row: UserRow) -> dict[str, object]:
    return {
        "id": row.id, "name": row.name, "role": row.role.value, "active": row.active,
        "grants": sorted(row.grants), "has_password": row.has_password, "must_change": row.must_change,
    }  # fmt: skip


def _state(row: UserRow) -> str:
    if not row.active:
        return ", nonaktif"
    return ", kata sandi sementara" if row.must_change else "" if row.has_password else ", tanpa kata sandi"


def _add(desk: Desk, arguments: argparse.Namespace) -> Answer:
    name, role = _named(arguments), Role(arguments.role or Role.OPERATOR)
    made = desk.write(lambda session: service.add_user(session, name, role)).value
    return Answer({"id": made, "name": name, "role": role.value}, (f"{name} ditambahkan sebagai {ROLE_WORDS[role]}.",))


def _role(desk: Desk, arguments: argparse.Namespace) -> Answer:
    if arguments.role is None:
        raise DeskError("role_missing", "Sebutkan peran barunya dengan --role PERAN.")
    row, role = _found(desk, arguments), Role(arguments.role)
    desk.write(lambda session: service.set_role(session, row.id, role, row.version))
    return Answer({"id": row.id, "role": role.value}, (f"{row.name} sekarang {ROLE_WORDS[role]}.",))


def _password(desk: Desk, arguments: argparse.Namespace) -> Answer:
    viewer, name = desk.viewer, _named(arguments)
    if viewer is not None and viewer.name.casefold() == name.casefold():
        old = secret(PASSWORD_VARIABLE, "Kata sandi lama: ")
        desk.change_password(old, secret(NEW_PASSWORD_VARIABLE, _NEW_PROMPT))
        return Answer({"id": viewer.user_id, "changed": True}, ("Kata sandi Anda diganti.",))
    row = _found(desk, arguments)
    word = desk.write(lambda session: service.set_password(session, row.id, row.version)).value
    line = f"Kata sandi sementara {row.name}: {word} (harus diganti saat masuk pertama kali)."
    return Answer({"id": row.id, "temporary_password": word}, (line,))


def _on(desk: Desk, arguments: argparse.Namespace) -> Answer:
    row = _found(desk, arguments)
    word = secret(NEW_PASSWORD_VARIABLE, _NEW_PROMPT)
    desk.write(lambda session: service.turn_on(session, row.id, word, row.version))
    return Answer({"id": row.id, "accounts_on": True}, (f"Akun dinyalakan; {row.name} administrator pertama.",))


def _named(arguments: argparse.Namespace) -> str:
    if not arguments.name:
        raise DeskError("name_missing", f"Sebutkan namanya: users {arguments.what} NAMA.")
    return str(arguments.name)


def _found(desk: Desk, arguments: argparse.Namespace) -> UserRow:
    name = _named(arguments)
    for row in desk.read(queries.users):
        if row.name.casefold() == name.casefold():
            return row
    raise DeskError("user_missing", f"Tidak ada pengguna bernama {name}. Lihat daftarnya dengan users list.")


_ACTIONS: dict[str, Callable[[Desk, argparse.Namespace], Answer]] = {
    "list": _list,
    "add": _add,
    "role": _role,
    "password": _password,
    "on": _on,
}
