from collections import Counter
from datetime import date, timedelta

import pytest

from asn_desk.sample.candidates import demo_candidates
from asn_desk.sample.careers import retires_on
from asn_desk.sample.columns import AS_OF, HEADERS, SiasnRow
from asn_desk.sample.name_words import BALI
from asn_desk.sample.names import personal_name
from asn_desk.sample.office import full_name, office_identity
from asn_desk.sample.people import generate
from asn_desk.sample.slots import STANDING_NAMES
from asn_desk.sample.units import Kind, sample_units

SIZES = (1100, 6500, 20_000)
ENDED = {"88", "98", "99"}


@pytest.fixture(scope="module")
def rows() -> list[SiasnRow]:
    return list(generate(6500))


def day(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def share(rows: list[SiasnRow], column: str, *values: str) -> float:
    return sum(row[column] in values for row in rows) / len(rows)


def test_every_row_has_the_69_columns_of_a_siasn_export_in_order(rows: list[SiasnRow]) -> None:
    assert len(HEADERS) == len(set(HEADERS)) == 69
    assert HEADERS[:6] == ("PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "GELAR DEPAN", "GELAR BELAKANG")
    assert HEADERS[-5:] == ("IS VALID NIK", "NAMA SEKOLAH", "FLAG IKD", "ESELON ID", "ESELON NAMA")
    assert all(tuple(row) == HEADERS for row in rows)
    assert all(type(cell) is str for cell in rows[0].values())


def test_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert list(generate(600, seed=5)) == list(generate(600, seed=5))
    assert {row["NIP BARU"] for row in generate(600, seed=5)} != {row["NIP BARU"] for row in generate(600, seed=6)}


def test_too_small_an_office_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 500"):
        list(generate(499))


@pytest.mark.parametrize(
    ("column", "values", "low", "high"),
    [
        ("JENIS PEGAWAI ID", ("15",), 0.615, 0.625),
        ("STATUS CPNS PNS", ("C",), 0.011, 0.014),
        ("JENIS PEGAWAI ID", ("20",), 0.245, 0.255),
        ("JENIS PEGAWAI ID", ("21",), 0.125, 0.135),
        ("JENIS KELAMIN", ("F",), 0.52, 0.58),
        ("JENIS JABATAN ID", ("1",), 0.055, 0.065),
        ("JENIS JABATAN ID", ("2",), 0.60, 0.65),
        ("JENIS JABATAN ID", ("4",), 0.295, 0.305),
        ("KEDUDUKAN HUKUM ID", ("1", "71"), 0.97, 0.995),
    ],
)
def test_mix_is_that_of_a_real_office(
    rows: list[SiasnRow], column: str, values: tuple[str, ...], low: float, high: float
) -> None:
    assert low <= share(rows, column, *values) <= high


def test_every_legal_standing_is_met_even_in_the_small_office() -> None:
    assert {row["KEDUDUKAN HUKUM ID"] for row in generate(1100)} == set(STANDING_NAMES)


def test_numbers_are_unique_and_agree_with_birth_sex_and_appointment(rows: list[SiasnRow]) -> None:
    numbers = [row["NIP BARU"] for row in rows]
    assert len(set(numbers)) == len(rows)
    assert len({row["NIK"] for row in rows}) == len(rows)
    for row in rows:
        number, birth, start = row["NIP BARU"], day(row["TANGGAL LAHIR"]), day(row["TMT CPNS"])
        assert len(number) == 18
        assert number[:8] == f"{birth:%Y%m%d}"
        assert number[14] == ("2" if row["JENIS KELAMIN"] == "F" else "1")
        code = {"15": f"{start:%m}", "20": "21", "21": "24"}[row["JENIS PEGAWAI ID"]]
        assert number[8:14] == f"{start:%Y}{code}"


def test_dates_follow_each_other_and_nothing_lies_ahead(rows: list[SiasnRow]) -> None:
    for row in rows:
        birth, start, grade, post = (
            day(row[name]) for name in ("TANGGAL LAHIR", "TMT CPNS", "TMT GOLONGAN", "TMT JABATAN")
        )
        assert birth + timedelta(days=18 * 365) < start <= grade <= AS_OF
        assert start <= post <= AS_OF
        assert not row["TMT PNS"] or start < day(row["TMT PNS"]) <= post


def test_who_serves_has_not_reached_retirement_and_who_retired_has(rows: list[SiasnRow]) -> None:
    for row in rows:
        birth, post = day(row["TANGGAL LAHIR"]), row["JABATAN NAMA"].upper()
        senior = row["ESELON ID"] in ("21", "22") or "GURU" in post or "DOKTER" in post or "AHLI MADYA" in post
        ended = row["KEDUDUKAN HUKUM ID"] in ENDED
        assert (retires_on(birth, 60 if senior else 58) <= AS_OF) == ended, row["NIP BARU"]


@pytest.mark.parametrize("count", SIZES)
def test_every_unit_has_one_head_and_the_city_one_secretary(count: int) -> None:
    units = sample_units(count)
    titles = Counter(row["JABATAN NAMA"] for row in generate(count))
    assert titles["Sekretaris Daerah"] == 1
    for unit in units:
        if unit.eselon:
            same = sum(other.head == unit.head for other in units) if titles[unit.head] > 1 else 1
            assert titles[unit.head] == same


@pytest.mark.parametrize("count", SIZES)
def test_units_form_one_tree_with_parents_first(count: int) -> None:
    seen: set[str] = set()
    units = sample_units(count)
    for unit in units:
        assert unit.parent_id in seen or (unit.parent_id == "" and not seen)
        assert unit.id not in seen
        seen.add(unit.id)
    assert {Kind.SD, Kind.SMP, Kind.PUSKESMAS, Kind.HOSPITAL, Kind.KELOMPOK} <= {unit.kind for unit in units}
    assert 0.10 < len(units) / count < 0.12


def test_everybody_works_in_a_unit_of_the_tree(rows: list[SiasnRow]) -> None:
    names = {unit.id: unit.name for unit in sample_units(6500)}
    assert all(names[row["UNOR ID"]] == row["UNOR NAMA"] for row in rows)
    assert not any(row["UNOR NAMA"] == "Pemerintah Kota Contoh" for row in rows)


def test_long_texts_are_as_long_as_real_ones(rows: list[SiasnRow]) -> None:
    assert 115 <= max(len(row["UNOR NAMA"]) for row in rows) <= 130
    assert max(len(row["JABATAN NAMA"]) for row in rows) > 100
    assert max(len(row["NAMA"]) for row in rows) > 45


def test_names_show_many_traditions_and_spellings(rows: list[SiasnRow]) -> None:
    names = [row["NAMA"] for row in rows]
    assert all(name == name.upper() and "," not in name for name in names)
    assert sum(" " not in name for name in names) > len(names) * 0.05
    assert any("'" in name for name in names)
    assert any(name.startswith("I GUSTI NGURAH ") for name in names)
    assert any(len(word) == 2 and word.endswith(".") for name in names for word in name.split()[1:])
    assert len(set(names)) > len(names) * 0.75


def test_balinese_names_always_carry_their_birth_order() -> None:
    from random import Random

    rng = Random(3)
    for _ in range(50):
        assert personal_name(rng, BALI, woman=False).startswith(("I ", "IDA ", "ANAK AGUNG ", "DEWA "))


def test_titles_show_correct_and_worn_punctuation(rows: list[SiasnRow]) -> None:
    back = {row["GELAR BELAKANG"] for row in rows}
    assert {"S.Pd.", "S.Pd", "SPd", "S. Pd.", ""} <= back
    assert not any(row["GELAR DEPAN"] == "Drs." for row in rows if row["JENIS KELAMIN"] == "F")


def test_private_details_are_plainly_fictitious(rows: list[SiasnRow]) -> None:
    for row in rows:
        assert row["NIK"].startswith("99")
        assert len(row["NIK"]) == 16
        assert row["NOMOR HP"].startswith("0800")
        assert row["EMAIL"].endswith("@contoh.example")
        assert row["ALAMAT"].endswith("Kota Contoh")


def test_office_identity_names_officials_who_are_among_the_people(rows: list[SiasnRow]) -> None:
    office = office_identity(rows)
    by_number = {row["NIP BARU"]: row for row in rows}
    assert by_number[office.secretary.nip]["JABATAN NAMA"] == "Sekretaris Daerah"
    assert (office.secretary.rank, office.secretary.grade) == ("Pembina Utama Madya", "IV/d")
    assert by_number[office.agency_head.nip]["JABATAN NAMA"].endswith(office.agency)
    assert office_identity().secretary.nip in {row["NIP BARU"] for row in generate(1100)}


def test_office_identity_says_when_the_officials_are_missing() -> None:
    with pytest.raises(LookupError, match="Sekda"):
        office_identity([])


@pytest.mark.parametrize(
    ("name", "front", "back", "expected"),
    [
        ("MA'RUF AL-HABSYI", "", "", "Ma'ruf Al-Habsyi"),
        ("R.A. RATNA", "Dr. Hj.", "S.Sos., M.Si.", "Dr. Hj. R.A. Ratna, S.Sos., M.Si."),
        ("SLAMET", "-", "-", "Slamet"),
    ],
)
def test_full_name_joins_name_and_titles(name: str, front: str, back: str, expected: str) -> None:
    assert full_name({"NAMA": name, "GELAR DEPAN": front, "GELAR BELAKANG": back}) == expected


@pytest.mark.parametrize(("count", "seed"), [(500, 1), (1100, 2024), (6500, 2024), (6500, 9)])
def test_demo_candidates_are_ten_different_people_of_the_sample(count: int, seed: int) -> None:
    people = {row["NIP BARU"]: row for row in generate(count, seed=seed)}
    chosen = demo_candidates(people.values())
    assert len({candidate.nip for candidate in chosen}) == len(chosen) == 10
    assert all(candidate.nip in people for candidate in chosen)
    assert {"WALKOT", "BUP", "GUB", "DPRD_KAB", "DPRD_PROV", "KADES", "PARPOL"} == {
        candidate.office for candidate in chosen
    }
    assert people[chosen[0].nip]["GOL AKHIR NAMA"] == "IV/c"


def test_demo_candidates_say_who_is_missing() -> None:
    with pytest.raises(LookupError, match="Wakil Wali Kota Contoh"):
        demo_candidates([])
