"""The two fields of a new password, wherever one is chosen, and whether they agree."""

from __future__ import annotations

from typing import Any

from ui.shared.fields import Field


def password_fields() -> list[Field]:
    """Return the two fields of a new password."""
    hint = "Paling sedikit 10 huruf atau angka; beberapa kata bersambung mudah diingat."
    return [
        Field("new", "Kata sandi baru", "password", required=True, help=hint),
        Field("again", "Ulangi kata sandi baru", "password", required=True),
    ]


def different(values: dict[str, Any]) -> dict[str, str]:
    """Return the error of two new passwords that differ."""
    return {} if values["new"] == values["again"] else {"again": "Tidak sama dengan kata sandi baru di atas."}
