"""The invented employees of the sample office as rows of a SIASN export: any number of them, the same for the same seed."""

from collections.abc import Iterator

from asn_desk.sample.columns import SiasnRow
from asn_desk.sample.draw import people
from asn_desk.sample.rows import siasn_row


def generate(count: int, *, seed: int = 2024) -> Iterator[SiasnRow]:
    """Yield `count` invented employees of "Pemerintah Kota Contoh" as rows of a SIASN export with its 69 columns.

    The mix: 62 % PNS (2 % of them CPNS), 25 % PPPK, 13 % part-time PPPK; about 55 % women; 6-7 % structural, 30 % implementing,
    the rest functional posts. Everybody is consistent on AS_OF (9 September 2024): number, ages, grades, retirement.
    Part-time PPPK exist in reality from 2025 only; they are included so that every kind of employee is met.
    NIK, telephone, e-mail, address, NPWP and BPJS are plainly fictitious. The same count and seed give the same rows on
    every machine; another count gives other people. Raises ValueError below 500 people.
    """
    return map(siasn_row, people(count, seed=seed))
