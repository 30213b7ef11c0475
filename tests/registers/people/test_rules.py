from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silian.registers.people.rules import (
    age_on,
    birth_date_of,
    id_number_problem,
    is_minor,
    masked,
    masked_name,
    reason_problem,
)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_samples_of_the_standard_are_valid(number: str) -> None:
    assert id_number_problem(number) is None


@pytest.mark.parametrize(
    ("number", "word"),
    [("1101051949123100", "16 位"), ("110105194912310021", "校验位"), ("", "0 位")],
)
def test_a_bad_number_gets_a_sentence_that_says_what_is_wrong(number: str, word: str) -> None:
    assert word in str(id_number_problem(number))


def test_spaces_and_a_small_x_are_forgiven() -> None:
    assert id_number_problem("110105 19491231 002x") is None


def test_the_birth_date_is_read_from_the_number() -> None:
    assert birth_date_of("11010519491231002X") == datetime.date(1949, 12, 31)


@given(st.text(min_size=8, max_size=30))
def test_a_mask_shows_seven_characters_at_most(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert hidden[3:-4] == "*" * (len(text) - 7)


@given(st.text(max_size=7))
def test_a_short_text_is_hidden_whole(text: str) -> None:
    assert masked(text) == "*" * len(text)


def test_a_public_list_shows_the_family_name_only() -> None:
    assert masked_name("欧阳晓") == "欧**"


def test_one_comes_of_age_on_the_birthday() -> None:
    born = datetime.date(2008, 3, 18)
    assert is_minor(born=born, on=datetime.date(2026, 3, 17))
    assert not is_minor(born=born, on=datetime.date(2026, 3, 18))
    assert age_on(datetime.date(2026, 3, 17), born=born) == 17


def test_born_on_a_leap_day_one_ages_on_the_first_of_march() -> None:
    born = datetime.date(2008, 2, 29)
    assert age_on(datetime.date(2026, 2, 28), born=born) == 17
    assert age_on(datetime.date(2026, 3, 1), born=born) == 18


def test_a_reason_of_two_words_is_no_reason() -> None:
    assert "事由" in str(reason_problem("核对"))
    assert reason_problem("核对三方协议的身份信息") is None
