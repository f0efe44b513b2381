"""The end of a shift: every open case with its next step, every open record, every open promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.conversation import HANDED_OVER, Conversation, Speaker, Turn
from bot.core.duties import OpenRecord
from bot.core.policy import Policy
from bot.core.privacy import mask
from bot.core.promises import Promise
from bot.core.understanding import TALK
from bot.services.duties import (
    Duties,
    calendar_warnings,
    promises_as_json,
    records_as_json,
)
from bot.services.ports import Conversations

TRACKED = "order_tracking_days"
"""How long a conversation without a word is still a case; promises and records are for ever."""
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class OpenCase:
    conversation_id: str
    order_no: str | None
    title: str
    last_at: datetime
    last_words: str
    waits_for: str
    """``shop`` or ``customer``: whose turn it is."""
    next_step: str


@dataclass(frozen=True, slots=True)
class ShiftHandover:
    at: datetime
    cases: tuple[OpenCase, ...]
    """Those that wait for the shop first, the longest waiting first."""
    records: tuple[OpenRecord, ...]
    promises: tuple[Promise, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handovers:
    duties: Duties
    conversations: Conversations

    def at(self, now: datetime) -> ShiftHandover:
        """What the next shift must know at this moment."""
        policy = self.duties.policy()
        days = int(policy.figures.number(TRACKED, now.date()))
        spoken = self.conversations.since(now - timedelta(days=days))
        cases = [case for one in spoken for case in self._case(one, policy)]
        return ShiftHandover(
            now,
            tuple(sorted(cases, key=lambda case: (case.waits_for != "shop", case.last_at))),
            tuple(self.duties.records.open_records()),
            tuple(self.duties.ledger.open(now)),
            tuple(calendar_warnings(now, policy)),
        )

    def _case(self, conversation: Conversation, policy: Policy) -> Iterator[OpenCase]:
        """The conversation's open case, if it has one."""
        if not conversation.turns or _is_settled(conversation):
            return
        last = conversation.turns[-1]
        playbook = policy.for_intent(conversation.case) if conversation.case else None
        ours = last.speaker is Speaker.CUSTOMER or last.reading.step in HANDED_OVER
        yield OpenCase(
            conversation_id=conversation.id,
            order_no=conversation.order_no or self._advised(conversation, "order_no"),
            title=playbook.title if playbook else "",
            last_at=last.at,
            last_words=mask(last.text)[:LONGEST_QUOTE],
            waits_for="shop" if ours else "customer",
            next_step=self._next(conversation, last, ours, policy),
        )

    def _next(self, conversation: Conversation, last: Turn, ours: bool, policy: Policy) -> str:
        if ours:
            verdict = self._advised(conversation, "verdict")
            return verdict["text"] if verdict else "回复客户"
        asked = [policy.facts[name].title for name in last.reading.asked if name in policy.facts]
        return f"等客户回答：{'、'.join(asked)}" if asked else "等客户回话"

    def _advised(self, conversation: Conversation, what: str) -> Any:
        """What the advice on the customer's latest message says of this."""
        latest = next((t for t in reversed(conversation.turns) if _customers(t)), None)
        advice = self.conversations.advice(conversation.id, latest.id) if latest else None
        return advice[what] if advice else None


def _customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER


def _is_settled(conversation: Conversation) -> bool:
    """The last reply settled it, and the customer has written nothing since but talk."""
    since: list[Turn] = []
    for turn in reversed(conversation.turns):
        if not _customers(turn):
            break
        since.append(turn)
    return conversation.settled and all(turn.reading.intent in TALK for turn in since)


def handover_as_json(handover: ShiftHandover) -> dict[str, Any]:
    """The handover in the form that interfaces promise."""
    return {
        "at": handover.at.isoformat(),
        "cases": [
            {
                "conversation_id": case.conversation_id,
                "order_no": case.order_no,
                "title": case.title,
                "last_at": case.last_at.isoformat(),
                "last_words": case.last_words,
                "waits_for": case.waits_for,
                "next_step": case.next_step,
            }
            for case in handover.cases
        ],
        "records": records_as_json(handover.records),
        "promises": promises_as_json(handover.promises, handover.at),
        "warnings": list(handover.warnings),
    }
