"""What became of suggestions and what the guard said, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, insert, select

from bot.adapters.database import Database
from bot.adapters.order_statements import table
from bot.adapters.schema_quality import FindingRow, ShownRow, UseRow
from bot.core.suggestion_use import Action, Finding, Outcome, Shown, Use

SHOWN = table(ShownRow)
USES = table(UseRow)
FINDINGS = table(FindingRow)
_ONE_PERSONS = ("conversation_id", "message_id", "author", "script")
_ONE_REPLYS = ("conversation_id", "message_id", "rule", "severity")


class SqlTelemetry:
    """Implements ``ports.Telemetry``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def shown(self, shown: Sequence[Shown]) -> None:
        self._keep(SHOWN, _ONE_PERSONS, [asdict(one) for one in shown])

    def shown_at(
        self, conversation_id: str, message_id: str, author: str, script: str
    ) -> datetime | None:
        this = select(SHOWN.c.at).where(
            SHOWN.c.conversation_id == conversation_id,
            SHOWN.c.message_id == message_id,
            SHOWN.c.author == author,
            SHOWN.c.script == script,
        )
        with self._database.reading() as connection:
            return connection.scalar(this)

    def used(self, use: Use) -> None:
        row = asdict(use) | {"action": use.action.value}
        self._keep(USES, ("conversation_id", "message_id"), [row])

    def found(self, findings: Sequence[Finding]) -> None:
        rows = [asdict(one) | {"severity": one.severity.value} for one in findings]
        self._keep(FINDINGS, _ONE_REPLYS, rows)

    def shows(self, start: datetime, end: datetime) -> Sequence[Shown]:
        return [Shown(**row._mapping) for row in self._within(SHOWN, start, end)]

    def uses(self, start: datetime, end: datetime) -> Sequence[Use]:
        rows = self._within(USES, start, end)
        return [Use(**{**row._mapping, "action": Action(row.action)}) for row in rows]

    def findings(self, start: datetime, end: datetime) -> Sequence[Finding]:
        return [
            Finding(
                row.at,
                row.author,
                row.rule,
                Outcome(row.severity),
                row.conversation_id,
                row.message_id,
            )
            for row in self._within(FINDINGS, start, end)
        ]

    def _within(self, of: Table, start: datetime, end: datetime) -> Sequence[Row[Any]]:
        these = select(of).where(of.c.at >= start, of.c.at < end).order_by(of.c.at)
        with self._database.reading() as connection:
            return connection.execute(these).all()

    def _keep(self, to: Table, key: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        """Each that is not there yet by its key."""
        if not rows:
            return
        with self._database.writing() as connection:
            for row in rows:
                same = [to.c[name] == row[name] for name in key]
                if connection.scalar(select(to.c.at).where(*same).limit(1)) is None:
                    connection.execute(insert(to), row)
