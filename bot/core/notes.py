"""A line that staff wrote on an order, with the day it begins with, if it does."""

import re
from datetime import date, datetime, timedelta

from bot.core.moments import SHANGHAI
from bot.core.orders import Note

_HALF_A_YEAR = timedelta(days=182)
_WITH_YEAR = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
    r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?)?(?:[\s:：,，]+|(?<=日))(?P<text>.+)",
    re.DOTALL,
)
# 「10-16 …」, but neither 「12-24小时」 nor 「2-3 天」, which are lengths of time.
_WITHOUT_YEAR = (
    re.compile(
        r"(?P<month>\d{1,2})-(?P<day>\d{1,2})[\s:：,，]+(?!天|日|个|小时|元|件|次)(?P<text>.+)",
        re.DOTALL,
    ),
    re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日[\s:：,，]*(?P<text>.+)", re.DOTALL),
)


def read_note(text: str, today: date, by: str | None = None) -> Note:
    """Split 「2025-10-15 客户差评」 into its day and what was noted.

    A day without a year is of ``today``'s year, or of the year before when it would lie more than
    half a year ahead: staff note what has happened. A line that begins with no day keeps its text.
    """
    text = text.strip()
    for pattern in (_WITH_YEAR, *_WITHOUT_YEAR):
        found = pattern.fullmatch(text)
        at = _moment(found.groupdict(), today) if found else None
        if found and at:
            return Note(found["text"].strip(), at, by)
    return Note(text, None, by)


def _moment(part: dict[str, str | None], today: date) -> datetime | None:
    """None when the figures are no date, as in 「13-05」."""
    number = {name: int(figures) for name, figures in part.items() if figures and name != "text"}
    number.setdefault("year", today.year)
    try:
        at = datetime(**number, tzinfo=SHANGHAI)
    except ValueError:
        return None
    far_ahead = at.date() - today > _HALF_A_YEAR
    return at.replace(year=at.year - 1) if far_ahead and not part.get("year") else at
