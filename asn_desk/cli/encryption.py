"""The verb `encryption`: whether the office's data are encrypted, switching that on and off, and the recovery sheet."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from asn_desk.accounts import recovery, recovery_acts
from asn_desk.accounts.recovery_keys import OfficeKeys, key_file_in, needs_key, unlock_backup, unlock_backup_with_code
from asn_desk.cli.folders import NEW_PASSWORD_VARIABLE, PASSWORD_VARIABLE, data_root, office_desk, secret
from asn_desk.cli.output import Answer
from asn_desk.database.sealing import cipher, keys_file
from asn_desk.desk import OfficeClock, open_desk
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

CODE_VARIABLE = "ASN_DESK_PEMULIHAN"
_STAGES = {
    "database": "Menyalin basis data",
    "files": "Menyalin berkas tersimpan",
    "backups": "Menyalin cadangan lama",
    "check": "Memeriksa hasilnya",
    "move_database": "Menempatkan hasilnya",
}


def add_encryption(parser: argparse.ArgumentParser) -> None:
    """Add the words of `encryption`."""
    parser.add_argument("what", choices=tuple(_ACTIONS), metavar="|".join(_ACTIONS))
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="LEMBAR.pdf",
        help="tempat lembar pemulihan baru ditulis; cetak, lalu hapus berkas itu",
    )


def encryption(arguments: argparse.Namespace) -> Answer:
    """Show or change the encryption of the office's data. The recovery code is taken from ASN_DESK_PEMULIHAN or asked for."""
    return _ACTIONS[arguments.what](arguments)


def open_backup_key(arguments: argparse.Namespace) -> None:
    """Open the key of an encrypted backup before it is restored: by the recovery sheet, else by a user's password then.

    Raises DeskError("sign_in_needed" | "sign_in" | "recovery_code"), and those of a damaged backup.
    """
    file = key_file_in(arguments.backup)
    if file is None or not needs_key(file):
        return
    if arguments.recovery:
        unlock_backup_with_code(file, _code())
    elif arguments.as_name:
        unlock_backup(file, arguments.as_name, secret(PASSWORD_VARIABLE, f"Kata sandi {arguments.as_name}: "))
    else:
        raise DeskError(
            "sign_in_needed",
            "Cadangan ini terenkripsi. Tambahkan --as NAMA dan kata sandinya, atau --recovery dan kode lembar pemulihan.",
        )


def unlock_for_reading(paths: DataPaths, name: str | None) -> None:
    """Open the key of locked data for a verb that only reads. Raises DeskError("sign_in_needed" | "sign_in")."""
    keys = OfficeKeys(paths)
    if not keys.locked:
        return
    if not name:
        raise DeskError("sign_in_needed", "Data ini terenkripsi. Tambahkan --as NAMA dan kata sandinya.")
    keys.unlock(name, secret(PASSWORD_VARIABLE, f"Kata sandi {name}: "))


def _status(arguments: argparse.Namespace) -> Answer:
    paths = DataPaths(data_root(arguments))
    mark = cipher.mark_of(paths.database)
    file = None if mark is None else keys_file.load(paths.root, mark)
    if file is None:
        return Answer({"encrypted": False}, ("Data tidak terenkripsi.",))
    users = len({slot.user_id for slot in file.users})
    return Answer({"encrypted": True, "users": users}, (f"Data terenkripsi; {users} pengguna dapat membukanya.",))


def _on(arguments: argparse.Namespace) -> Answer:
    with office_desk(arguments) as desk:
        code, typed = _tested_code(arguments)
        recovery_acts.encrypt(desk, _own_password(arguments), code, typed, _say(arguments))
        made = desk.backup()
    lines = (
        "Data kantor sekarang terenkripsi. Simpan lembar pemulihan di brankas.",
        f"Cadangan terenkripsi yang pertama: {made.path}.",
        "Pengguna lain perlu masuk satu kali selagi program terbuka agar dapat membukanya sendiri.",
        "Cadangan lama di luar folder data (diska lepas, folder jaringan) belum terenkripsi: hapus bila tidak diperlukan.",
    )
    return Answer({"encrypted": True, "backup": made.path}, lines)


def _off(arguments: argparse.Namespace) -> Answer:
    with office_desk(arguments) as desk:
        recovery_acts.decrypt(desk, _own_password(arguments), _say(arguments))
    return Answer({"encrypted": False}, ("Enkripsi dimatikan; siapa pun yang memegang folder data dapat membacanya.",))


def _sheet(arguments: argparse.Namespace) -> Answer:
    with office_desk(arguments) as desk:
        code, typed = _tested_code(arguments)
        recovery_acts.renew_sheet(desk, _own_password(arguments), code, typed)
    return Answer({"renewed": True}, ("Lembar pemulihan baru berlaku; musnahkan yang lama.",))


def _recover(arguments: argparse.Namespace) -> Answer:
    if not arguments.as_name:
        raise DeskError("name_missing", "Sebutkan administratornya: encryption recover --as NAMA.")
    desk = open_desk(data_root(arguments))
    try:
        new = secret(NEW_PASSWORD_VARIABLE, "Kata sandi baru: ")
        recovery_acts.recover(desk, _code(), arguments.as_name, new)
    finally:
        desk.close()
    return Answer({"recovered": True}, ("Data terbuka dan kata sandi baru berlaku. Simpan kembali lembar pemulihan.",))


def _tested_code(arguments: argparse.Namespace) -> tuple[str, dict[int, str]]:
    """Return a new code that was written as a sheet and typed back; one from the environment was typed back in full."""
    if CODE_VARIABLE in os.environ:
        code = recovery.normal(os.environ[CODE_VARIABLE])
        return code, dict(enumerate(recovery.groups(code)))
    if arguments.sheet is None or not sys.stdin.isatty():
        raise DeskError(
            "sheet_missing", "Sebutkan tempat lembar pemulihan dengan --sheet LEMBAR.pdf dan jalankan di terminal."
        )
    from asn_desk.accounts.recovery_sheet import save_sheet

    code = recovery.new_code()
    save_sheet(arguments.sheet, code, OfficeClock().today())
    print(f"Cetak {arguments.sheet}, lalu ketik kembali dari kertasnya.", file=sys.stderr)
    typed = {place: secret("", f"Kelompok {place + 1}: ") for place in recovery.asked_places()}
    return code, typed


def _own_password(arguments: argparse.Namespace) -> str:
    return secret(PASSWORD_VARIABLE, f"Kata sandi {arguments.as_name} sekali lagi: ")


def _code() -> str:
    return secret(CODE_VARIABLE, "Kode lembar pemulihan: ")


def _say(arguments: argparse.Namespace) -> Callable[[str], None]:
    def say(stage: str) -> None:
        if stage in _STAGES and not arguments.json:
            print(f"{_STAGES[stage]} …", file=sys.stderr)

    return say


_ACTIONS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "status": _status,
    "on": _on,
    "off": _off,
    "sheet": _sheet,
    "recover": _recover,
}
