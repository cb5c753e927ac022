"""What the command line says: Indonesian sentences for people, or one JSON document with `--json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True)
class Answer:
    """What a verb answers: lines for people, the same as data for programs, and the exit code."""

    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    exit_code: int = DONE
    complaints: tuple[str, ...] = field(default=())


def show(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and return its exit code. Complaints go to the error channel in either form."""
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=2, default=_plain))
    else:
        for line in answer.lines:
            print(line)
    for sentence in answer.complaints:
        print(sentence, file=sys.stderr)
    return answer.exit_code


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, frozenset | set | tuple):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
