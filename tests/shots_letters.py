"""Pictures of drafts (the list, one opened again) and of single units chosen for a circular."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractItemView, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.rules import Audience
from asn_desk.employees.queries import search
from asn_desk.letters import drafts
from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from asn_desk.letters.service import IssueLetter
from ui.circulars.publish import PublishDialog
from ui.letters.create import LetterDialog
from ui.letters.drafts import DraftsDialog

_DATA = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
    "diterima.tanggal_surat": "2024-09-06",
}


def letters_pictures(
    window: Any, out: Path, name: str, settle: Callable[[], None], picture: Callable[[QWidget, Path], Path]
) -> Iterator[Path]:
    """Keep a draft and open it again; choose a unit of an OPD and another OPD as a whole."""
    window.open_page("letters")
    page = window.current_page()
    desk = page.bridge.desk
    person = desk.read(lambda session: search(session, "siti", limit=1))[0].id
    command = IssueLetter(RESIGNATION_RECEIPT, date(2024, 9, 9), person, _DATA)
    desk.write(lambda session: drafts.save_draft(session, command))
    page.reload()
    settle()
    page.issued.drafts_button.click()
    settle()
    listed = page.findChild(DraftsDialog)
    yield picture(listed, out / f"letters_drafts-{name}.png")
    listed.edit(desk.read(drafts.draft_rows)[0])
    settle()
    wizard = next(one for one in page.findChildren(LetterDialog) if one.isVisible())
    yield picture(wizard, out / f"letters_draft_opened-{name}.png")
    wizard.next()
    settle()
    yield picture(wizard, out / f"letters_draft_fields-{name}.png")
    wizard.reject()
    yield from _units(desk, window, out / f"circulars_units-{name}.png", settle, picture)


def _units(
    desk: Any, window: Any, target: Path, settle: Callable[[], None], picture: Callable[[QWidget, Path], Path]
) -> Iterator[Path]:
    units = desk.read(lambda session: queries.audience_units(session, Audience()))
    below = next(unit for unit in units if unit.id != unit.opd_id and unit.people)
    whole = next(unit for unit in units if unit.id == unit.opd_id != below.opd_id and unit.people)
    window.open_page("circulars")
    page = window.current_page()
    page.publish_button.click()
    settle()
    dialog = next(one for one in page.findChildren(PublishDialog) if one.isVisible())
    dialog.next()
    dialog.next()
    settle()
    dialog.audience.some.setChecked(True)
    for unit in (below, whole):
        dialog.audience.units.tick(unit.id, on=True)
    for item in dialog.audience.units._opds():
        item.setExpanded(item.text(0).startswith(next(one.name for one in units if one.id == below.opd_id)))
        if item.isExpanded():
            dialog.audience.units.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtTop)
    settle()
    yield picture(dialog, target)
    dialog.reject()
