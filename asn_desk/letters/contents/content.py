"""What goes into a letter: the entered fields, and with them the office, the signer, the person and the set texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from asn_desk.letters.contents.completing import complete
from asn_desk.letters.contents.completing_circular import about
from asn_desk.letters.contents.facts import Facts, listed
from asn_desk.letters.contents.fields import Entry, LetterKind
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.contents.kinds_desk import CIRCULARS
from asn_desk.letters.contents.signing import capacity_prefix
from asn_desk.office.queries import OfficeIdentity
from asn_desk.office.terms import Letterhead
from asn_desk.wording import grouped_nip, long_date

if TYPE_CHECKING:
    from asn_desk.employees.queries import PersonOnDay

__all__ = ["PRACTICE_MARK", "Facts", "addressee", "letter_data", "listed", "plain", "subject"]
PRACTICE_MARK = "CONTOH – BUKAN DOKUMEN RESMI"
_STATUS = {
    "PNS": "Pegawai Negeri Sipil",
    "CPNS": "Calon Pegawai Negeri Sipil",
    "PPPK": "Pegawai Pemerintah dengan Perjanjian Kerja",
    "PPPK_PW": "Pegawai Pemerintah dengan Perjanjian Kerja Paruh Waktu",
    "NON_ASN": "Pegawai Non-Aparatur Sipil Negara",
}
_NUMBER_LABEL = {"PNS": "NIP", "CPNS": "NIP", "PPPK": "NI PPPK", "PPPK_PW": "NI PPPK", "NON_ASN": "Nomor pegawai"}
_ENDING = {"PPPK": "pemutusan hubungan perjanjian kerja", "PPPK_PW": "pemutusan hubungan perjanjian kerja"}
_DEARER_STAMP_FROM = date(2021, 1, 1)


def letter_data(facts: Facts, number: str) -> dict[str, Any]:
    """Return everything the template may use, nested by group. Dates stay dates; the template writes them out."""
    data: dict[str, Any] = {
        "kantor": _office(facts.office),
        "kop": _letterhead(facts.office, facts.letterhead),
        "surat": {"nomor": number, "tanggal": facts.dated, "tempat": facts.office.place},
        "meterai": "Rp10.000" if facts.dated >= _DEARER_STAMP_FROM else "Rp6.000",
        "tanda": PRACTICE_MARK if facts.practice else "",
        "tte": facts.electronic,
    }
    if facts.signature is not None:
        block = facts.signature
        data["penanda"] = {
            "baris": list(block.lines), "nama": block.name, "bawah": list(block.below), "jabatan": _post(facts),
        }  # fmt: skip
    if facts.person is not None:
        data["pegawai"] = _person(facts.person)
    for key, value in facts.fields.items():
        _put(data, key, value if value is not None else _nothing(facts.kind, key))
    complete(facts, data)
    return data


def subject(facts: Facts) -> str:
    """Return what the register says the letter is about."""
    if facts.kind.code in CIRCULARS:
        return about(facts)
    person = f" a.n. {facts.person.name}" if facts.person is not None else ""
    return f"{facts.kind.title}{person}"


def addressee(facts: Facts) -> str:
    """Return to whom the register says the letter went."""
    if facts.kind.code in CIRCULARS:
        return f"Seluruh perangkat daerah di lingkungan {facts.office.government}"
    if facts.kind.code == RESIGNATION:
        return facts.office.head
    if facts.fields.get("surat.kepada"):
        return str(facts.fields["surat.kepada"])
    return facts.person.name if facts.person is not None else ""


def _put(data: dict[str, Any], key: str, value: Any) -> None:
    group, _, name = key.rpartition(".")
    (data.setdefault(group, {}) if group else data)[name] = value


def _nothing(kind: LetterKind, key: str) -> Any:
    field = next(field for field in kind.inputs if field.key == key)
    return [] if field.entry in {Entry.LINES, Entry.TABLE} else ""


def _post(facts: Facts) -> str:
    """Return the signer's post in running text: `Plt. Kepala Dinas Kesehatan`."""
    assert facts.signer is not None
    return f"{capacity_prefix(facts.signer.capacity)}{facts.signer.post}"


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
    """Return the lines of the kop; the head of the region's has neither an agency nor an address."""
    names = {
        Letterhead.KEPALA_DAERAH: office.head,
        Letterhead.SEKRETARIAT_DAERAH: "Sekretariat Daerah",
        Letterhead.PERANGKAT_DAERAH: office.agency,
        None: "",
    }
    addresses = {
        Letterhead.PERANGKAT_DAERAH: (_address(office), _contacts(office)),
        Letterhead.SEKRETARIAT_DAERAH: (office.secretariat_address, office.secretariat_contact),
    }
    address, contacts = addresses.get(letterhead, ("", "")) if letterhead else ("", "")
    return {
        "kepala_daerah": letterhead == Letterhead.KEPALA_DAERAH,
        "pemerintah": office.government.upper(),
        "nama": names[letterhead].upper(),
        "alamat": address,
        "kontak": contacts,
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
        "pemberhentian": _ENDING.get(kind, "pemberhentian"),
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
