"""Who may sign in, and who changed what."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.columns import Id, Json, Moment

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: None = None
depends_on: None = None

_REFUSED = ("UPDATE", "DELETE")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("folded", sa.String(80), nullable=False),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("folded", name="uq_accounts_folded"),
    )
    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("by_role", sa.String(12), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("before", Json),
        sa.Column("after", Json),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_about", "audit", ["about"])
    _refuse_losses()


def _refuse_losses() -> None:
    """By the database itself, with the function that keeps the records too."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    does = (
        "FOR EACH ROW EXECUTE FUNCTION refuse_loss()"
        if on_postgresql
        else "BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END"
    )
    for what in _REFUSED:
        op.execute(f"CREATE TRIGGER keep_audit_{what.lower()} BEFORE {what} ON audit {does}")


def downgrade() -> None:
    for what in _REFUSED:
        name, on_postgresql = (
            f"keep_audit_{what.lower()}",
            op.get_bind().dialect.name == "postgresql",
        )
        op.execute(f"DROP TRIGGER {name}" + (" ON audit" if on_postgresql else ""))
    op.drop_table("audit")
    op.drop_table("accounts")
