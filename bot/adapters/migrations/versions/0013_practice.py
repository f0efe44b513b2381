"""What people have practised."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Moment

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_table(
        "practice_attempts",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.Column("scenario", sa.String(80), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("began_at", Moment(), nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.Column("hinted", sa.Boolean, nullable=False),
        sa.Column("score", sa.Integer, nullable=True),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_attempts"),
    )
    op.create_index("ix_practice_attempts_person", "practice_attempts", ["person"])


def downgrade() -> None:
    op.drop_table("practice_attempts")
