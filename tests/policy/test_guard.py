"""The guard with the shop's vocabulary: worked lines for every case, and the rules' own wording."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from bot import wiring
from bot.adapters.policy_files import load_checked
from bot.adapters.yaml_files import parse
from bot.core.facts import Fact, Facts, Kind, Origin, Value
from bot.core.guard import check
from bot.core.guard_context import Context
from bot.core.guard_rules import Rule
from bot.core.playbook import Playbook, Role, Step
from bot.core.scripts import fill, placeholders
from bot.core.verdict import Verdict
from bot.services.guarding import read

CHECKOUT = Path(__file__).parents[2]
LINES = sorted((CHECKOUT / "tests/policy/guard").glob("*.yml"))
POLICY = load_checked(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
TODAY = date(2025, 10, 20)
SHOWN = {
    Kind.DATE: "10月16日",
    Kind.MONEY: "199",
    Kind.COUNT: "2",
    Kind.FLAG: "是",
    Kind.TEXT: "顺丰",
}


def test_every_worked_line_gets_just_the_findings_that_the_shop_wrote_down(
    rasa_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOUHOU_RASA_URL", rasa_url)

    played = list(wiring.replay(LINES))

    wrong = {one.line["id"]: one.differences for one in played if one.differences}
    assert wrong == {}


def test_there_are_lines_for_each_rule_and_half_of_all_are_innocent() -> None:
    lines: Any = [line for path in LINES for line in cast("list[Any]", parse(path))]

    found = Counter(one["rule"] for line in lines for one in line["expect"]["findings"])
    innocent = [line for line in lines if not line["expect"]["findings"]]

    assert len(lines) >= 240
    assert 0.4 <= len(innocent) / len(lines) <= 0.6
    assert set(found) == {rule.value for rule in Rule}


def shown(name: str) -> str:
    """Some value for a placeholder."""
    if name in POLICY.figures:
        return POLICY.figures[name].shown_on(TODAY)
    definition = POLICY.facts.get(name)
    if definition is None:
        return {"amount": "2", "follow_up_on": "10月22日"}.get(name, "衬衫")
    return next(iter(definition.values.values()), SHOWN.get(definition.kind, "顺丰"))


def verdict_on(playbook: Playbook, step: Step) -> Verdict:
    return Verdict(
        playbook=playbook,
        step=step,
        decided_by=step.by or Role.AGENT,
        amount=Decimal(2) if step.amount else None,
        reasons=(),
        parameters=(),
        sources=playbook.sources,
        flip=None,
        follow_up_on=date(2025, 10, 22),
    )


def context(verdict: Verdict | None = None, /, **known: Any) -> Context:
    playbook = verdict.playbook if verdict else None
    case = next(iter(playbook.intents), playbook.id) if playbook else None
    given = {"facts": Facts(), "case": case, "verdict": verdict, **known}
    return Context(rules=POLICY.guard, figures=POLICY.figures, today=TODAY, **given)


def every_wording() -> Iterator[tuple[str, str, Context]]:
    for playbook in POLICY.playbooks.values():
        for step in playbook.steps:
            name = f"{playbook.id}.{step.id}"
            texts = [
                fill(text, {one: shown(one) for one in placeholders(text)})
                for text in POLICY.scripts.variants(name)
            ]
            suggested = tuple(read(text, TODAY) for text in texts)
            for text in texts:
                yield name, text, context(verdict_on(playbook, step), suggested=suggested)


def test_whatever_the_desk_suggests_passes_the_guard() -> None:
    found = [
        (name, text, one.rule.value, one.why)
        for name, text, where in every_wording()
        for one in check(read(text, TODAY), where)
    ]

    assert found == []


def rules_found(text: str, where: Context) -> list[str]:
    return [one.rule.value for one in check(read(text, TODAY), where)]


def at_step(case: str, step_id: str, /, **known: Any) -> Context:
    playbook = POLICY.playbooks[case]
    step = playbook.step(step_id)
    assert step
    return context(verdict_on(playbook, step), **known)


def facts(**values: Value) -> Facts:
    return Facts({name: Fact(value, Origin.ORDER) for name, value in values.items()})


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("马上给您补发一根", ["promise"]),
        ("不能给您补发", []),
        ("补发不了的亲", []),
        ("如果确认少发，给您补发一根", []),
        ("您是想要补发吗？", []),
        ("收到照片核对后给您补发", []),
        ("您说的给您补发，我要先问一下", []),
        ("馬上給您補發一條", ["promise"]),
        ("今天一定到账", ["promise"]),
        ("今天到不了账", []),
        ("保证明天送到", ["promise"]),
        ("预计明天送达", []),
        ("补您50元", ["authority"]),
        ("补您50元我做不了主", ["authority"]),
    ],
)
def test_while_nothing_is_decided_nothing_may_be_promised(text: str, rules: list[str]) -> None:
    found = rules_found(text, context())

    assert found == rules


@pytest.mark.parametrize(("text", "rules"), [("补您2元", []), ("补您3元", ["amount"])])
def test_only_the_computed_amount_may_be_named(text: str, rules: list[str]) -> None:
    where = at_step("missing_cable", "offer_compensation")

    found = rules_found(text, where)

    assert found == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("信用卡一般5天到账", []),
        ("信用卡3到7天到账", []),
        ("信用卡2天到账", ["deadline"]),
        ("信用卡8天到账", ["deadline"]),
        ("信用卡10月25日前到账", []),
        ("信用卡10月26日前到账", ["deadline"]),
    ],
)
def test_a_period_is_right_inside_the_rules_and_wrong_outside(text: str, rules: list[str]) -> None:
    where = context(facts=facts(payment_method="credit_card", refund_paid_on=date(2025, 10, 18)))

    found = rules_found(text, where)

    assert found == rules


@pytest.mark.parametrize(("yuan", "rules"), [("20", []), ("20.01", ["authority"])])
def test_the_agents_own_limit_is_the_last_sum_they_may_give(yuan: str, rules: list[str]) -> None:
    where = context(case="partial_compensation")

    found = rules_found(f"给您补偿{yuan}元", where)

    assert found == rules


def test_what_only_the_supervisor_decides_is_beyond_the_agents_authority() -> None:
    where = at_step("faulty_power_adapter", "outside_window")
    supervisor = at_step("faulty_power_adapter", "outside_window", sender=Role.SUPERVISOR)

    by_agent = rules_found("给您补发一个新电源", where)
    by_supervisor = rules_found("给您补发一个新电源", supervisor)

    assert (by_agent, by_supervisor) == (["authority"], ["promise"])


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("上午10点给您打电话", []),
        ("上午9点给您打电话", ["contact_limits"]),
        ("下午6点给您打电话", []),
        ("晚上7点给您打电话", ["contact_limits"]),
        ("今天给您打了3次电话", []),
        ("今天给您打了4次电话", ["contact_limits"]),
    ],
)
def test_calls_keep_to_the_hours_and_to_three_a_day(text: str, rules: list[str]) -> None:
    found = rules_found(text, context())

    assert found == rules


def test_the_calls_of_the_day_are_counted_together() -> None:
    where = context(replies_today=("给您打了两次电话没人接", "再给您打个电话"))

    found = rules_found("我再给您打个电话", where)

    assert found == ["contact_limits"]


def test_a_word_of_the_trade_that_the_customer_used_first_is_plain() -> None:
    ours = rules_found("ERP里看到了", context())
    theirs = rules_found("ERP里看到了", context(customer=("你们erp里有没有",)))

    assert (ours, theirs) == (["plain_words"], [])


def test_the_shops_return_address_is_no_secret_but_what_the_customer_gave_is() -> None:
    address = "退货寄到浙江省杭州市文一西路98号，电话13900139000"

    ours = rules_found(address, context())
    theirs = rules_found(address, context(customer=("我电话13900139000",)))

    assert (ours, theirs) == ([], ["privacy"])


def test_a_settled_case_ends_with_thanks_or_an_invitation() -> None:
    where = at_step("missing_cable", "found")

    without = rules_found("找到就好", where)
    thanked = rules_found("找到就好，谢谢您", where)
    holding = rules_found("稍等，我看一下", where)

    assert (without, thanked, holding) == (["closing"], [], [])


def test_money_that_the_data_says_is_not_paid_is_not_said_to_have_arrived() -> None:
    waiting = context(facts=facts(refund_status="applied"))
    paid = context(facts=facts(refund_status="paid"))

    text = "钱已经退到您的支付宝了"

    assert (rules_found(text, waiting), rules_found(text, paid)) == (["promise"], [])


def test_a_finding_names_its_place_in_the_text_as_written_and_a_conforming_sentence() -> None:
    text = "親，補您 5 元"
    where = at_step("missing_cable", "offer_compensation")

    (found,) = check(read(text, TODAY), where)

    assert text[found.start : found.end] == "5 元"
    assert "2元" in found.why
    assert found.better == "按规定是2元。"
