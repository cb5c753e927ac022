"""The words of a scan: what became of a page, why one lies in the tray, how a signature box was judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asn_desk.circulars.scanning.geometry import Quad


class PageState(StrEnum):
    """What became of a scanned page."""

    READ = "dibaca"
    UNSURE = "ragu"
    FOREIGN = "asing"
    TRAY = "nampan"
    FINISHED = "diselesaikan"
    DISMISSED = "diabaikan"


class TrayReason(StrEnum):
    """Why the program could not read a page to its end by itself."""

    NO_CODE = "tanpa_kode"
    DAMAGED = "kode_rusak"
    UNKNOWN = "kode_tidak_dikenal"
    CLOSED = "edaran_ditutup"
    OTHER_CIRCULAR = "edaran_lain"
    CROOKED = "tanda_sudut_hilang"
    UNREADABLE = "halaman_rusak"
    NOT_RECORDED = "tidak_tercatat"
    TOO_EARLY = "terlalu_awal"


SENTENCES = {
    TrayReason.NO_CODE: "Tidak ada kode pada halaman ini. Pindai ulang, atau pilih orangnya sendiri.",
    TrayReason.DAMAGED: "Kode pada halaman ini rusak. Ketik kode yang tercetak di bawah gambarnya, atau pilih orangnya.",
    TrayReason.UNKNOWN: "Kode pada halaman ini tidak ada dalam data kantor ini. Periksa apakah lembar ini milik kantor lain.",
    TrayReason.CLOSED: "Edaran lembar ini sudah ditutup. Buka kembali edarannya, lalu selesaikan halaman ini.",
    TrayReason.OTHER_CIRCULAR: "Lembar ini milik edaran lain. Selesaikan halaman ini, atau pindahkan ke tumpukan edaran itu.",
    TrayReason.CROOKED: "Sudut lembar kolektif ini tertutup atau sobek. Tandai sendiri siapa yang sudah menandatangani.",
    TrayReason.UNREADABLE: "Gambar halaman ini rusak. Pindai ulang halamannya.",
    TrayReason.NOT_RECORDED: "Penerima pada lembar ini sudah ditutup (keluar). Periksa statusnya.",
    TrayReason.TOO_EARLY: "Tanggal tumpukan ini lebih awal daripada edarannya. Selesaikan halaman ini dengan tanggal yang benar.",
}


class BoxVerdict(StrEnum):
    """How the signature box of one row looks."""

    SIGNED = "ditandatangani"
    EMPTY = "kosong"
    UNSURE = "ragu"


@dataclass(frozen=True)
class Box:
    """The signature box of one row: how it looks, how much ink is in it (share of its area), where it lies (shares of the page)."""

    row: int
    verdict: BoxVerdict
    ink: float
    quad: Quad
