"""Learning from a shop's chats: its logs, and the messages that are held out to compare on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bot.wiring.parts import CHECKOUT, rasa_files

if TYPE_CHECKING:
    from bot.core.chat_history import Example
    from bot.services.learning import Learned

HELD_OUT = CHECKOUT / "data/heldout"


def learn(logs: Sequence[Path], tell: Callable[[str], None]) -> "Learned":
    """Learn from these logs beside the shipped messages; publish unless the result is worse.

    Raises:
        LogError: a line of a log cannot be used.
        TooLittle: the logs hold too few messages.
        TrainingFailed: a step of the training did not end well.
    """
    from bot.adapters.model_workshop import ModelWorkshop
    from bot.services.chat_logs import read_history
    from bot.services.learning import learn

    shipped = tuple(_held_out())
    with ExitStack() as opened:
        files = [(log.name, opened.enter_context(log.open(encoding="utf-8-sig"))) for log in logs]
        history = read_history(files, known_intents())
    return learn(history, shipped, ModelWorkshop(CHECKOUT, rasa_files().model), tell)


def known_intents() -> frozenset[str]:
    """The names that a label may have."""
    from bot.adapters.context_file import beside, read_context

    model = read_context(beside(rasa_files().model))
    return frozenset(model.intents if model else ())


def _held_out() -> "Iterator[Example]":
    from bot.core.chat_history import Example
    from bot.services.evaluation import read_labelled

    for file in sorted(HELD_OUT.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for one in read_labelled(lines):
                yield Example(one.text, one.intent)
