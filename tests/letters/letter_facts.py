"""Invented office, signers and people for letters, without a database."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from asn_desk.letters.contents import kinds
from asn_desk.letters.contents.content import Facts, letter_data
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.fields import LetterKind
from asn_desk.letters.contents.signing import Signing, letterhead_for, signature_block
from asn_desk.letters.templates.template import fill, load
from asn_desk.office.queries import OfficeIdentity, OfficialRow
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, RegionKind
from asn_desk.paths import template_file
from tests.letters.letter_fields import SISTERS

DAY = date(2024, 9, 9)
ELECTION = "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
OFFICE = OfficeIdentity(
    government="Pemerintah Kota Contoh",
    region_kind=RegionKind.KOTA,
    region_name="Contoh",
    agency="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    agency_short="BKPSDM",
    address="Jalan Merdeka Nomor 1",
    postal_code="99999",
    phone="(0999) 123456",
    website="www.kotacontoh.example",
    email="bkpsdm@kotacontoh.example",
    place="Contoh",
    logo_sha256=None,
    emblem_sha256=None,
    version=1,
)


@dataclass(frozen=True)
class Person:
    """The same fields as employees.queries.PersonOnDay."""

    name: str = "Siti Rahmawati, S.Sos., M.Si."
    number: str = "198001012005012001"
    kind: str = "PNS"
    sex: str = "P"
    birth_place: str = "Contoh"
    birth_date: date | None = date(1980, 1, 1)
    grade: str = "III/c"
    rank: str = "Penata"
    post: str = "Analis Sumber Daya Manusia Aparatur Ahli Muda"
    unit: str = "Bidang Mutasi dan Promosi"
    opd: str = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
    certain: bool = True


AWKWARD = Person(
    name="Prof. Dr. dr. H. Ma'ruf Al-<belum ada> 🙂 Qāsim, S.Ked., Sp.PD-KGEH., M.Kes., M.Sc., Ph.D., FINASIM., S.H., M.H., CLA.",
    post='Kepala Subbagian Umum & Keuangan "Khusus"',
    unit="Sub Bagian Umum & Keuangan pada Unit Pelaksana Teknis Daerah Pengelolaan Prasarana dan Sarana Olahraga Terpadu Wilayah II",
    opd="Dinas Pemberdayaan Perempuan, Perlindungan Anak & Keluarga Berencana",
)
PPPK = Person(
    name="Budi", number="199001012023211002", grade="IX", rank="", kind="PPPK",
    unit="Dinas Pendidikan", opd="Dinas Pendidikan", birth_place="", birth_date=None,
)  # fmt: skip


def official(role: OfficialRole, post: str, letterhead: Letterhead, **values: Any) -> OfficialRow:
    """Return an official with plausible values."""
    plausible: dict[str, Any] = {
        "id": 1, "name": "Wiryawan Adisangkala", "title_front": "Drs.", "title_back": "M.Si.", "nip": "197001011995031001",
        "rank": "Pembina Utama Muda", "capacity": Capacity.DEFINITIF, "signs_from": None, "signs_until": None, "note": "",
        "version": 1,
    }  # fmt: skip
    return OfficialRow(**{**plausible, "role": role, "post": post, "letterhead": letterhead, **values})


MAYOR = official(OfficialRole.KEPALA_DAERAH, "Wali Kota Contoh", Letterhead.KEPALA_DAERAH, nip=None, rank="")
AGENCY_HEAD = official(
    OfficialRole.KEPALA_PERANGKAT_DAERAH,
    "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    Letterhead.PERANGKAT_DAERAH,
    name="Dewi Anggraini",
)
SECRETARY = official(OfficialRole.SEKDA, "Sekretaris Daerah Kota Contoh", Letterhead.SEKRETARIAT_DAERAH)
FIELDS: dict[str, dict[str, Any]] = {
    kinds.RESIGNATION: {
        "pencalonan": {
            "kode": "WALKOT",
            "jabatan": "Wakil Wali Kota Contoh",
            "pemilihan": ELECTION,
            "jalur": "jalur perseorangan",
        }
    },
    kinds.RESIGNATION_RECEIPT: {
        "pencalonan": {"jabatan": "Wakil Wali Kota Contoh", "pemilihan": ELECTION},
        "diterima": {
            "tanggal_surat": date(2024, 8, 20),
            "tanggal": DAY,
            "pukul": "9:15",
            "lampiran": ["Fotokopi keputusan pangkat terakhir", "Fotokopi keputusan jabatan terakhir"],
        },
    },
    kinds.NEUTRALITY_CIRCULAR: {
        "edaran.pemilihan": ELECTION,
        "edaran.jenis": "pilkada",
        "edaran.batas_laporan": date(2024, 9, 30),
    },
}
FIRST = frozenset(FIELDS)
FIELDS |= SISTERS
CIRCULAR_NUMBER = "7 TAHUN 2024"
LETTER_NUMBER = "800.1.6/12/BKPSDM/2024"
HEADS = {
    OfficialRole.KEPALA_DAERAH: MAYOR,
    OfficialRole.KEPALA_PERANGKAT_DAERAH: AGENCY_HEAD,
    OfficialRole.SEKDA: SECRETARY,
}


def number_of(kind: LetterKind) -> str:
    """Return a number such as the kind's series gives, none for a letter without one of ours."""
    if not kind.numbered:
        return ""
    return CIRCULAR_NUMBER if kind.series == "edaran" else LETTER_NUMBER


def facts(code: str, person: Person | None = None, *, practice: bool = False, **values: Any) -> Facts:
    """Return what a letter of this kind is made of."""
    kind = kinds.kind_of(code)
    signer = values.pop("signer", HEADS[kind.signer]) if kind.signer else None
    return Facts(
        kind=kind,
        dated=values.pop("dated", DAY),
        office=values.pop("office", OFFICE),
        fields=entered(kind, values.pop("data", FIELDS[code])),
        moment=datetime(2024, 9, 9, 1, 15, tzinfo=UTC),
        practice=practice,
        person=(person or Person()) if kind.needs_person else None,
        signer=signer,
        signature=signature_block(signer, kind.document) if signer else None,
        letterhead=letterhead_for(signer, Signing()) if signer else None,
        electronic=values.pop("electronic", ""),
    )


def letter(code: str, person: Person | None = None, **values: Any) -> bytes:
    """Return a filled Word file of the shipped template."""
    pictures = {"logo": picture(300, 360), "lambang": picture(400, 380)}
    return fill(
        load(template_file(kinds.kind_of(code).template)),
        letter_data(facts(code, person, **values), number_of(kinds.kind_of(code))),
        pictures,
    )


def picture(width: int, height: int, format_: str = "PNG") -> bytes:
    """Return a plain drawn picture."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse((10, 10, width - 10, height - 10), fill=(15, 94, 110), outline="black", width=6)
    buffer = io.BytesIO()
    image.save(buffer, format_)
    return buffer.getvalue()
