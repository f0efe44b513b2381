"""Where a figure counts: nobody changes it without knowing."""

import pytest

from bot import wiring
from bot.core.policy_uses import AMOUNT, BUILT_IN, DUTY, FOLLOW_UP, GUARD, WHEN, WORDING, uses_of

POLICY = wiring.policy_store().current()


def uses(name: str) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(use.how, use.where): use.steps for use in uses_of(name, POLICY)}


def test_a_price_is_used_for_amounts_and_for_what_customers_demand():
    found = uses("cable_compensation")

    assert "说明无法查出丢在哪个环节，提出补偿" in found[AMOUNT, "没收到网线"]
    assert found[WHEN, "没收到网线"] == ("客户要的在上限以内，提到上限",)
    assert (GUARD, "回复里的金额对不对") in found


def test_a_window_counts_in_conditions_and_in_wording_and_for_each_step_with_its_grounds():
    found = uses("missing_part_window")

    assert "超过反馈期限，无法核实，不补偿" in found[WHEN, "没收到网线"]
    assert "登记补发，未开的发票一起寄" in found[WHEN, "没收到网线"]
    assert found[WORDING, "没收到网线"] == ("超过反馈期限，无法核实，不补偿",)


def test_a_period_is_used_by_follow_ups_and_a_time_of_day_by_duties():
    how = {use.how for name in POLICY.figures.names() for use in uses_of(name, POLICY)}

    assert {FOLLOW_UP, DUTY} <= how
    assert any(use.how == DUTY for use in uses_of("finance_cutoff", POLICY))


def test_every_figure_of_the_house_is_used_somewhere():
    assert [name for name in POLICY.figures.names() if not uses_of(name, POLICY)] == []


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_the_desk_itself_uses_is_a_figure_of_the_house(name):
    assert name in POLICY.figures
