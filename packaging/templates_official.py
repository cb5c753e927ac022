"""Templates of the papers an official signs about a candidacy: certificates, the proposal, the decree, orders and permits."""

from __future__ import annotations

from template_kit import Cell, Level, WordFile, each, grid, para, repeated_rows, rows_table, table_row, when
from template_parts import (
    ATTACHED,
    BOOKMAN,
    LAST,
    NEXT,
    PITCH,
    addressed,
    attachment_head,
    bases,
    built,
    closing,
    copies,
    dated_signature,
    each_line,
    ending,
    identity,
    indent,
    kop,
    numbered,
    office_head,
    official,
    person_lines,
    signature_right,
    signed_by,
    signer_lines,
    space,
    tabs,
    text,
)

NUMBER = para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 14))
_DECREE_COLUMNS = (3.1, 0.5, 0.9, 11.5)


def in_process() -> WordFile:
    """L-6: the certificate that the dismissal is being worked on, for the election commission."""
    return official(
        "Surat Keterangan Sedang Diproses",
        para("SURAT KETERANGAN", "Judul"),
        NUMBER,
        text("Yang bertanda tangan di bawah ini:"),
        signer_lines(),
        text("dengan ini menerangkan bahwa:", above=6),
        person_lines(),
        para("dengan keterangan sebagai berikut:", "Isi", keep=NEXT, properties=space(6, 6)),
        numbered(
            "telah menyampaikan surat pernyataan pengunduran diri sebagai {{ pegawai.status }} tanggal "
            "{{ diterima.tanggal_surat|tanggal }}, yang diterima pada tanggal {{ diterima.tanggal|tanggal }}"
            "{% if tanda_terima.nomor %} dengan tanda terima Nomor {{ tanda_terima.nomor }}{% if tanda_terima.tanggal %} tanggal "
            "{{ tanda_terima.tanggal|tanggal }}{% endif %}{% endif %}, sehubungan dengan pencalonan yang bersangkutan sebagai "
            "{{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }}."
        ),
        numbered(
            "{{ pegawai.pemberhentian|capitalize }} yang bersangkutan sebagai {{ pegawai.status }} sedang diproses. Tahap proses pada "
            "tanggal surat ini: {{ proses.tahap }}."
        ),
        numbered(
            "Keputusan {{ pegawai.pemberhentian }} yang bersangkutan ditetapkan oleh {{ proses.pejabat }} sesuai dengan ketentuan "
            "peraturan perundang-undangan."
        ),
        when(
            "dasar",
            numbered("Pengunduran diri yang bersangkutan berdasarkan:"),
            each("butir", "dasar", numbered("{{ butir }}", 1)),
        ),
        ending(
            closing(
                "Demikian surat keterangan ini dibuat dengan sebenarnya untuk disampaikan kepada {{ surat.keperluan }} sebagai kelengkapan "
                "dokumen pencalonan yang bersangkutan, dan bukan merupakan keputusan {{ pegawai.pemberhentian }}."
            ),
            dated_signature(),
        ),
    )


def superior_statement() -> WordFile:
    """L-4: the superior confirms the resignation and the handing over, on the kop of the person's own office."""
    return official(
        "Keterangan Atasan",
        para("SURAT KETERANGAN", "Judul"),
        NUMBER,
        text("Yang bertanda tangan di bawah ini:"),
        identity("Nama", "{{ atasan.nama }}"),
        when("atasan.nip", identity("NIP", "{{ atasan.nip }}")),
        when("atasan.pangkat", identity("Pangkat, golongan ruang", "{{ atasan.pangkat }}")),
        identity("Jabatan", "{{ atasan.jabatan }}"),
        text("selaku atasan dari:", above=6),
        person_lines(),
        text("dengan ini menerangkan bahwa:", above=6),
        numbered(
            "saya telah menerima surat pernyataan pengunduran diri yang bersangkutan tanggal {{ diterima.tanggal_surat|tanggal }} "
            "sehubungan dengan pencalonannya sebagai {{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }};"
        ),
        numbered(
            "saya tidak berkeberatan dan menyetujui pengunduran diri tersebut diproses sesuai dengan ketentuan peraturan "
            "perundang-undangan;"
        ),
        when(
            "serah_terima.kepada",
            numbered(
                "tugas yang bersangkutan telah diserahterimakan kepada {{ serah_terima.kepada }}{% if serah_terima.tanggal %} pada "
                "tanggal {{ serah_terima.tanggal|tanggal }}{% endif %}; dan"
            ),
        ),
        when(
            "not serah_terima.kepada",
            numbered(
                "tugas yang bersangkutan diserahterimakan sebelum keputusan {{ pegawai.pemberhentian }} berlaku; dan"
            ),
        ),
        when(
            "serah_terima.sisa",
            numbered("yang bersangkutan masih harus menyelesaikan atau menyerahkan:"),
            each("butir", "serah_terima.sisa", numbered("{{ butir }}", 1)),
        ),
        when(
            "not serah_terima.sisa",
            numbered(
                "yang bersangkutan tidak mempunyai tugas kedinasan yang belum selesai dan tidak menguasai barang milik daerah yang "
                "belum diserahkan."
            ),
        ),
        ending(
            closing("Demikian surat keterangan ini dibuat dengan sebenarnya untuk digunakan sebagaimana mestinya."),
            _superiors_signature(),
            copied="",
        ),
    )


def _superiors_signature() -> str:
    return "".join((
        para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTangan", properties=space(8, 0)),
        para("{{ atasan.jabatan|kapital }},", "TandaTangan"),
        para("", "RuangTandaTangan"),
        para("{{ atasan.nama }}", "TandaTangan"),
        each_line("atasan.bawah", "TandaTangan"),
        when(
            "mengetahui.jabatan",
            para("Menyetujui,", "TandaTangan", properties=space(8, 0) + indent(0)),
            para("{{ mengetahui.jabatan|kapital }},", "TandaTangan", properties=indent(0)),
            para("", "RuangTandaTangan"),
            para("{{ mengetahui.nama }}", "TandaTangan", properties=indent(0)),
            when("mengetahui.nip", para("NIP {{ mengetahui.nip }}", "TandaTangan", properties=indent(0))),
        ),
    ))  # fmt: skip


def proposal() -> WordFile:
    """L-7: the proposal to dismiss, with the names on an attachment."""
    columns = (
        ("No.", 0.9, "{{ loop.index }}."),
        ("Nama dan NIP", 3.7, "{{ orang.nama }}\n{{ orang.nip }}"),
        ("Pangkat", 2.2, "{{ orang.pangkat }}"),
        ("Jabatan dan unit kerja", 3.4, "{{ orang.jabatan }}"),
        ("Usia dan masa kerja", 1.9, "{{ orang.masa }}"),
        ("TMT diusulkan", 1.9, "{{ orang.tmt }}"),
        ("Keterangan", 2.0, "{{ orang.keterangan }}"),
    )
    return official(
        "Usul Pemberhentian",
        office_head("Usul {{ usul.tindakan }} sebagai {{ usul.status }}", "1 (satu) berkas", "{{ surat.sifat }}"),
        addressed("Yth. {{ surat.kepada }}", "melalui {{ surat.melalui }}", "di {{ kantor.tempat }}"),
        text(
            "Bersama ini diusulkan {{ usul.tindakan }} sebagai {{ usul.status }} karena {{ keputusan.alasan }}"
            "{% if pencalonan.pemilihan %} dalam {{ pencalonan.pemilihan }}{% endif %} bagi {{ usul.jumlah }} orang sebagaimana "
            "tercantum dalam lampiran surat ini."
        ),
        bases("dasar", "Usul ini berdasarkan:"),
        when(
            "usul.berkas",
            para("Sebagai bahan pertimbangan dilampirkan:", "Isi", keep=NEXT, properties=space(6, 6)),
            each("butir", "usul.berkas", numbered("{{ butir }}", numbers=ATTACHED)),
        ),
        ending(closing("Demikian usul ini disampaikan. Atas perkenan Bapak/Ibu, diucapkan terima kasih."), signed_by()),
        attachment_head(
            ("LAMPIRAN SURAT", ""),
            ("Nomor", "{{ surat.nomor }}"),
            ("Tanggal", "{{ surat.tanggal|tanggal }}"),
            ("Hal", "Usul {{ usul.tindakan }}"),
        ),
        para("DAFTAR NAMA YANG DIUSULKAN", "Judul", properties=space(0, 8)),
        grid(columns, ("orang", "usul.daftar"), foot=para("", "IsiPenutup") + signed_by()),
        LAST,
    )


def _listed_part(label: str, source: str, mark: str) -> str:
    """Return Menimbang or Mengingat: the label beside the first item only."""
    first = f"{{{{ '{label}' if loop.first else '' }}}}"
    cells = (
        Cell(para(first, "Bagian")),
        Cell(para("{{ ':' if loop.first else '' }}", "Bagian")),
        Cell(para(mark, "Bagian")),
        Cell(para("{{ butir }}", "BagianIsi")),
    )
    return rows_table(_DECREE_COLUMNS, repeated_rows(_DECREE_COLUMNS, "butir", source, cells))


def _decree_person() -> str:
    rows = (
        ("Nama", "{{ pegawai.nama }}"),
        ("{{ pegawai.nomor_label }}", "{{ pegawai.nomor }}"),
        ("Jabatan", "{{ pegawai.jabatan }}"),
        ("Perangkat daerah", "{{ pegawai.perangkat_daerah }}"),
    )
    shape = f"{tabs(5.5, 5.9)}{indent(5.9, 5.9)}"
    lines = [para(f"{label}\t:\t{value}", "Bagian", properties=shape) for label, value in rows]
    rank = para("{{ pegawai.pangkat_label }}\t:\t{{ pegawai.pangkat }}", "Bagian", properties=shape)
    return "".join((*lines[:2], when("pegawai.pangkat", rank), *lines[2:]))


def _articles() -> str:
    columns = (_DECREE_COLUMNS[0], _DECREE_COLUMNS[1], _DECREE_COLUMNS[2] + _DECREE_COLUMNS[3])
    colon = Cell(para(":", "Bagian"))
    title = table_row(
        columns, (Cell(para("Menetapkan", "Bagian")), colon, Cell(para("{{ keputusan.judul }}", "BagianIsi")))
    )
    first = table_row(
        columns,
        (
            Cell(para("{{ keputusan.diktum[0].label }}", "Bagian")),
            colon,
            Cell(para("{{ keputusan.diktum[0].teks }}", "BagianIsi") + _decree_person()),
        ),
    )
    rest = repeated_rows(columns, "butir", "keputusan.diktum[1:-1]", _article("butir"))
    last = table_row(columns, _article("keputusan.diktum[-1]", NEXT))
    signature = table_row(columns, (Cell(signature_right(), span=3),))
    return rows_table(columns, title + first + rest + last + signature + copies("surat.tembusan", columns)) + LAST


def _article(source: str, keep: str = "") -> tuple[Cell, ...]:
    """Return the cells of a dictum; `keep` holds the last one to the signature."""
    texts = ((f"{{{{ {source}.label }}}}", "Bagian"), (":", "Bagian"), (f"{{{{ {source}.teks }}}}", "BagianIsi"))
    return tuple(Cell(para(text, style, keep=keep)) for text, style in texts)


def decree() -> WordFile:
    """L-8: the decree, honourable or not, for civil servants and contract staff."""
    body = (
        kop(),
        para("KEPUTUSAN {{ kantor.kepala_daerah|kapital }}", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul"),
        para("TENTANG", "Judul", properties=space(8, 8, PITCH)),
        para("{{ keputusan.tentang }}", "Judul"),
        para("ATAS NAMA {{ pegawai.nama }}", "Judul", properties=space(0, 10, PITCH)),
        para("{{ kantor.kepala_daerah|kapital }},", "Judul", properties=space(0, 10, PITCH)),
        _listed_part("Menimbang", "keputusan.menimbang", "{{ loop.index|huruf }}."),
        para("", properties='<w:spacing w:line="120" w:lineRule="exact"/>'),
        _listed_part("Mengingat", "keputusan.mengingat", "{{ loop.index }}."),
        para("MEMUTUSKAN:", "Diktum"),
        _articles(),
    )
    lists = (*(((Level("decimal", "%1.", 0.9, 0.9),),) * 4),)
    return built("Keputusan Pemberhentian", "".join(body), BOOKMAN, PITCH, lists, letterhead=True, more=True)


def village_permit() -> WordFile:
    """L-10: the written permission for a civil servant to run for head of a village."""
    return official(
        "Izin Calon Kepala Desa",
        para("SURAT IZIN", "Judul"),
        para("MENCALONKAN DIRI SEBAGAI KEPALA DESA", "Judul"),
        NUMBER,
        bases("izin.dasar", "Dasar:"),
        text(
            "{% if permohonan.tanggal %}Memperhatikan surat permohonan yang bersangkutan tanggal {{ permohonan.tanggal|tanggal }}, "
            "dengan ini {% else %}Dengan ini {% endif %}{{ penanda.jabatan }} memberikan izin kepada:",
            above=6,
        ),
        person_lines(),
        text(
            "untuk mencalonkan diri sebagai Kepala Desa pada {{ desa.nama }}{% if desa.kecamatan %}, {{ desa.kecamatan }}{% endif %}"
            "{% if izin.mulai %}, berlaku mulai tanggal {{ izin.mulai|tanggal }}{% endif %}"
            "{% if izin.sampai %} sampai dengan tanggal {{ izin.sampai|tanggal }}{% endif %}, dengan ketentuan:",
            above=6,
        ),
        each("butir", "izin.syarat", numbered("{{ butir }}")),
        ending(closing("Demikian surat izin ini diberikan untuk digunakan sebagaimana mestinya."), dated_signature()),
    )


def acting_order() -> WordFile:
    """L-14: the order to act in a vacant post, or while its holder is away."""
    return official(
        "Surat Perintah",
        para("SURAT PERINTAH", "Judul"),
        para("{{ perintah.sebutan|kapital }}", "Judul"),
        NUMBER,
        bases("perintah.dasar", "Dasar:"),
        text(
            "{% if perintah.sebab %}Sehubungan dengan {{ perintah.sebab }}, untuk {% else %}Untuk {% endif %}menjamin kelancaran "
            "pelaksanaan tugas {{ perintah.jabatan }}, dengan ini {{ penanda.jabatan }}",
            above=6,
        ),
        para("MEMERINTAHKAN:", "Judul", properties=space(4, 8)),
        text("Kepada:"),
        identity("Nama", "{{ pelaksana.nama }}"),
        when("pelaksana.nip", identity("NIP", "{{ pelaksana.nip }}")),
        when("pelaksana.pangkat", identity("Pangkat, golongan ruang", "{{ pelaksana.pangkat }}")),
        identity("Jabatan", "{{ pelaksana.jabatan }}"),
        para("Untuk:", "Isi", keep=NEXT, properties=space(6, 6)),
        numbered(
            "melaksanakan tugas sebagai {{ perintah.sebutan }} {{ perintah.jabatan }} terhitung mulai tanggal "
            "{{ perintah.mulai|tanggal }} sampai dengan {% if perintah.sampai %}tanggal {{ perintah.sampai|tanggal }}{% else %}"
            "ditetapkannya pejabat definitif atau adanya perintah lain{% endif %}, di samping jabatannya sekarang; dan"
        ),
        numbered("melaporkan pelaksanaan tugas kepada {{ penanda.jabatan }}."),
        when(
            "perintah.batas",
            para(
                "Dalam melaksanakan perintah ini, yang bersangkutan tidak berwenang:",
                "Isi",
                keep=NEXT,
                properties=space(6, 6),
            ),
            each("butir", "perintah.batas", numbered("{{ butir }}", numbers=ATTACHED)),
        ),
        ending(closing("Surat perintah ini disampaikan untuk dilaksanakan."), dated_signature()),
    )


MADE = {
    "surat_keterangan_sedang_diproses": in_process,
    "keterangan_atasan": superior_statement,
    "usul_pemberhentian": proposal,
    "keputusan_pemberhentian": decree,
    "izin_calon_kepala_desa": village_permit,
    "surat_perintah_pelaksana": acting_order,
}
