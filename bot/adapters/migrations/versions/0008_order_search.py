"""Orders are looked through by the day on which they were placed, conversations by their order."""

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: None = None
depends_on: None = None


def upgrade() -> None:
    op.create_index("ix_orders_placed_at", "orders", ["placed_at"])
    op.create_index("ix_conversations_order_no", "conversations", ["order_no"])


def downgrade() -> None:
    op.drop_index("ix_conversations_order_no", "conversations")
    op.drop_index("ix_orders_placed_at", "orders")
