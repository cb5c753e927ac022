"""The program's log: a few rotating files in the data folder. Messages carry ids and counts, never names or NIPs."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_BYTES = 1_000_000
KEPT_FILES = 5


def start(folder: Path, *, level: int = logging.INFO) -> None:
    """Send the log to `folder/asn_desk.log`; when the folder cannot be written, to the error channel."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "asn_desk.log", maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    _use(handler, level)


def to_stderr(*, level: int = logging.WARNING) -> None:
    """Send warnings and errors to the error channel; what the command line does."""
    _use(logging.StreamHandler(), level)


def _use(handler: logging.Handler, level: int) -> None:
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("asn_desk")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
