"""Promises and what became of them."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Moment, Money

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("due_at", Moment()),
        sa.Column("amount", Money()),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("by", sa.String(10), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("order_no", sa.String(64)),
        sa.Column("case", sa.Text),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "message_id"],
            ["messages.conversation_id", "messages.id"],
            name="fk_promises_conversation_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_conversation_id", "promises", ["conversation_id"])
    op.create_index("ix_promises_order_no", "promises", ["order_no"])
    op.create_index("ix_promises_state_due_at", "promises", ["state", "due_at"])
    op.create_table(
        "promise_changes",
        sa.Column("promise_id", sa.String(16), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name="fk_promise_changes_promise_id"
        ),
        sa.PrimaryKeyConstraint("promise_id", "seq", name="pk_promise_changes"),
    )


def downgrade() -> None:
    op.drop_table("promise_changes")
    op.drop_table("promises")
