"""The table of what people have practised."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id, Moment
from bot.adapters.schema import Base


class PracticeRow(Base):
    """One dialogue: who, with whom, and what they said. The rest follows from the rules."""

    __tablename__ = "practice_attempts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person: Mapped[str] = mapped_column(String(40), index=True)
    scenario: Mapped[str] = mapped_column(String(80))
    seed: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(Moment())
    said: Mapped[Any] = mapped_column(JSON)
    hinted: Mapped[bool]
    score: Mapped[int | None]
    passed: Mapped[bool]
