"""What intents are called, and which of them a person may say a message has."""

from dataclasses import replace

import pytest

from bot.core.intents import FAMILIES, OTHERS, can_be_meant, choosable, intent_title
from tests.builders import playbook, policy
from tests.desks import POLICY

CAR = replace(playbook("car_guarantee"), title="新车质保")
FIND = replace(playbook("find_order"), generic=True)
REMINDER = replace(playbook("after_the_sale"), yields=True)
SHOP = policy(playbook("missing_cable"), playbook("greet"), CAR, FIND, REMINDER)


@pytest.mark.parametrize("intent", ["missing_cable", "greet", "car_guarantee"])
def test_what_customers_say_and_what_the_shops_own_rules_are_for_can_be_meant(intent: str) -> None:
    assert can_be_meant(intent, SHOP)


@pytest.mark.parametrize("intent", ["find_order", "after_the_sale", "return_request", "", "猜的"])
def test_what_nobody_wants_or_no_playbook_serves_cannot(intent: str) -> None:
    assert not can_be_meant(intent, SHOP)


def test_all_that_can_be_meant_is_listed_by_family_and_the_shops_own_last() -> None:
    assert choosable(SHOP) == {
        "少件与配件": {"missing_cable": "没收到网线"},
        "对话": {"greet": "打招呼"},
        OTHERS: {"car_guarantee": "新车质保"},
    }


def test_of_the_real_rules_every_intent_can_be_chosen_by_its_own_title() -> None:
    listed = choosable(POLICY)

    assert {family: listed[family] for family in FAMILIES} == FAMILIES
    assert intent_title("refund_not_received", POLICY) == "退款没收到"
