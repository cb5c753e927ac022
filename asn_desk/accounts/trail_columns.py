"""Columns of the trail's entries in the office's words, put together from a word and what its ending says."""

from __future__ import annotations

_ENDINGS = (
    ("_on", "tanggal {}"),
    ("_at", "waktu {}"),
    ("_by", "{} oleh"),
    ("_id", "nomor {}"),
    ("_sha256", "sidik {}"),
    ("_reason", "alasan {}"),
    ("_name", "nama {}"),
    ("_number", "nomor {}"),
    ("_date", "tanggal {}"),
    ("_from", "{} sejak"),
    ("_until", "{} sampai"),
    ("_code", "kode {}"),
    ("_status", "status {}"),
    ("_type", "jenis {}"),
)
_WORDS = {
    "acknowledged": "tanda terima", "act": "tindakan", "action": "tindakan", "active": "aktif", "added": "ditambah",
    "after": "menjadi", "before": "semula", "heads": "memimpin", "into": "digabung ke",
    "address": "alamat", "addressee": "tujuan surat", "agency": "perangkat daerah", "agency_short": "singkatan perangkat daerah",
    "already": "sudah ada", "applied": "diterapkan", "at_opd": "perangkat daerah", "at_unit": "unit", "attached": "dilampirkan",
    "audience": "sasaran", "birth": "lahir", "birth_place": "tempat lahir", "capacity": "kedudukan", "changed": "berubah",
    "circular": "edaran", "classification": "klasifikasi", "closed": "ditutup", "code": "kode", "codes": "kode",
    "collects": "mengumpulkan", "columns": "kolom", "command": "perintah", "companion": "pendamping", "confidential": "rahasia",
    "constituency": "daerah pemilihan", "content": "isi", "created": "dibuat", "data": "data", "dated": "tertanggal",
    "decided": "diputuskan", "declaration": "berkas pencalonan", "declared": "deklarasi", "discipline": "disiplin",
    "document": "dokumen", "docx": "Word", "due": "tenggat", "due_days": "tenggat hari", "editorial": "redaksional",
    "education": "pendidikan", "effective": "berlaku", "election": "pemilihan", "electronic": "elektronik", "email": "surel",
    "emblem": "lambang", "employee": "pegawai", "employer": "pemberi kerja", "end": "berakhir", "ended": "berakhir",
    "entries": "catatan", "event": "peristiwa", "evidence": "bukti", "evidence_page": "halaman bukti", "file": "berkas",
    "fingerprint": "sidik", "flags": "tanda", "folder": "folder", "font_family": "huruf", "font_size": "ukuran huruf",
    "foreign_codes": "kode lain", "from_opd": "perangkat daerah asal", "from_unit": "unit asal",
    "government": "pemerintah daerah", "grade": "golongan", "grants": "hak tambahan", "handed_over": "diserahkan",
    "handed_over_to": "diserahkan kepada", "happened": "kejadian", "held": "dijabat", "id": "nomor", "import_run": "impor",
    "ink": "tinta", "insert_style": "cara sisip", "inserted": "disisipkan", "is_acting_head": "pelaksana kepala",
    "issued": "terbit", "kind": "jenis", "kpu": "KPU", "layout": "susunan", "legal_position": "kedudukan hukum",
    "letter": "surat", "letterhead": "kop", "local": "lokal", "locked": "dikunci", "logo": "logo", "made": "dibuat",
    "margin_bottom": "batas bawah", "margin_left": "batas kiri", "margin_right": "batas kanan", "margin_top": "batas atas",
    "marked": "ditandai", "must_change": "wajib ganti", "password_hash": "sidik kata sandi", "secret": "kunci", "user": "pengguna",
    "rows_gone": "baris dihapus", "rows_kept": "baris lama", "rows_made": "baris dibuat", "rows_set": "baris diubah",
    "media": "media", "method": "cara", "minutes": "menit", "moved": "pindah", "name": "nama", "nip": "NIP",
    "non_asn_policy": "kebijakan non-ASN", "note": "catatan", "noticed": "diketahui", "number": "nomor", "office": "jabatan dituju",
    "opd": "perangkat daerah", "ordinal": "urutan", "padding": "angka nol", "page": "halaman", "pages": "halaman",
    "paper": "kertas", "parent": "induk", "party": "partai", "path": "jalur", "pattern": "pola", "pdf": "PDF",
    "people": "pegawai", "person": "orang", "persons": "jumlah orang", "phone": "telepon", "place": "tempat", "policy": "kebijakan",
    "post": "jabatan", "post_class": "jenis jabatan", "postal": "pos", "postponed": "ditunda", "prefix": "awalan",
    "private": "pribadi", "published": "diterbitkan", "purpose": "keperluan", "quad": "letak", "rank": "pangkat",
    "reason": "alasan", "received": "diterima", "recipient": "penerima", "recorded": "dicatat", "refused": "ditolak",
    "region": "daerah", "region_kind": "jenis daerah", "register_entry": "agenda", "reminder_plan": "rencana pengingat",
    "replaces": "pengganti dari", "requested": "diminta", "role": "peran", "row": "baris", "running_mate": "pasangan",
    "scan": "pindaian", "secretariat_address": "alamat sekretariat", "secretariat_contact": "kontak sekretariat",
    "sent": "dikirim", "sequence": "urutan", "series": "seri", "service": "masa kerja", "sex": "jenis kelamin",
    "sha256": "sidik", "sheet": "lembar", "siasn": "SIASN", "signature": "tanda tangan", "signature_tag": "tanda letak",
    "signed": "ditandatangani", "signs": "menandatangani", "size": "ukuran", "sort": "urut", "source": "sumber",
    "staff": "kepegawaian", "stage": "tahap", "state": "keadaan", "status": "status", "stored": "disimpan",
    "subject": "tentang", "taken_in": "diterima", "target": "tujuan", "template": "templat", "text": "teks", "title": "judul",
    "title_back": "gelar belakang", "title_front": "gelar depan", "to_opd": "perangkat daerah tujuan", "to_unit": "unit tujuan",
    "total": "jumlah", "touched": "disentuh", "tries": "percobaan", "unchanged": "tetap", "undo": "diurungkan",
    "undone": "diurungkan", "unit": "unit", "until": "sampai", "verdict": "putusan", "verified": "diverifikasi",
    "version": "versi", "void": "pembatalan", "voided": "dibatalkan", "waive": "pengecualian", "waived": "dikecualikan",
    "website": "situs web", "with_docx": "dengan Word", "withdrawn": "ditarik", "year": "tahun",
}  # fmt: skip


def column_words(column: str) -> str:
    """Return a column in the office's words, as `tanggal diterima`; one that is new here reads as its own name."""
    if column in _WORDS:
        return _WORDS[column]
    for ending, form in _ENDINGS:
        base = column.removesuffix(ending)
        if base != column:
            return form.format(_WORDS.get(base, base.replace("_", " ")))
    return column.replace("_", " ")


def known(column: str) -> bool:
    """Return whether every part of the column has words here."""
    bases = [column, *(column.removesuffix(ending) for ending, _ in _ENDINGS if column.endswith(ending))]
    return any(base in _WORDS for base in bases)
