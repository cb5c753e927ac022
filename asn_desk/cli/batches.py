"""The verb `batch`: letters for many people into a folder; called again with the same folder it goes on where it stood."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.wording import number

EVERYBODY = "semua"
LARGEST_LIST = 4 * 1024 * 1024


def batch(arguments: argparse.Namespace) -> Answer:
    """Issue a letter of one kind to every person chosen; exit code 1 when some were refused."""
    from asn_desk.letters.bulk import batch_run, batches

    with office_desk(arguments) as desk:
        if arguments.preview is not None:
            return _previewed(desk, arguments)
        batch_id = _known(desk, arguments)
        if batch_id is None:
            batch_id = _begin(desk, arguments)
        started: int = batch_id
        desk.write(lambda session: batches.resume(session, started))
        ran = batch_run.run(
            desk, started, lambda row: _say(arguments, row), chunk=arguments.chunk, helpers=arguments.helpers
        )
        refused = desk.read(lambda session: _refused(session, started))
    return _answer(ran, refused)


def _known(desk: Desk, arguments: argparse.Namespace) -> int | None:
    from asn_desk.letters.bulk import batches

    found = desk.read(lambda session: batches.batch_in(session, arguments.out))
    if found is None:
        return None
    command = desk.read(lambda session: _command(session, arguments))
    other_day = arguments.date is not None and arguments.date != found.dated
    if other_day or not desk.read(lambda session: batches.same_letter(session, found.id, command)):
        raise DeskError(
            "batch_other",
            f"Folder {arguments.out} berisi cetak massal {found.kind_title} dengan isian lain. Pilih folder lain, "
            "atau ulangi perintah semula untuk melanjutkannya.",
        )
    return found.id


def _begin(desk: Desk, arguments: argparse.Namespace) -> int:
    from asn_desk.letters.bulk import batch_check, batches

    _refuse_foreign_files(arguments.out)
    people: list[int] = desk.read(lambda session: _people(session, arguments))
    command = desk.read(lambda session: _command(session, arguments))
    made = desk.read(lambda session: batch_check.trials(session, command, people))
    needed = batch_check.space_needed(made, len(people), with_docx=arguments.docx)
    desk.read(lambda session: batch_check.check_space(session, arguments.out, needed))
    wanted = batches.StartBatch(command, tuple(people), arguments.out, arguments.names, with_docx=arguments.docx)
    return desk.write(lambda session: batches.start(session, wanted)).value


def _command(session: Any, arguments: argparse.Namespace) -> Any:
    from asn_desk.database.work import today
    from asn_desk.letters.service import IssueLetter

    data = dict(entry.split("=", 1) for entry in arguments.field)
    return IssueLetter(arguments.template, arguments.date or today(session), data=data)


def _people(session: Any, arguments: argparse.Namespace) -> list[int]:
    from asn_desk.letters.bulk.batch_people import People, people_of, unit_named

    if arguments.nips is not None:
        return people_of(session, People(numbers=tuple(_numbers(arguments.nips))))
    if arguments.unit is not None:
        return people_of(session, People(unit_id=unit_named(session, arguments.unit)))
    if arguments.filter is not None:
        return people_of(session, _filtered(session, arguments.filter))
    raise DeskError("batch_people", "Sebutkan pegawainya: --filter KATA, --unit NAMA, atau --nips BERKAS.")


def _filtered(session: Any, text: str) -> Any:
    """Return whom `semua`, `unit:NAMA` or words to search for mean."""
    from asn_desk.letters.bulk.batch_people import People, unit_named

    if text.strip().casefold() == EVERYBODY:
        return People(everybody=True)
    word, _, name = text.partition(":")
    if word.strip().casefold() == "unit" and name.strip():
        return People(unit_id=unit_named(session, name))
    return People(text=text)


def _previewed(desk: Desk, arguments: argparse.Namespace) -> Answer:
    """Write the drafts of the three most awkward records; nothing is issued."""
    from asn_desk.letters.bulk import batch_check

    people: list[int] = desk.read(lambda session: _people(session, arguments))
    command = desk.read(lambda session: _command(session, arguments))
    made = desk.read(lambda session: batch_check.trials(session, command, people))
    files = batch_check.save_trials(made, arguments.preview)
    rows = [
        {"why": trial.person.why, "name": trial.person.name, "unit": trial.person.unit, "file": file,
         "problem": trial.problem}
        for trial, file in zip(made, files, strict=True)
    ]  # fmt: skip
    lines = [f"{row['why']}: {row['name']}: {row['file'] or row['problem']}" for row in rows]
    problems = tuple(f"{trial.person.name}: {trial.problem}" for trial in made if trial.problem)
    return Answer({"people": len(people), "previews": rows}, tuple(lines), REFUSED if problems else DONE, problems)


def _numbers(file: Path) -> Sequence[str]:
    try:
        if file.stat().st_size > LARGEST_LIST:
            raise DeskError("file_too_large", f"Berkas {file} terlalu besar untuk daftar NIP. Satu NIP per baris.")
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DeskError("file_not_found", f"Berkas {file} tidak ditemukan. Periksa namanya.") from error
    except UnicodeDecodeError as error:
        raise DeskError(
            "file_unreadable", f"Berkas {file} bukan teks. Simpan sebagai teks, satu NIP per baris."
        ) from error
    except OSError as error:
        raise DeskError("file_unreadable", f"Berkas {file} tidak dapat dibaca ({error.strerror}).") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _refuse_foreign_files(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DeskError(
            "batch_folder", f"Folder {folder} sudah berisi berkas lain. Pilih folder kosong untuk cetak massal baru."
        )


def _refused(session: Any, batch_id: int) -> list[tuple[str, str]]:
    from asn_desk.letters.bulk.batch_files import items
    from asn_desk.letters.terms import ItemState

    return [(item.name, item.problem) for item in items(session, batch_id) if item.state == ItemState.REFUSED]


def _answer(ran: Any, refused: list[tuple[str, str]]) -> Answer:
    row, outputs = ran.batch, ran.outputs
    data = {
        "id": row.id, "state": row.state.value, "total": row.total, "issued": row.issued, "refused": row.refused,
        "folder": row.folder, "print": outputs.print_file if outputs else None,
        "list": outputs.list_file if outputs else None, "pages": outputs.pages if outputs else 0,
    }  # fmt: skip
    lines = [f"{number(row.issued)} dari {number(row.total)} surat terbit."]
    if outputs is not None:
        lines += [f"Surat per orang: {row.folder / 'surat'}", f"Cetak semua: {outputs.print_file}"]
        lines += [f"Daftar kendali: {outputs.list_file}"]
    complaints = tuple(f"{name}: {problem}" for name, problem in refused)
    return Answer(data, tuple(lines), REFUSED if refused else DONE, complaints)


def _say(arguments: argparse.Namespace, row: Any) -> None:
    if not arguments.json:
        print(f"{number(row.issued + row.refused)} dari {number(row.total)} …", file=sys.stderr)
