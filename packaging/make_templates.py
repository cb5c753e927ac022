"""Builds the shipped letter templates in `templates_docs/`. Run it after a change here: python packaging/make_templates.py

The results are plain Word files; an office edits its own copies in Word and never needs this script.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import templates_desk  # noqa: E402
import templates_discipline  # noqa: E402
import templates_first  # noqa: E402  the project's folder has to be on the path first
import templates_official  # noqa: E402
import templates_personal  # noqa: E402

MADE = {
    "surat_pernyataan_pengunduran_diri": templates_first.resignation,
    "tanda_terima_pengunduran_diri": templates_first.receipt,
    "surat_edaran_netralitas": templates_first.circular,
    **templates_personal.MADE,
    **templates_official.MADE,
    **templates_desk.MADE,
    **templates_discipline.MADE,
}


def main() -> None:
    """Write all templates."""
    for name, make in MADE.items():
        target = ROOT / "templates_docs" / f"{name}.docx"
        target.write_bytes(make().data())
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
