"""The office: its identity, its letterhead pictures and the officials who sign."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from asn_desk.accounts.queries import users
from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office import queries
from asn_desk.office.pictures import KEPT_SIDE, MAX_BYTES, clean_picture
from asn_desk.office.service import (
    SetUpOffice,
    UpdateOffice,
    remove_official,
    save_official,
    set_up_office,
    update_office,
)
from asn_desk.office.terms import Capacity, OfficialRole, RegionKind
from asn_desk.topics import Topic
from tests.letters.letter_facts import picture
from tests.letters.letter_office import AGENCY_HEAD, IDENTITY, MAYOR, settle


def set_up(desk: Desk) -> None:
    desk.write(lambda session: set_up_office(session, SetUpOffice(IDENTITY, " Ratna   Wulandari ", picture(300, 360))))


def test_no_office_before_the_first_start(desk: Desk) -> None:
    assert desk.read(queries.office) is None
    with pytest.raises(DeskError, match="Identitas kantor belum diisi"):
        desk.read(queries.office_required)


def test_set_up_keeps_identity_logo_and_first_operator(desk: Desk) -> None:
    set_up(desk)
    office = desk.read(queries.office_required)
    assert (office.region, office.head, office.secretary) == (
        "Kota Contoh",
        "Wali Kota Contoh",
        "Sekretaris Daerah Kota Contoh",
    )
    assert [user.name for user in desk.read(users)] == ["Ratna Wulandari"]
    logo = desk.read(queries.logo)
    assert logo is not None
    assert logo.startswith(b"\x89PNG")
    assert desk.read(queries.emblem) is None


def test_set_up_tells_who_listens(desk: Desk) -> None:
    outcome = desk.write(lambda session: set_up_office(session, SetUpOffice(IDENTITY, "Ratna")))
    assert {Topic.OFFICE, Topic.USERS} <= outcome.topics


def test_an_office_is_set_up_once(desk: Desk) -> None:
    set_up(desk)
    with pytest.raises(DeskError) as caught:
        set_up(desk)
    assert caught.value.code == "office_exists"


@pytest.mark.parametrize(
    ("kind", "head"), [(RegionKind.KABUPATEN, "Bupati Contoh"), (RegionKind.PROVINSI, "Gubernur Contoh")]
)
def test_the_heads_title_follows_the_kind_of_region(desk: Desk, kind: RegionKind, head: str) -> None:
    desk.write(lambda session: set_up_office(session, SetUpOffice(replace(IDENTITY, region_kind=kind), "Ratna")))
    assert desk.read(queries.office_required).head == head


@pytest.mark.parametrize("field", ["government", "region_name", "agency", "agency_short", "address", "place"])
def test_missing_fields_are_named(desk: Desk, field: str) -> None:
    command = SetUpOffice(replace(IDENTITY, **{field: "  "}), "Ratna")
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: set_up_office(session, command))
    assert set(caught.value.fields) == {field}
    assert desk.read(queries.office) is None


def test_too_long_fields_are_named(desk: Desk) -> None:
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: set_up_office(session, SetUpOffice(replace(IDENTITY, agency="x" * 241), "Ratna")))
    assert caught.value.fields == {"agency": "Paling panjang 240 huruf; kini 241."}


def test_update_keeps_the_logo_unless_a_new_one_is_given_or_it_is_dropped(desk: Desk) -> None:
    set_up(desk)
    before = desk.read(queries.office_required)
    desk.write(lambda session: update_office(session, UpdateOffice(replace(IDENTITY, place="Samboja"), before.version)))
    after = desk.read(queries.office_required)
    assert (after.place, after.logo_sha256) == ("Samboja", before.logo_sha256)
    desk.write(lambda session: update_office(session, UpdateOffice(IDENTITY, after.version, drop_logo=True)))
    assert desk.read(queries.logo) is None


def test_a_stale_form_changes_nothing(desk: Desk) -> None:
    set_up(desk)
    with pytest.raises(StaleRecord):
        desk.write(lambda session: update_office(session, UpdateOffice(replace(IDENTITY, place="X"), 7)))
    assert desk.read(queries.office_required).place == "Contoh"


def test_pictures_become_small_png_without_camera_data() -> None:
    clean = clean_picture(picture(2000, 1000, "JPEG"), "logo", "Logo")
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.format, image.size) == ("PNG", (KEPT_SIDE, KEPT_SIDE // 2))


def bomb() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    return buffer.getvalue()


def gif() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (100, 100)).save(buffer, "GIF")
    return buffer.getvalue()


REFUSED = {
    "not a picture": (lambda: b"halo", "PNG atau JPEG"),
    "random bytes": (lambda: os.urandom(2000), "PNG atau JPEG"),
    "gif": (gif, "PNG atau JPEG"),
    "cut off": (lambda: picture(300, 300)[:400], "rusak"),
    "too many pixels": (bomb, "terlalu besar|rusak"),
    "too many bytes": (lambda: b"x" * (MAX_BYTES + 1), "8 MB"),
    "too small": (lambda: picture(32, 32), "terlalu kecil"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_pictures_are_refused_beside_their_field(case: str) -> None:
    make, words = REFUSED[case]
    with pytest.raises(DeskError, match=words) as caught:
        clean_picture(make(), "logo", "Logo daerah")
    assert set(caught.value.fields) == {"logo"}


def test_officials_are_listed_head_first_and_keep_titles_apart(desk: Desk) -> None:
    desk.write(settle)
    rows = desk.read(queries.officials)
    assert [row.role for row in rows] == [OfficialRole.KEPALA_DAERAH, OfficialRole.KEPALA_PERANGKAT_DAERAH]
    assert (rows[1].name, rows[1].full_name, rows[1].nip) == (
        "Dewi Anggraini",
        "Dra. Dewi Anggraini, M.Si.",
        "197001011995032001",
    )


def test_the_acting_official_of_the_day_signs(desk: Desk) -> None:
    ids = desk.write(settle).value
    acting = replace(
        AGENCY_HEAD,
        name="Rudi Hartono",
        capacity=Capacity.PLH,
        signs_from=date(2024, 9, 1),
        signs_until=date(2024, 9, 14),
    )
    acting_id = desk.write(lambda session: save_official(session, acting)).value
    role = OfficialRole.KEPALA_PERANGKAT_DAERAH
    for day, expected in (
        (date(2024, 8, 31), ids.agency_head),
        (date(2024, 9, 14), acting_id),
        (date(2024, 9, 15), ids.agency_head),
    ):
        found = desk.read(lambda session, day=day: queries.official_on(session, role, day))
        assert found is not None
        assert found.id == expected
    assert len(desk.read(lambda session: queries.officials_on(session, date(2024, 9, 10)))) == 3


WRONG = (
    ({"post": " "}, "post"),
    ({"name": ""}, "name"),
    ({"nip": "123"}, "nip"),
    ({"signs_from": date(2024, 2, 1), "signs_until": date(2024, 1, 1)}, "signs_until"),
    ({"title_back": "x" * 121}, "title_back"),
)


@pytest.mark.parametrize(("values", "field"), WRONG)
def test_wrong_officials_are_refused(desk: Desk, values: dict[str, object], field: str) -> None:
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: save_official(session, replace(MAYOR, **values)))
    assert set(caught.value.fields) == {field}


def test_an_official_is_changed_and_removed(desk: Desk) -> None:
    ids = desk.write(settle).value
    desk.write(lambda session: save_official(session, replace(MAYOR, id=ids.mayor, version=1, name="Baru Sekali")))
    assert desk.read(lambda session: queries.official(session, ids.mayor)).name == "Baru Sekali"
    with pytest.raises(StaleRecord):
        desk.write(lambda session: save_official(session, replace(MAYOR, id=ids.mayor, version=1)))
    desk.write(lambda session: remove_official(session, ids.mayor, 2))
    with pytest.raises(DeskError, match="tidak ada lagi"):
        desk.read(lambda session: queries.official(session, ids.mayor))
