"""What became of suggestions and what the guard said, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import insert, select

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_quality import FindingRow, UseRow
from bot.core.suggestion_use import Action, Finding, Use

USES = table(UseRow)
FINDINGS = table(FindingRow)


class SqlTelemetry:
    """Implements ``ports.Telemetry``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def used(self, use: Use) -> None:
        there = select(USES.c.at).where(
            USES.c.conversation_id == use.conversation_id, USES.c.message_id == use.message_id
        )
        with self._database.writing() as connection:
            if connection.scalar(there) is None:
                row = asdict(use) | {"action": use.action.value}
                connection.execute(insert(USES), row)

    def found(self, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        with self._database.writing() as connection:
            connection.execute(insert(FINDINGS), [asdict(one) for one in findings])

    def uses(self, start: datetime, end: datetime) -> Sequence[Use]:
        these = select(USES).where(USES.c.at >= start, USES.c.at < end).order_by(USES.c.at)
        with self._database.reading() as connection:
            rows = connection.execute(these).all()
        return [
            Use(
                row.conversation_id,
                row.message_id,
                row.at,
                row.author,
                row.script,
                Action(row.action),
                row.distance,
                row.corrected,
                row.released,
            )
            for row in rows
        ]

    def findings(self, start: datetime, end: datetime) -> Sequence[Finding]:
        within = (FINDINGS.c.at >= start) & (FINDINGS.c.at < end)
        these = select(FINDINGS).where(within).order_by(FINDINGS.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(these).all()
        return [Finding(row.at, row.author, row.rule, row.severity) for row in rows]
