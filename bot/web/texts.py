"""What the doors take as text: no character that cannot be kept or sent on."""

import re
from datetime import date
from typing import Any

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which databases refuse, and halves of an emoji."""
_ENGLISH = re.compile(r" [a-z#][^」]*$")
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
"""Beyond them a day may have no moment in another zone."""


def clean(text: str) -> str:
    """The text without what cannot be kept; everything that can be read stays."""
    return _UNKEEPABLE.sub("", text)


def chinese(text: str) -> str:
    """What is told in both languages, for a page: without the English behind it."""
    return _ENGLISH.sub("", text)


def day(given: str) -> date | None:
    """The day, or the nearest that a shop can mean; none where there is no such day."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return min(max(found, FIRST), LAST)


def clean_if_text(given: Any) -> Any:
    return clean(given) if isinstance(given, str) else given


def keepable(given: Any) -> Any:
    """A name or number as it is: taking a character out would make it another one.

    Raises:
        ValueError: it holds what cannot be kept.
    """
    if isinstance(given, str) and _UNKEEPABLE.search(given):
        raise ValueError("含有不能保存的字符 holds a NUL or half a character; take it out")
    return given


def all_clean(given: Any) -> Any:
    """A JSON value with each text in it, names of fields included, made clean."""
    match given:
        case str():
            return clean(given)
        case list():
            return [all_clean(one) for one in given]
        case dict():
            return {clean(name): all_clean(value) for name, value in given.items()}
        case _:
            return given
