"""The desk's list: which conversation needs somebody first, and how long its customer waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.conversation import HANDED_OVER, Conversation, Speaker, Turn
from bot.core.mood import Mood, mood_of
from bot.core.privacy import mask

LONGEST_WORDS = 60
NOTHING_SEEN = 0
ENDS = frozenset({"thanks", "goodbye"})
"""What keeps nobody waiting after an answer."""
CONSENTS = frozenset({"affirm"})
"""What keeps nobody waiting either, where the answer asked nothing."""


class Standing(StrEnum):
    """Whose turn it is. The order is the list's."""

    WAITING = "waiting"
    """The customer waits for a person."""
    WITH_BOT = "with_bot"
    """The bot has answered last, and goes on."""
    ANSWERED = "answered"
    """A colleague has answered; the customer may write."""
    SETTLED = "settled"
    """Nothing is left to do."""


class Urgency(StrEnum):
    """How near the reply clock is to its end."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


SOON_SHARE = 0.5
"""From half of the clock on it is time to answer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a conversation was looked at, in numbers of its messages."""

    seen: int = NOTHING_SEEN
    delivered: int = NOTHING_SEEN
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation in the list."""

    conversation_id: str
    who: str
    channel: str
    case: str | None
    words: str
    """What was written last, contacts masked."""
    last_speaker: Speaker
    last_at: datetime
    standing: Standing
    waiting_since: datetime | None
    """Since when the customer has waited for a person; nothing while nobody has to answer."""
    unread: int
    """The customer's messages that nobody at the desk has had before them."""
    served_by: str
    """Which colleague wrote last."""
    mood: Mood = Mood.CALM

    @property
    def key(self) -> tuple[int, float]:
        """Where it stands: who waits longest first, then whatever happened last."""
        if self.waiting_since is not None:
            return (0, self.waiting_since.timestamp())
        return (list(Standing).index(self.standing), -self.last_at.timestamp())


def urgency(waiting_since: datetime, now: datetime, clock: timedelta) -> Urgency:
    """How late the reply is against the shop's reply clock."""
    waited = now - waiting_since
    if waited >= clock:
        return Urgency.LATE
    return Urgency.SOON if waited >= clock * SOON_SHARE else Urgency.CALM


def row_of(conversation: Conversation, channel: str, mark: Mark) -> Row | None:
    """The conversation's row; nothing while nobody has written."""
    if not conversation.turns:
        return None
    last = conversation.turns[-1]
    closed = mark.closed_at is not None and mark.closed_at >= last.at
    since = None if closed else _waiting_since(conversation)
    return Row(
        conversation_id=conversation.id,
        who=conversation.nickname or "",
        channel=channel,
        case=conversation.case,
        words=mask(" ".join(last.text.split()))[:LONGEST_WORDS],
        last_speaker=last.speaker,
        last_at=last.at,
        standing=_standing(conversation, closed, since),
        waiting_since=since,
        unread=sum(_is_customers(turn) for turn in conversation.turns[mark.seen :]),
        served_by=next((t.author for t in reversed(conversation.turns) if t.author), ""),
        mood=Mood.CALM if closed else mood_of(conversation.turns),
    )


def _standing(conversation: Conversation, closed: bool, since: datetime | None) -> Standing:
    if closed:
        return Standing.SETTLED
    if since is not None:
        return Standing.WAITING
    if conversation.turns[-1].speaker is Speaker.BOT:
        return Standing.WITH_BOT
    return Standing.SETTLED if conversation.settled else Standing.ANSWERED


def _waiting_since(conversation: Conversation) -> datetime | None:
    """The first message that no person has answered, where a person has to."""
    unanswered = tuple(_unanswered(conversation.turns))
    asking = [turn for turn in unanswered if _is_customers(turn)]
    if not asking:
        return None
    answered = len(unanswered) < len(conversation.turns)
    ends = ENDS | CONSENTS if conversation.settled else ENDS
    if answered and all(turn.reading.intent in ends for turn in asking):
        return None
    return asking[0].at


def _unanswered(turns: Sequence[Turn]) -> Iterator[Turn]:
    """The turns since a person, or the bot with an answer of its own, wrote last."""
    start = 0
    for number, turn in enumerate(turns):
        by_bot = turn.speaker is Speaker.BOT and turn.reading.step not in HANDED_OVER
        if turn.speaker is Speaker.AGENT or by_bot:
            start = number + 1
    yield from turns[start:]


def _is_customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER
