"""A row of the desk's list as it is drawn: names in words, a key to sort by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.conversation import Speaker
from bot.core.desk_list import Row, Standing, urgency
from bot.core.intents import intent_title
from bot.core.mood import Mood
from bot.core.policy import Policy

CHANNELS = {"chat": "网页聊天", "desk": "客服代记", "api": "接口", "rest": "接口"}
STANDINGS = {
    Standing.WITH_BOT: "机器人在接",
    Standing.ANSWERED: "等客户",
    Standing.SETTLED: "已了结",
}
LAST_BY = {Speaker.AGENT: "客服", Speaker.BOT: "机器人"}
_ELEMENT_LENGTH = 12
_FAR = 10**11
"""Later than any moment, in seconds: what is sorted newest first is counted down from here."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    id: str
    element: str
    """The row's id in the page: a conversation's own may hold anything."""
    key: str
    standing: str
    since: int
    """Since when the customer waits, in seconds; 0 while nobody has to answer."""
    urgency: str
    wait: str
    who: str
    words: str
    last_by: str
    case: str
    channel: str
    served_by: str
    unread: int
    held: bool
    mood: Mood


def shown_row(row: Row, policy: Policy, now: datetime, clock: timedelta, held: bool) -> ShownRow:
    """The row at this moment; the page goes on counting from there."""
    since = row.waiting_since
    place, seconds = row.key
    return ShownRow(
        id=row.conversation_id,
        element=element_of(row.conversation_id),
        key=f"{place}-{int(seconds if place == 0 else _FAR + seconds):012d}",
        standing=row.standing.value,
        since=int(since.timestamp()) if since else 0,
        urgency=urgency(since, now, clock).value if since else "",
        wait=waited(now - since) if since else STANDINGS[row.standing],
        who=row.who or "客户",
        words=row.words,
        last_by=LAST_BY.get(row.last_speaker, ""),
        case=intent_title(row.case, policy) if row.case else "",
        channel=CHANNELS.get(row.channel, row.channel),
        served_by=row.served_by,
        unread=row.unread,
        held=held,
        mood=row.mood,
    )


def element_of(conversation_id: str) -> str:
    """The id of the conversation's row in the page."""
    return f"row-{sha256(conversation_id.encode()).hexdigest()[:_ELEMENT_LENGTH]}"


def waited(span: timedelta) -> str:
    """「2:05」, from an hour on 「1 小时 5 分」, from a day on 「2 天」."""
    seconds = max(int(span.total_seconds()), 0)
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02d}"
    if seconds < 86_400:
        return f"{seconds // 3600} 小时 {seconds % 3600 // 60} 分"
    return f"{seconds // 86_400} 天"
