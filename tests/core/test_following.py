"""What follows from known facts: evidence, the day of a replacement, the hours since receipt."""

from datetime import date

import pytest

from bot.core.facts import Fact, Facts, Origin, Value
from bot.core.following import following

ARRIVED = date(2026, 3, 5)
SENT = date(2026, 3, 2)


def follows(**given: Fact) -> dict[str, Value]:
    return {name: fact.value for name, fact in following(Facts(given))}


def said(value: Value) -> Fact:
    return Fact(value, Origin.CUSTOMER)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("photo", True),
        ("fault_cause", "quality"),
        ("fault_cause", "transit"),
        ("shop_error", True),
        ("at_the_door", True),
        ("refused_parcel", True),
        ("done_offer_choice", True),
    ],
)
def test_a_photo_the_warehouse_the_courier_or_a_colleague_who_looked_is_evidence(
    name: str, value: Value
) -> None:
    found = follows(**{name: said(value)})

    assert found == {"evidence": True}


def test_what_cannot_be_told_is_no_evidence() -> None:
    found = follows(fault_cause=said("unclear"), shop_error=said(False))

    assert found == {}


def test_a_replacement_counts_from_the_day_it_arrived() -> None:
    found = follows(
        replacement_received=Fact(True, Origin.NOTE, ARRIVED),
        exchange_shipped=Fact(True, Origin.ORDER, SENT),
    )

    assert found == {"replaced_on": ARRIVED}


def test_the_day_it_was_sent_stands_in_while_nobody_noted_that_it_arrived() -> None:
    found = follows(exchange_shipped=Fact(True, Origin.ORDER, SENT))

    assert found == {"replaced_on": SENT}


def test_a_replacement_that_was_not_sent_has_no_day() -> None:
    found = follows(exchange_shipped=Fact(False, Origin.ORDER, None))

    assert found == {}
