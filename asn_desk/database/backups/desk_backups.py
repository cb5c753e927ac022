"""The part of a Desk that keeps automatic backups and tells how safe the data are; no session is involved."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from asn_desk.database.backups import keeping
from asn_desk.database.backups.keeping import Known, Light, Place, Plan
from asn_desk.database.backups.preview import Preview, preview
from asn_desk.database.gate import Gate
from asn_desk.database.problems import explained
from asn_desk.database.sealing import cipher
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths
from asn_desk.settings import Settings


class KeepsBackups:
    """What Desk inherits; the attributes are those that its constructor sets."""

    paths: DataPaths
    settings: Settings
    _gate: Gate
    _backing_up: threading.Lock

    def keep_backups(self, *, at_once: bool = False) -> tuple[Place, ...]:
        """Make the automatic backups that are due; the practice office and a server's data have none.

        Trouble at a place is told in what is returned, never raised. While encrypted data are locked nothing is made: nothing can
        change meanwhile, and a copy that nobody can open and look through would only pretend to be a good backup.
        """
        if self._without_backups():
            return ()
        if cipher.is_locked(self.paths.database):
            return tuple(replace(place, problem=keeping.LOCKED) for place in self.backup_places())
        with self._gate.shared(), self._backing_up:
            return keeping.keep(self.paths, self.backup_plan(), datetime.now(UTC), at_once=at_once)

    def backup_plan(self) -> Plan:
        """Return how the automatic backups are kept."""
        return keeping.load_plan(self.paths)

    def backup_places(self) -> tuple[Place, ...]:
        """Return the places of automatic backups as they stood the last time."""
        return keeping.places(self.paths, self.backup_plan())

    def backup_light(self) -> Light:
        """Return when the data were last safe, and a sentence when somebody has to act; nothing to say in practice."""
        if self._without_backups():
            return Light(None, "")
        locked = cipher.is_locked(self.paths.database)
        return keeping.light(self.paths, self.backup_plan(), datetime.now(UTC), locked=locked)

    def backups(self) -> list[Known]:
        """Return the backups that can be restored, newest first, of all places that can be reached."""
        return keeping.known(self.paths, self.backup_plan())

    def preview_restore(self, source: Path) -> Preview:
        """Check a backup and say what restoring it would change.

        Raises DeskError as `backup.check`, "backup_locked" for one whose key nobody has opened, EnvironmentProblem.
        """
        paths = self._embedded()
        with self._gate.shared(), explained(paths.root):
            return preview(source, paths)

    def last_backup(self) -> datetime | None:
        """Return when all of the data were last in a good backup, with the local zone."""
        good_at = keeping.light(self.paths, self.backup_plan(), datetime.now(UTC)).good_at
        return None if good_at is None else good_at.astimezone()

    def _without_backups(self) -> bool:
        return self.settings.practice_day is not None or self.settings.database_url is not None

    def _embedded(self) -> DataPaths:
        if self.settings.database_url is not None:
            raise DeskError(
                "server_database", "Data ini berada di server PostgreSQL; gunakan alat cadangan server itu."
            )
        return self.paths
