"""How words are compared when somebody mistypes one: by sound, and by keys that two words one error apart always share.

Words are compared by how they sound in Indonesian (old spelling, doubled letters, ph and f), then by one letter too many, too few,
wrong or swapped. The keys of a word are its sound and the sound less any one letter (the idea of symmetric deletion).
"""

from __future__ import annotations

import re

SHORTEST_WORD = 4
_LONGEST = 39
_NOT_ALNUM = re.compile(r"[\W_]+")
_SPLIT = re.compile(r"[^a-z]+")
_SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("sh", "s"), ("ch", "h"), ("kh", "h"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("bh", "b"), ("gh", "g"), ("q", "k"), ("v", "f"), ("x", "ks"), ("z", "s"), ("y", "i"), ("ie", "i"), ("w", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def in_one_piece(name: str) -> str:
    """Return a folded name without blanks and signs."""
    close = name.replace(" ", "")
    return close if close.isalnum() else _NOT_ALNUM.sub("", close)


def words_of(*texts: str) -> set[str]:
    """Return the words of folded texts that are worth keeping: letters only, four and more."""
    return {word for text in texts for word in _SPLIT.split(text) if SHORTEST_WORD <= len(word) <= _LONGEST}


def sound(word: str) -> str:
    """Return how a word sounds, for comparing: `moechammad`, `muhammad` and `muhamad` are one."""
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return _DOUBLED.sub(r"\1", word)


def spelling_keys(word: str) -> set[str]:
    """Return the keys under which a word is found."""
    heard = sound(word)
    return {heard, *(heard[:place] + heard[place + 1 :] for place in range(len(heard)))}
