"""The data key of an encrypted office, and the keys this process holds open.

One random key opens everything. What encrypts the database, seals the stored files and hides their names is derived from it.
Nothing of it is ever on disk in plain; the key file (`keys_file`) holds it wrapped.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property

KEY_BYTES, MARK_BYTES = 32, 16


@dataclass(frozen=True, repr=False)
class DataKey:
    """The 32 random bytes and what follows from them. It shows itself nowhere: it has no readable form.

    `mark` are the first bytes of every database under this key (SQLCipher's salt): they say which key opens it and are no secret.
    """

    secret: bytes

    @cached_property
    def mark(self) -> bytes:
        """Return the 16 bytes by which a database under this key is known."""
        return self._derived(b"mark")[:MARK_BYTES]

    @cached_property
    def database(self) -> bytes:
        """Return the 32 bytes that encrypt the database."""
        return self._derived(b"database")

    @cached_property
    def files(self) -> bytes:
        """Return the 32 bytes from which each sealed file's own key follows."""
        return self._derived(b"files")

    @cached_property
    def _names(self) -> bytes:
        return self._derived(b"names")

    def name_of(self, sha256: str) -> str:
        """Return the name on disk of the file whose plain bytes have this SHA-256 (64 hexadecimal digits).

        The hash itself would tell whoever has the folder whether a letter they can guess in full lies in it.
        """
        return hmac.digest(self._names, sha256.encode(), "sha256").hex()

    def fingerprint(self, text: str) -> str:
        """Return what stands for a text in the key file, so that a change of it is noticed but the text cannot be read."""
        return hmac.digest(self._derived(b"fingerprint"), text.encode(), "sha256").hex()[:32]

    def _derived(self, purpose: bytes) -> bytes:
        return hmac.digest(self.secret, b"ASN Desk 1 " + purpose, "sha256")


_open: dict[bytes, DataKey] = {}
"""Keys of this process by their mark: opened by a password, lost with the process."""


def new_key() -> DataKey:
    """Return a fresh random data key."""
    return DataKey(secrets.token_bytes(KEY_BYTES))


def hold(key: DataKey) -> None:
    """Let this process open what this key encrypts, until `let_go` or its end."""
    _open[key.mark] = key


def let_go(key: DataKey) -> None:
    """Forget a key."""
    _open.pop(key.mark, None)


def held(mark: bytes) -> DataKey | None:
    """Return the open key with this mark, or None."""
    return _open.get(mark)
