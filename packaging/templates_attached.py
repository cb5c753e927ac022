"""What may hang on a circular: the matrix of forbidden acts, and the form of the pledge."""

from __future__ import annotations

from template_kit import each, grid, para, when
from template_parts import LAST, PITCH, attachment_head, closing, ending, identity, numbered, signed_by, space, text

FORMS = 4
"""The list of the pledge's points."""


def circular_attachments() -> str:
    """Return the attachments the clerk chose, each on a page of its own, and the signature repeated."""
    columns = (
        ("No.", 1.0, "{{ loop.index }}."),
        ("Jenis", 2.0, "{{ baris.jenis }}"),
        ("Bentuk pelanggaran", 9.2, "{{ baris.teks }}"),
        ("Sanksi", 3.8, "{{ baris.sanksi }}"),
    )
    head = attachment_head(
        ("LAMPIRAN SURAT EDARAN", ""), ("Nomor", "{{ surat.nomor }}"), ("Tanggal", "{{ surat.tanggal|tanggal }}")
    )
    return when(
        "edaran.lampiran",
        head,
        para("MATRIKS PELANGGARAN NETRALITAS", "Judul", properties=space(0, 8, PITCH)),
        grid(
            columns, ("baris", "edaran.matriks"), foot=para("", "IsiPenutup") + signed_by("{{ penanda.nama|kapital }}")
        ),
        LAST,
        when("edaran.lampiran != 'matriks larangan'", head, _pledge_form()),
    )


def _pledge_form() -> str:
    blank = "." * 60
    rows = ("Nama", "NIP/NI PPPK", "Pangkat/golongan", "Jabatan", "Unit kerja")
    return "".join((
        para("FORMULIR PAKTA INTEGRITAS", "Judul", properties=space(0, 8, PITCH)),
        text("Saya yang bertanda tangan di bawah ini:"),
        *(identity(label, blank) for label in rows),
        text("dalam rangka menjaga netralitas dalam penyelenggaraan pemilihan, dengan ini menyatakan:", above=6),
        each("butir", "edaran.pakta", numbered("{{ butir }}", numbers=FORMS)),
        ending(
            closing(
                "Apabila saya melanggar hal-hal tersebut, saya bersedia dikenai sanksi sesuai dengan ketentuan peraturan "
                "perundang-undangan."
            ),
            _blank_signature(),
            copied="",
        ),
    ))  # fmt: skip


def _blank_signature() -> str:
    above, name = ("........................., ....................", "Yang menyatakan,"), "." * 40
    lines = "".join(para(line, "TandaTangan") for line in above)
    return lines + para("", "RuangTandaTangan") + para(name, "TandaTangan") + para("NIP", "TandaTangan")
