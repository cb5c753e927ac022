"""What goes into a letter: the entered fields, and with them the office, the signer, the person and the set texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from asn_desk.letters import catalogue
from asn_desk.letters.catalogue import ElectionType, ProhibitionSet, sure_texts
from asn_desk.letters.kinds import (
    NEUTRALITY_CIRCULAR,
    RESIGNATION,
    RESIGNATION_RECEIPT,
    Entry,
    LetterKind,
)
from asn_desk.letters.signing import SignatureBlock
from asn_desk.office.queries import OfficeIdentity, OfficialRow
from asn_desk.office.terms import Letterhead
from asn_desk.wording import clock_time, grouped_nip, long_date

if TYPE_CHECKING:
    from asn_desk.employees.queries import PersonOnDay

PRACTICE_MARK = "CONTOH – BUKAN DOKUMEN RESMI"
_STATUS = {
    "PNS": "Pegawai Negeri Sipil",
    "CPNS": "Calon Pegawai Negeri Sipil",
    "PPPK": "Pegawai Pemerintah dengan Perjanjian Kerja",
    "PPPK_PW": "Pegawai Pemerintah dengan Perjanjian Kerja Paruh Waktu",
    "NON_ASN": "Pegawai Non-Aparatur Sipil Negara",
}
_NUMBER_LABEL = {"PNS": "NIP", "CPNS": "NIP", "PPPK": "NI PPPK", "PPPK_PW": "NI PPPK", "NON_ASN": "Nomor pegawai"}
_DEARER_STAMP_FROM = date(2021, 1, 1)


@dataclass(frozen=True)
class Facts:
    """What the database knows for one letter. `fields` are the entered ones, checked and by dotted key."""

    kind: LetterKind
    dated: date
    office: OfficeIdentity
    fields: Mapping[str, Any]
    moment: datetime
    practice: bool
    signer: OfficialRow | None = None
    signature: SignatureBlock | None = None
    letterhead: Letterhead | None = None
    person: PersonOnDay | None = None


def letter_data(facts: Facts, number: str) -> dict[str, Any]:
    """Return everything the template may use, nested by group. Dates stay dates; the template writes them out."""
    data: dict[str, Any] = {
        "kantor": _office(facts.office),
        "kop": _letterhead(facts.office, facts.letterhead),
        "surat": {"nomor": number, "tanggal": facts.dated, "tempat": facts.office.place},
        "tanda": PRACTICE_MARK if facts.practice else "",
    }
    if facts.signature is not None:
        block = facts.signature
        data["penanda"] = {"baris": list(block.lines), "nama": block.name, "bawah": list(block.below)}
    if facts.person is not None:
        data["pegawai"] = _person(facts.person)
    for key, value in facts.fields.items():
        _put(data, key, value if value is not None else _nothing(facts.kind, key))
    _COMPLETE[facts.kind.code](facts, data)
    return data


def subject(facts: Facts) -> str:
    """Return what the register says the letter is about."""
    if facts.kind.code == NEUTRALITY_CIRCULAR:
        return _about(facts)
    person = f" a.n. {facts.person.name}" if facts.person is not None else ""
    return f"{facts.kind.title}{person}"


def addressee(facts: Facts) -> str:
    """Return to whom the register says the letter went."""
    if facts.kind.code == NEUTRALITY_CIRCULAR:
        return f"Seluruh perangkat daerah di lingkungan {facts.office.government}"
    if facts.kind.code == RESIGNATION:
        return facts.office.head
    return facts.person.name if facts.person is not None else ""


def listed(items: Sequence[str], last_word: str = "dan") -> list[str]:
    """Return list items with the marks an Indonesian list ends them with: `;`, `; dan` before the last, `.` at the last."""
    bare = [item.rstrip(" ;.,") for item in items]
    ends = [";"] * (len(bare) - 2) + [f"; {last_word}".rstrip()] * (len(bare) > 1) + ["."]
    return [text + end for text, end in zip(bare, ends, strict=False)]


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    group, _, name = key.rpartition(".")
    (data.setdefault(group, {}) if group else data)[name] = value


def _nothing(kind: LetterKind, key: str) -> Any:
    field = next(field for field in kind.inputs if field.key == key)
    return [] if field.entry == Entry.LINES else ""


def _office(office: OfficeIdentity) -> dict[str, Any]:
    return {
        "pemerintah": office.government,
        "daerah": office.region,
        "kepala_daerah": office.head,
        "sekda": office.secretary,
        "instansi": office.agency,
        "singkatan": office.agency_short,
        "tempat": office.place,
    }


def _letterhead(office: OfficeIdentity, letterhead: Letterhead | None) -> dict[str, Any]:
    """Return the lines of the kop. The secretariat's address is not known to the program, so its kop has none."""
    names = {
        Letterhead.KEPALA_DAERAH: office.head,
        Letterhead.SEKRETARIAT_DAERAH: "Sekretariat Daerah",
        Letterhead.PERANGKAT_DAERAH: office.agency,
        None: "",
    }
    own = letterhead == Letterhead.PERANGKAT_DAERAH
    return {
        "kepala_daerah": letterhead == Letterhead.KEPALA_DAERAH,
        "pemerintah": office.government.upper(),
        "nama": names[letterhead].upper(),
        "alamat": _address(office) if own else "",
        "kontak": _contacts(office) if own else "",
    }


def _address(office: OfficeIdentity) -> str:
    shown = office.postal_code and office.postal_code not in office.address
    return f"{office.address}, Kode Pos {office.postal_code}" if shown else office.address


def _contacts(office: OfficeIdentity) -> str:
    parts = (("Telepon", office.phone), ("Laman", office.website), ("Surel", office.email))
    return ", ".join(f"{label}\u00a0{value}" for label, value in parts if value)


def _person(person: PersonOnDay) -> dict[str, Any]:
    kind = str(person.kind)
    rank = ", ".join(part for part in (person.rank, person.grade) if part)
    born = long_date(person.birth_date) if person.birth_date else ""
    return {
        "nama": person.name,
        "nomor_label": _NUMBER_LABEL[kind],
        "nomor": grouped_nip(person.number),
        "kelahiran": ", ".join(part for part in (person.birth_place, born) if part),
        "pangkat_label": "Pangkat, golongan ruang" if kind in {"PNS", "CPNS"} else "Golongan",
        "pangkat": rank,
        "jabatan": person.post,
        "unit_kerja": person.unit if person.unit != person.opd else "",
        "perangkat_daerah": person.opd,
        "status": _STATUS[kind],
    }


def _complete_resignation(facts: Facts, data: dict[str, Any]) -> None:
    data["meterai"] = "Rp10.000" if facts.dated >= _DEARER_STAMP_FROM else "Rp6.000"
    if not data["dasar"]:
        assert facts.person is not None
        bases = catalogue.load().resignation_bases(facts.dated, facts.fields["pencalonan.kode"], str(facts.person.kind))
        data["dasar"] = sure_texts(bases)
    data["dasar"] = listed(data["dasar"])


def _complete_receipt(facts: Facts, data: dict[str, Any]) -> None:
    received = data["diterima"]
    received["tanggal"] = received["tanggal"] or facts.dated
    received["pukul"] = received["pukul"] or clock_time(facts.moment.astimezone())
    received["rangkap"] = received["rangkap"] or "2 (dua)"
    received["lampiran"] = listed(received["lampiran"])
    officer = data["penerima"]
    officer["baris"] = [f"{officer['jabatan'].upper()},"] if officer["jabatan"] else []
    if not officer["nama"]:
        assert facts.signer is not None
        assert facts.signature is not None
        officer["nama"] = facts.signature.name
        officer["nip"], officer["pangkat"] = facts.signer.nip or "", facts.signer.rank
        officer["jabatan"] = facts.signer.post
        officer["baris"] = list(facts.signature.lines)
    numbers = (officer["pangkat"], f"NIP {grouped_nip(officer['nip'])}" if officer["nip"] else "")
    officer["bawah"] = [line for line in numbers if line]
    officer["nip"] = grouped_nip(officer["nip"])


def _about(facts: Facts) -> str:
    given = facts.fields["edaran.tentang"]
    election = facts.fields["edaran.pemilihan"]
    return given or f"Netralitas Pegawai Aparatur Sipil Negara dalam Penyelenggaraan {election}"


def _complete_circular(facts: Facts, data: dict[str, Any]) -> None:
    texts = catalogue.load()
    circular = data["edaran"]
    chosen = facts.fields["edaran.jenis"]
    election = ElectionType(chosen) if chosen else None
    words = _circular_words(facts)
    for part in (
        "kepada", "latar_belakang", "maksud", "tujuan", "ruang_lingkup", "pencalonan", "kewajiban", "sanksi", "saluran",
        "penutup", "tembusan",
    ):  # fmt: skip
        circular[part] = circular[part] or texts.sentence(part, facts.dated, election, words)
    circular["dasar"] = listed(circular["dasar"] or sure_texts(texts.legal_bases(facts.dated, election)))
    forbidden = sure_texts(texts.forbidden(ProhibitionSet.PP94_5N, facts.dated))
    circular["larangan_pembuka"] = " ".join(texts.sentence("larangan", facts.dated, election, words))
    circular["larangan"] = listed(circular["larangan"] or forbidden, "dan/atau")
    circular["tentang"] = _about(facts).upper()
    for part, last_word in (
        ("kepada", ""),
        ("kewajiban", "dan"),
        ("sanksi", "dan"),
        ("saluran", "dan/atau"),
        ("tembusan", ""),
    ):
        circular[part] = listed(circular[part], last_word)


def _circular_words(facts: Facts) -> dict[str, str]:
    due = facts.fields["edaran.batas_laporan"]
    return {
        "pemilihan": facts.fields["edaran.pemilihan"],
        "daerah": facts.office.region,
        "pemerintah": facts.office.government,
        "instansi": facts.office.agency,
        "singkatan": facts.office.agency_short,
        "kepala_daerah": facts.office.head,
        "lapor": f" paling lambat tanggal {long_date(due)}" if due else "",
    }


_COMPLETE: dict[str, Callable[[Facts, dict[str, Any]], None]] = {
    RESIGNATION: _complete_resignation,
    RESIGNATION_RECEIPT: _complete_receipt,
    NEUTRALITY_CIRCULAR: _complete_circular,
}


def plain(value: Any) -> Any:
    """Return the data as JSON can keep them: dates in ISO form."""
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    return value
