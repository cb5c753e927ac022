"""The one-page letter all letter programs of this folder make: its texts, people, picture and Word template."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
KOP = ("PEMERINTAH KOTA CONTOH", "BADAN KEPEGAWAIAN DAN PENGEMBANGAN", "SUMBER DAYA MANUSIA")
ADDRESS = "Jalan Contoh Raya Nomor 12, Kota Contoh 10000, telepon (000) 1234567, laman bkpsdm.contoh.example"
HEAD = (
    ("Nomor", "{nomor}"),
    ("Sifat", "Penting"),
    ("Lampiran", "1 (satu) berkas"),
    ("Hal", "Penyampaian Surat Edaran"),
)
BODY = (
    (
        "Dalam rangka menjaga netralitas Aparatur Sipil Negara sebagaimana dimaksud dalam Pasal 9 ayat (2) Undang-Undang Nomor 20 "
        "Tahun 2023 tentang Aparatur Sipil Negara, dan menindaklanjuti Surat Edaran Wali Kota Contoh tentang netralitas pegawai pada "
        "pemilihan tahun 2024, dengan ini disampaikan surat edaran tersebut kepada:"
    ),
    (
        "Sehubungan dengan hal tersebut, Saudara {nama} diminta membaca dan memahami seluruh isi surat edaran, menaati larangan yang "
        "dimuat di dalamnya, serta menjaga keutuhan, kekompakan, dan persatuan pegawai di lingkungan {unit}. Setiap pelanggaran "
        "diproses sesuai dengan ketentuan peraturan perundang-undangan."
    ),
    (
        "Lembar tanda terima pada lampiran surat ini ditandatangani dan dikembalikan kepada Badan Kepegawaian dan Pengembangan Sumber "
        "Daya Manusia Kota Contoh paling lambat tanggal 30 September 2024. Keterangan lebih lanjut dapat diperoleh pada bidang yang "
        "menangani pembinaan disiplin pegawai pada hari dan jam kerja."
    ),
    (
        "Demikian disampaikan untuk dilaksanakan dengan penuh tanggung jawab. Atas perhatian dan kerja sama Saudara diucapkan terima "
        "kasih."
    ),
)
TABLE = (
    ("Nama", "{nama}"), ("NIP", "{nip}"), ("Pangkat/golongan ruang", "{pangkat}"), ("Jabatan", "{jabatan}"),
    ("Unit kerja", "{unit}"),
)  # fmt: skip
SIGNATURE = ("Kepala Badan Kepegawaian dan", "Pengembangan Sumber Daya Manusia,", "", "", "", "Dewi Anggraini, S.Sos., M.Si.",
             "Pembina Utama Muda", "NIP 19700101 199503 1 001")  # fmt: skip
COPIES = ("Wali Kota Contoh", "Sekretaris Daerah Kota Contoh", "Inspektur Kota Contoh")
_FIRST = ("Ahmad", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gunawan", "Hesti", "Indra", "Joko", "Kartika", "Lukman")
_LAST = ("Santosa", "Wibawa", "Kusuma", "Pratama", "Lestari", "Nugraha", "Wijaya", "Permadi", "Anjani", "Saputra")
_RANKS = ("Penata Muda/III.a", "Penata/III.c", "Penata Tingkat I/III.d", "Pembina/IV.a", "Pengatur/II.c")
_POSTS = (
    "Analis Kebijakan Ahli Muda",
    "Pranata Komputer",
    "Guru Ahli Pertama",
    "Perawat Terampil",
    "Arsiparis Ahli Muda",
)
_UNITS = (
    "Dinas Pendidikan",
    "Dinas Kesehatan",
    "Kecamatan Contoh Utara",
    "Bagian Umum & Keuangan",
    "Dinas Perhubungan",
)


@dataclass(frozen=True)
class Person:
    """What differs from letter to letter."""

    nomor: str
    nama: str
    nip: str
    pangkat: str
    jabatan: str
    unit: str


def people(count: int) -> list[Person]:
    """Return invented people, no two alike."""
    chance = random.Random(20)
    found = []
    for number in range(count):
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {chance.choice(_LAST)}, S.Sos."
        born = f"19{chance.randrange(65, 99)}0{chance.randrange(1, 9)}1{chance.randrange(9)}"
        nip = f"{born} 20{chance.randrange(10, 24)}01 1 {number % 1000:03}"
        rank, post, unit = chance.choice(_RANKS), chance.choice(_POSTS), chance.choice(_UNITS)
        found.append(Person(f"800.1.6/{number + 1}/BKPSDM/2024", name, nip, rank, post, unit))
    return found


def logo() -> bytes:
    """Return a picture of 400 x 480 pixels with noise, as a scanned emblem has it."""
    from PIL import Image, ImageDraw

    noise = Image.effect_noise((400, 480), 10).convert("L").quantize(4).convert("RGB")
    picture = Image.new("RGB", (400, 480), "white")
    shape = Image.new("L", (400, 480), 0)
    ImageDraw.Draw(shape).ellipse((20, 20, 380, 460), fill=255)
    picture.paste(noise, (0, 0), shape)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _paragraph(text: str, para: str = "", run: str = "") -> str:
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in text.split("\t"))
    return f"<w:p><w:pPr>{para}</w:pPr><w:r><w:rPr>{run}</w:rPr>{pieces}</w:r></w:p>"


def _tag(text: str) -> str:
    return text.replace("{", "{{ ").replace("}", " }}")


def _kop() -> str:
    size = '<wp:extent cx="762000" cy="914400"/>'
    graphic = (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="kop"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rLogo"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="762000" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    picture = f'<w:p><w:r><w:drawing><wp:inline>{size}<wp:docPr id="1" name="kop"/>{graphic}</wp:inline></w:drawing></w:r></w:p>'
    middle = '<w:jc w:val="center"/>'
    lines = "".join(_paragraph(line, middle, '<w:b/><w:sz w:val="28"/>') for line in KOP)
    lines += _paragraph(ADDRESS, middle, '<w:sz w:val="18"/>')
    cells = f'<w:tc><w:tcPr><w:tcW w:w="1400" w:type="dxa"/></w:tcPr>{picture}</w:tc>'
    cells += f'<w:tc><w:tcPr><w:tcW w:w="7671" w:type="dxa"/></w:tcPr>{lines}</w:tc>'
    grid = '<w:tblGrid><w:gridCol w:w="1400"/><w:gridCol w:w="7671"/></w:tblGrid>'
    rule = '<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="1" w:color="000000"/></w:pBdr>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="9071" w:type="dxa"/></w:tblPr>{grid}<w:tr>{cells}</w:tr></w:tbl>{_paragraph("", rule)}'


def _table() -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = ""
    for number, (name, value) in enumerate(TABLE, 1):
        widths = ((600, f"{number}."), (3000, name), (5471, _tag(value)))
        rows += "<w:tr>" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text)}</w:tc>' for width, text in widths
        ) + "</w:tr>"  # fmt: skip
    grid = '<w:tblGrid><w:gridCol w:w="600"/><w:gridCol w:w="3000"/><w:gridCol w:w="5471"/></w:tblGrid>'
    look = f'<w:tblPr><w:tblW w:w="9071" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}{grid}{rows}</w:tbl>"


def document_xml() -> str:
    """Return the document part, with tags for what differs."""
    stops = '<w:tabs><w:tab w:val="left" w:pos="1134"/><w:tab w:val="left" w:pos="1418"/></w:tabs>'
    both = '<w:spacing w:before="120"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    body = _kop() + _paragraph("Kota Contoh, 9 September 2024", '<w:jc w:val="right"/>')
    body += "".join(_paragraph(f"{name}\t:\t{_tag(value)}", stops) for name, value in HEAD)
    body += _paragraph("Yth. Kepala {{ unit }}", '<w:spacing w:before="160"/>') + _paragraph("di Tempat")
    body += _paragraph(BODY[0], both) + _table() + "".join(_paragraph(_tag(text), both) for text in BODY[1:])
    right = '<w:keepNext/><w:ind w:left="4820"/>'
    body += "".join(_paragraph(line, right) for line in SIGNATURE) + _paragraph("Tembusan:")
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body += "".join(_paragraph(text, listed) for text in COPIES)
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="851" w:right="1134" w:bottom="851" w:left="1701" '
        'w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>'


def word_template() -> dict[str, bytes]:
    """Return the files of the Word template."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    )
    indent = '<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr>'
    form = '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    level = f'<w:lvl w:ilvl="0">{form}{indent}</w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationship Id="{}" Type="' + kind + '/{}" Target="{}"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    open_links = f'<Relationships xmlns="{package}/relationships">'
    links = [("rS", "styles", "styles.xml"), ("rN", "numbering", "numbering.xml"), ("rLogo", "image", "media/kop.png")]
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    content = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{types}.{name if name != "document" else "document.main"}+xml"/>'
        for name in ("document", "styles", "numbering")
    )
    content += (
        '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    content += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{content}</Types>',
        "_rels/.rels": open_links + relation.format("rD", "officeDocument", "word/document.xml") + "</Relationships>",
        "word/document.xml": document_xml(),
        "word/_rels/document.xml.rels": open_links
        + "".join(relation.format(*link) for link in links)
        + "</Relationships>",
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>',
        "word/media/kop.png": logo(),
    }
    return {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}


def word_file() -> bytes:
    """Return the Word template as a file."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in word_template().items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
