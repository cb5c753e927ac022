"""Drawings of Windows (WMF, EMF) as pictures: old coats of arms and charts in Word files are kept like that.

They are lists of drawing commands. `wmf` and `emf` read them, a canvas draws them once on a fine grid, and the result is
a PNG like any other picture. What is not drawn: clipping, patterns, and the newer EMF+ where a file has nothing else.
"""

from __future__ import annotations

import struct
from functools import lru_cache

from asn_desk.letters.pdf.output.emf import play_emf
from asn_desk.letters.pdf.output.metafile_canvas import MAX_FILE
from asn_desk.letters.pdf.output.wmf import play_wmf

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_DAMAGED = (
    struct.error,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    ZeroDivisionError,
    OSError,
    SyntaxError,
    MemoryError,
)


def is_metafile(data: bytes) -> bool:
    """Return whether the bytes begin like a WMF or EMF file."""
    return data.startswith(_PLACEABLE) or data[:4] in (b"\x01\0\x09\0", b"\x02\0\x09\0") or _is_emf(data)


def _is_emf(data: bytes) -> bool:
    return data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF"


@lru_cache(maxsize=16)
def drawn(data: bytes) -> bytes | None:
    """Return the drawing as a PNG; None where the file is damaged or nothing of it can be drawn."""
    if len(data) > MAX_FILE:
        return None
    try:
        canvas = play_emf(data) if _is_emf(data) else play_wmf(data)
        return canvas.png() if canvas.drawn else None
    except _DAMAGED:
        return None
