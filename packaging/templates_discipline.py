"""Templates of an examination: the summons and the report of its findings."""

from __future__ import annotations

from template_kit import WordFile, each, grid, para, when
from template_parts import (
    NEXT,
    addressed,
    bases,
    closing,
    dated_signature,
    ending,
    exactly,
    identity,
    numbered,
    official,
    person_lines,
    space,
    text,
)


def summons() -> WordFile:
    """The first or second summons to be examined."""
    return official(
        "Surat Panggilan",
        para("RAHASIA", "Judul"),
        para("SURAT PANGGILAN {{ panggilan.ke }}", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 14)),
        bases("panggilan.dasar", "Dasar:"),
        text("Bersama ini diminta dengan hormat kehadiran Saudara:", above=6),
        person_lines(),
        para("untuk menghadap kepada:", "Isi", keep=NEXT, properties=space(6, 6)),
        when("pemeriksa.nama", identity("Nama", "{{ pemeriksa.nama }}")),
        when("pemeriksa.nip", identity("NIP", "{{ pemeriksa.nip }}")),
        identity("Jabatan", "{{ pemeriksa.jabatan }}"),
        para("pada:", "Isi", keep=NEXT, properties=space(6, 6)),
        identity("Hari, tanggal", "{{ panggilan.tanggal|hari }}, {{ panggilan.tanggal|tanggal }}"),
        identity("Pukul", "{{ panggilan.pukul }} waktu setempat"),
        identity("Tempat", "{{ panggilan.tempat }}"),
        text(
            "untuk diperiksa dan dimintai keterangan sehubungan dengan dugaan pelanggaran berupa {{ panggilan.dugaan }}.",
            above=6,
        ),
        when(
            "panggilan.ke == 'II'",
            text(
                "Surat panggilan ini adalah panggilan kedua. Apabila Saudara tidak hadir, pemeriksaan dilanjutkan berdasarkan alat "
                "bukti dan keterangan yang ada."
            ),
        ),
        ending(closing("Demikian surat panggilan ini disampaikan untuk dilaksanakan."), dated_signature()),
    )


def _part(heading: str, source: str) -> str:
    return when(
        source,
        numbered(heading, style="ButirHuruf"),
        each("butir", source, numbered("{{ butir }}", 1)),
    )


def report() -> WordFile:
    """The report of an examination to the staffing authority."""
    team = (
        ("No.", 1.0, "{{ loop.index }}."),
        ("Nama dan NIP", 6.4, "{{ orang.nama }}\n{{ orang.nip }}"),
        ("Jabatan", 5.0, "{{ orang.jabatan }}"),
        ("Tanda tangan", 3.6, "\n"),
    )
    return official(
        "Laporan Hasil Pemeriksaan",
        para("RAHASIA", "Judul"),
        para("LAPORAN HASIL PEMERIKSAAN", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 12)),
        addressed("Yth. {{ kantor.kepala_daerah }} selaku Pejabat Pembina Kepegawaian", "di {{ kantor.tempat }}"),
        text(
            "Pada hari {{ periksa.tanggal|hari }}, tanggal {{ periksa.tanggal|tanggal }},{% if periksa.tempat %} bertempat di "
            "{{ periksa.tempat }},{% endif %} telah dilakukan pemeriksaan terhadap:"
        ),
        person_lines(),
        text(
            "sehubungan dengan dugaan pelanggaran berupa {{ periksa.dugaan }}, dengan hasil sebagai berikut:", above=6
        ),
        _part("Dasar Pemeriksaan", "periksa.dasar"),
        _part("Hasil Pemeriksaan", "periksa.uraian"),
        _part("Kesimpulan", "periksa.kesimpulan"),
        _part("Saran", "periksa.saran"),
        para("Pemeriksa:", "Isi", keep=NEXT, properties=space(8, 4)),
        grid(team, ("orang", "periksa.tim"), whole=True),
        para("", properties=space(line=exactly(8))),
        ending(
            closing("Demikian laporan ini disampaikan sebagai bahan pengambilan keputusan."),
            dated_signature(),
            copied="",
        ),
    )


MADE = {"surat_panggilan": summons, "laporan_hasil_pemeriksaan": report}
