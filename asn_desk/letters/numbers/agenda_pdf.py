"""The agenda of outgoing letters on paper."""

from __future__ import annotations

from asn_desk.letters.numbers.agenda import HEADERS, Agenda
from asn_desk.letters.numbers.table_pdf import Part, table_pdf

_SHARES = (5, 17, 9, 27, 19, 9, 14)


def agenda_pdf(made: Agenda) -> bytes:
    """Return the agenda as a PDF: each series on its own pages, with how its numbers add up at the end."""
    parts = [
        Part(f"{made.heading}: {series.title}", f"{made.made}.", [line.cells for line in series.lines], series.total)
        for series in made.series
    ]
    return table_pdf(made.heading, HEADERS, _SHARES, parts, made.secrecy)
