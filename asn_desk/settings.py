"""Settings of one data folder, kept in a small TOML file that an administrator can read and edit."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from asn_desk.errors import DeskError


class Settings(BaseModel):
    """What the program must know before it can open the database.

    `database_url`: None for the embedded database of the data folder, else an SQLAlchemy URL (PostgreSQL).
    `practice_day`: set for the practice office only; the simulated date on which it always stands.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str | None = None
    practice_day: date | None = None


def load(path: Path) -> Settings:
    """Read the settings file; a missing file means all defaults. Raises DeskError("settings_damaged")."""
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise DeskError(
            "settings_damaged",
            f"Berkas pengaturan {path} tidak dapat dibaca. Perbaiki isinya, atau hapus berkas itu agar kembali ke "
            f"pengaturan awal. Data kantor tidak tersentuh.",
        ) from error


def save(path: Path, settings: Settings) -> None:
    """Write the settings file; values that are not set are left out."""
    lines = []
    if settings.database_url is not None:
        quoted = settings.database_url.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'database_url = "{quoted}"')
    if settings.practice_day is not None:
        lines.append(f"practice_day = {settings.practice_day.isoformat()}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
