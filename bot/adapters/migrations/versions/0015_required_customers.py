"""Which practice customers have to be passed before a case is served at the desk."""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column(
        "practice_required",
        sa.Column("scenarios", sa.JSON, nullable=False, server_default="[]"),
    )


def downgrade() -> None:
    with op.batch_alter_table("practice_required") as table:
        table.drop_column("scenarios")
