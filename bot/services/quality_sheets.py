"""The figures of a period as tables to work on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot.core.bot_work import Mistake
from bot.core.handed_over import Why
from bot.core.quality import Usage
from bot.core.tables import Cell, Sheet
from bot.core.waiting import Waits
from bot.services.quality import Quality

USES = (
    "名称",
    "看到建议的消息",
    "应有建议的回复",
    "原样发",
    "改了发",
    "没用",
    "没有建议",
    "先改正",
    "放行",
    "改了百分之几（中位）",
    "用建议要几秒（中位）",
    "自己写要几秒（中位）",
)
TIMES = ("名称", "次数", "中位秒数", "九成以内秒数", "按时")
WHY: Mapping[Why, str] = {
    Why.DECISION: "要人决定",
    Why.REQUEST: "客户要人工",
    Why.NO_ANSWER: "问了两次没弄清",
}
MISTAKES: Mapping[Mistake, str] = {
    Mistake.CORRECTED: "同事改过：客户说的是别的事",
    Mistake.COMPLAINED: "客户接着投诉、发火",
    Mistake.PERSON: "客户接着要人工",
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
    "not_practised": "没练过的情况",
}


def sheets(quality: Quality) -> Sequence[Sheet]:
    """Each row has its name in the first column, and figures in the others."""
    days = [day.usage for day in quality.days]
    waits = (quality.waits, *quality.waits_by_agent, *quality.waits_by_hour)
    return [
        Sheet("按客服", USES, [_use(one) for one in (quality.all, *quality.agents)]),
        Sheet("按话术", USES, [_use(one) for one in quality.scripts]),
        Sheet("按天", USES, [_use(one) for one in days]),
        Sheet("说法", ("名称", "次数"), [(f"{s} · 第 {n} 种", c) for s, n, c in quality.variants]),
        Sheet("回复时间", TIMES, [_wait(one) for one in waits]),
        Sheet("每天的回复时间", TIMES, [_wait(day.waits) for day in quality.days]),
        Sheet("总数", ("名称", "数", "共"), [*_totals(quality)]),
        Sheet(
            "机器人答错",
            ("名称", "答错", "答了"),
            [(title, share.count, share.of) for title, share in quality.bot_scripts],
        ),
        Sheet("转人工", ("原因", "次数"), [(WHY[why], n) for why, n in quality.handed_over]),
        Sheet("又问一遍", ("问的", "次数"), quality.asked_facts),
        Sheet(
            "守卫",
            ("规则", "拦下", "放行", "提醒"),
            [(RULES.get(r.name, r.name), r.blocked, r.overruled, r.warned) for r in quality.rules],
        ),
        Sheet(
            "改正",
            ("名称", "次数"),
            [(f"{before} → {chosen}", count) for before, chosen, count in quality.corrections],
        ),
        Sheet("没听懂", ("原话", "次数"), [(one.text, one.count) for one in quality.unclear]),
    ]


def _use(one: Usage) -> tuple[Cell, ...]:
    shares = (one.unchanged, one.edited, one.ignored, one.nothing, one.corrected)
    return (
        one.name,
        one.shown,
        one.eligible,
        *(share.count for share in shares),
        one.released,
        None if one.median_edit is None else round(one.median_edit * 100),
        _seconds(one.took_with),
        _seconds(one.took_without),
    )


def _wait(one: Waits) -> tuple[Cell, ...]:
    return (one.name, one.number, _seconds(one.median), _seconds(one.most), one.in_time.count)


def _totals(quality: Quality) -> Iterator[tuple[Cell, ...]]:
    yield "只由机器人接待的对话", quality.bot.alone.count, quality.bot.alone.of
    yield "机器人答错", quality.bot.mistakes.count, quality.bot.mistakes.of
    yield from ((f"其中{MISTAKES[kind]}", count, None) for kind, count in quality.bot.kinds)
    yield "问过的又问", quality.asked_again.count, quality.asked_again.of
    yield "没听懂的话", quality.not_understood.count, quality.not_understood.of
    yield "还在等回复的客户，其中超时的", quality.overdue, quality.unanswered
    yield from ((f"发的是第 {rank} 条建议", count, None) for rank, count in quality.ranks)


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())
