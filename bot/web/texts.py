"""What the doors take as text: no character that cannot be kept or sent on."""

import re
from typing import Any

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which databases refuse, and halves of an emoji."""


def clean(text: str) -> str:
    """The text without what cannot be kept; everything that can be read stays."""
    return _UNKEEPABLE.sub("", text)


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
