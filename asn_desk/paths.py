"""Where things lie: the program's own resources, and the data folder, which is never beside the program."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

APP_NAME = "ASN Desk"


def program_root() -> Path:
    """Return the folder that holds `resources/` and `templates_docs/`, in a checkout and in the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return a path inside `resources/`; the file need not exist."""
    return program_root().joinpath("resources", *parts)


def template_file(name: str) -> Path:
    """Return the path of a shipped letter template, e.g. `template_file("tanda_terima.docx")`."""
    return program_root() / "templates_docs" / name


def default_data_dir() -> Path:
    """Return the user's data folder for this program on this system (platformdirs)."""
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False, roaming=False)


@dataclass(frozen=True)
class DataPaths:
    """The layout of one data folder. Practice data live in a folder of their own below it and never mix with the office's."""

    root: Path

    @property
    def database(self) -> Path:
        """Return the embedded database file."""
        return self.root / "asn_desk.db"

    @property
    def files(self) -> Path:
        """Return the folder of stored files (issued letters, scans), named by their SHA-256."""
        return self.root / "berkas"

    @property
    def backups(self) -> Path:
        """Return the folder for backups."""
        return self.root / "cadangan"

    @property
    def set_aside(self) -> Path:
        """Return the folder that keeps stored files without a record for a month."""
        return self.root / "sisa"

    @property
    def logs(self) -> Path:
        """Return the folder for logs and crash reports; they carry ids, never names."""
        return self.root / "catatan"

    @property
    def settings(self) -> Path:
        """Return the settings file of this data folder."""
        return self.root / "pengaturan.toml"

    @property
    def window_state(self) -> Path:
        """Return the file in which the window keeps column widths and the like."""
        return self.root / "jendela.ini"

    @property
    def lock(self) -> Path:
        """Return the lock file that keeps a second writing process out."""
        return self.root / "sedang-dipakai.lock"

    def practice(self) -> DataPaths:
        """Return the layout of the practice office that belongs to this data folder."""
        return DataPaths(self.root / "latihan")
