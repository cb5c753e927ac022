"""Running a batch to its end: chunk by chunk, each with its copies, then print file and control list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from asn_desk.database.units import Units
from asn_desk.letters.bulk import batch_files, batches
from asn_desk.letters.bulk.batch_files import Outputs
from asn_desk.letters.bulk.batches import CHUNK, BatchRow
from asn_desk.letters.bulk.workshop import Maker, workshop_for
from asn_desk.letters.terms import BatchState

Report = Callable[[BatchRow], None]


@dataclass(frozen=True)
class Ran:
    """Where a run ended; `outputs` is None when the batch was paused or cancelled meanwhile."""

    batch: BatchRow
    outputs: Outputs | None


def run(
    units: Units, batch_id: int, report: Report | None = None, *, chunk: int = CHUNK, helpers: int | None = None
) -> Ran:
    """Issue what is left of a running batch, write the copies of each chunk once it is stored, and complete the folder.

    May be killed at any moment and run again. `report(row)` hears of every chunk and may raise to stop between chunks. `helpers`
    is the number of helping processes: None one for each core unless the letters are few, 0 none.
    Raises DeskError("batch_missing" | "not_allowed"), EnvironmentProblem.
    """
    row = units.read(lambda session: batches.batch_row(session, batch_id))
    maker = workshop_for(max(row.waiting, row.issued), helpers)
    try:
        while row.state == BatchState.RUNNING and row.waiting:
            row = _one_chunk(units, row, chunk, maker)
            if report is not None:
                report(row)
        if row.state not in (BatchState.RUNNING, BatchState.DONE):
            return Ran(row, None)
        outputs = units.read(lambda session: batch_files.write_outputs(session, batch_id, maker=maker))
    finally:
        maker.close()
    return Ran(units.write(lambda session: batches.finish(session, batch_id)).value, outputs)


def _one_chunk(units: Units, row: BatchRow, chunk: int, maker: Maker) -> BatchRow:
    reached = row.issued + row.refused
    now = units.write(lambda session: batches.run_chunk(session, row.id, chunk, maker)).value
    units.read(lambda session: batch_files.write_letters(session, row.id, after=reached, limit=chunk))
    return now
