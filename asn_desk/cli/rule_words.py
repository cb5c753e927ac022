"""The codes of the rules file as people type them: any case, spaces or hyphens, and the usual other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from asn_desk.regulations.terms import Fact

SYNONYMS = {
    "--office": {
        "presiden": "PRES", "wapres": "PRES", "capres": "PRES", "dprri": "DPR", "dprdprovinsi": "DPRD_PROV",
        "dprdkabupaten": "DPRD_KAB", "dprdkota": "DPRD_KAB", "dprdkabkota": "DPRD_KAB", "gubernur": "GUB", "wagub": "GUB",
        "bupati": "BUP", "wabup": "BUP", "walikota": "WALKOT", "wawali": "WALKOT", "kepaladesa": "KADES",
        "partai": "PARPOL", "pj": "PJ_KADA", "penjabat": "PJ_KADA",
    },
    "--employee-kind": {
        "pppkparuhwaktu": "PPPK_PW", "p3k": "PPPK", "honorer": "NON_ASN", "ppnpn": "NON_ASN", "ppnpns": "NON_ASN",
        "thl": "NON_ASN", "ptt": "NON_ASN",
    },
    "--post": {
        "ahliutama": "jf_ahli_utama", "ahlimadya": "jf_ahli_madya", "ahlimuda": "jf_ahli_muda",
        "ahlipertama": "jf_ahli_pertama", "jfutama": "jf_ahli_utama", "jfmadya": "jf_ahli_madya", "jfmuda": "jf_ahli_muda",
        "jfpertama": "jf_ahli_pertama", "keterampilan": "jf_keterampilan", "sekdaprovinsi": "jpt_madya",
        "sekdaprov": "jpt_madya", "sekdakabupaten": "jpt_pratama", "sekdakab": "jpt_pratama", "sekdakota": "jpt_pratama",
        "sekdakabkota": "jpt_pratama", "kepaladinas": "jpt_pratama", "camat": "administrator", "staf": "pelaksana",
        "lainnya": "tidak_diketahui",
    },
    "--election": {"pilkadaulang2025": "pilkada-2025-ulang", "pilkada2025": "pilkada-2025-ulang", "parpol": "partai"},
    "--path": {"partai": "parpol", "independen": "perseorangan"},
}  # fmt: skip

EVENT_SYNONYMS = {
    "ditetapkan": "PENETAPAN", "dct": "PENETAPAN", "penetapandct": "PENETAPAN", "penetapanpaslon": "PENETAPAN",
    "penetapancalon": "PENETAPAN", "terdaftar": "PENDAFTARAN", "registrasi": "PENDAFTARAN", "dilaporkan": "LAPOR",
    "laporan": "LAPOR", "lapor_ppk": "LAPOR", "laporppk": "LAPOR", "mengundurkandiri": "SURAT_MUNDUR",
    "pengundurandiri": "SURAT_MUNDUR", "suratpengundurandiri": "SURAT_MUNDUR", "mundur": "SURAT_MUNDUR",
    "diproses": "SURAT_PROSES", "usul": "USUL_DIKIRIM", "sk": "SK_TERBIT", "skpemberhentian": "SK_TERBIT",
    "berhenti": "TMT", "jaluraps": "APS_DIAJUKAN", "aps": "APS_DIAJUKAN", "pensiundini": "APS_DIAJUKAN",
    "jalurbup": "BUP_DITETAPKAN", "bup": "BUP_DITETAPKAN", "jalurizinkades": "IZIN_DIMINTA", "izin": "IZIN_DIBERIKAN",
    "diizinkan": "IZIN_DIBERIKAN", "dilantik": "PELANTIKAN", "kta": "KTA_TERBIT", "sipol": "TERCATAT_SIPOL",
    "salahcatat": "BUKAN_ANGGOTA", "prosesptdh": "USUL_PTDH", "ptdh": "SK_PTDH", "pemungutansuara": "PUNGUT_SUARA",
    "cltn": "CLTN_DIBERIKAN",
}  # fmt: skip


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def known_code(option: str, text: str, codes: Mapping[str, object] | Iterable[str]) -> str:
    """Return the code that is meant. Raises DeskError("unknown_code") listing the valid ones."""
    listed = list(codes)
    found = {_folded(code): code for code in listed}.get(_folded(text))
    found = found or SYNONYMS.get(option, {}).get(_folded(text))
    if found is None:
        raise DeskError("unknown_code", f"{option}: '{text}' tidak dikenal. Pilihan: {', '.join(listed)}.")
    return found


def event_code(text: str, codes: Mapping[str, object]) -> str:
    """Return the event that is meant. Raises DeskError("unknown_event") listing the valid ones."""
    found = {_folded(code): code for code in codes}.get(_folded(text)) or EVENT_SYNONYMS.get(_folded(text))
    if found is None:
        raise DeskError("unknown_event", f"--event: '{text}' tidak dikenal. Pilihan: {', '.join(codes)}.")
    return found


def flag_code(text: str) -> Fact:
    """Return the fact that is meant. Raises DeskError("unknown_code")."""
    from asn_desk.candidacy.facts import PERSONAL_FLAGS

    by_code = {fact.value: fact for fact in sorted(PERSONAL_FLAGS)}
    return by_code[known_code("--fact", text, by_code)]


def policy_code(text: str) -> str:
    """Return the policy for non-ASN staff that is meant. Raises DeskError("unknown_code")."""
    from asn_desk.candidacy.facts import NON_ASN_POLICIES

    return known_code("--non-asn-policy", text, NON_ASN_POLICIES)
