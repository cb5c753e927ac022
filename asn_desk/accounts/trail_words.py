"""The trail in the office's words: what happened to what. Tables and verbs that are new here read as their own names."""

from __future__ import annotations

from asn_desk.accounts.terms import Action

TABLE_WORDS = {
    "accounts": "Akun",
    "accounts_state": "Pengaturan akun",
    "acknowledgements": "Tanda terima edaran",
    "audit_entries": "Jejak perubahan",
    "approvals": "Permintaan persetujuan",
    "backup": "Cadangan",
    "circular_evidence": "Bukti edaran",
    "circular_letters": "Surat edaran terkait",
    "circular_versions": "Versi edaran",
    "circulars": "Edaran",
    "clock": "Jam komputer",
    "encryption": "Enkripsi data",
    "collective_rows": "Baris daftar bersama",
    "collective_sheets": "Daftar bersama",
    "column_memory": "Ingatan kolom impor",
    "declaration_events": "Peristiwa pencalonan",
    "declaration_letters": "Surat pencalonan",
    "declaration_papers": "Berkas syarat pencalonan",
    "declaration_revisions": "Revisi berkas pencalonan",
    "declarations": "Berkas pencalonan",
    "employees": "Pegawai",
    "import_options": "Pilihan impor",
    "import_runs": "Impor",
    "letter_batches": "Surat massal",
    "letter_drafts": "Konsep surat",
    "letter_versions": "Versi surat",
    "letters": "Surat",
    "non_asn_policies": "Kebijakan non-ASN",
    "number_series": "Seri nomor",
    "office": "Identitas kantor",
    "office_keys": "Kunci segel kantor",
    "officials": "Pejabat",
    "postings": "Riwayat jabatan",
    "recipient_moves": "Perpindahan penerima edaran",
    "recipients": "Penerima edaran",
    "register_entries": "Nomor agenda",
    "return_files": "Berkas balasan",
    "rule_changes": "Perubahan aturan",
    "schema": "Susunan data",
    "scan_boxes": "Kotak pindaian",
    "scan_files": "Berkas pindaian",
    "scan_pages": "Halaman pindaian",
    "stored_files": "Berkas tersimpan",
    "suspicions": "Dugaan",
    "template_versions": "Versi templat",
    "unit_changes": "Perubahan unit kerja",
    "unit_heads": "Kepala unit kerja",
    "units": "Unit kerja",
    "user_secrets": "Kata sandi pengguna",
    "users": "Pengguna",
}
VERB_WORDS = {
    "added": "ditambah",
    "all": "seluruhnya diubah",
    "cancelled": "dibatalkan",
    "changed": "diubah",
    "created": "dibuat",
    "deleted": "dihapus",
    "done_alone": "tindakan dua orang dilakukan oleh satu orang",
    "exported": "diekspor",
    "frozen": "dibekukan",
    "gone": "tidak ada lagi dalam daftar",
    "imported": "diimpor",
    "issued": "diterbitkan",
    "lock_minutes": "waktu kunci layar diubah",
    "moved": "dipindahkan",
    "opd_computed": "perangkat daerah dihitung ulang",
    "opd_followed": "mengikuti perangkat daerah unitnya",
    "password_changed": "kata sandi diganti pemiliknya",
    "password_reset": "kata sandi diatur ulang oleh administrator",
    "recovered": "kata sandi diganti dengan lembar pemulihan",
    "restored": "dipulihkan",
    "screen_locked": "layar dikunci",
    "set_back": "disetel mundur",
    "sheet_refused": "lembar pemulihan tidak cocok",
    "sheet_renewed": "lembar pemulihan diganti",
    "stored": "disimpan",
    "sign_in_failed": "gagal masuk",
    "signed_in": "masuk",
    "signed_out": "keluar",
    "turned_off": "dimatikan",
    "turned_on": "dinyalakan",
    "undone": "diurungkan",
    "upgraded": "diperbarui",
    "viewed": "dilihat",
}
SHOWN_WITH: dict[str, Action | None] = {
    "accounts": None,
    "accounts_state": None,
    "backup": None,
    "clock": None,
    "encryption": None,
    "number_series": None,
    "office": None,
    "template_versions": None,
    "units": None,
    "users": None,
    "user_secrets": Action.EDIT_USERS,
    "schema": None,
    "import_runs": Action.SEE_EMPLOYEES,
    "employees": Action.SEE_EMPLOYEES,
    "postings": Action.SEE_EMPLOYEES,
    "officials": Action.SEE_EMPLOYEES,
    "letters": Action.SEE_LETTERS,
    "letter_batches": Action.SEE_LETTERS,
    "register_entries": Action.SEE_LETTERS,
    "circulars": Action.SEE_CIRCULARS,
    "circular_versions": Action.SEE_CIRCULARS,
    "recipients": Action.SEE_CIRCULARS,
    "acknowledgements": Action.SEE_CIRCULARS,
    "suspicions": Action.SEE_SUSPICION,
}
"""Which right shows the values of a table's entries; None: whoever may see the trail. A table not listed is confidential."""
CONFIDENTIAL = Action.SEE_CANDIDACY


def table_words(table: str) -> str:
    """Return a table in the office's words."""
    return TABLE_WORDS.get(table, table.replace("_", " ").capitalize())


def happened(action: str, subject: str) -> str:
    """Return what an entry says, as `Berkas pencalonan nomor 12 dilihat`; only ids, never a name."""
    table, _, verb = action.partition(":")
    owner, _, key = subject.partition(":")
    if action == "approvals:done_alone":
        table = owner
    number = f" nomor {key}" if key.isdecimal() and key != "0" else ""
    return f"{table_words(table)}{number} {VERB_WORDS.get(verb, verb.replace('_', ' '))}"


def record_words(subject: str) -> str:
    """Return a record by kind and number, as `Nomor agenda nomor 12`."""
    table, _, key = subject.partition(":")
    return f"{table_words(table)} nomor {key}" if key.isdecimal() else table_words(table)


def subject_of(text: str) -> str:
    """Return what a clerk means by `Surat 12` or `surat`, as `letters:12` or `letters`; a subject itself stays as it is."""
    words, _, last = text.strip().rpartition(" ")
    name, key = (words, last) if last.isdecimal() else (text.strip(), "")
    name = name.casefold().removesuffix(" nomor")
    table = next((table for table, told in TABLE_WORDS.items() if told.casefold() == name), None)
    if table is None:
        return text.strip()
    return f"{table}:{key}" if key else table


def right_to_see(subject: str) -> Action | None:
    """Return the right that shows what changed in this record; None when the right to the trail is enough."""
    return SHOWN_WITH.get(subject.partition(":")[0], CONFIDENTIAL)
