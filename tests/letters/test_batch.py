"""Letters for many people: one list, chunks that are whole or absent, everybody exactly once, and a complete folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters.bulk import batch_check, batch_files, batches
from asn_desk.letters.bulk.batch_cover import cover_docx
from asn_desk.letters.bulk.batch_people import People, people_of
from asn_desk.letters.bulk.batch_run import Ran, run
from asn_desk.letters.bulk.batches import BatchRow, StartBatch
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR
from asn_desk.letters.model import BatchItem
from asn_desk.letters.queries import letter_ids, register_rows
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import BatchState, ItemState
from tests.factories import add_employee, add_unit
from tests.letters.batch_office import COMMAND, DAY, RECEIPT, fill_office


@pytest.fixture
def people(practice_desk: Desk) -> list[int]:
    """Seven people in three units."""
    return practice_desk.write(lambda session: fill_office(session, 7)).value


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder of the batch, not there yet."""
    return tmp_path / "hasil"


def begin(desk: Desk, people: list[int], out: Path, command: IssueLetter = COMMAND, **values: object) -> int:
    wanted = replace(StartBatch(command, tuple(people), out), **values)  # type: ignore[arg-type]
    return desk.write(lambda session: batches.start(session, wanted)).value


def pdf_names(out: Path) -> set[str]:
    return {file.name for file in (out / "surat").iterdir()}


def listed(out: Path) -> list[tuple[str, ...]]:
    sheet = openpyxl.load_workbook(out / batch_files.LIST_FILE).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=5, values_only=True))  # type: ignore[arg-type]


def test_everybody_gets_one_letter_in_the_order_of_the_units(practice_desk: Desk, people: list[int], out: Path) -> None:
    ran = run(practice_desk, begin(practice_desk, people, out), chunk=3)
    assert (ran.batch.state, ran.batch.issued, ran.batch.waiting) == (BatchState.DONE, 7, 0)
    rows = listed(out)
    assert [row[1] for row in rows] == [f"800.1.6/{place}/BKPSDM/2024" for place in range(1, 8)]
    assert [row[5] for row in rows] == ["Badan Keuangan"] * 2 + ["Dinas Pendidikan"] * 3 + [
        "Kecamatan Contoh Utara"
    ] * 2
    assert {row[9] for row in rows} == pdf_names(out)
    assert len({row[2] for row in rows}) == 7


def test_the_print_file_has_a_cover_per_unit_and_the_list_names_each_page(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    ran = run(practice_desk, begin(practice_desk, people, out))
    assert ran.outputs is not None
    with pypdfium2.PdfDocument(ran.outputs.print_file) as document:
        titles = [mark.get_title() for mark in document.get_toc()]
        texts = [document[place].get_textpage().get_text_bounded() for place in range(len(document))]
    assert titles == ["Badan Keuangan", "Dinas Pendidikan", "Kecamatan Contoh Utara"]
    assert len(texts) == ran.outputs.pages
    assert "Badan Keuangan\r\nTanda Terima" in texts[0]
    for row in listed(out):
        assert row[1] in texts[int(row[8]) - 1]


def test_a_run_that_stopped_goes_on_without_repeating_or_skipping(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    batch_id = begin(practice_desk, people, out)

    def stop(row: BatchRow) -> None:
        if row.issued >= 4:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        run(practice_desk, batch_id, stop, chunk=2)
    assert practice_desk.read(lambda session: batches.batch_row(session, batch_id)).issued == 4
    run(practice_desk, batch_id, chunk=2)
    assert len(practice_desk.read(letter_ids)) == 7
    assert [row.sequence for row in practice_desk.read(lambda session: register_rows(session, 2024))] == list(
        range(1, 8)
    )


def test_copies_that_were_lost_or_damaged_are_written_again_and_nothing_is_issued(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    batch_id = begin(practice_desk, people, out, with_docx=True)
    run(practice_desk, batch_id)
    first, second, *_ = sorted((out / "surat").glob("*.pdf"))
    first.unlink()
    second.write_bytes(b"%PDF")
    (out / "surat" / ".tulis-abc").write_bytes(b"half")
    again = run(practice_desk, batch_id)
    assert again.outputs is not None
    assert again.outputs.written == 2
    assert len(pdf_names(out)) == 14
    assert len(practice_desk.read(letter_ids)) == 7


def test_a_paused_batch_rests_and_a_cancelled_one_is_over(practice_desk: Desk, people: list[int], out: Path) -> None:
    batch_id = begin(practice_desk, people, out)

    def ran() -> Ran:
        return run(practice_desk, batch_id, chunk=2)

    practice_desk.write(lambda session: batches.pause(session, batch_id))
    assert (ran().batch.issued, ran().outputs) == (0, None)
    practice_desk.write(lambda session: batches.resume(session, batch_id))
    practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 2))
    assert practice_desk.write(lambda session: batches.cancel(session, batch_id)).value.issued == 2
    assert ran().batch.state is BatchState.CANCELLED
    with pytest.raises(DeskError, match="sudah dihentikan"):
        practice_desk.write(lambda session: batches.resume(session, batch_id))
    assert len(practice_desk.read(letter_ids)) == 2


def test_two_runners_of_one_batch_never_give_a_person_two_letters(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    batch_id = begin(practice_desk, people, out)
    for _ in range(6):
        practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 2))
    assert len(practice_desk.read(letter_ids)) == 7


def test_a_person_whose_letter_is_refused_is_listed_and_tried_again_on_resuming(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    batch_id = begin(practice_desk, people, out)
    long_name = "Nama " * 60

    def rename(session: Session, name: str) -> None:
        session.get_one(Employee, people[0]).name = name

    def lose(session: Session) -> None:
        for item in session.query(BatchItem).filter_by(batch_id=batch_id, employee_id=people[0]):
            item.state, item.problem = ItemState.REFUSED, "Jabatan belum diisi."
        session.get_one(batches.Batch, batch_id).refused = 1

    practice_desk.write(lose)
    ran = run(practice_desk, batch_id)
    assert (ran.batch.issued, ran.batch.refused) == (6, 1)
    assert [(row[7], row[10]) for row in listed(out) if row[7] != "Terbit"] == [("Ditolak", "Jabatan belum diisi.")]
    practice_desk.write(lambda session: rename(session, long_name))
    practice_desk.write(lambda session: batches.resume(session, batch_id))
    assert run(practice_desk, batch_id).batch.issued == 7
    assert len(pdf_names(out)) == 7


def test_people_of_the_same_name_get_files_of_different_names(
    practice_desk: Desk, people: list[int], out: Path
) -> None:
    def twin(session: Session) -> int:
        unit = add_unit(session, "Dinas Kembar")
        return add_employee(session, nip="198501012006012001", name="PEGAWAI CONTOH 000", unit=unit).id

    twin_id = practice_desk.write(twin).value
    run(practice_desk, begin(practice_desk, [people[0], twin_id], out, pattern="{nama}"))
    assert len(pdf_names(out)) == 2


START_PROBLEMS = (
    ({"command": IssueLetter(NEUTRALITY_CIRCULAR, DAY)}, "batch_kind"),
    ({"command": replace(COMMAND, data={})}, "letter_data"),
    ({"employee_ids": ()}, "batch_people"),
    ({"pattern": "{gaji}"}, "file_pattern"),
)


@pytest.mark.parametrize(("values", "code"), START_PROBLEMS)
def test_what_cannot_become_a_batch_is_refused_at_the_start(
    practice_desk: Desk, people: list[int], out: Path, values: dict[str, object], code: str
) -> None:
    with pytest.raises(DeskError) as caught:
        begin(practice_desk, people, out, **values)
    assert caught.value.code == code
    assert practice_desk.read(batches.batch_rows) == []


def test_a_folder_belongs_to_one_batch(practice_desk: Desk, people: list[int], out: Path) -> None:
    first = begin(practice_desk, people, out)
    with pytest.raises(DeskError, match="sudah dipakai cetak massal lain"):
        begin(practice_desk, people, out / ".." / out.name)
    found = practice_desk.read(lambda session: batches.batch_in(session, out))
    assert found is not None
    assert found.id == first
    for data, same in ((RECEIPT, True), ({**RECEIPT, "diterima.rangkap": "3 (tiga)"}, False)):
        other = replace(COMMAND, data=data)
        assert practice_desk.read(lambda session, wanted=other: batches.same_letter(session, first, wanted)) is same


def test_the_awkward_three_are_the_longest_name_one_without_title_and_the_longest_unit(
    practice_desk: Desk, people: list[int]
) -> None:
    def more(session: Session) -> list[int]:
        long_unit = add_unit(session, "Unit Pelaksana Teknis Daerah " + "Pengelolaan Prasarana " * 4)
        return [
            add_employee(
                session, nip="198501012006012001", name="Raden Ayu Sekar Kinasih Wulandari Purnama", title_back="S.Sos."
            ).id,
            add_employee(session, nip="198501012006012002", name="Budi", title_back="S.E.", unit=long_unit).id,
        ]

    longest, unit = practice_desk.write(more).value
    found = practice_desk.read(lambda session: batch_check.awkward(session, [*people, longest, unit]))
    assert [(one.why, one.employee_id) for one in found] == [
        ("nama terpanjang", longest),
        ("tanpa gelar", people[0]),
        ("nama unit terpanjang", unit),
    ]


def test_the_trials_are_drafts_and_take_nothing(practice_desk: Desk, people: list[int]) -> None:
    made = practice_desk.read(lambda session: batch_check.trials(session, COMMAND, people))
    assert len(made) == 3
    assert all(trial.letter is not None and trial.letter.number == "800.1.6/1/BKPSDM/2024" for trial in made)
    assert practice_desk.read(letter_ids) == []
    data_need, folder_need = batch_check.space_needed(made, 100, with_docx=False)
    assert data_need > 100 * 1000
    assert folder_need > 100 * 1000


def test_a_common_mistake_is_said_before_anything_begins(practice_desk: Desk, people: list[int]) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.read(lambda session: batch_check.trials(session, replace(COMMAND, series="tidak-ada"), people))
    assert caught.value.code == "series_missing"


def test_too_little_room_on_the_disk_is_said_with_figures(practice_desk: Desk, people: list[int], out: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="tidak cukup untuk cetak massal ini: perlu sekitar"):
        practice_desk.read(lambda session: batch_check.check_space(session, out, (1 << 60, 1 << 60)))
    practice_desk.read(lambda session: batch_check.check_space(session, out, (1, 1)))
    assert people


def test_a_cover_keeps_any_character() -> None:
    assert cover_docx(["Umum & Keuangan <baru>\x07"]) == cover_docx(["Umum & Keuangan <baru>"])


def test_unknown_numbers_in_a_list_are_named(practice_desk: Desk, people: list[int]) -> None:
    numbers = ["198501012006011000", " ", "1", "2", "3", "4"]
    with pytest.raises(DeskError, match="NIP 1, 2, 3 dan 1 lagi"):
        practice_desk.read(lambda session: people_of(session, People(numbers=tuple(numbers))))
    assert practice_desk.read(lambda session: people_of(session, People(numbers=tuple(numbers[:2])))) == people[:1]
