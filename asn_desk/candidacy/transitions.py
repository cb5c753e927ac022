"""The state machine of a declaration: one frozen table of steps with guards, moved by dated events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from asn_desk.candidacy.states import (
    FINAL_STAFF,
    STATUS_WORDS,
    DatedEvent,
    DisciplineStatus,
    KpuStatus,
    StaffStatus,
    State,
)
from asn_desk.regulations.terms import Lane
from asn_desk.wording import long_date


@dataclass(frozen=True)
class Setting:
    """What guards may know about the file besides its state. `determination`: P, recorded or planned; `tmt`: as computed."""

    acting_head: bool = False
    must_resign: bool = True
    village_permit: bool = False
    aps_ground: bool = False
    determination: date | None = None
    published_determination: date | None = None
    tmt: date | None = None


Guard = Callable[[State, DatedEvent, Setting], str | None]


@dataclass(frozen=True)
class Step:
    """One row of the table: the event moves a lane from any of `sources` to `target` (None: it stays).

    `guards` ask about the state; `day_guards` about the event's own days and are asked only when it is recorded.
    """

    event: str
    lane: Lane
    sources: frozenset[str]
    target: str | None = None
    guards: tuple[Guard, ...] = ()
    day_guards: tuple[Guard, ...] = ()


K, S, D = KpuStatus, StaffStatus, DisciplineStatus
_OPEN = frozenset({S.DRAFT, S.REPORTED})
_LETTERED = frozenset({S.RESIGNED, S.RECEIPT, S.IN_PROCESS, S.INCOMPLETE, S.HELD})
_APS = frozenset({S.APS, S.APS_GRANTED, S.APS_POSTPONED})
UNRESIGNED = frozenset({S.DRAFT, S.REPORTED, S.APS, S.APS_POSTPONED})
_LIVE = frozenset(S) - FINAL_STAFF
_CANDIDATE = frozenset({K.NONE, K.REGISTERED, K.DCS})
_ACCUSABLE = frozenset({D.NONE, D.ETHICS, D.IN_SIPOL, D.FAILED_TO_RESIGN})

REFUSED_C11 = "SK pemberhentian sudah berlaku. Tidak ada pengaktifan kembali, hanya rekrutmen baru (C11)."


def _letter_signed(state: State, event: DatedEvent, _setting: Setting) -> str | None:
    if not state.has("SURAT_MUNDUR"):
        return "Surat pengunduran diri yang ditandatangani belum diterima."
    return None if event.day >= state.days["SURAT_MUNDUR"] else "Tanda terima tidak boleh mendahului suratnya."


def _on_published_day(_state: State, event: DatedEvent, setting: Setting) -> str | None:
    if setting.published_determination in {None, event.day} or event.note:
        return None
    return "Tanggal penetapan berbeda dari kalender pemilihan. Isi catatan dengan alasannya."


def _tmt_by_rule(state: State, event: DatedEvent, setting: Setting) -> str | None:
    if state.staff is S.APS_GRANTED:
        return None if event.effective else "Isi TMT yang tertulis dalam SK."
    if event.effective in {None, setting.tmt} or setting.tmt is None or event.note:
        return None
    return (
        f"TMT menurut aturan {long_date(setting.tmt)}. Bila SK menetapkan tanggal lain, isi catatan dengan alasannya."
    )


def _retires_before(_state: State, event: DatedEvent, setting: Setting) -> str | None:
    late = (
        event.effective is not None and setting.determination is not None and event.effective >= setting.determination
    )
    if late:
        return "TMT pensiun tidak mendahului penetapan calon; pegawai tetap harus mengundurkan diri (C7)."
    return None


def _names_tmt(_state: State, event: DatedEvent, _setting: Setting) -> str | None:
    return None if event.effective else "Isi TMT pensiun yang tertulis dalam SK."


def _tmt_reached(_state: State, event: DatedEvent, setting: Setting) -> str | None:
    if setting.tmt is not None and event.day < setting.tmt:
        return "TMT belum tercapai."
    return None


def _both_exits(state: State, _event: DatedEvent, setting: Setting) -> str | None:
    if setting.acting_head and not state.has("SK_PJ"):
        return "SK berhenti sebagai penjabat belum ada; penjabat keluar dua kali (J5)."
    return None


def _not_a_candidate(state: State, _event: DatedEvent, _setting: Setting) -> str | None:
    if state.kpu in {K.NOT_DETERMINED, K.TMS} and not state.has("PENETAPAN"):
        return None
    if state.kpu is K.WITHDRAWN and not state.has("PENETAPAN"):
        return None
    return (
        REFUSED_C11
        if state.has("PENETAPAN")
        else "Belum ada keputusan bahwa pegawai tidak ditetapkan sebagai calon (C10)."
    )


def _decree_not_in_force(state: State, event: DatedEvent, setting: Setting) -> str | None:
    decreed = state.has("SK_TERBIT") and setting.tmt is not None and event.day >= setting.tmt
    return REFUSED_C11 if decreed else None


def _no_ground_against(_state: State, _event: DatedEvent, setting: Setting) -> str | None:
    return "Ada alasan penolakan menurut PP 11/2017 Pasal 238 ayat (3) (C9)." if setting.aps_ground else None


def _by_permit(_state: State, _event: DatedEvent, setting: Setting) -> str | None:
    return (
        None
        if setting.village_permit
        else "Izin kepala desa hanya untuk PNS; PPPK mengundurkan diri lebih dahulu (D4)."
    )


def _acting_head(_state: State, _event: DatedEvent, setting: Setting) -> str | None:
    return None if setting.acting_head else "Pegawai ini bukan penjabat kepala daerah."


def _sworn_in(state: State, _event: DatedEvent, _setting: Setting) -> str | None:
    return None if state.kpu is K.SWORN_IN else "Pelantikan sebagai kepala desa belum dicatat."


def _was_determined(state: State, _event: DatedEvent, _setting: Setting) -> str | None:
    return None if state.has("PENETAPAN") else "Belum ditetapkan."


def _kpu_steps() -> Iterable[Step]:
    kpu = Lane.KPU
    yield Step("PENDAFTARAN", kpu, frozenset({K.NONE}), K.REGISTERED)
    yield Step("DUKUNGAN", kpu, _CANDIDATE)
    yield Step("DCS", kpu, frozenset({K.NONE, K.REGISTERED}), K.DCS)
    yield Step("PENETAPAN", kpu, _CANDIDATE | {K.TMS}, K.DETERMINED, day_guards=(_on_published_day,))
    yield Step("TMS", kpu, frozenset({K.REGISTERED, K.DCS, K.DETERMINED}), K.TMS)
    yield Step("TMS_DICABUT", kpu, frozenset({K.TMS}), K.DETERMINED, (_was_determined,))
    yield Step("TMS_DICABUT", kpu, frozenset({K.TMS}), K.REGISTERED)
    yield Step("TIDAK_DITETAPKAN", kpu, _CANDIDATE | {K.TMS}, K.NOT_DETERMINED)
    yield Step("MUNDUR_PENCALONAN", kpu, _CANDIDATE | {K.DETERMINED}, K.WITHDRAWN)
    yield Step("TERPILIH", kpu, frozenset({K.DETERMINED}), K.ELECTED)
    yield Step("TIDAK_TERPILIH", kpu, frozenset({K.DETERMINED}), K.NOT_ELECTED)
    yield Step("PELANTIKAN", kpu, frozenset({K.ELECTED}), K.SWORN_IN)
    yield Step("LULUS_CASN", kpu, frozenset(K))


def _letter_steps() -> Iterable[Step]:
    staff = Lane.STAFF
    yield Step("LAPOR", staff, frozenset({S.DRAFT}), S.REPORTED)
    yield Step("LAPOR", staff, _LIVE - {S.DRAFT})
    yield Step("SURAT_MUNDUR", staff, _OPEN | _APS | {S.PERMIT_REFUSED}, S.RESIGNED)
    yield Step("SURAT_MUNDUR", staff, frozenset({S.RETIRING}))
    yield Step("TANDA_TERIMA", staff, frozenset({S.RESIGNED}), S.RECEIPT, (_letter_signed,))
    yield Step("TANDA_TERIMA", staff, frozenset({S.RETIRING}), None, (_letter_signed,))
    yield Step("BERKAS_KURANG", staff, frozenset({S.RESIGNED, S.RECEIPT, S.IN_PROCESS}), S.INCOMPLETE)
    yield Step("BERKAS_LENGKAP", staff, frozenset({S.RECEIPT, S.INCOMPLETE, S.IN_PROCESS}), S.IN_PROCESS)
    yield Step("SURAT_PROSES", staff, frozenset({S.RECEIPT, S.INCOMPLETE, S.IN_PROCESS}), S.IN_PROCESS)
    yield Step("SURAT_PROSES", staff, frozenset({S.HELD, S.DECREED}))
    yield Step("USUL_DIKIRIM", staff, frozenset({S.RECEIPT, S.IN_PROCESS}), S.IN_PROCESS)
    yield Step("MENUNGGU_PENETAPAN", staff, frozenset({S.IN_PROCESS}), S.HELD)
    yield Step("PERTEK", staff, frozenset({S.IN_PROCESS, S.HELD, S.APS, S.APS_GRANTED}))
    yield Step(
        "SK_TERBIT",
        staff,
        frozenset({S.RECEIPT, S.IN_PROCESS, S.HELD, S.APS_GRANTED}),
        S.DECREED,
        day_guards=(_tmt_by_rule,),
    )
    yield Step("SK_DI_KPU", staff, frozenset({S.DECREED}), S.DECREE_AT_KPU)
    yield Step("SK_DI_KPU", staff, frozenset({S.LEFT, S.RETIRING, S.RETIRED}))
    yield Step("PERNYATAAN_SK_BELUM", staff, _LETTERED)
    yield Step("PLT_DITUNJUK", staff, _LIVE | {S.LEFT, S.RETIRED})
    yield Step("TMT", staff, frozenset({S.DECREED, S.DECREE_AT_KPU}), S.LEFT, (_both_exits, _tmt_reached))
    yield Step(
        "KEMBALI_AKTIF", staff, _LIVE - {S.RETIRING, S.VILLAGE, S.PERMITTED, S.RELEASED}, S.STAYS,
        (_not_a_candidate, _decree_not_in_force),
    )  # fmt: skip


def _other_staff_steps() -> Iterable[Step]:
    staff = Lane.STAFF
    yield Step("APS_DIAJUKAN", staff, _OPEN, S.APS)
    yield Step("APS_DIAJUKAN", staff, _LETTERED)
    yield Step("APS_DISETUJUI", staff, frozenset({S.APS, S.APS_POSTPONED}), S.APS_GRANTED, (_no_ground_against,))
    yield Step("APS_DITUNDA", staff, frozenset({S.APS}), S.APS_POSTPONED)
    yield Step("APS_DITOLAK", staff, frozenset({S.APS, S.APS_POSTPONED}), S.REPORTED)
    yield Step("BUP_DITETAPKAN", staff, _OPEN | _LETTERED | _APS, S.RETIRING, (_retires_before,), (_names_tmt,))
    yield Step("PENSIUN", staff, frozenset({S.RETIRING}), S.RETIRED, (_tmt_reached,))
    for code in ("CLTN_DIMINTA", "CLTN_DIBERIKAN", "PENDAMPINGAN"):
        yield Step(code, staff, _LIVE)
    yield Step("IZIN_DIMINTA", staff, _OPEN, S.VILLAGE, (_by_permit,))
    yield Step("IZIN_DIBERIKAN", staff, frozenset({S.VILLAGE}), S.PERMITTED)
    yield Step("IZIN_DITOLAK", staff, frozenset({S.VILLAGE}), S.PERMIT_REFUSED)
    yield Step("BEBAS_SEMENTARA", staff, frozenset({S.PERMITTED}), S.RELEASED, (_sworn_in,))
    yield Step("KEMBALI", staff, frozenset({S.PERMITTED, S.RELEASED, S.PERMIT_REFUSED}), S.RETURNED)
    for code in ("MUNDUR_PJ", "NAMA_PENGGANTI_PJ", "SK_PJ", "PENGGANTI_PJ_DILANTIK"):
        yield Step(code, staff, _LIVE, None, (_acting_head,))
    yield Step("BATAL", staff, _OPEN, S.CANCELLED)
    yield Step("WAFAT", staff, _LIVE, S.DIED)


def _discipline_steps() -> Iterable[Step]:
    discipline = Lane.DISCIPLINE
    yield Step("PENDEKATAN_PARPOL", discipline, frozenset({D.NONE}), D.ETHICS)
    yield Step("KTA_TERBIT", discipline, frozenset(D) - {D.PTDH})
    yield Step("TERCATAT_SIPOL", discipline, frozenset({D.NONE, D.ETHICS}), D.IN_SIPOL)
    yield Step("BUKAN_ANGGOTA", discipline, frozenset({D.IN_SIPOL}), D.WRONGLY_LISTED)
    yield Step("TERBUKTI_ANGGOTA", discipline, _ACCUSABLE, D.MEMBER)
    yield Step("USUL_PTDH", discipline, frozenset({D.MEMBER, D.FAILED_TO_RESIGN}), D.PTDH_PROPOSED)
    yield Step("SK_PTDH", discipline, frozenset({D.MEMBER, D.FAILED_TO_RESIGN, D.PTDH_PROPOSED}), D.PTDH)


STEPS: tuple[Step, ...] = (*_kpu_steps(), *_letter_steps(), *_other_staff_steps(), *_discipline_steps())


def _current(state: State, lane: Lane) -> str:
    return {Lane.KPU: state.kpu, Lane.STAFF: state.staff, Lane.DISCIPLINE: state.discipline}[lane]


def _moved(state: State, step: Step, event: DatedEvent) -> State:
    days = {**state.days, event.code: min(event.day, state.days.get(event.code, event.day))}
    if step.target is None:
        return replace(state, days=days)
    if step.lane is Lane.KPU:
        return replace(state, days=days, kpu=KpuStatus(step.target))
    if step.lane is Lane.STAFF:
        return replace(state, days=days, staff=StaffStatus(step.target))
    staff = S.LEFT if step.target is D.PTDH else state.staff
    return replace(state, days=days, discipline=DisciplineStatus(step.target), staff=staff)


def lapsed(state: State, day: date, setting: Setting) -> State:
    """Return the state as time alone has made it: determined before `day` and no letter means LALAI_MUNDUR."""
    if not setting.must_resign:
        return state
    determined = state.kpu in {K.DETERMINED, K.ELECTED, K.NOT_ELECTED} and state.days.get("PENETAPAN", day) < day
    if (
        determined
        and not state.has("SURAT_MUNDUR")
        and state.staff in UNRESIGNED
        and state.discipline in {D.NONE, D.ETHICS}
    ):
        return replace(state, discipline=D.FAILED_TO_RESIGN)
    return state


def refusal(state: State, event: DatedEvent, setting: Setting, *, with_days: bool) -> str | Step:
    """Return the step the event takes from this state, or the Indonesian sentence why it cannot be taken."""
    reason = ""
    for step in STEPS:
        if step.event != event.code or _current(state, step.lane) not in step.sources:
            continue
        guards = (*step.guards, *(step.day_guards if with_days else ()))
        found = next((text for guard in guards if (text := guard(state, event, setting))), None)
        if found is None:
            return step
        reason = reason or found
    return reason or _out_of_turn(state, event)


def _out_of_turn(state: State, event: DatedEvent) -> str:
    if event.code == "KEMBALI_AKTIF" and state.staff is S.LEFT:
        return REFUSED_C11
    lanes = {step.lane for step in STEPS if step.event == event.code}
    now = " / ".join(STATUS_WORDS[_current(state, lane)] for lane in Lane if lane in lanes)
    return f"Belum dapat dicatat pada tahap sekarang ({now})." if now else "Kejadian ini tidak dicatat dalam berkas."


def advance(state: State, event: DatedEvent, setting: Setting, *, with_days: bool) -> State | str:
    """Return the state after the event, or the sentence why it does not fit. `with_days`: ask the day guards too."""
    before = lapsed(state, event.day, setting)
    step = refusal(before, event, setting, with_days=with_days)
    if isinstance(step, str):
        return step
    return _moved(before if step.lane is Lane.DISCIPLINE else state, step, event)
