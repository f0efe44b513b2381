"""Rasa remembers the latest turns of the latest conversations, and nothing else."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.short_memory import ShortMemory

DOMAIN = Domain.from_dict({"intents": ["greet"], "actions": ["action_propose_reply"]})


def conversation(sender, messages):
    events = [ActionExecuted("action_session_start"), ActionExecuted("action_listen")]
    for number in range(messages):
        events += [
            UserUttered(f"第{number}句", {"name": "greet"}),
            ActionExecuted("action_propose_reply"),
            BotUttered("您好"),
            ActionExecuted("action_listen"),
        ]
    return DialogueStateTracker.from_events(sender, events, domain=DOMAIN)


def kept(memory, sender):
    return asyncio.run(memory.retrieve(sender))


def said(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


@pytest.mark.parametrize(
    ("messages", "remembered"),
    [(3, ["第0句", "第1句", "第2句"]), (4, ["第1句", "第2句", "第3句"])],
)
def test_only_the_latest_turns_are_remembered(messages, remembered):
    memory = ShortMemory(DOMAIN, turns=3)

    asyncio.run(memory.save(conversation("web:1", messages)))

    assert said(kept(memory, "web:1")) == remembered


def test_what_is_remembered_goes_on_from_listening():
    memory = ShortMemory(DOMAIN, turns=1)

    asyncio.run(memory.save(conversation("web:1", 5)))

    tracker = kept(memory, "web:1")
    assert tracker.latest_message.text == "第4句"
    assert tracker.latest_action_name == "action_listen"
    assert isinstance(tracker.events[0], ActionExecuted)


def test_replies_are_not_remembered():
    memory = ShortMemory(DOMAIN)

    asyncio.run(memory.save(conversation("web:1", 2)))

    assert not [e for e in kept(memory, "web:1").events if isinstance(e, BotUttered)]


def test_the_conversation_that_was_silent_longest_is_forgotten_first():
    memory = ShortMemory(DOMAIN, conversations=2)
    for sender in ("web:1", "web:2", "web:1", "web:3"):
        asyncio.run(memory.save(conversation(sender, 1)))

    assert {*asyncio.run(memory.keys())} == {"web:1", "web:3"}
    assert kept(memory, "web:2") is None
