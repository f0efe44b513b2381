"""Numbers are read only when they are one number."""

from decimal import Decimal

import pytest

from bot.language.numbers import integer, number, plain


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12.5", "12.5"),
        ("1,299", "1299"),
        ("1.5万", "15000"),
        ("2k", "2000"),
        ("零", "0"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("两百", "200"),
        ("两百五", "250"),
        ("两百零五", "205"),
        ("一百一十", "110"),
        ("三千五百", "3500"),
        ("一万二", "12000"),
        ("一万两千三", "12300"),
    ],
)
def test_a_number_is_read_in_any_writing(written: str, value: str):
    assert number(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "三五", "十百", "1.2.3", "元", "几", "一二三", "半"])
def test_what_is_not_one_number_is_not_guessed(written: str):
    assert number(written) is None


@pytest.mark.parametrize(("written", "value"), [("三", 3), ("2.0", 2), ("2.5", None), ("几", None)])
def test_only_whole_numbers_are_integers(written: str, value: int | None):
    assert integer(written) == value


@pytest.mark.parametrize(
    ("value", "written"), [("62.50", "62.5"), ("60.0", "60"), ("100", "100"), ("0.5", "0.5")]
)
def test_a_number_is_written_in_the_shortest_way(value: str, written: str):
    assert plain(Decimal(value)) == written
