"""The tables of what people have practised, what it shows, and what opens a case at the desk."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, false
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
    mode: Mapped[str] = mapped_column(String(10), server_default="hints")
    noise: Mapped[bool] = mapped_column(server_default=false())
    shift: Mapped[str] = mapped_column(String(40), server_default="")
    spoken_at: Mapped[datetime | None] = mapped_column(Moment())
    filed: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class MarkRow(Base):
    """One thing that somebody did in practice, and how; nobody's words are in it."""

    __tablename__ = "practice_marks"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person: Mapped[str] = mapped_column(String(40), index=True)
    item: Mapped[str] = mapped_column(String(120))
    shown: Mapped[str] = mapped_column(String(10))
    where: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment())


class RequiredRow(Base):
    """What has to be passed in practice before a case is served at the desk."""

    __tablename__ = "practice_required"

    case: Mapped[str] = mapped_column(String(80), primary_key=True)
    level: Mapped[int]
    scenarios: Mapped[Any] = mapped_column(JSON, server_default="[]")
