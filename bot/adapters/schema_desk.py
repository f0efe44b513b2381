"""The tables of the desk: how far a conversation was seen, what is being written, what is held."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id
from bot.adapters.schema import Base


class MarkRow(Base):
    """How far a conversation was looked at: by the desk, and by the customer's own page."""

    __tablename__ = "desk_marks"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    seen: Mapped[int]
    """How many of its messages somebody at the desk has had before them."""
    delivered: Mapped[int]
    """How many of its messages have reached the customer's page."""
    closed_at: Mapped[datetime | None]
    """Since when nothing is left to do; a later message opens it again."""


class DraftRow(Base):
    """What somebody is writing and has not sent."""

    __tablename__ = "drafts"

    author: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str]
    at: Mapped[datetime]


class HeldRow(Base):
    """A reply that the guard has stopped, waiting for somebody who may let it go."""

    __tablename__ = "held_replies"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(Text)
    """The id under which it will be sent."""
    text: Mapped[str]
    script: Mapped[str | None]
    findings: Mapped[list[dict[str, Any]]]
    author: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    """``waiting``, ``sent`` or ``returned``."""
    decided_by: Mapped[str] = mapped_column(String(40))
    decided_at: Mapped[datetime | None]
    why: Mapped[str]
