"""PDFium is not safe for threads: whoever calls it in this process holds this lock."""

from __future__ import annotations

from threading import Lock

PDFIUM = Lock()
