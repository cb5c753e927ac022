"""What Word shows and this writer leaves out without touching the text around it: found in the XML and told by name and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.reading.ooxml import attribute, child, is_on, q, switch
from asn_desk.letters.pdf.reading.ooxml import value as value_of

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
    "w:tl2br": "Garis diagonal sel",
    "w:tr2bl": "Garis diagonal sel",
    "w:tblCellSpacing": "Jarak antarsel tabel",
    "w:textAlignment": "Letak tegak huruf dalam baris",
    "w:tab": "Garis tegak pada tabulasi",
    "w:del": "Teks yang dihapus dengan pelacakan perubahan",
    "w:moveFrom": "Teks yang dipindah dengan pelacakan perubahan",
    "w:tcFitText": "Teks sel yang dipaskan",
    "w14:glow": "Efek cahaya huruf",
    "w14:shadow": "Bayangan huruf",
    "w14:reflection": "Pantulan huruf",
    "w14:textOutline": "Garis luar huruf",
    "w14:props3d": "Huruf tiga dimensi",
}
_USUAL = {"w:textAlignment": frozenset({"auto", "baseline"})}
_ONLY = {"w:tab": frozenset({"bar"})}
_MISSING = {
    "w:subDoc": "Dokumen bagian (subdocument)",
    "w:control": "Tombol atau kolom isian ActiveX",
    "w:movie": "Film",
    "w:dayShort": "Kolom tanggal lama",
    "w:dayLong": "Kolom tanggal lama",
    "w:monthShort": "Kolom tanggal lama",
    "w:monthLong": "Kolom tanggal lama",
    "w:yearShort": "Kolom tanggal lama",
    "w:yearLong": "Kolom tanggal lama",
}
_PLACED = {
    "w:bidiVisual": "Tabel dari kanan ke kiri",
    "w:bidi": "Paragraf dari kanan ke kiri",
}
_PICTURE_EFFECTS = {
    "a:alphaModFix": "Gambar tembus pandang",
    "a:duotone": "Gambar dua warna",
    "a:grayscl": "Gambar hitam-putih",
    "a:gradFill": "Isian bergradasi",
    "a:pattFill": "Isian bercorak",
    "a:lum": "Terang dan kontras gambar",
    "a:biLevel": "Gambar hitam-putih",
    "a:clrChange": "Warna gambar yang diganti",
    "a:outerShdw": "Bayangan gambar atau bentuk",
    "a:innerShdw": "Bayangan gambar atau bentuk",
    "a:reflection": "Pantulan gambar atau bentuk",
    "a:softEdge": "Tepi halus gambar atau bentuk",
    "wps:linkedTxbx": "Sambungan kotak teks",
}
_PAGE = {
    "w:lnNumType": "Nomor baris",
    "w:textDirection": "Arah tulis tegak halaman",
    "w:bidi": "Halaman dari kanan ke kiri",
    "w:rtlGutter": "Ruang jilid di kanan",
}
_SETTINGS = {
    "w:mirrorMargins": "Margin cermin halaman kiri dan kanan",
    "w:bookFoldPrinting": "Cetak lipat buku",
    "w:printTwoOnOne": "Cetak dua halaman per lembar",
    "w:gutterAtTop": "Ruang jilid di atas",
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
        if (name == "w14:textOutline" and child(item, "w14:noFill") is not None) or (name == "w:del" and not len(item)):
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


def note_of_section(properties: Element, notes: Notes) -> None:
    """Note what a section asks of its pages that is not printed."""
    for name, thing in _PAGE.items():
        found = child(properties, name)
        value = attribute(found, "w:val")
        if found is not None and (value or "").lower() not in _OFF and value not in ("lrTb", "tb"):
            notes.add(f"{thing} tidak dicetak ke PDF; yang lain tetap dicetak.")
    if value_of(properties, "w:vAlign") == "both":
        notes.add("Halaman yang diratakan atas-bawah dicetak mulai dari atas.")


def remarks_on_settings(root: Element | None) -> tuple[str, ...]:
    """Return what the settings of a document ask for that is not printed."""
    on = (thing for name, thing in _SETTINGS.items() if switch(root, name))
    return tuple(f"{thing} tidak dicetak ke PDF; halaman dicetak biasa." for thing in on)
