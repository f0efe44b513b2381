"""Give a customer who asks for a person to a colleague."""

from actions.receiving import ReceptionAction
from bot.core.understanding import Understanding
from bot.services.desk import Message
from bot.services.reception import Answer, Reception


class HandOver(ReceptionAction):
    def name(self) -> str:
        return "action_hand_over"

    def ask(self, reception: Reception, message: Message, heard: Understanding) -> Answer:
        return reception.hand_over(message, heard)
