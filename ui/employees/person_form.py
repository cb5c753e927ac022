"""Tambah and Ubah pegawai: one form, the same checks as an import, nothing typed is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.employees import queries, service
from asn_desk.employees.queries import EmployeeDetail
from asn_desk.employees.service import SavedPerson, SavePerson
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.employees.words import CLASS_WORDS, KIND_WORDS, SEX_WORDS
from asn_desk.office import units
from asn_desk.office.units import UnitNode
from asn_desk.wording import grouped_nip
from ui.shared.dialogs import CommandDialog, show_warning
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext

Saved = Callable[[int], None]
_COPIED = (
    "name", "title_front", "title_back", "kind", "local_number", "sex", "birth_place", "birth_date", "service_from", "grade",
    "grade_from", "education", "post_class", "post_from", "unit_id",
)  # fmt: skip


def add_person(context: PageContext, parent: QWidget, saved: Saved) -> None:
    """Open the empty form; `saved(employee_id)` hears of the new person."""
    context.bridge.read(parent, unit_choices, lambda choices: _open(context, parent, choices, None, saved))


def change_person(context: PageContext, parent: QWidget, employee_id: int, saved: Saved) -> None:
    """Read the person as stored now and open the form with it."""
    context.bridge.read(
        parent,
        lambda session: (unit_choices(session), queries.employee_detail(session, employee_id)),
        lambda found: _open(context, parent, *found, saved),
    )


def unit_choices(session: Any) -> list[Choice]:
    """Return every unit with the unit above it, so that each of many `Sekretariat` can be told from the others."""
    nodes = units.unit_tree(session)
    names = {node.id: node.name for node in nodes}
    above = {node.id: _above(node, names) for node in nodes}
    same = Counter((node.name, above[node.id]) for node in nodes)
    choices = [
        Choice(
            node.id,
            node.name,
            above[node.id] if same[node.name, above[node.id]] == 1 else f"{above[node.id]}, {node.id}",
        )
        for node in nodes
    ]
    return sorted(choices, key=lambda choice: choice.label.lower())


def _above(node: UnitNode, names: dict[int, str]) -> str:
    parts = [names.get(one or 0, "") for one in (node.parent_id, node.opd_id)]
    return ", ".join(dict.fromkeys(part for part in parts if part and part != node.name))


def _open(
    context: PageContext, parent: QWidget, choices: Sequence[Choice], person: EmployeeDetail | None, saved: Saved
) -> None:
    form = FormWidget(_fields(choices))
    form.set_values(_values(person) if person else {"kind": EmployeeKind.PNS, "post_class": PostClass.UNKNOWN})
    dialog = CommandDialog(
        "Ubah data pegawai" if person else "Tambah pegawai",
        form,
        lambda values: dialog.write(
            context.bridge,
            lambda session: service.save_person(session, _command(values, person)),
            lambda outcome: _told(context, parent, outcome.value, saved),
        ),
        parent,
        intro="Jabatan, unit atau golongan yang berubah dicatat sebagai riwayat baru; yang lama tetap tersimpan.",
    )
    form.value_changed.connect(lambda key: _show_numbers(form) if key == "kind" else None)
    _show_numbers(form)
    dialog.open()


def _show_numbers(form: FormWidget) -> None:
    """Only people without a NIP are known by a local number."""
    form.set_visible("local_number", form.values()["kind"] is EmployeeKind.NON_ASN)


def _fields(choices: Sequence[Choice]) -> list[Field]:
    kinds = [Choice(kind, word) for kind, word in KIND_WORDS.items()]
    classes = [Choice(one, word) for one, word in CLASS_WORDS.items()]
    sexes = [Choice(None, "Tidak dicatat"), *(Choice(sex, word) for sex, word in SEX_WORDS.items())]
    return [
        Field("name", "Nama tanpa gelar", required=True),
        Field("title_front", "Gelar depan", width="half", placeholder="Drs."),
        Field("title_back", "Gelar belakang", width="half", placeholder="S.Sos., M.Si."),
        Field("kind", "Jenis pegawai", "choice", required=True, choices=kinds, width="half"),
        Field("nip", "NIP / NI PPPK", width="half", placeholder="18 angka"),
        Field("local_number", "Nomor pegawai non-ASN", help="Dipakai sebagai pengenal karena tanpa NIP."),
        Field("birth_place", "Tempat lahir", width="half"),
        Field("birth_date", "Tanggal lahir", "date", width="half"),
        Field("sex", "Jenis kelamin", "choice", choices=sexes, width="half"),
        Field("service_from", "TMT CPNS/PPPK", "date", width="half"),
        Field("grade", "Golongan", width="half", placeholder="III/c, atau IX untuk PPPK"),
        Field("grade_from", "TMT golongan", "date", width="half"),
        Field("post_name", "Jabatan"),
        Field("post_class", "Kelompok jabatan", "choice", choices=classes, width="half"),
        Field("post_from", "TMT jabatan", "date", width="half"),
        Field("unit_id", "Unit kerja", "unit", choices=choices),
        Field("education", "Pendidikan terakhir"),
    ]


def _values(person: EmployeeDetail) -> dict[str, Any]:
    values = {name: getattr(person, name) for name in _COPIED}
    return values | {"nip": grouped_nip(person.nip), "post_name": person.post}


def _command(values: dict[str, Any], person: EmployeeDetail | None) -> SavePerson:
    if person is None:
        return SavePerson(**values)
    return SavePerson(**values, employee_id=person.id, version=person.version)


def _told(context: PageContext, parent: QWidget, person: SavedPerson, saved: Saved) -> None:
    context.toast("Data pegawai tersimpan.", None)
    saved(person.id)
    if person.warnings:
        show_warning(parent, "Tersimpan, tetapi perlu dilihat", "\n".join(person.warnings))
