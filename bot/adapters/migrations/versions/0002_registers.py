"""Registers: the records, and their history, to which lines are only added."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Json, Moment, Money

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: None = None
depends_on: None = None

_KEPT = (("records", "DELETE"), ("record_changes", "DELETE"), ("record_changes", "UPDATE"))
"""What must not be done to which table."""


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("id", Id, nullable=False),
        sa.Column("register", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("order_no", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("amount", Money()),
        sa.Column("compensation", Money(), nullable=False),
        sa.Column("approval", sa.String(10), nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.UniqueConstraint("key", name="uq_records_key"),
    )
    op.create_index("ix_records_about", "records", ["about"])
    op.create_index("ix_records_register_state", "records", ["register", "state"])
    _create_history()
    _refuse_losses()


def downgrade() -> None:
    op.drop_table("record_changes")
    op.drop_table("records")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_loss")


def _create_history() -> None:
    op.create_table(
        "record_changes",
        sa.Column("record_id", Id, nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("by_role", sa.String(12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("unused", Json, nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="fk_record_changes_record_id"),
        sa.PrimaryKeyConstraint("record_id", "version", name="pk_record_changes"),
    )


def _refuse_losses() -> None:
    """By the database itself: whatever program is at it, no record and no line goes away."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    if on_postgresql:
        op.execute(
            "CREATE FUNCTION refuse_loss() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'records are never lost'; END $$"
        )
    for table, what in _KEPT:
        name = f"keep_{table}_{what.lower()}"
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_loss()"
            if on_postgresql
            else "BEGIN SELECT RAISE(ABORT, 'records are never lost'); END"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} {does}")
