"""Two kinds of trouble a clerk can meet: what they can mend themselves, and what the PC must provide. All else is a bug."""

from __future__ import annotations

from collections.abc import Mapping


class DeskError(Exception):
    """Something the clerk can act on.

    `code` is a stable word for programs and tests, `sentence` says in Indonesian what, where and what to do,
    `fields` maps a form field's key to the sentence that belongs beside it.
    """

    def __init__(self, code: str, sentence: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.fields: dict[str, str] = dict(fields or {})


class StaleRecord(DeskError):
    """Another clerk changed the record after it was read; nothing of the later entry was stored."""

    def __init__(self, what: str) -> None:
        super().__init__(
            "stale",
            f"{what} sudah diubah oleh pengguna lain setelah Anda membukanya. "
            "Isian Anda belum disimpan. Muat ulang, periksa perubahannya, lalu simpan kembali.",
        )


class EnvironmentProblem(DeskError):
    """The disk, folder, permission or another program stands in the way; the office's data are untouched."""
