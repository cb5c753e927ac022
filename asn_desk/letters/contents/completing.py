"""What the program adds to the entered fields of each kind of letter: set texts, usual addressees, lines worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn_desk.letters.contents import catalogue, completing_desk, kinds_candidacy
from asn_desk.letters.contents.catalogue import sure_texts
from asn_desk.letters.contents.completing_decree import complete_decree, complete_proposal
from asn_desk.letters.contents.facts import Facts, listed
from asn_desk.wording import clock_time, grouped_nip

_RESIGNATION_RECEIPT = "tanda_terima_pengunduran_diri"
_NO_NUMBER = "........................................"


def complete(facts: Facts, data: dict[str, Any]) -> None:
    """Fill what the clerk left to the program. Raises DeskError("letter_data") when fields contradict each other."""
    _common(facts, data)
    own = _COMPLETE.get(facts.kind.code)
    if own is not None:
        own(facts, data)


def _common(facts: Facts, data: dict[str, Any]) -> None:
    letter = data["surat"]
    for name, last_word in (("tembusan", ""), ("lampiran_butir", "")):
        if name in letter:
            letter[name] = listed(letter[name], last_word)
    if "dasar" in data:
        data["dasar"] = listed(data["dasar"] or _usual_bases(facts))


def _usual_bases(facts: Facts) -> list[str]:
    """Return the articles on which a resignation rests; none when the letter does not say for which office."""
    office = facts.fields.get("pencalonan.kode")
    if not office or facts.person is None:
        return []
    return sure_texts(catalogue.load().resignation_bases(facts.dated, office, str(facts.person.kind)))


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


def _complete_superior(_facts: Facts, data: dict[str, Any]) -> None:
    """The kop is that of the person's own office, and so is the number, which the register here does not give."""
    superior, office = data["atasan"], data["kop"]
    superior["bawah"] = _numbers(superior["pangkat"], superior["nip"])
    superior["nip"] = grouped_nip(superior["nip"])
    data["mengetahui"]["nip"] = grouped_nip(data["mengetahui"]["nip"])
    office["nama"] = data["pegawai"]["perangkat_daerah"].upper()
    office["kepala_daerah"] = False
    data["surat"]["nomor"] = data["surat"]["nomor"] or _NO_NUMBER
    data["serah_terima"]["sisa"] = listed(data["serah_terima"]["sisa"])


def _numbers(rank: str, nip: str) -> list[str]:
    return [line for line in (rank, f"NIP {grouped_nip(nip)}" if nip else "") if line]


def _complete_in_process(_facts: Facts, data: dict[str, Any]) -> None:
    process = data["proses"]
    process["tahap"] = process["tahap"] or "pemeriksaan kelengkapan berkas dan penyiapan usul"
    process["pejabat"] = process["pejabat"] or kinds_candidacy.PPK
    data["surat"]["keperluan"] = data["surat"]["keperluan"] or "Komisi Pemilihan Umum"


def _complete_not_received(_facts: Facts, data: dict[str, Any]) -> None:
    data["proses"]["sebab"] = data["proses"]["sebab"] or "masih dalam proses penetapan pada pejabat yang berwenang"


def _complete_no_member(_facts: Facts, data: dict[str, Any]) -> None:
    data["surat"]["kepada"] = data["surat"]["kepada"] or "Ketua Badan Pengawas Pemilihan Umum"


def _complete_permit(facts: Facts, data: dict[str, Any]) -> None:
    permit = data["izin"]
    usual = catalogue.load().sentence("izin_kades_dasar", facts.dated, None, {})
    permit["dasar"] = listed(permit["dasar"] or usual)
    permit["syarat"] = listed([*_PERMIT_TERMS, *permit["syarat"]])


_PERMIT_TERMS = (
    "tetap menjaga netralitas dan tidak menggunakan fasilitas negara selama mengikuti pemilihan kepala desa",
    "apabila terpilih dan diangkat menjadi kepala desa, dibebaskan sementara dari jabatannya sebagai Pegawai Negeri Sipil",
)


def _complete_order(facts: Facts, data: dict[str, Any]) -> None:
    order = data["perintah"]
    order["dasar"] = listed(order["dasar"])
    order["batas"] = listed(order["batas"] or catalogue.load().sentence("perintah_batas", facts.dated, None, {}))
    acting = data["pelaksana"]
    acting["nip"] = grouped_nip(acting["nip"])


_COMPLETE: dict[str, Callable[[Facts, dict[str, Any]], None]] = {
    _RESIGNATION_RECEIPT: _complete_receipt,
    kinds_candidacy.SUPERIOR_STATEMENT: _complete_superior,
    kinds_candidacy.IN_PROCESS: _complete_in_process,
    kinds_candidacy.DECREE_NOT_RECEIVED: _complete_not_received,
    kinds_candidacy.NO_PARTY_MEMBER: _complete_no_member,
    kinds_candidacy.VILLAGE_PERMIT: _complete_permit,
    kinds_candidacy.ACTING_ORDER: _complete_order,
    kinds_candidacy.PROPOSAL: complete_proposal,
    kinds_candidacy.DECREE: complete_decree,
    **completing_desk.COMPLETE,
}
