"""Pencalonan: declarations, their two lanes of dates, obligations and papers."""
