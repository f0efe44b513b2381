"""How a step is worded, with figures and facts put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.scripts import Reply, Scripts, fill, placeholders

OFFER = "missing_cable.offer"
SCRIPTS = Scripts(
    {
        OFFER: ["补您{amount}元，可以吗？", "一共{amount}元。", "缺的{named_line}补您{amount}元。"],
        "greet.hello": ["您好"],
    }
)


def replies(values: dict[str, str], used: int = 0) -> list[int]:
    return [reply.variant for reply in SCRIPTS.replies(OFFER, values, used)]


def test_a_reply_says_where_its_wording_stands() -> None:
    (reply,) = SCRIPTS.replies("greet.hello", {})

    assert reply == Reply("您好", "greet.hello", 1)
    assert reply.id == "greet.hello.1"


def test_figures_and_facts_are_put_in() -> None:
    first, *_ = SCRIPTS.replies(OFFER, {"amount": "2", "named_line": "网线"})

    assert first.text == "补您2元，可以吗？"


def test_a_variant_that_needs_what_nobody_knows_is_left_out() -> None:
    assert replies({"amount": "2"}) == [1, 2]
    assert replies({}) == []


@pytest.mark.parametrize(
    ("used", "sequence"), [(0, [1, 2, 3]), (1, [2, 3, 1]), (2, [3, 1, 2]), (3, [1, 2, 3])]
)
def test_the_variants_take_turns(used: int, sequence: list[int]) -> None:
    assert replies({"amount": "2", "named_line": "网线"}, used) == sequence


def test_a_step_without_wording_has_no_replies() -> None:
    assert SCRIPTS.replies("missing_cable.no_such_step", {}, used=2) == ()
    assert SCRIPTS.variants("missing_cable.no_such_step") == ()


def test_the_wordings_are_known_by_name() -> None:
    assert SCRIPTS.names() == ["greet.hello", OFFER]
    assert OFFER in SCRIPTS
    assert "greet.bye" not in SCRIPTS


def test_a_placeholder_stands_in_braces() -> None:
    assert placeholders("补您{amount}元，{follow_up_on}看，{Amount}不算") == {
        "amount",
        "follow_up_on",
    }


@given(st.text())
def test_whatever_a_value_holds_stays_plain_text(value: str) -> None:
    assert (
        fill("抬头{invoice_title}。", {"invoice_title": value, "amount": "9"}) == f"抬头{value}。"
    )
