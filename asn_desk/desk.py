"""The composition root: one Desk per data folder hands out units of work, and nothing else opens sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from asn_desk import metadata, settings
from asn_desk.database import audit, files, upgrade
from asn_desk.database import backup as backups
from asn_desk.database.backup import BackupFile
from asn_desk.database.engine import for_writing, open_engine, sqlite_url
from asn_desk.database.file_store import FileStore
from asn_desk.database.lock import FolderLock
from asn_desk.database.problems import explain_operational
from asn_desk.database.verify import Verdict, verify
from asn_desk.database.work import Work, begin
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.paths import DataPaths
from asn_desk.settings import Settings
from asn_desk.topics import Topic

T = TypeVar("T")
SYSTEM = "sistem"


class Clock(Protocol):
    """Where a Desk gets the time from."""

    def now(self) -> datetime:
        """Return the present moment, with a zone."""

    def today(self) -> date:
        """Return the office's day."""


class OfficeClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the local day."""
        return datetime.now().astimezone().date()


@dataclass(frozen=True)
class PracticeClock:
    """The practice office's clock: the simulated day, at the real time of day."""

    day: date

    def now(self) -> datetime:
        """Return the simulated day at the present local time of day."""
        return datetime.combine(self.day, datetime.now().astimezone().timetz())

    def today(self) -> date:
        """Return the simulated day."""
        return self.day


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a write returned, and which topics it touched."""

    value: T
    topics: frozenset[Topic]


class Desk:
    """One open data folder. Safe to use from several threads; writes queue in the database."""

    def __init__(self, paths: DataPaths, settings: Settings, clock: Clock, *, lock: FolderLock | None = None) -> None:
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.actor = SYSTEM
        self.store = FileStore(paths.files)
        self.engine: Engine = open_engine(settings.database_url or sqlite_url(paths.database))
        self._lock = lock

    @property
    def practice(self) -> bool:
        """Return whether this is the practice office with its simulated day."""
        return self.settings.practice_day is not None

    def read(self, fn: Callable[[Session], T]) -> T:
        """Run `fn` in a unit of work that is rolled back at the end; fn must return plain values, no rows."""
        with Session(self.engine, autoflush=False) as session:
            begin(session, self._work(SYSTEM, writing=False))
            audit.watch(session)
            try:
                return fn(session)
            except DatabaseError as error:
                raise explain_operational(error, self.paths.root) from error

    def write(self, fn: Callable[[Session], T], *, actor: str | None = None) -> Outcome[T]:
        """Run `fn` in one transaction, write the trail, commit durably, and say what was touched.

        Raises what fn raises (nothing is stored then), StaleRecord when another clerk was faster,
        EnvironmentProblem when the disk or the database refuses.
        """
        with Session(for_writing(self.engine)) as session:
            work = self._work(actor or self.actor, writing=True)
            begin(session, work)
            audit.watch(session)
            try:
                value = fn(session)
                session.flush()
                audit.append_trail(session)
                session.commit()
            except BaseException as error:
                files.discard_new(session)  # before the rollback: the write lock keeps others from adopting these files
                session.rollback()
                if isinstance(error, StaleDataError):
                    raise StaleRecord("Catatan ini") from error
                if isinstance(error, DatabaseError):
                    raise explain_operational(error, self.paths.root) from error
                raise
            return Outcome(value, frozenset(work.topics))

    def backup(self, target: Path | None = None) -> BackupFile:
        """Write a backup (by default into the backup folder) and read it back. Raises DeskError, EnvironmentProblem."""
        stamp = self.clock.now().strftime("%Y%m%d-%H%M%S")
        return backups.backup(self._embedded(), target or self.paths.backups / f"cadangan-{stamp}.zip")

    def restore(self, source: Path) -> Path | None:
        """Put a checked backup in place of the present data, which are saved first; return where.

        Raises DeskError (damaged, missing or newer backup) and EnvironmentProblem; the present data then stand as they were.
        """
        paths = self._embedded()
        self.engine.dispose()
        saved = backups.restore(source, paths, accept=upgrade.refuse_unusable)
        upgrade.upgrade(self.engine, paths)
        return saved

    def verify(self) -> Verdict:
        """Check trail, integrity, foreign keys and stored files. Raises DeskError("server_database")."""
        return verify(self._embedded())

    def last_backup(self) -> datetime | None:
        """Return when the newest backup in the backup folder was written, with the local zone."""
        moments = [file.stat().st_mtime for file in self.paths.backups.glob("cadangan-*.zip")]
        return datetime.fromtimestamp(max(moments)).astimezone() if moments else None

    def _embedded(self) -> DataPaths:
        if self.settings.database_url is not None:
            raise DeskError(
                "server_database", "Data ini berada di server PostgreSQL; gunakan alat cadangan server itu."
            )
        return self.paths

    def close(self) -> None:
        """Close all connections and let other programs have the data folder."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def _work(self, actor: str, *, writing: bool) -> Work:
        return Work(actor, self.clock.now(), self.clock.today(), self.practice, self.store, writing)


def open_desk(root: Path, *, practice_day: date | None = None, exclusive: bool = True) -> Desk:
    """Open (and create or upgrade) a data folder.

    `practice_day` makes a new folder a practice office. `exclusive` takes the folder's lock: one writing process per folder.
    Raises EnvironmentProblem (folder not writable, on a network share, in use) and DeskError (settings or database refused).
    """
    from asn_desk.database import folder

    paths = DataPaths(root)
    folder.prepare(paths)
    lock = FolderLock(paths.lock) if exclusive else None
    if lock is not None:
        lock.acquire()
    try:
        chosen = settings.load(paths.settings)
        if practice_day is not None and chosen.practice_day != practice_day:
            chosen = chosen.model_copy(update={"practice_day": practice_day})
            settings.save(paths.settings, chosen)
        if chosen.database_url is None:
            folder.refuse_network_share(root)
        clock: Clock = PracticeClock(chosen.practice_day) if chosen.practice_day else OfficeClock()
        desk = Desk(paths, chosen, clock, lock=lock)
        upgrade.upgrade(desk.engine, paths)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return desk


assert metadata.ALL_TABLES, "all models are loaded before the first session opens"
