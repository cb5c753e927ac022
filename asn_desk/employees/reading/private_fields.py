"""Personal data in exports that the program does not need, and the names it goes by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum


class PrivateField(StrEnum):
    """Personal data that SIASN exports carry and the program itself does not need (data minimisation, UU 27/2022)."""

    NIK = "NIK"
    PHONE = "NOMOR HP"
    ADDRESS = "ALAMAT"
    NPWP = "NPWP NOMOR"
    BPJS = "BPJS"
    EMAIL = "EMAIL"


ALIASES: dict[PrivateField, str] = {
    PrivateField.NIK: "NIK; NO KTP; NOMOR KTP; KTP",
    PrivateField.PHONE: "NOMOR HP; NO HP; HP; TELEPON; NOMOR TELEPON; NO TELP; TELP",
    PrivateField.ADDRESS: "ALAMAT; ALAMAT RUMAH; ALAMAT DOMISILI",
    PrivateField.NPWP: "NPWP NOMOR; NPWP; NOMOR NPWP; NO NPWP",
    PrivateField.BPJS: "BPJS; NOMOR BPJS; NO BPJS; BPJS KESEHATAN",
    PrivateField.EMAIL: "EMAIL; EMAIL PRIBADI; ALAMAT EMAIL",
}


def packed(values: Mapping[PrivateField, str]) -> str:
    """Return the values as they are stored; nothing at all for no values."""
    filled = {key.value: value for key, value in values.items() if value}
    return json.dumps(filled, ensure_ascii=False, sort_keys=True) if filled else ""


def unpacked(content: str) -> dict[PrivateField, str]:
    """Return stored values by field."""
    return {PrivateField(name): value for name, value in json.loads(content or "{}").items()}
