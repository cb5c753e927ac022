"""The window of ASN Desk: the only package with PySide6."""
