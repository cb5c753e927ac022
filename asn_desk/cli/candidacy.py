"""The verb `candidacy`: what leaves the candidacy files on paper or as a file, by the same rights as the window."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from asn_desk import saving
from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk
from asn_desk.errors import DeskError

LINES = """perintah:
  press    ringkasan untuk pers: angka saja, kelompok kecil digabung [--election] [--out BERKAS.pdf]
  ics      tenggat sebagai berkas kalender: --out BERKAS.ics [--anonymous]
  weekly   daftar kewajiban minggu ini: --out BERKAS.pdf [--anonymous]
  binder   satu PDF berisi semua surat dan pindaian sebuah berkas: --declaration, --out BERKAS.pdf

Berkas yang belum ditetapkan hanya tampil bagi yang berhak."""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "press": (),
    "ics": ("out",),
    "weekly": ("out",),
    "binder": ("declaration", "out"),
}


def add_candidacy(parser: argparse.ArgumentParser) -> None:
    """Add the words of `candidacy`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = LINES
    parser.add_argument("what", choices=tuple(_NEEDED), metavar="PERINTAH", help="lihat di bawah")
    parser.add_argument("--election", default="", metavar="KODE", help="hanya satu pemilihan, misalnya pilkada-2024")
    parser.add_argument("--declaration", type=int, metavar="NOMOR", help="nomor berkas")
    parser.add_argument("--anonymous", action="store_true", help="tanpa nama: hanya nomor berkas")
    parser.add_argument("--out", type=Path, metavar="BERKAS", help="tempat menyimpan hasil")


def candidacy(arguments: argparse.Namespace) -> Answer:
    """Make one of the papers. Raises DeskError as the queries do."""
    missing = [f"--{name}" for name in _NEEDED[arguments.what] if not getattr(arguments, name)]
    if missing:
        raise DeskError("option_missing", f"candidacy {arguments.what} memerlukan {', '.join(missing)}.")
    with office_desk(arguments) as desk:
        return _VERBS[arguments.what](desk, arguments)


def _press(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.candidacy.press import press_pdf, press_report

    report = desk.read(lambda session: press_report(session, arguments.election))
    if arguments.out is not None:
        saving.write(arguments.out, press_pdf(report))
    return Answer(asdict(report), report.lines())


def _ics(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.candidacy.ics import agenda

    return _saved(arguments.out, desk.read(lambda session: agenda(session, anonymous=arguments.anonymous)))


def _weekly(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.candidacy.weekly import weekly_list

    return _saved(arguments.out, desk.read(lambda session: weekly_list(session, anonymous=arguments.anonymous)))


def _binder(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.candidacy.binder import binder

    bound = desk.read(lambda session: binder(session, arguments.declaration))
    saving.write(arguments.out, bound.pdf)
    unread = tuple(f"Pindaian rusak, tidak ikut dibundel: {title}." for title in bound.unreadable)
    data = {"out": arguments.out, "pages": bound.pages, "unreadable": bound.unreadable}
    return Answer(data, (f"{arguments.out}: {bound.pages} halaman.",), complaints=unread)


def _saved(path: Path, data: bytes) -> Answer:
    saving.write(path, data)
    return Answer({"out": path, "size": len(data)}, (f"Tersimpan: {path}",))


_VERBS: Mapping[str, Callable[[Desk, argparse.Namespace], Answer]] = {
    "press": _press,
    "ics": _ics,
    "weekly": _weekly,
    "binder": _binder,
}
