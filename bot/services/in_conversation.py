"""Understands a message in the light of the turns before it."""

from collections.abc import Mapping, Sequence

from bot.core.context import ContextModel, Exchange, in_context
from bot.core.conversation import Conversation, Speaker
from bot.core.understanding import Understanding
from bot.language.exchange import Said, exchange_signs, length_class

LOOKED_BACK = 6
"""Turns before a message that are read."""
REMEMBERED = 3
"""Intents of a message that later ones are held against."""


def after_turns(
    heard: Understanding,
    before: Sequence[Said],
    wanted: Sequence[Mapping[str, float]],
    model: ContextModel | None,
) -> Understanding:
    """What was heard of a message, after these turns.

    Args:
        wanted: the ranking of each of the customer's earlier messages, as they were heard alone.
        model: without one, or while understanding is down, the message stands for itself.
    """
    if model is None or heard.degraded:
        return heard
    exchange = Exchange(exchange_signs(before), length_class(heard.text), wanted)
    return in_context(heard, exchange, model)


def in_conversation(
    heard: Understanding, conversation: Conversation, model: ContextModel | None
) -> Understanding:
    """What was heard of the next message of a conversation."""
    turns = conversation.turns[-LOOKED_BACK:]
    before = [Said(turn.speaker is Speaker.CUSTOMER, turn.text) for turn in turns]
    wanted = [turn.reading.heard for turn in turns if turn.speaker is Speaker.CUSTOMER]
    return after_turns(heard, before, wanted, model)


def remembered(heard: Understanding) -> dict[str, float]:
    """What is kept of a message's ranking for those after it."""
    return {one.name: round(one.confidence, 3) for one in heard.ranking[:REMEMBERED]}
