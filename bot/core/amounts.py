"""How a playbook computes the amount it names: a closed set of rules, each a line of a shop's
price list.

Amounts read their figures on today's date; the result is rounded to whole fen, half up, once, at
the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.facts import Facts
from bot.core.money import to_fen
from bot.core.parameters import Figures


@dataclass(frozen=True, slots=True)
class AmountRule:
    """Exactly one of ``figure``, ``fact`` and ``difference`` is the base.

    ``times`` multiplies by a count fact (one when unknown), ``share`` by a ratio, ``at_most``
    caps the result.
    """

    figure: str | None = None
    fact: str | None = None
    difference: tuple[str, str] | None = None
    times: str | None = None
    share: str | None = None
    at_most: str | None = None

    def facts(self) -> Sequence[str]:
        named = [self.fact, self.times, *(self.difference or ())]
        return [name for name in named if name]

    def parameters(self) -> Sequence[str]:
        return [name for name in (self.figure, self.share, self.at_most) if name]

    def amount(self, facts: Facts, figures: Figures, today: date) -> Decimal | None:
        """The amount in yuan, or ``None`` while a fact it needs is unknown."""
        base = self._base(facts, figures, today)
        if base is None:
            return None
        if self.times:
            times = facts.number(self.times)
            base *= 1 if times is None else times
        if self.share:
            base *= figures.number(self.share, today)
        if self.at_most:
            base = min(base, figures.number(self.at_most, today))
        return to_fen(base)

    def _base(self, facts: Facts, figures: Figures, today: date) -> Decimal | None:
        if self.figure:
            return figures.number(self.figure, today)
        if self.fact:
            return facts.number(self.fact)
        assert self.difference
        left, right = (facts.number(name) for name in self.difference)
        return None if left is None or right is None else left - right
