"""What Word shows and this writer leaves out without touching the text around it: found in the XML and told by name and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.ooxml import attribute, is_on, q

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.notes import Notes

_OFF = frozenset({"none", "nil", "0", "false", "off"})
_LOOKS = {
    "w:bdr": "Garis tepi pada huruf",
    "w:effect": "Animasi huruf",
    "w:emboss": "Huruf timbul",
    "w:imprint": "Huruf tenggelam",
    "w:outline": "Huruf bergaris luar",
    "w:shadow": "Bayangan huruf",
    "w:em": "Tanda penekanan pada huruf",
    "w:fitText": "Lebar teks yang dipaskan",
    "w:eastAsianLayout": "Susunan huruf Asia",
    "w:lnNumType": "Nomor baris",
    "w:tl2br": "Garis diagonal sel",
    "w:tr2bl": "Garis diagonal sel",
    "w:tblCellSpacing": "Jarak antarsel tabel",
    "w:textAlignment": "Letak tegak huruf dalam baris",
    "w:tab": "Garis tegak pada tabulasi",
}
_USUAL = {"w:textAlignment": frozenset({"auto", "baseline"})}
_ONLY = {"w:tab": frozenset({"bar"})}
_MISSING = {
    "w:subDoc": "Dokumen bagian (subdocument)",
    "w:control": "Tombol atau kolom isian ActiveX",
    "w:movie": "Film",
    "w:dayShort": "Kolom tanggal lama",
}
_PLACED = {
    "w:tblpPr": "Tabel mengambang",
    "w:bidiVisual": "Tabel dari kanan ke kiri",
    "w:bidi": "Paragraf dari kanan ke kiri",
}
_PICTURE_EFFECTS = {
    "a:alphaModFix": "Gambar tembus pandang",
    "a:duotone": "Gambar dua warna",
    "a:grayscl": "Gambar hitam-putih",
    "a:gradFill": "Isian bergradasi",
    "a:pattFill": "Isian bercorak",
}
_ALL = {**_LOOKS, **_MISSING, **_PLACED, **_PICTURE_EFFECTS}
_TAGS = {q(name): name for name in _ALL}


def note_unprinted(element: Element, notes: Notes) -> None:
    """Note everything inside an element that is printed otherwise than in Word, each kind once for its place."""
    told: set[str] = set()
    for item in element.iter(*_TAGS):
        name = _TAGS[str(item.tag)]
        value = attribute(item, "w:val")
        if name in _ONLY and value not in _ONLY[name]:
            continue
        if name in told or (value or "").lower() in _OFF or value in _USUAL.get(name, ()) or not is_on(value):
            continue
        told.add(name)
        if name in _LOOKS or name in _PICTURE_EFFECTS:
            notes.add(f"{_ALL[name]} di {notes.place} tidak dicetak ke PDF; yang lain tetap dicetak.")
        elif name in _PLACED:
            notes.add(f"{_ALL[name]} di {notes.place} dicetak di tempat biasa dalam urutan isi surat.")
        else:
            notes.skipped(_ALL[name])
