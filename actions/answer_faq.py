"""Answer from the shop's own FAQ, else as any message."""

from actions.receiving import ReceptionAction
from bot.core.understanding import Understanding
from bot.services.desk import Message
from bot.services.reception import Answer, Reception


class AnswerFaq(ReceptionAction):
    def name(self) -> str:
        return "action_answer_faq"

    def ask(self, reception: Reception, message: Message, heard: Understanding) -> Answer:
        return reception.answer_question(message, heard)
