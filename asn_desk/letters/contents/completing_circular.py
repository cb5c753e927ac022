"""The set texts of the neutrality circular, by its day and the kind of election."""

from __future__ import annotations

from typing import Any

from asn_desk.letters.contents import catalogue
from asn_desk.letters.contents.catalogue import Confidence, ElectionType, ProhibitionSet, sure_texts
from asn_desk.letters.contents.facts import Facts, listed
from asn_desk.wording import long_date


def about(facts: Facts) -> str:
    """Return what the circular is about, in mixed case."""
    given = facts.fields["edaran.tentang"]
    election = facts.fields["edaran.pemilihan"]
    return given or f"Netralitas Pegawai Aparatur Sipil Negara dalam Penyelenggaraan {election}"


def complete_circular(facts: Facts, data: dict[str, Any]) -> None:
    """Fill every part of the circular that the clerk left empty with the set texts of its day."""
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
    circular["tentang"] = about(facts).upper()
    circular["matriks"] = _matrix(facts)
    circular["pakta"] = listed(texts.sentence("pakta", facts.dated, None, words))
    for part, last_word in (
        ("kepada", ""),
        ("kewajiban", "dan"),
        ("sanksi", "dan"),
        ("saluran", "dan/atau"),
        ("tembusan", ""),
    ):
        circular[part] = listed(circular[part], last_word)


def _matrix(facts: Facts) -> list[dict[str, str]]:
    """Return the joint decree's matrix of forbidden acts: group, act, sanction."""
    texts = catalogue.load()
    return [
        {"jenis": group, "teks": act.text, "sanksi": _SANCTIONS[act.level]}
        for chosen, group in _GROUPS.items()
        for act in texts.forbidden(chosen, facts.dated)
        if act.confidence != Confidence.MEMORY
    ]


_GROUPS = {ProhibitionSet.SKB_ETHICS: "Kode etik", ProhibitionSet.SKB_DISCIPLINE: "Disiplin"}
_SANCTIONS = {
    "moral": "Sanksi moral",
    "sedang": "Hukuman disiplin sedang",
    "berat": "Hukuman disiplin berat",
    "pemberhentian tidak dengan hormat": "Pemberhentian tidak dengan hormat",
    "satuan tugas": "Ditetapkan melalui pembahasan satuan tugas",
}


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
