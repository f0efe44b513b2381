"""A practice customer answers what a reply did: nothing is told unasked, nothing is forgotten."""

import pytest

from bot.core.playbook import Decision
from bot.core.practice import Persona, Practice
from bot.core.practice_customer import Customer, Ending, Heard, Mood

MANNERS = {persona: {mood: (mood.value,) for mood in Mood} for persona in Persona}
PRACTICE = Practice(
    id="p",
    case="missing_cable",
    title="没有网线",
    level=1,
    persona=Persona.HURRIED,
    patience=2,
    orders=(),
    opening=("没有网线",),
    knows={"searched": ("找过了",), "remedy": ("补钱",)},
    volunteers=("我赶时间",),
    goal="pay",
)
CUSTOMER = Customer(PRACTICE, MANNERS)
BEGINS, _ = CUSTOMER.opens()


def test_what_is_asked_is_told_and_after_the_first_reply_what_is_volunteered() -> None:
    mind, lines = CUSTOMER.hears(BEGINS, Heard("ask", asked=("searched",)))

    assert lines == ("找过了", "我赶时间")
    assert mind.patience == 2


def test_what_was_told_is_told_again_with_a_complaint_and_costs_patience() -> None:
    mind, _ = CUSTOMER.hears(BEGINS, Heard("ask", asked=("searched",)))

    mind, lines = CUSTOMER.hears(mind, Heard("ask_more", asked=("searched", "remedy")))

    assert lines == ("again", "找过了", "补钱")
    assert mind.patience == 1


def test_who_is_asked_what_they_do_not_know_says_so() -> None:
    _, lines = CUSTOMER.hears(BEGINS, Heard("ask", asked=("colour",)))

    assert lines[0] == "unknown"


def test_nothing_is_accepted_that_was_not_said() -> None:
    mind, lines = CUSTOMER.hears(BEGINS, Heard("tell", Decision.INFORM))

    assert mind.ending is None
    assert lines[0] == "goes_on"


@pytest.mark.parametrize(
    ("decision", "ending"),
    [(Decision.ALLOW, Ending.CONTENT), (Decision.REFUSE, Ending.RESIGNED)],
)
def test_the_goal_ends_it_and_a_refusal_resigns(decision: Decision, ending: Ending) -> None:
    mind, lines = CUSTOMER.hears(BEGINS, Heard("pay", decision))

    assert (mind.ending, lines) == (ending, (ending.value,))


def test_replies_that_do_nothing_wear_them_out_one_by_one() -> None:
    mind, lines = CUSTOMER.hears(BEGINS, Heard())
    assert (mind.ending, lines[0]) == (None, "impatient")

    mind, lines = CUSTOMER.hears(mind, Heard())

    assert (mind.ending, lines) == (Ending.LEFT, ("leaves",))


def test_a_kind_word_wins_a_lost_round_back_once() -> None:
    mind, _ = CUSTOMER.hears(BEGINS, Heard())
    mind, _ = CUSTOMER.hears(mind, Heard("ask", asked=("searched",), kind=True))
    assert mind.patience == 2

    mind, _ = CUSTOMER.hears(mind, Heard(kind=True))

    assert mind.patience == 1
