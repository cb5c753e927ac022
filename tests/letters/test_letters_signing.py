"""Signature blocks by the rules of Permendagri 1/2023 art. 44 and the forms a.n. and u.b."""

from __future__ import annotations

from typing import Any

import pytest

from asn_desk.letters.contents.signing import SignatureBlock, Signing, letterhead_for, signature_block
from asn_desk.letters.terms import DocumentClass, SignForm
from asn_desk.office.queries import OfficialRow
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole
from tests.letters.letter_facts import official

BARE, TITLED = "Wiryawan Adisangkala", "Drs. Wiryawan Adisangkala, M.Si."
NUMBERS = ("Pembina Utama Muda", "NIP 19700101 199503 1 001")
PLACES = {
    OfficialRole.KEPALA_DAERAH: ("Wali Kota Contoh", Letterhead.KEPALA_DAERAH),
    OfficialRole.SEKDA: ("Sekretaris Daerah", Letterhead.SEKRETARIAT_DAERAH),
    OfficialRole.KEPALA_PERANGKAT_DAERAH: ("Kepala Badan", Letterhead.PERANGKAT_DAERAH),
    OfficialRole.PEJABAT_LAIN: ("Asisten Administrasi Umum", Letterhead.SEKRETARIAT_DAERAH),
}


def signer(role: OfficialRole, **values: Any) -> OfficialRow:
    return official(role, *PLACES[role], **values)


HEAD, SEKDA, AGENCY = OfficialRole.KEPALA_DAERAH, OfficialRole.SEKDA, OfficialRole.KEPALA_PERANGKAT_DAERAH
DEFINITIF, PJ, PLT, PLH = Capacity.DEFINITIF, Capacity.PJ, Capacity.PLT, Capacity.PLH
KORESPONDENSI, PENGATURAN, PENETAPAN, KHUSUS = (
    DocumentClass.KORESPONDENSI, DocumentClass.PENGATURAN, DocumentClass.PENETAPAN, DocumentClass.KHUSUS,
)  # fmt: skip
NAMES = (
    (HEAD, DEFINITIF, KORESPONDENSI, TITLED, ()),
    (HEAD, DEFINITIF, PENGATURAN, BARE, ()),
    (HEAD, PJ, KORESPONDENSI, BARE, ()),
    (SEKDA, DEFINITIF, KORESPONDENSI, TITLED, ()),
    (SEKDA, PLH, KORESPONDENSI, BARE, ()),
    (AGENCY, DEFINITIF, KORESPONDENSI, TITLED, NUMBERS),
    (AGENCY, PLT, KHUSUS, TITLED, NUMBERS),
    (AGENCY, DEFINITIF, PENETAPAN, BARE, ()),
)


@pytest.mark.parametrize(("role", "capacity", "document", "name", "below"), NAMES)
def test_titles_rank_and_nip(
    role: OfficialRole, capacity: Capacity, document: DocumentClass, name: str, below: tuple[str, ...]
) -> None:
    block = signature_block(signer(role, capacity=capacity), document)
    assert (block.name, block.below) == (name, below)


LINES = (
    (DEFINITIF, Signing(), ("SEKRETARIS DAERAH,",)),
    (PLH, Signing(), ("Plh. SEKRETARIS DAERAH,",)),
    (DEFINITIF, Signing(SignForm.ON_BEHALF, "Wali Kota Contoh"), ("a.n. WALI KOTA CONTOH", "SEKRETARIS DAERAH,")),
    (PJ, Signing(SignForm.ON_BEHALF, "Wali Kota Contoh"), ("a.n. WALI KOTA CONTOH", "Pj. SEKRETARIS DAERAH,")),
)


@pytest.mark.parametrize(("capacity", "signing", "lines"), LINES)
def test_post_lines(capacity: Capacity, signing: Signing, lines: tuple[str, ...]) -> None:
    assert signature_block(signer(SEKDA, capacity=capacity), KORESPONDENSI, signing).lines == lines


def test_for_the_one_two_levels_above() -> None:
    signing = Signing(SignForm.FOR, "Bupati Contoh", "Sekretaris Daerah")
    block = signature_block(signer(OfficialRole.PEJABAT_LAIN), KORESPONDENSI, signing)
    assert block == SignatureBlock(
        ("a.n. BUPATI CONTOH", "SEKRETARIS DAERAH", "u.b.", "ASISTEN ADMINISTRASI UMUM,"), TITLED, NUMBERS
    )


def test_the_secretary_signing_for_the_head_keeps_the_secretariats_kop() -> None:
    signing = Signing(SignForm.ON_BEHALF, "Wali Kota Contoh")
    assert letterhead_for(signer(SEKDA), signing) is Letterhead.SEKRETARIAT_DAERAH
    assert letterhead_for(signer(HEAD), Signing()) is Letterhead.KEPALA_DAERAH
