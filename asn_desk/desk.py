"""The composition root: one Desk per data folder hands out units of work, and nothing else opens sessions."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from asn_desk import metadata, saving, settings
from asn_desk.accounts import approvals, passwords, sign_in
from asn_desk.accounts.access import NOBODY, Access, Viewer, Views, accounts_on
from asn_desk.accounts.approvals import Consent, NeedsSecondPerson
from asn_desk.accounts.recovery_keys import OfficeKeys
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Act, Action
from asn_desk.database import files, leftovers, upgrade
from asn_desk.database.backups import backup as backups
from asn_desk.database.backups import keeping
from asn_desk.database.backups.backup_parts import BackupFile
from asn_desk.database.backups.desk_backups import KeepsBackups
from asn_desk.database.backups.keeping import Plan
from asn_desk.database.copying import free_name
from asn_desk.database.engine import for_writing, open_engine, sqlite_url
from asn_desk.database.file_store import FileStore, disk_problem
from asn_desk.database.gate import Gate
from asn_desk.database.lock import FolderLock
from asn_desk.database.problems import explained, surely_not_stored
from asn_desk.database.sealing import sealed_switch
from asn_desk.database.trail import audit
from asn_desk.database.trail.head import DayHead, day_head
from asn_desk.database.trail.verify import Verdict, verify
from asn_desk.database.work import NewPassword, Work, begin
from asn_desk.errors import DeskError, EnvironmentProblem, StaleRecord
from asn_desk.paths import DataPaths
from asn_desk.settings import Settings
from asn_desk.topics import Topic

T = TypeVar("T")
SYSTEM = "sistem"
_LOG = logging.getLogger(__name__)


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


class Units:
    """Hands out units of work on one data folder. Safe to use from several threads; writes queue in the database."""

    def __init__(self, paths: DataPaths, settings: Settings, clock: Clock, *, lock: FolderLock | None = None) -> None:
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.actor = SYSTEM  # who works here in an office without accounts; else who is signed in
        self.rights: frozenset[str] | None = None  # of the signed-in user; None: an office without accounts
        self._access = Access()
        self._views = Views()
        self._signing = threading.Lock()
        self.keys = OfficeKeys(paths, server=settings.database_url is not None)
        self._open_again()
        self._lock = lock
        self._gate = Gate()
        self._writer = threading.RLock()  # this program's writers wait for each other without the database's time limit
        self._backing_up = threading.Lock()
        self._tidy = True

    def _open_again(self) -> None:
        """Turn to the database and the stored files as they lie there now, encrypted or not; no connection is made yet."""
        self.store = FileStore(self.paths.files, self.keys.key)
        self.engine: Engine = open_engine(self.settings.database_url or sqlite_url(self.paths.database))

    @property
    def locked(self) -> bool:
        """Return whether the data are encrypted and nobody has unlocked them yet: only signing in and recovery work."""
        return self.keys.locked

    @property
    def encrypted(self) -> bool:
        """Return whether the data are encrypted and unlocked."""
        return self.store.key is not None

    @property
    def practice(self) -> bool:
        """Return whether this is the practice office with its simulated day."""
        return self.settings.practice_day is not None

    @property
    def viewer(self) -> Viewer | None:
        """Return who is signed in, with the rights that the newest unit of work found; None without accounts or sign-in."""
        seen = self._access.seen
        return None if seen is None else seen.viewer

    @property
    def user_id(self) -> int | None:
        """Return the id of who is signed in."""
        return None if self.viewer is None else self.viewer.user_id

    def read(self, fn: Callable[[Session], T]) -> T:
        """Run `fn` in a unit of work that is rolled back at the end; fn must return plain values, no rows.

        Confidential records that it hands out (`audit.viewed`) are on the trail before this returns; if they cannot be
        put there, the read fails.
        """
        with self._gate.shared(), explained(self.paths.root), Session(self.engine, autoflush=False) as session:
            work = self._work(writing=False)
            begin(session, work)
            audit.watch(session)
            self._take_stand(session, work)
            value = fn(session)
        self._put_views_on_record(work)
        return value

    def write(self, fn: Callable[[Session], T], *, actor: str | None = None) -> Outcome[T]:
        """Run `fn` in one transaction, write the trail, commit durably, and say what was touched.

        Raises what fn raises (nothing is stored then), StaleRecord when another clerk was faster,
        EnvironmentProblem when the disk or the database refuses. An act that needs a second person is asked for at once.
        """
        try:
            return self._write(fn, actor)
        except NeedsSecondPerson as error:
            raise self._filed(error, actor) from error

    def _filed(self, error: NeedsSecondPerson, actor: str | None = None) -> NeedsSecondPerson:
        """Put the request for a second person on file, after the act itself was undone."""
        act, subject, reason = error.act, error.subject, error.reason
        asked = self._write(lambda session: approvals.request(session, act, subject, reason), actor)
        return NeedsSecondPerson(act, subject, reason, asked.value)

    def maintain(self, fn: Callable[[Session], T]) -> Outcome[T]:
        """Write as the program itself, with every right: housekeeping at the opening, never what a user asked for."""
        return self._write(fn, SYSTEM, as_program=True)

    def _put_views_on_record(self, work: Work) -> None:
        if work.user_id is None or not work.views:
            return
        user_id = work.user_id
        due = self._views.unrecorded(user_id, work.views)
        if due:
            self._write(lambda session: audit.record_views(session, due), work.actor)
            self._views.recorded(user_id, due)

    def _write(self, fn: Callable[[Session], T], actor: str | None, *, as_program: bool = False) -> Outcome[T]:
        with (
            self._gate.shared(),
            self._writer,
            explained(self.paths.root),
            Session(for_writing(self.engine)) as session,
        ):
            session.connection()  # first the write lock: files, numbers and moments are taken in turn
            work = self._work(writing=True, actor=actor)
            begin(session, work)
            audit.watch(session)
            try:
                self._take_stand(session, work, as_program=as_program)
                value = fn(session)
                session.flush()
                self._append_trail(session, work)
                rewrapped = self.keys.change(session) if self.encrypted else None
            except BaseException as error:
                self._undo(session)
                if isinstance(error, StaleDataError):
                    raise StaleRecord("Catatan ini") from error
                raise
            self._commit(session)
            if rewrapped is not None:
                self.keys.settle(rewrapped)
            return Outcome(value, frozenset(work.topics))

    def _append_trail(self, session: Session, work: Work) -> None:
        if work.user_id is not None:
            audit.record_views(session, dict.fromkeys(work.views))
        audit.append_trail(session)

    def _take_stand(self, session: Session, work: Work, *, as_program: bool = False) -> None:
        """Give the unit of work the rights that are in force now: another program may have changed the accounts."""
        if as_program:
            work.rights = None
            return
        standing = self._access.standing(session)
        if standing.on:
            viewer = standing.viewer
            work.actor = SYSTEM if viewer is None else viewer.name
            work.user_id = None if viewer is None else viewer.user_id
            work.rights = NOBODY if viewer is None else viewer.rights

    def _undo(self, session: Session) -> None:
        # the files go before the rollback: the write lock keeps others from adopting them
        self._tidy = files.discard_new(session) and self._tidy
        session.rollback()

    def _commit(self, session: Session) -> None:
        try:
            session.commit()
        except BaseException as error:
            if surely_not_stored(error):
                self._undo(session)
            else:  # its files stay; the next opening looks which of them are needed
                self._tidy = False
            raise

    def _work(self, *, writing: bool, actor: str | None = None) -> Work:
        now, today = self.clock.now(), self.clock.today()
        return Work(actor or self.actor, now, today, self.practice, self.store, writing, self.rights)


class Desk(KeepsBackups, Units):
    """One open data folder: its units of work, who works here, and the folder's safety as a whole."""

    def accounts_on(self) -> bool:
        """Return whether the office uses accounts, so that nobody works here without signing in."""
        return self.locked or self.read(accounts_on)

    def sign_in(self, name: str, password: str) -> Viewer:
        """Let a user work at this desk. An unknown name takes as long as a wrong password.

        In an encrypted office the first sign-in unlocks the data.
        Raises DeskError("sign_in" | "locked_out"); the try is on the trail then, or will be as soon as the data are unlocked.
        """
        with self._signing:
            if self.locked:
                self.keys.unlock(name, password)
                self.begin_unlocked()
            who = self.read(lambda session: sign_in.candidate(session, name))
            right = passwords.matches(who.password_hash, password)
            kept = passwords.refreshed(who.password_hash, password) if right and who.password_hash else None
            found = self.maintain(lambda session: sign_in.settle(session, who, kept)).value
            if isinstance(found, DeskError):
                raise found
            self._take_over(found)
            self.keys.ensure(NewPassword(found.user_id, found.name, password))
        return found

    def begin_unlocked(self) -> None:
        """Make ready what an opening leaves undone while the data are locked."""
        self._open_again()
        self._make_ready()
        self._clear_leftovers()
        self.keys.report_tries(self.maintain)

    def replaced(self, act: Callable[[], None]) -> None:
        """Let an act replace the data on disk while nobody has them open; if it fails, the former data are opened again."""
        with self._gate.alone(), explained(self.paths.root):
            self.engine.dispose()
            try:
                act()
            finally:
                self._open_again()

    def sign_out(self) -> None:
        """Let nobody work at this desk until the next sign-in; does nothing when nobody was signed in."""
        user_id = self.user_id
        if user_id is not None:
            self.write(lambda session: sign_in.signed_out(session, user_id))
            self._take_over(None)

    def change_password(self, old: str, new: str) -> Viewer:
        """Let the signed-in user choose another password. Raises DeskError("password" | "locked_out" | "not_signed_in")."""
        viewer = self.viewer
        if viewer is None:
            raise DeskError("not_signed_in", "Masuk dahulu dengan nama dan kata sandi Anda.")
        with self._signing:
            who = self.read(lambda session: sign_in.candidate(session, viewer.name))
            if not passwords.matches(who.password_hash, old):
                self.maintain(lambda session: sign_in.settle(session, who, None))
                raise sign_in.wrong_old_password()
            seen = who.password_hash or ""
            self.write(lambda session: sign_in.change_own(session, viewer.user_id, seen, new))
        self.read(lambda _session: None)
        return self.viewer or viewer

    def _take_over(self, viewer: Viewer | None) -> None:
        self._views.clear()
        self._access.take_over(None if viewer is None else viewer.user_id)
        self.actor = SYSTEM if viewer is None else viewer.name
        self.read(lambda _session: None)

    def backup(self, target: Path | None = None, *, automatic: bool = False) -> BackupFile:
        """Write a backup (by default into the backup folder) and read it back; `automatic`: the program's own, not a user's.

        Raises DeskError("not_allowed" | "server_database" | "no_data"), EnvironmentProblem, as `check_target`.
        """
        paths = self._embedded()
        if not automatic:
            self.read(lambda session: require(session, Action.BACK_UP))
        if target is not None and target.parent != paths.backups:
            saving.check_target(target)
        stamp = self.clock.now().strftime("%Y%m%d-%H%M%S")
        with self._gate.shared(), self._backing_up:  # one after the other: they might take the same name
            return backups.backup(paths, target or free_name(paths.backups / f"cadangan-{stamp}.zip"))

    def restore(self, source: Path, *, plain: bool = False) -> Path | None:
        """Put a checked backup in place of the present data, which are saved first; return where. Takes two persons.

        Whoever was signed in must sign in again, into the restored accounts. `plain`: it was agreed that a backup from before the
        encryption takes an encrypted office's encryption away.
        Raises DeskError (damaged, missing or newer backup, "backup_locked", "restore_plain", "not_allowed",
        "needs_second_person") and EnvironmentProblem; the present data then stand as they were.
        """
        paths = self._embedded()
        self._asked(lambda session: require(session, Action.RESTORE))
        if not plain:
            backups.refuse_plain(source, paths)
        subject, was_encrypted = _subject_of(source), self.encrypted
        reason = f"{source.name} (boleh tanpa enkripsi)" if plain else source.name
        by_whom, consent = self.actor, self._may_restore(subject, reason)
        with self._gate.alone(), explained(paths.root):
            self.engine.dispose()
            self._tidy = False  # stored files of the replaced data may be left over
            saved = backups.restore(source, paths, accept=upgrade.refuse_unusable, plain=plain)
            self._open_again()
            self._make_ready()
        self._access.take_over(None)
        self._views.clear()
        told = {"persons": 1 if consent is None or consent.alone else 2}

        def note(session: Session) -> None:
            audit.record(session, "backup:restored", subject, after=told)
            if was_encrypted and not self.encrypted:
                audit.record(session, "encryption:turned_off", "encryption:0")

        self._write(note, by_whom, as_program=True)
        return saved

    def _may_restore(self, subject: str, name: str) -> Consent | None:
        """Return the consent to a restore; None where the database is too damaged to be asked: whoever sits here may.

        The approval is not used up: the database that holds it is about to be replaced, or stays if the restore fails.
        """
        try:
            return self._asked(lambda session: approvals.agreed(session, Act.RESTORE, subject, name))
        except NeedsSecondPerson as error:
            raise self._filed(error) from error

    def _asked(self, question: Callable[[Session], T]) -> T | None:
        """Return what the data answer, None where they are too damaged to be asked."""
        try:
            return self.read(question)
        except EnvironmentProblem as error:
            if error.code != "database_damaged":
                raise
        return None

    def verify(self) -> Verdict:
        """Check trail, integrity, foreign keys and stored files. Raises DeskError("server_database" | "not_allowed")."""
        paths = self._embedded()
        self._asked(lambda session: require(session, Action.VERIFY_DATA))
        with self._gate.shared(), explained(paths.root), self.engine.connect():  # open, so that its log is read as well
            return verify(paths)

    def clock_doubt(self) -> str | None:
        """Return a sentence when the PC's clock stands before the newest entry of the trail, else None."""
        return None if self.practice else self.read(lambda session: audit.clock_doubt(session, self.clock.now()))

    def set_backup_plan(self, plan: Plan) -> None:
        """Keep the automatic backups otherwise. Raises DeskError("not_allowed" | "second_place"), EnvironmentProblem."""
        self.read(lambda session: require(session, Action.BACK_UP))
        keeping.save_plan(self.paths, plan)

    def trail_head(self) -> DayHead | None:
        """Return the newest line of the trail, whose short form is shown and printed so that a copy exists outside."""
        return self.read(day_head)

    def close(self) -> None:
        """Close all connections and let other programs have the data folder."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release(tidy=self._tidy)

    def _make_ready(self) -> None:
        if self.locked:
            return
        upgrade.upgrade(self.engine, self.paths)
        with explained(self.paths.root):  # nobody else has a connection yet: a restored database is switched to its log
            self.engine.connect().close()

    def _clear_leftovers(self) -> None:
        """Clear away what an earlier program left behind when it did not end as it should."""
        if self._lock is None or not self._lock.untidy or self.locked:
            return
        try:
            with explained(self.paths.root):
                cleared = leftovers.clear(self.engine, self.paths)
            _LOG.info("left-overs cleared: %d temporary, %d set aside", cleared.temporary, cleared.set_aside)
        except (OSError, EnvironmentProblem) as error:  # no reason to keep the clerk out; the next opening tries again
            self._tidy = False
            _LOG.warning("left-overs not cleared: %s", type(error).__name__)


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
        chosen = _settings(paths, practice_day)
        if chosen.database_url is None:
            folder.refuse_network_share(root)
        if exclusive:
            sealed_switch.finish(paths)
        else:
            sealed_switch.refuse_unfinished(paths)
        clock: Clock = PracticeClock(chosen.practice_day) if chosen.practice_day else OfficeClock()
        desk = Desk(paths, chosen, clock, lock=lock)
        try:
            desk._make_ready()
            desk._clear_leftovers()
        except BaseException:
            desk.engine.dispose()
            raise
    except BaseException:
        if lock is not None:
            lock.release(tidy=not lock.untidy)
        raise
    return desk


def _settings(paths: DataPaths, practice_day: date | None) -> Settings:
    chosen = settings.load(paths.settings)
    if practice_day is None or chosen.practice_day == practice_day:
        return chosen
    chosen = chosen.model_copy(update={"practice_day": practice_day})
    unfinished = paths.settings.with_name(f".tulis-{paths.settings.name}")
    try:  # whole or absent: half a settings file could make an office's folder of a practice office's
        settings.save(unfinished, chosen)
        unfinished.replace(paths.settings)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise disk_problem(error, paths.root) from error
    return chosen


def _subject_of(source: Path) -> str:
    """Return a whole backup's name on the trail: what a second person agreed to is this content, not any file so called."""
    manifest = json.dumps(backups.check(source), sort_keys=True)
    return f"backup:{hashlib.sha256(manifest.encode()).hexdigest()[:32]}"


assert metadata.ALL_TABLES, "all models are loaded before the first session opens"
