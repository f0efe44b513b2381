"""A phrase may bring a picture."""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.add_column("phrases", sa.Column("picture", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("phrases", "picture")
