"""An invented office with many people, for batches; and the command that runs one from outside."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from asn_desk.letters.service import IssueLetter
from tests.factories import add_employee, add_unit
from tests.letters.letter_office import settle

DAY = date(2024, 9, 9)
RECEIPT = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
    "diterima.tanggal_surat": "2024-09-06",
}
COMMAND = IssueLetter(RESIGNATION_RECEIPT, DAY, data=RECEIPT)
UNITS = ("Dinas Pendidikan", "Badan Keuangan", "Kecamatan Contoh Utara")


def nip_of(place: int) -> str:
    """Return the NIP of the n-th person."""
    return f"19850101200601{place + 1000:04d}"


def fill_office(session: Session, people: int) -> list[int]:
    """Set the office up with people spread over three units, and return their ids."""
    settle(session)
    units = [add_unit(session, name) for name in UNITS]
    return [
        add_employee(session, nip=nip_of(place), name=f"Pegawai Contoh {place:03d}", unit=units[place % len(units)]).id
        for place in range(people)
    ]


def batch_command(data: Path, out: Path, nips: Path, *more: str) -> list[str]:
    """Return the command line that issues the receipts for a list of NIPs into a folder."""
    fields = [part for key, value in RECEIPT.items() for part in ("--field", f"{key}={value}")]
    command = [sys.executable, "-m", "asn_desk", "batch", RESIGNATION_RECEIPT, "--nips", str(nips), "--out", str(out)]
    return [*command, "--data", str(data), *fields, *more]
