"""The figures of a period as tables to work on."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.core.handed_over import Why
from bot.core.quality import Usage, Waits
from bot.core.tables import Cell, Sheet
from bot.services.quality import Quality

USES = ("名称", "应有建议的回复", "原样发", "改了发", "没用", "没有建议", "先改正", "放行")
TIMES = ("名称", "次数", "中位秒数", "九成以内秒数", "按时")
WHY: Mapping[Why, str] = {
    Why.DECISION: "要人决定",
    Why.REQUEST: "客户要人工",
    Why.NO_ANSWER: "问了两次没弄清",
}
RULES: Mapping[str, str] = {
    "promise": "乱承诺",
    "amount": "金额不对",
    "deadline": "时限不对",
    "authority": "超出权限",
    "respect": "不尊重",
    "plain_words": "说行话",
    "privacy": "泄露隐私",
    "closing": "没有结束语",
    "one_touch": "推给别人",
    "contact_limits": "打电话的时间、次数",
    "forbidden_word": "禁用词",
}


def sheets(quality: Quality) -> Sequence[Sheet]:
    rules = {*dict(quality.blocked), *dict(quality.warned)}
    blocked, warned = dict(quality.blocked), dict(quality.warned)
    waits = (quality.waits, *quality.waits_by_agent, *quality.waits_by_hour)
    return [
        Sheet("按客服", USES, [_use(one) for one in (quality.all, *quality.agents)]),
        Sheet("按话术", USES, [_use(one) for one in quality.scripts]),
        Sheet("回复时间", TIMES, [_wait(one) for one in waits]),
        Sheet(
            "转人工", ("原因", "次数"), [(WHY[why], count) for why, count in quality.handed_over]
        ),
        Sheet(
            "守卫",
            ("规则", "拦下", "提醒"),
            [(RULES.get(r, r), blocked.get(r, 0), warned.get(r, 0)) for r in sorted(rules)],
        ),
        Sheet("改正", ("原来当作", "其实是", "次数"), quality.corrections),
    ]


def _use(one: Usage) -> tuple[Cell, ...]:
    shares = (one.unchanged, one.edited, one.ignored, one.nothing, one.corrected)
    return (one.name, one.eligible, *(share.count for share in shares), one.released)


def _wait(one: Waits) -> tuple[Cell, ...]:
    return (one.name, one.number, _seconds(one.median), _seconds(one.most), one.in_time.count)


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())
