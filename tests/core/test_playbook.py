"""Which step is next: the first that holds, and what commits also meets its grounds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import Unit
from bot.core.facts import Value
from bot.core.playbook import Condition, Decision, Step
from bot.core.playbook import Test as Check
from tests.builders import NO_FIGURES, TODAY, figures, known, parameter, playbook, step, when

SHOP = figures(
    parameter("window", 7),
    parameter("pieces_free", 5, Unit.PIECE),
    parameter("limit", Decimal("4.00"), Unit.CNY),
    parameter("couriers", ("中通", "圆通"), Unit.NAMES),
)
RECEIVED = date(2026, 3, 8)


def holds(condition: Condition, today: date = TODAY, /, **values: Value) -> bool:
    return condition.holds(known(**values), SHOP, today)


@pytest.mark.parametrize("test", sorted(set(Check) - {Check.UNKNOWN}))
def test_an_unknown_fact_meets_no_condition_but_unknown(test: Check) -> None:
    condition = when("received_on", test, "x", parameter="window")

    assert not holds(condition)
    assert holds(when("received_on", Check.UNKNOWN))


def test_a_known_fact_is_known_and_not_unknown() -> None:
    assert holds(when("photo", Check.KNOWN), photo=False)
    assert not holds(when("photo", Check.UNKNOWN), photo=False)


def test_a_choice_is_one_of_the_values_or_is_not() -> None:
    used = ("worn", "washed")

    assert holds(when("condition", Check.IS, *used), condition="washed")
    assert not holds(when("condition", Check.IS, *used), condition="resaleable")
    assert holds(when("signed_by", Check.NOT, "customer"), signed_by="neighbour")
    assert not holds(when("signed_by", Check.NOT, "customer"), signed_by="customer")


@pytest.mark.parametrize(
    ("today", "inside"), [(date(2026, 3, 15), True), (date(2026, 3, 16), False)]
)
def test_the_seventh_day_is_inside_and_the_eighth_is_outside(today: date, inside: bool) -> None:
    within = when("received_on", Check.WITHIN, parameter="window")
    older = when("received_on", Check.OLDER_THAN, parameter="window")

    assert holds(within, today, received_on=RECEIVED) is inside
    assert holds(older, today, received_on=RECEIVED) is not inside


@pytest.mark.parametrize(("pieces", "free"), [(5, True), (6, False)])
def test_five_pieces_are_free_and_six_are_not(pieces: int, free: bool) -> None:
    at_most = when("pieces", Check.AT_MOST, parameter="pieces_free")
    more = when("pieces", Check.MORE_THAN, parameter="pieces_free")

    assert holds(at_most, pieces=pieces) is free
    assert holds(more, pieces=pieces) is not free


@pytest.mark.parametrize(("demanded", "above"), [("4.00", False), ("4.01", True)])
def test_a_limit_in_yuan_counts_to_the_fen(demanded: str, above: bool) -> None:
    more = when("demanded", Check.MORE_THAN, parameter="limit")

    assert holds(more, demanded=Decimal(demanded)) is above


@pytest.mark.parametrize(("count", "above"), [(1, False), (2, True)])
def test_a_limit_may_stand_in_the_playbook_itself(count: int, above: bool) -> None:
    assert holds(when("missing_count", Check.MORE_THAN, 1), missing_count=count) is above


@pytest.mark.parametrize(("courier", "listed"), [("圆通", True), ("申通", False)])
def test_a_courier_is_on_the_shops_list_or_not(courier: str, listed: bool) -> None:
    assert holds(when("courier", Check.IN, parameter="couriers"), courier=courier) is listed


def test_the_window_of_the_day_it_opened_counts_whatever_the_shop_sets_later() -> None:
    longer = parameter("window", 7)
    shop = figures(
        type(longer)("window", "", Unit.DAY, {date(2024, 1, 1): 7, date(2026, 3, 10): 30})
    )
    within = when("received_on", Check.WITHIN, parameter="window")

    assert not within.holds(known(received_on=RECEIVED), shop, date(2026, 3, 16))
    assert within.holds(known(received_on=date(2026, 3, 10)), shop, date(2026, 4, 9))


def test_only_a_window_turns_and_it_turns_on_the_day_after_its_last() -> None:
    within = when("received_on", Check.WITHIN, parameter="window")

    assert within.turns_on(known(received_on=RECEIVED), SHOP) == date(2026, 3, 16)
    assert within.turns_on(known(), SHOP) is None
    assert when("photo", Check.IS, True).turns_on(known(photo=True), SHOP) is None


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(-20, 20))
def test_inside_and_outside_leave_no_day_between_them(received: date, days: int) -> None:
    today = received + timedelta(days)
    within = when("received_on", Check.WITHIN, parameter="window")
    older = when("received_on", Check.OLDER_THAN, parameter="window")

    assert holds(within, today, received_on=received) != holds(older, today, received_on=received)


LOOK = step("look_again", Decision.COLLECT, when("searched", Check.UNKNOWN), ask="searched")
FOUND = step("found", Decision.INFORM, when("searched", Check.IS, "found"))
PAY = step("pay", Decision.ALLOW, when("remedy", Check.IS, "money"))
END = step("nothing_fits", Decision.HANDOVER)
CABLE = playbook(
    "missing_cable",
    FOUND,
    LOOK,
    PAY,
    END,
    grounds={Decision.ALLOW: (when("searched", Check.IS, "not_found"), when("photo", Check.KNOWN))},
)


@pytest.mark.parametrize(
    ("values", "next_step"),
    [
        ({}, "look_again"),
        ({"searched": "found", "remedy": "money"}, "found"),
        ({"searched": "not_found", "remedy": "money", "photo": True}, "pay"),
        ({"searched": "not_found"}, "nothing_fits"),
    ],
)
def test_the_first_step_that_holds_is_the_next_one(
    values: dict[str, Value], next_step: str
) -> None:
    assert CABLE.next_step(known(**values), NO_FIGURES, TODAY).id == next_step


def test_a_step_that_pays_does_not_fire_without_its_grounds() -> None:
    found = CABLE.next_step(known(searched="not_found", remedy="money"), NO_FIGURES, TODAY)

    assert found.id == "nothing_fits"


def test_grounds_bind_only_what_commits() -> None:
    assert CABLE.conditions(PAY) == (*PAY.when, *CABLE.grounds[Decision.ALLOW])
    assert CABLE.conditions(LOOK) == LOOK.when


def test_a_playbook_that_ends_openly_says_so() -> None:
    open_ended = playbook("missing_cable", FOUND)

    with pytest.raises(LookupError, match="missing_cable has no step without conditions"):
        open_ended.next_step(known(), NO_FIGURES, TODAY)


def test_a_step_is_found_by_its_name() -> None:
    assert CABLE.step("pay") is PAY
    assert CABLE.step("resend") is None


def test_a_playbook_knows_the_facts_it_depends_on() -> None:
    assert CABLE.facts() == {"searched", "remedy", "photo"}


def test_whoever_pays_takes_as_given_what_was_asked_before() -> None:
    assert CABLE.implied_by("pay") == {"searched": "not_found"}


@pytest.mark.parametrize("name", ["found", "look_again", "no_such_step"])
def test_a_step_before_the_question_takes_nothing_as_given(name: str) -> None:
    assert CABLE.implied_by(name) == {}


def test_a_step_that_stands_on_a_window_names_its_last_day() -> None:
    inside = step("waiting", Decision.INFORM, when("received_on", Check.WITHIN, parameter="window"))

    assert inside.last_day(known(received_on=RECEIVED), SHOP) == date(2026, 3, 15)
    assert inside.last_day(known(), SHOP) is None
    assert step("open").last_day(known(received_on=RECEIVED), SHOP) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Step("no", Decision.REFUSE), Step("still_no", Decision.REFUSE), True),
        (Step("no", Decision.REFUSE), Step("yes", Decision.ALLOW), False),
        (
            Step("a", Decision.ALLOW, amount="cable"),
            Step("b", Decision.ALLOW, amount="cable"),
            True,
        ),
        (Step("a", Decision.ALLOW, amount="cable"), Step("b", Decision.ALLOW, amount="two"), False),
        (Step("a", Decision.ALLOW), Step("b", Decision.ALLOW), False),
        (Step("a", Decision.INFORM), Step("b", Decision.INFORM), False),
        (Step("no", Decision.REFUSE), Step("no", Decision.REFUSE, ask=("why",)), False),
    ],
)
def test_steps_come_to_the_same_that_refuse_or_grant_the_same(
    one: Step, other: Step, same: bool
) -> None:
    assert one.comes_to(other) is same
