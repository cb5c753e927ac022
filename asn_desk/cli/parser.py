"""The grammar of the command line, in Indonesian."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from asn_desk.cli.arguments import assignment, chunk, day, helpers
from asn_desk.cli.backups import add_backup, add_restore
from asn_desk.cli.binder import add_binder, add_verify_binder
from asn_desk.cli.candidacy import add_candidacy
from asn_desk.cli.circulars import add_progress, add_slips
from asn_desk.cli.encryption import add_encryption
from asn_desk.cli.output import WRONG_USAGE
from asn_desk.cli.parser_accounts import add_trail, add_users
from asn_desk.cli.register import add_register
from asn_desk.cli.returns import add_return_file
from asn_desk.cli.rule_options import add_explain, add_obligations, add_rules
from asn_desk.cli.scan import add_scan
from asn_desk.cli.search import add_search
from asn_desk.cli.verify import add_verify

Verb = Callable[[str, str], argparse.ArgumentParser]
_WORDS = (
    ("usage: ", "pemakaian: "),
    ("positional arguments:", "argumen:"),
    ("options:", "pilihan:"),
    ("show this help message and exit", "tampilkan bantuan ini"),
)
_ERRORS = (
    (r"the following arguments are required: (.*)", r"argumen ini wajib diisi: \1"),
    (r"unrecognized arguments: (.*)", r"argumen tidak dikenal: \1"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 tidak dapat bersama \2"),
    (r"argument (\S+): expected one argument", r"\1 memerlukan satu nilai"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1: \2 tidak dikenal; pilih salah satu: \3"),
    (r"argument (\S+): invalid \w+ value: (.*)", r"\1: nilai \2 tidak sah"),
    (r"argument (\S+): (.*)", r"\1: \2"),
)


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Indonesian and ends with exit code 2 on wrong usage."""

    def format_help(self) -> str:
        """Return the help text with argparse's own words in Indonesian."""
        text = super().format_help()
        for english, ours in _WORDS:
            text = text.replace(english, ours)
        return text

    def error(self, message: str) -> NoReturn:
        """Say in Indonesian what is wrong with the command and how it is written, then leave with code 2."""
        for pattern, ours in _ERRORS:
            message = re.sub(pattern, ours, message)
        usage = self.format_usage().replace("usage: ", "pemakaian: ")
        self.exit(WRONG_USAGE, f"{usage}{self.prog}: {message}\n")


def build(verbs: dict[str, Callable[..., object]]) -> Parser:
    """Return the whole grammar; `verbs` maps each verb's name to the function that carries it out."""
    parser = Parser(
        prog="python -m asn_desk", description="ASN Desk untuk administrator: pekerjaan yang sama tanpa jendela."
    )
    actions = parser.add_subparsers(dest="verb", metavar="PERINTAH", required=True)
    shared = Parser(add_help=False)
    shared.add_argument("--data", type=Path, metavar="FOLDER", help="folder data kantor (bawaan: folder data pengguna)")
    shared.add_argument("--json", action="store_true", help="jawaban sebagai JSON")
    shared.add_argument(
        "--as",
        dest="as_name",
        metavar="NAMA",
        help="bekerja sebagai pengguna ini; kata sandi dari ASN_DESK_SANDI atau ditanyakan",
    )

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = actions.add_parser(
            name, help=help_text, description=help_text, parents=[shared]
        )
        added.set_defaults(run=verbs[name])
        return added

    for group in (_people, _letters, _candidacy, _circulars, _safety):
        group(verb)
    return parser


def _people(verb: Verb) -> None:
    demo = verb("demo", "Jalankan seluruh pekerjaan pada kantor contoh dan simpan surat-suratnya.")
    demo.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder hasil")
    _add_import(verb("import", "Impor pegawai dari berkas SIASN (xlsx, xls, csv)."))
    undo = verb("undo-import", "Batalkan seluruh impor, selama belum ada yang memakainya.")
    undo.add_argument("import_id", type=int, metavar="NOMOR", help="nomor impor, seperti disebut setelah impor")


def _letters(verb: Verb) -> None:
    add_search(verb("search", "Cari pegawai menurut nama, NIP, jabatan, atau unit kerja; salah ketik kecil dimaklumi."))
    _add_letter(verb("letter", "Terbitkan satu surat untuk seorang pegawai."))
    _add_batch(
        verb("batch", "Terbitkan satu jenis surat untuk banyak pegawai; diulang dengan folder yang sama: dilanjutkan.")
    )
    add_register(verb("register", "Agenda surat keluar: cadangkan, sisipkan, catat, batalkan, dan cetak nomor surat."))
    pdf = verb("pdf", "Ubah surat Word menjadi PDF tanpa aplikasi perkantoran.")
    pdf.add_argument("docx", type=Path, metavar="SURAT.docx")
    pdf.add_argument("pdf", type=Path, metavar="HASIL.pdf")
    _add_check(verb("check", "Periksa templat surat Word: isian, perulangan, objek, dan font."))
    _add_fill(verb("fill", "Isi templat surat Word dengan data dari berkas JSON."))


def _candidacy(verb: Verb) -> None:
    add_obligations(
        verb("obligations", "Siapa wajib apa kepada siapa dan kapan, untuk fakta yang disebut; tidak disimpan.")
    )
    add_explain(verb("explain", "Jelaskan satu aturan: kewajiban, pasal, sumber, tanggal, dan yang perlu diperiksa."))
    add_rules(verb("rules", "Periksa paket aturan (TOML): berkas, tabel, kunci, dan baris setiap kesalahan."))
    add_candidacy(verb("candidacy", "Berkas pencalonan: ringkasan pers, kalender tenggat, daftar mingguan, bundel."))


def _circulars(verb: Verb) -> None:
    add_slips(
        verb("slips", "Cetak lembar tanda terima sebuah edaran, atau daftar tanda tangan kolektifnya, ke satu PDF.")
    )
    add_progress(
        verb("progress", "Kemajuan tanda terima sebuah edaran, per OPD, hari ini atau pada tanggal yang lalu.")
    )
    add_scan(verb("scan", "Baca folder pindaian lembar tanda terima dan daftar kolektif; diulang: dilanjutkan."))
    add_return_file(
        verb("return-file", "Berkas balasan per OPD untuk unit tanpa jaringan: tulis (export), catat (import).")
    )


def _safety(verb: Verb) -> None:
    add_binder(verb("binder", "Bundel bukti sebuah edaran: naskah, penerima, jawaban, bukti, dan hash dalam satu PDF."))
    add_verify_binder(verb("verify-binder", "Periksa keutuhan bundel bukti, tanpa basis data atau dengan --data."))
    add_verify(verb("verify", "Periksa keutuhan data: jejak perubahan, basis data, berkas tersimpan."))
    add_backup(verb("backup", "Buat cadangan yang langsung diperiksa."))
    add_restore(verb("restore", "Pulihkan data dari cadangan; keadaan sekarang disimpan dahulu."))
    add_encryption(verb("encryption", "Enkripsi data kantor dan lembar pemulihannya."))
    add_users(verb("users", "Pengguna: daftar, tambah, peran, kata sandi, nyalakan akun."))
    add_trail(verb("trail", "Jejak perubahan: siapa mengubah atau melihat apa, kapan."))
    verb("self-test", "Uji program di folder sementara: migrasi, impor, deklarasi, surat, edaran, tanda terima.")


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="BERKAS")
    parser.add_argument(
        "--hierarchy", type=Path, metavar="BERKAS", help="berkas hierarki unor (ID, NAMA_UNOR, ID_ATASAN)"
    )
    parser.add_argument("--dry-run", action="store_true", help="hanya rencana, tidak ada yang disimpan")
    parser.add_argument(
        "--full", action="store_true", help="berkas memuat seluruh pegawai: yang tidak ada ditandai perlu dicek"
    )
    parser.add_argument("--report", type=Path, metavar="HASIL.xlsx", help="simpan baris yang ditolak beserta alasannya")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("docx", type=Path, metavar="TEMPLAT.docx")
    parser.add_argument("--kind", metavar="JENIS", help="kode jenis surat yang akan memakai templat ini")
    parser.add_argument("--marked", type=Path, metavar="HASIL.docx", help="simpan salinan dengan komentar Word")


def _add_fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", type=Path, metavar="TEMPLAT.docx")
    parser.add_argument("values", type=Path, metavar="DATA.json")
    parser.add_argument("docx", type=Path, metavar="HASIL.docx")
    parser.add_argument("pdf", type=Path, nargs="?", metavar="HASIL.pdf")


def _add_letter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", metavar="JENIS", help="kode jenis surat")
    parser.add_argument("--employee", required=True, metavar="NIP")
    parser.add_argument("--declaration", type=int, metavar="ID", help="deklarasi pencalonan yang dimaksud")
    parser.add_argument(
        "--field",
        action="append",
        type=assignment,
        default=[],
        metavar="ISIAN=NILAI",
        help="isian surat; boleh berulang",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", metavar="JENIS", help="kode jenis surat")
    people = parser.add_mutually_exclusive_group()
    people.add_argument(
        "--filter",
        metavar="PILIHAN",
        help="pegawai aktif: kata pencarian (nama, NIP, jabatan, unit; semua kata harus cocok), unit:NAMA, atau semua",
    )
    people.add_argument("--unit", metavar="NAMA", help="pegawai aktif pada unit ini dan unit di bawahnya")
    people.add_argument("--nips", type=Path, metavar="BERKAS", help="berkas teks, satu NIP per baris")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="folder hasil; kosong, atau yang dilanjutkan"
    )
    parser.add_argument("--date", type=day, metavar="TTTT-BB-HH", help="tanggal surat (bawaan: hari ini)")
    parser.add_argument(
        "--preview", type=Path, metavar="FOLDER", help="hanya buat tiga surat percobaan yang paling sulit, tanpa terbit"
    )
    parser.add_argument(
        "--field",
        action="append",
        type=assignment,
        default=[],
        metavar="ISIAN=NILAI",
        help="isian surat; boleh berulang",
    )
    parser.add_argument(
        "--names",
        default="{nama} {nip}",
        metavar="POLA",
        help="nama berkas: {tanggal} {jenis} {nama} {nip} {nomor} {id}",
    )
    parser.add_argument("--docx", action="store_true", help="simpan juga berkas Word setiap surat")
    parser.add_argument("--chunk", type=chunk, default=20, metavar="JUMLAH", help="surat per tahap penyimpanan (1-200)")
    parser.add_argument(
        "--helpers", type=helpers, metavar="JUMLAH", help="proses pembantu (bawaan: satu per inti prosesor; 0: tanpa)"
    )
