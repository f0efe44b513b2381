"""How people practise, what they wrote down, what it shows, and what opens a case."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Moment

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: None = None
depends_on: None = None

NEW = ("mode", "noise", "shift", "spoken_at", "filed")


def upgrade() -> None:
    for column in (
        sa.Column("mode", sa.String(10), nullable=False, server_default="hints"),
        sa.Column("noise", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("shift", sa.String(40), nullable=False, server_default=""),
        sa.Column("spoken_at", Moment(), nullable=True),
        sa.Column("filed", sa.JSON, nullable=True),
    ):
        op.add_column("practice_attempts", column)
    op.create_table(
        "practice_marks",
        sa.Column("id", Id, nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.Column("item", sa.String(120), nullable=False),
        sa.Column("shown", sa.String(10), nullable=False),
        sa.Column("where", sa.String(10), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_marks"),
    )
    op.create_index("ix_practice_marks_person", "practice_marks", ["person"])
    op.create_table(
        "practice_required",
        sa.Column("case", sa.String(80), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("case", name="pk_practice_required"),
    )


def downgrade() -> None:
    op.drop_table("practice_required")
    op.drop_table("practice_marks")
    with op.batch_alter_table("practice_attempts") as table:
        for column in NEW:
            table.drop_column(column)
