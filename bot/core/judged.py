"""A labelled message and what was understood of it: whether that is right, and how sure it was."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.core.understanding import OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and what was understood of it."""

    text: str
    intent: str
    """What the label says the customer wants."""
    accept: frozenset[str]
    """Every answer that is right, the label among them."""
    guesses: tuple[str, ...]
    """What was understood, best first."""
    unsure: bool = False
    slice: str = ""
    context: bool = False
    """Cannot be told from the message alone."""
    confidences: tuple[float, ...] = ()
    """How sure each guess is, 0 to 1, in the order of the guesses."""
    id: str = ""

    @property
    def guess(self) -> str | None:
        return self.guesses[0] if self.guesses else None

    @property
    def confidence(self) -> float:
        """How sure the first guess is, 0 to 1; 0 where there is none."""
        return self.confidences[0] if self.confidences else 0.0

    @property
    def right(self) -> bool:
        return self.guess in self.accept

    @property
    def right_in_three(self) -> bool:
        return not self.accept.isdisjoint(self.guesses[:3])

    @property
    def credited(self) -> str:
        """The label this message counts for: an accepted answer is as good as the label itself."""
        return self.guess if self.guess is not None and self.right else self.intent

    @property
    def is_out_of_scope(self) -> bool:
        """None of the shop's business."""
        return self.intent == OUT_OF_SCOPE

    @property
    def is_in_scope(self) -> bool:
        """The shop's business beyond doubt: no label allows another view."""
        return OUT_OF_SCOPE not in self.accept


def share(judged: Collection[Judged], holds: Callable[[Judged], bool]) -> float | None:
    """The share of these messages of which it holds, 0 to 1; of no messages there is none."""
    return sum(map(holds, judged)) / len(judged) if judged else None


def mean(figures: Collection[float]) -> float | None:
    return sum(figures) / len(figures) if figures else None
