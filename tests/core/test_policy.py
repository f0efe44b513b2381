"""Everything a shop decides, found by name."""

from dataclasses import replace

from bot.core.playbook import Instead
from tests.builders import playbook, policy

SHOP = policy(
    playbook("missing_cable"),
    playbook("general_money", intents=["pay_out", "price_drop"]),
)


def test_an_intent_opens_the_playbook_that_serves_it() -> None:
    found = SHOP.for_intent("price_drop")

    assert found is SHOP.playbooks["general_money"]


def test_a_playbooks_own_name_is_no_intent_when_it_lists_others() -> None:
    assert SHOP.for_intent("general_money") is None
    assert SHOP.for_intent("missing_cable") is SHOP.playbooks["missing_cable"]


def test_an_intent_nobody_serves_opens_nothing() -> None:
    assert SHOP.for_intent("car_repair") is None


def test_a_policy_recognises_steps_by_its_own_wording() -> None:
    worded = policy(playbook("greet"), scripts={"greet.end": ["您好，我转给主管看"]})

    found = worded.recogniser.step("您好，我转给主管看", ["greet"])

    assert found is not None
    assert found.step == "end"


def test_an_empty_shop_serves_nothing() -> None:
    empty = policy()

    assert empty.for_intent("missing_cable") is None
    assert empty.recogniser.step("您好", []) is None


def test_what_led_into_a_case_was_said_of_the_same_matter() -> None:
    size = replace(playbook("size_issue"), instead=(Instead((), "return_request"),))
    shop = policy(size, playbook("return_request"))

    assert shop.told_as("return_request") == {"size_issue"}
    assert shop.told_as("size_issue") == frozenset()
    assert shop.told_as(None) == frozenset()
