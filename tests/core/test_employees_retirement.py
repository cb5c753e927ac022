"""Retirement age and pension right: worked out from the rule pack in force, the article quoted, doubts and missing data named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from asn_desk.desk import Desk
from asn_desk.employees.model import PostReference
from asn_desk.employees.retirement import Facts, Retirement, retirement, rules_for, worked_out
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.errors import DeskError
from asn_desk.paths import resource
from asn_desk.regulations import service
from asn_desk.regulations.office_packs import packs_of
from asn_desk.regulations.packs import check_file, shipped_library
from asn_desk.regulations.service import AddPack, Why
from tests.factories import add_employee

DAY = date(2024, 9, 9)
BORN = date(1970, 3, 15)
PACK = resource("regulations", "paket", "batas-usia-pensiun.toml")
FUNCTIONAL = PostClass.JF_AHLI_MUDA
CONTRACT = "perjanjian kerja"


def known(facts: Facts, day: date = DAY) -> Retirement:
    return worked_out(facts, rules_for(shipped_library(), facts, day), day)


def somebody(kind: EmployeeKind = EmployeeKind.PNS, post: PostClass = FUNCTIONAL, name: str = "Analis") -> Facts:
    return Facts(kind, BORN, date(1995, 3, 1), post, name)


@pytest.mark.parametrize(
    ("kind", "post", "name", "age", "basis"),
    [
        ("PNS", "jpt_utama", "", 60, "UU 20/2023 Pasal 55"),
        ("PNS", "jpt_madya", "", 60, "UU 20/2023 Pasal 55"),
        ("PNS", "jpt_pratama", "Kepala Dinas", 60, "UU 20/2023 Pasal 55"),
        ("PNS", "administrator", "Camat", 58, "UU 20/2023 Pasal 55"),
        ("PNS", "pengawas", "Lurah", 58, "UU 20/2023 Pasal 55"),
        ("CPNS", "pelaksana", "Pengadministrasi", 58, "UU 20/2023 Pasal 55"),
        ("PNS", "jf_keterampilan", "Perawat Penyelia", 58, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_pertama", "Arsiparis Ahli Pertama", 58, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_muda", "Arsiparis Ahli Muda", 58, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_madya", "Arsiparis Ahli Madya", 60, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_utama", "Arsiparis Ahli Utama", 65, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_pertama", "GURU KELAS AHLI PERTAMA", 60, "UU 14/2005 Pasal 30 ayat (4)"),
        ("PPPK", "jf_ahli_pertama", "AHLI PERTAMA - GURU KELAS", 60, "UU 14/2005 Pasal 30 ayat (4)"),
        ("PNS", "tidak_diketahui", "Guru Madya", 60, "UU 14/2005 Pasal 30 ayat (4)"),
        ("PNS", "administrator", "Kepala Bidang Guru", 58, "UU 20/2023 Pasal 55"),
        ("PNS", "jf_ahli_muda", "Pengembang Gurupedia Ahli Muda", 58, "PP 11/2017 Pasal 239"),
        ("PNS", "jf_ahli_pertama", "Dosen Asisten Ahli", 65, "UU 14/2005 Pasal 67 ayat (4)"),
        ("PPPK", "pelaksana", "Operator", 58, "UU 20/2023 Pasal 55; PP 49/2018 Pasal 37"),
        ("PPPK_PW", "jf_ahli_madya", "Perawat Ahli Madya", 60, "PP 11/2017 Pasal 239; PP 49/2018 Pasal 37"),
    ],
)
def test_every_post_has_the_retirement_age_of_the_pack_with_its_article(
    kind: str, post: str, name: str, age: int, basis: str
) -> None:
    found = known(somebody(EmployeeKind(kind), PostClass(post), name)).age
    assert found is not None
    assert (found.age, found.basis) == (age, basis)


@pytest.mark.parametrize("kind", list(EmployeeKind))
@pytest.mark.parametrize("post", [one for one in PostClass if one is not PostClass.UNKNOWN])
def test_every_class_has_a_retirement_age_except_for_people_outside_the_service(
    kind: EmployeeKind, post: PostClass
) -> None:
    found = known(somebody(kind, post))
    assert (found.age is None) is (kind is EmployeeKind.NON_ASN)
    assert found.missing == ()


@pytest.mark.parametrize(
    ("born", "kind", "leaves"),
    [
        (date(1966, 9, 8), PostClass.PELAKSANA, date(2024, 10, 1)),
        (date(1966, 12, 31), PostClass.JPT_PRATAMA, date(2027, 1, 1)),
        (date(1968, 2, 29), PostClass.JF_AHLI_UTAMA, date(2033, 4, 1)),
        (date(1966, 9, 1), PostClass.PELAKSANA, date(2024, 10, 1)),
    ],
)
def test_the_retirement_day_is_the_first_of_the_month_after_the_birthday(
    born: date, kind: PostClass, leaves: date
) -> None:
    found = known(Facts(EmployeeKind.PNS, born, date(1995, 3, 1), kind))
    assert found.leaves_on == leaves
    assert "Pasal" in found.explanation[0]
    assert "SK pensiun yang menentukan" in " ".join(found.doubts)
    assert found.missing == ()


@pytest.mark.parametrize(
    ("born", "since", "right", "lower"),
    [
        (date(1974, 9, 9), date(2004, 9, 9), True, "terpenuhi"),
        (date(1974, 9, 10), date(2004, 9, 9), False, "terpenuhi"),
        (date(1979, 9, 10), date(2004, 9, 9), False, "belum terpenuhi"),
        (date(1974, 9, 9), date(2004, 9, 10), False, "belum terpenuhi"),
        (None, date(2004, 9, 9), None, ""),
        (date(1974, 9, 9), None, None, ""),
    ],
)
def test_the_pension_right_needs_age_and_service_and_the_other_reading_stands_beside_it(
    born: date | None, since: date | None, right: bool | None, lower: str
) -> None:
    found = known(Facts(EmployeeKind.PNS, born, since, PostClass.PELAKSANA))
    assert found.pension is right
    assert any("45 tahun" in doubt for doubt in found.doubts)
    other = [line for line in found.explanation if line.startswith("Bacaan lain: paling sedikit 45 dan 20 tahun")]
    assert [line.endswith(f"(PP 11/2017 Pasal 305), {lower}.") for line in other] == [True] * bool(lower)
    assert ("tanggal lahir" in found.missing, "TMT CPNS/PPPK" in found.missing) == (born is None, since is None)


@pytest.mark.parametrize(
    ("kind", "post", "doubt"),
    [
        (EmployeeKind.PPPK, PostClass.PELAKSANA, CONTRACT),
        (EmployeeKind.PPPK_PW, FUNCTIONAL, CONTRACT),
        (EmployeeKind.PNS, FUNCTIONAL, "guru, dokter, dosen, peneliti"),
    ],
)
def test_what_is_unsure_is_named_with_the_age(kind: EmployeeKind, post: PostClass, doubt: str) -> None:
    found = known(somebody(kind, post)).age
    assert found is not None
    assert doubt in " ".join(found.doubts)


def test_what_rests_on_memory_alone_is_doubtful_even_without_a_word_why() -> None:
    found = known(somebody(post=PostClass.PELAKSANA), date(2020, 1, 1)).age
    assert found is not None
    assert found.basis == "UU 5/2014 Pasal 90", "the law of that day"
    assert found.doubts == ("Belum ada sumbernya.", "UU 5/2014 Pasal 90: Nomor pasal dari ingatan; dicabut UU 20/2023.")


def test_before_any_rule_on_record_nothing_is_computed() -> None:
    found = known(somebody(post=PostClass.PELAKSANA), date(2010, 1, 1))
    assert (found.age, found.leaves_on, found.missing) == (None, None, ())
    assert "tidak ada dalam paket aturan yang berlaku" in found.explanation[0]


def test_kinds_without_a_rule_are_told_so() -> None:
    outside, contract = known(somebody(EmployeeKind.NON_ASN)), known(somebody(EmployeeKind.PPPK))
    assert outside.explanation[0] == "BUP untuk Non-ASN tidak ada dalam paket aturan."
    assert contract.explanation[-1] == "Hak pensiun untuk PPPK tidak ada dalam paket aturan."
    assert (outside.pension, contract.pension) == (None, None)


def test_the_clerk_reads_articles_and_no_source_numbers() -> None:
    for kind in EmployeeKind:
        for post in PostClass:
            found = known(somebody(kind, post))
            said = " ".join((*found.explanation, *found.doubts))
            keys = {word.strip(".,;()") for word in said.split()} & set(shipped_library().sources)
            assert not keys, said


def test_missing_data_is_named_and_nobody_unknown_is_computed(desk: Desk) -> None:
    def enter(session: Session) -> int:
        return add_employee(session, birth_date=None, post_class=PostClass.UNKNOWN, service_from=date(2005, 1, 1)).id

    one = desk.write(enter).value
    found = desk.read(lambda session: retirement(session, one, DAY))
    assert found.leaves_on is None
    assert found.missing == ("tanggal lahir", "kelompok jabatan atau BUP jabatan")
    with pytest.raises(DeskError, match="tidak ditemukan"):
        desk.read(lambda session: retirement(session, 999, DAY))


def test_the_offices_list_of_posts_goes_before_the_class(desk: Desk) -> None:
    def enter(session: Session) -> int:
        session.add(PostReference(name="Penilik", folded_name="penilik", retirement_age=60))
        return add_employee(session, post_name="Penilik", post_class=FUNCTIONAL).id

    one = desk.write(enter).value
    age = desk.read(lambda session: retirement(session, one, DAY)).age
    assert age is not None
    assert (age.age, age.basis, age.doubts) == (60, "daftar referensi jabatan kantor", ())


def test_an_office_that_brings_its_own_pack_has_its_own_ages_and_thresholds(practice_desk: Desk) -> None:
    text = PACK.read_text(encoding="utf-8").replace("version = 1", "version = 2").replace("age = 50", "age = 45")
    own = text.replace('posts = ["jf_ahli_madya"]\nage = 60', 'posts = ["jf_ahli_madya"]\nage = 61')
    command = AddPack(own.encode(), Why("Surat BKN", "1/K/2024", date(2024, 9, 1)))

    def change(session: Session) -> tuple[int, int]:
        one = add_employee(session, post_class=PostClass.JF_AHLI_MADYA, service_from=date(2004, 9, 1)).id
        return one, service.add_pack(session, command)

    one, change_id = practice_desk.write(change).value

    def ages(session: Any) -> tuple[int | None, int]:
        found = retirement(session, one, DAY).age
        return found.age if found else None, packs_of(session).book("pilkada-2024").pensions[0].age

    assert practice_desk.read(ages) == (61, 45), "candidacy follows the same pack"
    practice_desk.write(lambda session: service.withdraw(session, change_id, "salah baca"))
    assert practice_desk.read(ages) == (60, 50)


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("age = 65", "age = 650", "[[retirement_ages]] ke-2, kunci age", "terlalu besar"),
        ("age = 65", 'age = "enam puluh"', "[[retirement_ages]] ke-2, kunci age", "bilangan bulat"),
        ('names = ["dosen"]', 'nama = ["dosen"]', "[[retirement_ages]] ke-2, kunci nama", "tidak dikenal"),
        ('basis = ["uu14-2005.67-4"]', "basis = []", "[[retirement_ages]] ke-2, kunci basis", "satu isian"),
        ('basis = ["uu14-2005.67-4"]', 'basis = ["uu-hayal"]', "[[retirement_ages]] ke-2, kunci basis", "norma"),
        ('posts = ["jf_ahli_madya"]', 'posts = ["kopral"]', "[[retirement_ages]] ke-8, kunci posts", "kelas jabatan"),
        ("months = 1", "months = 13", "[[retirement_starts]] ke-1, kunci months", "terlalu besar"),
        ("age = 45\n", "age = -1\n", "[[pensions]] ke-1, kunci other_readings.1.age", "terlalu kecil"),
    ],
)
def test_a_fault_in_the_pack_is_named_with_its_place(
    tmp_path: Any, old: str, new: str, place: str, sentence: str
) -> None:
    text = PACK.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / PACK.name
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    problem = check_file(file)[0]
    assert problem.place == f"{PACK.name}, {place}"
    assert sentence in problem.sentence
    assert problem.line is not None
