"""What is to be done today and by when: set duties, and promises and follow-ups due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.core.duties import END_OF_DAY, Duty, OpenRecord, duties_on
from bot.core.money import exact
from bot.core.policy import Policy
from bot.core.promises import Promise, told
from bot.core.working_days import not_announced
from bot.services.ledger import Ledger
from bot.services.ports import OpenRecords

AHEAD = timedelta(days=7)
"""How far ahead the calendar should be known for what is planned today."""


@dataclass(frozen=True, slots=True)
class Today:
    at: datetime
    duties: tuple[Duty, ...]
    promises: tuple[Promise, ...]
    """Promises and follow-ups that are due today or overdue, the most urgent first."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duties:
    policy: Callable[[], Policy]
    ledger: Ledger
    records: OpenRecords

    def at(self, now: datetime) -> Today:
        """The duties of this day, seen at this moment; what facts settle is settled first."""
        policy = self.policy()
        end = datetime.combine(now.date(), END_OF_DAY, now.tzinfo)
        return Today(
            now,
            tuple(duties_on(now, policy.duties, self.records.open_records(), policy.figures)),
            tuple(self.ledger.open(now, end)),
            tuple(calendar_warnings(now, policy)),
        )


def calendar_warnings(now: datetime, policy: Policy) -> Iterator[str]:
    """Where nobody knows yet which of the coming days are off."""
    year = policy.figures.working_days.unannounced(now.date(), (now + AHEAD).date())
    if year:
        yield not_announced(year)


def today_as_json(today: Today) -> dict[str, Any]:
    """The duties in the form that interfaces promise."""
    return {
        "at": today.at.isoformat(),
        "duties": [
            {
                "id": duty.id,
                "title": duty.title,
                "due": duty.due.isoformat(),
                "overdue": duty.overdue(today.at),
                "records": records_as_json(duty.records),
            }
            for duty in today.duties
        ],
        "promises": promises_as_json(today.promises, today.at),
        "warnings": list(today.warnings),
    }


def promises_as_json(promises: Sequence[Promise], now: datetime) -> list[dict[str, Any]]:
    return [promise_as_json(promise, now) for promise in promises]


def promise_as_json(promise: Promise, now: datetime) -> dict[str, Any]:
    commitment = promise.commitment
    return {
        "id": promise.id,
        "kind": commitment.kind.value,
        "what": commitment.what,
        "due": commitment.due.isoformat() if commitment.due else None,
        "amount": exact(commitment.amount) if commitment.amount else None,
        "state": promise.state.value,
        "lapsed": promise.lapsed(now),
        "by": promise.by.value,
        "made_at": promise.made_at.isoformat(),
        "order_no": promise.order_no,
        "case": promise.case,
        "conversation_id": promise.conversation_id,
        "told": told(promise, now),
        "history": [
            {"at": c.at.isoformat(), "state": c.state.value, "by": c.by, "why": c.why}
            for c in promise.history
        ],
    }


def records_as_json(records: Sequence[OpenRecord]) -> list[dict[str, Any]]:
    return [
        {
            "id": record.id,
            "register": record.register,
            "state": record.state,
            "order_no": record.order_no,
            "opened_at": record.opened_at.isoformat(),
            "missing": list(record.missing),
        }
        for record in records
    ]
