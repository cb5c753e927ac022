"""The office's own templates: stored with who and why, used for letters, compared, and taken back."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import docx
import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import queries, service
from asn_desk.letters.contents.kinds import KINDS, RESIGNATION
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.templates import template_store
from asn_desk.letters.templates.template_store import StoreTemplate, TextChange
from asn_desk.paths import template_file
from tests.letters.letter_office import Ids, settle
from tests.letters.word_files import word_file

DAY = date(2024, 9, 9)
DATA = {"pencalonan.kode": "WALKOT", "pencalonan.jabatan": "Wali Kota Contoh", "pencalonan.pemilihan": "Pilkada 2024"}


@pytest.fixture
def ids(desk: Desk) -> Ids:
    return desk.write(settle).value


def shipped() -> bytes:
    return template_file(KINDS[RESIGNATION].template).read_bytes()


def edited(sentence: str = "Tambahan dari kantor.") -> bytes:
    document = docx.Document(io.BytesIO(shipped()))
    document.add_paragraph(sentence)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def stored(desk: Desk, data: bytes, seen: int = 0) -> int:
    return desk.write(
        lambda session: template_store.store_version(
            session, StoreTemplate(RESIGNATION, data, " Sesuai  arahan ", seen)
        )
    ).value


def letter(desk: Desk, ids: Ids) -> tuple[str, str]:
    issued = desk.write(lambda session: service.issue(session, IssueLetter(RESIGNATION, DAY, ids.person, DATA))).value
    detail = desk.read(lambda session: queries.letter_detail(session, issued.id))
    document = docx.Document(io.BytesIO(desk.read(lambda session: queries.stored_docx(session, issued.id))))
    return detail.template_sha256, document.paragraphs[-1].text


def test_letters_use_the_offices_version_and_keep_its_hash(desk: Desk, ids: Ids) -> None:
    data = edited()
    stored(desk, data)
    assert letter(desk, ids) == (hashlib.sha256(data).hexdigest(), "Tambahan dari kantor.")


def test_the_shipped_template_can_be_restored_and_the_own_one_stays_on_record(desk: Desk, ids: Ids) -> None:
    data = edited()
    version = stored(desk, data)
    desk.write(lambda session: template_store.restore_shipped(session, RESIGNATION, "Kembali ke bawaan", version))
    sha256, last = letter(desk, ids)
    assert sha256 == hashlib.sha256(shipped()).hexdigest()
    assert last != "Tambahan dari kantor."
    rows = desk.read(lambda session: template_store.versions(session, RESIGNATION))
    assert [(row.shipped, row.active, row.note) for row in rows] == [
        (True, True, "Kembali ke bawaan"),
        (False, False, "Sesuai arahan"),
    ]
    assert desk.read(lambda session: template_store.template_bytes(session, RESIGNATION, version)) == data


def test_the_list_says_who_changed_what_and_why(desk: Desk) -> None:
    desk.actor = "Ratna Wulandari"
    stored(desk, edited())
    rows = desk.read(template_store.template_rows)
    own = next(row for row in rows if row.kind == RESIGNATION)
    assert (own.own, own.changed_by, own.note, own.versions) == (True, "Ratna Wulandari", "Sesuai arahan", 1)
    assert {row.kind for row in rows} == set(KINDS)
    assert all(not row.own for row in rows if row.kind != RESIGNATION)


def test_a_template_with_errors_is_not_stored(desk: Desk) -> None:
    with pytest.raises(DeskError, match="Mungkin maksudnya pegawai") as caught:
        stored(desk, word_file("{{ pegawai.nmaa }}"))
    assert caught.value.code == "template_errors"
    assert desk.read(lambda session: template_store.versions(session, RESIGNATION)) == []


def test_a_template_with_errors_makes_no_letter(
    desk: Desk, ids: Ids, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / KINDS[RESIGNATION].template).write_bytes(word_file("{{ pegawai.nmaa }}"))
    monkeypatch.setattr(template_store, "template_file", lambda name: tmp_path / name)
    with pytest.raises(DeskError, match="Mungkin maksudnya pegawai") as caught:
        letter(desk, ids)
    assert caught.value.code == "template_errors"


def test_the_same_file_again_is_no_new_version(desk: Desk) -> None:
    with pytest.raises(DeskError) as caught:
        stored(desk, shipped())
    assert caught.value.code == "template_same"


def test_restoring_what_is_in_force_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="memang sedang dipakai"):
        desk.write(lambda session: template_store.restore_shipped(session, RESIGNATION, "alasan"))


def test_a_change_without_a_reason_is_refused_at_its_field(desk: Desk) -> None:
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: template_store.store_version(session, StoreTemplate(RESIGNATION, edited(), " ")))
    assert set(caught.value.fields) == {"note"}


def test_two_clerks_do_not_overwrite_each_other(desk: Desk) -> None:
    version = stored(desk, edited())
    with pytest.raises(StaleRecord):
        stored(desk, edited("Yang lain."), seen=0)
    stored(desk, edited("Yang lain."), seen=version)


def test_differences_are_shown_by_paragraph() -> None:
    older, newer = word_file("Satu", "Dua lama", "Tiga"), word_file("Satu", "Dua baru", "Tiga", "Empat")
    assert template_store.differences(older, newer) == [
        TextChange("dihapus", "Dua lama"),
        TextChange("ditambah", "Dua baru"),
        TextChange("ditambah", "Empat"),
    ]
    assert template_store.differences(older, older) == []


def test_a_working_copy_never_overwrites_what_was_edited(desk: Desk, tmp_path: Path) -> None:
    def copy() -> Path:
        return desk.read(lambda session: template_store.save_working_copy(session, RESIGNATION, tmp_path / "kerja"))

    first = copy()
    assert first.read_bytes() == shipped()
    assert copy() == first
    first.write_bytes(b"disunting")
    assert copy().name == f"{first.stem} (2).docx"
    assert first.read_bytes() == b"disunting"


def test_versions_of_other_kinds_are_not_given_out(desk: Desk) -> None:
    version = stored(desk, edited())
    other = next(code for code in KINDS if code != RESIGNATION)
    with pytest.raises(DeskError, match="tidak ada"):
        desk.read(lambda session: template_store.template_bytes(session, other, version))
