"""Pegawai: the list of people, one person beside it, and the import from Excel."""
