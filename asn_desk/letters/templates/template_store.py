"""The office's own versions of the letter templates: kept with who, when and why; the shipped ones can always be restored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import require, require_user
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.work import work_of
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters.checker.findings import Finding
from asn_desk.letters.contents.kinds import KINDS, LetterKind, kind_of
from asn_desk.letters.model import TemplateVersion
from asn_desk.letters.templates.examples import example_data
from asn_desk.letters.templates.page_setup import with_look
from asn_desk.letters.templates.template import CompiledTemplate, compile_template, fill, load
from asn_desk.office import queries as office
from asn_desk.office.look import letter_look
from asn_desk.paths import template_file
from asn_desk.wording import Secrecy

MAX_NOTE = 500
EXAMPLE = "CONTOH"
ADDED, REMOVED = "ditambah", "dihapus"
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True)
class StoreTemplate:
    """A template the clerk edited in Word. `seen` is the id of the version in force when the clerk began (0: the shipped one)."""

    kind: str
    data: bytes
    note: str
    seen: int = 0


@dataclass(frozen=True)
class TemplateRow:
    """One kind of letter with the template in force: `own` says whether it is the office's; `id` is the kind's place in the list."""

    id: int
    kind: str
    title: str
    own: bool
    version_id: int
    versions: int
    changed_at: datetime | None
    changed_by: str
    note: str


@dataclass(frozen=True)
class VersionRow:
    """One change of a kind's template, newest first in lists; `shipped` when the shipped one was restored."""

    id: int
    shipped: bool
    active: bool
    note: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class TextChange:
    """One paragraph that differs between two versions: `what` is "ditambah" or "dihapus"."""

    what: str
    text: str


def ready(session: Session, kind: LetterKind) -> CompiledTemplate:
    """Return the template in force with the office's look, compiled and checked.

    Raises DeskError("template_errors") with the first thing that is wrong, and as `template.load`.
    """
    data = active_bytes(session, kind.code)
    wrong = _first_error(data, kind.code)
    if wrong:
        raise DeskError("template_errors", f"Templat {kind.title} harus diperbaiki dahulu. {wrong}")
    return _compiled(with_look(data, letter_look(session), kind.template), kind.template)


def template_rows(session: Session) -> list[TemplateRow]:
    """Return every kind of letter with the template in force, by title."""
    require(session, Action.EDIT_TEMPLATES)
    rows: dict[str, list[TemplateVersion]] = {}
    for version in session.scalars(select(TemplateVersion).order_by(TemplateVersion.id)):
        rows.setdefault(version.kind, []).append(version)
    kinds = sorted(KINDS.values(), key=lambda kind: kind.title)
    return [_row(place, kind, rows.get(kind.code, [])) for place, kind in enumerate(kinds, start=1)]


def versions(session: Session, kind: str) -> list[VersionRow]:
    """Return the changes of a kind's template, the one in force first."""
    require(session, Action.EDIT_TEMPLATES)
    found = session.scalars(
        select(TemplateVersion).where(TemplateVersion.kind == kind).order_by(TemplateVersion.id.desc())
    )
    return [
        VersionRow(row.id, row.sha256 is None, place == 0, row.note, row.made_at, row.made_by)
        for place, row in enumerate(found)
    ]


def template_bytes(session: Session, kind: str, version_id: int = 0) -> bytes:
    """Return a version's Word file; 0 is the shipped one. Raises DeskError("template_version")."""
    if version_id:
        version = session.get(TemplateVersion, version_id)
        if version is None or version.kind != kind:
            raise DeskError("template_version", "Versi templat ini tidak ada. Muat ulang daftarnya.")
        if version.sha256 is not None:
            return files.fetch(session, version.sha256)
    return load(template_file(kind_of(kind).template)).data


def active_bytes(session: Session, kind: str) -> bytes:
    """Return the Word file in force for a kind, unchecked, so that a broken one can be mended."""
    require_user(session)
    version = _last(session, kind)
    return template_bytes(session, kind, version.id if version is not None else 0)


def save_working_copy(session: Session, kind: str, folder: Path) -> Path:
    """Write the template in force into a folder for editing and return its path; edited copies there are never overwritten.

    Raises EnvironmentProblem when the folder cannot be written.
    """
    require(session, Action.EDIT_TEMPLATES)
    data = active_bytes(session, kind)
    stem = _UNSAFE.sub("-", kind_of(kind).title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        count = 1
        while True:
            target = folder / (f"{stem}.docx" if count == 1 else f"{stem} ({count}).docx")
            if not target.exists():
                write_durably(target, data)
                return target
            if target.read_bytes() == data:
                return target
            count += 1
    except OSError as error:
        raise disk_problem(error, folder) from error


def edited_file(path: Path) -> bytes:
    """Return the bytes of a file edited in Word. Raises DeskError("file_unreadable"), e.g. while Word keeps it locked."""
    try:
        return path.read_bytes()
    except OSError as error:
        sentence = f"Berkas {path.name} tidak dapat dibaca. Simpan dan tutup berkas itu di Word, lalu coba lagi."
        raise DeskError("file_unreadable", sentence) from error


def save_marked(data: bytes, findings: Iterable[Finding], target: Path) -> None:
    """Write a copy of a template with Word comments at its findings. Raises DeskError and EnvironmentProblem."""
    from asn_desk.letters.checker.marking import marked

    saving.write(target, marked(data, findings))


def store_version(session: Session, command: StoreTemplate) -> int:
    """Put the office's own template in force and return the version's id.

    Raises DeskError("template_errors" | "template_same" | "kind_unknown" | "reason_missing") and StaleRecord when another
    version has come since.
    """
    require(session, Action.EDIT_TEMPLATES)
    kind = kind_of(command.kind)
    wrong = _first_error(command.data, kind.code)
    if wrong:
        raise DeskError("template_errors", f"Templat {kind.title} belum disimpan. {wrong}")
    if command.data == active_bytes(session, kind.code):
        raise DeskError("template_same", f"Berkas ini sama dengan templat {kind.title} yang sedang dipakai.")
    note = _note(command.note)
    _check_seen(session, kind.code, command.seen)
    return _added(session, kind.code, files.store(session, command.data, files.DOCX), note)


def restore_shipped(session: Session, kind: str, note: str, seen: int = 0) -> int:
    """Put the shipped template in force again; the office's versions are kept. Raises as `store_version`."""
    require(session, Action.EDIT_TEMPLATES)
    code = kind_of(kind).code
    _check_seen(session, code, seen)
    version = _last(session, code)
    if version is None or version.sha256 is None:
        raise DeskError("template_same", "Templat bawaan memang sedang dipakai.")
    return _added(session, code, None, _note(note))


def differences(older: bytes, newer: bytes) -> list[TextChange]:
    """Return the paragraphs that differ between two Word files, in the order of the letter; [] when only the look differs.

    Raises DeskError when a file cannot be read.
    """
    before, after = _paragraphs(older), _paragraphs(newer)
    changes: list[TextChange] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        if operation != "equal":
            changes += [TextChange(REMOVED, text) for text in before[start:end]]
            changes += [TextChange(ADDED, text) for text in after[new_start:new_end]]
    return changes


def version_changes(session: Session, kind: str, version_id: int) -> list[TextChange]:
    """Return what a version changed against the one before it, or against the shipped template. Raises as `template_bytes`."""
    require(session, Action.EDIT_TEMPLATES)
    before = session.scalars(
        select(TemplateVersion.id)
        .where(TemplateVersion.kind == kind, TemplateVersion.id < version_id)
        .order_by(TemplateVersion.id.desc())
        .limit(1)
    ).first()
    return differences(template_bytes(session, kind, before or 0), template_bytes(session, kind, version_id))


def example_pdf(session: Session, kind: str) -> bytes:
    """Return the pages of the template in force, filled with example values and the office's pictures.

    Raises DeskError where the template or its examples do not serve.
    """
    require(session, Action.EDIT_TEMPLATES)
    from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf

    known = kind_of(kind)
    data = with_look(active_bytes(session, kind), letter_look(session), known.template)
    template = _compiled(data, known.template)
    docx = fill(template, example_data(known), {"logo": office.logo(session), "lambang": office.emblem(session)})
    return docx_to_pdf(docx, PdfMeta(known.title, "ASN Desk", watermark=EXAMPLE, secrecy=Secrecy.OPEN)).data


def _paragraphs(data: bytes) -> list[str]:
    return list(_texts(data))


def _texts(data: bytes) -> Iterator[str]:
    from asn_desk.letters.checker.checking_layout import paragraph_text
    from asn_desk.letters.templates import package
    from asn_desk.letters.templates.compiling import W
    from asn_desk.letters.templates.template import templated

    for member in sorted(package.read_package(data, "templat"), key=lambda member: member.name):
        if templated(member.name):
            for paragraph in package.parsed(member, "templat").iter(f"{W}p"):
                text = " ".join(paragraph_text(paragraph).split())
                if text:
                    yield text


@lru_cache(maxsize=32)
def _compiled(data: bytes, label: str) -> CompiledTemplate:
    return compile_template(data, label)


@lru_cache(maxsize=64)
def _first_error(data: bytes, kind: str) -> str:
    from asn_desk.letters.checker.checking import check

    errors = check(data, kind).errors
    return errors[0].full if errors else ""


def _last(session: Session, kind: str) -> TemplateVersion | None:
    return session.scalars(
        select(TemplateVersion).where(TemplateVersion.kind == kind).order_by(TemplateVersion.id.desc()).limit(1)
    ).first()


def _check_seen(session: Session, kind: str, seen: int) -> None:
    version = _last(session, kind)
    if (version.id if version is not None else 0) != seen:
        raise StaleRecord("Templat ini")


def _note(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        sentence = "Isi alasan perubahan templat, agar kelak diketahui mengapa diubah."
        raise DeskError("reason_missing", sentence, fields={"note": sentence})
    return clean[:MAX_NOTE]


def _added(session: Session, kind: str, sha256: str | None, note: str) -> int:
    work = work_of(session)
    version = TemplateVersion(kind=kind, sha256=sha256, note=note, made_at=work.now, made_by=work.actor)
    session.add(version)
    session.flush()
    return version.id


def _row(place: int, kind: LetterKind, changes: list[TemplateVersion]) -> TemplateRow:
    last = changes[-1] if changes else None
    return TemplateRow(
        id=place,
        kind=kind.code,
        title=kind.title,
        own=last is not None and last.sha256 is not None,
        version_id=last.id if last is not None else 0,
        versions=len(changes),
        changed_at=last.made_at if last is not None else None,
        changed_by=last.made_by if last is not None else "",
        note=last.note if last is not None else "",
    )
