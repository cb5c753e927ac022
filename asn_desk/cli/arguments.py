"""Kinds of arguments: how a word of the command line becomes a value, or wrong usage."""

from __future__ import annotations

import argparse
from datetime import date

MOST_AT_ONCE, MOST_HELPERS = 200, 8


def chunk(text: str) -> int:
    """Return how many letters a batch makes at once."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_AT_ONCE:
        raise argparse.ArgumentTypeError(f"tulis bilangan antara 1 dan {MOST_AT_ONCE}, bukan {text}")
    return int(text)


def helpers(text: str) -> int:
    """Return how many helping processes to use; 0 is none."""
    if not text.isdecimal() or int(text) > MOST_HELPERS:
        raise argparse.ArgumentTypeError(f"tulis bilangan antara 0 dan {MOST_HELPERS}, bukan {text}")
    return int(text)


def day(text: str) -> date:
    """Return a day written as 2024-09-09."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"tulis tanggal seperti 2024-09-09, bukan {text}") from error


def assignment(text: str) -> str:
    """Return a text of the form ISIAN=NILAI."""
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"tulis ISIAN=NILAI, bukan {text}")
    return text
