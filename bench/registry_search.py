"""Searching, paging, listing and exporting a registry of many people: what a clerk waits for at each keystroke."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from asn_desk.desk import Desk, open_desk
from asn_desk.employees import queries, search
from asn_desk.employees.export import PARTS, employees_xlsx
from asn_desk.employees.model import Employee
from asn_desk.employees.queries import EmployeeFilter
from tests.sample_registry import fill_registry

_HUNDRED_THOUSAND = 150_000  # up to here the limits of 100,000 people hold, above those of 1,000,000
MUST_QUERY, MUST_QUERY_MANY, MUST_STEP, MUST_OPEN, MUST_MB, MUST_EXPORT = 16.0, 100.0, 33.0, 2.0, 30.0, 2.0
_DRAWN = 60


def run(people: int, times: int) -> int:
    """Fill a registry, measure, print, and return 1 when a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data")
        desk.actor = "bench"
        count = desk.write(lambda session: fill_registry(session, people, times=times)).value
        print(f"{count} people")
        passed = [_keystrokes(desk, count), _pages(desk), _table(desk)]
        if count <= _HUNDRED_THOUSAND:
            passed.append(_export(desk, Path(folder)))
        desk.close()
    return int(not all(passed))


def keystrokes(session: Any) -> list[str]:
    """Return what is typed letter by letter: names, numbers, posts, reversed names, and names with an error."""
    rng = random.Random(2024)
    highest = session.scalar(select(Employee.id).order_by(Employee.id.desc()).limit(1)) or 0
    ids = [rng.randint(1, highest) for _ in range(_DRAWN)]
    rows = session.execute(select(Employee.name, Employee.nip, Employee.post_name).where(Employee.id.in_(ids))).all()
    typed: list[str] = []
    for place, (name, nip, post) in enumerate(rows):
        whole = (name.lower(), nip, post.lower(), " ".join(reversed(name.lower().split())))[place % 4]
        typed += [whole[:length] for length in range(1, min(len(whole), 18) + 1) if whole[:length].strip()]
        typed.append(f"{name[:3]}{name[4:]}")
    return typed


def _keystrokes(desk: Desk, count: int) -> bool:
    typed = desk.read(keystrokes)
    first = [EmployeeFilter(text=text, guess=True) for text in typed]
    desk.read(lambda session: [queries.first_ids(session, one) for one in first[:40]])
    queried = desk.read(lambda session: [_ms(partial(queries.first_ids, session, one)) for one in first])
    short = sorted(ms for ms, text in zip(queried, typed, strict=True) if len(text) <= 2)
    limit = MUST_QUERY if count <= _HUNDRED_THOUSAND else MUST_QUERY_MANY
    _say(f"keystroke query, {len(typed)} of them (p95 at most {limit:.0f} ms)", queried)
    _say("of these, one and two letters", short)
    return _p95(queried) <= limit


def _pages(desk: Desk) -> bool:
    """Each next page costs the same, however far down."""

    def walk(session: Any) -> list[float]:
        after, taken = None, []
        for _ in range(60):
            start = time.process_time()
            page = search.first_page(session, "guru", after=after)
            taken.append((time.process_time() - start) * 1000)
            after = page.after
            if after is None:
                break
        return taken

    taken = desk.read(walk)
    early, late = statistics.median(taken[2:12]), statistics.median(taken[-10:])
    print(f"{'next page by keyset: early, late':<58}{early:8.1f}{late:8.1f} ms")
    return late <= 2 * early + 2


def _table(desk: Desk) -> bool:
    from bench import _table_paint as paint

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        seen = paint.measure(desk, Path(folder))
    print(f"{'table on everybody to the first painted rows, to an empty one':<66}")
    print(f"{'  by the clock (at most 2), and CPU of all threads':<58}{seen.wall_ratio:8.2f}{seen.cpu_ratio:8.2f}")
    print(
        f"{'  milliseconds: rows painted, empty painted, all ids there':<58}{seen.full:8.1f}{seen.empty:8.1f}{seen.whole:8.1f} ms"
    )
    print(f"{'more memory than an empty one (below 30 MB)':<58}{seen.megabytes:8.1f} MB")
    _say("wheel step (p95 at most 33 ms)", seen.steps)
    return seen.wall_ratio <= MUST_OPEN and seen.megabytes < MUST_MB and _p95(seen.steps) <= MUST_STEP


def _export(desk: Desk, folder: Path) -> bool:
    cells = desk.read(_cells)
    floor = _seconds(lambda: _stream(cells, folder / "floor.xlsx"))
    cells.clear()
    wanted = EmployeeFilter()
    whole = _seconds(lambda: desk.read(lambda s: employees_xlsx(s, wanted, list(PARTS), folder / "all.xlsx")))
    print(f"{'full export to the streaming floor (at most 2)':<58}{whole / floor:8.2f}  ({whole:.1f} s, {floor:.1f} s)")
    return whole <= MUST_EXPORT * floor


def _cells(session: Any) -> list[tuple[str, ...]]:
    """Return every cell of the full export, ready to be written."""
    shown = [text for key in PARTS for _head, _width, text in PARTS[key]]
    _people, parts = queries.listed(session, EmployeeFilter())
    return [row for part in parts for row in zip(*(text(part) for text in shown), strict=True)]


def _stream(cells: list[tuple[str, ...]], target: Path) -> None:
    """Write the same cells as a bare sheet: the fastest that this format allows in Python."""
    from xml.sax.saxutils import escape

    def lines() -> Iterator[str]:
        yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        for number, row in enumerate(cells, 1):
            parts = "".join(
                f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
                for at, text in enumerate(row)
            )
            yield f'<row r="{number}">{parts}</row>'
        yield "</sheetData></worksheet>"

    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as book, book.open("sheet1.xml", "w") as sheet:
        for piece in lines():
            sheet.write(piece.encode())


def _ms(step: Callable[[], object]) -> float:
    return _seconds(step) * 1000


def _seconds(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _say(name: str, taken: list[float]) -> None:
    print(f"{name:<58}{statistics.median(taken):8.1f}{_p95(taken):8.1f} ms (median, p95)")


if __name__ == "__main__":
    sys.exit(run(100_000, 1))
