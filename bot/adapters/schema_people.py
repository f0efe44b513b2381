"""The tables of accounts and of the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.adapters.columns import Id
from bot.adapters.schema import Base


class AccountRow(Base):
    """One person's way in. Accounts are taken out of use, never deleted: history names them."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    folded: Mapped[str] = mapped_column(String(80), unique=True)
    """The name without regard to capitals: two must not differ by these alone."""
    role: Mapped[str] = mapped_column(String(12))
    password: Mapped[str]
    """Its hash, with the hash's settings."""
    active: Mapped[bool]
    version: Mapped[int]
    created_at: Mapped[datetime]


class AuditRow(Base):
    """One change that a person made; the database refuses to change or delete any."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    by_name: Mapped[str]
    by_role: Mapped[str] = mapped_column(String(12))
    what: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
