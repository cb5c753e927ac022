"""Letters that stand closer than their widths say: kerned pairs, where a letter asks for them, and joined letters ("tt", "ffi").

The distances are those of the bundled fonts, worked out by `packaging/font_pairs.py` and read when first asked for. Joined
letters are printed one by one at the width of the joined sign, so that copying and searching give the letters.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from asn_desk.paths import resource

Kerns = dict[str, dict[str, float]]
"""Distances in thousandths of an em by the left and the right letter of a pair."""


@lru_cache(maxsize=40)
def kerns(stem: str) -> Kerns:
    """Return the kerned pairs of a font file; none where the font has no kerning."""
    path = resource("fonts", "pairs", f"{stem}.json")
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    scale = 1000.0 / content["units"]
    found: Kerns = {}
    for lefts, rights, value in content["kern"]:
        for left in lefts:
            found.setdefault(left, {}).update(dict.fromkeys(rights, round(value * scale, 1)))
    return found


class Joined:
    """The joined letters of one font: how much narrower each group is than its letters."""

    def __init__(self, narrower: dict[str, float]) -> None:
        self._narrower = narrower
        self.differ = any(narrower.values())
        """Whether any joined sign has another width than its letters."""
        longest_first = sorted(narrower, key=len, reverse=True)
        self._groups = re.compile("|".join(re.escape(group) for group in longest_first))

    def distances(self, text: str) -> dict[int, float]:
        """Return what follows which letter of a text (counted from 0), in thousandths of an em."""
        found: dict[int, float] = {}
        for match in self._groups.finditer(text):
            steps = match.end() - match.start() - 1
            for at in range(match.start(), match.end() - 1):
                found[at] = self._narrower[match.group()] / steps
        return found


@lru_cache(maxsize=1)
def _all_joined() -> dict[str, Joined]:
    content = json.loads(resource("fonts", "pairs", "ligatures.json").read_text(encoding="utf-8"))
    return {stem: Joined(narrower) for stem, narrower in content.items()}


def joined(stem: str) -> Joined | None:
    """Return the joined letters of a font file; None where it has none."""
    return _all_joined().get(stem)


def distances(text: str, kerned: Kerns, groups: Joined | None) -> dict[int, float]:
    """Return by how much the letter after each index moves, in thousandths of an em; letters of one group are not kerned."""
    found = groups.distances(text) if groups is not None else {}
    if kerned:
        before = text[:1]
        for at, sign in enumerate(text[1:]):
            row = kerned.get(before)
            if row is not None and sign in row and at not in found:
                found[at] = row[sign]
            before = sign
    return {at: by for at, by in found.items() if by}
