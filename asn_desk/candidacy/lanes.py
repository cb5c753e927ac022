"""The two swim lanes of a file: what the organiser does and what the office does, with days past, due and planned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from asn_desk.candidacy.duties import DutyStatus, Obligation
from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.states import KpuStatus
from asn_desk.regulations import schema
from asn_desk.regulations.terms import Lane

_KPU = ("DUKUNGAN", "PENDAFTARAN", "DCS", "PENETAPAN", "PUNGUT_SUARA", "TERPILIH", "PELANTIKAN")
_LETTER = ("LAPOR", "SURAT_MUNDUR", "TANDA_TERIMA", "SURAT_PROSES", "SK_TERBIT", "SK_DI_KPU", "TMT")
_APS = ("LAPOR", "APS_DIAJUKAN", "APS_DISETUJUI", "SK_TERBIT", "SK_DI_KPU", "TMT")
_RETIREMENT = ("LAPOR", "BUP_DITETAPKAN", "PENSIUN")
_PERMIT = ("LAPOR", "IZIN_DIMINTA", "IZIN_DIBERIKAN", "BEBAS_SEMENTARA", "KEMBALI")
_SHORT = {
    "LAPOR": "Lapor PPK", "SURAT_MUNDUR": "Surat mundur", "TANDA_TERIMA": "Tanda terima", "SURAT_PROSES": "Sedang diproses",
    "SK_TERBIT": "SK", "SK_DI_KPU": "SK di KPU", "TMT": "TMT", "DUKUNGAN": "Dukungan", "PENDAFTARAN": "Pendaftaran", "DCS": "DCS",
    "PENETAPAN": "Penetapan", "PUNGUT_SUARA": "Pemungutan suara", "TERPILIH": "Hasil", "PELANTIKAN": "Pelantikan",
    "APS_DIAJUKAN": "Permohonan", "APS_DISETUJUI": "Persetujuan", "BUP_DITETAPKAN": "SK pensiun", "PENSIUN": "TMT pensiun",
    "IZIN_DIMINTA": "Permohonan izin", "IZIN_DIBERIKAN": "Izin PPK", "BEBAS_SEMENTARA": "Bebas sementara", "KEMBALI": "Kembali",
    "PLT_DITUNJUK": "Plt", "PERTEK": "Pertek BKN", "USUL_DIKIRIM": "Usul",
}  # fmt: skip


@dataclass(frozen=True)
class LanePoint:
    """One point of a lane. `done`: it happened on `day`; else `day` is its due or planned day, None when unknown.

    `late`: still missing after its day. `duty_id`: the obligation whose explanation belongs to the day, or empty;
    `origin`: where the day comes from, in words.
    """

    code: str
    title: str
    day: date | None
    done: bool
    late: bool
    duty_id: str
    origin: str


def lanes(situation: Situation, duties: Iterable[Obligation], today: date) -> dict[Lane, tuple[LanePoint, ...]]:
    """Return the points of the KPU lane and of the staff lane, each in its usual order."""
    by_event = dict(_duty_events(situation, duties))
    kpu = tuple(_point(code, situation, by_event, today) for code in _kpu_codes(situation))
    staff = tuple(_point(code, situation, by_event, today) for code in _staff_codes(situation))
    return {Lane.KPU: kpu, Lane.STAFF: staff}


def _duty_events(situation: Situation, duties: Iterable[Obligation]) -> Iterator[tuple[str, Obligation]]:
    """Give for each event the duty with the earliest due date that it meets by itself; the first one given last wins."""
    ways = {rule.id: rule.alternatives for rule in situation.book.rules}
    open_first = sorted(duties, key=lambda row: row.due or date.max, reverse=True)
    for duty in open_first:
        if duty.status is not DutyStatus.NOT_APPLICABLE:
            yield from ((code, duty) for code in ways[duty.id][0])


def _kpu_codes(situation: Situation) -> Iterator[str]:
    if situation.book.calendar.type == "partai":
        return
    village = situation.facts.office == "KADES"
    for code in _KPU:
        planned = situation.book.planned(code, situation.facts.office) is not None
        always = code in {"PENDAFTARAN", "PENETAPAN", "TERPILIH"}
        if code == "DUKUNGAN" and situation.facts.path != "perseorangan":
            continue
        if planned or always or code in situation.happened or (village and code == "PELANTIKAN"):
            yield code


def _staff_codes(situation: Situation) -> tuple[str, ...]:
    known = {"izin_kades": _PERMIT, "bup": _RETIREMENT, "aps": _APS}.get(situation.track.value, _LETTER)
    if situation.track.value != "bup" and situation.track.value != "izin_kades":
        post = situation.book.library.posts.get(situation.facts.post)
        return (*known, "PLT_DITUNJUK") if post and post.vacates else known
    return known


def _point(code: str, situation: Situation, by_event: dict[str, Obligation], today: date) -> LanePoint:
    event = situation.first(code)
    title = _SHORT.get(code) or situation.book.library.events[code].title
    if code == "TERPILIH":
        return _result(situation)
    if event is not None:
        return LanePoint(code, title, event.day, done=True, late=False, duty_id="", origin=event.origin)
    duty = by_event.get(code)
    if duty is not None and duty.due is not None:
        late = duty.status is DutyStatus.LATE
        return LanePoint(code, title, duty.due, done=False, late=late, duty_id=duty.id, origin=duty.due_date.how)
    day, origin = _planned(code, situation)
    held = day is not None and code == "PUNGUT_SUARA" and day <= today
    return LanePoint(code, title, day, done=held, late=False, duty_id="", origin=origin)


def _planned(code: str, situation: Situation) -> tuple[date | None, str]:
    if code in {"TMT", "PENSIUN"}:
        row = situation.tmt_row
        return situation.tmt, row.text if row else ""
    trigger = situation.trigger(schema.Due(trigger=code))
    return trigger.day, trigger.origin


_RESULTS = {
    KpuStatus.ELECTED: "Terpilih", KpuStatus.SWORN_IN: "Terpilih", KpuStatus.NOT_ELECTED: "Tidak terpilih",
    KpuStatus.NOT_DETERMINED: "Tidak ditetapkan", KpuStatus.WITHDRAWN: "Mundur", KpuStatus.TMS: "TMS",
}  # fmt: skip
_RESULT_EVENTS = ("TERPILIH", "TIDAK_TERPILIH", "TIDAK_DITETAPKAN", "MUNDUR_PENCALONAN", "TMS")


def _result(situation: Situation) -> LanePoint:
    title = _RESULTS.get(situation.recorded_state.kpu, "Hasil")
    days = [event.day for code in _RESULT_EVENTS if (event := situation.last(code)) is not None]
    done = title != "Hasil"
    day = max(days) if done and days else None
    return LanePoint(
        "TERPILIH", title, day, done=done, late=False, duty_id="", origin="dicatat dalam berkas" if done else ""
    )
