"""Verbs that do office work: demo, import, letter, pdf, self-test."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asn_desk import saving
from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk
from asn_desk.errors import DeskError

NAMES = "{tanggal} {jenis} {nama}"


def demo(arguments: argparse.Namespace) -> Answer:
    """Do the whole main job on the sample office; letters, slips and a summary go to `--out`."""
    from asn_desk.sample import job

    with tempfile.TemporaryDirectory(prefix="asn-desk-", ignore_cleanup_errors=True) as folder:
        report = job.run(arguments.out, arguments.data or Path(folder), _say(arguments))
    lines = (*report.lines(), f"Semua berkas ada di {arguments.out.resolve()}")
    return Answer({"out": arguments.out.resolve(), **vars(report)}, lines)


def self_test(arguments: argparse.Namespace) -> Answer:
    """Do the main job in a folder that is thrown away, and check the result."""
    from asn_desk.sample import job

    with tempfile.TemporaryDirectory(prefix="asn-desk-", ignore_cleanup_errors=True) as folder:
        report = job.self_test(Path(folder), _say(arguments))
    return Answer({"ok": True, **vars(report)}, ("Uji mandiri berhasil.",))


def pdf(arguments: argparse.Namespace) -> Answer:
    """Lay out any Word letter as PDF; what the writer does not support is said, never dropped in silence."""
    from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf

    made = docx_to_pdf(_bytes_of(arguments.docx), PdfMeta(arguments.docx.stem, "ASN Desk"))
    saving.write(arguments.pdf, made.data)
    line = f"{arguments.pdf}: {made.pages} halaman."
    return Answer({"pdf": arguments.pdf, "pages": made.pages, "notes": made.notes}, (line,), complaints=made.notes)


def letter(arguments: argparse.Namespace) -> Answer:
    """Issue one letter for one employee, with a number from the register, and copy both files to `--out`."""
    issued, paths = _with_desk(arguments, lambda desk: _issue(desk, arguments))
    number = issued.number or None
    data = {"id": issued.id, "number": number, "pages": issued.pages, "files": paths, "notes": issued.notes}
    lines = (f"Surat terbit{f' dengan nomor {number}' if number else ''}, {issued.pages} halaman.", *map(str, paths))
    return Answer(data, lines, complaints=issued.notes)


def _issue(desk: Desk, arguments: argparse.Namespace) -> Any:
    from asn_desk.candidacy.papers import issue_letter
    from asn_desk.letters.export import save_copy
    from asn_desk.letters.service import issue

    def write(session: Any) -> Any:
        command = _letter_command(session, arguments)
        if arguments.declaration is None:
            return issue(session, command)
        return issue_letter(session, arguments.declaration, command)

    issued = desk.write(write).value
    return issued, desk.read(lambda session: save_copy(session, issued.id, arguments.out, NAMES))


def _letter_command(session: Any, arguments: argparse.Namespace) -> Any:
    from asn_desk.candidacy.papers import letter_command
    from asn_desk.database.work import today
    from asn_desk.employees.queries import find_by_nip
    from asn_desk.letters.service import IssueLetter

    person = find_by_nip(session, arguments.employee)
    if person is None:
        raise DeskError("unknown_employee", f"Tidak ada pegawai dengan NIP {arguments.employee}. Periksa nomornya.")
    extra = dict(entry.split("=", 1) for entry in arguments.field)
    if arguments.declaration is None:
        return IssueLetter(arguments.template, today(session), person.id, extra)
    command = letter_command(session, arguments.declaration, arguments.template, today(session), extra)
    if command.employee_id != person.id:
        raise DeskError(
            "other_employee",
            f"Deklarasi {arguments.declaration} bukan milik pegawai ber-NIP {arguments.employee}. Periksa nomornya.",
        )
    return command


def _with_desk(arguments: argparse.Namespace, work: Callable[[Desk], Any]) -> Any:
    with office_desk(arguments) as desk:
        return work(desk)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DeskError("file_not_found", f"Berkas {path} tidak ditemukan. Periksa namanya.") from error
    except OSError as error:
        raise DeskError("file_unreadable", f"Berkas {path} tidak dapat dibaca ({error.strerror}).") from error


def _say(arguments: argparse.Namespace) -> Callable[[str], None]:
    def say(text: str) -> None:
        if not arguments.json:
            print(f"{text} …", file=sys.stderr)

    return say
