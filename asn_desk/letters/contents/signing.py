"""Signature blocks as the region's letters carry them (Permendagri 1/2023 art. 44 and the usual forms a.n. and u.b.)."""

from __future__ import annotations

from dataclasses import dataclass

from asn_desk.letters.terms import DocumentClass, SignForm
from asn_desk.office.queries import OfficialRow
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole
from asn_desk.wording import grouped_nip

_HEADS = frozenset({OfficialRole.KEPALA_DAERAH, OfficialRole.WAKIL_KEPALA_DAERAH})
_WITHOUT_NUMBERS = _HEADS | {OfficialRole.SEKDA}


@dataclass(frozen=True)
class Signing:
    """How an official signs. `giver` is the post whose authority is used; `between` the post in the middle, for u.b. only."""

    form: SignForm = SignForm.OWN
    giver: str = ""
    between: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """The lines above the signature, the name under it, and the lines under the name (rank, NIP), which may be none."""

    lines: tuple[str, ...]
    name: str
    below: tuple[str, ...]


def signature_block(signer: OfficialRow, document: DocumentClass, signing: Signing | None = None) -> SignatureBlock:
    """Return the whole block for a signer on a letter of this class."""
    name = signer.full_name if carries_titles(signer, document) else signer.name
    numbered = carries_numbers(signer, document)
    below = [signer.rank] if numbered and signer.rank else []
    below += [f"NIP {grouped_nip(signer.nip)}"] if numbered and signer.nip else []
    return SignatureBlock(post_lines(signer.post, signer.capacity, signing or Signing()), name, tuple(below))


def carries_titles(signer: OfficialRow, document: DocumentClass) -> bool:
    """Return whether the name has academic titles: not on pengaturan and penetapan, not for acting heads and secretaries."""
    if document in {DocumentClass.PENGATURAN, DocumentClass.PENETAPAN}:
        return False
    return signer.capacity == Capacity.DEFINITIF or not _acts_for_the_top(signer)


def carries_numbers(signer: OfficialRow, document: DocumentClass) -> bool:
    """Return whether rank and NIP stand under the name: for officials below the secretary, not on pengaturan, penetapan."""
    return document not in {DocumentClass.PENGATURAN, DocumentClass.PENETAPAN} and signer.role not in _WITHOUT_NUMBERS


def post_lines(post: str, capacity: Capacity, signing: Signing) -> tuple[str, ...]:
    """Return the lines above the signature: posts in capitals, small a.n. and u.b., the last line ended by a comma."""
    own = f"{capacity_prefix(capacity)}{post.upper()},"
    if signing.form == SignForm.ON_BEHALF and signing.giver:
        return (f"a.n. {signing.giver.upper()}", own)
    if signing.form == SignForm.FOR and signing.giver and signing.between:
        return (f"a.n. {signing.giver.upper()}", signing.between.upper(), "u.b.", own)
    return (own,)


def capacity_prefix(capacity: Capacity) -> str:
    """Return what stands before the post: `Plt. `, `Plh. `, `Pj. `, or nothing."""
    return "" if capacity == Capacity.DEFINITIF else f"{capacity.value} "


def letterhead_for(signer: OfficialRow, signing: Signing) -> Letterhead:
    """Return the kop of a letter: the secretary keeps the secretariat's even when signing for the head of the region."""
    if signing.form == SignForm.OWN and signer.role in _HEADS:
        return Letterhead.KEPALA_DAERAH
    return signer.letterhead


def _acts_for_the_top(signer: OfficialRow) -> bool:
    return signer.role in _WITHOUT_NUMBERS
