"""Golongan/ruang and pangkat: the PNS table with BKN's ids, the PPPK grades, and how exports write them."""

from __future__ import annotations

import re

PNS_GRADES: dict[str, tuple[str, str]] = {
    "11": ("I/a", "Juru Muda"),
    "12": ("I/b", "Juru Muda Tingkat I"),
    "13": ("I/c", "Juru"),
    "14": ("I/d", "Juru Tingkat I"),
    "21": ("II/a", "Pengatur Muda"),
    "22": ("II/b", "Pengatur Muda Tingkat I"),
    "23": ("II/c", "Pengatur"),
    "24": ("II/d", "Pengatur Tingkat I"),
    "31": ("III/a", "Penata Muda"),
    "32": ("III/b", "Penata Muda Tingkat I"),
    "33": ("III/c", "Penata"),
    "34": ("III/d", "Penata Tingkat I"),
    "41": ("IV/a", "Pembina"),
    "42": ("IV/b", "Pembina Tingkat I"),
    "43": ("IV/c", "Pembina Utama Muda"),
    "44": ("IV/d", "Pembina Utama Madya"),
    "45": ("IV/e", "Pembina Utama"),
}
PPPK_GRADES = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
_RANKS = dict(PNS_GRADES.values())
GRADES: tuple[str, ...] = (*PPPK_GRADES, *_RANKS)
"""All grades in order: PPPK I to XVII, then PNS I/a to IV/e."""

GROUPS: tuple[str, ...] = ("I", "II", "III", "IV")
"""The groups of PNS grades."""

_PNS_FORM = re.compile(r"(?<![A-Z])(IV|I{1,3})\s*[/\-. ]?\s*\(?([A-E])\)?(?![A-Z])")
_ARABIC_FORM = re.compile(r"([1-4])\s*[/\-. ]?\s*([A-E])")
_PPPK_FORM = re.compile(r"(?<![A-Z/])(XVI{0,2}|XI{0,3}|XIV|IX|VI{0,3})(?![A-Z]|\s*[/\-.]\s*[A-E]\b)")
_PPPK_NUMBERS = {str(number): grade for number, grade in enumerate(PPPK_GRADES, 1) if 5 <= number <= 10}
_PREFIX = re.compile(r"^(GOLONGAN|GOL\.?)\s*(RUANG\s*)?")
_STEP = re.compile(r"\bTI?NGKAT\b|\bTKT?\b\.?")


def parse_grade(text: str) -> str | None:
    """Return the grade as the office writes it (`III/c`, `IX`), or None when the text names none.

    Understands `III/c`, `III-C`, `IIIc`, `3c`, `Golongan IX`, `Penata - III/c`, `III/d, Penata Tk. I` and `Penata Tk. I`. A text
    with two grades names none.
    """
    plain = _PREFIX.sub("", text.strip().upper()).strip(" .")
    if plain in PPPK_GRADES:
        return plain
    if arabic := _ARABIC_FORM.fullmatch(plain):
        return _known(PPPK_GRADES[int(arabic[1]) - 1], arabic[2])
    if plain in _PPPK_NUMBERS:
        return _PPPK_NUMBERS[plain]
    if "ESELON" in plain:
        return None
    found = {f"{group}/{letter.lower()}" for group, letter in _PNS_FORM.findall(plain)}
    if found:
        return _known(*found.pop().split("/")) if len(found) == 1 else None
    contract = set(_PPPK_FORM.findall(plain))
    return contract.pop() if len(contract) == 1 else _GRADE_OF_RANK.get(_rank_words(plain))


def _known(group: str, letter: str) -> str | None:
    grade = f"{group}/{letter.lower()}"
    return grade if grade in _RANKS else None


def _rank_words(text: str) -> str:
    """Return the name of a rank as ranks are compared: `PENATA TK.I` and `Penata Tingkat I` are one."""
    return " ".join(re.sub(r"[^A-Z]+", " ", _STEP.sub(" TINGKAT ", text.upper())).split())


_GRADE_OF_RANK = {_rank_words(rank): grade for grade, rank in _RANKS.items()}


def grades_of_group(group: str) -> tuple[str, ...]:
    """Return the PNS grades of a group (`III`: III/a to III/d)."""
    return tuple(grade for grade in _RANKS if grade.startswith(f"{group}/"))


def rank_name(grade: str) -> str:
    """Return the pangkat of a PNS grade (`Penata`), or an empty text: PPPK have none."""
    return _RANKS.get(grade, "")


def rank_line(grade: str) -> str:
    """Return pangkat and grade as letters write them: `Penata (III/c)`, or `Golongan IX` for PPPK."""
    if rank := rank_name(grade):
        return f"{rank} ({grade})"
    return f"Golongan {grade}" if grade in PPPK_GRADES else grade
