"""What is known, by whom it was said, and what wins when people and data differ."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.facts import Difference, Fact, FactDef, Facts, Kind, Origin, Value, merge
from tests.builders import TODAY, known

IN_DATA = Fact(date(2026, 3, 8), Origin.ORDER)
SAID = Fact(date(2026, 3, 10), Origin.CUSTOMER)


def test_what_nobody_said_is_unknown() -> None:
    nothing = Facts()

    assert "received_on" not in nothing
    assert nothing.get("received_on") is None
    assert nothing.value("received_on") is None


def test_the_data_decides_over_the_customers_words_and_the_difference_is_told() -> None:
    facts, differences = merge([("received_on", SAID), ("received_on", IN_DATA)])

    assert facts.get("received_on") == IN_DATA
    assert differences == (Difference("received_on", kept=IN_DATA, overruled=SAID),)


def test_the_data_decides_whoever_speaks_last() -> None:
    facts, differences = merge([("received_on", IN_DATA), ("received_on", SAID)])

    assert facts.get("received_on") == IN_DATA
    assert [one.overruled for one in differences] == [SAID]


def test_words_that_agree_with_the_data_make_no_difference() -> None:
    agreeing = Fact(IN_DATA.value, Origin.CUSTOMER)

    _, differences = merge([("received_on", agreeing), ("received_on", IN_DATA)])

    assert differences == ()


def test_a_customer_may_change_their_mind() -> None:
    first, second = Fact("money", Origin.CUSTOMER), Fact("resend", Origin.CUSTOMER)

    facts, differences = merge([("remedy", first), ("remedy", second)])

    assert facts.value("remedy") == "resend"
    assert differences == ()


def test_an_agent_and_a_customer_count_alike_and_the_later_one_wins() -> None:
    facts, _ = merge([("light", Fact("on", Origin.CUSTOMER)), ("light", Fact("off", Origin.AGENT))])

    assert facts.value("light") == "off"


def test_a_note_decides_over_words_and_the_order_over_a_note() -> None:
    words, note = Fact(False, Origin.CUSTOMER), Fact(True, Origin.NOTE)
    order = Fact(False, Origin.ORDER)

    with_note, _ = merge([("parcel_held", note), ("parcel_held", words)])
    with_order, differences = merge([("parcel_held", order), ("parcel_held", note)])

    assert with_note.value("parcel_held") is True
    assert with_order.value("parcel_held") is False
    assert differences == ()  # data against data is for the people who keep it


def test_what_a_step_takes_as_given_yields_to_words_without_a_difference() -> None:
    implied, said = Fact("not_found", Origin.IMPLIED), Fact("found", Origin.CUSTOMER)

    facts, differences = merge([("searched", said), ("searched", implied)])

    assert facts.value("searched") == "found"
    assert differences == ()


ORIGINS = st.sampled_from(Origin)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.builds(Fact, st.integers(0, 3), ORIGINS))))
def test_what_is_known_was_said_and_nothing_better_was_said_later(
    sayings: list[tuple[str, Fact]],
) -> None:
    facts, _ = merge(sayings)

    for name in facts:
        winner = facts.get(name)
        later = sayings[sayings.index((name, winner)) :] if winner else []
        assert winner is not None
        assert (name, winner) in sayings
        assert not any(
            n == name
            and one.origin is Origin.ORDER
            and winner.origin is not Origin.ORDER
            and winner.origin is not Origin.SHOP
            for n, one in later
        )
    assert set(facts) == {name for name, _ in sayings}


def test_days_and_numbers_are_given_as_such_only_when_they_are() -> None:
    facts = known(
        received_on=TODAY, missing_count=2, demanded=Decimal("4.01"), photo=True, light="off"
    )

    assert facts.day("received_on") == TODAY
    assert facts.day("light") is None
    assert facts.number("missing_count") == 2
    assert facts.number("demanded") == Decimal("4.01")
    assert facts.number("photo") is None  # a yes is no one
    assert facts.number("light") is None


def test_adding_a_fact_leaves_the_facts_as_they_were() -> None:
    facts = known(remedy="money")

    more = facts.with_(photo=Fact(True, Origin.CUSTOMER))

    assert set(more) == {"remedy", "photo"}
    assert set(facts) == {"remedy"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("money", "补款"),
        ("other", "other"),
        (True, "是"),
        (False, "否"),
        (date(2026, 3, 8), "3月8日"),
        (Decimal("4.00"), "4.00"),
        (2, "2"),
    ],
)
def test_a_value_is_shown_as_people_read_it(value: Value, shown: str) -> None:
    definition = FactDef("remedy", "要补款还是补寄", Kind.CHOICE, {"money": "补款"})

    assert definition.shown(value) == shown
