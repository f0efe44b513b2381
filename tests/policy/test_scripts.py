"""The wording of every step: there is enough of it, it belongs to a step, and its figures come from outside."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_policy
from bot.core.policy import Policy
from bot.core.scripts import PLACEHOLDER, placeholders
from bot.core.wording_checks import figure_in

ENOUGH = 3
FILLED_IN_BY_THE_DESK = frozenset(
    {"amount", "answered_by", "follow_up_on", "last_day", "order_titles", "order_no"}
)


@pytest.fixture(scope="module")
def policy(checkout: Path) -> Policy:
    return load_policy(checkout / "bot/policy", checkout / "scripts_zh")


def every_variant(policy: Policy) -> Iterator[tuple[str, str]]:
    for name in policy.scripts.names():
        for number, text in enumerate(policy.scripts.variants(name), start=1):
            yield f"{name}.{number}", text


def every_step(policy: Policy) -> set[str]:
    return {f"{p.id}.{step.id}" for p in policy.playbooks.values() for step in p.steps}


def test_every_step_of_every_playbook_is_worded_in_at_least_three_different_ways(
    policy: Policy,
) -> None:
    ways = {name: len({*policy.scripts.variants(name)}) for name in every_step(policy)}

    too_few = {name: count for name, count in sorted(ways.items()) if count < ENOUGH}

    assert not too_few


def test_no_wording_stands_without_a_step_of_a_playbook(policy: Policy) -> None:
    orphans = {*policy.scripts.names()} - every_step(policy)

    assert not orphans


def test_no_wording_holds_a_figure_of_its_own(policy: Policy) -> None:
    figures = {name: found for name, text in every_variant(policy) if (found := figure_in(text))}

    assert not figures


def test_every_placeholder_is_a_parameter_a_fact_or_filled_in_by_the_desk(policy: Policy) -> None:
    known = {*policy.figures.names(), *policy.facts, *FILLED_IN_BY_THE_DESK}

    unknown = {
        name: missing
        for name, text in every_variant(policy)
        if (missing := placeholders(text) - known)
    }

    assert not unknown


def test_no_wording_holds_a_brace_that_is_not_a_placeholder(policy: Policy) -> None:
    stray = {
        name: text
        for name, text in every_variant(policy)
        if re.search(r"[{}]", PLACEHOLDER.sub("", text))
    }

    assert not stray


@pytest.mark.parametrize("text", ["补您2元", "补您２元", "第①种", "Ⅲ类"])
def test_a_digit_of_any_kind_is_seen(text: str) -> None:
    seen = figure_in(text)

    assert seen


@pytest.mark.parametrize(
    "text",
    [
        "补您两元",
        "十块钱",
        "七天内",
        "三个月",
        "几分钟",
        "两三天",
        "半个小时",
        "三个工作日",
        "数日",
        "第二天",
        "一周",
        "双倍",
        "八折",
        "上午十点",
        "百分之三十",
        "五件以上",
        "五个以上",
        "每天三次",
        "十％",
    ],
)
def test_a_figure_in_words_is_seen(text: str) -> None:
    seen = figure_in(text)

    assert seen


@pytest.mark.parametrize(
    "text",
    [
        "哪一天收到的",
        "换一根线试试",
        "只送一次",
        "少了几件",
        "两个办法",
        "两个盒子",
        "万一不行",
        "影响二次销售",
        "一起寄",
        "早一点",
        "十分感谢",
        "当天",
        "工作日",
        "有几个订单",
        "千万别急",
        "一个包裹",
    ],
)
def test_words_that_name_no_figure_pass(text: str) -> None:
    seen = figure_in(text)

    assert not seen
