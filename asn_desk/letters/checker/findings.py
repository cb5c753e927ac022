"""What the template checker found: each finding with its place and an Indonesian sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from asn_desk.letters.templates.tags import Place

BODY = "word/document.xml"


class Severity(StrEnum):
    """How much a finding matters: no letter can be made, the letter may not look as meant, or good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing to know about a template.

    `paragraph` counts the paragraphs of `part` from 1, those in tables included; `page` is known for the body only; `text` is
    the text around; `source` the tag itself, empty when the finding is not about one tag.
    """

    severity: Severity
    code: str
    sentence: str
    paragraph: int | None = None
    page: int | None = None
    text: str = ""
    part: str = BODY
    source: str = ""

    @property
    def where(self) -> str:
        """Return the place in words, empty when the finding is about the whole file."""
        if self.paragraph is None:
            return ""
        place = str(Place(self.part, self.paragraph, self.text))
        return place if self.page is None else f"halaman {self.page}, {place}"

    @property
    def full(self) -> str:
        """Return place and sentence together."""
        where = self.where
        return f"{where[0].upper()}{where[1:]}: {self.sentence}" if where else self.sentence


@dataclass(frozen=True)
class Report:
    """All findings of a template, in the order of the letter."""

    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that no letter can be made with."""
        return tuple(finding for finding in self.findings if finding.severity == Severity.ERROR)

    @property
    def ok(self) -> bool:
        """Return whether letters can be made with the template."""
        return not self.errors
