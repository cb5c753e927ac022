"""Sealed files: AES-256-GCM in chunks, so that a large scan or backup never has to be in memory whole.

A file is the magic, 16 random bytes from which its own key follows, and the chunks. Each chunk is authenticated with its
number and whether it is the last: nothing can be changed, swapped, repeated, added or cut off without being found.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from asn_desk.database.sealing.keys import DataKey
from asn_desk.errors import DeskError

MAGIC = b"ASNSEAL1"
CHUNK = 1 << 20
SUFFIX = ".segel"
_SALT, _TAG = 16, 16


class BrokenSeal(Exception):
    """The bytes are not what was sealed under this key."""


def is_sealed(file: Path) -> bool:
    """Return whether the file begins like a sealed one. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def any_in(folder: Path) -> bool:
    """Return whether a folder of stored files holds sealed ones; one is asked for all."""
    first = next(folder.glob("??/*"), None)
    return first is not None and is_sealed(first)


def seal(data: bytes, key: DataKey) -> bytes:
    """Return the sealed form of some bytes."""
    out = io.BytesIO()
    seal_stream(io.BytesIO(data), out, key)
    return out.getvalue()


def unseal(data: bytes, key: DataKey) -> bytes:
    """Return the plain bytes. Raises BrokenSeal."""
    return b"".join(plain_chunks(io.BytesIO(data), key))


def seal_stream(source: BinaryIO, out: BinaryIO, key: DataKey) -> None:
    """Write the sealed form of everything in `source` to `out`. Raises OSError."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = MAGIC + os.urandom(_SALT)
    cipher = AESGCM(_file_key(head, key))
    out.write(head)
    chunk = source.read(CHUNK)
    for number in count():
        following = source.read(CHUNK)
        out.write(cipher.encrypt(_nonce(number, last=not following), chunk, None))
        if not following:
            return
        chunk = following


def plain_chunks(source: BinaryIO, key: DataKey) -> Iterator[bytes]:
    """Yield the plain bytes of a sealed file, each chunk checked before it is handed out. Raises BrokenSeal, OSError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = source.read(len(MAGIC) + _SALT)
    if len(head) != len(MAGIC) + _SALT or not head.startswith(MAGIC):
        raise BrokenSeal
    cipher = AESGCM(_file_key(head, key))
    chunk = source.read(CHUNK + _TAG)
    for number in count():
        following = source.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, None)
        except (InvalidTag, ValueError) as error:
            raise BrokenSeal from error
        if not following:
            return
        chunk = following


def seal_file(source: Path, target: Path, key: DataKey) -> None:
    """Seal a file into a new one, synced to disk. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as stream, target.open("wb") as out:
        seal_stream(stream, out, key)
        _sync(out)


def open_file(source: Path, target: Path, key: DataKey) -> None:
    """Write the plain bytes of a sealed file into a new one, synced to disk. Raises DeskError("seal_broken"), OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source.open("rb") as stream, target.open("wb") as out:
            for chunk in plain_chunks(stream, key):
                out.write(chunk)
            _sync(out)
    except BrokenSeal as error:
        target.unlink(missing_ok=True)
        raise DeskError(
            "seal_broken",
            f"Berkas {source} terpotong, rusak, atau disegel dengan kunci lain. Gunakan cadangan yang lain.",
        ) from error


def plain_hash(file: Path, key: DataKey | None) -> str | None:
    """Return the SHA-256 of a stored file's plain bytes; None where its seal is broken. Raises OSError."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        if key is None:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
            return digest.hexdigest()
        try:
            for chunk in plain_chunks(stream, key):
                digest.update(chunk)
        except BrokenSeal:
            return None
    return digest.hexdigest()


def name_on_disk(sha256: str, key: DataKey | None) -> str:
    """Return the file name under which the stored file with this plain SHA-256 lies."""
    return sha256 if key is None else key.name_of(sha256)


def is_whole(file: Path, key: DataKey | None) -> bool:
    """Return whether a stored file holds what its name says. Raises OSError."""
    found = plain_hash(file, key)
    return found is not None and name_on_disk(found, key) == file.name


def _file_key(head: bytes, key: DataKey) -> bytes:
    return hmac.digest(key.files, head, "sha256")


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


def _sync(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
