"""Roles of the local users, and the rights that each of them gives."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a user is in the office; it decides what they may do."""

    OPERATOR = "operator"
    VERIFIKATOR = "verifikator"
    PIMPINAN = "pimpinan"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What a user may be allowed to do, in the words the right would be granted by."""

    EDIT_OFFICE = "ubah_kantor"
    EDIT_USERS = "ubah_pengguna"
    SEE_EMPLOYEES = "lihat_pegawai"
    EDIT_EMPLOYEES = "ubah_pegawai"
    IMPORT_EMPLOYEES = "impor_pegawai"
    EDIT_UNITS = "ubah_unit"
    SEE_CANDIDACY = "lihat_pencalonan"
    EDIT_CANDIDACY = "ubah_pencalonan"
    SEE_SUSPICION = "lihat_dugaan"
    LINK_SUSPICION = "kaitkan_dugaan"
    VERIFY_PAPERS = "verifikasi_berkas"
    CHANGE_RULES = "ubah_aturan"
    SEE_LETTERS = "lihat_surat"
    ISSUE_LETTERS = "terbitkan_surat"
    VOID_LETTERS = "batalkan_surat"
    EDIT_TEMPLATES = "ubah_templat"
    SEE_CIRCULARS = "lihat_edaran"
    PUBLISH_CIRCULARS = "terbitkan_edaran"
    ACKNOWLEDGE = "catat_tanda_terima"
    SEE_COUNTS = "lihat_ringkasan"
    EXPORT = "ekspor"
    SEE_TRAIL = "lihat_jejak"
    BACK_UP = "cadangkan"
    RESTORE = "pulihkan"
    VERIFY_DATA = "periksa_data"


_OPERATOR = frozenset({
    Action.SEE_EMPLOYEES, Action.EDIT_EMPLOYEES, Action.IMPORT_EMPLOYEES, Action.EDIT_UNITS,
    Action.SEE_LETTERS, Action.ISSUE_LETTERS, Action.SEE_CIRCULARS, Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE,
    Action.SEE_COUNTS, Action.EXPORT, Action.BACK_UP, Action.VERIFY_DATA,
})  # fmt: skip
_VERIFIKATOR = _OPERATOR | {
    Action.SEE_CANDIDACY, Action.EDIT_CANDIDACY, Action.VERIFY_PAPERS, Action.VOID_LETTERS, Action.CHANGE_RULES,
    Action.SEE_SUSPICION, Action.LINK_SUSPICION, Action.EDIT_TEMPLATES,
}  # fmt: skip
_PIMPINAN = frozenset({Action.SEE_COUNTS, Action.SEE_CIRCULARS, Action.SEE_CANDIDACY, Action.SEE_EMPLOYEES})
_AUDITOR = frozenset({Action.SEE_TRAIL, Action.VERIFY_DATA, Action.SEE_COUNTS})

RIGHTS: Mapping[Role, frozenset[Action]] = MappingProxyType({
    Role.OPERATOR: _OPERATOR,
    Role.VERIFIKATOR: _VERIFIKATOR,
    Role.PIMPINAN: _PIMPINAN,
    Role.AUDITOR: _AUDITOR,
    Role.ADMINISTRATOR: frozenset(Action),
})  # fmt: skip
