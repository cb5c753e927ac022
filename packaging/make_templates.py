"""Builds the shipped letter templates in `templates_docs/`. Run it after a change here: python packaging/make_templates.py

The results are plain Word files; an office edits its own copies in Word and never needs this script.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from template_kit import (  # noqa: E402  the project's folder has to be on the path first
    Cell,
    Level,
    Style,
    WordFile,
    choice,
    cm,
    each,
    numbering,
    page_number,
    para,
    picture,
    picture_para,
    placeholder,
    styles,
    table,
    tag,
    when,
)

ARIAL, BOOKMAN = "Arial", "Bookman Old Style"
SINGLE = 'w:line="240" w:lineRule="auto"'
PITCH = 'w:line="300" w:lineRule="exact"'
"""Bookman's free stand-ins are taller than Bookman itself; a fixed pitch keeps the pages the same everywhere."""
CENTRE, BOTH = '<w:jc w:val="center"/>', '<w:jc w:val="both"/>'
NEXT, LINES = "<w:keepNext/>", "<w:keepLines/>"
PICTURES = (("rIdP1", "logo.png", placeholder(240, 276, 150)), ("rIdP2", "lambang.png", placeholder(260, 260, 110)))
MARK = "{{ tanda }}"


def space(before: float = 0, after: float = 0, line: str = SINGLE) -> str:
    """Return w:spacing with points before and after."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {line}/>'


def exactly(points: float) -> str:
    """Return a fixed line pitch."""
    return f'w:line="{round(points * 20)}" w:lineRule="exact"'


def indent(left: float, hanging: float = 0) -> str:
    """Return w:ind in centimetres."""
    return f'<w:ind w:left="{cm(left)}" w:hanging="{cm(hanging)}"/>'


def tabs(*places: float) -> str:
    """Return left tab stops in centimetres."""
    stops = "".join(f'<w:tab w:val="left" w:pos="{cm(place)}"/>' for place in places)
    return f"<w:tabs>{stops}</w:tabs>"


def size(points: float) -> str:
    """Return a font size."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def own_styles(line: str) -> tuple[Style, ...]:
    """Return the styles all letters share; `line` is the pitch of running text."""
    return (
        Style("Perintah", "Perintah Templat", space(line=SINGLE), f'<w:color w:val="8C8C8C"/>{size(8)}'),
        Style("Judul", "Judul Surat", f"{NEXT}{LINES}{space(line=line)}{CENTRE}", "<w:b/>"),
        Style("Isi", "Isi Surat", f"{space(0, 6, line)}{BOTH}"),
        Style("IsiPenutup", "Isi Penutup", f"{NEXT}{LINES}{space(4, 6, line)}{BOTH}"),
        Style("Kepada", "Kepada", space(line=line)),
        Style("Identitas", "Identitas", f"{tabs(5.2, 5.6)}{space(0, 1.5, line)}{indent(5.6, 5.6)}"),
        Style("ButirHuruf", "Butir Huruf", f"{NEXT}{space(6, 3, line)}", "<w:b/>"),
        Style("IsiButir", "Isi Butir", f"{space(0, 3, line)}{indent(0.9)}{BOTH}"),
        Style("Butir", "Butir", f"{space(0, 2, line)}{BOTH}"),
        Style("TandaTangan", "Tanda Tangan", f"{NEXT}{LINES}{space(line=line)}{indent(8)}"),
        Style("TandaTanganKolom", "Tanda Tangan Kolom", f"{NEXT}{LINES}{space(line=SINGLE)}"),
        Style("RuangTandaTangan", "Ruang Tanda Tangan", f"{NEXT}{space(line=exactly(56))}{indent(8)}"),
        Style("Tembusan", "Tembusan", f"{LINES}{space(line=line)}"),
        Style("KopPemerintah", "Kop Pemerintah", f"{space(line=SINGLE)}{CENTRE}", f"<w:b/>{size(14)}"),
        Style("KopNama", "Kop Nama", f"{space(0, 2)}{CENTRE}", f"<w:b/>{size(17)}"),
        Style("KopAlamat", "Kop Alamat", f"{space(line=SINGLE)}{CENTRE}", size(9.5)),
        Style("KopGambar", "Kop Gambar", f"{space(line=SINGLE)}{CENTRE}"),
        Style("GarisKop", "Garis Kop", (
            '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="auto"/></w:pBdr>'
            f"{space(0, 12, exactly(4))}"
        ), size(2)),
        Style("NomorHalaman", "Nomor Halaman", f"{space(line=SINGLE)}{CENTRE}", size(11)),
        Style("TandaLatihan", "Tanda Latihan", f"{space(line=SINGLE)}{CENTRE}", f'<w:b/><w:color w:val="9C1C1C"/>{size(9)}'),
        Style("Meterai", "Meterai", f"{NEXT}{space(line=SINGLE)}{CENTRE}", f'<w:color w:val="595959"/>{size(9)}'),
    )  # fmt: skip


def kop() -> str:
    """Return the letterhead: the head of the region's under the state emblem, or the emblem of the region beside the names."""
    head = "".join(
        (
            picture_para(picture("lambang", "rIdP2", 2, 2.2, 2.2), "KopGambar"),
            para("{{ kop.nama }}", "KopNama", properties=space(4, 14)),
        )
    )
    names = "".join(
        (
            para("{{ kop.pemerintah }}", "KopPemerintah"),
            para("{{ kop.nama }}", "KopNama"),
            when("kop.alamat", para("{{ kop.alamat }}", "KopAlamat")),
            when("kop.kontak", para("{{ kop.kontak }}", "KopAlamat")),
        )
    )
    logo = Cell(picture_para(picture("logo", "rIdP1", 1, 2.0, 2.3), "KopGambar"), centred=True)
    beside = table((2.3, 13.7), (((logo, Cell(names, centred=True)), 0),)) + para("", "GarisKop")
    return choice("kop.kepala_daerah", head, beside)


def headers() -> tuple[str, str]:
    """Return the headers of the first and the other pages: the practice mark, and the page number from page 2."""
    mark = para(MARK, "TandaLatihan")
    return mark, page_number() + mark


def identity(label: str, value: str) -> str:
    """Return a line `label : value` whose long values wrap under themselves."""
    return para(f"{label}\t:\t{value}", "Identitas")


def person_lines() -> str:
    """Return the identity of the person; what is not known has no line."""
    return "".join(
        (
            identity("Nama", "{{ pegawai.nama }}"),
            identity("{{ pegawai.nomor_label }}", "{{ pegawai.nomor }}"),
            when("pegawai.kelahiran", identity("Tempat, tanggal lahir", "{{ pegawai.kelahiran }}")),
            when("pegawai.pangkat", identity("{{ pegawai.pangkat_label }}", "{{ pegawai.pangkat }}")),
            identity("Jabatan", "{{ pegawai.jabatan }}"),
            when("pegawai.unit_kerja", identity("Unit kerja", "{{ pegawai.unit_kerja }}")),
            when("pegawai.perangkat_daerah", identity("Perangkat daerah", "{{ pegawai.perangkat_daerah }}")),
        )
    )


def numbered(text: str, level: int = 0, style: str = "Butir", numbers: int = 1) -> str:
    """Return a list paragraph of the letter's main list."""
    return para(text, style, number=(numbers, level))


def built(
    title: str, body: str, font: str, line: str, lists: tuple[tuple[Level, ...], ...], *, letterhead: bool
) -> WordFile:
    """Return the whole file."""
    first, other = headers()
    return WordFile(
        title,
        body,
        styles(font, line, own_styles(line)),
        numbering(lists),
        first,
        other,
        PICTURES if letterhead else (),
    )


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
        para(
            "Demikian surat pernyataan ini saya buat dengan sebenarnya dalam rangkap 2 (dua) asli untuk digunakan sebagaimana "
            "mestinya.",
            "IsiPenutup",
        ),
        stamped_signature(),
        para("", properties=space(line=exactly(1))),
    ))  # fmt: skip
    lists = ((Level("decimal", "%1.", 0.75), Level("lowerLetter", "%2.", 1.5)),)
    return built("Surat Pernyataan Pengunduran Diri", body, ARIAL, SINGLE, lists, letterhead=False)


def stamped_signature() -> str:
    """Return place and date, the box for the duty stamp, and the person's name under it."""
    edge = "".join(
        f'<w:{side} w:val="dotted" w:sz="6" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right")
    )
    empty = para("", "TandaTanganKolom")
    above = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTanganKolom")
    above += para("Yang menyatakan,", "TandaTanganKolom", properties=space(0, 4))
    stamp = para("Meterai", "Meterai") + para("{{ meterai }}", "Meterai")
    below = para("{{ pegawai.nama }}", "TandaTanganKolom", properties=space(4, 0))
    below += para("{{ pegawai.nomor_label }} {{ pegawai.nomor }}", "TandaTanganKolom")
    return table(
        (7.5, 2.6, 5.9),
        (
            ((Cell(empty), Cell(above, span=2)), 0),
            ((Cell(empty), Cell(stamp, borders=edge, centred=True), Cell(empty)), 1.8),
            ((Cell(empty), Cell(below, span=2)), 0),
        ),
    )


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
        para(
            "Tanda terima ini diberikan sebagai kelengkapan dokumen pencalonan pada Komisi Pemilihan Umum dan bukan merupakan "
            "keputusan pemberhentian.",
            "IsiPenutup",
        ),
        receipt_signatures(),
        para("", properties=space(line=exactly(1))),
    ))  # fmt: skip
    return built(
        "Tanda Terima Surat Pernyataan Pengunduran Diri",
        body,
        ARIAL,
        SINGLE,
        ((Level("decimal", "%1.", 0.75),),),
        letterhead=True,
    )


def receipt_signatures() -> str:
    """Return the two signatures side by side: who handed in, who received."""
    room = para("", "TandaTanganKolom")
    giver = para("{{ pegawai.nama }}", "TandaTanganKolom")
    giver += para("{{ pegawai.nomor_label }} {{ pegawai.nomor }}", "TandaTanganKolom")
    taker = para("{{ penerima.nama }}", "TandaTanganKolom")
    taker += each("baris", "penerima.bawah", para("{{ baris }}", "TandaTanganKolom"))
    place = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTanganKolom")
    gap = Cell(room)
    return table(
        (7.4, 0.6, 8.0),
        (
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
            signature_right(),
            when(
                "edaran.tembusan",
                para("Tembusan:", "Tembusan", keep=NEXT, properties=space(18, 0, PITCH)),
                each("butir", "edaran.tembusan", numbered("{{ butir }}", style="Tembusan", numbers=3)),
            ),
        )
    )
    main = (
        Level("upperLetter", "%1.", 0.9, 0.9, bold=True),
        Level("decimal", "%2.", 1.7, 0.8),
        Level("lowerLetter", "%3.", 2.5, 0.8),
    )
    lists = (main, (Level("decimal", "%1.", 0.9, 0.9),), (Level("decimal", "%1.", 0.9, 0.9),))
    return built("Surat Edaran Netralitas", body, BOOKMAN, PITCH, lists, letterhead=True)


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
        each("alinea", "edaran.penutup", para("{{ alinea }}", "IsiButir", keep=NEXT + LINES)),
    ))  # fmt: skip


def signature_right() -> str:
    """Return the signature block of a letter that is fixed at a place and date, kept on one page."""
    return "".join(
        (
            para("Ditetapkan di {{ surat.tempat }}", "TandaTangan", properties=space(8, 0, PITCH)),
            para("pada tanggal {{ surat.tanggal|tanggal }}", "TandaTangan", properties=space(0, 4, PITCH)),
            each("baris", "penanda.baris", para("{{ baris }}", "TandaTangan")),
            para("", "RuangTandaTangan"),
            tag("{%p if penanda.bawah %}"),
            para("{{ penanda.nama|kapital }}", "TandaTangan"),
            each("baris", "penanda.bawah", para("{{ baris }}", "TandaTangan")),
            tag("{%p else %}"),
            para("{{ penanda.nama|kapital }}", "TandaTangan", keep='<w:keepNext w:val="0"/>'),
            tag("{%p endif %}"),
        )
    )


def main() -> None:
    """Write all templates."""
    made = {
        "surat_pernyataan_pengunduran_diri.docx": resignation(),
        "tanda_terima_pengunduran_diri.docx": receipt(),
        "surat_edaran_netralitas.docx": circular(),
    }
    for name, file in made.items():
        target = ROOT / "templates_docs" / name
        target.write_bytes(file.data())
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
