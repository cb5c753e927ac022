"""The first templates: resignation, its receipt, and the neutrality circular."""

from __future__ import annotations

from template_kit import Cell, Level, WordFile, each, para, table, when
from template_parts import (
    ARIAL,
    BOOKMAN,
    FREE,
    LAST,
    NEXT,
    PITCH,
    SINGLE,
    built,
    closing,
    ending,
    identity,
    kop,
    numbered,
    person_lines,
    signature_right,
    space,
    stamped_signature,
)
from templates_attached import circular_attachments


def resignation() -> WordFile:
    """L-1: the person's own statement, without kop and number, over a duty stamp."""
    body = "".join((
        para("SURAT PERNYATAAN PENGUNDURAN DIRI", "Judul"),
        para("SEBAGAI {{ pegawai.status|kapital }}", "Judul", properties=space(0, 12)),
        para("Yth. {{ kantor.kepala_daerah }} selaku Pejabat Pembina Kepegawaian", "Kepada"),
        para("melalui {{ kantor.sekda }}", "Kepada"),
        para("di {{ kantor.tempat }}", "Kepada", properties=space(0, 10)),
        para("Yang bertanda tangan di bawah ini:", "Isi"),
        person_lines(),
        when("pegawai.alamat", identity("Alamat", "{{ pegawai.alamat }}")),
        para(
            "dengan ini menyatakan mengundurkan diri sebagai {{ pegawai.status }} sehubungan dengan pencalonan saya sebagai "
            "{{ pencalonan.jabatan }}{% if pencalonan.daerah_pemilihan %} pada {{ pencalonan.daerah_pemilihan }}{% endif %} dalam "
            "{{ pencalonan.pemilihan }}{% if pencalonan.jalur %} melalui {{ pencalonan.jalur }}{% endif %}, "
            "dengan pernyataan sebagai berikut:",
            "Isi", properties=space(6, 6),
        ),
        when("dasar", numbered("Pengunduran diri ini saya ajukan berdasarkan:"), each("butir", "dasar", numbered("{{ butir }}", 1))),
        numbered(
            "Pengunduran diri ini tidak dapat ditarik kembali sejak surat pernyataan ini diterima oleh pejabat yang berwenang."
        ),
        numbered(
            "Saya memahami sepenuhnya akibat hukum pengunduran diri ini terhadap hak dan kewajiban kepegawaian saya."
        ),
        numbered(
            "Sampai dengan berlakunya keputusan pemberhentian, saya tetap melaksanakan tugas dan menjaga netralitas sebagai "
            "{{ pegawai.status }}."
        ),
        numbered("Pernyataan ini saya buat dengan sadar, tanpa paksaan dari pihak mana pun."),
        ending(
            closing(
                "Demikian surat pernyataan ini saya buat dengan sebenarnya dalam rangkap 2 (dua) asli untuk digunakan "
                "sebagaimana mestinya."
            ),
            stamped_signature(),
            copied="",
        ),
    ))  # fmt: skip
    lists = ((Level("decimal", "%1.", 0.75), Level("lowerLetter", "%2.", 1.5)),)
    return built("Surat Pernyataan Pengunduran Diri", body, ARIAL, SINGLE, lists, letterhead=False)


def receipt() -> WordFile:
    """L-5: the office's receipt for the statement, which the candidate takes to the election commission."""
    body = "".join((
        kop(),
        para("TANDA TERIMA", "Judul"),
        para("SURAT PERNYATAAN PENGUNDURAN DIRI", "Judul"),
        para("NOMOR {{ surat.nomor }}", "Judul", properties=space(0, 14)),
        para(
            "Pada hari {{ diterima.tanggal|hari }}, tanggal {{ diterima.tanggal|tanggal }}, pukul {{ diterima.pukul }} "
            "waktu setempat, telah diterima dari:",
            "Isi",
        ),
        person_lines(),
        para(
            "surat pernyataan pengunduran diri sebagai {{ pegawai.status }} tertanggal {{ diterima.tanggal_surat|tanggal }}, "
            "bermeterai, sebanyak {{ diterima.rangkap }} rangkap asli, sehubungan dengan pencalonan yang bersangkutan sebagai "
            "{{ pencalonan.jabatan }} dalam {{ pencalonan.pemilihan }}{% if diterima.lampiran %}, dengan lampiran:{% else %}.{% endif %}",
            "Isi", properties=space(6, 6),
        ),
        each("butir", "diterima.lampiran", numbered("{{ butir }}")),
        para(
            "Surat pernyataan tersebut diterima oleh {{ kantor.instansi }} untuk diteruskan kepada {{ kantor.kepala_daerah }} selaku "
            "Pejabat Pembina Kepegawaian melalui {{ kantor.sekda }}.",
            "Isi", properties=space(6, 6),
        ),
        receipt_signatures(
            "Tanda terima ini diberikan sebagai kelengkapan dokumen pencalonan pada Komisi Pemilihan Umum dan bukan merupakan "
            "keputusan pemberhentian."
        ),
        LAST,
    ))  # fmt: skip
    return built(
        "Tanda Terima Surat Pernyataan Pengunduran Diri",
        body,
        ARIAL,
        SINGLE,
        ((Level("decimal", "%1.", 0.75),),),
        letterhead=True,
    )


def receipt_signatures(words: str) -> str:
    """Return the last sentence and the two signatures side by side: who handed in, who received."""
    room = para("", "TandaTanganKolom")
    giver = para("{{ pegawai.nama }}", "TandaTanganKolom", keep=FREE)
    giver += para("{{ pegawai.nomor_label }} {{ pegawai.nomor }}", "TandaTanganKolom")
    taker = para("{{ penerima.nama }}", "TandaTanganKolom")
    taker += each("baris", "penerima.bawah", para("{{ baris }}", "TandaTanganKolom"))
    place = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTanganKolom")
    gap = Cell(room)
    return table(
        (7.4, 0.6, 8.0),
        (
            ((Cell(closing(words, tied=True), span=3),), 0),
            ((Cell(room), gap, Cell(place)), 0),
            (
                (
                    Cell(para("Yang menyerahkan,", "TandaTanganKolom")),
                    gap,
                    Cell(para("Yang menerima,", "TandaTanganKolom")),
                ),
                0,
            ),
            ((Cell(room), gap, Cell(each("baris", "penerima.baris", para("{{ baris }}", "TandaTanganKolom")))), 0),
            ((Cell(room), gap, Cell(room)), 2.2),
            ((Cell(giver), gap, Cell(taker)), 0),
        ),
    )


def circular() -> WordFile:
    """The neutrality circular, variant A: lettered blocks, signed by the head of the region."""
    body = "".join(
        (
            kop(),
            para("Yth.", "Kepada"),
            each("butir", "edaran.kepada", numbered("{{ butir }}", style="Kepada", numbers=2)),
            para("di {{ kantor.tempat }}", "Kepada", properties=space(0, 16, PITCH)),
            para("SURAT EDARAN", "Judul"),
            para("NOMOR {{ surat.nomor }}", "Judul"),
            para("TENTANG", "Judul", properties=space(8, 8, PITCH)),
            para("{{ edaran.tentang }}", "Judul", properties=space(0, 10, PITCH)),
            circular_blocks(),
            ending(
                each("alinea", "edaran.penutup", para("{{ alinea }}", "IsiButir")),
                signature_right(),
                copied="edaran.tembusan",
            ),
            circular_attachments(),
        )
    )
    main = (
        Level("upperLetter", "%1.", 0.9, 0.9, bold=True),
        Level("decimal", "%2.", 1.7, 0.8),
        Level("lowerLetter", "%3.", 2.5, 0.8),
    )
    lists = (main, *(((Level("decimal", "%1.", 0.9, 0.9),),) * 3))
    return built("Surat Edaran Netralitas", body, BOOKMAN, PITCH, lists, letterhead=True, more=True)


def circular_blocks() -> str:
    """Return blocks A to F."""

    def heading(text: str) -> str:
        return numbered(text, style="ButirHuruf")

    def alinea(source: str) -> str:
        return each("alinea", source, para("{{ alinea }}", "IsiButir"))

    def points(source: str) -> str:
        return each("butir", source, numbered("{{ butir }}", 2))

    def lead(text: str) -> str:
        return para(text, "Butir", number=(1, 1), keep=NEXT)

    return "".join((
        heading("Latar Belakang"), alinea("edaran.latar_belakang"),
        heading("Maksud dan Tujuan"), each("butir", "edaran.maksud + edaran.tujuan", numbered("{{ butir }}", 1)),
        heading("Ruang Lingkup"), alinea("edaran.ruang_lingkup"),
        heading("Dasar"), each("butir", "edaran.dasar", numbered("{{ butir }}", 1)),
        heading("Isi Edaran"),
        lead("{{ edaran.larangan_pembuka }}"), points("edaran.larangan"),
        lead("Pegawai Aparatur Sipil Negara yang mencalonkan diri memperhatikan ketentuan sebagai berikut:"),
        points("edaran.pencalonan"),
        lead("Setiap kepala perangkat daerah wajib:"), points("edaran.kewajiban"),
        lead("Pelanggaran netralitas dikenai sanksi sesuai dengan ketentuan peraturan perundang-undangan, yaitu:"),
        points("edaran.sanksi"),
        lead("Dugaan pelanggaran netralitas dapat dilaporkan kepada:"), points("edaran.saluran"),
        heading("Penutup"),
    ))  # fmt: skip
