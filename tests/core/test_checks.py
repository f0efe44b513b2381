"""Whether a policy is whole: each fault is named with its place, and a whole policy has none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.core.amounts import AmountRule
from bot.core.checks import Problem, problems
from bot.core.days import Unit
from bot.core.facts import FactDef, Kind, Value
from bot.core.people import Role
from bot.core.playbook import Condition, Decision, FollowUp, Instead, Playbook, Step
from bot.core.playbook import Test as Check
from bot.core.policy import Policy
from bot.core.register_values import Holds
from bot.core.registers import Field, Register
from bot.core.sources import Source
from tests.builders import figures, parameter, playbook, policy, step, when

FIGURES = figures(
    parameter("window", 7),
    parameter("each", Decimal(2), Unit.CNY),
    parameter("couriers", ("中通",), Unit.NAMES),
)
FACTS = (
    FactDef("searched", "有没有找到", Kind.CHOICE, {"found": "找到", "not_found": "没有"}),
    FactDef("received_on", "哪天收到", Kind.DATE),
    FactDef("courier", "快递", Kind.TEXT),
    FactDef("missing_count", "少了几根", Kind.COUNT),
    FactDef("demanded", "要求的金额", Kind.MONEY),
    FactDef("photo", "照片", Kind.FLAG, yes=True),
)
ASK = step("ask", Decision.COLLECT, when("searched", Check.UNKNOWN), ask="searched")
PAY = replace(step("pay", Decision.ALLOW, when("searched", Check.IS, "not_found")), amount="each")
END = step("end", Decision.HANDOVER)
WHOLE = replace(
    playbook(
        "cable",
        ASK,
        PAY,
        END,
        grounds={Decision.ALLOW: (when("received_on", Check.WITHIN, parameter="window"),)},
        amounts={"each": AmountRule(figure="each")},
    ),
    sources=(Source("S4", "二.1"),),
)
WORDED = ("好的", "可以的", "没问题")


NUMBER = Field("订单号", holds=Holds.ORDER_NO)
PHONE = Field("电话", "phone", holds=Holds.PHONE)


def shop(
    book: Playbook = WHOLE, scripts: Mapping[str, Sequence[str]] | None = None, *more: Playbook
) -> Policy:
    worded = {f"{one.id}.{s.id}": WORDED for one in (book, *more) for s in one.steps}
    found = policy(book, *more, facts=FACTS, figures=FIGURES, scripts={**worded, **(scripts or {})})
    register = Register("补发记录", Role.WAREHOUSE, (NUMBER, Field("原因"), PHONE), reason="原因")
    return replace(found, documents={"S4": "客服日常"}, registers={"补发记录": register})


def faults(found: Policy) -> list[Problem]:
    return list(problems(found))


def fault(book: Playbook = WHOLE, scripts: Mapping[str, Sequence[str]] | None = None) -> Problem:
    """The one fault of this shop."""
    (found,) = problems(shop(book, scripts))
    return found


def with_step(changed: Condition | None = None, /, **fields: Any) -> Playbook:
    """The whole playbook, its first step changed."""
    conditions = (changed,) if changed else ASK.when
    changed_one = replace(ASK, when=conditions, **fields)
    return replace(WHOLE, steps=(changed_one, PAY, END), record_grounds=PAY.when)


def test_a_whole_policy_has_no_fault() -> None:
    assert faults(shop()) == []


def test_a_fault_names_room_file_key_and_mend() -> None:
    found = fault(replace(WHOLE, sources=(Source("S9", "一"),)))

    assert str(found) == "playbooks cable sources.0.doc: 没有这份文件 unknown document S9"


# ---- conditions ----


@pytest.mark.parametrize(
    ("condition", "what"),
    [
        (when("serched", Check.UNKNOWN), "unknown fact serched"),
        (when("received_on", Check.WITHIN, parameter="windw"), "unknown parameter windw"),
        (when("searched", Check.WITHIN, parameter="window"), "searched is no date"),
        (when("received_on", Check.OLDER_THAN, parameter="each"), "each is no length of time"),
        (when("courier", Check.IN, parameter="window"), "window is no list of names"),
        (when("searched", Check.IS, "lost"), "searched 没有这个值 has no value lost"),
        (when("searched", Check.NOT, "found", "lost"), "has no value lost"),
        (when("searched", Check.IS, True), "has no value true"),
        (when("photo", Check.IS, "yes"), "photo 没有这个值 has no value yes"),
        (when("received_on", Check.IS, "2026-01-01"), "has no value 2026-01-01"),
        (when("received_on", Check.IN, parameter="couriers"), "received_on is no text"),
        (when("searched", Check.MORE_THAN, 1), "searched is no count or money"),
        (when("received_on", Check.AT_MOST, parameter="window"), "received_on is no count"),
        (when("missing_count", Check.AT_LEAST, parameter="couriers"), "couriers is no number"),
        (when("done_aks", Check.IS, True), "no step aks here"),
        (when("offered_all", Check.KNOWN), "no amount all here"),
        (when("done_ask", Check.WITHIN, parameter="window"), "done_ask is no date"),
        (when("done_ask", Check.IS, "true"), "done_ask 没有这个值"),
    ],
)
def test_a_condition_that_cannot_hold_is_found_at_its_place(
    condition: Condition, what: str
) -> None:
    found = fault(with_step(condition))

    assert what in found.what
    assert found.place == ("steps", 0, "when", condition.fact)


@pytest.mark.parametrize(
    "condition",
    [
        when("done_ask", Check.IS, True),
        when("offered_each", Check.UNKNOWN),
        when("received_on", Check.OLDER_THAN, parameter="window"),
        when("courier", Check.IN, parameter="couriers"),
        when("courier", Check.IS, "没有名单的快递"),
        when("photo", Check.NOT, False),
        when("missing_count", Check.IS, 1),
        when("missing_count", Check.AT_MOST, 1),
        when("demanded", Check.MORE_THAN, parameter="each"),
    ],
)
def test_a_condition_that_can_hold_is_no_fault(condition: Condition) -> None:
    assert faults(shop(with_step(condition))) == []


def test_grounds_and_concerns_are_looked_at_too() -> None:
    unknown = (when("serched", Check.KNOWN),)
    book = replace(WHOLE, grounds={Decision.ALLOW: unknown}, concerns=unknown)

    assert [one.place for one in faults(shop(book))] == [
        ("concerns", "serched"),
        ("grounds", "allow", "serched"),
    ]


# ---- steps ----


@pytest.mark.parametrize(
    ("fields", "key", "what"),
    [
        ({"ask": ("serched",)}, ("ask",), "unknown fact serched"),
        ({"ask": ()}, ("ask",), "must say what it asks"),
        ({"amount": "all"}, ("amount",), "unknown amount all"),
        ({"record": "流水账"}, ("record",), "unknown register 流水账"),
        ({"fields": {"原因": "没收到"}}, ("fields",), "say which record it is"),
        (
            {"record": "补发记录", "fields": {"原由": "没收到"}},
            ("fields", "原由"),
            "补发记录没有这一栏 has no field 原由",
        ),
        ({"sources": (Source("S9", "一"),)}, ("sources", 0, "doc"), "unknown document S9"),
        (
            {"follow_up": FollowUp("回访", after="each")},
            ("follow_up", "after"),
            "each is no length of time",
        ),
        (
            {"follow_up": FollowUp("回访", after="window", since="searched")},
            ("follow_up", "since"),
            "searched is no date",
        ),
    ],
)
def test_a_step_that_names_what_is_not_there_is_found(
    fields: dict[str, Any], key: tuple[str, ...], what: str
) -> None:
    found = fault(with_step(**fields))

    assert what in found.what
    assert found.place == ("steps", 0, *key)


def test_a_step_that_records_needs_grounds() -> None:
    book = replace(with_step(record="补发记录"), record_grounds=())

    found = fault(book)

    assert found.place == ("steps", 0, "record")
    assert "add grounds.record" in found.what


def test_a_step_may_record_and_follow_up() -> None:
    plan = FollowUp("回访", after="window", since="received_on")

    fixed = {"原因": "没收到"}
    step = with_step(record="补发记录", fields=fixed, follow_up=plan)

    assert faults(shop(step)) == []


@pytest.mark.parametrize("grounds", [{}, {Decision.ALLOW: (when("searched", Check.UNKNOWN),)}])
def test_a_step_that_pays_needs_grounds_that_something_is_known(
    grounds: dict[Decision, tuple[Condition, ...]],
) -> None:
    found = fault(replace(WHOLE, grounds=grounds))

    assert found.place == ("steps", 1, "decision")
    assert "add grounds.allow" in found.what


@pytest.mark.parametrize("last", [ASK, step("end", Decision.ALLOW), step("end", Decision.REFUSE)])
def test_a_playbook_ends_with_a_step_that_always_holds_and_commits_nothing(last: Step) -> None:
    book = replace(
        WHOLE,
        steps=(PAY, last),
        grounds={d: (when("searched", Check.KNOWN),) for d in (Decision.ALLOW, Decision.REFUSE)},
    )

    assert fault(book).place == ("steps",)


# ---- amounts ----


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        (AmountRule(), "write one of figure, fact, difference"),
        (AmountRule(figure="each", fact="demanded"), "write one of figure, fact, difference"),
        (AmountRule(fact="received_on"), "received_on is no count or money"),
        (AmountRule(figure="couriers"), "couriers is no number"),
        (AmountRule(figure="each", times="cont"), "unknown fact cont"),
        (AmountRule(figure="eech"), "unknown parameter eech"),
        (AmountRule(figure="each", at_most="limt"), "unknown parameter limt"),
    ],
)
def test_an_amount_that_cannot_be_computed_is_found(rule: AmountRule, what: str) -> None:
    found = fault(replace(WHOLE, amounts={"each": rule}))

    assert what in found.what
    assert found.place == ("amounts", "each")


# ---- playbooks among each other ----


def test_a_playbook_may_point_only_at_a_case_that_is_served() -> None:
    astray = Instead((when("searched", Check.KNOWN),), "car_repair")

    assert "no playbook serves car_repair" in fault(replace(WHOLE, instead=(astray,))).what


def test_a_playbook_covers_only_what_is_served() -> None:
    found = fault(replace(WHOLE, covers=("cable", "car_repair")))

    assert found.place == ("covers", 1)
    assert "no playbook serves car_repair" in found.what


@pytest.mark.parametrize("fact", ["serched", "done_ask", "offered_each"])
def test_another_case_is_not_meant_because_of_what_nobody_knows_by_then(fact: str) -> None:
    instead = Instead((when(fact, Check.KNOWN),), "cable")

    found = fault(replace(WHOLE, instead=(instead,)))

    assert found.place == ("instead", 0, "when", fact)
    assert f"unknown fact {fact}" in found.what


def test_an_intent_is_served_once() -> None:
    twice = playbook("other", intents=["cable"])

    (found,) = problems(shop(WHOLE, None, twice))

    assert (found.name, found.place) == ("other", ("intents",))
    assert "cable 已由 cable 处理" in found.what


def test_a_figure_from_an_unknown_document_is_found() -> None:
    sourced = replace(parameter("window", 7), sources=(Source("S9", "一"),))
    found = replace(
        shop(), figures=figures(sourced, parameter("each", 2), parameter("couriers", ()))
    )

    (problem,) = problems(found)

    assert (problem.room, problem.name, problem.place) == ("parameters", "window", ("sources",))


# ---- facts and registers ----


@pytest.mark.parametrize("key", ["yes", "no", "default"])
@pytest.mark.parametrize(
    ("kind", "value"), [(Kind.CHOICE, "lost"), (Kind.FLAG, "yes"), (Kind.COUNT, True)]
)
def test_a_plain_yes_or_no_means_a_value_that_the_fact_can_have(
    key: str, kind: Kind, value: Value
) -> None:
    fact = FactDef("found", "找到", kind, {"here": "在", "gone": "不在"}, **{key: value})  # type: ignore[arg-type]
    found = replace(shop(), facts={**shop().facts, "found": fact})

    (problem,) = problems(found)

    assert (problem.room, problem.name, problem.place) == ("facts", "found", ("found", key))
    assert f"has no value {value}" in problem.what


def test_a_field_is_filled_by_a_fact_or_by_what_is_computed() -> None:
    astray = Register(
        "补发记录", Role.WAREHOUSE, (NUMBER, PHONE, Field("数量", "cont")), reason="数量"
    )

    (problem,) = problems(replace(shop(), registers={"补发记录": astray}))

    assert (problem.room, problem.name) == ("registers", "补发记录")
    assert problem.place == ("补发记录", "fields", 2, "fact")
    assert "unknown fact cont" in problem.what


# ---- wording ----


def test_a_step_is_worded_in_three_ways_at_least() -> None:
    found = fault(scripts={"cable.ask": ("找找看", "再看看")})

    assert (found.room, found.place) == ("scripts", ("ask",))
    assert "write at least 3" in found.what


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("补您2元", "2"),
        ("补您２元", "２"),
        ("补您两元", "两元"),
        ("三天内到", "三天"),
        ("十块钱", "十块"),
        ("打八折", "八折"),
        ("补{each}元，一周到", "一周"),
        ("第①种", "①"),
    ],
)
def test_no_figure_stands_in_the_wording(text: str, figure: str) -> None:
    found = fault(scripts={"cable.pay": (*WORDED, text)})

    assert found.place == ("pay", 3)
    assert found.what.endswith(f"use a parameter for {figure}")


@pytest.mark.parametrize(
    "text", ["补您{each}元", "{amount}元", "{courier}在送", "{follow_up_on}看"]
)
def test_a_placeholder_stands_for_a_figure_a_fact_or_what_is_computed(text: str) -> None:
    assert faults(shop(scripts={"cable.pay": (*WORDED, text)})) == []


def test_a_placeholder_that_stands_for_nothing_is_found() -> None:
    assert "unknown placeholder price" in fault(scripts={"cable.pay": (*WORDED, "{price}元")}).what


@pytest.mark.parametrize("name", ["cable.gone", "other.ask"])
def test_wording_without_a_step_is_found(name: str) -> None:
    found = fault(scripts={name: WORDED})

    assert found.room == "scripts"
    assert f"no step {name}" in found.what


def test_the_last_value_of_a_choice_is_as_good_as_the_first() -> None:
    values: tuple[Value, ...] = ("found", "not_found")

    assert faults(shop(with_step(when("searched", Check.IS, *values)))) == []
