"""Entry of the command line: parse, run one verb, say how it went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from asn_desk import logs
from asn_desk.cli import jobs, rules, templates
from asn_desk.cli.backups import backup, restore
from asn_desk.cli.batches import batch
from asn_desk.cli.binder import binder, verify_binder
from asn_desk.cli.candidacy import candidacy
from asn_desk.cli.circulars import progress, slips
from asn_desk.cli.encryption import encryption
from asn_desk.cli.imports import import_files, undo_import
from asn_desk.cli.output import REFUSED, Answer, show
from asn_desk.cli.parser import build
from asn_desk.cli.register import register
from asn_desk.cli.returns import return_file
from asn_desk.cli.scan import scan
from asn_desk.cli.search import search
from asn_desk.cli.trail import trail
from asn_desk.cli.users import users
from asn_desk.cli.verify import verify
from asn_desk.errors import DeskError

VERBS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "demo": jobs.demo,
    "import": import_files,
    "undo-import": undo_import,
    "letter": jobs.letter,
    "batch": batch,
    "register": register,
    "pdf": jobs.pdf,
    "check": templates.check,
    "fill": templates.fill,
    "obligations": rules.obligations,
    "explain": rules.explain,
    "rules": rules.check_pack,
    "search": search,
    "slips": slips,
    "scan": scan,
    "return-file": return_file,
    "progress": progress,
    "binder": binder,
    "verify-binder": verify_binder,
    "candidacy": candidacy,
    "self-test": jobs.self_test,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "users": users,
    "trail": trail,
    "encryption": encryption,
}


def main(argv: Sequence[str]) -> int:
    """Run the command line and return the exit code: 0 done, 1 refused (sentence on stderr), 2 wrong usage."""
    logs.to_stderr()
    arguments = build(dict(VERBS)).parse_args(argv)
    try:
        return show(arguments.run(arguments), as_json=arguments.json)
    except DeskError as error:
        refusal = {"error": {"code": error.code, "sentence": error.sentence, "fields": error.fields}}
        return show(Answer(refusal, exit_code=REFUSED, complaints=(error.sentence,)), as_json=arguments.json)
    except KeyboardInterrupt:
        print("Dihentikan; tidak ada yang tersimpan setengah jalan.", file=sys.stderr)
        return REFUSED
