"""The tables of what became of suggestions and of what the guard said; no customer's words."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id
from bot.adapters.schema import Base


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


class FindingRow(Base):
    """What the guard said of a reply when it was to be sent."""

    __tablename__ = "guard_findings"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    author: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(10))
