"""Show the customer their order, masked."""

from actions.receiving import ReceptionAction
from bot.core.understanding import Understanding
from bot.services.desk import Message
from bot.services.reception import Answer, Reception


class LookUpOrder(ReceptionAction):
    def name(self) -> str:
        return "action_look_up_order"

    def ask(self, reception: Reception, message: Message, heard: Understanding) -> Answer:
        return reception.look_up(message, heard)
