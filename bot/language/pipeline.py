"""The spaCy pipeline that finds entities in a normalised message.

Its words are single characters: then every span lies exactly on token borders, which the word
segmentation of a chat message does not grant (发顺丰快递, 两根网线).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.language.codes import emails, links, numbers, serial_numbers, tax_numbers
from bot.language.couriers import BY_SPELLING, LOOKALIKES
from bot.language.days_and_times import days, times
from bot.language.entities import Entity
from bot.language.masks import masks
from bot.language.measures import heights, sizes, weights
from bot.language.sums import amounts, counts, periods

Pattern = Callable[[str], Iterable[Entity]]

_CODES: tuple[Pattern, ...] = (masks, links, emails, serial_numbers, tax_numbers, numbers)
_FIGURES: tuple[Pattern, ...] = (days, times, heights, weights, sizes, periods, amounts, counts)
_COMPONENT = "shop_entities"
_NOTHING = "-"


def pipeline(products: Sequence[str] = ()) -> Language:
    """A blank Chinese pipeline that leaves its findings in ``doc._.shop_entities``."""
    nlp = spacy.blank("zh")
    nlp.add_pipe(_COMPONENT, config={"products": list(products)})
    return nlp


@Language.factory(_COMPONENT, default_config={"products": []})
def _create(nlp: Language, name: str, products: list[str]) -> "ShopEntities":
    return ShopEntities(nlp, products)


class ShopEntities:
    """Patterns and word lists, the most telling first; what one has found, others leave alone."""

    def __init__(self, nlp: Language, products: Sequence[str]) -> None:
        if not Doc.has_extension(_COMPONENT):
            Doc.set_extension(_COMPONENT, default=())
        self._meanings: dict[str, tuple[str, str]] = dict.fromkeys(LOOKALIKES, (_NOTHING, ""))
        self._meanings |= {word: ("courier", name) for word, name in BY_SPELLING.items()}
        self._meanings |= {name.lower(): ("product", name) for name in products if name.strip()}
        self._words = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._words.add("words", [nlp.make_doc(word) for word in self._meanings])

    def __call__(self, doc: Doc) -> Doc:
        taken = bytearray(len(doc.text))
        found = [
            entity
            for entity in self._candidates(doc)
            if _take(taken, entity) and entity.entity not in ("", _NOTHING)
        ]
        doc._.shop_entities = tuple(sorted(found, key=lambda entity: entity.start))
        return doc

    def _candidates(self, doc: Doc) -> Iterator[Entity]:
        for pattern in _CODES:
            yield from pattern(doc.text)
        yield from self._known_words(doc)
        for pattern in _FIGURES:
            yield from pattern(doc.text)

    def _known_words(self, doc: Doc) -> Iterator[Entity]:
        """Couriers and products, longer names before shorter ones."""
        spans = [doc[start:end] for _, start, end in self._words(doc)]
        for span in sorted(spans, key=len, reverse=True):
            meaning = self._meanings.get(span.text.lower())
            if meaning and not _inside_latin(doc.text, span.start_char, span.end_char):
                yield Entity(*meaning, span.start_char, _end(doc.text, span.end_char))


def _end(text: str, end: int) -> int:
    """「中通快递员」 is 中通's 快递员."""
    person_or_place = text.endswith("快递", 0, end) and text[end : end + 1] in tuple("员柜站费")
    return end - len("快递") if person_or_place else end


def _take(taken: bytearray, entity: Entity) -> bool:
    """Claim the entity's characters, if all are free."""
    if any(taken[entity.start : entity.end]):
        return False
    taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
    return True


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether the span cuts a Latin word: ems in items, sf in sfx."""
    return _joins(text[start - 1 : start], text[start]) or _joins(
        text[end - 1], text[end : end + 1]
    )


def _joins(left: str, right: str) -> bool:
    return all(side.isascii() and side.isalnum() for side in (left, right) if side) and bool(
        left and right
    )
