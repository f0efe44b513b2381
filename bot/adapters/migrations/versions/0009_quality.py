"""What became of suggestions, and what the guard said of replies."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Moment

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "suggestion_uses",
        sa.Column("conversation_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("distance", sa.Float, nullable=False),
        sa.Column("corrected", sa.Boolean, nullable=False),
        sa.Column("released", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_suggestion_uses_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="pk_suggestion_uses"),
    )
    op.create_index("ix_suggestion_uses_at", "suggestion_uses", ["at"])
    op.create_table(
        "guard_findings",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guard_findings"),
    )
    op.create_index("ix_guard_findings_at", "guard_findings", ["at"])


def downgrade() -> None:
    for table in ("guard_findings", "suggestion_uses"):
        op.drop_table(table)
