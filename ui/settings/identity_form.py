"""The form of the office's identity, shared by the first start and the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from asn_desk.errors import DeskError
from asn_desk.office.service import Identity
from asn_desk.office.terms import RegionKind
from ui.shared.fields import Field
from ui.shared.filters import Choice

PICTURES = "Gambar (*.png *.jpg *.jpeg)"
_MOST_BYTES = 20_000_000

REGIONS = (
    Choice(RegionKind.KOTA, "Kota"),
    Choice(RegionKind.KABUPATEN, "Kabupaten"),
    Choice(RegionKind.PROVINSI, "Provinsi"),
)


def identity_fields() -> list[Field]:
    """Return the fields of `Identity` and the two pictures of the letterheads."""
    return [
        Field("region_kind", "Jenis daerah", "choice", required=True, choices=REGIONS, width="half"),
        Field(
            "region_name", "Nama daerah", required=True, width="half", help="Tanpa kata Kota, Kabupaten atau Provinsi."
        ),
        Field("government", "Nama pemerintah daerah", required=True, placeholder="Pemerintah Kota …"),
        Field("agency", "Perangkat daerah", required=True, help="Ditulis lengkap, seperti pada kop surat."),
        Field("agency_short", "Singkatan", required=True, width="half", placeholder="BKPSDM"),
        Field("place", "Tempat surat dibuat", required=True, width="half"),
        Field("address", "Alamat", required=True),
        Field("postal_code", "Kode pos", width="half"),
        Field("phone", "Telepon", width="half"),
        Field("website", "Laman", width="half"),
        Field("email", "Pos-el", width="half"),
        Field(
            "secretariat_address",
            "Alamat Sekretariat Daerah",
            help="Untuk kop surat yang ditandatangani sekretaris daerah; kosong: kop tanpa alamat.",
        ),
        Field("secretariat_contact", "Telepon, laman, pos-el Sekretariat Daerah"),
        Field(
            "logo",
            "Logo daerah untuk kop surat",
            "file",
            file_filter=PICTURES,
            help="Berkas PNG atau JPEG; boleh menyusul.",
        ),
        Field(
            "emblem",
            "Lambang negara untuk kop kepala daerah",
            "file",
            file_filter=PICTURES,
            help="Berkas PNG atau JPEG; boleh menyusul.",
        ),
    ]


def identity_from(values: dict[str, Any]) -> Identity:
    """Return the identity that the form's values describe."""
    return Identity(**{name: values[name] for name in Identity.__dataclass_fields__})


def picture(values: dict[str, Any], key: str) -> bytes | None:
    """Return the bytes of a chosen picture, None when none was chosen. Raises DeskError("picture")."""
    chosen: Path | None = values[key]
    if chosen is None:
        return None
    try:
        if chosen.stat().st_size > _MOST_BYTES:
            raise _picture_refused(key, "Gambar ini terlalu besar. Pilih berkas di bawah 20 MB.")
        return chosen.read_bytes()
    except OSError as error:
        raise _picture_refused(key, f"Berkas {chosen.name} tidak dapat dibaca. Pilih berkas lain.") from error


def _picture_refused(key: str, sentence: str) -> DeskError:
    return DeskError("picture", sentence, fields={key: sentence})
