"""What the writer could not print as Word would: collected once each, as Indonesian sentences with name and place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MAX_NOTES = 200


class Notes:
    """Collects sentences in the order of the letter; `place` is kept up to date by the reader."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}
        self._listeners: list[list[str]] = []
        self.place = "isi surat"
        self.near = ""

    def skipped(self, thing: str, where: str | None = None) -> None:
        """Note that something of the letter is missing in the PDF."""
        near = f' (dekat "{self.near}")' if self.near and where is None else ""
        self.add(f"{thing} di {where or self.place}{near} tidak dapat dicetak ke PDF dan dilewati.")

    def add(self, sentence: str) -> None:
        """Note any other sentence."""
        for heard in self._listeners:
            heard.append(sentence)
        if len(self._sentences) < MAX_NOTES:
            self._sentences[sentence] = None

    @contextmanager
    def heard(self) -> Iterator[list[str]]:
        """Collect every sentence noted meanwhile, also those noted before, so that they can be noted for another letter."""
        sentences: list[str] = []
        self._listeners.append(sentences)
        try:
            yield sentences
        finally:
            self._listeners.pop()

    def all(self) -> tuple[str, ...]:
        """Return the sentences, each once."""
        return tuple(self._sentences)
