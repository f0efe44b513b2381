"""What was understood of one message, whoever understood it."""

from collections.abc import Sequence
from dataclasses import dataclass

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
"""None of the shop's business, or nothing that anybody understands."""
TALK = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "deny", "provide_info", "urge_reply"},
)
"""Intents that open no case: they belong to the one that is open, or to none."""


@dataclass(frozen=True, slots=True)
class Intent:
    name: str
    confidence: float


SURE = 0.55
"""Under this confidence of the best intent a choice is offered instead."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the message and its normal form; ``start`` and ``end`` count the message's own
    characters.
    """

    entity: str
    value: str
    start: int
    end: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    text: str
    ranking: tuple[Intent, ...] = ()
    """Best first, never holding the fallback."""
    entities: tuple[Entity, ...] = ()
    unsure: bool = False
    """The confidence is too low, or two intents are too close to choose between."""
    degraded: bool = False
    """Understood by key phrases alone because the understanding service is down."""

    @property
    def intent(self) -> Intent | None:
        return self.ranking[0] if self.ranking else None


def is_unsure(ranking: Sequence[Intent]) -> bool:
    """Whether the best of these intents, best first, is too unlikely to act on."""
    return not ranking or ranking[0].confidence < SURE
