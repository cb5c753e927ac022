"""Automatic backups: when one is due, where it goes, which ones stay, and whether somebody has to worry."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asn_desk.database.backups import tiers
from asn_desk.database.backups.backup_parts import head_of
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.sealing import vault
from asn_desk.database.sealing.vault import Vault
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths
from asn_desk.wording import clock_time, long_date

LOCKED = "Data masih terkunci. Cadangan otomatis menyusul sendiri sesudah ada yang masuk."
FOLDER = "otomatis"
SECOND_FOLDER = "Cadangan ASN Desk"
_PLAN_NAME = "pengaturan-cadangan.toml"
_STATE_NAME = "keadaan.json"


class Plan(BaseModel):
    """How an office keeps its automatic backups. `second` is a folder on another disk, empty for none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    enabled: bool = True
    second: str = ""
    warn_days: int = Field(default=3, ge=1, le=60)


@dataclass(frozen=True)
class Place:
    """One place of automatic backups and how it stands. `good_at` is when it last held all of the office's data."""

    name: str
    folder: Path
    good_at: datetime | None
    problem: str = ""
    made: Path | None = None


@dataclass(frozen=True)
class Light:
    """What the window shows: when everything was last safe, and a sentence when somebody has to act (else empty)."""

    good_at: datetime | None
    warning: str


@dataclass(frozen=True)
class Known:
    """A backup that can be restored: where, when made (local time), and how it came to be."""

    path: Path
    made_at: datetime
    how: str


def known(paths: DataPaths, plan: Plan) -> list[Known]:
    """Return the backups of all places that can be reached, newest first."""
    found = [
        Known(file, vault.moment_of(file), f"otomatis, {place.name}")
        for place in places(paths, plan)
        for file in Vault(place.folder).manifests()
    ]
    for pattern, how in (("cadangan-*.zip", "dibuat sendiri"), ("sebelum-pemulihan-*.zip", "sebelum pemulihan")):
        found += [
            Known(file, datetime.fromtimestamp(file.stat().st_mtime).astimezone(), how)
            for file in paths.backups.glob(pattern)
        ]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def load_plan(paths: DataPaths) -> Plan:
    """Read the plan; one that cannot be read counts as the usual one, so that backups go on."""
    try:
        return Plan.model_validate(tomllib.loads((paths.root / _PLAN_NAME).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError):
        return Plan()


def save_plan(paths: DataPaths, plan: Plan) -> None:
    """Write the plan. Raises DeskError("second_place") for a folder inside the data folder, EnvironmentProblem."""
    if plan.second:
        _refuse_useless(Path(plan.second), paths)
    text = f"enabled = {str(plan.enabled).lower()}\nsecond = {json.dumps(plan.second)}\nwarn_days = {plan.warn_days}\n"
    try:
        write_durably(paths.root / _PLAN_NAME, text.encode())
    except OSError as error:
        raise disk_problem(error, paths.root) from error


def _refuse_useless(second: Path, paths: DataPaths) -> None:
    if not second.is_absolute() or second.resolve().is_relative_to(paths.root.resolve()):
        raise DeskError(
            "second_place",
            f"{second} bukan tempat kedua yang baik. Pilih folder di diska USB atau di jaringan, di luar folder data.",
            fields={"second": "Pilih folder di luar folder data."},
        )
    if not second.is_dir():
        raise DeskError(
            "second_place",
            f"Folder {second} tidak ditemukan. Colokkan diskanya atau pilih folder lain.",
            fields={"second": "Folder ini tidak ditemukan."},
        )


def keep(paths: DataPaths, plan: Plan, now: datetime, *, at_once: bool = False) -> tuple[Place, ...]:
    """Make the backups that are due, thin out the old ones, and say how each place stands.

    A place that cannot be written is told (`problem`) and does not keep the other from its backup. Nothing is written
    where nothing changed since the last one. `at_once` does not wait for the hour.
    """
    if not paths.database.exists() or not plan.enabled:
        return places(paths, plan)
    state = _load_state(paths)
    found = tuple(_keep_at(paths, place, now, at_once=at_once) for place in places(paths, plan))
    goods = {**state, **{place.name: place.good_at.isoformat() for place in found if place.good_at is not None}}
    if goods != state:
        _save_state(paths, goods)
    return found


def places(paths: DataPaths, plan: Plan) -> tuple[Place, ...]:
    """Return the places of automatic backups as they stood the last time."""
    state = _load_state(paths)
    found = [Place("di komputer ini", paths.backups / FOLDER, _moment(state.get("di komputer ini")))]
    if plan.second:
        found.append(Place("di tempat kedua", Path(plan.second) / SECOND_FOLDER, _moment(state.get("di tempat kedua"))))
    return tuple(found)


def light(paths: DataPaths, plan: Plan, now: datetime, *, locked: bool = False) -> Light:
    """Return when the data were last safe and, when that is too long ago, what to do about it. Opens no database.

    `locked`: nobody has unlocked encrypted data yet, so that the one thing to do is to sign in.
    """
    if not plan.enabled:
        return Light(_newest_by_hand(paths), f"Cadangan otomatis dimatikan. {_advice('nyalakan', locked=locked)}")
    limit = timedelta(days=plan.warn_days)
    first, *second = places(paths, plan)
    good_at = max(filter(None, (first.good_at, _newest_by_hand(paths))), default=None)
    if good_at is None or now - good_at > limit:
        return Light(good_at, f"{_since(good_at)} {_advice('buat cadangan sekarang', locked=locked)}")
    for place in second:
        if place.good_at is None or now - place.good_at > limit:
            where = f"Tempat kedua cadangan ({place.folder.parent})"
            return Light(
                good_at, f"{where} sudah lama tidak terjangkau. Colokkan diskanya atau sambungkan jaringannya."
            )
    return Light(good_at, "")


def _advice(what: str, *, locked: bool) -> str:
    first = "Data terkunci: masuklah dahulu, buka" if locked else "Buka"
    return f"{first} Pengaturan, Cadangan, lalu {what}."


def _since(good_at: datetime | None) -> str:
    if good_at is None:
        return "Belum ada cadangan yang baik."
    here = good_at.astimezone()
    return f"Cadangan terakhir yang baik: {long_date(here.date())} pukul {clock_time(here)}."


def _keep_at(paths: DataPaths, place: Place, now: datetime, *, at_once: bool) -> Place:
    store = Vault(place.folder)
    try:
        if not place.folder.parent.is_dir():
            if place.folder.parent != paths.backups:
                raise EnvironmentProblem(
                    "folder_missing",
                    f"Folder {place.folder.parent} tidak ditemukan. Colokkan diska lepasnya; cadangan menyusul sendiri.",
                )
            paths.backups.mkdir(exist_ok=True)
        made = store.manifests()
        last = vault.moment_of(made[-1]) if made else None
        if not at_once and not tiers.due(last, now):
            return place
        if made and _unchanged(paths, made[-1]):
            return replace(place, good_at=now)
        kept = vault.keep(paths, store, now)
        thin(store, now)
    except (OSError, EnvironmentProblem) as error:
        told = error if isinstance(error, EnvironmentProblem) else disk_problem(error, place.folder)
        return replace(place, problem=told.sentence)
    return replace(place, good_at=now, made=kept.path)


def _unchanged(paths: DataPaths, newest: Path) -> bool:
    """Return whether the newest backup holds the office as it is now, to the last line of its trail."""
    try:
        manifest = vault.read_manifest(newest)
    except DeskError:  # harmed since: another one is needed now
        return False
    return manifest["head"] == head_of(paths.database) and not manifest["harmed"]


def thin(store: Vault, now: datetime) -> int:
    """Delete the automatic backups that no tier keeps. Raises OSError."""
    made = {vault.moment_of(file): file for file in store.manifests()}
    stay = tiers.kept(made, now.astimezone())
    gone = [file for moment, file in made.items() if moment not in stay]
    return vault.thin(store, gone) if gone else 0


def _newest_by_hand(paths: DataPaths) -> datetime | None:
    moments = [file.stat().st_mtime for file in paths.backups.glob("cadangan-*.zip")]
    return datetime.fromtimestamp(max(moments)).astimezone() if moments else None


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None


def _load_state(paths: DataPaths) -> dict[str, str]:
    try:
        told = json.loads((paths.backups / _STATE_NAME).read_bytes())
        return {str(key): str(value) for key, value in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _save_state(paths: DataPaths, state: dict[str, str]) -> None:
    try:
        write_durably(paths.backups / _STATE_NAME, json.dumps(state).encode())
    except OSError as error:
        raise disk_problem(error, paths.backups) from error
