"""The rules in words: conditions, figures and steps as a lead reads them who knows no YAML."""

from collections.abc import Iterable, Iterator
from datetime import date

from bot.core.amounts import AmountRule
from bot.core.days import Unit
from bot.core.facts import Value
from bot.core.parameters import NotInForce
from bot.core.playbook import Condition, Decision, FollowUp, Playbook, Step, Test
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
DECISIONS = {
    Decision.COLLECT: "先问清",
    Decision.INFORM: "告知",
    Decision.ALLOW: "可以",
    Decision.REFUSE: "不可以",
    Decision.HANDOVER: "转交",
}
COMPUTED = {
    "amount": "这一步算出的金额",
    "answered_by": "最晚几点回复",
    "faq_answer": "常见问题里的答案",
    "follow_up_on": "回头看的日子",
    "last_day": "这一步所看期限的最后一天",
    "order_titles": "订单里的商品",
}
"""What stands in a wording and is worked out at the moment of use."""
DONE = "done_"
"""What stands before a step's name in the fact that it was carried out."""


def condition(one: Condition, policy: Policy, today: date, book: Playbook | None = None) -> str:
    """「收货日期：在少件反馈期限（7天）以内」."""
    if one.fact.startswith(DONE):
        return _done(one, policy, book)
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
            return f"{title}：{_TESTS[one.test].format(measure or _values(one, policy))}"


def conditions(
    many: Iterable[Condition], policy: Policy, today: date, book: Playbook | None = None
) -> list[str]:
    return [condition(one, policy, today, book) for one in many]


def _done(one: Condition, policy: Policy, book: Playbook | None) -> str:
    """「做过「提出补偿」」: a step of this case, or of any other that has it."""
    name = one.fact.removeprefix(DONE)
    books = [book, *policy.playbooks.values()] if book else policy.playbooks.values()
    step = next((step for each in books if (step := each.step(name))), None)
    not_yet = one.test is Test.UNKNOWN or one.values == (False,)
    return f"{'还没做过' if not_yet else '做过'}「{step.title if step else name}」"


def amount(rule: AmountRule, policy: Policy, today: date) -> str:
    """「网线补偿，每根（2元）× 少了几根或几件，最多网线补偿上限（4元）」."""
    if rule.figure:
        told = figure(rule.figure, policy, today)
    elif rule.difference:
        told = " − ".join(_title(name, policy) for name in rule.difference)
    else:
        told = _title(rule.fact or "", policy)
    if rule.times:
        told += f" × {_title(rule.times, policy)}"
    if rule.share:
        told += f" × {figure(rule.share, policy, today)}"
    return f"{told}，最多{figure(rule.at_most, policy, today)}" if rule.at_most else told


def follow_up(plan: FollowUp, policy: Policy, today: date) -> str:
    """「看补发寄出没有，补发的期限（3个工作日）后」."""
    if plan.after is None:
        return plan.what
    since = f"{_title(plan.since, policy)}起" if plan.since else ""
    return f"{plan.what}，{since}{figure(plan.after, policy, today)}后"


def placeholder(name: str, policy: Policy, today: date) -> str:
    """What takes this place when a wording is used."""
    if name in COMPUTED:
        return COMPUTED[name]
    return figure(name, policy, today) if name in policy.figures else _title(name, policy)


def told(book: Playbook, policy: Policy, today: date) -> Iterator[str]:
    """The whole case line by line, as its page tells it."""
    yield book.title
    for one in book.instead:
        yield "；".join(conditions(one.when, policy, today, book))
    for step in book.steps:
        yield f"{DECISIONS[step.decision]}：{step.title}"
        yield from _step(book, step, policy, today)


def _step(book: Playbook, step: Step, policy: Policy, today: date) -> Iterator[str]:
    yield from conditions(step.when, policy, today, book)
    yield from (_title(name, policy) for name in step.ask)
    if step.amount:
        yield amount(book.amounts[step.amount], policy, today)
    if step.record:
        yield "，".join([f"登记{step.record}", *step.fields.values()])
    if step.follow_up:
        yield follow_up(step.follow_up, policy, today)


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
    return policy.facts[fact].title if fact in policy.facts else fact


def _values(one: Condition, policy: Policy) -> str:
    definition = policy.facts.get(one.fact)
    titles = definition.values if definition else {}
    return "、".join(_value(value, titles) for value in one.values)


def _value(value: Value, titles: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    named = titles.get(str(value)) if isinstance(titles, dict) else None
    return str(named or value)
