"""Runs the migrations on the connection handed over, else on the configured database."""

from alembic import context
from sqlalchemy import Connection

from bot.adapters import (  # noqa: F401  their tables belong to it
    schema_chat,
    schema_desk,
    schema_people,
    schema_phrases,
    schema_practice,
    schema_quality,
)
from bot.adapters.database import from_environment
from bot.adapters.schema import Base


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite can hardly alter a table: it is copied instead.
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _run_alone() -> None:
    with from_environment().writing() as connection:
        _run(connection)


given = context.config.attributes.get("connection")
if given is None:
    _run_alone()
else:
    _run(given)
