"""Helping processes of a batch: the same letters as without them, a refusal that gives its number back, and one that dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.errors import EnvironmentProblem
from asn_desk.letters.bulk import batch_files, batches
from asn_desk.letters.bulk.batches import StartBatch
from asn_desk.letters.bulk.workshop import ALONE_UP_TO, Alone, Workshop, workshop_for
from asn_desk.letters.papers import PaperOrder
from asn_desk.letters.queries import letter_ids, register_rows
from asn_desk.letters.service import prepare
from asn_desk.letters.terms import BatchState
from tests.letters.batch_office import COMMAND, fill_office

pytestmark = pytest.mark.fresh_process


@pytest.fixture
def people(practice_desk: Desk) -> list[int]:
    """Seven people in three units."""
    return practice_desk.write(lambda session: fill_office(session, 7)).value


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    """Two helping processes."""
    made = Workshop(2)
    yield made
    made.close()


def orders(desk: Desk, people: list[int]) -> list[PaperOrder]:
    def gathered(session: Session) -> list[PaperOrder]:
        return [prepare(session, replace(COMMAND, employee_id=person)).order for person in people]

    return desk.write(gathered).value


def begin(desk: Desk, people: list[int], out: Path) -> int:
    return desk.write(lambda session: batches.start(session, StartBatch(COMMAND, tuple(people), out))).value


def sequences(desk: Desk) -> list[int | None]:
    return [row.sequence for row in desk.read(lambda session: register_rows(session, 2024))]


def test_helpers_make_the_same_letters_as_this_process(
    practice_desk: Desk, people: list[int], workshop: Workshop
) -> None:
    wanted = orders(practice_desk, people)
    assert list(workshop.make(wanted)) == list(Alone().make(wanted))


def test_a_letter_that_cannot_be_made_gives_its_number_back_and_the_others_go_on(
    practice_desk: Desk, people: list[int], workshop: Workshop, tmp_path: Path
) -> None:
    class Spoiling:
        """Lets the files of one person fail, whatever number the letter has."""

        def make(self, orders: Iterable[PaperOrder]) -> Iterator[object]:

            return workshop.make(
                replace(order, data={}) if order.data["pegawai"]["nama"] == "Pegawai Contoh 003" else order
                for order in orders
            )

    batch_id = begin(practice_desk, people, tmp_path / "hasil")
    row = practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 7, Spoiling())).value  # type: ignore[arg-type]
    assert (row.issued, row.refused) == (6, 1)
    assert sequences(practice_desk) == [1, 2, 3, 4, 5, 6]
    (refused,) = [item for item in practice_desk.read(lambda s: batch_files.items(s, batch_id)) if item.problem]
    assert refused.name == "Pegawai Contoh 003"
    assert practice_desk.verify().findings == ()


def test_a_helper_that_dies_costs_no_letter_and_no_number(
    practice_desk: Desk, people: list[int], workshop: Workshop, tmp_path: Path
) -> None:
    batch_id = begin(practice_desk, people, tmp_path / "hasil")
    practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 2, workshop))
    for helper in workshop._idle:
        os.kill(helper._process.pid or 0, signal.SIGKILL)
        helper._process.join()
    with pytest.raises(EnvironmentProblem, match="lanjutkan cetak massal ini"):
        practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 3, workshop))
    assert sequences(practice_desk) == [1, 2]
    row = practice_desk.write(lambda session: batches.run_chunk(session, batch_id, 20, workshop)).value
    assert (row.state, row.waiting) == (BatchState.RUNNING, 0)
    assert sequences(practice_desk) == list(range(1, 8))
    assert len(practice_desk.read(letter_ids)) == 7


def test_the_print_file_of_a_helper_is_the_same_and_stopping_it_leaves_nothing(
    practice_desk: Desk, people: list[int], workshop: Workshop, tmp_path: Path
) -> None:
    out = tmp_path / "hasil"
    batch_id = begin(practice_desk, people, out)
    practice_desk.write(lambda session: batches.run_chunk(session, batch_id))

    def stop(_done: int, _total: int) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        practice_desk.read(lambda session: batch_files.write_outputs(session, batch_id, stop, workshop))
    assert [file.name for file in out.iterdir()] == ["surat"]
    made = set[bytes]()
    for maker in (workshop, Alone()):
        practice_desk.read(lambda session, maker=maker: batch_files.write_outputs(session, batch_id, maker=maker))
        made.add((out / batch_files.PRINT_FILE).read_bytes())
    assert len(made) == 1


def test_few_letters_are_made_without_helpers() -> None:
    for letters, helpers, alone in ((ALONE_UP_TO, None, True), (ALONE_UP_TO + 1, None, False), (999, 0, True)):
        maker = workshop_for(letters, helpers)
        assert isinstance(maker, Alone) is alone
        maker.close()
