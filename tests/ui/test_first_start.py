"""The first start: what is missing is marked, pictures are refused beside their field, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from asn_desk.accounts import queries as accounts
from asn_desk.desk import Desk
from asn_desk.letters import queries as letters
from asn_desk.office import queries as office
from asn_desk.office.terms import RegionKind
from tests.letters.letter_facts import picture
from tests.ui.conftest import DAY, Recorder, make_context, texts_of
from ui.settings.first_start import FirstStartPage
from ui.shared.bridge import Bridge
from ui.shared.theme.theme import Theme

TYPED: dict[str, Any] = {
    "operator": "Ratna Wulandari",
    "region_kind": RegionKind.KOTA,
    "region_name": "Contoh",
    "government": "Pemerintah Kota Contoh",
    "agency": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "agency_short": "BKPSDM",
    "place": "Contoh",
    "address": "Jalan Merdeka Nomor 1",
}


@pytest.fixture
def page(desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot) -> FirstStartPage:
    made = FirstStartPage(make_context(Bridge(desk, inline=True), theme, recorder, tmp_path))
    qtbot.addWidget(made)
    made.resize(1158, 740)
    made.reload()
    made.show()
    return made


def fill(page: FirstStartPage, **values: Any) -> None:
    for key, value in {**TYPED, **values}.items():
        page.form.put(key, value)


def error_at(page: FirstStartPage, key: str) -> str:
    return str(page.form._boxes[key]._error.text())  # what the clerk reads there


def text_file(folder: Path) -> Path:
    path = folder / "logo.png"
    path.write_text("bukan gambar")
    return path


def huge_file(folder: Path) -> Path:
    path = folder / "logo.png"
    with path.open("wb") as file:
        file.truncate(21_000_000)
    return path


def heavy_file(folder: Path) -> Path:
    path = folder / "logo.png"
    path.write_bytes(b"\0" * 9_000_000)
    return path


def tiny_picture(folder: Path) -> Path:
    path = folder / "logo.png"
    Image.new("RGB", (16, 16)).save(path)
    return path


def missing_file(folder: Path) -> Path:
    return folder / "tidak-ada.png"


def test_the_office_its_operator_and_its_number_series_are_entered(
    page: FirstStartPage, desk: Desk, recorder: Recorder
) -> None:
    fill(page)
    page.save_button.click()
    assert desk.read(office.office_required).government == "Pemerintah Kota Contoh"
    assert [user.name for user in desk.read(accounts.users)] == ["Ratna Wulandari"]
    assert desk.read(lambda session: letters.series_rows(session, DAY))
    assert recorder.calls == ["work_as Ratna Wulandari"]


def test_a_good_logo_is_kept(page: FirstStartPage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(picture(300, 360))
    fill(page, logo=path)
    page.save_button.click()
    assert desk.read(office.logo) is not None


def test_missing_fields_are_marked_and_nothing_is_stored(page: FirstStartPage, desk: Desk) -> None:
    page.form.put("government", "Pemerintah Kota Contoh")
    page.save_button.click()
    for key in TYPED:
        assert error_at(page, key) == ("" if key == "government" else "Wajib diisi.")
    assert desk.read(office.office) is None
    assert page.form.values()["government"] == "Pemerintah Kota Contoh"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (text_file, "Logo daerah harus berupa gambar PNG atau JPEG."),
        (huge_file, "Gambar ini terlalu besar."),
        (heavy_file, "Logo daerah berukuran lebih dari 8 MB."),
        (tiny_picture, "Logo daerah terlalu kecil"),
        (missing_file, "Berkas tidak-ada.png tidak dapat dibaca."),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused_beside_its_field(
    page: FirstStartPage, desk: Desk, tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    fill(page, logo=make(tmp_path))
    page.save_button.click()
    assert error_at(page, "logo").startswith(sentence)
    assert desk.read(office.office) is None
    assert {key: page.form.values()[key] for key in TYPED} == TYPED
    assert page.save_button.isEnabled()


def test_after_the_picture_is_taken_away_it_can_be_saved(page: FirstStartPage, desk: Desk, tmp_path: Path) -> None:
    fill(page, logo=text_file(tmp_path))
    page.save_button.click()
    page.form.put("logo", None)
    page.save_button.click()
    assert desk.read(office.office_required).logo_sha256 is None


def test_a_text_that_is_too_long_is_refused_beside_its_field(page: FirstStartPage, desk: Desk) -> None:
    fill(page, postal_code="9" * 400)
    page.save_button.click()
    assert error_at(page, "postal_code").startswith("Paling panjang")
    assert desk.read(office.office) is None


def test_the_three_steps_and_the_practice_office_are_offered(page: FirstStartPage, recorder: Recorder) -> None:
    texts = texts_of(page)
    assert {"1  Isi identitas kantor", "2  Impor pegawai", "3  Tambah pejabat penanda tangan"} <= set(texts)
    next(one for one in page.findChildren(type(page.save_button)) if "kantor contoh" in one.text()).click()
    assert recorder.calls == ["enter_practice"]


def test_an_office_that_is_known_leads_to_the_home_page(page: FirstStartPage, recorder: Recorder) -> None:
    fill(page)
    page.save_button.click()
    page.reload()
    assert recorder.navigated == [("home", None)]
