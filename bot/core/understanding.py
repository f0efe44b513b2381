"""What was understood of one message, whoever understood it."""

from dataclasses import dataclass

FALLBACK = "nlu_fallback"
TALK = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "deny", "provide_info", "urge_reply"},
)
"""Intents that open no case: they belong to the one that is open, or to none."""


@dataclass(frozen=True, slots=True)
class Intent:
    name: str
    confidence: float


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
