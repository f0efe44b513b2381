"""The tables of what became of suggestions and what the guard said; nobody's words are in them."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id
from bot.adapters.schema import Base


class ShownRow(Base):
    """An advice that a person had before them."""

    __tablename__ = "suggestions_shown"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    author: Mapped[str] = mapped_column(String(40), primary_key=True)
    script: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    said_at: Mapped[datetime]
    suggestions: Mapped[int]


class UseRow(Base):
    """An agent's reply, and what became of the suggestions shown before it."""

    __tablename__ = "suggestion_uses"

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    author: Mapped[str] = mapped_column(String(40))
    script: Mapped[str]
    action: Mapped[str] = mapped_column(String(10))
    distance: Mapped[float] = mapped_column(Float)
    corrected: Mapped[bool]
    released: Mapped[bool]
    about: Mapped[str] = mapped_column(Text, server_default="")
    shown_at: Mapped[datetime | None]
    rank: Mapped[int | None]
    variant: Mapped[int | None]


class FindingRow(Base):
    """What the guard said of a reply when it was to be sent."""

    __tablename__ = "guard_findings"
    __table_args__ = (Index("ix_guard_findings_reply", "conversation_id", "message_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    author: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(10))
    conversation_id: Mapped[str] = mapped_column(Text, server_default="")
    message_id: Mapped[str] = mapped_column(Text, server_default="")
