"""What the bot did by itself, and which of its answers were none."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.attendance import COMPLAINTS, HANDS_OVER
from bot.core.conversation import HANDED_OVER, Conversation, Speaker, Turn
from bot.core.mood import Mood, mood_of
from bot.core.shares import Share

ASKS_HUMAN = "ask_human"

type MessageKey = tuple[str, str]
"""A conversation's id and a message's."""


class Mistake(StrEnum):
    """By what one sees that an answer of the bot was none."""

    CORRECTED = "corrected"
    """A colleague said later that the customer had meant something else."""
    COMPLAINED = "complained"
    """The customer complained at once, or became angry."""
    PERSON = "person"
    """The customer asked for a person at once."""


@dataclass(frozen=True, slots=True)
class BotWork:
    """What the bot did in the conversations in which it answered."""

    alone: Share
    """The conversations in which no person was needed."""
    mistakes: Share
    """Of its answers."""
    kinds: Sequence[tuple[Mistake, int]]
    scripts: Sequence[tuple[str, Share]]
    """The answers that were mistaken for once or more, ``<playbook>.<step>``, the worst first."""


def bot_work(
    conversations: Iterable[Conversation], corrected: Container[MessageKey] = frozenset()
) -> BotWork:
    """Args: corrected: the customers' messages that turned out to be about something else."""
    answered = alone = 0
    said, wrong, kinds = Counter[str](), Counter[str](), Counter[Mistake]()
    for conversation in conversations:
        own = [n for n, turn in enumerate(conversation.turns) if _answers(turn)]
        answered += bool(own)
        alone += bool(own) and not any(map(_is_persons, conversation.turns))
        for number in own:
            script = _script(conversation.turns[number])
            said[script] += 1
            if mistake := _mistake(conversation, number, corrected):
                wrong[script] += 1
                kinds[mistake] += 1
    scripts = [(script, Share(count, said[script])) for script, count in wrong.most_common()]
    return BotWork(
        Share(alone, answered),
        Share(wrong.total(), said.total()),
        kinds.most_common(),
        scripts,
    )


def _answers(turn: Turn) -> bool:
    return turn.speaker is Speaker.BOT and turn.reading.step not in HANDED_OVER


def _is_persons(turn: Turn) -> bool:
    return turn.speaker is Speaker.AGENT or turn.reading.step in HANDS_OVER


def _script(turn: Turn) -> str:
    return f"{turn.reading.case or ''}.{turn.reading.step or ''}"


def _mistake(
    conversation: Conversation, number: int, corrected: Container[MessageKey]
) -> Mistake | None:
    asked = next(_customers(reversed(conversation.turns[:number])), None)
    if asked and (conversation.id, asked.id) in corrected:
        return Mistake.CORRECTED
    before = conversation.turns[:number]
    after = tuple(_customers(conversation.turns[number + 1 :]))
    # Who was angry already has not been made so by this answer.
    if after and _is_upset((*before, *after), after) and not _is_upset(before, [asked]):
        return Mistake.COMPLAINED
    if _wants_person(after) and not _wants_person([asked]):
        return Mistake.PERSON
    return None


def _is_upset(so_far: Sequence[Turn], latest: Iterable[Turn | None]) -> bool:
    complains = any(turn and turn.reading.intent in COMPLAINTS for turn in latest)
    return complains or mood_of(so_far) is Mood.ANGRY


def _wants_person(turns: Iterable[Turn | None]) -> bool:
    return any(turn and turn.reading.intent == ASKS_HUMAN for turn in turns)


def _customers(turns: Iterable[Turn]) -> Iterator[Turn]:
    """The customer's turns up to where somebody else speaks."""
    for turn in turns:
        if turn.speaker is not Speaker.CUSTOMER:
            return
        yield turn
