"""What the words of a message promise, read with the days and sums that people write."""

from datetime import datetime
from decimal import Decimal

from bot.core.commitments import CommitmentReader
from bot.core.promises import Commitment
from bot.core.working_days import WorkingDays
from bot.language.deadlines import deadline, is_vague
from bot.language.normalise import normalise
from bot.language.sums import amounts


def commitments_in(text: str, at: datetime, days: WorkingDays) -> tuple[Commitment, ...]:
    """What the shop promises with a text that it sends at this moment."""

    def due(words: str, at: datetime) -> datetime | None:
        return deadline(words, at, days.later)

    return CommitmentReader(due, _amount, is_vague).read(normalise(text).text, at)


def _amount(words: str) -> Decimal | None:
    return next((Decimal(found.value) for found in amounts(words, also_vague=True)), None)
