"""Shops, customers, orders and all that belongs to an order; conversations, messages, advices."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Json, Moment, Money

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: None = None
depends_on: None = None

_MOMENT = Moment()
_MONEY = Money()

_TABLES = (
    "advices",
    "messages",
    "conversations",
    "invoices",
    "flags",
    "order_notes",
    "exchanges",
    "refunds",
    "shipment_events",
    "shipments",
    "order_lines",
    "orders",
    "customers",
    "shops",
)


def upgrade() -> None:
    _create_shops_and_customers()
    _create_orders()
    _create_lines()
    _create_shipments()
    _create_refunds_and_exchanges()
    _create_notes_flags_invoices()
    _create_conversations()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _create_shops_and_customers() -> None:
    op.create_table(
        "shops",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shops"),
        sa.UniqueConstraint("name", name="uq_shops_name"),
    )
    op.create_table(
        "customers",
        sa.Column("id", Id, nullable=False),
        sa.Column("nickname", sa.String(100), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("phone_last4", sa.String(4)),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        sa.UniqueConstraint("nickname", "phone", name="uq_customers_nickname_phone"),
    )
    op.create_index("ix_customers_phone_last4_nickname", "customers", ["phone_last4", "nickname"])


def _create_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", Id, nullable=False),
        sa.Column("order_no", sa.String(64), nullable=False),
        sa.Column("shop_id", Id, nullable=False),
        sa.Column("customer_id", Id),
        sa.Column("status", sa.String(16)),
        sa.Column("recipient", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("placed_at", _MOMENT),
        sa.Column("paid_at", _MOMENT),
        sa.Column("promised_ship_by", _MOMENT),
        sa.Column("upgraded_courier_paid", sa.Boolean),
        sa.Column("payment_method", sa.String(16)),
        sa.Column("quick_pay_bound", sa.Boolean),
        sa.Column("invoice_issued", sa.Boolean),
        sa.Column("freight_insurance", sa.Boolean),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_orders_shop_id"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_orders_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("order_no", name="uq_orders_order_no"),
    )
    op.create_index("ix_orders_customer_id", "orders", ["customer_id"])


def _create_lines() -> None:
    _create_of_order(
        "order_lines",
        ("order_id", "seq"),
        sa.Column("sku", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("qty", sa.Integer, nullable=False),
        sa.Column("paid", _MONEY),
        sa.Column("unit_price", _MONEY),
        sa.Column("bundle", sa.Text),
        sa.Column("made_to_order", sa.Boolean),
    )


def _create_shipments() -> None:
    _create_of_order(
        "shipments",
        ("order_id", "leg", "seq"),
        sa.Column("leg", sa.String(10), nullable=False),
        sa.Column("courier", sa.String(40)),
        sa.Column("tracking_no", sa.String(64)),
        sa.Column("shipped_at", _MOMENT),
        sa.Column("signed_at", _MOMENT),
        sa.Column("signed_by", sa.Text),
    )
    op.create_index("ix_shipments_tracking_no", "shipments", ["tracking_no"])
    _create_of_order(
        "shipment_events",
        ("order_id", "leg", "seq"),
        sa.Column("leg", sa.String(10), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("place", sa.Text),
    )


def _create_refunds_and_exchanges() -> None:
    _create_of_order(
        "refunds",
        ("order_id", "seq"),
        sa.Column("type", sa.String(16)),
        sa.Column("status", sa.String(16)),
        sa.Column("applied_at", _MOMENT),
        sa.Column("amount", _MONEY),
        sa.Column("succeeded_at", _MOMENT),
        sa.Column("slip_approved", sa.Boolean),
    )
    _create_of_order(
        "exchanges",
        ("order_id", "seq"),
        sa.Column("agreed", sa.Boolean),
        sa.Column("new_sku", sa.Text),
        sa.Column("new_price", _MONEY),
        sa.Column("shipped", sa.Boolean),
    )


def _create_notes_flags_invoices() -> None:
    _create_of_order(
        "order_notes",
        ("order_id", "seq"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", _MOMENT),
        sa.Column("by", sa.Text),
    )
    _create_of_order(
        "flags",
        ("order_id", "seq"),
        sa.Column("text", sa.Text),
        sa.Column("at", _MOMENT),
        sa.Column("by", sa.Text),
    )
    _create_of_order(
        "invoices",
        ("order_id", "seq"),
        sa.Column("title", sa.Text),
        sa.Column("tax_no", sa.Text),
        sa.Column("kind", sa.String(10)),
        sa.Column("issued_at", _MOMENT),
    )


def _create_of_order(table: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> None:
    """A table whose rows belong to one order and go with it."""
    op.create_table(
        table,
        sa.Column("order_id", Id, nullable=False, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=f"fk_{table}_order_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
    )


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("shop", sa.Text, nullable=False),
        sa.Column("order_no", sa.Text),
        sa.Column("nickname", sa.Text),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_table(
        "messages",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("reading", Json),
        _goes_with("messages", "conversation_id", "conversations"),
        sa.PrimaryKeyConstraint("conversation_id", "id", name="pk_messages"),
        sa.UniqueConstraint("conversation_id", "seq", name="uq_messages_conversation_id_seq"),
    )
    op.create_table(
        "advices",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "message_id"],
            ["messages.conversation_id", "messages.id"],
            name="fk_advices_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="pk_advices"),
    )


def _goes_with(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )
