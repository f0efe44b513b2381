"""What a conversation holds, and what of it still counts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.core.amounts import AmountRule
from bot.core.conversation import (
    Conversation,
    Reading,
    Speaker,
    Turn,
    as_json,
    done,
    from_json,
    sayings,
)
from bot.core.facts import FactDef, Kind, Origin, Scope, Value
from bot.core.playbook import Decision
from bot.core.playbook import Test as Check
from tests.builders import asks, conversation, moment, playbook, replies, step, turn, when

CABLE = "missing_cable"


# ---- where it stands ----


def at(minute: int, speaker: Speaker = Speaker.CUSTOMER) -> Turn:
    written = moment() + timedelta(minutes=minute)
    return replace(turn(speaker, str(minute)), at=written)


def test_messages_at_most_three_minutes_apart_are_one_turn() -> None:
    talk = conversation(at(0), at(4), at(6), at(9))

    burst = talk.burst(moment() + timedelta(minutes=12))

    assert [one.text for one in burst] == ["4", "6", "9"]


def test_a_reply_ends_the_turn() -> None:
    talk = conversation(at(0), at(1, Speaker.AGENT), at(2))

    burst = talk.burst(moment() + timedelta(minutes=3))

    assert [one.text for one in burst] == ["2"]


def test_a_want_is_kept_until_its_case_is_opened() -> None:
    both = asks(Reading(CABLE, kept=("invoice_request", "freight_insurance")))

    waiting = conversation(both, replies(Reading(CABLE))).kept
    taken_up = conversation(both, asks(Reading("invoice_request"))).kept

    assert waiting == ("invoice_request", "freight_insurance")
    assert taken_up == ("freight_insurance",)


def test_an_answer_belongs_to_the_case_that_asked_for_it() -> None:
    talk = conversation(
        replies(Reading(CABLE, asked=("searched",))),
        asks(Reading("freight_insurance")),
        replies(Reading("freight_insurance")),
    )

    assert talk.left_open({"searched"}) == CABLE
    assert talk.left_open({"photo"}) is None


def test_a_question_that_was_followed_by_a_later_reply_of_its_case_is_not_open() -> None:
    talk = conversation(
        replies(Reading(CABLE, asked=("searched",))),
        replies(Reading(CABLE)),
        asks(Reading("freight_insurance")),
    )

    assert talk.left_open({"searched"}) is None


def test_the_open_case_is_that_of_the_latest_turn_which_had_one() -> None:
    talk = conversation(asks(Reading(CABLE)), replies(), asks(Reading(None)))

    assert talk.case == CABLE


def test_talk_opens_no_case() -> None:
    assert conversation(asks(Reading("thanks"))).case is None
    assert conversation(asks(Reading(CABLE)), asks(Reading("thanks"))).case == CABLE


def test_a_new_conversation_has_no_case_no_question_and_no_reply() -> None:
    nothing = conversation()

    assert (nothing.case, nothing.pending, nothing.last_reply) == (None, (), "")
    assert (nothing.suggested, nothing.settled) == (None, False)


def test_what_the_last_reply_asked_for_may_be_answered_next() -> None:
    talk = conversation(
        replies(Reading(CABLE, asked=("searched",))), asks(Reading(asked=("photo",)))
    )

    assert talk.pending == ("searched",)


def test_a_reply_that_asks_nothing_leaves_no_question_open() -> None:
    talk = conversation(replies(Reading(asked=("searched",))), asks(), replies())

    assert talk.pending == ()


def test_a_question_stands_while_something_else_that_came_up_is_answered() -> None:
    asked = replies(Reading(asked=("alipay", "amount")), "先问清")
    talk = conversation(asked, asks(), replies(text="顺便答"))
    told = conversation(asked, asks(Reading(said={"alipay": "a@example.com"})), replies())
    asked_else = conversation(asked, asks(), replies(Reading(asked=("photo",))))
    long_ago = conversation(asked, asks(), replies(text="答一"), asks(), replies(text="答二"))

    assert talk.standing == ("alipay", "amount")
    assert told.standing == ("amount",)
    assert asked_else.standing == ()
    assert long_ago.standing == ()


@pytest.mark.parametrize(
    ("reading", "settled"),
    [
        (Reading(CABLE, "reported_late"), True),
        (Reading(CABLE, "look_again", asked=("searched",)), False),
        (Reading(CABLE), False),
        (Reading(CABLE, "colleague_takes_over"), False),
    ],
)
def test_a_case_is_settled_once_something_was_told_and_nothing_asked(
    reading: Reading, settled: bool
) -> None:
    assert conversation(asks(), replies(reading), asks()).settled is settled


def test_the_suggestion_is_that_for_the_customers_latest_message() -> None:
    talk = conversation(asks(Reading(step="look_again")), replies(Reading(step="offer")))

    assert talk.suggested == "look_again"


def test_the_last_reply_may_be_the_bots() -> None:
    talk = conversation(replies(text="您好"), turn(Speaker.BOT, "请稍等"), asks(text="好"))

    assert talk.last_reply == "请稍等"


def test_only_replies_carry_steps_out() -> None:
    suggested = asks(Reading(CABLE, "look_again"))
    carried_out = replies(Reading(CABLE, "look_again"))
    elsewhere = replies(Reading("faulty_cable", "look_again"))

    talk = conversation(suggested, carried_out, elsewhere, suggested, carried_out)

    assert talk.times_done(CABLE, "look_again") == 2
    assert talk.times_done(CABLE, "offer") == 0


@pytest.mark.parametrize("case", ["deny", None])
def test_what_was_said_in_talk_was_said_in_whatever_case_was_open(case: str | None) -> None:
    talk = conversation(
        replies(Reading(None, "ask_what")), asks(), replies(Reading(CABLE, "ask_what"))
    )

    assert talk.times_done(case, "ask_what") == 2


def test_the_customers_turns_are_theirs_alone() -> None:
    talk = conversation(asks(text="在吗"), replies(text="在的"), asks(text="没网线"))

    assert [one.text for one in talk.customer_turns()] == ["在吗", "没网线"]


# ---- what was said ----

DEFS = {
    "signed_by": FactDef("signed_by", "谁签收", Kind.CHOICE),
    "remedy": FactDef("remedy", "补款还是补寄", Kind.CHOICE, scope=Scope.CASE),
    "demanded": FactDef("demanded", "要求的金额", Kind.MONEY, scope=Scope.MESSAGE),
    "received_on": FactDef("received_on", "哪天收到", Kind.DATE),
}


def said(talk: Conversation, case: str = CABLE) -> dict[str, Value]:
    return {name: fact.value for name, fact in sayings(talk.turns, {case}, DEFS)}


def test_who_signed_counts_to_the_end_of_the_conversation() -> None:
    talk = conversation(asks(Reading("where_is_my_order", said={"signed_by": "customer"})), asks())

    assert said(talk) == {"signed_by": "customer"}


def test_a_choice_counts_only_within_its_case() -> None:
    talk = conversation(asks(Reading(CABLE, said={"remedy": "money"})), asks(Reading(CABLE)))

    assert said(talk) == {"remedy": "money"}
    assert said(talk, "faulty_cable") == {}


def test_a_demand_counts_only_until_it_is_replied_to() -> None:
    demand = asks(Reading(CABLE, said={"demanded": "10.00"}))

    assert said(conversation(demand)) == {"demanded": Decimal("10.00")}
    assert said(conversation(demand, replies(), asks(Reading(CABLE)))) == {}


def test_a_demand_counts_for_all_that_is_written_in_one_go() -> None:
    demand = asks(Reading(CABLE, said={"demanded": "10.00"}))
    later = asks(Reading(CABLE), "快点")
    much_later = replace(later, at=later.at + timedelta(minutes=4))

    assert said(conversation(demand, later)) == {"demanded": Decimal("10.00")}
    assert said(conversation(demand, much_later)) == {}


def test_what_the_shop_no_longer_asks_about_is_passed_over() -> None:
    assert said(conversation(asks(Reading(CABLE, said={"old_fact": "x"})))) == {}


def test_a_saying_tells_who_said_it_and_when() -> None:
    day = date(2026, 3, 10)
    customer = asks(Reading(said={"received_on": "2026-03-08"}), "前天收到的", day)
    agent = replies(Reading(said={"received_on": "2026-03-09"}), "显示9号签收", day)

    (_, first), (_, second) = sayings((customer, agent), {CABLE}, DEFS)

    assert (first.origin, first.value) == (Origin.CUSTOMER, date(2026, 3, 8))
    assert first.as_of == day
    assert (second.origin, second.value) == (Origin.AGENT, date(2026, 3, 9))


def test_what_was_kept_for_another_kind_of_fact_is_passed_over() -> None:
    assert said(conversation(asks(Reading(said={"received_on": "soon"})))) == {}


def test_nothing_said_is_nothing_known() -> None:
    assert list(sayings((), {CABLE}, DEFS)) == []


# ---- what was done ----

OFFER = replace(step("offer", Decision.ALLOW), amount="each")
BOOK = playbook(
    CABLE,
    step("look_again", Decision.COLLECT, ask="searched"),
    OFFER,
    grounds={Decision.ALLOW: (when("searched", Check.IS, "not_found"),)},
    amounts={"each": AmountRule(figure="cable")},
)


def carried_out(talk: Conversation) -> dict[str, Value]:
    return {name: fact.value for name, fact in done(talk.turns, CABLE, BOOK)}


def test_a_step_that_was_carried_out_is_done_and_its_amount_offered() -> None:
    talk = conversation(
        replies(Reading(CABLE, "look_again")), replies(Reading(CABLE, "offer", amount="2.00"))
    )

    assert carried_out(talk) == {
        "done_look_again": True,
        "done_offer": True,
        "offered": Decimal("2.00"),
        "searched": "not_found",
    }


def test_what_a_step_takes_as_given_is_told_as_such() -> None:
    talk = conversation(replies(Reading(CABLE, "offer"), "补您2元"))

    implied = dict(done(talk.turns, CABLE, BOOK))["searched"]

    assert implied.origin is Origin.IMPLIED


@pytest.mark.parametrize(
    "one",
    [
        asks(Reading(CABLE, "offer")),
        replies(Reading("faulty_cable", "offer")),
        replies(Reading(CABLE)),
    ],
)
def test_a_suggestion_another_case_or_free_words_are_nothing_done(one: Turn) -> None:
    assert carried_out(conversation(one)) == {}


# ---- how values are kept ----


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Kind.DATE, date(2026, 3, 8), "2026-03-08"),
        (Kind.MONEY, Decimal("4.00"), "4.00"),
        (Kind.FLAG, False, False),
        (Kind.COUNT, 2, 2),
        (Kind.CHOICE, "money", "money"),
    ],
)
def test_a_value_comes_back_as_it_was_kept(kind: Kind, value: Value, kept: object) -> None:
    assert as_json(value) == kept
    assert from_json(kind, kept) == value


def test_the_message_that_opened_the_case_is_the_first_of_its_run() -> None:
    earlier = asks(Reading("freight_insurance"), "险")
    opening = asks(Reading(CABLE), "线")
    talk = conversation(earlier, opening, replies(Reading(CABLE)), asks(Reading(CABLE), "没有"))

    assert talk.opened_by == opening
    assert conversation().opened_by is None


def test_a_guess_is_one_until_a_reply_has_worked_on_the_case() -> None:
    opening = asks(Reading(CABLE, guessed=True), "线")
    step_done = replies(Reading(CABLE, step="look_again"))

    assert conversation(opening, replies(Reading(CABLE))).guessed
    assert not conversation(opening, step_done).guessed
    assert not conversation(asks(Reading(CABLE))).guessed
