"""The figures of a period, from what was kept of it; nothing in them names a customer."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.bot_work import BotWork, bot_work
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.corrections import Correction
from bot.core.desk_list import row_of
from bot.core.handed_over import Why, asked_again
from bot.core.policy import Policy
from bot.core.quality import Usage, ranks, usage, usages
from bot.core.reply_clock import ReplyClock
from bot.core.shares import Share
from bot.core.suggestion_use import Finding, Outcome, Shown, Use
from bot.core.waiting import Wait, Waits, middle, summed, waits
from bot.services.chat_logs import without_private_data
from bot.services.ports import Corrections, Orders
from bot.services.ports.chat import Handoffs
from bot.services.ports.desk import DeskState, Seen
from bot.services.ports.quality import Telemetry
from bot.services.quality_titles import Titles

EXAMPLES = 30
LATEST = 300
"""Among so many of the latest messages the examples are chosen."""
LONGEST_EXAMPLE = 80
SHORTEST_NAME = 2
"""A name of one character is a word like others."""
UNSIGNED = "没有署名"


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    usage: Usage
    waits: Waits


@dataclass(frozen=True, slots=True)
class Rule:
    """What the guard said of replies by one of its rules; each reply counts once."""

    name: str
    blocked: int
    overruled: int
    warned: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """What customers wrote that was not understood; private data and nicknames are taken out."""

    text: str
    count: int
    taken_for: str
    """The case that it was most likely about; empty where none was likely."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What a lead reads of a period."""

    all: Usage
    scripts: Sequence[Usage]
    agents: Sequence[Usage]
    days: Sequence[Day]
    ranks: Sequence[tuple[int, int]]
    """Which of the suggestions was sent, and how often."""
    variants: Sequence[tuple[str, int, int]]
    """Which wording of which script was sent, and how often."""
    seen_after: timedelta | None
    """From a customer's message to somebody having it and the advice before them: half of them."""
    waits: Waits
    waits_by_agent: Sequence[Waits]
    waits_by_hour: Sequence[Waits]
    """One for each hour of the day."""
    unanswered: int
    """Customers who wrote in the period and wait still."""
    overdue: int
    """Those of them whose reply should have been there."""
    clock: timedelta
    """The reply clock as it is on the last day."""
    bot: BotWork
    bot_scripts: Sequence[tuple[str, Share]]
    """By titles: the bot's answers that were mistaken for once or more."""
    handed_over: Sequence[tuple[Why, int]]
    asked_again: Share
    """Hand-overs after which an agent asked for what the packet held."""
    asked_facts: Sequence[tuple[str, int]]
    """What was asked again, by titles."""
    rules: Sequence[Rule]
    not_understood: Share
    unclear: Sequence[Unclear]
    """The most frequent first, then the latest."""
    corrections: Sequence[tuple[str, str, int]]
    """From which case to which, and how often."""


@dataclass(frozen=True, slots=True)
class QualityReports:
    policy: Callable[[], Policy]
    telemetry: Telemetry
    state: DeskState
    handoffs: Handoffs
    corrections: Corrections
    orders: Orders

    def of(self, start: datetime, end: datetime, now: datetime) -> Quality:
        """The figures from this moment until before that one."""
        titles = Titles(self.policy())
        seen = self.state.since(start)
        spoken = [_within(one.conversation, start, end) for one in seen]
        uses, shows = self.telemetry.uses(start, end), self._shows(seen, start, end)
        found = [wait for wait in self._waits(seen) if start <= wait.since < end]
        open_since = [*self._open(seen, start, end)]
        handed = self.handoffs.between(start, end)
        said = {one.id: one.turns for one in spoken}
        again = [asked_again(one, said.get(one.conversation_id, ())) for one in handed]
        corrected = [one for one in self._corrected(start) if one.at < end]
        work = bot_work(spoken, {(c.conversation_id, c.message_id) for c in corrected})
        customers = [(one, turn) for one in spoken for turn in one.turns if _customers(turn)]
        unclear = [(one, turn) for one, turn in customers if _is_unclear(turn)]
        return Quality(
            all=usage("全部", uses, len({_key(one) for one in shows})),
            scripts=_by_script(uses, shows, titles),
            agents=_by_agent(uses, shows),
            days=_by_day(uses, shows, found, start, end),
            ranks=ranks(uses),
            variants=_variants(uses, titles),
            seen_after=middle([*self._seen_after(shows)]),
            waits=summed("全部", found),
            waits_by_agent=_waits_by_agent(found),
            waits_by_hour=_waits_by_hour(found),
            unanswered=len(open_since),
            overdue=sum(ReplyClock(titles.policy.figures).due(at) < now for at in open_since),
            clock=ReplyClock(titles.policy.figures).limit(end - timedelta(days=1)),
            bot=work,
            bot_scripts=[(titles.said(script), share) for script, share in work.scripts],
            handed_over=Counter(one.handoff.reason for one in handed).most_common(),
            asked_again=Share(sum(map(bool, again)), len(handed)),
            asked_facts=Counter(titles.fact(n) for names in again for n in names).most_common(),
            rules=_rules(self.telemetry.findings(start, end)),
            not_understood=Share(len(unclear), len(customers)),
            unclear=self._unclear(unclear, titles),
            corrections=_corrections(corrected, titles),
        )

    def _shows(self, seen: Iterable[Seen], start: datetime, end: datetime) -> Sequence[Shown]:
        """What was shown before people while it was theirs to answer."""
        bots = {key for one in seen for key in _answered_by_bot(one.conversation)}
        shows = self.telemetry.shows(start, end)
        return [one for one in shows if one.suggestions and _key(one) not in bots]

    def _seen_after(self, shows: Iterable[Shown]) -> Iterator[timedelta]:
        clock = ReplyClock(self.policy().figures)
        first = {_key(one): one for one in sorted(shows, key=lambda one: one.at, reverse=True)}
        for one in first.values():
            yield max(one.at - clock.begins(one.said_at), timedelta())

    def _waits(self, seen: Iterable[Seen]) -> Iterator[Wait]:
        for one in seen:
            figures = self.policy().for_shop(one.conversation.shop).figures
            yield from waits(one.conversation.turns, ReplyClock(figures))

    def _open(self, seen: Iterable[Seen], start: datetime, end: datetime) -> Iterator[datetime]:
        for one in seen:
            row = row_of(one.conversation, one.channel, one.mark)
            if row and row.waiting_since and start <= row.waiting_since < end:
                yield row.waiting_since

    def _corrected(self, start: datetime) -> Iterator[Correction]:
        """Where it really was about something else."""
        for one in self.corrections.latest():
            if one.at >= start and one.before != one.chosen:
                yield one

    def _unclear(
        self, turns: Iterable[tuple[Conversation, Turn]], titles: Titles
    ) -> Sequence[Unclear]:
        latest = sorted(turns, key=lambda one: one[1].at, reverse=True)[:LATEST]
        texts = (self._anonymous(*one) for one in latest)
        cases = (titles.case(turn.reading.case) for _, turn in latest)
        found = Counter(zip(texts, cases, strict=True)).most_common(EXAMPLES)
        return [Unclear(text, count, case) for (text, case), count in found if text]

    def _anonymous(self, conversation: Conversation, turn: Turn) -> str:
        """What was written, without what is known of who wrote it."""
        text = without_private_data(turn.text)
        order = self.orders.by_order_no(conversation.order_no) if conversation.order_no else None
        names = (conversation.nickname, *((order.nickname, order.recipient) if order else ()))
        for name in names:
            if name and len(name) >= SHORTEST_NAME:
                text = text.replace(name, "[姓名x]")
        return text[:LONGEST_EXAMPLE]


def _within(conversation: Conversation, start: datetime, end: datetime) -> Conversation:
    turns = tuple(turn for turn in conversation.turns if start <= turn.at < end)
    return replace(conversation, turns=turns)


def _key(shown: Shown) -> tuple[str, str]:
    return shown.conversation_id, shown.message_id


def _customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER


def _is_unclear(turn: Turn) -> bool:
    return turn.reading.guessed or not turn.reading.intent


def _answered_by_bot(conversation: Conversation) -> Iterator[tuple[str, str]]:
    """The customer's messages to which the bot replied next."""
    following: Turn | None = None
    for turn in reversed(conversation.turns):
        if not _customers(turn):
            following = turn
        elif following and following.speaker is Speaker.BOT:
            yield conversation.id, turn.id


def _seen_by(named: Iterable[tuple[str, Shown]]) -> Iterable[tuple[str, int]]:
    """How many messages were seen, by name; one that several have seen counts once."""
    return Counter(name for name, _ in {(name, _key(one)) for name, one in named}).items()


def _by_script(uses: Sequence[Use], shows: Sequence[Shown], titles: Titles) -> Sequence[Usage]:
    seen = _seen_by((titles.script(one.script), one) for one in shows)
    return usages(((titles.script(use.script), use) for use in uses if use.script), seen)


def _by_agent(uses: Sequence[Use], shows: Sequence[Shown]) -> Sequence[Usage]:
    seen = _seen_by((one.author or UNSIGNED, one) for one in shows)
    return usages(((use.author or UNSIGNED, use) for use in uses), seen)


def _by_day(
    uses: Sequence[Use],
    shows: Sequence[Shown],
    found: Sequence[Wait],
    start: datetime,
    end: datetime,
) -> Sequence[Day]:
    seen = dict(_seen_by((one.at.date().isoformat(), one) for one in shows))
    used = _grouped((one.at.date(), one) for one in uses)
    waited = _grouped((one.since.date(), one) for one in found)
    return [
        Day(
            day,
            usage(day.isoformat(), used.get(day, []), seen.get(day.isoformat(), 0)),
            summed(day.isoformat(), waited.get(day, [])),
        )
        for day in (start.date() + timedelta(days=n) for n in range((end - start).days))
    ]


def _variants(uses: Iterable[Use], titles: Titles) -> Sequence[tuple[str, int, int]]:
    sent = Counter((titles.script(u.script), u.variant) for u in uses if u.variant is not None)
    return [(script, variant or 0, count) for (script, variant), count in sorted(sent.items())]


def _waits_by_agent(found: Sequence[Wait]) -> Sequence[Waits]:
    by_author = _grouped((wait.author or UNSIGNED, wait) for wait in found)
    each = (summed(name, theirs) for name, theirs in by_author.items())
    return sorted(each, key=lambda one: (-one.number, one.name))


def _waits_by_hour(found: Sequence[Wait]) -> Sequence[Waits]:
    by_hour = _grouped((wait.since.hour, wait) for wait in found)
    return [summed(f"{hour} 点", by_hour.get(hour, [])) for hour in range(24)]


def _grouped[Key, One](keyed: Iterable[tuple[Key, One]]) -> Mapping[Key, list[One]]:
    groups: dict[Key, list[One]] = {}
    for key, one in keyed:
        groups.setdefault(key, []).append(one)
    return groups


def _rules(findings: Sequence[Finding]) -> Sequence[Rule]:
    counted = Counter((one.rule, one.severity) for one in findings)
    rules = [
        Rule(
            name,
            counted[name, Outcome.BLOCKED],
            counted[name, Outcome.OVERRULED],
            counted[name, Outcome.WARNED],
        )
        for name in {one.rule for one in findings}
    ]
    return sorted(rules, key=lambda one: (-one.blocked, -one.warned, one.name))


def _corrections(corrected: Iterable[Correction], titles: Titles) -> Sequence[tuple[str, str, int]]:
    pairs = Counter(
        (titles.intent(one.before) or "没听懂", titles.intent(one.chosen)) for one in corrected
    )
    return [(before, chosen, count) for (before, chosen), count in pairs.most_common()]
