"""A practice customer answers what a reply did: nothing is told unasked, nothing is forgotten."""

from dataclasses import replace

import pytest

from bot.core.playbook import Decision
from bot.core.practice import Aside, Persona, Practice, Want
from bot.core.practice_customer import Customer, Ending, Heard, Mind, Mood

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


def hears(mind: Mind, heard: Heard, customer: Customer = CUSTOMER) -> tuple[Mind, tuple[str, ...]]:
    mind, said = customer.hears(mind, heard)
    return mind, tuple(one.text for one in said)


def test_what_is_asked_is_told_and_after_the_first_reply_what_is_volunteered() -> None:
    mind, lines = hears(BEGINS, Heard("ask", asked=("searched",)))

    assert lines == ("找过了", "我赶时间")
    assert mind.patience == 2


def test_what_was_told_is_told_again_with_a_complaint_and_costs_patience() -> None:
    mind, _ = hears(BEGINS, Heard("ask", asked=("searched",)))

    mind, lines = hears(mind, Heard("ask_more", asked=("searched", "remedy")))

    assert lines == ("again", "找过了", "补钱")
    assert mind.patience == 1


def test_who_is_asked_what_they_do_not_know_says_so() -> None:
    _, lines = hears(BEGINS, Heard("ask", asked=("colour",)))

    assert lines[0] == "unknown"


def test_nothing_is_accepted_that_was_not_said() -> None:
    mind, lines = hears(BEGINS, Heard("tell", Decision.INFORM))

    assert mind.ending is None
    assert lines[0] == "goes_on"


@pytest.mark.parametrize(
    ("decision", "ending"),
    [(Decision.ALLOW, Ending.CONTENT), (Decision.REFUSE, Ending.RESIGNED)],
)
def test_the_goal_ends_it_and_a_refusal_resigns(decision: Decision, ending: Ending) -> None:
    mind, lines = hears(BEGINS, Heard("pay", decision))

    assert (mind.ending, lines) == (ending, (ending.value,))


def test_replies_that_do_nothing_wear_them_out_one_by_one() -> None:
    mind, lines = hears(BEGINS, Heard())
    assert (mind.ending, lines[0]) == (None, "impatient")

    mind, lines = hears(mind, Heard())

    assert (mind.ending, lines) == (Ending.LEFT, ("leaves",))


def test_a_kind_word_wins_a_lost_round_back_once() -> None:
    mind, _ = hears(BEGINS, Heard())
    mind, _ = hears(mind, Heard("ask", asked=("searched",), kind=True))
    assert mind.patience == 2

    mind, _ = hears(mind, Heard(kind=True))

    assert mind.patience == 1


def test_who_is_served_without_a_farewell_waits_for_a_last_word() -> None:
    mind, _ = hears(BEGINS, Heard("pay", Decision.ALLOW))
    assert not mind.over

    mind, lines = hears(mind, Heard(farewell=True))

    assert (mind.over, lines) == (True, ())


@pytest.mark.parametrize(
    "heard",
    [
        Heard("pay", Decision.ALLOW, farewell=True),
        Heard("pay", Decision.HANDOVER),
        Heard("pay", Decision.REFUSE),
    ],
)
def test_no_last_word_is_waited_for_where_there_was_one_or_a_colleague_goes_on(
    heard: Heard,
) -> None:
    mind, _ = hears(BEGINS, heard)

    assert mind.over


def test_cold_words_cost_patience_and_who_leaves_hurt_writes_a_bad_review() -> None:
    mind, lines = hears(BEGINS, Heard("ask", asked=("searched",), cold=True))
    assert (mind.patience, lines[0]) == (1, "找过了")

    mind, lines = hears(mind, Heard())

    assert (mind.ending, lines) == (Ending.BAD_REVIEW, ("bad_review",))


def test_a_late_reply_costs_patience() -> None:
    mind, _ = hears(BEGINS, Heard("ask", asked=("searched",), late=True))

    assert mind.patience == 1


def test_who_haggles_takes_it_when_the_offer_stands() -> None:
    haggler = Customer(replace(PRACTICE, haggles=2), MANNERS)
    offer = Heard("pay", Decision.ALLOW, farewell=True)

    mind, lines = hears(BEGINS, offer, haggler)
    assert (mind.ending, lines) == (None, ("haggles",))
    mind, _ = hears(mind, offer, haggler)
    mind, lines = hears(mind, Heard("no_more", Decision.REFUSE), haggler)

    assert mind.ending is Ending.RESIGNED


def test_nothing_is_haggled_for_where_it_is_refused() -> None:
    mind, _ = hears(
        BEGINS, Heard("pay", Decision.REFUSE), Customer(replace(PRACTICE, haggles=2), MANNERS)
    )

    assert mind.ending is Ending.RESIGNED


def test_a_second_want_comes_when_the_first_is_served() -> None:
    invoice = Want("invoice_request", ("还有发票",), {"invoice_title": ("开个人",)}, "send")
    customer = Customer(replace(PRACTICE, then=invoice), MANNERS)

    mind, said = customer.hears(BEGINS, Heard("pay", Decision.ALLOW))
    assert [(one.text, one.intent) for one in said] == [("还有发票", "invoice_request")]
    mind, lines = hears(mind, Heard("ask", asked=("invoice_title",)), customer)
    assert lines == ("开个人",)
    mind, _ = hears(mind, Heard("send", Decision.INFORM, farewell=True), customer)

    assert mind.ending is Ending.CONTENT


def test_who_strays_answers_what_was_asked_when_they_come_back() -> None:
    customer = Customer(replace(PRACTICE, aside=Aside("payment_coupon", ("有券吗",))), MANNERS)

    mind, said = customer.hears(BEGINS, Heard("ask", asked=("searched",)))
    assert [(one.text, one.intent) for one in said] == [("有券吗", "payment_coupon")]
    _, lines = hears(mind, Heard("coupon"), customer)

    assert lines == ("找过了",)


def test_a_line_break_parts_what_is_written_in_a_burst() -> None:
    customer = Customer(replace(PRACTICE, opening=("在吗\n没有网线",)), MANNERS)

    assert [one.text for one in customer.opens()[1]] == ["在吗", "没有网线"]
