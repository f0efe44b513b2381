"""What a message holds that can be looked up or counted: numbers, sums, days, sizes, couriers."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot.language.entities import Entity
from bot.language.normalise import Normalised, normalise

if TYPE_CHECKING:
    from spacy.language import Language

_LONGEST_READ = 4_000
_LONG = frozenset(("order_no", "tracking_no", "phone", "alipay"))


class Extractor:
    """Finds entities in messages, with a spaCy pipeline of patterns and word lists.

    spaCy takes seconds to import, so it is only imported when the first message is read or
    ``warm_up`` is called. A message is read up to its first 4,000 characters.

    Args:
        products: names from the shop's catalogue, each found where a message holds it.
    """

    def __init__(self, products: Sequence[str] = ()) -> None:
        self._products = tuple(products)

    def extract(self, text: str) -> tuple[Entity, ...]:
        """All entities in order of place; spans count the characters of ``text`` itself."""
        return self.extract_normalised(normalise(text[:_LONGEST_READ]))

    def extract_normalised(self, message: Normalised) -> tuple[Entity, ...]:
        """The same for a text that is normalised already; spans count its original's characters."""
        if not message.text.strip():
            return ()
        doc = self._pipeline(message.text[:_LONGEST_READ])
        found = (_in_the_original(entity, message) for entity in doc._.shop_entities)
        return tuple(entity for entity in found if not _is_torn(entity, message.original))

    def warm_up(self) -> None:
        """Load everything now, so that the first message is not slow."""
        self.extract("订单号250904220031，昨天下午3点签收的，少2根网线，顺丰，退我12块5")

    @cached_property
    def _pipeline(self) -> "Language":
        from bot.language.pipeline import pipeline

        return pipeline(self._products)


def _is_torn(entity: Entity, original: str) -> bool:
    """Whether a line ends inside; only the digits of a long number go on in the next."""
    return entity.entity not in _LONG and "\n" in original[entity.start : entity.end]


def _in_the_original(entity: Entity, message: Normalised) -> Entity:
    start, end = message.span(entity.start, entity.end)
    return Entity(entity.entity, entity.value, start, end, entity.role)
