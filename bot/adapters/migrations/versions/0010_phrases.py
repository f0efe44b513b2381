"""Phrases that people keep for themselves or for all."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "phrases",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("folder", sa.String(20), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_phrases"),
    )
    op.create_index("ix_phrases_owner", "phrases", ["owner"])


def downgrade() -> None:
    op.drop_table("phrases")
