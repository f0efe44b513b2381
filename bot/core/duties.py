"""What the shop must do at set times, and which entries of its registers are due by then.

A Monday that is off moves to the next working day, a month's end that is off to the one before.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.core.parameters import Figures
from bot.core.sources import Source
from bot.core.working_days import WorkingDays

CUTOFF = "finance_cutoff"
END_OF_DAY = time(23, 59)


class Every(StrEnum):
    WORKING_DAY = "working_day"
    MONDAY = "monday"
    MONTH_END = "month_end"


@dataclass(frozen=True, slots=True)
class DutyRule:
    id: str
    title: str
    every: Every
    registers: tuple[str, ...]
    """The registers whose open entries it is about."""
    before: str | None = None
    """The figure that says by what time of day; by its end when absent."""
    within: str | None = None
    """How long after finance has taken an entry up it is due; at once when absent."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """An entry of a register that is not finished."""

    id: str
    register: str
    state: str
    opened_at: datetime
    order_no: str | None = None
    missing: tuple[str, ...] = ()
    """The fields that are still empty."""


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    title: str
    due: datetime
    records: tuple[OpenRecord, ...] = ()

    def overdue(self, now: datetime) -> bool:
        """Too late for something that is still open; with nothing to do nothing is late."""
        return bool(self.records) and self.due <= now


def falls_on(every: Every, day: date, days: WorkingDays) -> bool:
    """Whether this is one of its days."""
    match every:
        case Every.WORKING_DAY:
            return day in days
        case Every.MONDAY:
            return day == days.first_from(day - timedelta(days=day.weekday()))
        case Every.MONTH_END:
            return day == days.last_until(day.replace(day=monthrange(day.year, day.month)[1]))


def duties_on(
    now: datetime, rules: Iterable[DutyRule], records: Sequence[OpenRecord], figures: Figures
) -> list[Duty]:
    """What is to be done on this day and what was left undone before, the most urgent first."""
    found = (_duty(now, rule, _of(rule, records), figures) for rule in rules)
    return sorted((duty for duty in found if duty), key=lambda duty: duty.due)


def _of(rule: DutyRule, records: Sequence[OpenRecord]) -> list[OpenRecord]:
    return [record for record in records if record.register in rule.registers]


def _duty(
    now: datetime, rule: DutyRule, records: Sequence[OpenRecord], figures: Figures
) -> Duty | None:
    today = now.date()
    is_its_day = falls_on(rule.every, today, figures.working_days)
    if rule.every is not Every.WORKING_DAY:
        due = _by(rule, today, figures, now)
        return Duty(rule.id, rule.title, due, tuple(records)) if is_its_day else None
    by_day = [(_day_of(rule, record, figures), record) for record in records]
    ripe = [(day, record) for day, record in by_day if day <= today]
    if not (ripe or (is_its_day and rule.before)):
        return None
    first = min((day for day, _ in ripe), default=today)
    return Duty(
        rule.id, rule.title, _by(rule, first, figures, now), tuple(record for _, record in ripe)
    )


def _day_of(rule: DutyRule, record: OpenRecord, figures: Figures) -> date:
    """The day on which the entry is due: finance counts what comes at its cut-off as tomorrow's."""
    cutoff = figures.clock(CUTOFF, record.opened_at.date())
    day = figures.working_days.taken_up_on(record.opened_at, cutoff)
    return figures.last_day(rule.within, day) if rule.within else day


def _by(rule: DutyRule, day: date, figures: Figures, now: datetime) -> datetime:
    clock = figures.clock(rule.before, day) if rule.before else END_OF_DAY
    return datetime.combine(day, clock, now.tzinfo)
