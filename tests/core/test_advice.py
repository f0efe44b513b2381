"""The advice in the form that interfaces promise."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.core.advice import Advice, Asked, FollowUpDue, Handover, to_json
from bot.core.amounts import AmountRule
from bot.core.choices import Choice
from bot.core.days import Unit
from bot.core.playbook import Decision
from bot.core.playbook import Test as Check
from bot.core.registers import Entry
from bot.core.scripts import Reply
from bot.core.sources import Source
from bot.core.understanding import Entity, Intent, Understanding
from bot.core.verdict import Verdict, decide
from tests.builders import TODAY, figures, known, parameter, playbook, step, when

LATE = step("late", Decision.REFUSE, when("received_on", Check.OLDER_THAN, parameter="window"))
OFFER = replace(step("offer", Decision.ALLOW, when("remedy", Check.UNKNOWN)), amount="each")
CABLE = replace(
    playbook(
        "missing_cable",
        LATE,
        OFFER,
        step("end", Decision.HANDOVER),
        grounds={Decision.ALLOW: (when("received_on", Check.WITHIN, parameter="window"),)},
        amounts={"each": AmountRule(figure="cable")},
    ),
    sources=(Source("S4", "二.3", "补偿"),),
)
SHOP = figures(parameter("window", 7), parameter("cable", Decimal(2), Unit.CNY))
RECEIVED = date(2026, 3, 8)


def verdict(**values: object) -> Verdict:
    facts = known(**{"received_on": RECEIVED, **values})  # type: ignore[arg-type]
    return decide(CABLE, facts, SHOP, TODAY)


ADVICE = Advice(
    conversation_id="c-1",
    message_id="m-1",
    as_of=TODAY,
    heard=Understanding(
        "少两根网线",
        tuple(Intent(f"intent_{n}", 0.9 - n / 10) for n in range(7)),
        (Entity("count", "2", 1, 3, "根"),),
    ),
    case="missing_cable",
    decided_by="agent",
    verdict=verdict(),
    text="可以",
    replies=(Reply("补您2元，可以吗？", "missing_cable.offer", 1),),
)


def test_an_advice_says_what_was_understood_decided_and_proposed() -> None:
    body = to_json(ADVICE)

    assert (body["conversation_id"], body["message_id"]) == ("c-1", "m-1")
    assert body["as_of"] == "2026-03-12"
    assert body["intent"] == {"name": "intent_0", "confidence": 0.9}
    assert body["entities"] == [{"entity": "count", "value": "2", "start": 1, "end": 3}]
    assert (body["case"], body["step"]) == ("missing_cable", "offer")
    assert (body["decided_by"], body["decision"]) == ("agent", "allow")
    assert body["replies"] == [
        {
            "id": "missing_cable.offer.1",
            "text": "补您2元，可以吗？",
            "script": "missing_cable.offer",
            "variant": 1,
        }
    ]


def test_an_amount_has_two_places_and_is_text() -> None:
    assert to_json(ADVICE)["amount"] == "2.00"


def test_without_an_amount_there_is_none() -> None:
    assert to_json(replace(ADVICE, verdict=verdict(remedy="money")))["amount"] is None


def test_the_ranking_shows_the_five_likeliest() -> None:
    ranking = to_json(ADVICE)["ranking"]

    assert [one["name"] for one in ranking] == [f"intent_{n}" for n in range(5)]


def test_a_verdict_shows_its_reasons_figures_sources_and_the_day_it_turns() -> None:
    shown = to_json(ADVICE)["verdict"]

    assert shown["text"] == "可以"
    assert shown["reasons"] == [
        {"fact": "received_on", "value": "2026-03-08", "from": "customer", "as_of": None}
    ]
    assert shown["parameters"] == ["window", "cable"]
    assert shown["sources"] == [{"doc": "S4", "at": "二.3"}]
    assert (shown["flips_on"], shown["becomes"]) == ("2026-03-16", "refuse")


def test_a_verdict_that_does_not_turn_shows_no_day() -> None:
    settled = replace(ADVICE, verdict=replace(ADVICE.verdict, flip=None))

    shown = to_json(settled)["verdict"]

    assert (shown["flips_on"], shown["becomes"]) == (None, None)


def test_what_there_is_not_is_said_to_be_nothing() -> None:
    body = to_json(replace(ADVICE, heard=Understanding("…"), case=None))

    assert (body["intent"], body["ranking"], body["entities"]) == (None, [], [])
    assert (body["case"], body["order_no"], body["register"]) == (None, None, None)
    assert (body["follow_up"], body["handover"]) == (None, None)
    assert (body["ask"], body["warnings"], body["degraded"]) == ([], [], False)
    assert (body["choices"], body["chosen_by"]) == ([], None)


def test_the_cases_to_choose_from_and_who_chose_are_shown() -> None:
    doubtful = replace(ADVICE, choices=(Choice("missing_cable", "没收到网线", 0.34567),))

    assert to_json(doubtful)["choices"] == [
        {"case": "missing_cable", "title": "没收到网线", "confidence": 0.3457}
    ]
    assert to_json(replace(ADVICE, chosen_by="小周"))["chosen_by"] == "小周"


def test_questions_records_follow_ups_and_handovers_are_shown_as_they_are() -> None:
    full = replace(
        ADVICE,
        ask=(Asked("remedy", "补款还是补寄"),),
        register=Entry("补发记录", {"订单号": "250904220031"}, ("原因",)),
        follow_up=FollowUpDue(date(2026, 3, 15), "回访"),
        handover=Handover("supervisor", "超过上限", {"case": "missing_cable"}),
        warnings=("订单与客户所说不同",),
        order_no="250904220031",
        degraded=True,
    )

    body = to_json(full)

    assert body["ask"] == [{"fact": "remedy", "title": "补款还是补寄"}]
    assert body["register"] == {
        "name": "补发记录",
        "fields": {"订单号": "250904220031"},
        "missing": ["原因"],
    }
    assert body["follow_up"] == {"on": "2026-03-15", "what": "回访"}
    assert body["handover"] == {
        "to": "supervisor",
        "why": "超过上限",
        "packet": {"case": "missing_cable"},
    }
    assert body["warnings"] == ["订单与客户所说不同"]
    assert (body["order_no"], body["degraded"]) == ("250904220031", True)


def test_a_follow_up_that_waits_for_an_event_has_no_day() -> None:
    waiting = replace(ADVICE, follow_up=FollowUpDue(None, "等快递答复"))

    assert to_json(waiting)["follow_up"] == {"on": None, "what": "等快递答复"}


@pytest.mark.parametrize("remedy", [None, "money"])
def test_an_advice_can_be_sent_as_it_is(remedy: str | None) -> None:
    values = {"remedy": remedy} if remedy else {}

    body = to_json(replace(ADVICE, verdict=verdict(**values)))

    assert json.loads(json.dumps(body, ensure_ascii=False)) == body
