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

ROLE_WORDS: Mapping[Role, str] = MappingProxyType({
    Role.OPERATOR: "operator",
    Role.VERIFIKATOR: "verifikator",
    Role.PIMPINAN: "pimpinan",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
})  # fmt: skip
ROLE_NOTES: Mapping[Role, str] = MappingProxyType({
    Role.OPERATOR: "mengerjakan pegawai, surat, edaran",
    Role.VERIFIKATOR: "seperti operator, dan memegang berkas pencalonan",
    Role.PIMPINAN: "membaca, melihat jumlah",
    Role.AUDITOR: "hanya jejak perubahan",
    Role.ADMINISTRATOR: "semua, termasuk pengguna dan pemulihan",
})  # fmt: skip
ACTION_WORDS: Mapping[Action, str] = MappingProxyType({
    Action.EDIT_OFFICE: "mengubah identitas kantor dan pejabat",
    Action.EDIT_USERS: "mengelola pengguna",
    Action.SEE_EMPLOYEES: "melihat pegawai",
    Action.EDIT_EMPLOYEES: "mengubah data pegawai",
    Action.IMPORT_EMPLOYEES: "mengimpor pegawai",
    Action.EDIT_UNITS: "mengubah unit kerja",
    Action.SEE_CANDIDACY: "melihat berkas pencalonan",
    Action.EDIT_CANDIDACY: "mengerjakan berkas pencalonan",
    Action.SEE_SUSPICION: "melihat dugaan",
    Action.LINK_SUSPICION: "mengaitkan dugaan dengan pegawai",
    Action.VERIFY_PAPERS: "memverifikasi berkas",
    Action.CHANGE_RULES: "mengubah aturan dan kalender",
    Action.SEE_LETTERS: "melihat surat",
    Action.ISSUE_LETTERS: "menerbitkan surat",
    Action.VOID_LETTERS: "membatalkan nomor surat",
    Action.EDIT_TEMPLATES: "mengubah templat surat",
    Action.SEE_CIRCULARS: "melihat edaran",
    Action.PUBLISH_CIRCULARS: "menerbitkan edaran",
    Action.ACKNOWLEDGE: "mencatat tanda terima",
    Action.SEE_COUNTS: "melihat jumlah dan ringkasan",
    Action.EXPORT: "mengekspor data",
    Action.SEE_TRAIL: "melihat jejak perubahan",
    Action.BACK_UP: "membuat cadangan",
    Action.RESTORE: "memulihkan cadangan",
    Action.VERIFY_DATA: "memeriksa keutuhan data",
})  # fmt: skip


class Act(StrEnum):
    """An act that takes two persons: one who does it, and one who agreed before."""

    VOID_NUMBER = "batalkan_nomor"
    UNSEAL = "buka_identitas"
    CHANGE_RULE = "ubah_aturan"
    DELETE_USER = "hapus_pengguna"
    RESTORE = "pulihkan_cadangan"


ACT_RIGHTS: Mapping[Act, Action] = MappingProxyType({
    Act.VOID_NUMBER: Action.VOID_LETTERS,
    Act.UNSEAL: Action.LINK_SUSPICION,
    Act.CHANGE_RULE: Action.CHANGE_RULES,
    Act.DELETE_USER: Action.EDIT_USERS,
    Act.RESTORE: Action.RESTORE,
})  # fmt: skip
ACT_WORDS: Mapping[Act, str] = MappingProxyType({
    Act.VOID_NUMBER: "Membatalkan nomor surat",
    Act.UNSEAL: "Membuka identitas yang dirahasiakan",
    Act.CHANGE_RULE: "Mengubah aturan",
    Act.DELETE_USER: "Menghapus, menonaktifkan, atau menurunkan pengguna",
    Act.RESTORE: "Memulihkan cadangan",
})  # fmt: skip


class ApprovalState(StrEnum):
    """How far a request for a two-person act has come; an agreed one is used once."""

    OPEN = "terbuka"
    APPROVED = "disetujui"
    REFUSED = "ditolak"
    USED = "dipakai"
