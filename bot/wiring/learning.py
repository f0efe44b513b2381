"""Learning from a shop's chats: its logs, and the messages that are held out to compare on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.wiring.parts import CHECKOUT, rasa_files, shop_database

if TYPE_CHECKING:
    from bot.core.chat_history import ChatHistory, Example
    from bot.services.learning import Learned, Workshop

HELD_OUT = CHECKOUT / "data/heldout"


def learn(
    logs: Sequence[Path], tell: Callable[[str], None], workshop: "Workshop | None" = None
) -> "Learned":
    """Learn from these logs, and from what was corrected at the desk, beside the shipped messages;
    publish unless the result is worse.

    Args:
        workshop: where models are made; this checkout's own where none is given.

    Raises:
        LogError: a line of a log cannot be used.
        TooLittle: the logs hold too few messages.
        TrainingFailed: a step of the training did not end well.
    """
    from bot.adapters.model_workshop import ModelWorkshop
    from bot.services.learning import learn

    shipped = tuple(_held_out())
    workshop = workshop or ModelWorkshop(CHECKOUT, rasa_files().model)
    return learn(_history(logs), shipped, workshop, tell)


def _history(logs: Sequence[Path]) -> "ChatHistory":
    """What the logs hold, with the corrections that the shop's database holds."""
    from bot.adapters.corrections_sql import SqlCorrections
    from bot.core.chat_history import with_corrections
    from bot.services.chat_logs import read_history

    intents = known_intents()
    with ExitStack() as opened:
        files = [(log.name, opened.enter_context(log.open(encoding="utf-8-sig"))) for log in logs]
        history = read_history(files, intents)
    with closing(shop_database()) as database:
        return with_corrections(history, SqlCorrections(database).latest(), intents)


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
