"""The two plots of an evaluation: their marks as places on the paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.calibration import Calibration
from bot.core.selective import Point, Selective


@dataclass(frozen=True, slots=True)
class Frame:
    """A square of paper on which shares from 0 to 1 have their places; in units of the drawing."""

    width: float = 380
    height: float = 300
    left: float = 44
    right: float = 12
    top: float = 20
    bottom: float = 40

    def x(self, share: float) -> float:
        return round(self.left + share * (self.width - self.left - self.right), 1)

    def y(self, share: float) -> float:
        return round(self.height - self.bottom - share * (self.height - self.top - self.bottom), 1)

    def line(self, places: Iterable[tuple[float, float]]) -> str:
        """The points of a line."""
        return " ".join(f"{self.x(across)},{self.y(up)}" for across, up in places)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bin of confidences."""

    low: float
    high: float
    messages: int
    confidence: float
    right: float

    @property
    def range(self) -> str:
        return f"{100 * self.low:.0f}–{100 * self.high:.0f}\N{NO-BREAK SPACE}%"


def bars(found: Calibration) -> list[Bar]:
    """The bins that hold messages."""
    return [
        Bar(one.low, one.high, one.messages, one.confidence, one.right)
        for one in found.bins
        if one.confidence is not None and one.right is not None
    ]


def rejected_line(found: Selective) -> list[tuple[float, float]]:
    """Share answered of what is in scope, and share rejected of what is not."""
    return [(one.answered, one.rejected) for one in found.curve if one.rejected is not None]


def right_line(found: Selective) -> list[tuple[float, float]]:
    """Share answered of what is in scope, and share right of that."""
    return [(one.answered, one.right) for one in found.curve if one.right is not None]


def milestones(found: Selective) -> list[Point]:
    """Points for a table: at about each tenth answered, and at the last."""
    tenths = {int(10 * one.answered): one for one in reversed(found.curve)}
    return sorted({*tenths.values(), *found.curve[-1:]}, key=lambda one: one.answered)
