"""Amounts as a till rounds them and as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.money import exact, plain, to_fen

AMOUNTS = st.decimals(-9_999, 9_999, places=4)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("2.004", "2.00"), ("2.005", "2.01"), ("2.015", "2.02"), ("-2.005", "-2.01"), ("30", "30.00")],
)
def test_half_a_fen_is_rounded_up(amount: str, rounded: str) -> None:
    assert to_fen(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("4.00", "4"),
        ("12.50", "12.5"),
        ("0.05", "0.05"),
        ("100", "100"),
        ("0", "0"),
        ("1E+2", "100"),
    ],
)
def test_in_a_chat_an_amount_has_no_needless_zeros(amount: str, said: str) -> None:
    assert plain(Decimal(amount)) == said


@pytest.mark.parametrize(("amount", "written"), [("4", "4.00"), ("12.5", "12.50"), ("0", "0.00")])
def test_in_a_record_an_amount_has_two_places(amount: str, written: str) -> None:
    assert exact(Decimal(amount)) == written


@given(AMOUNTS)
def test_what_is_said_and_what_is_written_are_the_same_amount(amount: Decimal) -> None:
    assert Decimal(plain(amount)) == Decimal(exact(amount)) == to_fen(amount)


@given(AMOUNTS)
def test_rounding_moves_an_amount_by_half_a_fen_at_most(amount: Decimal) -> None:
    assert abs(to_fen(amount) - amount) <= Decimal("0.005")
