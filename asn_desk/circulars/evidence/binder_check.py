"""The independent check of an evidence binder: it reads the PDF alone, no database, and says what no longer fits."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asn_desk.circulars.evidence.binder_file import (
    LAST_LINE,
    LAST_LINE_WITHIN,
    MANIFEST,
    PEOPLE,
    line_check,
    page_text_hashes,
    page_texts,
)
from asn_desk.errors import DeskError, EnvironmentProblem

_NAMED = 10


@dataclass(frozen=True)
class BinderVerdict:
    """What the check found: nothing means that every byte is as written. `facts` is what the binder says of itself.

    `people` are the rows of its list, as data; `key` and `seal` belong to the sealing line, `sha256` is what they seal.
    """

    findings: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[dict[str, str], ...] = ()
    sha256: str = ""
    key: str = ""
    seal: str = ""

    @property
    def whole(self) -> bool:
        """Return whether nothing was found."""
        return not self.findings


def check_file(path: Path) -> BinderVerdict:
    """Return what is wrong with a binder. Raises DeskError("binder_foreign") for another file, EnvironmentProblem."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file_missing", f"Berkas {path.name} tidak dapat dibaca ({error.strerror}). Periksa letaknya."
        ) from error
    attached, texts = _opened(content, path.name)
    if MANIFEST not in attached:
        raise _foreign(path.name)
    try:
        facts = dict(json.loads(attached[MANIFEST]))
        people = tuple(csv.DictReader(io.StringIO(attached.get(PEOPLE, b"").decode())))
        found = [*_inside(facts, attached), *_pages(facts, texts), *_counts(facts, people)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
        facts, people, found = {}, (), ["Manifes bundel rusak."]
    checked = not isinstance(facts.get("form"), int) or facts["form"] > 1
    digest, key, seal, byte_findings = _bytes(content, checked=checked)
    return BinderVerdict((*byte_findings, *found), facts, people, digest, key, seal)


def _foreign(name: str) -> DeskError:
    return DeskError("binder_foreign", f"Berkas {name} bukan bundel bukti dari ASN Desk, atau sudah rusak sama sekali.")


def _opened(content: bytes, name: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the attachments and the pages' texts as any PDF program sees them."""
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(content)) as document:
            places = range(document.count_attachments())
            files = [document.get_attachment(place) for place in places]
            attached = {one.get_name(): bytes(one.get_data()) for one in files}
        return attached, list(page_texts(content))
    except pypdfium2.PdfiumError as error:
        raise _foreign(name) from error


def _bytes(content: bytes, *, checked: bool) -> tuple[str, str, str, list[str]]:
    """Return the sealed hash, the key's name, the seal, and what is wrong with the bytes."""
    found = LAST_LINE.search(content, max(0, len(content) - LAST_LINE_WITHIN))
    if found is None:
        said = "Baris penutup bundel hilang atau berubah: berkas ini disunting atau disimpan ulang oleh program lain."
        return "", "", "", [said]
    written, key, seal, check, table = (group.decode() for group in found.groups(b""))
    actual = hashlib.sha256(content[: found.start()]).hexdigest()
    findings = []
    if actual != written:
        findings.append("Isi berkas telah berubah sejak bundel dibuat (hash tidak cocok).")
    elif content.rfind(b"xref\n", 0, found.start()) != int(table):
        findings.append("Penunjuk di akhir berkas telah diubah.")
    elif (check or checked) and check != line_check(written, key, seal, table):
        findings.append("Segel di akhir berkas telah diubah.")
    return written, key, seal, findings


def _inside(facts: Mapping[str, Any], attached: Mapping[str, bytes]) -> list[str]:
    wanted: Mapping[str, str] = facts["attachments"]
    wrong = [
        f"Lampiran {name} {'berubah' if name in attached else 'hilang'}."
        for name, sha256 in wanted.items()
        if hashlib.sha256(attached.get(name, b"")).hexdigest() != sha256
    ]
    wrong += [
        f"Lampiran {name} tidak disebut dalam manifes." for name in attached if name not in wanted and name != MANIFEST
    ]
    texts = {name: sha256 for name, sha256 in wanted.items() if name.startswith("edaran-versi-")}
    for version in facts["versions"]:
        if texts.get(f"edaran-versi-{version['ordinal']}.pdf") != version["sha256"]:
            wrong.append(f"Surat edaran versi {version['ordinal']} bukan yang diterbitkan.")
    return wrong


def _pages(facts: Mapping[str, Any], texts: list[str]) -> list[str]:
    expected = facts["pages"] + facts["pictures"]
    if len(texts) != expected:
        return [f"Bundel berisi {len(texts)} halaman, seharusnya {expected}."]
    pairs = zip(facts["page_texts"], page_text_hashes(texts), strict=False)
    wrong = [place for place, (wanted, actual) in enumerate(pairs, 1) if wanted != actual]
    more = f" dan {len(wrong) - _NAMED} lagi" if len(wrong) > _NAMED else ""
    return [f"Tulisan berubah di halaman {', '.join(map(str, wrong[:_NAMED]))}{more}."] if wrong else []


def _counts(facts: Mapping[str, Any], people: tuple[dict[str, str], ...]) -> list[str]:
    counted: dict[str, Counter[str]] = {}
    for row in people:
        counted.setdefault(row["versi"], Counter())[row["status"]] += 1
    stated = {key: Counter(value) for key, value in facts["statuses"].items() if value}
    if counted != stated or len(people) != facts["people"]:
        return ["Jumlah dalam manifes tidak cocok dengan daftar penerima."]
    return []
