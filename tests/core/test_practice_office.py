"""The practice office: filled by the same services as a real one, in a folder of its own, the same every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.circulars import queries as circulars
from asn_desk.desk import Desk
from asn_desk.employees import queries as employees
from asn_desk.letters import queries as letters
from asn_desk.office import queries as office
from asn_desk.paths import DataPaths
from asn_desk.sample import practice
from asn_desk.sample.practice import open_practice


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled practice folder, closed."""
    root = tmp_path_factory.mktemp("latihan")
    open_practice(root).close()
    return root


@pytest.fixture
def office_desk(filled_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """An open copy of the practice office."""
    root = tmp_path / "latihan"
    shutil.copytree(filled_folder, root)
    desk = open_practice(root)
    yield desk
    desk.close()


def test_the_practice_office_stands_on_its_simulated_day_and_says_so(office_desk: Desk) -> None:
    assert office_desk.practice
    assert office_desk.clock.today() == date(2024, 9, 9)


def test_it_holds_people_files_letters_and_a_circular_half_acknowledged(office_desk: Desk) -> None:
    identity = office_desk.read(office.office)
    assert identity is not None
    assert identity.government == "Pemerintah Kota Contoh"
    assert office_desk.read(employees.counts).active > 1000
    assert len(office_desk.read(lambda session: candidacy.declaration_ids(session, DeclarationFilter()))) == 9
    kinds = {row.kind for row in office_desk.read(lambda s: letters.letter_rows(s, letters.letter_ids(s)))}
    assert kinds == {
        "surat_pernyataan_pengunduran_diri",
        "tanda_terima_pengunduran_diri",
        "surat_edaran_netralitas",
    }
    circular = office_desk.read(circulars.running)[0]
    assert 0 < circular.tally.signed < circular.tally.total


def test_its_data_are_whole(office_desk: Desk) -> None:
    assert office_desk.verify().findings == ()


def test_its_letters_carry_the_mark_of_practice(office_desk: Desk) -> None:
    import pypdfium2

    for letter_id in office_desk.read(letters.letter_ids):
        document = pypdfium2.PdfDocument(office_desk.read(lambda s, i=letter_id: letters.stored_pdf(s, i)))
        assert "CONTOH" in document[0].get_textpage().get_text_range()
        document.close()


def test_opening_it_again_adds_nothing(filled_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "latihan"
    shutil.copytree(filled_folder, root)
    counts = []
    for _ in range(2):
        desk = open_practice(root)
        counts.append(desk.verify().entries)
        desk.close()
    assert counts[0] == counts[1]


def test_it_is_the_same_every_time(filled_folder: Path, tmp_path: Path) -> None:
    again = open_practice(tmp_path / "kedua")
    first = open_practice(filled_folder)
    try:
        for desk_fact in (
            employees.counts,
            circulars.running,
            lambda s: [row.pdf_sha256 for row in (letters.letter_detail(s, i) for i in letters.letter_ids(s))],
        ):
            left, right = first.read(desk_fact), again.read(desk_fact)
            assert str(left).split("published_at")[0] == str(right).split("published_at")[0]
    finally:
        first.close()
        again.close()


def test_a_fill_that_fails_leaves_an_empty_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_session: object) -> int:
        raise OSError("unplugged")

    monkeypatch.setattr(practice, "publish_circular", fail)
    with pytest.raises(OSError, match="unplugged"):
        open_practice(tmp_path / "latihan")
    monkeypatch.undo()
    desk = open_practice(tmp_path / "latihan")
    assert desk.read(employees.counts).active > 1000
    desk.close()


def test_the_office_and_its_practice_never_share_a_folder(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    assert paths.practice().database != paths.database
    assert paths.practice().files != paths.files
