"""A share of few says less than the same share of many: the figures say how much less."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96
"""For an interval that holds the true share in 95 of 100 cases."""
MANY = 30
"""A share of fewer is told with its interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def is_of_few(self) -> bool:
        return 0 < self.of < MANY

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, for 95 %."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.count / self.of
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(middle - half, 0.0), min(middle + half, 1.0)
