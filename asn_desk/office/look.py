"""How the office's letters look: paper, margins, font, and the mark where the electronic signature goes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require, require_user
from asn_desk.accounts.terms import Action
from asn_desk.database.work import check_version
from asn_desk.errors import DeskError
from asn_desk.office.model import Office
from asn_desk.office.terms import FONTS, Paper

MARGINS = {"margin_top": (10, 40), "margin_bottom": (15, 40), "margin_left": (20, 40), "margin_right": (15, 30)}
"""The least and most of each margin in millimetres; the footer of letters signed electronically needs 15 at the bottom."""
FONT_SIZES = (0, 10, 11, 12, 13)


@dataclass(frozen=True)
class LetterLook:
    """Paper, margins (mm) and font of letters. An empty family and a size of 0 keep what the template says (points)."""

    paper: Paper = Paper.A4
    margin_top: int = 20
    margin_bottom: int = 25
    margin_left: int = 30
    margin_right: int = 20
    font_family: str = ""
    font_size: int = 0
    signature_tag: str = "#"

    @property
    def leaves_pages(self) -> bool:
        """Return whether templates keep their own pages: the look is the one the shipped templates have."""
        usual = LetterLook()
        return (self.paper, self.margins) == (usual.paper, usual.margins)

    @property
    def margins(self) -> tuple[int, int, int, int]:
        """Return the margins in millimetres: top, right, bottom, left."""
        return self.margin_top, self.margin_right, self.margin_bottom, self.margin_left


@dataclass(frozen=True)
class LookRow:
    """The look in force, and the version of the office's row it was read from."""

    look: LetterLook
    version: int


@dataclass(frozen=True)
class SaveLook:
    """The look as edited; `version` is what the form was filled from."""

    look: LetterLook
    version: int


def letter_look(session: Session) -> LetterLook:
    """Return how letters look; the usual look before the office was entered."""
    row = session.get(Office, 1)
    return LetterLook() if row is None else _look(row)


def look_row(session: Session) -> LookRow | None:
    """Return the look for its form, or None before the office was entered."""
    require_user(session)
    row = session.get(Office, 1)
    return None if row is None else LookRow(_look(row), row.version)


def save_look(session: Session, command: SaveLook) -> None:
    """Change how letters look from now on; issued letters stay as they are.

    Raises DeskError("look" | "office_missing" | "not_allowed") and StaleRecord.
    """
    require(session, Action.EDIT_OFFICE)
    row = session.get(Office, 1)
    if row is None:
        raise DeskError("office_missing", "Identitas kantor belum diisi. Isi dulu lewat langkah awal.")
    check_version(row, command.version, "Tampilan surat")
    problems = look_problems(command.look)
    if problems:
        raise DeskError("look", "Tampilan surat belum benar. Perbaiki isian yang ditandai.", fields=problems)
    for name in LetterLook.__dataclass_fields__:
        setattr(row, name, getattr(command.look, name))


def look_problems(look: LetterLook) -> dict[str, str]:
    """Return a sentence for each field that no letter could be printed with."""
    problems = {
        name: f"Isi {least} sampai {most} mm."
        for name, (least, most) in MARGINS.items()
        if not least <= getattr(look, name) <= most
    }
    if look.font_family and look.font_family not in FONTS:
        problems["font_family"] = f"Pilih salah satu: {', '.join(FONTS)}."
    if look.font_size not in FONT_SIZES:
        problems["font_size"] = "Pilih ukuran huruf 10 sampai 13."
    if len(look.signature_tag) != 1 or not look.signature_tag.isprintable() or look.signature_tag.isalnum():
        problems["signature_tag"] = "Isi satu tanda baca, misalnya #."
    return problems


def _look(row: Office) -> LetterLook:
    return LetterLook(**{name: getattr(row, name) for name in LetterLook.__dataclass_fields__})
