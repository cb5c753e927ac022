"""Several at work at once: threads of one window, programs on one folder, a restore under everybody's feet."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.database import engine, files
from asn_desk.database.gate import Gate
from asn_desk.database.trail import verify
from asn_desk.database.work import work_of
from asn_desk.desk import Desk, open_desk
from asn_desk.letters.model import RegisterEntry
from asn_desk.letters.numbers import numbering
from asn_desk.office.model import Unit
from tests.factories import add_unit

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2024, 9, 9)
PATIENCE = 20.0
TAKER = """
import sys
from datetime import date
from pathlib import Path
from asn_desk.desk import open_desk
from asn_desk.letters.numbers import numbering

desk = open_desk(Path(sys.argv[1]), exclusive=False)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(60):
    print(desk.write(lambda session: numbering.take(session, "umum", date(2024, 9, 9), "Undangan")).value.number)
desk.close()
"""


def take(desk: Desk) -> str:
    return desk.write(lambda session: numbering.take(session, "umum", DAY, "Undangan")).value.number


def sequences(desk: Desk) -> list[int]:
    query = select(RegisterEntry.sequence).order_by(RegisterEntry.sequence)
    return desk.read(lambda session: list(session.scalars(query)))


def names(session: Session) -> list[str]:
    return list(session.scalars(select(Unit.name).order_by(Unit.id)))


@pytest.fixture
def numbered(desk: Desk) -> Desk:
    """A desk with the usual number series."""
    desk.write(lambda session: numbering.ensure_default_series(session, "BKPSDM"))
    return desk


def test_threads_of_one_window_take_numbers_without_gap_or_repeat(numbered: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: take(numbered), range(80)))
    assert len(set(taken)) == 80
    assert sequences(numbered) == list(range(1, 81))
    assert numbered.verify().findings == ()


@pytest.mark.fresh_process
def test_programs_on_one_folder_take_numbers_without_gap_or_repeat(numbered: Desk) -> None:
    command = [sys.executable, "-c", TAKER, str(numbered.paths.root)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    takers = [subprocess.Popen(command, text=True, cwd=ROOT, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    assert [taker.stdout.readline() for taker in takers] == ["ready\n"] * 2
    for taker in takers:
        taker.stdin.write("go\n")
        taker.stdin.flush()
    own = [take(numbered) for _ in range(30)]
    taken = [*own, *(number for taker in takers for number in taker.communicate()[0].split())]
    assert len(set(taken)) == 150
    assert sequences(numbered) == list(range(1, 151))
    assert numbered.verify().findings == ()


def test_a_writer_waits_for_a_long_one_of_its_own_window_without_a_time_limit(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    started, finish = threading.Event(), threading.Event()

    def long(session: Session) -> None:
        add_unit(session, "Dinas Kesehatan")
        started.set()
        assert finish.wait(PATIENCE)

    with closing(open_desk(data_folder)) as desk, ThreadPoolExecutor(2) as pool:
        first = pool.submit(desk.write, long)
        assert started.wait(PATIENCE)
        second = pool.submit(desk.write, lambda session: add_unit(session, "Dinas Sosial").id)
        assert not second.done()
        finish.set()
        first.result(PATIENCE)
        second.result(PATIENCE)
        assert desk.read(names) == ["Dinas Kesehatan", "Dinas Sosial"]


def test_readers_go_on_during_a_long_write_and_see_all_of_it_or_nothing(desk: Desk) -> None:
    """The writer stops in the middle until a reader has answered: a reader that waits for the writer would never do so."""
    seen: list[int] = []

    def count(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(Unit)) or 0

    def write(session: Session) -> None:
        for number in range(50):
            add_unit(session, f"Dinas {number}")
            if number % 10 == 0:
                seen.append(pool.submit(desk.read, count).result(PATIENCE))

    with ThreadPoolExecutor(1) as pool:
        desk.write(write)
    assert seen == [0] * 5
    assert desk.read(count) == 50


def test_one_read_sees_one_state_although_somebody_writes_meanwhile(desk: Desk) -> None:
    def read(session: Session) -> tuple[list[str], list[str]]:
        before = names(session)
        desk.write(lambda other: add_unit(other, "Dinas Sosial").id)
        return before, names(session)

    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    before, after = desk.read(read)
    assert before == after == ["Dinas Kesehatan"]
    assert desk.read(names) == ["Dinas Kesehatan", "Dinas Sosial"]


def test_the_moment_of_a_write_is_taken_after_it_waited_for_others(desk: Desk) -> None:
    moments = []

    def write(session: Session) -> None:
        session.connection()
        moments.append(work_of(session).now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: desk.write(write), range(20)))
    assert moments == sorted(moments)


def test_the_write_lock_is_held_before_a_file_is_stored(desk: Desk) -> None:
    def write(session: Session) -> str:
        state = desk.engine.pool.checkedout()  # type: ignore[attr-defined]
        return f"{state} {files.store(session, b'isi', files.PDF)[:4]}"

    assert desk.write(write).value.startswith("1 ")


def test_checking_sees_one_state_although_somebody_writes_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = verify._trail

    def watched(database: sqlite3.Connection) -> Iterator[verify.Finding]:
        before = database.execute("SELECT seq FROM audit_head").fetchone()["seq"]
        desk.write(lambda session: add_unit(session, "Dinas Sosial").id)
        assert database.execute("SELECT seq FROM audit_head").fetchone()["seq"] == before
        yield from real(database)

    monkeypatch.setattr(verify, "_trail", watched)
    assert desk.verify().findings == ()
    assert desk.read(names) == ["Dinas Sosial"]


# --- restore -------------------------------------------------------------------------------------------------------


def test_a_restore_waits_for_units_of_work_and_lets_none_in_until_it_is_done(desk: Desk, tmp_path: Path) -> None:
    made = desk.backup(tmp_path / "cadangan.zip").path
    reading, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> list[str]:
        reading.set()
        assert go_on.wait(PATIENCE)
        return names(session)

    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    with ThreadPoolExecutor(3) as pool:
        reader = pool.submit(desk.read, slow)
        assert reading.wait(PATIENCE)
        restoring = pool.submit(desk.restore, made)
        assert not restoring.done()
        go_on.set()
        assert reader.result(PATIENCE) == ["Dinas Kesehatan"]
        restoring.result(PATIENCE)
    assert desk.read(names) == []


def test_restores_among_readers_and_writers_leave_a_whole_office(desk: Desk, tmp_path: Path) -> None:
    made = desk.backup(tmp_path / "cadangan.zip").path
    acts: list[Callable[[], object]] = [
        lambda: desk.write(lambda session: add_unit(session, "Dinas Sosial").id),
        lambda: desk.read(names),
        lambda: desk.restore(made),
        lambda: desk.backup(),
        lambda: desk.verify().findings,
    ]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: acts[number % len(acts)](), range(40)))
    assert answers[4::5] == [()] * 8
    assert desk.verify().findings == ()
    desk.write(lambda session: add_unit(session, "Dinas Terakhir").id)
    assert desk.read(names)[-1] == "Dinas Terakhir"


def test_the_gate_lets_a_read_inside_a_write_pass_while_somebody_waits_to_be_alone() -> None:
    gate = Gate()
    inside, waiting = threading.Event(), threading.Event()

    def alone() -> None:
        waiting.set()
        with gate.alone():
            pass

    def nested() -> bool:
        with gate.shared():
            inside.set()
            assert waiting.wait(PATIENCE)
            with gate.shared():
                return True

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(nested)
        assert inside.wait(PATIENCE)
        second = pool.submit(alone)
        assert first.result(PATIENCE)
        second.result(PATIENCE)
