"""A second program on the same data folder: takes numbers across 31 December and prints them. Run by the register's test."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.desk import open_desk
from asn_desk.letters.numbers.numbering import take

DAYS = (date(2024, 12, 31), date(2025, 1, 1))


def main(root: Path, count: int) -> None:
    """Take `count` numbers, each in a transaction of its own: half dated 31 December, half 1 January."""
    desk = open_desk(root, exclusive=False)
    sys.stdin.readline()  # both programs begin at the same moment
    for place in range(count):
        day = DAYS[place % 2]

        def one(session: Session, day: date = day) -> str:
            return take(session, "edaran", day, "Perihal").number

        print(desk.write(one).value)
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
