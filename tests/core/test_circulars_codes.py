"""The code on a slip: tolerant of how it is typed, never mistaken for another person's."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asn_desk.circulars import codes
from asn_desk.errors import DeskError

CODE = codes.new_code(Random(1))
whole_codes = st.integers(0, 2**32).map(lambda seed: codes.new_code(Random(seed)))


def refusal(text: str) -> str:
    with pytest.raises(DeskError) as caught:
        codes.parse(text)
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def test_a_code_is_sixteen_signs_of_the_qr_alphanumeric_set_behind_the_prefix() -> None:
    assert len(CODE) == codes.LENGTH == 16
    assert CODE.startswith("ADE1")
    assert set(CODE) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(codes.readable(CODE).split("-")) == 4


def test_codes_of_one_generator_do_not_repeat() -> None:
    rng = Random(3)
    assert len({codes.new_code(rng) for _ in range(20_000)}) == 20_000


@given(whole_codes)
def test_every_new_code_reads_back_from_its_printed_form(code: str) -> None:
    assert codes.parse(codes.readable(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        " ".join(CODE),
        f"\t{codes.readable(CODE)}\r\n",
        codes.readable(CODE).replace("-", "–"),
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
    ],
)
def test_small_letters_blanks_hyphens_and_look_alikes_are_forgiven(typed: str) -> None:
    assert codes.parse(typed) == CODE


@given(whole_codes, st.integers(4, 15), st.sampled_from(codes.ALPHABET))
def test_any_single_wrong_sign_is_damage(code: str, place: int, sign: str) -> None:
    if sign == code[place]:
        return
    assert refusal(code[:place] + sign + code[place + 1 :]) == "damaged"


@given(whole_codes, st.tuples(st.integers(4, 15), st.integers(4, 15)), st.text(codes.ALPHABET, min_size=2, max_size=2))
def test_any_two_wrong_signs_are_damage(code: str, places: tuple[int, int], signs: str) -> None:
    changed = list(code)
    for place, sign in zip(places, signs, strict=True):
        changed[place] = sign
    if "".join(changed) != code:
        assert refusal("".join(changed)) == "damaged"


@pytest.mark.parametrize("places", list(combinations(range(4, 16), 2)))
def test_any_two_signs_swapped_are_damage(places: tuple[int, int]) -> None:
    first, second = places
    swapped = list(CODE)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    if "".join(swapped) != CODE:
        assert refusal("".join(swapped)) == "damaged"


@pytest.mark.parametrize("text", [CODE[:-1], CODE + "7", CODE[:8], "ADE1", CODE.replace(CODE[6], "U"), CODE[:-1] + "*"])
def test_a_cut_lengthened_or_impossible_code_is_damage(text: str) -> None:
    assert refusal(text) == "damaged"


@pytest.mark.parametrize("text", ["", "https://contoh.example/edaran", "198001012005011001", "ADF1" + CODE[4:], "Siti"])
def test_anything_else_is_not_ours(text: str) -> None:
    assert refusal(text) == "not_ours"


@given(st.text(max_size=40))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    with pytest.raises(DeskError):
        codes.parse(text)


@pytest.mark.parametrize(
    ("text", "ours"), [(CODE.lower(), True), ("ade1-12", True), ("Ade", False), ("1980 0101", False)]
)
def test_a_code_is_told_from_a_name_or_number(text: str, ours: bool) -> None:
    assert codes.looks_like_code(text) is ours
