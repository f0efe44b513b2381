import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.numbers import clean_number, last_four


@pytest.mark.parametrize(
    "typed",
    [
        "250904220031",
        " 2509 0422 0031 ",
        "2509-0422-0031",
        "２５０９０４２２００３１",
        "\t250904220031",
    ],
)
def test_an_order_number_is_the_same_however_it_is_typed(typed):
    assert clean_number(typed) == "250904220031"


@pytest.mark.parametrize(
    "typed", ["sf1100220033", "SF 1100 2200 33", "ＳＦ—1100—220033", "Sf1100220033\u200b"]
)
def test_a_tracking_number_keeps_its_letters_as_capitals(typed):
    assert clean_number(typed) == "SF1100220033"


@pytest.mark.parametrize(
    "kept", ['="5118609024991031607"', "'5118609024991031607", "\ufeff5118609024991031607"]
)
def test_the_marks_with_which_spreadsheets_keep_text_are_gone(kept):
    assert clean_number(kept) == "5118609024991031607"


def test_words_around_a_number_are_no_part_of_it():
    assert clean_number("订单号：250904220031。") == "250904220031"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean_number(text)

    assert clean_number(once) == once


@pytest.mark.parametrize(
    ("phone", "tail"),
    [
        ("15400001234", "1234"),
        ("154****1234", "1234"),
        ("154 0000 1234", "1234"),
        ("０１２３", "0123"),
        ("0571-88881234", "1234"),
    ],
)
def test_the_last_four_digits_are_known_even_of_a_masked_phone(phone, tail):
    assert last_four(phone) == tail


@pytest.mark.parametrize(
    "phone", ["", "123", "154****12**", "154一二三四", "15400001234-5678", "15400001234转5678"]
)
def test_digits_that_are_not_the_customers_own_are_unknown(phone):
    assert last_four(phone) is None
