"""Which advices stood before whom, what of them was sent, and of which reply the guard spoke."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Moment

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "suggestions_shown",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("said_at", Moment(), nullable=False),
        sa.Column("suggestions", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_suggestions_shown_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "conversation_id", "message_id", "author", "script", name="pk_suggestions_shown"
        ),
    )
    op.create_index("ix_suggestions_shown_at", "suggestions_shown", ["at"])
    op.add_column("suggestion_uses", _text("about"))
    op.add_column("suggestion_uses", sa.Column("shown_at", Moment()))
    op.add_column("suggestion_uses", sa.Column("rank", sa.Integer))
    op.add_column("suggestion_uses", sa.Column("variant", sa.Integer))
    op.add_column("guard_findings", _text("conversation_id"))
    op.add_column("guard_findings", _text("message_id"))
    op.create_index("ix_guard_findings_reply", "guard_findings", ["conversation_id", "message_id"])


def _text(name: str) -> sa.Column[str]:
    """Empty for what was kept before it was there."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def downgrade() -> None:
    op.drop_index("ix_guard_findings_reply", "guard_findings")
    for name in ("message_id", "conversation_id"):
        op.drop_column("guard_findings", name)
    for name in ("variant", "rank", "shown_at", "about"):
        op.drop_column("suggestion_uses", name)
    op.drop_table("suggestions_shown")
