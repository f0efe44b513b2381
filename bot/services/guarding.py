"""Holds an outgoing text against the rules, the order and the conversation before it is sent."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.core.conversation import Conversation, Speaker
from bot.core.facts import Facts, Origin
from bot.core.guard import check
from bot.core.guard_context import Context, Finding
from bot.core.guard_text import Clock, Contact, Day, Said, Span, Sum
from bot.core.orders import Order
from bot.core.playbook import Playbook, Role
from bot.core.policy import Policy
from bot.core.scripts import PLACEHOLDER
from bot.language import dates
from bot.language.contacts import contacts
from bot.language.days_and_times import days, times
from bot.language.normalise import normalise
from bot.language.sums import amounts
from bot.language.time_spans import time_spans
from bot.services.composing import worded
from bot.services.situation import Situation
from bot.services.words import plain

DATA = frozenset({Origin.ORDER, Origin.NOTE})
LONGEST_READ = 4_000
CACHED_TEXTS = 2_048


def findings(
    text: str,
    conversation: Conversation,
    situation: Situation | None,
    policy: Policy,
    today: date,
    sender: Role,
) -> list[dict[str, Any]]:
    """What is wrong with the text, as interfaces tell it.

    Args:
        situation: how the case stands now; nothing while no customer has written.
    """
    context = context_of(conversation, situation, policy, today, sender)
    return [_shown(one) for one in check(read(text, today), context)]


def _shown(one: Finding) -> dict[str, Any]:
    return {**asdict(one), "rule": one.rule.value, "severity": one.severity.value}


def context_of(
    conversation: Conversation,
    situation: Situation | None,
    policy: Policy,
    today: date,
    sender: Role,
) -> Context:
    """What the guard must know."""
    order, done = situation.order if situation else None, [*_carried_out(conversation, policy)]
    replies = worded(situation, policy) if situation else ()
    return Context(
        rules=policy.guard,
        figures=policy.figures,
        today=today,
        facts=situation.facts if situation else Facts(),
        verdict=situation.verdict if situation else None,
        case=situation.case if situation else None,
        sender=sender,
        shop=policy.pack,
        suggested=tuple(read(reply.text, today) for reply in replies),
        carried_out=tuple(_wordings(done, policy, today)),
        paid=frozenset(_paid(done, situation, policy, today)),
        prices=frozenset(_prices(situation, order)),
        notes="\n".join(plain(note) for note in _notes(order)),
        customer=tuple(plain(turn.text) for turn in conversation.customer_turns()),
        replies_today=tuple(
            plain(turn.text)
            for turn in conversation.turns
            if turn.speaker is not Speaker.CUSTOMER and turn.at.date() == today
        ),
    )


def _carried_out(conversation: Conversation, policy: Policy) -> Iterator[tuple[Playbook, str]]:
    """The steps that were carried out, each with its playbook."""
    for turn in conversation.turns:
        case, step = turn.reading.case, turn.reading.step
        playbook = policy.for_intent(case) if case else None
        if turn.speaker is not Speaker.CUSTOMER and playbook and step:
            yield playbook, step


def _wordings(done: Iterable[tuple[Playbook, str]], policy: Policy, today: date) -> Iterator[Said]:
    """How those steps are worded: what they granted stays granted."""
    for playbook, step in done:
        for text in policy.scripts.variants(f"{playbook.id}.{step}"):
            yield read(PLACEHOLDER.sub(" ", text), today)


def _paid(
    done: Iterable[tuple[Playbook, str]], situation: Situation | None, policy: Policy, today: date
) -> Iterator[Decimal]:
    """What those steps pay, by the facts as they are known now."""
    for playbook, name in done:
        step = playbook.step(name)
        if situation and step and step.amount and step.record:
            rule = playbook.amounts[step.amount]
            amount = rule.amount(situation.facts, policy.figures, today)
            if amount is not None:
                yield amount


def _notes(order: Order | None) -> Iterator[str]:
    if order:
        yield from (note.text for note in order.notes)
        yield from (event.text for event in order.events)


def _prices(situation: Situation | None, order: Order | None) -> Iterator[Decimal]:
    """The sums that the order and its notes name, and what they make together."""
    known = situation.facts if situation else Facts()
    for fact in (known.get(name) for name in known):
        if fact and fact.origin in DATA and isinstance(fact.value, Decimal):
            yield fact.value
    for note in _notes(order):
        yield from (Decimal(found.value) for found in amounts(plain(note), also_vague=True))
    if order:
        paid = [line.paid for line in order.lines if line.paid is not None]
        yield from (*paid, sum(paid, Decimal(0)))
        yield from (line.unit_price for line in order.lines if line.unit_price is not None)
        refund = order.refund
        if refund and refund.amount is not None:
            yield refund.amount


@lru_cache(CACHED_TEXTS)
def read(text: str, today: date) -> Said:
    """The text in one spelling, its figures found."""
    message = normalise(text[:LONGEST_READ])
    said = message.text
    return Said(
        said,
        message.starts,
        message.ends,
        sums=tuple(Sum(e.start, e.end, Decimal(e.value)) for e in amounts(said, also_vague=True)),
        spans=tuple(Span(s.start, s.end, s.low, s.high) for s in time_spans(said)),
        days=tuple(_days(said, today)),
        clocks=tuple(Clock(e.start, e.end, e.value) for e in times(said)),
        contacts=tuple(Contact(e.start, e.end, e.value) for e in contacts(said)),
    )


def _days(text: str, today: date) -> Iterator[Day]:
    """Days as an agent means them: what names no year or month is ahead."""
    for found in days(text):
        partial = re.fullmatch(r"-{2,3}[\d-]+|W\d", found.value)
        day = dates.resolve(f">{found.value}" if partial else found.value, today)
        if day:
            yield Day(found.start, found.end, day)
