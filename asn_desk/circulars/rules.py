"""Who a circular is for, which mark may follow which, and how progress is counted. No database, no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from operator import itemgetter

from asn_desk.circulars.terms import AckMethod, AckStatus, Companion, Signature
from asn_desk.database.trail.written import PARTED
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.employees.words import KIND_WORDS
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

__all__ = [
    "ASN_KINDS", "COMPANION_WORDS", "DONE", "KIND_WORDS", "METHOD_WORDS", "OPEN", "SIGNATURE_WORDS", "STATUS_WORDS",
    "AckMethod", "AckStatus", "Audience", "Companion", "EmployeeKind", "EmploymentState", "MarkNotes", "Signature", "Standing",
    "Tally", "allowed", "audience_from", "audience_hash", "audience_lines", "audience_text", "check_audience", "check_day", "check_mark",
    "is_head", "reminder_offsets", "standing", "with_rule",
]  # fmt: skip

ASN_KINDS = (EmployeeKind.PNS, EmployeeKind.CPNS, EmployeeKind.PPPK, EmployeeKind.PPPK_PW)

STATUS_WORDS = {
    AckStatus.WAITING: "Menunggu",
    AckStatus.PRINTED: "Dicetak",
    AckStatus.HANDED: "Diserahkan",
    AckStatus.SIGNED: "Ditandatangani",
    AckStatus.ON_BEHALF: "Atas nama",
    AckStatus.REFUSED: "Menolak",
    AckStatus.UNREACHABLE: "Tidak ditemui",
    AckStatus.POSTPONED: "Ditunda",
    AckStatus.LEFT: "Keluar",
}
METHOD_WORDS = {
    AckMethod.CODE: "Kode lembar",
    AckMethod.BY_HAND: "Dicatat manual",
    AckMethod.SCAN: "Hasil pindaian",
    AckMethod.SHEET: "Lembar kolektif",
    AckMethod.RETURN_FILE: "Berkas balasan",
}
SIGNATURE_WORDS = {
    Signature.WET: "tanda tangan basah",
    Signature.COLLECTIVE: "tanda tangan kolektif",
    Signature.ELECTRONIC: "tanda tangan elektronik",
}
COMPANION_WORDS = {
    Companion.PLAIN: "Tanda terima",
    Companion.PLEDGE: "Pakta integritas per orang",
    Companion.LIST: "Daftar kolektif",
    Companion.OATH: "Ikrar dengan berita acara dan foto",
}
DONE = frozenset({AckStatus.SIGNED, AckStatus.ON_BEHALF})
OPEN = tuple(status for status in AckStatus if status not in DONE and status is not AckStatus.LEFT)
"""Who still owes a signature; a refusal stays open, for it may turn into one."""

# A signature is final until its mark is undone; whoever refused, was away or left may still have signed on paper.
_ANSWERS = frozenset({
    AckStatus.SIGNED, AckStatus.ON_BEHALF, AckStatus.REFUSED, AckStatus.UNREACHABLE, AckStatus.POSTPONED, AckStatus.LEFT,
})  # fmt: skip
_NEXT = {
    AckStatus.WAITING: _ANSWERS | {AckStatus.PRINTED, AckStatus.HANDED},
    AckStatus.PRINTED: _ANSWERS | {AckStatus.HANDED},
    AckStatus.HANDED: _ANSWERS,
    AckStatus.UNREACHABLE: (_ANSWERS | {AckStatus.HANDED}) - {AckStatus.UNREACHABLE},
    AckStatus.POSTPONED: _ANSWERS | {AckStatus.HANDED},
    AckStatus.REFUSED: frozenset({AckStatus.SIGNED, AckStatus.LEFT}),
    AckStatus.ON_BEHALF: frozenset({AckStatus.SIGNED}),
    AckStatus.LEFT: frozenset({AckStatus.SIGNED, AckStatus.WAITING}),  # who left may come back
    AckStatus.SIGNED: frozenset[AckStatus](),
}
_HEAD_CLASSES = frozenset({PostClass.JPT_UTAMA, PostClass.JPT_MADYA, PostClass.JPT_PRATAMA})
_HEAD_WORDS = ("kepala ", "camat", "lurah", "direktur", "inspektur", "sekretaris daerah", "sekretaris dprd")
_LONGEST_PLAN = 12


@dataclass(frozen=True)
class Audience:
    """Who a circular is for: the people of whole OPDs and of single units, or of the whole office where both are None.

    `unit_ids` reach those who work directly in a unit, not below it. `also` and `without` are employees taken in or left out
    by name, whatever the rest says. People who left are never among them. With `heads_first` the heads of the OPDs are stage
    1 and everybody else stage 2. Non-ASN staff take part only where the office says so (SE MenPANRB 1/2023), hence not by
    default.
    """

    opd_ids: tuple[int, ...] | None = None
    kinds: tuple[EmployeeKind, ...] = ASN_KINDS
    states: tuple[EmploymentState, ...] = (EmploymentState.ACTIVE,)
    unit_ids: tuple[int, ...] | None = None
    also: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    heads_first: bool = False


@dataclass(frozen=True)
class Tally:
    """Progress in numbers: how many people, and how many of them stand where. What no number names is still waiting."""

    total: int = 0
    signed: int = 0
    refused: int = 0
    unreachable: int = 0
    printed: int = 0
    handed: int = 0
    on_behalf: int = 0
    postponed: int = 0
    left: int = 0

    @classmethod
    def of(cls, counts: Mapping[AckStatus, int]) -> Tally:
        """Return the tally of people counted by status."""
        count = counts.get  # spelled out: a province has thousands of units, each with its own tally
        return cls(
            sum(counts.values()), count(AckStatus.SIGNED, 0), count(AckStatus.REFUSED, 0), count(AckStatus.UNREACHABLE, 0),
            count(AckStatus.PRINTED, 0), count(AckStatus.HANDED, 0), count(AckStatus.ON_BEHALF, 0),
            count(AckStatus.POSTPONED, 0), count(AckStatus.LEFT, 0),
        )  # fmt: skip

    @property
    def waiting(self) -> int:
        """Return how many have no mark yet."""
        marked = self.signed + self.refused + self.unreachable + self.printed + self.handed
        return self.total - marked - self.on_behalf - self.postponed - self.left

    @property
    def done(self) -> int:
        """Return how many signed, or had it signed in their name."""
        return self.signed + self.on_behalf

    @property
    def missing(self) -> int:
        """Return how many still owe a signature, for whatever reason; who left owes none."""
        return self.total - self.done - self.left

    @property
    def percent(self) -> int:
        """Return the signed share of those who did not leave in whole percent, rounded down: 100 means everybody, 0 also nobody asked."""
        expected = self.total - self.left
        if expected == 0:
            return 100 if self.total else 0
        return self.done * 100 // expected

    @property
    def share(self) -> float:
        """Return the signed share as `percent`, not rounded, from 0 to 1: to sort by."""
        expected = self.total - self.left
        return 1.0 if expected == 0 else self.done / expected

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class MarkNotes:
    """What some marks need besides their status: a reason or way, a person named, a day until when."""

    note: str = ""
    party: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where the marks put a person: status, the day of the signature, until when it is put off."""

    status: AckStatus = AckStatus.WAITING
    acknowledged_on: date | None = None
    postponed_until: date | None = None


def check_audience(audience: Audience) -> None:
    """Raise DeskError("audience_empty") when nothing is chosen for one of the parts."""
    everywhere = audience.opd_ids is None and audience.unit_ids is None
    if not (everywhere or audience.opd_ids or audience.unit_ids):
        sentence = "Pilih paling sedikit satu OPD atau unit, atau pilih seluruh kantor."
        raise DeskError("audience_empty", sentence, fields={"opd_ids": sentence})
    if not audience.kinds or not audience.states:
        sentence = "Pilih paling sedikit satu jenis pegawai."
        raise DeskError("audience_empty", sentence, fields={"kinds": sentence})


def audience_text(audience: Audience, count: int, fingerprint: str) -> str:
    """Return the frozen audience as JSON for the version's row: the rule, how many people, and their hash."""
    return json.dumps({**_rule(audience), "count": count, "sha256": fingerprint}, sort_keys=True)


def with_rule(text: str, audience: Audience) -> str:
    """Return the JSON of `audience_text` with another rule; count and hash stay those of the publishing day."""
    return json.dumps({**json.loads(text), **_rule(audience)}, sort_keys=True)


def _rule(audience: Audience) -> dict[str, object]:
    return {
        "opd_ids": None if audience.opd_ids is None else sorted(audience.opd_ids),
        "unit_ids": None if audience.unit_ids is None else sorted(audience.unit_ids),
        "kinds": [kind.value for kind in audience.kinds],
        "states": [state.value for state in audience.states],
        "also": sorted(audience.also),
        "without": sorted(audience.without),
        "heads_first": audience.heads_first,
    }


def audience_from(text: str) -> Audience:
    """Return the rule from the JSON of `audience_text`, also of the first schema, which knew no units and no single people."""
    rule = json.loads(text)
    opds, units = rule["opd_ids"], rule.get("unit_ids")
    return Audience(
        opd_ids=None if opds is None else tuple(opds),
        kinds=tuple(EmployeeKind(kind) for kind in rule["kinds"]),
        states=tuple(EmploymentState(state) for state in rule["states"]),
        unit_ids=None if units is None else tuple(units),
        also=tuple(rule.get("also", ())),
        without=tuple(rule.get("without", ())),
        heads_first=rule.get("heads_first", False),
    )


def audience_hash(rows: Iterable[Sequence[object]]) -> str:
    """Return the SHA-256 (hex) of the frozen people (`audience.IDENTITY`: the employee's id first), in any order."""
    return hashlib.sha256(audience_lines(sorted(map(tuple, rows), key=itemgetter(0))).encode()).hexdigest()


def audience_lines(rows: Sequence[tuple[object, ...]]) -> str:
    """Return what the hash of an audience binds: one line per person, its values as text parted by U+001F."""
    line = PARTED.join(["%s"] * len(rows[0])) if rows else ""
    return "\n".join([line % row for row in rows])


def is_head(post_class: PostClass, post: str, unit_id: int | None, opd_id: int | None) -> bool:
    """Return whether a post leads an OPD: a high office, or a head's title directly in the OPD.

    Heads sign first, before the head of the region; then everyone of the OPD (practice of the circulars of 2023 and 2024).
    """
    return post_class in _HEAD_CLASSES or (
        unit_id is not None and unit_id == opd_id and post.lower().startswith(_HEAD_WORDS)
        and not post.lower().startswith(("kepala bidang", "kepala sub", "kepala seksi"))
    )  # fmt: skip


def reminder_offsets(plan: str) -> tuple[int, ...]:
    """Return the working days before (negative) or after the due day on which to remind, ascending.

    Raises DeskError("reminder_plan") for a text that is no such list.
    """
    try:
        offsets = tuple(sorted({int(part) for part in plan.split(",") if part.strip()}))
    except ValueError:
        offsets = ()
    if not offsets or len(offsets) > _LONGEST_PLAN or not -60 <= offsets[0] <= offsets[-1] <= 250:
        sentence = "Tulis jadwal pengingat sebagai hari kerja terhadap batas waktu, misalnya -3, 1, 5."
        raise DeskError("reminder_plan", sentence, fields={"reminder_plan": sentence})
    return offsets


def allowed(status: AckStatus, *, closed: bool = False) -> frozenset[AckStatus]:
    """Return which marks may follow; none once the circular is closed."""
    return frozenset() if closed else _NEXT[status]


def check_mark(before: AckStatus, after: AckStatus, notes: MarkNotes, on: date) -> None:
    """Raise DeskError when this mark may not follow, or lacks the reason, the name or the day it needs."""
    if after not in _NEXT[before]:
        raise DeskError(
            "not_allowed",
            f"Status {STATUS_WORDS[before]} tidak dapat menjadi {STATUS_WORDS[after]}. "
            "Batalkan dulu catatan yang salah dengan alasan, lalu catat yang benar.",
        )
    wanted = _NEEDED.get(after, {})
    given = {"note": notes.note.strip(), "party": notes.party.strip(), "until": notes.until}
    missing = {name: sentence for name, sentence in wanted.items() if not given[name]}
    if after is AckStatus.POSTPONED and notes.until is not None and notes.until <= on:
        missing["until"] = "Tanggal penundaan harus sesudah tanggal catatan."
    if missing:
        raise DeskError("note_missing", " ".join(missing.values()), fields=missing)


_NEEDED: Mapping[AckStatus, Mapping[str, str]] = {
    AckStatus.HANDED: {
        "note": "Tulis cara penyerahan, misalnya langsung atau lewat kepala subbagian.",
        "party": "Tulis siapa yang menyerahkan.",
    },
    AckStatus.ON_BEHALF: {
        "note": "Tulis mengapa dan bagaimana ditandatangani atas nama.",
        "party": "Tulis siapa yang menandatangani atas nama.",
    },
    AckStatus.REFUSED: {"note": "Tulis alasan penolakan.", "party": "Tulis siapa saksinya."},
    AckStatus.POSTPONED: {"until": "Pilih sampai kapan ditunda."},
    AckStatus.LEFT: {"note": "Tulis alasan keluar dari daftar penerima."},
    AckStatus.WAITING: {"note": "Tulis alasan masuk kembali ke daftar penerima."},
}


def begun(dated: date, published: date) -> date:
    """Return the first day on which a text can have been received: its letter's, or its publishing when that came first."""
    return min(dated, published)


def check_day(on: date, earliest: date, today: date) -> None:
    """Raise DeskError("day") for a mark in the future or from before the circular existed."""
    if on > today:
        sentence = f"Tanggal tidak boleh sesudah hari ini ({long_date(today)})."
    elif on < earliest:
        sentence = f"Tanggal tidak boleh sebelum surat edaran ada ({long_date(earliest)})."
    else:
        return
    raise DeskError("day", sentence, fields={"on": sentence})


def standing(marks: Iterable[tuple[AckStatus, date, date | None]]) -> Standing:
    """Return what follows from the marks still valid, oldest first: (status, day, until)."""
    found = Standing()
    for status, on, until in marks:
        found = Standing(status, on if status in DONE else None, until if status is AckStatus.POSTPONED else None)
    return found
