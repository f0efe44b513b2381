"""When something practised is due again, by the spacing of the library fsrs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

from bot.core.mastery import Mark, Shown

RATINGS: Mapping[Shown, Rating] = {
    Shown.RIGHT: Rating.Good,
    Shown.HELPED: Rating.Hard,
    Shown.WRONG: Rating.Again,
}


class FsrsSpacing:
    """Implements ``ports.practice.Spacing``: by days, and the same for the same marks."""

    def __init__(self) -> None:
        self._scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def due(self, marks: Sequence[Mark]) -> datetime:
        card = Card(card_id=1)
        for mark in marks:
            at = mark.at.astimezone(UTC)
            card, _ = self._scheduler.review_card(card, RATINGS[mark.shown], at)
        return card.due
