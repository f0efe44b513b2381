"""Which days are public holidays in China and which weekends are worked instead, as announced."""

from functools import cache

from bot.core.working_days import WorkingDays


@cache
def announced() -> WorkingDays:
    """All announcements that the installed package holds; it is not asked about later years."""
    from chinese_calendar import constants

    days_off, working = frozenset(constants.holidays), frozenset(constants.workdays)
    return WorkingDays(days_off, working, frozenset(day.year for day in days_off))
