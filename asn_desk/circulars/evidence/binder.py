"""The evidence binder of a circular: one PDF that shows what was sent, to whom, who answered how, and what proves it.

It carries the issued files, the list as data and a manifest of hashes as attachments, and ends with a sealed hash of every
byte, so that it can be checked years later without this program's database (`binder_check`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries, rules
from asn_desk.circulars.evidence import binder_rows as rows
from asn_desk.circulars.evidence.binder_file import MANIFEST, PEOPLE, BinderFile, Picture, page_text_hashes, page_texts
from asn_desk.circulars.evidence.binder_rows import Proof
from asn_desk.circulars.model import CircularVersion
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.scanning import pixels
from asn_desk.circulars.seals import Seal
from asn_desk.database import files
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.office.model import Office
from asn_desk.saving import opened
from asn_desk.wording import Secrecy, long_date, number, secrecy_words

if TYPE_CHECKING:
    from asn_desk.letters.numbers.table_pdf import Part

FORM = 2  # 1 had no check over the sealing line
SECRECY = Secrecy.LIMITED
_ROWS_AT_ONCE = 1000
_PICTURE_DPI, _PICTURE_QUALITY = 100, 45
_IMAGES = ("application/pdf", "image/jpeg", "image/png", "image/tiff")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class BinderMade:
    """A binder that was written: its pages (pictures included), the people listed, and the hash that is sealed."""

    path: Path
    pages: int
    people: int
    pictures: int
    sha256: str


def write_binder(
    session: Session,
    circular_id: int,
    target: Path,
    seal: Seal,
    *,
    images: bool = False,
    progress: Progress | None = None,
) -> BinderMade:
    """Write the binder of a circular; with `images` every page that a mark names as evidence is shown.

    `seal` is the office's (`seals.office_seal`, made in a write before). `progress(done, total)` counts people, and may
    raise to cancel. The file is whole or absent.
    Raises DeskError("circular_unknown" | "binder_text" | "file_missing" | "file_changed" | "not_allowed"), EnvironmentProblem.
    """
    require(session, Action.SEE_CIRCULARS)
    require(session, Action.EXPORT)
    binder = _Binder(session, queries.versions(session, circular_id), progress)
    with closing(binder):
        base = binder.pages()
        manifest = binder.manifest(base)
        with opened(target) as stream:
            made = BinderFile(stream, base)
            shown = _show_pictures(session, made, binder.proofs) if images else 0
            manifest["pictures"] = shown
            for name, data, media_type in binder.attachments():
                manifest["attachments"][name] = hashlib.sha256(data).hexdigest()
                made.attach(name, data, media_type)
            made.attach(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), "application/json")
            digest = made.finish(seal, secrecy_words(SECRECY))
    return BinderMade(target, manifest["pages"] + shown, binder.people, shown, digest)


@dataclass
class _Binder:
    """Collects the pages of one binder, part after part, in a growing PDF."""

    session: Session
    versions: Sequence[CircularRow]
    progress: Progress | None
    people: int = 0
    statuses: dict[int, Counter[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        import pypdfium2

        if not self.versions:
            raise DeskError("circular_unknown", "Edaran ini tidak ada. Muat ulang daftarnya.")
        self.versions = sorted(self.versions, key=lambda row: row.ordinal)
        self.circular = self.versions[-1]
        self.collecting = [row for row in self.versions if not row.editorial]
        self.proofs = rows.proofs(self.session, self.versions, [row.version_id for row in self.collecting])
        self._document = pypdfium2.PdfDocument.new()
        self._list = io.StringIO()
        self._total = sum(row.tally.total for row in self.collecting)

    def close(self) -> None:
        """Let go of the growing PDF."""
        self._document.close()

    def pages(self) -> bytes:
        """Return the PDF of all parts."""
        self._table(("Hal", "Isi"), (20, 80), [self._part("Bundel bukti edaran", self._summary())])
        for version in self.versions:
            self._text(version)
        for version in self.collecting:
            self._counts(version)
            self._people(version)
        self._proofs()
        traces = rows.trail(self.session, self.circular.id, self.versions, [row.version_id for row in self.collecting])
        self._long_table(
            "Petikan jejak perubahan", rows.TRAIL_HEADERS, rows.TRAIL_SHARES, (one.cells() for one in traces)
        )
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _part(self, title: str, listed: Sequence[tuple[str, ...]], closing_line: str = "") -> Part:
        from asn_desk.letters.numbers.table_pdf import Part

        practice = "CONTOH (data latihan). " if work_of(self.session).practice else ""
        circular = self.circular
        named = f"Nomor {circular.number}, " if circular.number else ""
        note = f"{practice}{named}{long_date(circular.dated)}: {circular.subject}"
        return Part(title, note, listed, closing_line)

    def _table(self, headers: Sequence[str], shares: Sequence[float], parts: Sequence[Part]) -> None:
        from asn_desk.letters.numbers.table_pdf import table_pdf

        self._import(table_pdf(self.circular.subject, headers, shares, parts, SECRECY))

    def _long_table(
        self, title: str, headers: Sequence[str], shares: Sequence[float], listed: Iterable[tuple[str, ...]]
    ) -> None:
        rest = iter(listed)
        while chunk := list(islice(rest, _ROWS_AT_ONCE)):
            self._table(headers, shares, [self._part(title, chunk, f"{number(len(chunk))} baris.")])

    def _import(self, content: bytes) -> None:
        import pypdfium2

        with closing(pypdfium2.PdfDocument(content)) as part:
            self._document.import_pages(part)

    def _text(self, version: CircularRow) -> None:
        import pypdfium2

        try:
            self._import(files.fetch(self.session, version.text_sha256))
        except pypdfium2.PdfiumError as error:
            raise DeskError(
                "binder_text",
                f"PDF surat edaran versi {version.ordinal} tidak dapat dibaca. Periksa data dengan perintah verify.",
            ) from error

    def _summary(self) -> list[tuple[str, ...]]:
        session, circular = self.session, self.circular
        office = session.scalar(select(Office.agency)) or ""
        work = work_of(session)
        found: list[tuple[str, ...]] = [
            ("Perihal", circular.subject), ("Nomor dan tanggal", f"{circular.number or '-'}, {long_date(circular.dated)}"),
            ("Perangkat daerah pengelola", office), ("Batas waktu", long_date(circular.due_on) if circular.due_on else "-"),
            ("Ditutup", long_date(circular.closed_on) if circular.closed_on else "belum"),
            ("Dibuat", f"{long_date(today(session))}, {work.actor}{printed_mark(session)}"),
        ]  # fmt: skip
        for row in self.versions:
            kind = "redaksional" if row.editorial else "material"
            reason = f" Alasan: {row.reason}." if row.reason else ""
            told = f"terbit {long_date(row.published_on)} oleh {row.published_by}, {kind}.{reason} SHA-256 {row.text_sha256}"
            found.append((f"Versi {row.ordinal}", told))
        for row in self.collecting:
            found += [(f"Penerima versi {row.ordinal}", text) for text in self._audience(row)]
        return found

    def _audience(self, version: CircularRow) -> Iterator[str]:
        kept = json.loads(self.session.get_one(CircularVersion, version.version_id).audience)
        rule = rules.audience_from(json.dumps(kept))
        kinds = ", ".join(rules.KIND_WORDS[kind] for kind in rule.kinds)
        opds, units = rule.opd_ids, rule.unit_ids
        chosen = [f"{number(len(ids))} {word}" for ids, word in ((opds, "OPD"), (units, "unit")) if ids]
        where = "seluruh kantor" if opds is None and units is None else " dan ".join(chosen)
        yield f"Aturan: {kinds}; {where}; {number(len(rule.also))} ditambah dan {number(len(rule.without))} dikecualikan."
        yield f"Dibekukan saat terbit: {number(kept['count'])} orang, SHA-256 {kept['sha256']}"

    def _counts(self, version: CircularRow) -> None:
        headers = (
            "Akhir hari",
            "Penerima",
            "Tanda tangan",
            "Atas nama",
            "Menolak",
            "Tidak ditemui",
            "Ditunda",
            "Keluar",
            "Belum",
        )
        found = [
            (
                f"{day:%d-%m-%Y}",
                *(
                    number(count)
                    for count in (
                        tally.total, tally.signed, tally.on_behalf, tally.refused, tally.unreachable, tally.postponed,
                        tally.left, tally.missing,
                    )
                ),
            )
            for day, tally in rows.counts(self.session, version, today(self.session))
        ]  # fmt: skip
        note = "Hari yang tidak disebut sama dengan baris sebelumnya."
        self._table(
            headers, (1,) * len(headers), [self._part(f"Jumlah menurut hari, versi {version.ordinal}", found, note)]
        )

    def _people(self, version: CircularRow) -> None:
        """Add the list of a version, OPD by OPD, and write the same as data."""
        write = csv.writer(self._list, lineterminator="\n")
        counted = self.statuses.setdefault(version.ordinal, Counter())
        if not self._list.tell():
            write.writerow(rows.COLUMNS)
        for opd, group in groupby(rows.lines(self.session, version), lambda line: line.person.opd):
            title = f"Penerima versi {version.ordinal}: {opd}"
            self._long_table(title, rows.LIST_HEADERS, rows.LIST_SHARES, self._noted(group, write, counted))

    def _noted(self, lines: Iterable[rows.Line], write: Any, counted: Counter[Any]) -> Iterator[tuple[str, ...]]:
        for line in lines:
            write.writerow(line.values())
            counted[line.person.status] += 1
            self.people += 1
            if self.progress is not None and self.people % rows.BATCH == 0:
                self.progress(self.people, self._total)
            yield line.cells()

    def _proofs(self) -> None:
        headers, shares = ("Berkas", "SHA-256", "Ukuran (byte)", "Jenis", "Disimpan"), (30, 44, 8, 10, 8)
        listed = (
            (
                one.what,
                one.sha256,
                number(one.size),
                one.media_type,
                f"{one.stored_at:%d-%m-%Y}" if one.stored_at else "-",
            )
            for one in self.proofs
        )
        self._long_table("Hash semua bukti", headers, shares, listed)

    def manifest(self, base: bytes) -> dict[str, Any]:
        """Return what the binder says of itself, for the check."""
        work, circular = work_of(self.session), self.circular
        texts = list(page_texts(base))
        return {
            "form": FORM, "secrecy": SECRECY.value,
            "made_at": work.now.isoformat(), "made_by": work.actor, "on": today(self.session).isoformat(),
            "circular": {"id": circular.id, "subject": circular.subject, "number": circular.number},
            "versions": [_version_facts(row) for row in self.versions],
            "people": self.people,
            "statuses": {str(key): rows.status_counts(found) for key, found in self.statuses.items()},
            "evidence": {one.sha256: one.size for one in self.proofs},
            "pages": len(texts), "page_texts": page_text_hashes(texts), "attachments": {},
        }  # fmt: skip

    def attachments(self) -> Iterator[tuple[str, bytes, str]]:
        """Yield the files that travel with the binder: name, bytes, type."""
        for version in self.versions:
            yield f"edaran-versi-{version.ordinal}.pdf", files.fetch(self.session, version.text_sha256), files.PDF
        yield PEOPLE, self._list.getvalue().encode(), "text/csv"


def _version_facts(row: CircularRow) -> dict[str, Any]:
    return {
        "ordinal": row.ordinal, "id": row.text_id, "collecting": row.version_id, "sha256": row.text_sha256,
        "published_on": _iso(row.published_on),
    }  # fmt: skip


def _iso(day: date) -> str:
    return day.isoformat()


def _show_pictures(session: Session, made: BinderFile, proofs: Sequence[Proof]) -> int:
    """Add a picture of each page that marks name as evidence, and return how many."""
    shown = 0
    for proof in proofs:
        if not proof.pages or proof.media_type not in _IMAGES:
            continue
        suffix = next(key for key, value in pixels.MEDIA_TYPES.items() if value == proof.media_type)
        with closing(pixels.Pages(_kept(session, proof.sha256), suffix)) as pages:
            for page in proof.pages:
                made.show(_picture(pages, page, proof.sha256))
                shown += 1
    return shown


def _kept(session: Session, sha256: str) -> Path:
    """Return where a stored file lies, its bytes checked without holding them. Raises DeskError("file_missing" | "file_changed")."""
    path = work_of(session).files.path(sha256)
    if path.exists():
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == sha256:
                return path
    files.fetch(session, sha256)  # says what is wrong with it
    return path


def _picture(pages: pixels.Pages, page: int, sha256: str) -> Picture:
    grey = pages.picture(page, _PICTURE_DPI)
    stream = io.BytesIO()
    grey.save(stream, "JPEG", quality=_PICTURE_QUALITY)
    return Picture(
        stream.getvalue(), grey.width, grey.height, f"Bukti {sha256}, halaman {page}. {secrecy_words(SECRECY)}"
    )
