"""Which days the shop and its finance work on: public holidays and make-up Saturdays known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
_WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar; where it holds nothing, Monday to Friday are working days."""

    days_off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    """Days that are worked though they lie on a weekend."""
    known_years: frozenset[int] = frozenset()
    """The years whose public holidays have been announced; of others nobody can tell yet."""

    def __contains__(self, day: date) -> bool:
        if day in self.working:
            return True
        return day.weekday() < _WEEKDAYS and day not in self.days_off

    def with_own(self, days_off: Iterable[date], working: Iterable[date]) -> "WorkingDays":
        """The same calendar with the shop's own exceptions, which go first."""
        off, on = frozenset(days_off), frozenset(working)
        return replace(self, days_off=(self.days_off | off) - on, working=(self.working - off) | on)

    def later(self, day: date, days: int) -> date:
        """So many working days after ``day``."""
        while days:
            day += ONE_DAY
            days -= day in self
        return day

    def first_from(self, day: date) -> date:
        """``day`` itself where it is a working day, else the next one."""
        return day if day in self else self.later(day, 1)

    def last_until(self, day: date) -> date:
        """``day`` itself where it is a working day, else the one before."""
        while day not in self:
            day -= ONE_DAY
        return day

    def taken_up_on(self, at: datetime, cutoff: time) -> date:
        """The day that counts for what is handed over at this moment: at the cut-off it is late."""
        day = at.date()
        return day if day in self and at.time() < cutoff else self.later(day, 1)

    def unannounced(self, first: date, last: date) -> int | None:
        """The first year between the two days whose holidays are not known."""
        years = range(first.year, last.year + 1)
        return next((year for year in years if year not in self.known_years), None)


MONDAY_TO_FRIDAY = WorkingDays()


def not_announced(year: int) -> str:
    """What to tell people who rely on a day of such a year."""
    return f"{year}年的节假日安排还没有收录，按周一至周五算，请核对"
