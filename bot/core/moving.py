"""The same thing on another day: an order or a conversation with every moment moved."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

WEEK = 7


def moved(thing: Any, by: timedelta) -> Any:
    """The same with every moment so much later."""
    if isinstance(thing, date):  # a datetime is one, too
        return thing + by
    if isinstance(thing, tuple):
        return tuple(moved(one, by) for one in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: moved(getattr(thing, f.name), by) for f in fields(thing)})
    return thing


def whole_weeks(since: date, until: date) -> timedelta:
    """How far ``since`` has to be moved not to lie before ``until``; a Monday stays a Monday.

    What lies there already stays.
    """
    days = max(0, (until - since).days)
    return timedelta(days=-(-days // WEEK) * WEEK)
