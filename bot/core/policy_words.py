"""The rules in words: conditions, figures and steps as a lead reads them who knows no YAML."""

from collections.abc import Iterable
from datetime import date

from bot.core.days import Unit
from bot.core.facts import Value
from bot.core.parameters import NotInForce
from bot.core.playbook import Condition, Test
from bot.core.policy import Policy

UNITS = {
    Unit.DAY: "天",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.HOUR: "小时",
    Unit.MINUTE: "分钟",
    Unit.CNY: "元",
    Unit.PIECE: "件",
    Unit.TIMES: "次",
    Unit.KM: "公里",
    Unit.RATIO: "",
    Unit.CLOCK: "",
    Unit.NAMES: "",
    Unit.TEXT: "",
}
_TESTS = {
    Test.WITHIN: "在{}以内",
    Test.OLDER_THAN: "超过{}",
    Test.MORE_THAN: "多于{}",
    Test.AT_MOST: "不多于{}",
    Test.AT_LEAST: "不少于{}",
    Test.IN: "在{}里",
}
DONE = "done_"
"""What stands before a step's name in the fact that it was carried out."""


def condition(one: Condition, policy: Policy, today: date) -> str:
    """「收货日期 在少件反馈期限（7天）以内」."""
    title = _title(one.fact, policy)
    match one.test:
        case Test.KNOWN:
            return f"{title}：已知"
        case Test.UNKNOWN:
            return f"{title}：还不知道"
        case Test.IS:
            return f"{title}：{_values(one, policy)}"
        case Test.NOT:
            return f"{title}：不是{_values(one, policy)}"
        case _:
            measure = figure(one.parameter, policy, today) if one.parameter else ""
            return f"{title}{_TESTS[one.test].format(measure or _values(one, policy))}"


def conditions(many: Iterable[Condition], policy: Policy, today: date) -> list[str]:
    return [condition(one, policy, today) for one in many]


def figure(name: str, policy: Policy, today: date) -> str:
    """「少件反馈期限（7天）」."""
    if name not in policy.figures:
        return name
    parameter = policy.figures[name]
    try:
        value = f"{parameter.shown_on(today)}{UNITS[parameter.unit]}"
    except NotInForce:
        value = "这天没有"
    return f"{parameter.title}（{value}）"


def _title(fact: str, policy: Policy) -> str:
    if fact in policy.facts:
        return policy.facts[fact].title
    return f"做过「{fact.removeprefix(DONE)}」" if fact.startswith(DONE) else fact


def _values(one: Condition, policy: Policy) -> str:
    definition = policy.facts.get(one.fact)
    titles = definition.values if definition else {}
    return "、".join(_value(value, titles) for value in one.values)


def _value(value: Value, titles: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    named = titles.get(str(value)) if isinstance(titles, dict) else None
    return str(named or value)
