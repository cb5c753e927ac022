"""Edaran: circulars, their audience, slips, progress by unit and reminders."""
