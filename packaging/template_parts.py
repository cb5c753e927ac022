"""The parts that the shipped letters are put together from: styles, kop, identity, signatures, lists of copies."""

from __future__ import annotations

from template_kit import (
    TEXT_WIDTH,
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
    rows_table,
    styles,
    table,
    table_row,
    tag_row,
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
DOTTED = "".join(
    f'<w:{side} w:val="dotted" w:sz="6" w:space="0" w:color="7F7F7F"/>' for side in ("top", "left", "bottom", "right")
)
FREE = '<w:keepNext w:val="0"/>'


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
    """Return the styles of the first letters; `line` is the pitch of running text."""
    return (
        Style("Perintah", "Perintah Templat", space(line=SINGLE), f'<w:color w:val="8C8C8C"/>{size(8)}'),
        Style("Judul", "Judul Surat", f"{NEXT}{LINES}{space(line=line)}{CENTRE}", "<w:b/>"),
        Style("Isi", "Isi Surat", f"{space(0, 6, line)}{BOTH}"),
        Style("IsiPenutup", "Isi Penutup", f"{LINES}{space(4, 6, line)}{BOTH}"),
        Style("Kepada", "Kepada", space(line=line)),
        Style("Identitas", "Identitas", f"{tabs(5.2, 5.6)}{space(0, 1.5, line)}{indent(5.6, 5.6)}"),
        Style("ButirHuruf", "Butir Huruf", f"{NEXT}{space(6, 3, line)}", "<w:b/>"),
        Style("IsiButir", "Isi Butir", f"{space(0, 3, line)}{indent(0.9)}{BOTH}"),
        Style("Butir", "Butir", f"{space(0, 2, line)}{BOTH}"),
        Style("TandaTangan", "Tanda Tangan", f"{LINES}{space(line=line)}{indent(8)}"),
        Style("TandaTanganKolom", "Tanda Tangan Kolom", f"{NEXT}{LINES}{space(line=SINGLE)}"),
        Style("RuangTandaTangan", "Ruang Tanda Tangan", f"{space(line=exactly(56))}{indent(8)}"),
        Style("TandaElektronik", "Tanda Tangan Elektronik", f"{space(line=exactly(56))}{indent(8)}", f'<w:color w:val="595959"/>{size(9)}'),
        Style("KakiElektronik", "Kaki Tanda Tangan Elektronik", space(line=SINGLE), f'<w:color w:val="595959"/>{size(8)}'),
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
        Style("KotakMeterai", "Kotak Meterai", (
            f"<w:pBdr>{DOTTED}</w:pBdr>{space(line=exactly(25))}"
            f'<w:ind w:left="{cm(8)}" w:right="{cm(TEXT_WIDTH - 10.6)}"/>{CENTRE}'
        ), f'<w:color w:val="595959"/>{size(9)}'),
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


def more_styles(line: str) -> tuple[Style, ...]:
    """Return the styles of letters with a reference block, tables of names, decrees and attachments."""
    small = space(1, 1)
    return (
        Style("KepalaSurat", "Kepala Surat", f"{tabs(2.4, 2.8)}{space(line=line)}{indent(2.8, 2.8)}"),
        Style("Tempat", "Tempat dan Tanggal", f"{space(line=line)}{indent(8)}"),
        Style("KepalaTabel", "Kepala Tabel", f"{NEXT}{small}{CENTRE}", f"<w:b/>{size(9)}"),
        Style("IsiTabel", "Isi Tabel", small, size(9)),
        Style("Lampiran", "Kepala Lampiran", f"{tabs(10, 10.3)}{space(line=line)}{indent(10.3, 2.3)}", size(11)),
        Style("Bagian", "Bagian Keputusan", f"{space(0, 4, line)}"),
        Style("BagianIsi", "Isi Bagian Keputusan", f"{space(0, 4, line)}{BOTH}"),
        Style("Diktum", "Diktum", f"{NEXT}{space(6, 8, line)}{CENTRE}", "<w:b/>"),
    )


def built(
    title: str,
    body: str,
    font: str,
    line: str,
    lists: tuple[tuple[Level, ...], ...],
    *,
    letterhead: bool,
    more: bool = False,
) -> WordFile:
    """Return the whole file; `more` adds `more_styles`."""
    first, other = headers()
    return WordFile(
        title,
        body,
        styles(font, line, own_styles(line) + (more_styles(line) if more else ())),
        numbering(lists),
        first,
        other,
        PICTURES if letterhead else (),
        electronic_footer() if letterhead else "",
    )


def ending(closing: str, signature: str, *, copied: str = "surat.tembusan", tied: str = "") -> str:
    """Return the last sentence, the signature and who gets a copy, as rows that never break.

    Word, LibreOffice and the program agree on rows; on long runs of kept paragraphs they do not. A signature is thus never
    alone on a page. `copied` is the list of copies, none for a letter without; `tied` are rows above, held to these.
    """
    return rows_table(WHOLE, tied + table_row(WHOLE, (Cell(closing + signature),)) + copies(copied, WHOLE)) + LAST


def copies(source: str, widths: tuple[float, ...]) -> str:
    """Return the row of who gets a copy, when anybody does; none without a list."""
    if not source:
        return ""
    content = para("Tembusan:", "Tembusan", properties=space(14, 0))
    content += each("butir", source, numbered("{{ butir }}", style="Tembusan", numbers=COPIES))
    opener, closer = (tag_row(widths, text) for text in (f"{{%tr if {source} %}}", "{%tr endif %}"))
    return opener + table_row(widths, (Cell(content, span=len(widths)),)) + closer


def stamped_signature(lead: str = "Yang menyatakan,") -> str:
    """Return place and date, the box for the duty stamp, and the person's name under it."""
    return "".join((
        para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTangan", properties=space(8, 0)),
        para(lead, "TandaTangan", properties=space(0, 4)),
        para("Meterai", "KotakMeterai"),
        para("{{ meterai }}", "KotakMeterai"),
        para("{{ pegawai.nama }}", "TandaTangan", properties=space(4, 0)),
        para("{{ pegawai.nomor_label }} {{ pegawai.nomor }}", "TandaTangan"),
    ))  # fmt: skip


def signature_right() -> str:
    """Return the signature block of a letter that is fixed at a place and date."""
    return "".join((
        para("Ditetapkan di {{ surat.tempat }}", "TandaTangan", properties=space(8, 0, PITCH)),
        para("pada tanggal {{ surat.tanggal|tanggal }}", "TandaTangan", properties=space(0, 4, PITCH)),
        signed_by("{{ penanda.nama|kapital }}"),
    ))  # fmt: skip


def signed_by(name: str = "{{ penanda.nama }}", style: str = "TandaTangan") -> str:
    """Return the official's post, the room to sign or the mark for the electronic signature, and the name."""
    return "".join((
        when("tte", para("Ditandatangani secara elektronik oleh:", style)),
        each("baris", "penanda.baris", para("{{ baris }}", style)),
        choice("tte", para("{{ tte }}", "TandaElektronik"), para("", "RuangTandaTangan")),
        para(name, style),
        each("baris", "penanda.bawah", para("{{ baris }}", style)),
    ))  # fmt: skip


def electronic_footer() -> str:
    """Return the footer that a letter signed electronically carries on each page, and nothing on the others."""
    return when("tte", *(para(line, "KakiElektronik") for line in ELECTRONIC)) + para(
        "", properties=space(line=exactly(1))
    )


ELECTRONIC = (
    (
        "1. Pasal 5 ayat (1) Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi Elektronik: Informasi Elektronik "
        "dan/atau Dokumen Elektronik dan/atau hasil cetaknya merupakan alat bukti hukum yang sah."
    ),
    (
        "2. Dokumen ini ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh Balai Besar "
        "Sertifikasi Elektronik, Badan Siber dan Sandi Negara."
    ),
)
"""What a letter signed electronically says at its foot."""
WHOLE = (TEXT_WIDTH,)
LAST = para("", properties=space(line=exactly(1)))
"""Word wants a paragraph after a table."""
LISTS = (
    (Level("decimal", "%1.", 0.75), Level("lowerLetter", "%2.", 1.5)),
    *(((Level("decimal", "%1.", 0.75),),) * 3),
)
"""The body's list, and one each for attachments, copies and bases."""
ATTACHED, COPIES, BASES = 2, 3, 4


def statement(title: str, *body: str) -> WordFile:
    """Return a personal paper: no kop, no number."""
    return built(title, "".join(body), ARIAL, SINGLE, LISTS, letterhead=False, more=True)


def official(title: str, *body: str) -> WordFile:
    """Return a paper under the signer's kop."""
    return built(title, "".join((kop(), *body)), ARIAL, SINGLE, LISTS, letterhead=True, more=True)


def personal_head(subject: str) -> str:
    """Return place and date, attachments and subject of a personal letter."""
    count = "{{ surat.lampiran_butir|length }} ({{ surat.lampiran_butir|length|terbilang }}) berkas"
    return "".join(
        (
            para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "Tempat", properties=space(0, 10)),
            when("surat.lampiran_butir", para(f"Lampiran\t:\t{count}", "KepalaSurat")),
            para(f"Hal\t:\t{subject}", "KepalaSurat", properties=space(0, 12)),
        )
    )


def office_head(subject: str, attached: str, urgency: str = "Biasa") -> str:
    """Return number, urgency, attachments and subject beside place and date."""
    rows = (
        ("Nomor", "{{ surat.nomor }}"), ("Sifat", urgency), ("Lampiran", attached), ("Hal", subject),
    )  # fmt: skip
    left = "".join(para(f"{label}\t:\t{value}", "KepalaSurat") for label, value in rows)
    right = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "Kepada")
    return table((10.2, 5.8), (((Cell(left), Cell(right)), 0),)) + para("", properties=space(line=exactly(12)))


def addressed(*lines: str) -> str:
    """Return the address block, then room."""
    *first, last = lines
    return "".join((*(para(line, "Kepada") for line in first), para(last, "Kepada", properties=space(0, 12))))


def to_the_head() -> str:
    """Return the address of the staffing authority, through whom the letter goes when it is known."""
    return "".join((
        para("Yth. {{ kantor.kepala_daerah }} selaku Pejabat Pembina Kepegawaian", "Kepada"),
        when("surat.melalui", para("melalui {{ surat.melalui }}", "Kepada")),
        para("di {{ kantor.tempat }}", "Kepada", properties=space(0, 12)),
    ))  # fmt: skip


def person_with_address() -> str:
    """Return the identity of the person and, when given, the address."""
    return person_lines() + when("pegawai.alamat", identity("Alamat", "{{ pegawai.alamat }}"))


def text(words: str, *, above: float = 0) -> str:
    """Return a paragraph of running text."""
    return para(words, "Isi", properties=space(above, 6)) if above else para(words, "Isi")


def closing(words: str, *, tied: bool = False) -> str:
    """Return the last paragraph, which stands with the signature; `tied` holds its row to the next one."""
    return para(words, "IsiPenutup", keep=NEXT if tied else "")


def attachments() -> str:
    """Return the list of what a personal letter brings along."""
    return when(
        "surat.lampiran_butir",
        para("Sebagai bahan pertimbangan, bersama ini saya lampirkan:", "Isi", keep=NEXT),
        each("butir", "surat.lampiran_butir", numbered("{{ butir }}", numbers=ATTACHED)),
    )


def bases(source: str, lead: str) -> str:
    """Return a lead and a list of legal bases, when there are any."""
    return when(source, para(lead, "Isi", keep=NEXT), each("butir", source, numbered("{{ butir }}", numbers=BASES)))


def plain_signature(lead: str = "Hormat saya,") -> str:
    """Return the person's signature without a duty stamp."""
    return "".join((
        para(lead, "TandaTangan", properties=space(8, 0)),
        para("", "RuangTandaTangan"),
        para("{{ pegawai.nama }}", "TandaTangan"),
        para("{{ pegawai.nomor_label }} {{ pegawai.nomor }}", "TandaTangan"),
    ))  # fmt: skip


def dated_signature(*lead: str) -> str:
    """Return place and date, then the official's signature; `lead` stands between."""
    dated = para("{{ surat.tempat }}, {{ surat.tanggal|tanggal }}", "TandaTangan", properties=space(8, 0))
    return "".join((dated, *(para(line, "TandaTangan") for line in lead), signed_by()))


def signer_lines() -> str:
    """Return who declares: name and post, for a certificate."""
    return identity("Nama", "{{ penanda.nama }}") + identity("Jabatan", "{{ penanda.jabatan }}")


def attachment_head(*rows: tuple[str, str]) -> str:
    """Return the block at the top right of an attachment, on a new page."""
    first, *rest = rows
    head = para(first[0], "Lampiran", keep="<w:pageBreakBefore/>", properties=indent(8))
    body = "".join(para(f"{label}\t:\t{value}", "Lampiran") for label, value in rest)
    return head + body + para("", properties=space(line=exactly(14)))


def each_line(source: str, style: str) -> str:
    """Return a paragraph for each line of a list field."""
    return each("baris", source, para("{{ baris }}", style))
