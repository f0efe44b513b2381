"""How far conversations were seen, what is being written, what is held, and who wrote a message."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Json, Moment

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("author", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "desk_marks",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.Column("delivered", sa.Integer, nullable=False),
        sa.Column("closed_at", Moment()),
        _of_conversation("desk_marks"),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_desk_marks"),
    )
    op.create_table(
        "drafts",
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _of_conversation("drafts"),
        sa.PrimaryKeyConstraint("author", "conversation_id", name="pk_drafts"),
    )
    _held_replies()


def _held_replies() -> None:
    op.create_table(
        "held_replies",
        sa.Column("id", Id, nullable=False),
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("script", sa.Text),
        sa.Column("findings", Json, nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("decided_at", Moment()),
        sa.Column("why", sa.Text, nullable=False),
        _of_conversation("held_replies"),
        sa.PrimaryKeyConstraint("id", name="pk_held_replies"),
    )
    op.create_index("ix_held_replies_conversation_id", "held_replies", ["conversation_id"])


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"],
        ["conversations.id"],
        name=f"fk_{table}_conversation_id",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for table in ("held_replies", "drafts", "desk_marks"):
        op.drop_table(table)
    op.drop_column("messages", "author")
