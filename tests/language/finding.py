"""Short ways to say in a test what was found in a message."""

from functools import lru_cache

from bot.language.entities import Entity
from bot.language.extract import Extractor

PRODUCTS = ("六类网线", "TP路由器AX3000", "连衣裙")


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    return Extractor(PRODUCTS)


def entities(text: str) -> tuple[Entity, ...]:
    return extractor().extract(text)


def found(text: str, kind: str) -> list[tuple[str, str]]:
    """Value and words of each entity of this kind."""
    return [(e.value, text[e.start : e.end]) for e in entities(text) if e.entity == kind]


def values(text: str, kind: str) -> list[str]:
    return [value for value, _ in found(text, kind)]


def roles(text: str, kind: str) -> list[tuple[str, str | None]]:
    """Value and role of each entity of this kind."""
    return [(e.value, e.role) for e in entities(text) if e.entity == kind]
