"""The tables of the customers' chat: hand-overs with their packets, and pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.schema import Base


class HandoffRow(Base):
    """A customer given to a colleague, upon one of the customer's messages."""

    __tablename__ = "handoffs"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(String(12))
    to_role: Mapped[str] = mapped_column(String(12))
    packet: Mapped[dict[str, Any]]
    known: Mapped[list[str]]


class PhotoRow(Base):
    """A picture that came with a message; its content is a file beside the database."""

    __tablename__ = "photos"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]
