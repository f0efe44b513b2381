"""A step's figures in a shop's wording become placeholders; any other figure stays as written."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.core.amounts import AmountRule
from bot.core.days import Unit
from bot.core.playbook import Decision, FollowUp, Playbook, Step
from bot.core.playbook import Test as Check
from bot.core.policy import Policy
from bot.core.scripts import Scripts
from bot.services.figure_marks import marked
from tests.builders import TODAY, figures, parameter, playbook, step, when

OFFER = replace(
    step("offer", Decision.ALLOW, when("received_on", Check.WITHIN, parameter="window")),
    amount="each",
    follow_up=FollowUp("看客户收到没有", after="resend_days"),
)
CABLE = playbook("cable", OFFER, amounts={"each": AmountRule(figure="compensation")})
POLICY = Policy(
    figures(
        parameter("compensation", Decimal(2), Unit.CNY),
        parameter("window", 7),
        parameter("resend_days", 3, Unit.WORKING_DAY),
        parameter("payout_low", 2),
        parameter("payout_high", 3),
        parameter("share", Decimal("0.3"), Unit.RATIO),
        parameter("hours", 72, Unit.HOUR),
        parameter("other", 15),
    ),
    {},
    {"cable": CABLE},
    Scripts({"cable.offer": ["{payout_low}到{payout_high}天，赔{share}，{hours}小时"]}),
)


def told(text: str, playbook: Playbook = CABLE, step: Step = OFFER) -> str:
    return marked(text, playbook, step, POLICY, TODAY)


@pytest.mark.parametrize(
    ("text", "with_marks"),
    [
        ("给您补2元", "给您补{amount}元"),
        ("给您补两块钱", "给您补{amount}块钱"),
        ("签收后7天内", "签收后{window}天内"),
        ("签收后七天内", "签收后{window}天内"),
        ("3个工作日", "{resend_days}个工作日"),
        ("2-3天到账", "{payout_low}-{payout_high}天到账"),
        ("另赔30%", "另赔{share}"),
        ("72 小时内", "{hours} 小时内"),
    ],
)
def test_a_figure_of_the_step_becomes_its_placeholder(text: str, with_marks: str) -> None:
    assert told(text) == with_marks


@pytest.mark.parametrize("text", ["给您补12元", "给您补2.5元", "15天内", "7元", "3个月", "补2根"])
def test_another_figure_or_another_unit_stays(text: str) -> None:
    assert told(text) == text


def test_a_value_that_two_figures_have_is_left_to_a_person() -> None:
    policy = replace(POLICY, scripts=Scripts({"cable.offer": ["{payout_high}天，{other}天"]}))
    same = replace(policy, figures=policy.figures.with_({"other": parameter("other", 3)}))

    assert marked("3天", CABLE, OFFER, policy, TODAY) == "{payout_high}天"
    assert marked("3天", CABLE, OFFER, same, TODAY) == "3天"


def test_a_step_that_pays_nothing_has_no_amount() -> None:
    assert told("给您补2元", step=step("tell")) == "给您补2元"


def test_an_amount_that_depends_on_the_order_is_not_guessed() -> None:
    by_order = playbook("cable", OFFER, amounts={"each": AmountRule(fact="paid")})

    assert told("退您2元", by_order) == "退您2元"
