"""The figures a shop may change: each with its unit, its dated values and where they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from bot.core.days import Unit, window_end
from bot.core.money import plain
from bot.core.sources import Source
from bot.core.working_days import MONDAY_TO_FRIDAY, WorkingDays

type Figure = Decimal | int | str | tuple[str, ...]


class NotInForce(ValueError):
    """A figure is asked for on a day before its first value or after its end: it is never guessed
    from a neighbour.
    """


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated figure; ``values`` maps the first day of each value to it, ``None`` to its end."""

    name: str
    title: str
    unit: Unit
    values: Mapping[date, Figure | None]
    sources: tuple[Source, ...] = field(default=())

    def on(self, day: date) -> Figure:
        """The value in force on ``day``: the latest that has started.

        Raises:
            NotInForce: ``day`` lies before the first value, or the figure has ended.
        """
        started = [first for first in self.values if first <= day]
        value = self.values[max(started)] if started else None
        if value is None:
            raise NotInForce(f"{self.name} has no value on {day}")
        return value

    def shown_on(self, day: date) -> str:
        """The value as it is said in a reply, without its unit."""
        value = self.on(day)
        match value:
            case tuple():
                return "、".join(value)
            case Decimal() if self.unit is Unit.RATIO:
                return f"{plain(value * 100)}%"
            case Decimal():
                return plain(value)
            case _:
                return str(value)


class Figures:
    """All parameters of a shop, and the calendar by which its working days are counted."""

    def __init__(
        self,
        parameters: Mapping[str, Parameter],
        working_days: WorkingDays = MONDAY_TO_FRIDAY,
    ) -> None:
        self._parameters = parameters
        self.working_days = working_days

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parameters

    def in_force(self, names: Iterable[str], day: date) -> bool:
        """Whether each of these figures has a value on this day."""
        try:
            for name in names:
                self._parameters[name].on(day)
        except NotInForce:
            return False
        return True

    def with_(self, others: Mapping[str, Parameter]) -> "Figures":
        """These figures, with others in place of or beside them."""
        return Figures({**self._parameters, **others}, self.working_days)

    def names(self) -> list[str]:
        return sorted(self._parameters)

    def number(self, name: str, day: date) -> Decimal:
        """The figure as a number.

        Raises:
            TypeError: the figure is a clock time or a list of names.
        """
        value = self._parameters[name].on(day)
        if isinstance(value, str | tuple):
            raise TypeError(f"{name} is not a number")
        return Decimal(value)

    def last_day(self, name: str, start: date) -> date:
        """The last day of a length of time that begins on ``start``, as long as it was then.

        Raises:
            NotInForce: on ``start`` the length has no value.
        """
        length = int(self.number(name, start))
        return window_end(start, length, self._parameters[name].unit, self.working_days)

    def clock(self, name: str, day: date) -> time:
        """The figure as a time of day."""
        return time.fromisoformat(str(self._parameters[name].on(day)))
