"""Lists of names in the form of a letter: a row on each line, filled from a file and read back by the core."""

from __future__ import annotations

import pytest

from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import KINDS, Entry
from asn_desk.letters.contents.kinds_candidacy import PROPOSAL
from ui.shared.documents.letter_form import kind_data, kind_fields, prefilled
from ui.shared.forms import FormWidget

REST = {
    "usul.status": "Pegawai Negeri Sipil",
    "keputusan.jenis": "dengan hormat",
    "keputusan.alasan": "ditetapkan sebagai calon",
}


@pytest.mark.parametrize("given", ["Siti | 1980\nBudi | 1990", ["Siti | 1980", "Budi | 1990"]])
def test_rows_are_shown_a_line_each_and_read_by_column(qtbot: object, given: object) -> None:
    kind = KINDS[PROPOSAL]
    form = FormWidget(kind_fields(kind, {}))
    qtbot.addWidget(form)  # type: ignore[attr-defined]
    form.set_values(prefilled(kind, {"usul.daftar": given, **REST}))
    assert form.values()["usul.daftar"] == "Siti | 1980\nBudi | 1990"
    rows = entered(kind, kind_data(kind, form.values()))["usul.daftar"]
    assert [(row["nama"], row["nip"], row["tmt"]) for row in rows] == [("Siti", "1980", ""), ("Budi", "1990", "")]


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_makes_a_form_with_a_field_for_each_input(qtbot: object, code: str) -> None:
    kind = KINDS[code]
    fields = {field.key: field for field in kind_fields(kind, {})}
    form = FormWidget(list(fields.values()))
    qtbot.addWidget(form)  # type: ignore[attr-defined]
    assert list(fields) == [field.key for field in kind.inputs]
    tables = {field.key for field in kind.inputs if field.entry is Entry.TABLE}
    assert {key for key in tables if fields[key].kind != "multiline"} == set()
