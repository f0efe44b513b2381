"""What a reply does: which step it carries out, what it asks and states."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.conversation import Conversation, Reading, as_json
from bot.core.policy import Policy
from bot.core.reading import Reader as FactReader
from bot.core.recognition import Recognised
from bot.language import dates
from bot.services.situation import FIND_ORDER
from bot.services.words import Words, plain


@dataclass(frozen=True, slots=True)
class ReplyReader:
    """Reads what agents and the bot have sent."""

    _policy: Callable[[], Policy]
    _words: Words
    _advice: Callable[[Conversation], dict[str, Any] | None]
    """The advice on the customer's latest message."""

    def recognise(self, conversation: Conversation, text: str) -> Recognised | None:
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
        advice = self._advice(conversation)
        intents = [one["name"] for one in advice["ranking"]] if advice else []
        return [book.id for name in intents if (book := policy.for_intent(name))]

    def _taken_up(self, conversation: Conversation, text: str) -> Recognised | None:
        """The step of the complaint or of the case that it interrupted."""
        policy = self._policy().for_shop(conversation.shop)
        spoken_of = [book for case in conversation.cases if (book := policy.for_intent(case))]
        own = [book.id for book in spoken_of if not book.generic]
        return policy.recogniser.step(text, own) if len(own) > 1 else None

    def read(
        self, conversation: Conversation, text: str, at: datetime, recognised: Recognised | None
    ) -> Reading:
        """What the reply comes to: the step, what it asks, states and grants."""
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
        advice = self._advice(conversation)
        if advice is None or script not in [reply["script"] for reply in advice["replies"]]:
            return None
        amount: str | None = advice["amount"]
        return amount


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
