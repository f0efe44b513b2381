"""What all our actions have in common: one question to the reception, its answer to the channel."""

from abc import ABC, abstractmethod
from asyncio import to_thread
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.enquiry import heard_in, message_in
from bot import wiring
from bot.core.moments import SHANGHAI
from bot.core.understanding import Understanding
from bot.services.desk import Message
from bot.services.reception import Answer, Reception


def running_reception() -> Reception:
    return wiring.serving_now().reception


def beijing_now() -> datetime:
    return datetime.now(SHANGHAI)


class ReceptionAction(Action, ABC):
    """Rasa makes each action once, before the shop is open: the reception is looked for at work."""

    def __init__(
        self,
        *,
        reception: Callable[[], Reception] = running_reception,
        clock: Callable[[], datetime] = beijing_now,
    ) -> None:
        self._reception = reception
        self._clock = clock

    @abstractmethod
    def ask(self, reception: Reception, message: Message, heard: Understanding) -> Answer:
        """Put the message to the reception."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the latest message. No events: the truth is in our database, not in Rasa."""
        message, heard = message_in(tracker, self._clock()), heard_in(tracker)
        answer = await to_thread(self.ask, self._reception(), message, heard)
        utter(dispatcher, answer)
        return []


def utter(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    """The words first, for channels that show only one message; then what only programs read."""
    for text in answer.texts:
        dispatcher.utter_message(text=text)
    if answer.card:
        dispatcher.utter_message(json_message={"type": "order", "order": asdict(answer.card)})
    if answer.handoff:
        dispatcher.utter_message(json_message={"type": "handoff", **asdict(answer.handoff)})
    if answer.advice:
        dispatcher.utter_message(json_message={"type": "advice", "advice": dict(answer.advice)})
