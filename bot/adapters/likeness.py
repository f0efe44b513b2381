"""How much of a text has been changed."""

from rapidfuzz.distance import Levenshtein


def changed(before: str, after: str) -> float:
    """The characters put in, taken out or replaced, as a share of the longer text, from 0 to 1."""
    return Levenshtein.normalized_distance(before, after)
