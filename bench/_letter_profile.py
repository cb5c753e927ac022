"""Where the time of a print file goes: the stages of a letter and the functions that cost most themselves, from cProfile.

The profiler makes small functions look dearer than they are; shares say more than milliseconds.
"""

from __future__ import annotations

import cProfile
import pstats
import tempfile
from pathlib import Path
from typing import Any

from bench import _letter
from bench import _letter_programs as programs

STAGES = (
    ("fill the template (DOCX)", "template.py", "fill"),
    ("  of it deflate", "package.py", "deflated"),
    ("read the DOCX", "reader.py", "read_document"),
    ("  of it paragraphs through the parser", "reader.py", "_read_and_keep"),
    ("lay out and make pages", "pages.py", "make_pages"),
    ("  of it paragraphs", "layout.py", "lay_out_paragraph"),
    ("  of it tables", "table_layout.py", "lay_out_table"),
    ("write page content", "paint.py", "add_sheet"),
    ("  of it operators of new lines and rows", "paint.py", "_print"),
    ("  of it deflate", "~", "<built-in method zlib.compress>"),
    ("store fonts and picture, end of the file", "pdf_file.py", "close"),
)  # fmt: skip
SHOWN = 12


def profiled(count: int) -> dict[tuple[str, int, str], Any]:
    """Return the figures of cProfile for a print file of `count` letters; what is made once is made before."""
    with tempfile.TemporaryDirectory() as name:
        template, target = programs.our_template(), Path(name) / "cetak.pdf"
        programs.printed(template, _letter.people(20), target)
        people, profile = _letter.people(count), cProfile.Profile()
        profile.runcall(programs.printed, template, people, target)
    return pstats.Stats(profile).stats  # type: ignore[attr-defined, no-any-return]


def report(count: int) -> None:
    """Print both tables, as Markdown."""
    figures = profiled(count)
    whole = next(row[3] for key, row in figures.items() if key[2] == "printed")
    print(f"| stage (print file of {count} letters, under cProfile) | ms a letter | share |\n|---|---|---|")
    for name, file, function in STAGES:
        spent = sum(row[3] for key, row in figures.items() if key[2] == function and Path(key[0]).name == file)
        print(f"| {name.replace('  of it', 'of it')} | {1000 * spent / count:.2f} | {spent / whole:.0%} |")
    print("\n| function | calls a letter | own time | share |\n|---|---|---|---|")
    dearest = sorted(figures.items(), key=lambda item: -item[1][2])[:SHOWN]
    for (path, _, function), row in dearest:
        place = f"{Path(path).stem}.{function}" if path != "~" else function.strip("<>")
        print(f"| `{place}` | {row[1] / count:.1f} | {1000 * row[2] / count:.2f} ms | {row[2] / whole:.1%} |")
