"""Working lives that hold together: birth, appointment, retirement, grades and the 18-digit number built from them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from asn_desk.sample.columns import AS_OF
from asn_desk.sample.schooling import FIRST_JOB_AGE, Level

# (BKN id, grade) of PNS, lowest first.
GRADES: tuple[tuple[str, str], ...] = tuple(
    (f"{group}{step}", f"{roman}/{'abcde'[step - 1]}")
    for group, roman, steps in ((1, "I", 4), (2, "II", 4), (3, "III", 4), (4, "IV", 5))
    for step in range(1, steps + 1)
)
FIRST_GRADE = {
    Level.SD: 0, Level.SLTP: 2, Level.SLTA: 4, Level.D3: 6, Level.D4: 8, Level.S1: 8, Level.S2: 8, Level.S3: 8,
}  # fmt: skip
CONTRACT_GRADE = {
    Level.SD: ("01", "I"), Level.SLTP: ("04", "IV"), Level.SLTA: ("05", "V"), Level.D3: ("07", "VII"),
    Level.D4: ("09", "IX"), Level.S1: ("09", "IX"), Level.S2: ("10", "X"), Level.S3: ("11", "XI"),
}  # fmt: skip
_CPNS_START = (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))
_CONTRACT_START = (
    date(2021, 1, 1), date(2022, 3, 1), date(2022, 5, 1), date(2023, 6, 1), date(2023, 7, 1), date(2024, 3, 1), date(2024, 5, 1),
)  # fmt: skip
_PART_TIME_START = (date(2024, 7, 1), date(2024, 8, 1))
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Career:
    """Dates and grades of one person. Grades are (BKN id, name); `pns_since` is None for CPNS and PPPK."""

    birth: date
    start: date
    pns_since: date | None
    first_grade: tuple[str, str]
    grade: tuple[str, str]
    grade_since: date


@dataclass(frozen=True, slots=True)
class Frame:
    """Limits for a permanent career: retirement age, youngest age now, lowest and highest grade (index into GRADES)."""

    bup: int
    youngest: int
    lowest: int
    highest: int
    late_start: int = 9


def retires_on(birth: date, bup: int) -> date:
    """First day of the month after the birthday on which `bup` years are reached."""
    year, month = divmod(birth.month, 12)
    return date(birth.year + bup + year, month + 1, 1)


def permanent(rng: Random, level: Level, frame: Frame, *, born: date | None = None) -> Career:
    """Draw a PNS career within the frame; `born` fixes the birthday (people at or past retirement)."""
    birth = born or _birth(rng, frame.youngest, frame.bup)
    start = _pns_start(rng, birth, FIRST_JOB_AGE[level], frame.late_start)
    first = FIRST_GRADE[level]
    service = AS_OF.year - start.year
    grade = min(max(first + service // 4, frame.lowest), max(frame.highest, first))
    since = start if grade == first else _promotion(rng, service % 4, start)
    pns_since = _months_later(start, rng.choice((12, 12, 12, 14, 16)))
    return Career(birth, start, pns_since, GRADES[first], GRADES[grade], since)


def probation(rng: Random, level: Level) -> Career:
    """Draw a CPNS: appointed in 2024, not over 35 then."""
    start = rng.choice(_CPNS_START)
    birth = _birth(rng, FIRST_JOB_AGE[level], 35)
    grade = GRADES[FIRST_GRADE[level]]
    return Career(birth, start, None, grade, grade, start)


def contract(rng: Random, level: Level, *, part_time: bool) -> Career:
    """Draw a PPPK: full time since 2021 to 2024, or part time since 2024."""
    start = rng.choice(_PART_TIME_START if part_time else _CONTRACT_START)
    birth = _birth(rng, FIRST_JOB_AGE[level] + AS_OF.year - start.year + 1, 57)
    grade = CONTRACT_GRADE[level]
    return Career(birth, start, None, grade, grade, start)


def grade_index(career: Career) -> int:
    """Where a permanent career's grade stands in GRADES."""
    return GRADES.index(career.grade)


def born_to_retire(rng: Random, retirement: date, bup: int) -> date:
    """A birthday in the month before `retirement`, `bup` years earlier."""
    last = retirement - timedelta(days=1)
    return date(last.year - bup, last.month, rng.randrange(1, 29))


class Numbers:
    """Gives every person an own 18-digit number (NIP or NI PPPK); remembers the serial of each 15-digit beginning."""

    def __init__(self) -> None:
        self._serials: Counter[str] = Counter()

    def permanent(self, career: Career, *, woman: bool) -> str:
        return self._next(career, f"{career.start.year}{career.start.month:02d}", woman)

    def contract(self, career: Career, *, woman: bool, part_time: bool) -> str:
        """Digits 13-14 are no month: 21 for PPPK; 24 is what has been seen for part time, not firmly sourced."""
        return self._next(career, f"{career.start.year}{24 if part_time else 21}", woman)

    def _next(self, career: Career, middle: str, woman: bool) -> str:
        beginning = f"{career.birth.year}{career.birth.month:02d}{career.birth.day:02d}{middle}{2 if woman else 1}"
        self._serials[beginning] += 1
        return f"{beginning}{self._serials[beginning]:03d}"


def _birth(rng: Random, youngest: int, oldest: int) -> date:
    """A birthday that makes the person at least `youngest` and not yet `oldest` years old."""
    age = youngest + (oldest - youngest) * rng.random() ** 0.85
    birth = AS_OF - timedelta(days=int(age * _YEAR))
    limit = AS_OF.replace(year=AS_OF.year - oldest) + timedelta(days=1)
    return max(birth, limit)


def _pns_start(rng: Random, birth: date, first_age: int, late: int) -> date:
    """TMT CPNS: usually January to April or December; at the latest March 2022, as the probation is over."""
    year = birth.year + first_age + rng.randrange(late)
    start = date(year, rng.choice((1, 1, 2, 3, 3, 3, 4, 12, 12)), 1)
    return min(start, date(2022, 3, 1))


def _promotion(rng: Random, years_ago: int, start: date) -> date:
    """Promotions take effect on 1 April or 1 October; the last one lies 0 to 3 years back, after the appointment."""
    since = date(AS_OF.year - years_ago, rng.choice((4, 10)), 1)
    if since > AS_OF:
        since = date(AS_OF.year, 4, 1)
    return max(since, _months_later(start, 24))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
