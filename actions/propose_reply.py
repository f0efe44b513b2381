"""Answer the customer as far as the bot may, else hand over."""

from actions.receiving import ReceptionAction
from bot.core.understanding import Understanding
from bot.services.desk import Message
from bot.services.reception import Answer, Reception


class ProposeReply(ReceptionAction):
    def name(self) -> str:
        return "action_propose_reply"

    def ask(self, reception: Reception, message: Message, heard: Understanding) -> Answer:
        return reception.answer(message, heard)
