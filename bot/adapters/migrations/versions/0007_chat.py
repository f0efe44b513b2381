"""Hand-overs with their packets, and the pictures that customers send."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Json, Moment

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "handoffs",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("to_role", sa.String(12), nullable=False),
        sa.Column("packet", Json, nullable=False),
        sa.Column("known", Json, nullable=False),
        _of_conversation("handoffs"),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="pk_handoffs"),
    )
    op.create_index("ix_handoffs_at", "handoffs", ["at"])
    op.create_table(
        "photos",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _of_conversation("photos"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
    )
    op.create_index("ix_photos_conversation_id", "photos", ["conversation_id"])


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for table in ("photos", "handoffs"):
        op.drop_table(table)
