"""Backups: made, kept, checked, shown before they are restored, and restored."""
