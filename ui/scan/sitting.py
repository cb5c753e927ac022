"""What happened at the scanner since the page was opened: every scan, the counts, and codes that came twice in a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn_desk.circulars.rules import STATUS_WORDS
from asn_desk.circulars.service import Mark, MarkResult
from asn_desk.circulars.terms import AckStatus
from asn_desk.wording import long_date, number, short_date
from ui.shared.chips import Chip

REPEAT_SECONDS = 2.0
_REFUSED = {
    MarkResult.UNKNOWN: ("Kode tidak dikenal", "tidak dikenal"),
    MarkResult.DAMAGED: ("Kode tidak terbaca utuh", "tidak terbaca"),
    MarkResult.CLOSED: ("Edaran sudah ditutup", "edaran ditutup"),
}


@dataclass(frozen=True)
class Scan:
    """One entry of the running list. `status` is what was recorded, None when nothing was; `undone` after a Batalkan."""

    id: int
    at: datetime
    mark: Mark
    status: AckStatus | None = None
    by_hand: bool = False
    undone: bool = False

    @property
    def can_undo(self) -> bool:
        """Return whether this entry recorded something that still stands."""
        return self.status is not None and not self.undone

    @property
    def kind(self) -> Any:
        """Return the status colour of the entry."""
        if self.undone or self.mark.result is MarkResult.ALREADY:
            return "neutral"
        if self.status is AckStatus.SIGNED:
            return "done"
        return "near"

    @property
    def icon(self) -> str:
        """Return the icon's name."""
        if self.undone:
            return "undo"
        if self.mark.result in _REFUSED:
            return "alert"
        if self.mark.result is MarkResult.ALREADY:
            return "question"
        return "check" if self.status in (AckStatus.SIGNED, None) else "minus"

    @property
    def word(self) -> str:
        """Return the result in a word or two, as shown large."""
        mark = self.mark
        if self.undone:
            return "Dibatalkan"
        if mark.result is MarkResult.ALREADY:
            return f"Sudah dicatat {long_date(mark.since)}" if mark.since else "Sudah dicatat"
        if self.status is not None and self.status is not AckStatus.SIGNED:
            return f"Dicatat: {STATUS_WORDS[self.status]}"
        return "Diabaikan" if mark.result in _REFUSED else "Diterima"

    @property
    def question(self) -> str:
        """Return what the clerk should ask themselves about a slip that came before."""
        return "Lembar yang sama lagi, atau lembar orang lain?" if self.mark.result is MarkResult.ALREADY else ""

    @property
    def title(self) -> str:
        """Return whose slip it was, or what was wrong with the code."""
        return self.mark.person or _REFUSED[self.mark.result][0]

    @property
    def chip(self) -> Chip:
        """Return the result for the running list."""
        mark = self.mark
        if self.undone:
            return Chip("dibatalkan", "neutral", "undo")
        if mark.result is MarkResult.ALREADY:
            return Chip(f"sudah, {short_date(mark.since)}" if mark.since else "sudah", "neutral", "check")
        if mark.result in _REFUSED:
            return Chip(_REFUSED[mark.result][1], "near")
        if self.status is AckStatus.SIGNED:
            return Chip("diterima, manual" if self.by_hand else "diterima", "done")
        return Chip(STATUS_WORDS[self.status or AckStatus.WAITING].lower(), "near")


class Sitting:
    """The scans of this session, newest first."""

    def __init__(self) -> None:
        self.scans: list[Scan] = []
        self._seen: dict[str, float] = {}

    def is_repeat(self, code: str, now: float) -> bool:
        """Return whether the same code came within the last two seconds (`now` in seconds); scanners like to read twice."""
        key = "".join(code.upper().split())
        self._seen = {seen: at for seen, at in self._seen.items() if now - at < REPEAT_SECONDS}
        repeated = key in self._seen
        self._seen[key] = now
        return repeated

    def add(self, mark: Mark, at: datetime, *, status: AckStatus | None = None, by_hand: bool = False) -> Scan:
        """Note one result and return its entry."""
        made = Scan(len(self.scans) + 1, at, mark, status, by_hand)
        self.scans.insert(0, made)
        return made

    def undo(self, scan_id: int) -> Scan:
        """Note that an entry's mark was taken back."""
        place = next(place for place, scan in enumerate(self.scans) if scan.id == scan_id)
        self.scans[place] = replace(self.scans[place], undone=True)
        return self.scans[place]

    def summary(self) -> str:
        """Return `312 diterima, 4 sudah, 1 diabaikan`."""
        counts = Counter(_group(scan) for scan in self.scans)
        shown = [f"{number(counts[word])} {word}" for word in ("diterima", "dicatat lain", "sudah", "diabaikan", "dibatalkan")
                 if counts[word] or word == "diterima"]  # fmt: skip
        return ", ".join(shown)


def _group(scan: Scan) -> str:
    if scan.undone:
        return "dibatalkan"
    if scan.status is AckStatus.SIGNED:
        return "diterima"
    if scan.status is not None:
        return "dicatat lain"
    return "sudah" if scan.mark.result is MarkResult.ALREADY else "diabaikan"
