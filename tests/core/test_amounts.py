"""How an amount is computed from figures and facts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.amounts import AmountRule
from bot.core.days import Unit
from bot.core.facts import Value
from tests.builders import TODAY, figures, known, parameter

SHOP = figures(
    parameter("cable", Decimal("2.00"), Unit.CNY),
    parameter("cable_limit", Decimal("4.00"), Unit.CNY),
    parameter("late_share", Decimal("0.30"), Unit.RATIO),
    parameter("late_limit", Decimal("500.00"), Unit.CNY),
)
CABLES = AmountRule(figure="cable", times="missing_count", at_most="cable_limit")
MISSING = AmountRule(fact="named_price", times="missing_count")
DIFFERENCE = AmountRule(difference=("new_price", "old_price"))
LATE = AmountRule(fact="goods_paid", share="late_share", at_most="late_limit")


def amount(rule: AmountRule, **values: Value) -> Decimal | None:
    return rule.amount(known(**values), SHOP, TODAY)


@pytest.mark.parametrize(("count", "yuan"), [(1, "2.00"), (2, "4.00"), (3, "4.00"), (9, "4.00")])
def test_cables_cost_two_yuan_each_and_four_at_most(count: int, yuan: str) -> None:
    assert amount(CABLES, missing_count=count) == Decimal(yuan)


def test_a_count_nobody_named_is_one() -> None:
    assert amount(CABLES) == Decimal("2.00")


def test_what_is_missing_costs_its_price_for_each_piece() -> None:
    assert amount(MISSING, named_price=Decimal("39.90"), missing_count=2) == Decimal("79.80")


def test_without_a_price_there_is_no_amount() -> None:
    assert amount(MISSING, missing_count=2) is None


def test_a_difference_is_the_new_price_less_the_old() -> None:
    prices = {"new_price": Decimal("219.00"), "old_price": Decimal("189.00")}

    assert amount(DIFFERENCE, **prices) == Decimal("30.00")


@pytest.mark.parametrize("name", ["new_price", "old_price"])
def test_with_one_price_unknown_there_is_no_difference(name: str) -> None:
    assert amount(DIFFERENCE, **{name: Decimal("189.00")}) is None


@pytest.mark.parametrize(
    ("paid", "yuan"),
    [("100.00", "30.00"), ("0.05", "0.02"), ("1666.66", "500.00"), ("1666.63", "499.99")],
)
def test_a_share_is_rounded_to_the_fen_and_capped(paid: str, yuan: str) -> None:
    assert amount(LATE, goods_paid=Decimal(paid)) == Decimal(yuan)


@given(st.decimals(0, 99_999, places=2))
def test_a_capped_amount_never_passes_its_limit(paid: Decimal) -> None:
    found = amount(LATE, goods_paid=paid)

    assert found is not None
    assert 0 <= found <= 500


def test_a_rule_names_the_facts_and_figures_it_rests_on() -> None:
    assert list(CABLES.facts()) == ["missing_count"]
    assert list(CABLES.parameters()) == ["cable", "cable_limit"]
    assert list(DIFFERENCE.facts()) == ["new_price", "old_price"]
    assert list(LATE.parameters()) == ["late_share", "late_limit"]
