"""Encryption at rest: the keys of an office, sealed files, and switching it on and off."""
