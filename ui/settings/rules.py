"""Pengaturan, Kalender dan aturan: which rule packs and election calendars are in force, with sources and doubts."""

from __future__ import annotations

from asn_desk import wording
from asn_desk.regulations.packs import Library, LoadedPack, shipped_library
from asn_desk.regulations.schema import Calendar, CalendarEvent
from asn_desk.regulations.terms import CONFIDENCE_WORDS
from ui.shared.basics import label
from ui.shared.chips import Chip
from ui.shared.page import PageContext
from ui.shared.panels import ScrollPanel
from ui.shared.widgets import ActionRow, SectionTitle

_HASH_SHOWN = 12


def _days(event: CalendarEvent) -> str:
    first = wording.long_date(event.date_from)
    return first if event.date_from == event.date_to else f"{first} – {wording.long_date(event.date_to)}"


class RulesSection(ScrollPanel):
    """Reads the packs and shows them; they are changed by a new version of their files."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Kalender dan aturan")
        self.context = context
        self._loaded = False

    def reload(self) -> None:
        """Load the packs once; they do not change while the program runs."""
        if not self._loaded:
            self._loaded = True
            self.context.bridge.task(self, lambda _progress: shipped_library(), self._fill)

    def _fill(self, library: Library) -> None:
        self.clear()
        self.body.addWidget(SectionTitle("Paket aturan", "versi dan sidik berkas"))
        for pack in library.packs:
            self.body.addWidget(self._pack_row(pack))
        for calendar in library.calendars.values():
            self.body.addSpacing(12)
            self.body.addWidget(
                SectionTitle(calendar.title, "perkiraan, belum ditetapkan" if calendar.expected else "")
            )
            self._add_calendar(library, calendar)

    def _pack_row(self, pack: LoadedPack) -> ActionRow:
        head = pack.content.pack
        count = len(pack.content.rules)
        secondary = f"versi {head.version} · {count} aturan · sidik {pack.sha256[:_HASH_SHOWN]}"
        doubtful = sum(rule.doubtful for rule in pack.content.rules)
        chip = Chip(f"{doubtful} perlu diperiksa", "near") if doubtful else Chip("bersumber", "done")
        return ActionRow(head.title, secondary, chip if count else None, chip_last=True)

    def _add_calendar(self, library: Library, calendar: Calendar) -> None:
        if calendar.note:
            self.body.addWidget(label(calendar.note, role="secondary"))
        for event in calendar.events:
            source = library.source_words(event.sources) or CONFIDENCE_WORDS[event.confidence]
            chip = Chip("perlu diperiksa", "near") if event.doubtful else None
            self.body.addWidget(ActionRow(event.title, f"{_days(event)} · {source}", chip, chip_last=True))
