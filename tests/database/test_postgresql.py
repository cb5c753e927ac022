"""The same office on a PostgreSQL server: the main job, the trail's guards, and two writers who never get one number twice."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from asn_desk import settings
from asn_desk.circulars import queries as circulars
from asn_desk.circulars import service as circular_service
from asn_desk.circulars.recipients import RecipientFilter, recipient_ids, recipient_rows
from asn_desk.database.trail.audit import AuditEntry, AuditHead, broken_entry
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.queries import EmployeeFilter, search
from asn_desk.employees.saved_filters import load_filter, save_filter
from asn_desk.employees.search_words import similar_words
from asn_desk.employees.service import SavePerson, save_person
from asn_desk.employees.terms import EmployeeKind
from asn_desk.errors import DeskError, EnvironmentProblem, StaleRecord
from asn_desk.letters.model import RegisterEntry
from asn_desk.letters.numbers import numbering
from asn_desk.office.model import Unit
from asn_desk.paths import DataPaths
from asn_desk.sample.practice import PRACTICE_DAY, open_practice
from tests.core.registry_tables import registry_tables, vocabulary
from tests.factories import add_unit

ROOT = Path(__file__).resolve().parents[2]
EACH = 100
TAKER = """
import sys
from datetime import date
from pathlib import Path
from asn_desk.desk import open_desk
from asn_desk.letters.numbers import numbering

desk = open_desk(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    print(desk.write(lambda session: numbering.take(session, "umum", date(2024, 9, 9), "Undangan")).value.number)
desk.close()
"""


def programs() -> Path | None:
    """Return the folder of the server's programs; Debian keeps it off the path."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    on_path = shutil.which("initdb")
    return found[0] if found else Path(on_path).resolve().parent if on_path else None


PROGRAMS = programs()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAMS is None or os.name != "posix", reason="no PostgreSQL server is installed here"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own on this PC's loopback address; the answer is its address without the database's name."""
    assert PROGRAMS is not None
    user = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as the administrator
    with tempfile.TemporaryDirectory(prefix="asn-desk-pg-") as folder:
        if user:
            shutil.chown(folder, "postgres")
        place = str(Path(folder) / "data")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        quick = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        log = str(Path(folder) / "log")

        def run(*command: str) -> None:
            subprocess.run(command, check=True, capture_output=True, cwd=folder, **user)  # type: ignore[call-overload]

        run(f"{PROGRAMS}/initdb", "-D", place, "-U", "kantor", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        run(f"{PROGRAMS}/pg_ctl", "-D", place, "-w", "-l", log, "-o", quick, "start")
        yield f"postgresql+psycopg://kantor@127.0.0.1:{port}"
        run(f"{PROGRAMS}/pg_ctl", "-D", place, "-w", "-m", "immediate", "stop")


_numbers = count(1)


@pytest.fixture
def url(server: str) -> str:
    """A new, empty database."""
    name = f"kantor_{next(_numbers)}"
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


def folder_for(root: Path, url: str) -> Path:
    """Return a data folder whose settings name the server's database."""
    root.mkdir()
    settings.save(DataPaths(root).settings, settings.Settings(database_url=url))
    return root


@pytest.fixture
def office(tmp_path: Path, url: str) -> Iterator[Desk]:
    """An empty office on the server."""
    with closing(open_desk(folder_for(tmp_path / "data", url))) as desk:
        yield desk


def broken(session: Session) -> str | None:
    """Return what is wrong with the trail, or None."""
    head = session.execute(select(AuditHead.seq, AuditHead.hash)).one()
    names = [column.key for column in AuditEntry.__table__.columns]
    rows = session.execute(select(*(getattr(AuditEntry, name) for name in names)).order_by(AuditEntry.seq))
    return broken_entry((dict(zip(names, row, strict=True)) for row in rows), (head.seq, head.hash))


def test_the_main_job_runs_on_a_server_as_it_does_without_one(tmp_path: Path, url: str) -> None:
    with closing(open_practice(folder_for(tmp_path / "data", url))) as desk:
        assert desk.read(broken) is None
        assert [row.name for row in desk.read(lambda session: search(session, "dinas kes"))]
        version = desk.read(circulars.running)[0].version_id
        people = desk.read(lambda session: recipient_rows(session, recipient_ids(session, RecipientFilter(version))))
        waiting = next(person for person in people if person.acknowledged_on is None)
        mark = desk.write(lambda session: circular_service.acknowledge_code(session, waiting.code, PRACTICE_DAY)).value
        assert mark.result is circular_service.MarkResult.ACCEPTED
        assert desk.read(broken) is None


def test_opening_again_changes_nothing_and_a_foreign_database_is_refused(tmp_path: Path, url: str) -> None:
    root = folder_for(tmp_path / "data", url)
    open_desk(root).close()
    open_desk(root).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    with pytest.raises(DeskError) as caught:
        open_desk(root)
    assert caught.value.code == "not_ours"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries", "TRUNCATE audit_entries"],
)
def test_the_server_refuses_to_change_the_trail(office: Desk, statement: str) -> None:
    office.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    with pytest.raises(DatabaseError, match="tidak boleh diubah"):
        office.write(lambda session: session.connection().execute(text(statement)))
    assert office.read(broken) is None


def test_two_processes_take_numbers_at_once_and_none_is_lost_or_given_twice(
    office: Desk, tmp_path: Path, url: str
) -> None:
    office.write(lambda session: numbering.ensure_default_series(session, "BKPSDM"))
    takers = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(folder_for(tmp_path / name, url)), str(EACH)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for name in ("satu", "dua")
    ]  # fmt: skip
    for taker in takers:
        assert taker.stdout is not None
        assert taker.stdout.readline() == "ready\n"
    for taker in takers:
        assert taker.stdin is not None
        taker.stdin.write("go\n")
        taker.stdin.flush()
    taken = [taker.communicate()[0].split() for taker in takers]
    assert [len(numbers) for numbers in taken] == [EACH, EACH]
    sequences = office.read(lambda session: session.scalars(select(RegisterEntry.sequence)).all())
    assert sorted(sequences) == list(range(1, 2 * EACH + 1))
    assert len({*taken[0], *taken[1]}) == 2 * EACH
    assert office.read(broken) is None


def test_two_programs_that_open_a_new_database_at_once_both_succeed(tmp_path: Path, url: str) -> None:
    code = "import sys; from pathlib import Path; from asn_desk.desk import open_desk; open_desk(Path(sys.argv[1])).close()"
    openers = [
        subprocess.Popen([sys.executable, "-c", code, str(folder_for(tmp_path / name, url))], cwd=ROOT)
        for name in ("satu", "dua")
    ]
    assert [opener.wait() for opener in openers] == [0, 0]


def test_a_stale_edit_is_refused_on_a_server_too(office: Desk, tmp_path: Path, url: str) -> None:
    unit = office.write(lambda session: add_unit(session, "Dinas Kesehatan").id).value

    def rename(session: Session) -> None:
        record = session.get_one(Unit, unit)
        with closing(open_desk(folder_for(tmp_path / "lain", url))) as other:
            other.write(lambda second: setattr(second.get_one(Unit, unit), "name", "Dinas Sosial"))
        record.name = "Dinas Pendidikan"

    with pytest.raises(StaleRecord):
        office.write(rename)
    assert office.read(lambda session: session.get_one(Unit, unit).name) == "Dinas Sosial"


def test_a_server_that_hangs_up_or_is_not_there_is_told_in_words(office: Desk, tmp_path: Path, url: str) -> None:
    def hang_up(session: Session) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            own = session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
            connection.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
        engine.dispose()
        add_unit(session, "Dinas Sosial")

    with pytest.raises(EnvironmentProblem) as caught:
        office.write(hang_up)
    assert caught.value.code == "server_unreachable"
    assert office.read(lambda session: session.scalars(select(Unit.id)).all()) == []
    away = folder_for(tmp_path / "jauh", "postgresql+psycopg://kantor@127.0.0.1:1/kantor")
    with pytest.raises(EnvironmentProblem) as caught:
        open_desk(away)
    assert caught.value.code == "server_unreachable"


def test_what_only_the_embedded_database_offers_is_refused_in_words(office: Desk, tmp_path: Path) -> None:
    for act in (office.backup, office.verify, lambda: office.restore(tmp_path / "x.zip")):
        with pytest.raises(DeskError) as caught:
            act()
        assert caught.value.code == "server_database"


def test_words_are_forgotten_and_filters_saved_on_a_server_too(office: Desk) -> None:
    def save(session: Session, name: str, **known: Any) -> int:
        return save_person(session, SavePerson(name, EmployeeKind.PNS, "198001012005012001", **known)).id

    one = office.write(lambda session: save(session, "Mawar Seroja")).value
    office.write(lambda session: save(session, "Mawar Melati", employee_id=one, version=1))
    assert sorted(registry_tables(office)["search_words"]) == vocabulary(office)
    assert office.read(lambda session: similar_words(session, "melatti")) == ["melati"]
    kept = office.write(lambda session: save_filter(session, "Bunga", EmployeeFilter("mawar"))).value
    assert office.read(lambda session: load_filter(session, kept)).filter == EmployeeFilter("mawar")
