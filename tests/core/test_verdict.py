"""What the rules say now, why, and when they will say something else."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.core.amounts import AmountRule
from bot.core.days import Unit
from bot.core.facts import Value
from bot.core.parameters import Parameter
from bot.core.playbook import Decision, FollowUp, Playbook, Role, Span, Step
from bot.core.playbook import Test as Check
from bot.core.sources import Source
from bot.core.verdict import Flip, Verdict, decide
from tests.builders import FIRST_DAY, TODAY, figures, known, parameter, playbook, step, when

SHOP = figures(
    parameter("window", 7),
    parameter("card_days", 3),
    parameter("working", 3, Unit.WORKING_DAY),
    parameter("each", Decimal("2.00"), Unit.CNY),
    parameter("most", Decimal("4.00"), Unit.CNY),
)
LATE = step("late", Decision.REFUSE, when("received_on", Check.OLDER_THAN, parameter="window"))
OFFER = replace(step("offer", Decision.ALLOW, when("photo", Check.IS, True)), amount="each")
ASK = step("ask", Decision.COLLECT, when("photo", Check.UNKNOWN), ask="photo")
TELL = step("tell", Decision.INFORM, when("photo", Check.IS, False))
END = step("end", Decision.HANDOVER)
PARTS = playbook(
    "missing_cable",
    LATE,
    OFFER,
    ASK,
    TELL,
    END,
    grounds={
        Decision.ALLOW: (when("received_on", Check.WITHIN, parameter="window"),),
        Decision.REFUSE: (when("received_on", Check.KNOWN),),
    },
    amounts={"each": AmountRule(figure="each", times="missing_count", at_most="most")},
)
RECEIVED = date(2026, 3, 8)


def decided(book: Playbook, today: date = TODAY, /, **values: Value) -> Verdict:
    return decide(book, known(**values), SHOP, today)


def with_last(last: Step, bot: bool = False) -> Playbook:
    return replace(PARTS, steps=(last,), bot=bot)


def test_a_verdict_names_the_step_and_its_amount() -> None:
    verdict = decided(PARTS, photo=True, received_on=RECEIVED, missing_count=2)

    assert (verdict.step.id, verdict.decision) == ("offer", Decision.ALLOW)
    assert verdict.amount == Decimal("4.00")


def test_a_verdict_gives_as_reasons_only_what_is_known() -> None:
    verdict = decided(PARTS, photo=True, received_on=RECEIVED, signed_by="customer")

    assert [reason.fact for reason in verdict.reasons] == ["photo", "received_on"]
    assert verdict.parameters == ("window", "each", "most")


def test_inside_the_window_the_verdict_names_the_day_on_which_it_turns() -> None:
    verdict = decided(PARTS, date(2026, 3, 15), photo=True, received_on=RECEIVED)

    assert verdict.decision is Decision.ALLOW
    assert verdict.flip == Flip(date(2026, 3, 16), Decision.REFUSE)


def test_on_the_day_it_turns_the_verdict_has_turned() -> None:
    verdict = decided(PARTS, date(2026, 3, 16), photo=True, received_on=RECEIVED)

    assert (verdict.decision, verdict.flip) == (Decision.REFUSE, None)


def test_a_question_turns_too_when_its_window_closes() -> None:
    assert decided(PARTS, received_on=RECEIVED).flip == Flip(date(2026, 3, 16), Decision.REFUSE)


def test_without_a_day_in_the_data_nothing_turns() -> None:
    assert decided(PARTS, photo=True).flip is None


def test_a_window_that_closes_without_another_decision_is_no_turn() -> None:
    later = step(
        "later", Decision.INFORM, when("received_on", Check.OLDER_THAN, parameter="window")
    )
    book = replace(PARTS, steps=(later, step("now", Decision.INFORM)))

    assert decided(book, received_on=RECEIVED).flip is None


@pytest.mark.parametrize(
    ("decision", "role"),
    [
        (Decision.COLLECT, Role.BOT),
        (Decision.INFORM, Role.BOT),
        (Decision.ALLOW, Role.AGENT),
        (Decision.REFUSE, Role.AGENT),
        (Decision.HANDOVER, Role.AGENT),
    ],
)
def test_the_bot_asks_and_tells_but_never_grants_or_refuses(decision: Decision, role: Role) -> None:
    book = replace(with_last(Step("only", decision), bot=True), grounds={})

    assert decided(book).decided_by is role


@pytest.mark.parametrize("decision", sorted(Decision))
def test_where_the_bot_may_not_answer_the_agent_decides(decision: Decision) -> None:
    book = replace(with_last(Step("only", decision)), grounds={})

    assert decided(book).decided_by is Role.AGENT


def test_a_step_may_name_who_decides() -> None:
    book = with_last(Step("only", Decision.INFORM, by=Role.SUPERVISOR), bot=True)

    assert decided(book).decided_by is Role.SUPERVISOR


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        (FollowUp("回访", after="card_days"), date(2026, 3, 15)),
        (FollowUp("回访", after="working"), date(2026, 3, 17)),
        (FollowUp("回访", after="card_days", since="refund_paid_on"), date(2026, 3, 13)),
        (FollowUp("回访", after="card_days", since="received_on"), None),
        (FollowUp("等快递答复"), None),
        (None, None),
    ],
)
def test_a_follow_up_falls_on_the_end_of_its_wait_or_waits_for_an_event(
    plan: FollowUp | None, day: date | None
) -> None:
    book = with_last(Step("only", Decision.INFORM, follow_up=plan))

    assert decided(book, refund_paid_on=date(2026, 3, 10)).follow_up_on == day


def test_a_follow_up_names_the_day_it_counts_from_as_a_reason() -> None:
    plan = FollowUp("回访", after="card_days", since="refund_paid_on")
    book = with_last(Step("only", Decision.INFORM, follow_up=plan))

    verdict = decided(book, refund_paid_on=date(2026, 3, 10))

    assert [reason.fact for reason in verdict.reasons] == ["refund_paid_on"]
    assert verdict.parameters == ("card_days",)


def test_a_step_quotes_its_own_place_in_the_documents_or_the_playbooks() -> None:
    general, special = Source("S4", "二.1-5"), Source("S4", "二.7")
    book = replace(PARTS, sources=(general,), steps=(replace(LATE, sources=(special,)), END))

    late = decided(book, date(2026, 3, 16), received_on=RECEIVED)

    assert late.sources == (special,)
    assert decided(book).sources == (general,)


# ---- rules that begin and end ----


LAST_DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("today", "offered"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)]
)
def test_a_rule_holds_through_its_last_day(today: date, offered: bool) -> None:
    ending = replace(PARTS, steps=(replace(OFFER, in_force=Span(last=LAST_DAY)), END))

    verdict = decided(ending, today, photo=True, received_on=today)

    assert (verdict.step.id == "offer") is offered


@pytest.mark.parametrize(
    ("today", "offered"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)]
)
def test_a_rule_holds_from_its_first_day_on(today: date, offered: bool) -> None:
    coming = replace(PARTS, steps=(replace(OFFER, in_force=Span(date(2026, 4, 1))), END))

    verdict = decided(coming, today, photo=True, received_on=today)

    assert (verdict.step.id == "offer") is offered


def test_a_verdict_names_the_day_on_which_its_rule_ends() -> None:
    ending = replace(PARTS, steps=(replace(OFFER, in_force=Span(last=TODAY)), END))

    verdict = decided(ending, photo=True, received_on=TODAY)

    assert verdict.flip == Flip(TODAY + timedelta(days=1), Decision.HANDOVER)


def test_nothing_is_paid_by_a_figure_that_has_ended() -> None:
    each = Parameter("each", "each", Unit.CNY, {FIRST_DAY: Decimal(2), date(2026, 4, 1): None})
    shop = SHOP.with_({"each": each})
    facts = known(photo=True, received_on=date(2026, 3, 31))

    before = decide(PARTS, facts, shop, date(2026, 3, 31))
    after = decide(PARTS, facts, shop, date(2026, 4, 1))

    assert (before.decision, before.amount) == (Decision.ALLOW, Decimal("2.00"))
    assert before.flip == Flip(date(2026, 4, 1), Decision.HANDOVER)
    assert after.decision is Decision.HANDOVER


def test_a_follow_up_whose_wait_has_no_figure_waits_for_an_event() -> None:
    look = FollowUp("再看一次", after="card_days")
    book = with_last(replace(END, follow_up=look))

    verdict = decide(book, known(), SHOP, date(2023, 12, 31))

    assert verdict.follow_up_on is None
