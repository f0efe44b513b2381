"""What people write, made ready for reading: entities found and replaced by marks."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from bot.core.facts import Value
from bot.core.policy import Policy
from bot.core.reading import Marked, Reader, mark
from bot.core.understanding import Entity
from bot.language import dates
from bot.language.extract import Extractor
from bot.language.normalise import normalise

CACHED_TEXTS = 4096


class Words:
    """Reads messages of customers and agents and the notes on orders."""

    def __init__(self, extractor: Extractor | None = None) -> None:
        self._extractor = extractor or Extractor()
        # The same notes are read again with every message of a conversation.
        self._note = lru_cache(CACHED_TEXTS)(self._read_note)

    def warm_up(self) -> None:
        self._extractor.warm_up()

    def marked(self, text: str, entities: Iterable[Entity] | None = None) -> Marked:
        """The text with its entities as marks; they are looked for when not given."""
        return self._mark(text) if entities is None else _marked(text, entities)

    def note(self, policy: Policy, text: str, day: date) -> Mapping[str, Value]:
        """The facts that a note of this day states."""
        return self._note(policy, text, day)

    def _read_note(self, policy: Policy, text: str, day: date) -> Mapping[str, Value]:
        return Reader(policy.facts, dates.resolve).note(self._mark(text), day)

    def _mark(self, text: str) -> Marked:
        found = self._extractor.extract(text)
        return _marked(text, (Entity(e.entity, e.value, e.start, e.end, e.role) for e in found))


@lru_cache(CACHED_TEXTS)
def plain(text: str) -> str:
    """The text in one spelling: simplified characters, narrow digits."""
    return normalise(text).text


def _marked(text: str, entities: Iterable[Entity]) -> Marked:
    # A product's name stays as words: the patterns speak of cables and adapters.
    told = (entity for entity in entities if entity.entity != "product")
    return mark(text, told, plain)
