"""Where a figure is used: what a lead has to think of before changing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.duties import CUTOFF
from bot.core.playbook import Playbook, Step
from bot.core.policy import Policy
from bot.core.reply_clock import CLOCK
from bot.core.scripts import placeholders
from bot.core.service_hours import ANSWERED_BY, FROM, UNTIL

WHEN, AMOUNT, FOLLOW_UP, WORDING = "条件", "金额", "跟进", "话术"
GUARD, DUTY, SYSTEM = "发出前检查", "今天要办", "系统"
BUILT_IN: Mapping[str, str] = {
    CLOCK: "工作台按它给等回复的对话排先后、标颜色",
    FROM: "机器人按它知道有没有人接待",
    UNTIL: "机器人按它知道有没有人接待",
    ANSWERED_BY: "下班后留言的客户，机器人答应在这之前回复",
    CUTOFF: "打款的登记按它算哪天交财务",
    "order_tracking_days": "交班页按它列出要跟踪的订单",
    "agent_compensation_limit": "登记补偿时按它看要不要审核",
}
"""What the desk itself does with a figure, beside the rules."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place at which a figure counts."""

    how: str
    where: str
    """The case, or what else it is, as people call it."""
    steps: tuple[str, ...] = ()
    """The titles of its steps."""
    playbook: str = ""
    """The case's name; empty where it is none."""


@dataclass
class _Found:
    uses: dict[tuple[str, str, str], dict[str, None]] = field(default_factory=dict)

    def add(self, how: str, where: str, step: str = "", playbook: str = "") -> None:
        steps = self.uses.setdefault((how, where, playbook), {})
        if step:
            steps[step] = None


def uses_of(name: str, policy: Policy) -> tuple[Use, ...]:
    """All places at which this figure counts in this policy: the rules first."""
    found = _Found()
    for book in policy.playbooks.values():
        _in_playbook(name, book, policy, found)
    _beside_the_rules(name, policy, found)
    return tuple(
        Use(how, where, tuple(steps), playbook)
        for (how, where, playbook), steps in found.uses.items()
    )


def _in_playbook(name: str, book: Playbook, policy: Policy, found: _Found) -> None:
    for step in book.steps:
        for how in _in_step(name, book, step, policy):
            found.add(how, book.title, step.title, book.id)
    others = (*book.concerns, *(c for one in book.instead for c in one.when))
    if any(c.parameter == name for c in others):
        found.add(WHEN, book.title, "是不是这件事", book.id)


def _in_step(name: str, book: Playbook, step: Step, policy: Policy) -> Iterator[str]:
    if any(c.parameter == name for c in book.conditions(step)):
        yield WHEN
    if step.amount and name in book.amounts[step.amount].parameters():
        yield AMOUNT
    if step.follow_up and step.follow_up.after == name:
        yield FOLLOW_UP
    texts = policy.scripts.variants(f"{book.id}.{step.id}")
    if any(name in placeholders(text) for text in texts):
        yield WORDING


def _beside_the_rules(name: str, policy: Policy, found: _Found) -> None:
    for duty in policy.duties:
        if name in (duty.before, duty.within):
            found.add(DUTY, duty.title)
    guard = policy.guard
    for deadline in guard.deadlines:
        if name in (deadline.high, deadline.low):
            found.add(GUARD, f"「{deadline.title}」的期限")
    if any(name in price.figures for price in guard.prices):
        found.add(GUARD, "回复里的金额对不对")
    if name in guard.figures.values():
        found.add(GUARD, "权限和打电话的时间、次数")
    if name in BUILT_IN:
        found.add(SYSTEM, BUILT_IN[name])
