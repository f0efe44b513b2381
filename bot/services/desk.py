"""What should be done next with a customer's message, and why."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.advice import to_json, with_promises
from bot.core.basis import basis
from bot.core.context import ContextModel
from bot.core.conversation import Conversation, Reading, Speaker, Turn, as_json
from bot.core.facts import Facts
from bot.core.outcome import Outcome
from bot.core.playbook import Role
from bot.core.policy import Policy
from bot.core.reading import Reader as FactReader
from bot.core.recognition import Recognised
from bot.core.understanding import Understanding
from bot.language import dates
from bot.services import correcting
from bot.services.composing import compose, said_elsewhere
from bot.services.correcting import Named, Taken
from bot.services.finding import Found, OrderFinder, numbers_in
from bot.services.guarding import findings
from bot.services.in_conversation import in_conversation, remembered
from bot.services.ledger import Ledger
from bot.services.listening import listen
from bot.services.ports import (
    Conversations,
    Orders,
    Promises,
    Reader,
    Received,
    UnknownConversation,
    UnknownScript,
)
from bot.services.recording import Recording
from bot.services.reply_reading import ReplyReader
from bot.services.situation import Situation, assess, assess_again
from bot.services.words import Words

LOCKS = 64
AS_HEARD = ("intent", "ranking", "entities", "choices", "degraded")
"""What of an advice is about the words alone."""


def tell_nobody(_conversation_id: str) -> None:
    """Nobody is looking on."""


@dataclass(frozen=True, slots=True)
class Message:
    """A customer's message as a door received it."""

    conversation_id: str
    id: str
    text: str
    at: datetime
    order_no: str | None = None
    nickname: str | None = None
    shop: str = ""
    channel: str = "api"


class Desk:
    """Advises on customers' messages and follows what agents and the bot reply.

    Messages of one conversation are worked on one after the other, whatever the doors do.
    """

    def __init__(
        self,
        policy: Callable[[], Policy],
        orders: Orders,
        conversations: Conversations,
        reader: Reader,
        words: Words,
        promises: Promises,
        context: ContextModel | None = None,
        tell: Callable[[str], None] = tell_nobody,
    ) -> None:
        """Args: tell: is told of each conversation in which something has changed."""
        self._policy = policy
        self._tell = tell
        self._context = context
        self._conversations = conversations
        self._finder = OrderFinder(orders)
        self._reader = reader
        self._words = words
        self.ledger = Ledger(policy, promises, orders)
        self._recording = Recording(policy, orders, words)
        self._replies = ReplyReader(policy, words, self._latest_advice)
        self._locks = tuple(threading.RLock() for _ in range(LOCKS))

    def advise(self, message: Message, heard: Understanding | None = None) -> dict[str, Any]:
        """The advice on a customer's message; the same message again gets the same advice.

        Args:
            heard: what was understood of it, where a door knows already.
        """
        with self._one_at_a_time(message.conversation_id):
            # Kept before it is understood: whatever fails from here on, the message is not lost.
            received = self._received(message)
            if received.advice is None:
                self._tell(message.conversation_id)
            # One that was kept but not answered (the process died) is taken up again.
            if received.advice is not None:
                return received.advice
            heard = heard or self._reader.understand(message.text)
            return self._advise(received.conversation, message, heard)

    def advise_after(self, before: Sequence[tuple[str, str]], message: Message) -> dict[str, Any]:
        """The advice on a message whose earlier turns the caller has kept.

        Args:
            before: speaker and words of each earlier turn; taken up only where the conversation
                has nothing else yet, and from where an interrupted call stopped.
        """
        with self._one_at_a_time(message.conversation_id):
            ids = [f"before-{number}" for number in range(len(before))]
            kept = self._conversations.load(message.conversation_id)
            if kept is None or {turn.id for turn in kept.turns} <= {*ids, message.id}:
                for turn_id, (speaker, text) in zip(ids, before, strict=True):
                    self._take_up(replace(message, id=turn_id, text=text), Speaker(speaker))
            return self.advise(message)

    def _take_up(self, earlier: Message, speaker: Speaker) -> None:
        if speaker is Speaker.CUSTOMER:
            self.advise(earlier)
        else:
            self.observe(earlier.conversation_id, earlier.id, earlier.text, earlier.at, speaker)

    def observe(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        at: datetime,
        speaker: Speaker = Speaker.AGENT,
        script: str | None = None,
        author: str = "",
    ) -> Recognised | None:
        """Take note of a reply that was sent: which step it carries out and what it states.

        Args:
            script: ``<playbook>.<step>``, where a suggestion was sent and the door knows which.
            author: who of the staff wrote it, where the door knows.

        Raises:
            UnknownScript: no playbook has this step.
            MessageIdTaken: the id stands for another message of this conversation.
        """
        with self._one_at_a_time(conversation_id):
            conversation = self._conversations.load(conversation_id)
            if conversation is None:
                conversation = Conversation(conversation_id)
                self._conversations.open(conversation, "api", at)
            recognised = (
                self._given(script, conversation.shop)
                if script
                else self._replies.recognise(conversation, text)
            )
            reading = self._replies.read(conversation, text, at, recognised)
            reply = Turn(message_id, speaker, text, at, reading, author)
            outcome = self._outcome(conversation, reply, recognised)
            self._conversations.add(conversation_id, reply, outcome)
            self._tell(conversation_id)
            return recognised

    def _outcome(
        self, conversation: Conversation, reply: Turn, recognised: Recognised | None
    ) -> Outcome:
        """What the reply brings with it."""
        advice = self._latest_advice(conversation)
        return Outcome(
            self._recording.entries(conversation, reply, recognised, advice),
            self.ledger.made_in(conversation, reply, recognised, advice),
        )

    def correct(self, conversation_id: str, named: Named) -> dict[str, Any]:
        """The advice on a customer's message made anew, under what a person says it is about; the
        last to say so counts.

        Raises:
            UnknownConversation: no conversation has this id.
            UnknownMessage: the customer wrote no message with this id.
            UnknownIntent: no customer can mean that, or no playbook serves it.
        """
        with self._one_at_a_time(conversation_id):
            message, advice = self._advised(conversation_id, named.message_id)
            policy = self._policy().for_shop(message.before.shop)
            finder, words = self._finder, self._words
            situation = correcting.assess_as(message, named.intent, advice, finder, policy, words)
            settled, body = self._worked_out(situation, policy, named.author)
            kept = correcting.correction(message, named)
            along = correcting.along(message, situation.case, policy)
            self._conversations.correct(kept, settled, body, tuple(along))
            self._tell(conversation_id)
            return body

    def _advised(self, conversation_id: str, message_id: str) -> tuple[Taken, dict[str, Any]]:
        """A message that is kept, and the advice on it; one that has none yet is given one."""
        conversation = self._conversations.load(conversation_id)
        if conversation is None:
            raise UnknownConversation(conversation_id)
        message = correcting.taken(conversation, message_id)
        advice = self._conversations.advice(conversation_id, message_id)
        if advice is None:
            turn = message.turn
            self.advise(Message(conversation_id, turn.id, turn.text, turn.at))
            return self._advised(conversation_id, message_id)
        return message, advice

    def refresh(self, conversation_id: str, at: datetime) -> dict[str, Any] | None:
        """The advice on the customer's latest message by what is known at this moment: the one
        that was given as long as it still holds, else a new one in its place.
        """
        with self._one_at_a_time(conversation_id):
            conversation = self._conversations.load(conversation_id)
            latest = _latest(conversation) if conversation else None
            kept = self._conversations.advice(conversation_id, latest.id) if latest else None
            if conversation is None or latest is None or kept is None:
                return None
            settled, body = self._again(conversation, latest, kept, at)
            if basis(body) == basis(kept):
                return kept
            self._conversations.settle(conversation_id, settled, body)
            self._tell(conversation_id)
            return body

    def _again(
        self, conversation: Conversation, latest: Turn, kept: Mapping[str, Any], at: datetime
    ) -> tuple[Turn, dict[str, Any]]:
        """The message and the advice on it as they are now; what was heard stays as it was."""
        before = conversation.turns[: conversation.turns.index(latest)]
        rest = replace(conversation, turns=before)
        policy = self._policy().for_shop(conversation.shop)
        situation = self._assess_again(rest, replace(latest, at=at), policy)
        situation = replace(situation, guessed=latest.reading.guessed, kept=latest.reading.kept)
        settled, body = self._worked_out(situation, policy, kept.get("chosen_by") or "")
        return replace(settled, at=latest.at), body | {
            name: kept[name] for name in AS_HEARD if name in kept
        }

    def announce(self, conversation_id: str) -> None:
        """Something beside the conversation's messages has changed: whoever looks on should."""
        self._tell(conversation_id)

    def choose_order(self, conversation_id: str, order_no: str, at: datetime) -> None:
        """The conversation is about this order; the advice on its latest message follows.

        Raises:
            UnknownConversation: no conversation has this id.
        """
        with self._one_at_a_time(conversation_id):
            if self._conversations.load(conversation_id) is None:
                raise UnknownConversation(conversation_id)
            self._conversations.open(Conversation(conversation_id, order_no), "", at)
            self.refresh(conversation_id, at)
            self._tell(conversation_id)

    def check(
        self, conversation_id: str, text: str, at: datetime, sender: Role = Role.AGENT
    ) -> list[dict[str, Any]]:
        """What is wrong with a reply before it is sent, by what is known at this moment."""
        conversation, policy, situation = self._now(conversation_id)
        return findings(text, conversation, situation, policy, at.date(), sender)

    def known(self, conversation_id: str) -> Facts:
        """What is known by now of the case that the customer's latest message is about."""
        _, _, situation = self._now(conversation_id)
        return situation.facts if situation else Facts()

    def wording(self, conversation_id: str) -> tuple[Policy, Callable[[str], str]]:
        """The policy of the shop that the conversation is about, and what words its scripts for
        this customer: a script's text, empty where something in it is not known.
        """
        _, policy, situation = self._now(conversation_id)
        return policy, lambda script: said_elsewhere(script, situation, policy)

    def _now(self, conversation_id: str) -> tuple[Conversation, Policy, Situation | None]:
        """The conversation, the policy of its shop, and how the case stands that the customer's
        latest message is about.
        """
        conversation = self._conversations.load(conversation_id) or Conversation(conversation_id)
        policy = self._policy().for_shop(conversation.shop)
        latest = _latest(conversation)
        if latest is None:
            return conversation, policy, None
        others = tuple(turn for turn in conversation.turns if turn is not latest)
        rest = replace(conversation, turns=others)
        return conversation, policy, self._assess_again(rest, latest, policy)

    def _assess_again(self, rest: Conversation, latest: Turn, policy: Policy) -> Situation:
        found = self._finder.find_again(rest, latest.reading.numbers)
        return assess_again(rest, latest, found, policy, self._words)

    def _given(self, script: str, shop: str) -> Recognised:
        playbook, _, step = script.partition(".")
        known = self._policy().for_shop(shop).playbooks.get(playbook)
        if known is None or known.step(step) is None:
            raise UnknownScript(script)
        return Recognised(step, 1.0, playbook)

    def _one_at_a_time(self, conversation_id: str) -> AbstractContextManager[Any]:
        return self._locks[hash(conversation_id) % LOCKS]

    def _received(self, message: Message) -> Received:
        told = Conversation(
            message.conversation_id, message.order_no, message.nickname, message.shop
        )
        return self._conversations.receive(told, message.channel, _turn(message, Reading()))

    def _advise(
        self, conversation: Conversation, message: Message, heard: Understanding
    ) -> dict[str, Any]:
        found = self._finder.find(conversation, heard)
        learnt = _shop_of(found) if not conversation.shop else ""
        conversation = replace(conversation, shop=conversation.shop or learnt)
        policy, today = self._policy().for_shop(conversation.shop), message.at.date()
        before = [turn.text for turn in conversation.burst(message.at)]
        listened = listen(self._reader, before, heard)
        alone = listened.heard
        heard = in_conversation(alone, conversation, self._context)
        listened = replace(listened, heard=heard)
        marked = self._words.marked(message.text, heard.entities)
        reader = FactReader(policy.facts, dates.resolve)
        said = reader.customer(marked, conversation.pending, today, conversation.standing)
        turn = _turn(
            message,
            Reading(
                said={name: as_json(value) for name, value in said.items()},
                intent=heard.intent.name if heard.intent else None,
                numbers=numbers_in(heard),
                heard=remembered(alone),
            ),
        )
        situation = assess(conversation, turn, listened, found, policy, self._words)
        settled, body = self._worked_out(situation, policy)
        self._conversations.settle(conversation.id, settled, body, learnt)
        self._tell(conversation.id)
        return body

    def _worked_out(
        self, situation: Situation, policy: Policy, chosen_by: str = ""
    ) -> tuple[Turn, dict[str, Any]]:
        """The message with what it came to, and the advice on it."""
        conversation, at = situation.conversation, situation.turn.at
        promised = self.ledger.at_contact(conversation.id, situation.order, at)
        advice = replace(compose(situation, policy), chosen_by=chosen_by)
        reading = replace(
            situation.turn.reading,
            case=situation.case,
            step=situation.verdict.step.id,
            asked=situation.verdict.step.ask,
            guessed=situation.guessed,
            kept=situation.kept,
        )
        settled = replace(situation.turn, reading=reading)
        return settled, to_json(with_promises(advice, promised))

    def _latest_advice(self, conversation: Conversation) -> dict[str, Any] | None:
        latest = _latest(conversation)
        return self._conversations.advice(conversation.id, latest.id) if latest else None


def _latest(conversation: Conversation) -> Turn | None:
    """What the customer wrote last."""
    return next((t for t in reversed(conversation.turns) if _is_customers(t)), None)


def _shop_of(found: Found) -> str:
    """The one shop that all the orders belong to."""
    shops = {order.shop for order in found.orders}
    return shops.pop() if len(shops) == 1 else ""


def _is_customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER


def _turn(message: Message, reading: Reading) -> Turn:
    return Turn(message.id, Speaker.CUSTOMER, message.text, message.at, reading)
