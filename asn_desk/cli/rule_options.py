"""What can be said to the verbs about candidacy rules. The lists of codes are read only when help is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

NOT_KNOWN = "tidak_diketahui"


class _CodesInHelp(argparse.RawDescriptionHelpFormatter):
    """Keeps the lists of codes under the options as they are laid out."""


class _HelpWithCodes(argparse.Action):
    """`--help` that first reads the codes from the packs: loading them at every start would cost every other verb."""

    def __init__(self, option_strings: list[str], dest: str, help: str | None = None) -> None:  # noqa: A002 - argparse's name
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_args: object, **_options: object) -> None:
        """Print the help with the codes and leave."""
        parser.epilog = _codes()
        parser.print_help()
        parser.exit()


def add_obligations(parser: argparse.ArgumentParser) -> None:
    """Add the options of `obligations`."""
    _explain_codes(parser)
    parser.add_argument("--election", required=True, metavar="ID", help="pemilihan, misalnya pilkada-2024")
    parser.add_argument("--office", required=True, metavar="KODE", help="jabatan yang dituju, misalnya WALKOT")
    parser.add_argument("--employee-kind", required=True, metavar="JENIS", help="jenis pegawai, misalnya PNS")
    parser.add_argument("--post", default=NOT_KNOWN, metavar="KELAS", help="kelas jabatan, misalnya jpt_pratama")
    parser.add_argument("--age", type=int, metavar="N", help="usia dalam tahun pada perkiraan TMT")
    parser.add_argument("--service-years", type=int, metavar="N", help="masa kerja dalam tahun pada perkiraan TMT")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="KEJADIAN=TANGGAL[/TMT]",
        help="yang sudah terjadi; boleh berulang",
    )
    parser.add_argument("--on", metavar="TANGGAL", help="keadaan pada tanggal ini (bawaan: hari ini)")
    parser.add_argument("--path", metavar="JALUR", help="parpol atau perseorangan")
    parser.add_argument("--employer", choices=("daerah", "kementerian"), default="daerah", help="pemberi kerja")
    parser.add_argument(
        "--fact", action="append", default=[], metavar="KETERANGAN", help="keterangan khusus; boleh berulang"
    )
    parser.add_argument("--non-asn-policy", default="none", metavar="PILIHAN", help="kebijakan instansi untuk non-ASN")


def add_explain(parser: argparse.ArgumentParser) -> None:
    """Add the options of `explain`."""
    parser.add_argument("rule", metavar="ATURAN", help="nomor aturan, misalnya K3")


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the options of `rules check`."""
    parser.add_argument("action", choices=("check",), metavar="check", help="periksa satu berkas")
    parser.add_argument("file", type=Path, metavar="BERKAS.toml")


def _explain_codes(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = _CodesInHelp
    for action in list(parser._actions):  # argparse offers no other way to replace its own --help
        if isinstance(action, argparse._HelpAction):
            parser._remove_action(action)
            for name in action.option_strings:
                parser._option_string_actions.pop(name)
    parser.add_argument("-h", "--help", action=_HelpWithCodes, help="tampilkan bantuan ini beserta semua kode")


def _codes() -> str:
    from asn_desk.candidacy.facts import NON_ASN_POLICIES, PERSONAL_FLAGS
    from asn_desk.regulations.packs import shipped_library

    library = shipped_library()
    events = library.events.values()
    return "\n\n".join(
        (
            _listed("Pemilihan", ((row.id, row.title) for row in library.calendars.values())),
            _listed("Jabatan", ((row.code, row.title) for row in library.offices.values())),
            _listed("Jenis pegawai", ((row.code, row.title) for row in library.kinds.values())),
            _listed("Kelas jabatan", ((row.code, row.title) for row in library.posts.values())),
            _listed("Kejadian yang dicatat", ((row.code, row.title) for row in events if row.recorded)),
            _listed(
                "Tahapan kalender yang dapat digeser", ((row.code, row.title) for row in events if not row.recorded)
            ),
            fill(f"Keterangan (--fact): {', '.join(sorted(PERSONAL_FLAGS))}", 110),
            fill(f"Kebijakan non-ASN (--non-asn-policy): {', '.join(NON_ASN_POLICIES)}", 110),
            "Huruf besar atau kecil sama saja. Kejadian dengan TMT menurut SK: SK_TERBIT=2024-09-22/2024-09-30.",
        )
    )


def _listed(title: str, rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join((f"{title}:", *(f"  {code:<22} {words}" for code, words in rows)))
