"""The surat edaran of a circular as two forms: the letter itself, and its text with pick-lists of legal bases and prohibitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.letters.contents.catalogue import ElectionType
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR, circular_kinds, kind_of
from asn_desk.letters.service import IssueLetter
from ui.circulars.elections import Election, read_elections
from ui.circulars.picks import BASES, PROHIBITIONS, Pick, open_pick
from ui.shared.documents.letter_form import (
    SET_TEXT,
    Signers,
    kind_data,
    kind_fields,
    prefilled,
    read_signers,
    signing_choices,
    signing_fields,
)
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.steps import form_page
from ui.shared.widgets import ActionBar, button

_KIND = kind_of(NEUTRALITY_CIRCULAR)
_OWN_WORDS = {"edaran.pemilihan", "edaran.jenis", "edaran.tentang"}
_TEXT_KEYS = [field.key for field in _KIND.inputs if field.key not in _OWN_WORDS]
NO_ELECTION = Election("", "Tidak terkait pemilihan tertentu", "", "")
_ABOUT = "Netralitas Pegawai Aparatur Sipil Negara dalam Penyelenggaraan {}"


class CircularLetter:
    """Both forms, kept in step with the elections, signers and set texts of the chosen day.

    `more` are fields of the command that the letter goes with. With `earlier` (a letter's data) the forms begin with that text.
    """

    def __init__(
        self,
        context: PageContext,
        owner: QWidget,
        more: Sequence[Field],
        earlier: Mapping[str, Any] | None = None,
    ) -> None:
        self._context, self._owner = context, owner
        self._elections: list[Election] = [NO_ELECTION]
        self._suggested = {"edaran.pemilihan": "", "subject": ""}
        self._revising = earlier is not None
        self.letter = FormWidget([*_letter_fields(), *more, *signing_fields()])
        self.texts = FormWidget([Field("note", "", "note", help=SET_TEXT), *kind_fields(_KIND, {}, _TEXT_KEYS)])
        self.letter.set_values(
            {
                "kind": NEUTRALITY_CIRCULAR, "dated": context.today(), "signing": signing_choices("")[0].value,
                "election_id": "",
            }
        )  # fmt: skip
        self.letter.value_changed.connect(self._on_changed)
        if earlier is not None:
            self._fill(earlier)

    def text_page(self) -> QWidget:
        """Return the step with the text: the pick-lists above its fields."""
        self.bases_button = button("Pilih &dasar hukum…", "", "scales", partial(self.pick, BASES))
        self.acts_button = button("Pilih la&rangan…", "", "list", partial(self.pick, PROHIBITIONS))
        return form_page(ActionBar(self.bases_button, self.acts_button), self.texts)

    def begin(self) -> None:
        """Read the elections and who may sign."""
        self._context.bridge.read(self._owner, read_elections, self._show_elections)
        self._read_signers()

    def command(self) -> IssueLetter:
        """Return the surat edaran as entered."""
        values = {**self.letter.values(), **self.texts.values()}
        own = {"edaran.tentang": values["subject"], "edaran.jenis": self.election().type or None}
        return IssueLetter(
            kind=values["kind"],
            dated=values["dated"],
            data=kind_data(_KIND, {**values, **own}),
            signer_id=values["signer_id"],
            signing=values["signing"],
        )

    def election(self) -> Election:
        """Return the election chosen."""
        chosen = self.letter.values()["election_id"]
        return next((one for one in self._elections if one.id == chosen), NO_ELECTION)

    def put(self, key: str, value: object) -> None:
        """Fill a field of the letter without the form counting as touched by the clerk."""
        clean = not self.letter.is_dirty()
        self.letter.put(key, value)
        if clean:
            self.letter.mark_clean()

    def pick(self, pick: Pick) -> None:
        """Offer the texts of the catalogue that hold on the letter's day."""
        day: date = self.letter.values()["dated"] or self._context.today()
        election = ElectionType(self.election().type) if self.election().type else None
        standing = str(self.texts.values()[pick.key] or "")
        open_pick(self._owner, pick, pick.read(day, election), standing, partial(self.texts.put, pick.key))

    def _fill(self, earlier: Mapping[str, Any]) -> None:
        given = earlier.get("edaran", {})
        flat = {f"edaran.{name}": value for name, value in given.items() if value not in (None, "", [])}
        self.texts.set_values({key: value for key, value in prefilled(_KIND, flat).items() if self.texts.has(key)})
        self.letter.set_values({"edaran.pemilihan": given.get("pemilihan", "")})

    def _read_signers(self) -> None:
        day = self.letter.values()["dated"]
        if day is not None:
            self._context.bridge.read(
                self._owner, lambda session: read_signers(session, _KIND, day), self._show_signers
            )

    def _show_elections(self, elections: Sequence[Election]) -> None:
        clean = not self.letter.is_dirty()
        self._elections = [NO_ELECTION, *elections]
        self.letter.set_choices("election_id", [Choice(one.id, one.title) for one in self._elections])
        if clean and not self._revising:
            self._choose_nearest(elections)
            self.letter.mark_clean()

    def choose_election(self, election_id: str) -> None:
        """Choose the election of a circular that exists."""
        known = {one.id for one in self._elections}
        self.put("election_id", election_id if election_id in known else "")

    def _choose_nearest(self, elections: Sequence[Election]) -> None:
        year = str(self._context.today().year)
        near = next((one for one in elections if year in one.title and one.type == "pilkada"), None)
        chosen = near or next((one for one in elections if year in one.title), NO_ELECTION)
        self.letter.set_values({"election_id": chosen.id})
        self._suggest(chosen)

    def _show_signers(self, signers: Signers) -> None:
        clean = not self.letter.is_dirty()
        chosen = self.letter.values()["signer_id"]
        self.letter.set_choices("signer_id", signers.choices)
        self.letter.set_choices("signing", signing_choices(signers.head, signers.secretary))
        if self.letter.values()["signing"] is None:
            self.put("signing", signing_choices("")[0].value)
        if chosen is None and signers.usual is not None:
            self.put("signer_id", signers.usual)
        if clean:
            self.letter.mark_clean()

    def _on_changed(self, key: str) -> None:
        if key == "election_id" and not self._revising:
            self._suggest(self.election())
        elif key == "dated":
            self._read_signers()

    def _suggest(self, election: Election) -> None:
        """Write the election out, unless the clerk has written something else."""
        words = {
            "edaran.pemilihan": election.words,
            "subject": _ABOUT.format(election.words) if election.words else "",
        }
        values = self.letter.values()
        for key, text in words.items():
            if values[key] == self._suggested[key]:
                self.put(key, text)
        self._suggested = words


def _letter_fields() -> list[Field]:
    forms = [Choice(kind.code, kind.title) for kind in circular_kinds()]
    return [
        Field("kind", "Bentuk surat edaran", "choice", choices=forms, required=True),
        Field("election_id", "Pemilihan", "choice", choices=[Choice("", NO_ELECTION.title)]),
        Field(
            "edaran.pemilihan", "Sebutan pemilihan dalam surat", required=True,
            placeholder="mis. Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
        ),
        Field("subject", "Tentang", "multiline", rows=2, required=True),
        Field("dated", "Tanggal surat", "date", required=True, width="half"),
    ]  # fmt: skip
