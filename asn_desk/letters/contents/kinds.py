"""The kinds of letters: which template, numbered or not, who signs, and which fields with an example of each."""

from __future__ import annotations

from asn_desk.errors import DeskError
from asn_desk.letters.contents import kinds_candidacy, kinds_desk, kinds_discipline
from asn_desk.letters.contents.fields import (
    CANDIDACY,
    DASAR,
    LETTER,
    OFFICE,
    OFFICE_CODE,
    OFFICE_CODES,
    PERSON,
    SIGNER,
    Entry,
    LetterField,
    LetterKind,
)
from asn_desk.letters.terms import DocumentClass
from asn_desk.office.terms import OfficialRole

__all__ = [
    "KINDS", "LETTER", "NEUTRALITY_CIRCULAR", "OFFICE", "OFFICE_CODES", "PERSON", "RESIGNATION", "RESIGNATION_RECEIPT",
    "SIGNER", "Entry", "LetterField", "LetterKind", "circular_kinds", "kind_of",
]  # fmt: skip
RESIGNATION = "surat_pernyataan_pengunduran_diri"
RESIGNATION_RECEIPT = "tanda_terima_pengunduran_diri"
NEUTRALITY_CIRCULAR = kinds_desk.CIRCULAR_A

_FIRST = (
    LetterKind(
        RESIGNATION,
        "Surat Pernyataan Pengunduran Diri",
        DocumentClass.KHUSUS,
        (
            OFFICE_CODE,
            *CANDIDACY,
            LetterField("pencalonan.daerah_pemilihan", "Daerah pemilihan", "Daerah Pemilihan Contoh 2"),
            LetterField("pencalonan.jalur", "Jalur pencalonan", "jalur perseorangan"),
            LetterField("pegawai.alamat", "Alamat pegawai", "Jalan Melati Nomor 5, Contoh"),
            DASAR,
        ),
        needs_person=True,
    ),
    LetterKind(
        RESIGNATION_RECEIPT,
        "Tanda Terima Surat Pernyataan Pengunduran Diri",
        DocumentClass.KHUSUS,
        (
            *CANDIDACY,
            LetterField("diterima.tanggal_surat", "Tanggal surat pernyataan", "2024-08-20", Entry.DAY, required=True),
            LetterField("diterima.tanggal", "Tanggal diterima", "2024-08-21", Entry.DAY),
            LetterField("diterima.pukul", "Pukul diterima", "09.15", Entry.TIME),
            LetterField("diterima.rangkap", "Jumlah rangkap", "2 (dua)"),
            LetterField(
                "diterima.lampiran", "Lampiran yang ikut diterima", "Fotokopi SK pangkat terakhir", Entry.LINES
            ),
            LetterField("penerima.nama", "Nama petugas penerima", "Dewi Anggraini, S.E."),
            LetterField("penerima.nip", "NIP petugas penerima", "198501012010012001"),
            LetterField("penerima.pangkat", "Pangkat petugas penerima", "Penata Muda Tingkat I, III/b"),
            LetterField("penerima.jabatan", "Jabatan petugas penerima", "Kepala Bidang Mutasi"),
        ),
        series="umum",
        classification="800.1.6",
        signer=OfficialRole.KEPALA_PERANGKAT_DAERAH,
        needs_person=True,
        derived=(
            LetterField("penerima.baris", "Baris jabatan petugas", "KEPALA BIDANG MUTASI,", Entry.LINES),
            LetterField("penerima.bawah", "Pangkat dan NIP petugas", "NIP 19850101 201001 2 001", Entry.LINES),
        ),
        others_sign=True,
    ),
)
KINDS = {kind.code: kind for kind in (*_FIRST, *kinds_candidacy.KINDS, *kinds_desk.KINDS, *kinds_discipline.KINDS)}


def circular_kinds() -> tuple[LetterKind, ...]:
    """Return the kinds that go with an audience, the usual form first: they are published, not written as other letters are."""
    return tuple(kind for code, kind in KINDS.items() if code in kinds_desk.CIRCULARS)


def kind_of(code: str) -> LetterKind:
    """Return a kind by its code. Raises DeskError("kind_unknown")."""
    found = KINDS.get(code)
    if found is None:
        raise DeskError("kind_unknown", f"Jenis surat {code} tidak dikenal. Pilih salah satu: {', '.join(KINDS)}.")
    return found
