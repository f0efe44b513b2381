"""What should be done next with a customer's message, and why."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.advice import to_json, with_promises
from bot.core.context import ContextModel
from bot.core.conversation import Conversation, Reading, Speaker, Turn, as_json
from bot.core.outcome import Outcome
from bot.core.playbook import Role
from bot.core.policy import Policy
from bot.core.reading import Reader as FactReader
from bot.core.recognition import Recognised
from bot.core.understanding import Understanding
from bot.language import dates
from bot.services import correcting
from bot.services.composing import compose
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
from bot.services.situation import FIND_ORDER, Situation, assess, assess_again
from bot.services.words import Words, plain

LOCKS = 64


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
    ) -> Recognised | None:
        """Take note of a reply that was sent: which step it carries out and what it states.

        Args:
            script: ``<playbook>.<step>``, where a suggestion was sent and the door knows which.

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
                else self._recognise(conversation, text)
            )
            reading = self._reading_of_reply(conversation, text, at, recognised)
            reply = Turn(message_id, speaker, text, at, reading)
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

    def check(
        self, conversation_id: str, text: str, at: datetime, sender: Role = Role.AGENT
    ) -> list[dict[str, Any]]:
        """What is wrong with a reply before it is sent, by what is known at this moment."""
        conversation = self._conversations.load(conversation_id) or Conversation(conversation_id)
        policy = self._policy().for_shop(conversation.shop)
        situation = self._situation_now(conversation, policy)
        return findings(text, conversation, situation, policy, at.date(), sender)

    def _situation_now(self, conversation: Conversation, policy: Policy) -> Situation | None:
        """How the case stands that the customer's latest message is about."""
        latest = next((t for t in reversed(conversation.turns) if _is_customers(t)), None)
        if latest is None:
            return None
        others = tuple(turn for turn in conversation.turns if turn is not latest)
        rest = replace(conversation, turns=others)
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
        said = reader.customer(marked, conversation.pending, today)
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

    def _recognise(self, conversation: Conversation, text: str) -> Recognised | None:
        """The step of the open case; of another one where the words clearly carry that out."""
        policy = self._policy().for_shop(conversation.shop)
        playbook = policy.for_intent(conversation.case) if conversation.case else None
        text = plain(text)
        if playbook and playbook.yields and (earlier := self._taken_up(conversation, text)):
            return earlier
        own = [*([playbook.id] if playbook else []), FIND_ORDER]
        if playbook and not playbook.generic and not conversation.guessed:
            return policy.recogniser.step(text, own, conversation.suggested)
        near = self._meant(conversation, policy)
        return policy.recogniser.any_step(text, own, near, conversation.suggested)

    def _meant(self, conversation: Conversation, policy: Policy) -> list[str]:
        """The playbooks of the cases that the customer's latest words may have meant."""
        advice = self._latest_advice(conversation)
        intents = [one["name"] for one in advice["ranking"]] if advice else []
        return [book.id for name in intents if (book := policy.for_intent(name))]

    def _taken_up(self, conversation: Conversation, text: str) -> Recognised | None:
        """The step of the complaint or of the case that it interrupted."""
        policy = self._policy().for_shop(conversation.shop)
        spoken_of = [book for case in conversation.cases if (book := policy.for_intent(case))]
        own = [book.id for book in spoken_of if not book.generic]
        return policy.recogniser.step(text, own) if len(own) > 1 else None

    def _reading_of_reply(
        self, conversation: Conversation, text: str, at: datetime, recognised: Recognised | None
    ) -> Reading:
        policy = self._policy().for_shop(conversation.shop)
        step = recognised.step if recognised else None
        case = _case_of(recognised, conversation, policy)
        script = f"{recognised.playbook}.{recognised.step}" if recognised else None
        said = FactReader(policy.facts, dates.resolve).agent(self._words.marked(text), at.date())
        return Reading(
            case=case,
            step=step,
            asked=_asked(case, policy, step or _guessed(conversation, text)),
            said={name: as_json(value) for name, value in said.items()},
            amount=self._amount_named(conversation, script),
        )

    def _amount_named(self, conversation: Conversation, script: str | None) -> str | None:
        """The amount of the latest advice, where the reply carries just that step out."""
        advice = self._latest_advice(conversation)
        if advice is None or script not in [reply["script"] for reply in advice["replies"]]:
            return None
        amount: str | None = advice["amount"]
        return amount

    def _latest_advice(self, conversation: Conversation) -> dict[str, Any] | None:
        latest = next((t for t in reversed(conversation.turns) if _is_customers(t)), None)
        return self._conversations.advice(conversation.id, latest.id) if latest else None


def _shop_of(found: Found) -> str:
    """The one shop that all the orders belong to."""
    shops = {order.shop for order in found.orders}
    return shops.pop() if len(shops) == 1 else ""


def _is_customers(turn: Turn) -> bool:
    return turn.speaker is Speaker.CUSTOMER


def _turn(message: Message, reading: Reading) -> Turn:
    return Turn(message.id, Speaker.CUSTOMER, message.text, message.at, reading)


def _guessed(conversation: Conversation, text: str) -> str | None:
    """A question that no step explains most likely asks what the desk suggested to ask."""
    is_question = text.rstrip(" ~。!！").endswith(("?", "？", "吗", "呢", "么"))
    return conversation.suggested if is_question else None


def _case_of(
    recognised: Recognised | None, conversation: Conversation, policy: Policy
) -> str | None:
    """The open case, or the one to which the reply belongs: it may have been suggested earlier."""
    playbook = policy.playbooks.get(recognised.playbook) if recognised else None
    if playbook is None or playbook.generic:
        return conversation.case
    if conversation.case in playbook.intents:
        return conversation.case
    return playbook.id


def _asked(case: str | None, policy: Policy, step: str | None) -> tuple[str, ...]:
    playbook = policy.for_intent(case) if case else None
    for candidate in (playbook, policy.playbooks.get(FIND_ORDER)):
        found = candidate.step(step) if candidate and step else None
        if found:
            return found.ask
    return ()
