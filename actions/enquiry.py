"""What a tracker says of the customer's latest message, in the desk's words."""

from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from bot import wiring
from bot.core.understanding import Understanding
from bot.services.desk import Message


def message_in(tracker: Tracker, at: datetime) -> Message:
    """The latest message; who and which order comes from the channel's ``metadata``."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    return Message(
        conversation_id=tracker.sender_id,
        id=_id(tracker.sender_id, latest, metadata),
        text=latest.get("text") or "",
        at=at,
        order_no=_text(metadata, "order_no"),
        nickname=_text(metadata, "nickname"),
        shop=_text(metadata, "shop") or "",
        channel=tracker.get_latest_input_channel() or "rasa",
    )


def heard_in(tracker: Tracker) -> Understanding:
    """What Rasa understood of the latest message."""
    latest = tracker.latest_message
    return wiring.heard_by_rasa(latest.get("text") or "", latest)


def _id(sender: str, latest: dict[str, Any], metadata: dict[str, Any]) -> str:
    """The channel's own id where it gives one, so that a message it sends again stays one message.

    Channels count for themselves: the conversation's name keeps one's numbers apart from another's.
    """
    own = metadata.get("message_id")
    return f"{sender}:{own}" if own else str(latest["message_id"])


def _text(metadata: dict[str, Any], name: str) -> str | None:
    value = metadata.get(name)
    return value.strip() or None if isinstance(value, str) else None
