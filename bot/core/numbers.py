"""Order and tracking numbers as people type and export them, in the one form they are kept in."""

import re
import unicodedata

_NOISE = re.compile("[^0-9A-Za-z]+")
"""Blanks, dashes of every width, quotes, =, what nobody sees: a number has letters and digits."""
_LAST_FOUR = re.compile(r"([0-9])[\s-]*([0-9])[\s-]*([0-9])[\s-]*([0-9])\s*$")
_STAND_IN = re.compile(r"1\d{10}\s*[-转,，]\s*\d{1,6}\s*$")


def clean_number(text: str) -> str:
    """``２５０９０４-2200 31`` as ``250904220031``: narrow digits and capitals, nothing between."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def last_four(phone: str) -> str | None:
    """The last four digits of a phone, also of a masked one; None when they are not all there.

    A platform's stand-in number with an extension (``15400001234-5678``) hides the real one: None.
    """
    if _STAND_IN.search(phone):
        return None
    found = _LAST_FOUR.search(unicodedata.normalize("NFKC", phone))
    return "".join(found.groups()) if found else None
