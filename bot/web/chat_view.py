"""A conversation as its customer sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot import wiring
from bot.core.attendance import TAKES_MESSAGE, Serves, who_serves
from bot.core.conversation import Speaker, Turn
from bot.services.order_details import clock
from bot.services.ports.chat import Photo

NAMES = {Speaker.CUSTOMER: "我", Speaker.AGENT: "客服", Speaker.BOT: "智能助手"}
STATUS = {
    Serves.BOT: "智能助手在为您服务，需要人工随时说",
    Serves.WAITING: "已经转人工，同事马上来",
    Serves.MESSAGE: "人工客服下班了，您的留言会有人回",
    Serves.PERSON: "人工客服在为您服务",
}


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    """As the customer's page named it."""
    speaker: str
    name: str
    text: str
    at: str
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class ChatView:
    lines: tuple[Line, ...]
    serves: Serves
    takes_message: bool
    """The customer has just been asked to leave one."""

    @property
    def status(self) -> str:
        return STATUS[self.serves]


def chat_view(parts: wiring.Serving, conversation_id: str, now: datetime) -> ChatView:
    """The conversation as it stands; an empty one before the first message."""
    seen = wiring.desk_state(parts).one(conversation_id)
    if seen is None:
        return ChatView((), Serves.BOT, False)
    turns, photos = seen.conversation.turns, wiring.photos(parts.database).of(conversation_id)
    serves = who_serves(turns, now, seen.mark.closed_at)
    asked_now = bool(turns) and turns[-1].reading.step == TAKES_MESSAGE
    return ChatView(
        tuple(_lines(conversation_id, turns, photos, now)),
        serves,
        serves is Serves.MESSAGE and asked_now,
    )


def message_id(conversation_id: str, own: str) -> str:
    """The message's id as Rasa's actions make it of the page's own one."""
    return f"{conversation_id}:{own}"


def _lines(
    conversation_id: str, turns: tuple[Turn, ...], photos: Mapping[str, Photo], now: datetime
) -> Iterator[Line]:
    for turn in turns:
        yield Line(
            id=turn.id.removeprefix(f"{conversation_id}:"),
            speaker=turn.speaker.value,
            name=NAMES[turn.speaker],
            text=turn.text,
            at=clock(turn.at, now),
            photo=photos.get(turn.id),
        )
