"""The tables: what the shop keeps of orders, customers, conversations and records.

What belongs to one order is keyed by the order and a running number: one index serves both.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.adapters.columns import Id, Json, Moment, Money

# Named, because a migration can only change what has a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

OUTBOUND = "outbound"
RETURN = "return"
EXCHANGE = "exchange"


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        Decimal: Money,
        str: Text,
        dict[str, Any]: Json,
        list[str]: Json,
        list[dict[str, Any]]: Json,
    }


class ShopRow(Base):
    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)


class CustomerRow(Base):
    """A customer as orders name them; "" where unknown, so that the pair is unique."""

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("nickname", "phone"),
        Index("ix_customers_phone_last4_nickname", "phone_last4", "nickname"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    nickname: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(40))
    phone_last4: Mapped[str | None] = mapped_column(String(4))


class OrderRow(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_no: Mapped[str] = mapped_column(String(64), unique=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[str | None] = mapped_column(String(16))
    recipient: Mapped[str | None]
    address: Mapped[str | None]
    placed_at: Mapped[datetime | None] = mapped_column(index=True)
    paid_at: Mapped[datetime | None]
    promised_ship_by: Mapped[datetime | None]
    upgraded_courier_paid: Mapped[bool | None]
    payment_method: Mapped[str | None] = mapped_column(String(16))
    quick_pay_bound: Mapped[bool | None]
    invoice_issued: Mapped[bool | None]
    freight_insurance: Mapped[bool | None]


class _OfOrder:
    """A row that belongs to one order and goes with it."""

    order_id: Mapped[int] = mapped_column(
        ForeignKey("orders.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        sort_order=-1,  # first in the key, which so finds all that belongs to an order
    )


class LineRow(_OfOrder, Base):
    __tablename__ = "order_lines"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sku: Mapped[str]
    title: Mapped[str]
    qty: Mapped[int]
    paid: Mapped[Decimal | None]
    unit_price: Mapped[Decimal | None]
    bundle: Mapped[str | None]
    made_to_order: Mapped[bool | None]


class ShipmentRow(_OfOrder, Base):
    """A parcel: out, back to the shop, or out again in exchange (numbered like its exchange)."""

    __tablename__ = "shipments"

    leg: Mapped[str] = mapped_column(String(10), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    courier: Mapped[str | None] = mapped_column(String(40))
    tracking_no: Mapped[str | None] = mapped_column(String(64), index=True)
    shipped_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str | None]


class ShipmentEventRow(_OfOrder, Base):
    __tablename__ = "shipment_events"

    leg: Mapped[str] = mapped_column(String(10), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    text: Mapped[str]
    place: Mapped[str | None]


class RefundRow(_OfOrder, Base):
    __tablename__ = "refunds"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str | None] = mapped_column(String(16))
    status: Mapped[str | None] = mapped_column(String(16))
    applied_at: Mapped[datetime | None]
    amount: Mapped[Decimal | None]
    succeeded_at: Mapped[datetime | None]
    slip_approved: Mapped[bool | None]


class ExchangeRow(_OfOrder, Base):
    __tablename__ = "exchanges"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    agreed: Mapped[bool | None]
    new_sku: Mapped[str | None]
    new_price: Mapped[Decimal | None]
    shipped: Mapped[bool | None]


class NoteRow(_OfOrder, Base):
    __tablename__ = "order_notes"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    at: Mapped[datetime | None]
    by: Mapped[str | None]


class FlagRow(_OfOrder, Base):
    """The mark staff put on an order; the last one counts, one without text takes it off."""

    __tablename__ = "flags"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None]
    at: Mapped[datetime | None]
    by: Mapped[str | None]


class InvoiceRow(_OfOrder, Base):
    """An invoice asked for; it has been issued when ``issued_at`` is known."""

    __tablename__ = "invoices"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str | None]
    tax_no: Mapped[str | None]
    kind: Mapped[str | None] = mapped_column(String(10))
    issued_at: Mapped[datetime | None]


class ConversationRow(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    channel: Mapped[str]
    shop: Mapped[str]
    order_no: Mapped[str | None] = mapped_column(index=True)
    nickname: Mapped[str | None]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class MessageRow(Base):
    """One message, numbered within its conversation."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "seq"),)

    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    """The door's own id: doors count for themselves, so it is unique within a conversation only."""
    seq: Mapped[int]
    role: Mapped[str] = mapped_column(String(10))
    text: Mapped[str]
    at: Mapped[datetime]
    reading: Mapped[dict[str, Any] | None]
    author: Mapped[str] = mapped_column(String(40), server_default="")


class PromiseRow(Base):
    """What a sent message promised. Its message cannot be deleted while it is kept."""

    __tablename__ = "promises"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "message_id"], ["messages.conversation_id", "messages.id"]
        ),
        Index("ix_promises_conversation_id", "conversation_id"),
        Index("ix_promises_order_no", "order_no"),
        Index("ix_promises_state_due_at", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    what: Mapped[str]
    due_at: Mapped[datetime | None]
    amount: Mapped[Decimal | None]
    conversation_id: Mapped[str]
    message_id: Mapped[str]
    by: Mapped[str] = mapped_column(String(10))
    made_at: Mapped[datetime]
    order_no: Mapped[str | None] = mapped_column(String(64))
    case: Mapped[str | None]
    state: Mapped[str] = mapped_column(String(10))
    """That of its latest change: what is open is looked for often."""


class PromiseChangeRow(Base):
    """What became of a promise, in order; nothing is taken back, only added."""

    __tablename__ = "promise_changes"

    promise_id: Mapped[str] = mapped_column(ForeignKey("promises.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str]
    why: Mapped[str]


class AdviceRow(Base):
    __tablename__ = "advices"

    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "message_id"],
            ["messages.conversation_id", "messages.id"],
            ondelete="CASCADE",
        ),
    )

    conversation_id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class CorrectionRow(Base):
    """What a person said a message is about; the last one of a message counts."""

    __tablename__ = "corrections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "message_id"],
            ["messages.conversation_id", "messages.id"],
            ondelete="CASCADE",
        ),
    )

    conversation_id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    """Without private data: it is learned from."""
    before: Mapped[str | None]
    chosen: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]


class RecordRow(Base):
    """A record in a register. No key leads from it to an order or a conversation: whatever
    becomes of those, the record stays.
    """

    __tablename__ = "records"
    __table_args__ = (Index("ix_records_register_state", "register", "state"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    register: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the register, what it is about and why: a second entry of the same cannot be."""
    order_no: Mapped[str]
    reason: Mapped[str]
    fields: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10))
    amount: Mapped[Decimal | None]
    compensation: Mapped[Decimal]
    approval: Mapped[str] = mapped_column(String(10))
    approved_by: Mapped[str]
    conversation_id: Mapped[str]
    version: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RecordChangeRow(Base):
    """One line of a record's history; the database refuses to change or delete any."""

    __tablename__ = "record_changes"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("records.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The record's version that it led to."""
    act: Mapped[str] = mapped_column(String(10))
    by_name: Mapped[str]
    by_role: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    why: Mapped[str]
    source: Mapped[str]
    unused: Mapped[dict[str, Any]]
