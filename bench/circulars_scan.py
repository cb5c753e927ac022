"""Scans beside bare rasterising and decoding: `bench/_scan_pages.py`, started from here so that helping processes load little."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from bench._scan_pages import main

    sys.exit(main())
