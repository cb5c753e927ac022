"""Draws the invented employees of the sample office one by one: working life, number, name and titles that fit together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from asn_desk.sample import careers, posts
from asn_desk.sample.careers import Career, Frame
from asn_desk.sample.columns import AS_OF
from asn_desk.sample.names import personal_name, pick_tradition
from asn_desk.sample.posts import BUP_SENIOR, BUP_USUAL, Group, Post, Profession
from asn_desk.sample.schooling import COURSES, FIRST_JOB_AGE, Course, Level, titles
from asn_desk.sample.slots import Employment, Role, Slot, fill
from asn_desk.sample.unit_words import HEALTH, RSUD
from asn_desk.sample.units import Eselon, Kind, sample_units

_SMALLEST = 500  # fewer people cannot lead all the units of the smallest office
_HEAD_FRAMES = {
    Eselon.II_A: Frame(60, 55, 15, 15, 4),
    Eselon.II_B: Frame(60, 47, 13, 14, 4),
    Eselon.III_A: Frame(58, 41, 11, 13, 4),
    Eselon.III_B: Frame(58, 38, 11, 12, 4),
    Eselon.IV_A: Frame(58, 34, 9, 11, 4),
    Eselon.IV_B: Frame(58, 31, 9, 10, 4),
}
_TOP = (Eselon.II_A, Eselon.II_B)  # who signs letters; their titles are written correctly
_LEADING_FRAMES = {
    Kind.SD: Frame(60, 42, 11, 13, 4),
    Kind.SMP: Frame(60, 45, 12, 13, 4),
    Kind.PUSKESMAS: Frame(60, 38, 10, 12, 4),
    Kind.KELOMPOK: Frame(58, 40, 10, 11, 4),
}
_HIGHEST_GENERAL = {Level.SD: 5, Level.SLTP: 7, Level.SLTA: 9, Level.D3: 10}
_WOMEN = {Role.HEAD: 0.36, Role.TEACHER: 0.68, Role.MEDICAL: 0.76, Role.TECHNICAL: 0.47, Role.GENERAL: 0.38}
_ON_THE_WAY_OUT = {
    "20": 1,
    "88": -1,
    "98": -1,
    "99": -1,
}  # standings at the end of a career: before or after retirement


@dataclass(frozen=True, slots=True)
class Person:
    """One invented employee before being written as an export row."""

    slot: Slot
    number: str
    name: str
    front: str
    back: str
    woman: bool
    birthplace: str
    faith: str
    married: str
    course: Course
    career: Career
    post: Post
    post_since: date


def people(count: int, *, seed: int = 2024) -> Iterator[Person]:
    """Yield `count` invented employees in random order; raises ValueError below 500 people."""
    if count < _SMALLEST:
        msg = f"the sample office needs at least {_SMALLEST} people, not {count}"
        raise ValueError(msg)
    rng = Random(seed)  # noqa: S311 - repeatable test data, nothing secret
    numbers = careers.Numbers()
    for slot in fill(sample_units(count), count, rng):
        yield _person(rng, slot, numbers)


def _person(rng: Random, slot: Slot, numbers: careers.Numbers) -> Person:
    woman = rng.random() < _WOMEN[slot.role]
    course, career, post = _working_life(rng, slot)
    part_time = slot.employment is Employment.PART_TIME
    if slot.employment in (Employment.PNS, Employment.CPNS):
        number = numbers.permanent(career, woman=woman)
    else:
        number = numbers.contract(career, woman=woman, part_time=part_time)
    tradition = pick_tradition(rng)
    faith = rng.choice(tradition.faiths)
    name = personal_name(rng, tradition, woman=woman)
    pilgrim = _pilgrim(rng, faith, name, career.birth, woman=woman)
    tidy = slot.unit.eselon in _TOP and slot.role is Role.HEAD
    front, back = titles(rng, course, pilgrim=pilgrim, woman=woman, tidy=tidy)
    return Person(
        slot, number, name, front, back, woman, rng.choice(tradition.places), faith, _marriage(rng, career.birth),
        course, career, post, _post_since(rng, slot, career),
    )  # fmt: skip


def _working_life(rng: Random, slot: Slot) -> tuple[Course, Career, Post]:
    """Draw course, career and post together, as the grade decides the rank and the course the first grade."""
    if slot.role is Role.HEAD and slot.unit.eselon:
        return _structural(rng, slot, slot.unit.eselon)
    if slot.role is Role.HEAD:
        return _leading(rng, slot)
    if slot.role is Role.GENERAL:
        return _general(rng, slot)
    return _functional(rng, slot)


def _structural(rng: Random, slot: Slot, eselon: Eselon) -> tuple[Course, Career, Post]:
    medical = eselon in _TOP and slot.unit.name in (RSUD, HEALTH)
    course = rng.choice(COURSES["doctor" if medical else "leader"])
    career = careers.permanent(rng, course.level, _HEAD_FRAMES[eselon])
    return course, career, posts.structural_post(slot.unit, eselon)


def _leading(rng: Random, slot: Slot) -> tuple[Course, Career, Post]:
    """Heads of schools and health centres and leaders of groups: functional officials with an additional task."""
    kind = slot.unit.kind
    if kind in posts.TEACHERS:
        profession = posts.TEACHERS[kind][0 if kind is Kind.SD else rng.randrange(len(posts.TEACHERS[kind]))]
    else:
        profession = posts.HEALTH_CENTRE_LEADER if kind is Kind.PUSKESMAS else posts.GROUP_LEADER
    course = rng.choice(COURSES[profession.courses])
    career = careers.permanent(rng, course.level, _LEADING_FRAMES[kind])
    grade = careers.grade_index(career)
    post = posts.functional_post(profession, grade, expert=True, contract=False, leads=slot.unit.head)
    return course, career, post


def _functional(rng: Random, slot: Slot) -> tuple[Course, Career, Post]:
    profession = _profession(rng, slot)
    course = rng.choice(COURSES[profession.courses])
    expert = course.level >= Level.D4
    if slot.employment is Employment.PNS:
        career = _permanent(rng, slot, course, _functional_frame(rng, slot, profession, course.level))
        grade = careers.grade_index(career)
    else:
        career, grade = _newcomer(rng, slot, course), 8 if expert else 0
    contract = slot.employment in (Employment.PPPK, Employment.PART_TIME)
    return course, career, posts.functional_post(profession, grade, expert=expert, contract=contract)


def _profession(rng: Random, slot: Slot) -> Profession:
    if slot.role is Role.TEACHER:
        choices = posts.TEACHERS[slot.unit.kind]
    else:
        choices = posts.MEDICAL if slot.role is Role.MEDICAL else posts.TECHNICAL
    return rng.choices(choices, [profession.weight for profession in choices])[0]


def _functional_frame(rng: Random, slot: Slot, profession: Profession, level: Level) -> Frame:
    bup = BUP_SENIOR if profession.senior else BUP_USUAL
    highest = 11
    if level >= Level.D4 and not (slot.standing in _ON_THE_WAY_OUT and not profession.senior):
        highest = rng.choices((11, 12, 13), (58, 34, 8))[0]
    return Frame(bup, FIRST_JOB_AGE[level] + 4, 0, highest)


def _general(rng: Random, slot: Slot) -> tuple[Course, Career, Post]:
    low_share = 0.65 if slot.employment is Employment.PART_TIME else 0.2
    course = rng.choice(COURSES["low" if rng.random() < low_share else "office"])
    if slot.employment is Employment.PNS:
        highest = _HIGHEST_GENERAL.get(course.level, 11)
        career = _permanent(rng, slot, course, Frame(BUP_USUAL, FIRST_JOB_AGE[course.level] + 4, 0, highest))
    else:
        career = _newcomer(rng, slot, course)
    titles_open = posts.GENERAL_LOW if course.level <= Level.SLTA else posts.GENERAL_HIGH
    title = rng.choice(titles_open)
    if slot.employment in (Employment.PPPK, Employment.PART_TIME):
        title = title.upper()
    return course, career, Post(title, Group.GENERAL, BUP_USUAL)


def _permanent(rng: Random, slot: Slot, course: Course, frame: Frame) -> Career:
    """A PNS career; who prepares for retirement or has left gets the birthday that fits."""
    direction = _ON_THE_WAY_OUT.get(slot.standing)
    if direction is None:
        return careers.permanent(rng, course.level, frame)
    if slot.standing == "99":  # retired just before the list of candidates of 3 November 2023 was fixed
        retirement = date(2023, rng.choice((10, 11)), 1)
    elif direction > 0:
        retirement = rng.choice((date(2024, 11, 1), date(2025, 2, 1), date(2025, 6, 1)))
    else:
        retirement = date(2024, rng.choice((7, 8, 9)), 1)
    return careers.permanent(rng, course.level, frame, born=careers.born_to_retire(rng, retirement, frame.bup))


def _newcomer(rng: Random, slot: Slot, course: Course) -> Career:
    if slot.employment is Employment.CPNS:
        return careers.probation(rng, course.level)
    return careers.contract(rng, course.level, part_time=slot.employment is Employment.PART_TIME)


def _pilgrim(rng: Random, faith: str, name: str, birth: date, *, woman: bool) -> str:
    """Some older Muslims write the pilgrimage before the name."""
    if faith != "Islam" or AS_OF.year - birth.year < 38 or name.startswith(("H. ", "HJ. ")) or rng.random() > 0.14:
        return ""
    return "Hj." if woman else "H."


def _marriage(rng: Random, birth: date) -> str:
    """BKN code of the marital status, by age."""
    single = 0.45 if AS_OF.year - birth.year < 30 else 0.05
    return rng.choices(("1", "4", "3", "2"), (1 - single - 0.04, single, 0.025, 0.015))[0]


def _post_since(rng: Random, slot: Slot, career: Career) -> date:
    """TMT of the post: leaders since 2019, others since some time after their appointment as PNS."""
    if career.pns_since is None:
        return career.start
    earliest = max(career.pns_since, date(2019 if slot.role is Role.HEAD else 2012, 1, 1))
    latest = date(2024, 8, 30) if slot.standing not in _ON_THE_WAY_OUT else date(2023, 8, 1)
    return earliest + timedelta(days=rng.randrange(max(1, (latest - earliest).days)))
