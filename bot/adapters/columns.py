"""How money and moments are kept: exact to the fen and the microsecond, on every database."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.core.moments import SHANGHAI

Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in an INTEGER key."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

_LARGEST = Decimal("9999999999.99")


class Money(TypeDecorator[Decimal]):
    """Yuan as ``Decimal``: NUMERIC(12, 2), on SQLite whole fen, because its NUMERIC is a float."""

    impl = Numeric(12, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = BigInteger() if dialect.name == "sqlite" else Numeric(12, 2)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """Refuse what cannot be kept exactly; nothing is rounded on the way in.

        Raises:
            ValueError: not a finite amount of whole fen within NUMERIC(12, 2).
        """
        if value is None:
            return None
        fen = Decimal(value).scaleb(2)
        if not fen.is_finite() or fen != fen.to_integral_value() or abs(value) > _LARGEST:
            raise ValueError(f"{value} is not an amount in whole fen up to {_LARGEST}")
        return int(fen) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value).scaleb(-2) if dialect.name == "sqlite" else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its zone: kept in UTC, given back in Shanghai time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say when it was.

        Raises:
            ValueError: the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; give it one, e.g. +08:00")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite gives back what was written, without the zone; PostgreSQL in its session's zone.
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(SHANGHAI)
