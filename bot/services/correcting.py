"""What a person says a message is about: how it was taken, and how it is taken by that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.conversation import Conversation, Reading, Speaker, Turn
from bot.core.corrections import Correction
from bot.core.intents import can_be_meant
from bot.core.policy import Policy
from bot.core.understanding import Entity, Intent, Understanding
from bot.services.chat_logs import without_private_data
from bot.services.finding import OrderFinder
from bot.services.listening import Listened
from bot.services.ports import UnknownIntent, UnknownMessage
from bot.services.situation import WHICH_ORDER, Situation, assess
from bot.services.words import Words


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody says that a message of a customer is about."""

    message_id: str
    intent: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A customer's message with what stood before it and what was replied to it."""

    before: Conversation
    turn: Turn
    replies: tuple[Turn, ...]


def taken(conversation: Conversation, message_id: str) -> Taken:
    """The message in its conversation.

    Raises:
        UnknownMessage: the customer wrote no message with this id.
    """
    ids = [t.id if t.speaker is Speaker.CUSTOMER else None for t in conversation.turns]
    if message_id not in ids:
        raise UnknownMessage(message_id)
    place = ids.index(message_id)
    earlier, later = conversation.turns[:place], conversation.turns[place + 1 :]
    replies = tuple(_until_the_customer(later))
    return Taken(replace(conversation, turns=earlier), conversation.turns[place], replies)


def _until_the_customer(turns: Sequence[Turn]) -> Iterator[Turn]:
    for turn in turns:
        if turn.speaker is Speaker.CUSTOMER:
            return
        yield turn


def assess_as(
    message: Taken,
    intent: str,
    advice: Mapping[str, Any],
    finder: OrderFinder,
    policy: Policy,
    words: Words,
) -> Situation:
    """What the rules say of the message if this is its intent; all else is as it was heard.

    Args:
        advice: the one that it was given.

    Raises:
        UnknownIntent: no customer can mean that, or no playbook serves it.
    """
    if not can_be_meant(intent, policy):
        raise UnknownIntent(intent)
    listened = _heard_as(message.turn, intent, advice)
    found = finder.find(message.before, listened.heard)
    return assess(message.before, _read_as(message.turn, intent), listened, found, policy, words)


def _heard_as(turn: Turn, intent: str, advice: Mapping[str, Any]) -> Listened:
    """The message as it was heard, but for its intent: a person's word is certain."""
    entities = tuple(Entity(**found) for found in advice["entities"])
    heard = Understanding(turn.text, (Intent(intent, 1.0),), entities, degraded=advice["degraded"])
    return Listened(heard, wants=turn.reading.kept, named=True)


def _read_as(turn: Turn, intent: str) -> Turn:
    """The message before anything is decided on it: all that it says, and the other intent."""
    # Which of several orders is meant was chosen for the other case.
    said = {name: value for name, value in turn.reading.said.items() if name != WHICH_ORDER}
    numbers = turn.reading.numbers
    return replace(
        turn, reading=Reading(said=said, intent=intent, numbers=numbers, heard={intent: 1.0})
    )


def along(message: Taken, case: str | None, policy: Policy) -> Iterator[Turn]:
    """The replies that were counted to the message's case only because it was open (「稍等」): they
    go with it to the case that it is about.
    """
    left = message.turn.reading.case
    playbook = policy.for_intent(left) if left else None
    for reply in message.replies:
        step = reply.reading.step
        carried_out = playbook is not None and step is not None and playbook.step(step) is not None
        if reply.reading.case == left and not carried_out:
            yield replace(reply, reading=replace(reply.reading, case=case))


def correction(message: Taken, named: Named) -> Correction:
    """What is kept of it."""
    return Correction(
        message.before.id,
        message.turn.id,
        without_private_data(message.turn.text),
        message.turn.reading.intent,
        named.intent,
        named.author,
        named.at,
    )
