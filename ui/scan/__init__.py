"""Pindai: codes come in by scanner or from scanned PDFs, the last result stands large."""
