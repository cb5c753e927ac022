"""What the letter wizard begins with: nothing, what another page asks for, or a draft; and how it ends then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from asn_desk.letters import drafts, service
from asn_desk.letters.contents.entries import flattened
from asn_desk.letters.contents.kinds import KINDS, circular_kinds
from asn_desk.letters.drafts import DraftRow
from asn_desk.letters.service import IssuedLetter, IssueLetter

_CIRCULARS = {kind.code for kind in circular_kinds()}
OFFERED = [code for code in KINDS if code not in _CIRCULARS]  # a circular goes with its audience: page Edaran


@dataclass(frozen=True)
class Wanted:
    """What the wizard is to begin with: the kind, about whom, and fields already known; with `draft` that draft goes on."""

    kind: str | None = None
    employee_id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    replaces_id: int | None = None
    draft: DraftRow | None = None
    command: IssueLetter | None = None

    @property
    def title(self) -> str:
        """Return the wizard's title."""
        return "Buat surat" if self.draft is None else "Lanjutkan draf surat"

    def head(self) -> dict[str, Any]:
        """Return what is known of the letter's first step, signer and number apart: those are chosen once they are read."""
        command = self.command
        if command is None:
            return {}
        return {"dated": command.dated, "electronic": command.electronic, "confidential": command.confidential}

    def signer(self) -> dict[str, Any]:
        """Return who is to sign, and how."""
        return {"signer_id": self.command.signer_id, "signing": self.command.signing} if self.command else {}

    def begun(self, kind: str, dated: date) -> IssueLetter:
        """Return the letter to which the forms add; what they do not ask for stays as the draft has it."""
        if self.command is not None and self.command.kind == kind:
            return self.command
        return IssueLetter(kind, dated, replaces_id=self.replaces_id if self.kind == kind else None)

    def keep(self, session: Any, command: IssueLetter) -> None:
        """Keep the letter as the draft it was, or as a new one."""
        if self.draft is None:
            drafts.save_draft(session, command)
        else:
            drafts.change_draft(session, self.draft.id, self.draft.version, command)

    def issue(self, session: Any, command: IssueLetter) -> IssuedLetter:
        """Issue the letter; a draft is gone with that."""
        if self.draft is None:
            return service.issue(session, command)
        return drafts.issue_draft(session, self.draft.id, self.draft.version, command)


def of_draft(row: DraftRow, command: IssueLetter) -> Wanted:
    """Return what the wizard begins with to go on with a draft."""
    values = dict(flattened(command.data))
    return Wanted(command.kind, command.employee_id, values, command.replaces_id, row, command)
