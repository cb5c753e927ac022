"""The companion file of posts (`ID, Nama_unor, Nama_jabatan, Eselon_id` or `Nama, JENJANG, BUP`): read, compared, stored, asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.search import folded
from asn_desk.database.trail import audit
from asn_desk.database.work import touched
from asn_desk.employees.imports.plans import Post, Refused
from asn_desk.employees.model import PostReference
from asn_desk.employees.reading.cells import BROKEN_CELL, ErrorText
from asn_desk.employees.reading.columns import PostField
from asn_desk.employees.reading.sheets import PostSheet, Workbook
from asn_desk.employees.terms import PostClass
from asn_desk.topics import Topic

_TABLE: Table = PostReference.metadata.tables["post_references"]
_LONGEST = {PostField.ID: 64, PostField.NAME: 300, PostField.UNIT: 300, PostField.LEVEL: 40, PostField.ESELON: 20}
_YOUNGEST, _OLDEST = 50, 75
_RECORDED = {"recorded": True}


@dataclass(frozen=True)
class PostPlan:
    """What importing the list would do."""

    new: tuple[Post, ...]
    changed: tuple[tuple[Post, Post], ...]
    same: int
    refused: tuple[Refused, ...]

    @property
    def nothing_to_do(self) -> bool:
        """Return whether applying would change nothing."""
        return not (self.new or self.changed)

    def after(self, stored: Iterable[Post]) -> list[Post]:
        """Return the list as it will be."""
        gone = {before for before, _ in self.changed}
        return [*(post for post in stored if post not in gone), *(after for _, after in self.changed), *self.new]


def load_posts(session: Session) -> list[Post]:
    """Return all posts of the list by name."""
    rows = session.execute(
        select(
            PostReference.siasn_id, PostReference.name, PostReference.unit_name, PostReference.eselon,
            PostReference.level, PostReference.retirement_age,
        ).order_by(PostReference.name, PostReference.id)
    )  # fmt: skip
    return [Post(row[0] or "", *row[1:]) for row in rows]


def classes_of(posts: Iterable[Post]) -> dict[str, PostClass]:
    """Return folded post name -> class, for the names on whose class all entries agree."""
    found: dict[str, set[PostClass]] = {}
    for post in posts:
        found.setdefault(folded(post.name), set()).add(post.post_class)
    return {
        name: next(iter(kinds)) for name, kinds in found.items() if len(kinds) == 1 and kinds != {PostClass.UNKNOWN}
    }


def retirement_age_of(session: Session, post_name: str) -> int | None:
    """Return the retirement age (BUP) that the list gives for a post, None when it gives none or several."""
    ages = session.scalars(
        select(PostReference.retirement_age)
        .where(PostReference.folded_name == folded(post_name), PostReference.retirement_age.is_not(None))
        .distinct()
    ).all()
    return ages[0] if len(ages) == 1 else None


def plan_posts(workbooks: Sequence[Workbook], known: Iterable[Post]) -> PostPlan:
    """Compare the sheets of posts with the stored list."""
    stored = {_key(post): post for post in known}
    accepted: dict[str, Post] = {}
    refused: list[Refused] = []
    for sheet in (sheet for workbook in workbooks for sheet in workbook.posts):
        for number, cells in sheet.rows:
            found = _post(sheet, number, cells)
            if isinstance(found, Refused):
                refused.append(found)
            elif accepted.get(_key(found), found) != found:
                refused.append(_refused_twice(sheet, number, cells))
            else:
                accepted[_key(found)] = found
    new = tuple(post for key, post in accepted.items() if key not in stored)
    changed = tuple((stored[key], post) for key, post in accepted.items() if key in stored and stored[key] != post)
    return PostPlan(new, changed, len(accepted) - len(new) - len(changed), tuple(refused))


def apply_posts(session: Session, plan: PostPlan) -> int:
    """Store the list and return how many posts changed. Raises DeskError("not_allowed")."""
    require(session, Action.IMPORT_EMPLOYEES)
    if plan.nothing_to_do:
        return 0
    ids = {
        _key(Post(row.siasn_id or "", row.name, row.unit_name, "", "", None)): row.id
        for row in session.execute(select(_TABLE))
    }
    if plan.new:
        session.execute(insert(_TABLE), [_values(post) for post in plan.new], execution_options=_RECORDED)
    if plan.changed:
        statement = update(_TABLE).where(_TABLE.c.id == bindparam("of"))
        rows = [{**_values(after), "of": ids[_key(before)]} for before, after in plan.changed]
        session.execute(statement, rows, execution_options=_RECORDED)
    audit.record(
        session, "post_references:imported", "post_references:all",
        before={"changed": [_values(before) for before, _ in plan.changed]},
        after={"new": [_values(post) for post in plan.new], "changed": [_values(after) for _, after in plan.changed]},
    )  # fmt: skip
    touched(session, Topic.EMPLOYEES)
    return len(plan.new) + len(plan.changed)


def _key(post: Post) -> str:
    return post.siasn_id.upper() or f"{folded(post.name)}|{folded(post.unit_name)}"


def _values(post: Post) -> dict[str, Any]:
    return {
        "siasn_id": post.siasn_id or None, "name": post.name, "folded_name": folded(post.name), "unit_name": post.unit_name,
        "eselon": post.eselon, "level": post.level, "retirement_age": post.retirement_age,
    }  # fmt: skip


def _post(sheet: PostSheet, number: int, cells: Mapping[PostField, str]) -> Post | Refused:
    for key, text in cells.items():
        if isinstance(text, ErrorText):
            return _refused(sheet, number, key, cells, "cell_error", BROKEN_CELL)
    for key, longest in _LONGEST.items():
        if len(cells.get(key, "")) > longest:
            return _refused(sheet, number, key, cells, "post_too_long", f"Isi kolom {key} lebih dari {longest} huruf.")
    if not cells.get(PostField.NAME):
        return _refused(sheet, number, PostField.NAME, cells, "post_name", "Nama jabatan kosong.")
    age = cells.get(PostField.AGE, "")
    if age and not (age.isascii() and age.isdigit() and _YOUNGEST <= int(age[:4]) <= _OLDEST):
        said = f"BUP harus angka antara {_YOUNGEST} dan {_OLDEST} tahun."
        return _refused(sheet, number, PostField.AGE, cells, "post_age", said)
    return Post(
        cells.get(PostField.ID, ""), cells[PostField.NAME], cells.get(PostField.UNIT, ""),
        cells.get(PostField.ESELON, ""), cells.get(PostField.LEVEL, ""), int(age) if age else None,
    )  # fmt: skip


def _refused_twice(sheet: PostSheet, number: int, cells: Mapping[PostField, str]) -> Refused:
    if cells.get(PostField.ID):
        said = "ID jabatan ini sudah ada di daftar dengan isi berbeda."
        return _refused(sheet, number, PostField.ID, cells, "post_twice", said)
    said = "Jabatan ini sudah ada di daftar dengan isi berbeda."
    return _refused(sheet, number, PostField.NAME, cells, "post_twice", said)


def _refused(
    sheet: PostSheet, number: int, which: PostField, cells: Mapping[PostField, str], code: str, reason: str
) -> Refused:
    name = cells.get(PostField.NAME, "")
    return Refused(
        sheet.file, sheet.name, number, sheet.address(which, number), cells.get(which, ""), code, reason, name,
        cells=tuple(cells.get(key, "") for key in PostField),
    )  # fmt: skip
