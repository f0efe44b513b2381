"""Order and tracking numbers as people type and export them, in the one form they are kept in."""

import re
import unicodedata

# Blanks, dashes of every width, the apostrophe and ="…" with which spreadsheets keep a number as
# text, and characters that nobody sees (zero-width space and joiners, byte-order mark).
_NOISE = re.compile(
    "[\\s\u200b-\u200f\u2060\ufeff=\"'\u2018\u2019\u201c\u201d`\\-\u2010-\u2015\u2212\u30fc_]+"
)
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
    tail = clean_number(phone)[-4:]
    return tail if len(tail) == 4 and tail.isascii() and tail.isdigit() else None
