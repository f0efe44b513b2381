"""The figures of a period, from what was kept of it; nothing in them names a customer."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.handed_over import HandedOver, Why, asked_again
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.quality import (
    BotWork,
    Share,
    Usage,
    Wait,
    Waits,
    bot_work,
    summed,
    usage,
    usages,
    waits,
)
from bot.core.suggestion_use import Finding
from bot.services.board import CLOCK
from bot.services.ports import Corrections
from bot.services.ports.chat import Handoffs
from bot.services.ports.desk import DeskState
from bot.services.ports.quality import Telemetry

EXAMPLES = 30
LONGEST_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class Quality:
    """What a lead reads of a period."""

    all: Usage
    scripts: Sequence[Usage]
    agents: Sequence[Usage]
    waits: Waits
    waits_by_agent: Sequence[Waits]
    waits_by_hour: Sequence[Waits]
    """One for each hour of the day."""
    clock: timedelta
    bot: BotWork
    handed_over: Sequence[tuple[Why, int]]
    asked_again: Share
    """Hand-overs after which an agent asked for what the packet held."""
    asked_facts: Sequence[tuple[str, int]]
    """What was asked again, by titles."""
    blocked: Sequence[tuple[str, int]]
    warned: Sequence[tuple[str, int]]
    not_understood: Share
    examples: Sequence[str]
    """What was not understood, masked, the latest first."""
    corrections: Sequence[tuple[str, str, int]]
    """From which intent to which, and how often."""


@dataclass(frozen=True, slots=True)
class QualityReports:
    policy: Callable[[], Policy]
    telemetry: Telemetry
    state: DeskState
    handoffs: Handoffs
    corrections: Corrections

    def of(self, start: datetime, end: datetime) -> Quality:
        """The figures from this moment until before that one."""
        uses = self.telemetry.uses(start, end)
        spoken = [_within(seen.conversation, start, end) for seen in self.state.since(start)]
        found = [wait for turns in spoken for wait in waits(turns)]
        clock = timedelta(minutes=int(self.policy().figures.number(CLOCK, start.date())))
        handed = self.handoffs.between(start, end)
        again = [asked_again(one, self._after(one, end)) for one in handed]
        findings = self.telemetry.findings(start, end)
        customers = [turn for turns in spoken for turn in turns if _customers(turn)]
        unclear = [turn for turn in customers if turn.reading.guessed or not turn.reading.intent]
        return Quality(
            all=usage("全部", uses),
            scripts=usages((self._title(use.script), use) for use in uses if use.script),
            agents=usages((use.author or "没有署名", use) for use in uses),
            waits=summed("全部", found, clock),
            waits_by_agent=_by_agent(found, clock),
            waits_by_hour=_by_hour(found, clock),
            clock=clock,
            bot=bot_work(spoken),
            handed_over=Counter(one.handoff.reason for one in handed).most_common(),
            asked_again=Share(sum(map(bool, again)), len(handed)),
            asked_facts=self._titles(name for names in again for name in names),
            blocked=_rules(findings, "block"),
            warned=_rules(findings, "warn"),
            not_understood=Share(len(unclear), len(customers)),
            examples=_examples(unclear),
            corrections=self._corrected(start, end),
        )

    def _after(self, one: HandedOver, end: datetime) -> Sequence[Turn]:
        seen = self.state.one(one.conversation_id)
        return _within(seen.conversation, one.at, end) if seen else ()

    def _titles(self, names: Iterator[str]) -> Sequence[tuple[str, int]]:
        facts = self.policy().facts
        titles = (facts[name].title if name in facts else name for name in names)
        return Counter(titles).most_common()

    def _title(self, script: str) -> str:
        """「没收到网线 · 说明网线的样子」, as the policy names them."""
        case, _, step = script.partition(".")
        playbook = self.policy().playbooks.get(case)
        found = playbook.step(step) if playbook else None
        return f"{playbook.title} · {found.title}" if playbook and found else script

    def _corrected(self, start: datetime, end: datetime) -> Sequence[tuple[str, str, int]]:
        within = (one for one in self.corrections.latest() if start <= one.at < end)
        pairs = Counter((self._case(one.before), self._case(one.chosen)) for one in within)
        return [(before, chosen, count) for (before, chosen), count in pairs.most_common()]

    def _case(self, intent: str | None) -> str:
        playbook = self.policy().for_intent(intent) if intent else None
        return playbook.title if playbook else intent or "没听懂"


def _within(conversation: Conversation, start: datetime, end: datetime) -> Sequence[Turn]:
    return [turn for turn in conversation.turns if start <= turn.at < end]


def _customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER


def _by_agent(found: Sequence[Wait], clock: timedelta) -> Sequence[Waits]:
    names = sorted({wait.author for wait in found})
    each = (
        summed(name or "没有署名", [w for w in found if w.author == name], clock) for name in names
    )
    return sorted(each, key=lambda one: (-one.number, one.name))


def _by_hour(found: Sequence[Wait], clock: timedelta) -> Sequence[Waits]:
    return [
        summed(f"{hour} 点", [wait for wait in found if wait.since.hour == hour], clock)
        for hour in range(24)
    ]


def _rules(findings: Sequence[Finding], severity: str) -> Sequence[tuple[str, int]]:
    return Counter(one.rule for one in findings if one.severity == severity).most_common()


def _examples(turns: Sequence[Turn]) -> Sequence[str]:
    latest = sorted(turns, key=lambda turn: turn.at, reverse=True)
    texts = (mask(" ".join(turn.text.split()))[:LONGEST_EXAMPLE] for turn in latest)
    return [*dict.fromkeys(texts)][:EXAMPLES]
