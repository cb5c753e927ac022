"""What every change of rules asks for: reason, document, its scan; and the refresh of all files that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from asn_desk.candidacy.service import refresh
from asn_desk.errors import DeskError
from asn_desk.regulations.service import Why
from ui.shared.forms import Field

LARGEST = 30 * 1024 * 1024
INTRO = "Perubahan dicatat dengan versi. Bila kantor memakai pengguna, orang kedua harus menyetujuinya."


def why_fields() -> list[Field]:
    """Return the fields of a reason and its document."""
    return [
        Field("reason", "Alasan", "multiline", rows=2, required=True),
        Field("document_number", "Nomor dokumen", required=True, width="half", placeholder="mis. PKPU 2/2024"),
        Field("document_date", "Tanggal dokumen", "date", required=True, width="half"),
        Field("scan", "Dokumen (PDF)", "file", file_filter="PDF (*.pdf)"),
    ]


def why_of(values: Mapping[str, Any]) -> Why:
    """Return the reason as entered; reads the scan, so it runs on the writing thread. Raises DeskError."""
    path: Path | None = values["scan"]
    scan = read_file(path, "scan") if path is not None else None
    return Why(values["reason"], values["document_number"], values["document_date"], scan)


def read_file(path: Path, field: str) -> bytes:
    """Return a file's bytes. Raises DeskError about the form's `field`."""
    try:
        if path.stat().st_size <= LARGEST:
            return path.read_bytes()
        sentence = f"Berkas {path.name} lebih besar dari 30 MB."
    except OSError:
        sentence = f"Berkas {path.name} tidak dapat dibaca. Periksa letak dan izinnya."
    raise DeskError("unreadable", sentence, fields={field: sentence})


def changing(fn: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a write that makes the change and lets every stored duty follow it."""

    def write(session: Any) -> object:
        made = fn(session)
        refresh(session)
        return made

    return write
