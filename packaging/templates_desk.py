"""Templates that go with the circular: its form B, pledges, covering letter, reminder, minutes, list of those present."""

from __future__ import annotations

from template_kit import Cell, Level, WordFile, each, grid, para, rows_table, table, table_row, tag_row, when
from template_parts import (
    BOOKMAN,
    DOTTED,
    FREE,
    LAST,
    NEXT,
    PITCH,
    addressed,
    built,
    closing,
    copies,
    dated_signature,
    ending,
    exactly,
    identity,
    kop,
    numbered,
    official,
    person_lines,
    signature_right,
    signed_by,
    space,
    statement,
    text,
)
from templates_attached import circular_attachments

_BREACH = "Apabila {0} melanggar hal-hal tersebut, {0} bersedia dikenai sanksi sesuai dengan ketentuan peraturan perundang-undangan."
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="auto"/></w:pBdr>' + space(0, 10, exactly(6))
_COLUMN = "TandaTanganKolom"


def _names(source: str, *more: tuple[str, float, str], foot: str = "") -> str:
    """Return a ruled table of names, with further columns at its right and what stands under it."""
    rest = 16.0 - 1.0 - 5.2 - sum(width for _, width, _ in more)
    columns = (
        ("No.", 1.0, "{{ loop.index }}."),
        ("Nama dan NIP", 5.2, "{{ orang.nama }}\n{{ orang.nip }}"),
        ("Jabatan", rest, "{{ orang.jabatan }}"),
        *more,
    )
    return grid(columns, ("orang", source), foot=foot)


SIGNED = (
    "Tanda tangan",
    4.4,
    "{% if loop.index is odd %}{{ loop.index }}. ............{% else %}\t{{ loop.index }}. ............{% endif %}",
)


def _seen_by() -> str:
    """Return the lines of the head of the office who has seen the pledge."""
    return "".join((
        when(
            "mengetahui.jabatan",
            para("Mengetahui,", _COLUMN),
            para("{{ mengetahui.jabatan|kapital }},", _COLUMN),
        ),
        para("", _COLUMN),
    ))  # fmt: skip


def _seen_name() -> str:
    return "".join((
        when("mengetahui.nama", para("{{ mengetahui.nama }}", _COLUMN, keep=FREE)),
        when("mengetahui.nip", para("NIP {{ mengetahui.nip }}", _COLUMN, keep=FREE)),
        para("", _COLUMN, keep=FREE),
    ))  # fmt: skip


def _pledge_points() -> str:
    return each("butir", "pakta.butir", numbered("{{ butir }}"))


def _pledge_title() -> str:
    return "".join((
        para("PAKTA INTEGRITAS", "Judul"),
        para("NETRALITAS PEGAWAI APARATUR SIPIL NEGARA", "Judul"),
        para("DALAM {{ edaran.pemilihan|kapital }}", "Judul", properties=space(0, 14)),
    ))  # fmt: skip


def pledge() -> WordFile:
    """The pledge that each person signs."""
    room = Cell(para("", _COLUMN))
    stamp = para("Meterai", "Meterai") + para("{{ meterai }}", "Meterai")
    signed = para("{{ pegawai.nama }}", _COLUMN, keep=FREE) + para(
        "{{ pegawai.nomor_label }} {{ pegawai.nomor }}", _COLUMN
    )
    place = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", _COLUMN) + para("Yang menyatakan,", _COLUMN)
    widths = (7.4, 0.6, 2.6, 5.4)
    rows = (
        table_row(widths, (Cell(closing(_BREACH.format("saya"), tied=True), span=4),)),
        table_row(widths, (Cell(_seen_by()), room, Cell(place, span=2))),
        tag_row(widths, "{%tr if pakta.meterai == 'dengan meterai' %}"),
        table_row(widths, (room, room, Cell(stamp, borders=DOTTED, centred=True), room), 1.8),
        tag_row(widths, "{%tr else %}"),
        table_row(widths, (room, room, Cell(para("", _COLUMN), span=2)), 1.8),
        tag_row(widths, "{%tr endif %}"),
        table_row(widths, (Cell(_seen_name()), room, Cell(signed, span=2))),
    )
    return statement(
        "Pakta Integritas",
        _pledge_title(),
        text("Saya yang bertanda tangan di bawah ini:"),
        person_lines(),
        text(
            "dalam rangka menjaga netralitas sebagai {{ pegawai.status }} dalam {{ edaran.pemilihan }}, dengan ini menyatakan:",
            above=6,
        ),
        _pledge_points(),
        rows_table(widths, "".join(rows)),
        LAST,
    )


def pledge_list() -> WordFile:
    """The pledge that all of a unit sign on one list."""
    return statement(
        "Pakta Integritas Kolektif",
        _pledge_title(),
        text(
            "Kami yang namanya tercantum dan bertanda tangan dalam daftar di bawah ini, pegawai pada {{ pakta.unit }}, dalam rangka "
            "menjaga netralitas dalam {{ edaran.pemilihan }}, dengan ini menyatakan:"
        ),
        _pledge_points(),
        text(_BREACH.format("kami"), above=4),
        _names("pakta.daftar", SIGNED, foot=para("", "IsiPenutup") + _list_seen()),
        LAST,
    )


def _list_seen() -> str:
    return "".join((
        para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTangan"),
        when(
            "mengetahui.jabatan",
            para("Mengetahui,", "TandaTangan"),
            para("{{ mengetahui.jabatan|kapital }},", "TandaTangan"),
            para("", "RuangTandaTangan"),
            para("{{ mengetahui.nama }}", "TandaTangan"),
            when("mengetahui.nip", para("NIP {{ mengetahui.nip }}", "TandaTangan")),
        ),
    ))  # fmt: skip


def covering() -> WordFile:
    """The covering letter of what is sent to one office, with room for the receiver."""
    columns = (
        ("No.", 1.0, "{{ loop.index }}."),
        ("Jenis yang dikirim", 7.6, "{{ benda.jenis }}"),
        ("Banyaknya", 3.0, "{{ benda.banyak }}"),
        ("Keterangan", 4.4, "{{ benda.keterangan }}"),
    )
    gap = Cell(para("", _COLUMN))
    received = "".join(para(line, _COLUMN) for line in ("Diterima tanggal ....................", "Penerima,"))
    sender = each("baris", "penanda.baris", para("{{ baris }}", _COLUMN))
    giver = para("{{ penanda.nama }}", _COLUMN) + each("baris", "penanda.bawah", para("{{ baris }}", _COLUMN))
    taker = "".join(para(line, _COLUMN, keep=FREE) for line in ("........................................", "NIP"))
    columns_of_two = (7.4, 0.6, 8.0)
    returned = "Mohon lembar kedua surat pengantar ini dikembalikan setelah ditandatangani."
    rows = (
        table_row(columns_of_two, (Cell(para(returned, "IsiPenutup", keep=NEXT, properties=space(8, 10)), span=3),)),
        table_row(columns_of_two, (Cell(received), gap, Cell(sender))),
        table_row(columns_of_two, (gap, gap, gap), 2.0),
        table_row(columns_of_two, (Cell(taker), gap, Cell(giver))),
        copies("surat.tembusan", columns_of_two),
    )
    return official(
        "Surat Pengantar",
        para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "Tempat", properties=space(0, 8)),
        addressed("Yth. {{ surat.kepada }}", "di {{ kantor.tempat }}"),
        para("SURAT PENGANTAR", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 12)),
        grid(columns, ("benda", "kiriman.daftar")),
        LAST,
        rows_table(columns_of_two, "".join(rows)),
        LAST,
    )


def reminder() -> WordFile:
    """The internal note to the head of a late office."""
    rows = (
        ("Yth.", "{{ surat.kepada }}"),
        ("Dari", "{{ penanda.jabatan }}"),
        ("Tanggal", "{{ surat.tanggal|tanggal }}"),
        ("Nomor", "{{ surat.nomor }}"),
        ("Sifat", "{{ surat.sifat }}"),
        ("Hal", "Pengembalian tanda terima Surat Edaran Nomor {{ edaran.nomor }}"),
    )
    return official(
        "Nota Dinas Pengingat",
        para("NOTA DINAS", "Judul", properties=space(0, 10)),
        *(para(f"{label}\t:\t{value}", "KepalaSurat") for label, value in rows),
        para("", properties=RULE),
        text(
            "Berdasarkan catatan kami, tanda terima Surat Edaran Nomor {{ edaran.nomor }}{% if edaran.tanggal %} tanggal "
            "{{ edaran.tanggal|tanggal }}{% endif %}{% if edaran.tentang %} tentang {{ edaran.tentang }}{% endif %} dari perangkat "
            "daerah yang Saudara pimpin belum kembali seluruhnya{% if pengingat.sudah and pengingat.seluruh %}, yaitu baru "
            "{{ pengingat.sudah }} dari {{ pengingat.seluruh }} lembar{% endif %}."
        ),
        text(
            "Sehubungan dengan hal tersebut, mohon Saudara memastikan setiap pegawai menandatangani tanda terima dan mengembalikannya "
            "kepada {{ kantor.instansi }} paling lambat hari {{ edaran.batas|hari }}, tanggal {{ edaran.batas|tanggal }}."
        ),
        when(
            "pengingat.daftar",
            para("Pegawai yang tanda terimanya belum kami terima:", "Isi", keep=NEXT),
            _names("pengingat.daftar", ("Keterangan", 3.0, "")),
            para("", properties=space(line=exactly(8))),
        ),
        ending(
            closing("Demikian disampaikan. Atas perhatian dan kerja sama Saudara, diucapkan terima kasih."), signed_by()
        ),
    )


def _party(side: str, order: str) -> str:
    return "".join((
        identity("Nama", f"{{{{ {side}.nama }}}}"),
        when(f"{side}.nip", identity("NIP", f"{{{{ {side}.nip }}}}")),
        identity("Jabatan", f"{{{{ {side}.jabatan }}}}"),
        text(f"selanjutnya disebut PIHAK {order}.", above=3),
    ))  # fmt: skip


def minutes() -> WordFile:
    """The minutes of what two parties did together, seen by the official."""
    gap = Cell(para("", _COLUMN))

    def name(side: str) -> Cell:
        who = para(f"{{{{ {side}.nama }}}}", _COLUMN)
        return Cell(who + when(f"{side}.nip", para(f"NIP {{{{ {side}.nip }}}}", _COLUMN)) + para("", _COLUMN))

    seen = para("Mengetahui,", "TandaTangan", properties=space(8, 0)) + signed_by()
    last = (
        "Demikian berita acara ini dibuat dengan sebenarnya dalam rangkap 2 (dua) untuk digunakan sebagaimana mestinya."
    )
    return official(
        "Berita Acara",
        para("BERITA ACARA", "Judul"),
        para("{{ acara.judul|kapital }}", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 14)),
        text("Pada hari ini, {{ acara.kalimat }}, bertempat di {{ acara.tempat }}, kami masing-masing:"),
        _party("pihak_satu", "PERTAMA"),
        _party("pihak_dua", "KEDUA"),
        para("Kedua pihak telah melaksanakan:", "Isi", keep=NEXT),
        each("butir", "acara.butir", numbered("{{ butir }}")),
        table(
            (7.4, 0.6, 8.0),
            (
                ((Cell(closing(last, tied=True), span=3),), 0),
                ((Cell(para("PIHAK KEDUA,", _COLUMN)), gap, Cell(para("PIHAK PERTAMA,", _COLUMN))), 0),
                ((gap, gap, gap), 2.0),
                ((name("pihak_dua"), gap, name("pihak_satu")), 0),
                ((Cell(seen, span=3),), 0),
            ),
        ),
        LAST,
    )


def attendance() -> WordFile:
    """The list of those present, with the names filled in or left empty."""
    return official(
        "Daftar Hadir",
        para("DAFTAR HADIR", "Judul", properties=space(0, 10)),
        identity("Acara", "{{ acara.judul }}"),
        identity("Hari, tanggal", "{{ acara.tanggal|hari }}, {{ acara.tanggal|tanggal }}"),
        when("acara.waktu", identity("Waktu", "pukul {{ acara.waktu }}")),
        identity("Tempat", "{{ acara.tempat }}"),
        para("", properties=space(line=exactly(8))),
        _names("hadir.daftar", SIGNED, foot=para("", "IsiPenutup") + dated_signature()),
        LAST,
    )


def circular_b() -> WordFile:
    """The neutrality circular in the older form: reference block and numbered points."""

    def point(words: str) -> str:
        return numbered(words)

    def letters(source: str) -> str:
        return each("butir", source, numbered("{{ butir }}", 1))

    left = "".join(para(f"{label}\t:\t{value}", "KepalaSurat") for label, value in _REFERENCES)
    right = "".join((
        para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "Kepada", properties=space(0, 6, PITCH)),
        para("Kepada", "Kepada"),
        para("Yth.", "Kepada"),
        each("butir", "edaran.kepada", numbered("{{ butir }}", style="Kepada", numbers=2)),
        para("di – {{ kantor.tempat|kapital }}", "Kepada"),
    ))  # fmt: skip
    body = "".join((
        kop(),
        table((7.4, 0.6, 8.0), (((Cell(left), Cell(para("", "Kepada")), Cell(right)), 0),)),
        para("SURAT EDARAN", "Judul", properties=space(14, 0, PITCH)),
        para("NOMOR {{ surat.nomor }}", "Judul"),
        para("TENTANG", "Judul", properties=space(4, 4, PITCH)),
        para("{{ edaran.tentang }}", "Judul", properties=space(0, 10, PITCH)),
        each("alinea", "edaran.latar_belakang", para("{{ alinea }}", "Isi")),
        point("Surat Edaran ini berdasarkan:"), letters("edaran.dasar"),
        point("{{ edaran.larangan_pembuka }}"), letters("edaran.larangan"),
        point("Pegawai Aparatur Sipil Negara yang mencalonkan diri memperhatikan ketentuan sebagai berikut:"),
        letters("edaran.pencalonan"),
        point("Setiap kepala perangkat daerah wajib:"), letters("edaran.kewajiban"),
        point("Pelanggaran netralitas dikenai sanksi sesuai dengan ketentuan peraturan perundang-undangan, yaitu:"),
        letters("edaran.sanksi"),
        point("Dugaan pelanggaran netralitas dapat dilaporkan kepada:"), letters("edaran.saluran"),
        ending(each("alinea", "edaran.penutup", para("{{ alinea }}", "IsiPenutup")), signature_right(), copied="edaran.tembusan"),
        circular_attachments(),
    ))  # fmt: skip
    points = (Level("decimal", "%1.", 0.9, 0.9), Level("lowerLetter", "%2.", 1.7, 0.8))
    lists = (points, *(((Level("decimal", "%1.", 0.9, 0.9),),) * 3))
    return built("Surat Edaran Netralitas", body, BOOKMAN, PITCH, lists, letterhead=True, more=True)


_REFERENCES = (
    ("Nomor", "{{ surat.nomor }}"),
    ("Sifat", "Segera"),
    ("Lampiran", "{% if edaran.lampiran %}1 (satu) berkas{% else %}-{% endif %}"),
    ("Hal", "Surat Edaran Netralitas"),
)
MADE = {
    "surat_edaran_netralitas_b": circular_b,
    "pakta_integritas": pledge,
    "pakta_integritas_kolektif": pledge_list,
    "surat_pengantar": covering,
    "nota_dinas_pengingat": reminder,
    "berita_acara": minutes,
    "daftar_hadir": attendance,
}
