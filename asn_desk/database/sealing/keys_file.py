"""The key file `kunci.json` of an encrypted office: the data key, wrapped once per user and once for the recovery sheet.

It names nobody: a user's entry carries the number of the record and a slow hash (argon2id) of the name, which the sign-in
needs before the database can be read. It lies in the folder twice, and each backup carries it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.sealing.keys import KEY_BYTES, DataKey
from asn_desk.errors import DeskError

KEY_NAME, COPY_NAME = "kunci.json", "kunci-salinan.json"
FORMAT = 1
LARGEST = 4 << 20  # ten thousand users
_SALT, _NONCE, _TAG = 16, 12, 16
_PASSES, _MEMORY_KB, _LANES = 3, 65_536, 4  # RFC 9106, second recommended set; another choice is another FORMAT
_HEX = "^[0-9a-f]*$"


class Slot(BaseModel):
    """The data key, wrapped by AES-256-GCM under what argon2id makes of a password or code and `salt`. Hexadecimal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    salt: str = Field(pattern=_HEX, min_length=2 * _SALT, max_length=2 * _SALT)
    nonce: str = Field(pattern=_HEX, min_length=2 * _NONCE, max_length=2 * _NONCE)
    wrapped: str = Field(pattern=_HEX, min_length=2 * (KEY_BYTES + _TAG), max_length=2 * (KEY_BYTES + _TAG))


class UserSlot(Slot):
    """One user's entry. `who` is the slow hash of the name, `name` its fingerprint under the data key."""

    user_id: int
    who: str = Field(pattern=_HEX)
    name: str = Field(pattern=_HEX)


class KeyFile(BaseModel):
    """All entries. `mark` says which data key this is; `pepper` goes into the hashes of the names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = Field(ge=1)
    mark: str = Field(pattern=_HEX)
    pepper: str = Field(pattern=_HEX, min_length=2 * _SALT, max_length=2 * _SALT)
    recovery: Slot
    users: tuple[UserSlot, ...] = ()

    def entries_of(self, name: str) -> tuple[UserSlot, ...]:
        """Return the entries of the user with this name: usually one, none for an unknown name."""
        who = _who(name, self.pepper)
        return tuple(slot for slot in self.users if slot.who == who)

    def opened(self, entries: Sequence[UserSlot], password: str) -> DataKey | None:
        """Return the data key when the password opens one of a user's entries; else None, after the same work."""
        if not entries:
            _stretched(password, secrets.token_bytes(_SALT))
        return next(filter(None, (_unwrapped(slot, password, self._bound(slot)) for slot in entries)), None)

    def opened_by(self, name: str, password: str) -> DataKey | None:
        """Return the data key when this user's password opens an entry; else None, after the same work."""
        return self.opened(self.entries_of(name), password)

    def opened_by_code(self, code: str) -> DataKey | None:
        """Return the data key when the code of the recovery sheet (in its normal form) opens it."""
        return _unwrapped(self.recovery, code, self._bound(self.recovery))

    def with_user(self, key: DataKey, user_id: int, name: str, password: str) -> KeyFile:
        """Return the file with one more entry for this user, at the end."""
        slot = _wrapped(key, password, _bound(self.mark, user_id))
        more = {"user_id": user_id, "who": _who(name, self.pepper), "name": key.fingerprint(folded(name))}
        return self.model_copy(update={"users": (*self.users, UserSlot(**slot.model_dump(), **more))})

    def with_recovery(self, key: DataKey, code: str) -> KeyFile:
        """Return the file with another recovery code instead of the present one."""
        return self.model_copy(update={"recovery": _wrapped(key, code, _bound(self.mark, 0))})

    def kept_to(self, key: DataKey, people: Mapping[int, str], fresh: Iterable[int] = ()) -> KeyFile:
        """Return the file in step with the users (id to name): others' entries go, changed names are taken over.

        `fresh`: users whose password was just changed; of theirs only the newest entry stays.
        """
        newest = {slot.user_id: slot for slot in self.users}
        again = set(fresh)
        kept = (slot for slot in self.users if slot.user_id in people)
        users = [slot for slot in kept if slot.user_id not in again or newest[slot.user_id] is slot]
        return self.model_copy(update={"users": tuple(self._renamed(key, slot, people) for slot in users)})

    def _renamed(self, key: DataKey, slot: UserSlot, people: Mapping[int, str]) -> UserSlot:
        name = people[slot.user_id]
        seen = key.fingerprint(folded(name))
        if seen == slot.name:
            return slot
        return slot.model_copy(update={"who": _who(name, self.pepper), "name": seen})

    def has_user(self, user_id: int) -> bool:
        """Return whether this user can open the data by themselves."""
        return any(slot.user_id == user_id for slot in self.users)

    def _bound(self, slot: Slot) -> bytes:
        return _bound(self.mark, slot.user_id if isinstance(slot, UserSlot) else 0)


def make(key: DataKey, code: str) -> KeyFile:
    """Return a key file that only the recovery code opens as yet."""
    mark = key.mark.hex()
    pepper = secrets.token_bytes(_SALT).hex()
    return KeyFile(format=FORMAT, mark=mark, pepper=pepper, recovery=_wrapped(key, code, _bound(mark, 0)))


def folded(name: str) -> str:
    """Return a user's name as the sign-in compares it: no matter how large the letters, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def parse(data: bytes, where: str) -> KeyFile:
    """Return a key file read from bytes. Raises DeskError("key_file_damaged" | "key_file_newer")."""
    try:
        found = KeyFile.model_validate_json(data)
    except ValidationError as error:
        raise DeskError(
            "key_file_damaged",
            f"Berkas kunci {where} rusak. Ambil {KEY_NAME} dari cadangan terakhir, letakkan di folder data, lalu ulangi. "
            "Data kantor tidak tersentuh.",
        ) from error
    if found.format > FORMAT:
        raise DeskError(
            "key_file_newer",
            f"Berkas kunci {where} dibuat oleh ASN Desk yang lebih baru. Pasang versi terbaru, lalu ulangi.",
        )
    return found


def load(folder: Path, mark: bytes | None = None) -> KeyFile | None:
    """Return the key file of a data folder, from its copy where the first is lost; None when there is none.

    With `mark` only a file for that key counts. Raises DeskError("key_file_damaged") when all there is cannot be read.
    """
    trouble: DeskError | None = None
    for name in (KEY_NAME, COPY_NAME):
        file = folder / name
        try:
            if not file.is_file() or file.stat().st_size > LARGEST:
                continue
            found = parse(file.read_bytes(), str(file))
        except OSError as error:
            raise disk_problem(error, folder) from error
        except DeskError as error:
            trouble = trouble or error
            continue
        if mark is None or found.mark == mark.hex():
            return found
    if trouble is not None:
        raise trouble
    return None


def whole_one(folder: Path, mark: bytes) -> Path:
    """Return which of the two files holds the key file for this mark. Raises DeskError as `load`."""
    found = load(folder, mark)
    first = folder / KEY_NAME
    good = found is not None and first.is_file() and first.read_bytes() == data_of(found)
    return first if good else folder / COPY_NAME


def save(folder: Path, file: KeyFile) -> None:
    """Write the key file and its copy, one after the other: a whole one is there at any moment. Raises EnvironmentProblem."""
    try:
        for name in (KEY_NAME, COPY_NAME):
            write_durably(folder / name, data_of(file))
    except OSError as error:
        raise disk_problem(error, folder) from error


def data_of(file: KeyFile) -> bytes:
    """Return the bytes of a key file."""
    return file.model_dump_json(indent=1).encode()


def lies_in(folder: Path) -> bool:
    """Return whether a folder holds a key file or its copy, so that its data are encrypted."""
    return any((folder / name).exists() for name in (KEY_NAME, COPY_NAME))


def remove(folder: Path) -> None:
    """Remove the key file and its copy. Raises OSError."""
    for name in (KEY_NAME, COPY_NAME):
        (folder / name).unlink(missing_ok=True)


def put(source: Path, folder: Path) -> None:
    """Move a whole key file into a folder; the copy there stays as it is until `copy_again`. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        source.replace(folder / KEY_NAME)


def copy_again(folder: Path) -> None:
    """Make the copy of the key file like the key file. Raises OSError."""
    if (folder / KEY_NAME).exists():
        write_durably(folder / COPY_NAME, (folder / KEY_NAME).read_bytes())


def _who(name: str, pepper: str) -> str:
    return _stretched(folded(name), bytes.fromhex(pepper))[:16].hex()


def _stretched(password: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    plain = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(plain, salt, _PASSES, _MEMORY_KB, _LANES, KEY_BYTES, Type.ID)


def _bound(mark: str, user_id: int) -> bytes:
    """Return what an entry is bound to: it opens nothing in another office's file or in another user's place."""
    return f"{mark}:{user_id}".encode()


def _wrapped(key: DataKey, password: str, bound: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    wrapped = AESGCM(_stretched(password, salt)).encrypt(nonce, key.secret, bound)
    return Slot(salt=salt.hex(), nonce=nonce.hex(), wrapped=wrapped.hex())


def _unwrapped(slot: Slot, password: str, bound: bytes) -> DataKey | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    opener = AESGCM(_stretched(password, bytes.fromhex(slot.salt)))
    try:
        return DataKey(opener.decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), bound))
    except InvalidTag:
        return None
