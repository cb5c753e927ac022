"""A letter to issue as text, for batches and drafts: everything but its day and its person, which have columns of their own."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import NumberWay, SignForm


def as_text(command: IssueLetter) -> str:
    """Return the letter as JSON; days become ISO texts, which the letter's fields accept. Equal letters give equal texts."""
    kept = asdict(command)
    for key in ("employee_id", "dated"):
        kept.pop(key)
    numbering = kept.pop("numbering")
    kept["way"] = numbering["way"]
    if numbering["reserved_id"] is not None:
        kept["reserved_id"] = numbering["reserved_id"]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, default=lambda value: value.isoformat())


def from_text(text: str, dated: date, employee_id: int | None = None) -> IssueLetter:
    """Return the letter that `as_text` kept."""
    kept: dict[str, Any] = json.loads(text)
    signing = kept.pop("signing")
    signing["form"] = SignForm(signing["form"])
    numbering = NumberWish(NumberWay(kept.pop("way")), kept.pop("reserved_id", None))
    return IssueLetter(dated=dated, employee_id=employee_id, signing=Signing(**signing), numbering=numbering, **kept)
