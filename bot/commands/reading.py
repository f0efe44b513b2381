"""`parse`: what is understood of messages."""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.commands.screen import explain_waiting_for_input, print_json, rasa_progress
from bot.core.understanding import Entity, Understanding
from bot.services.ports import Reader
from bot.services.understand_many import understand_many

RANKED = 5


def parse(texts: Sequence[str]) -> None:
    """Print what is understood of each text, or of each line of standard input, in order."""
    with ready_reader() as reader:
        for understanding in understand_many(reader, texts or input_lines()):
            print_json(as_line(understanding))


@contextmanager
def ready_reader(key_phrases: bool = True) -> Iterator[Reader]:
    from bot import wiring

    with rasa_progress() as (progress, _), wiring.reader(progress, key_phrases) as reader:
        yield reader


def input_lines() -> Iterable[str]:
    """The lines of standard input; bytes that are not UTF-8 do not stop the rest."""
    explain_waiting_for_input()
    lines = io.TextIOWrapper(sys.stdin.buffer, "utf-8-sig", "replace", newline="\n")
    return (line.rstrip("\r\n") for line in lines)


def as_line(understanding: Understanding) -> dict[str, Any]:
    ranking = [
        {"name": one.name, "confidence": round(one.confidence, 4)} for one in understanding.ranking
    ]
    return {
        "text": understanding.text,
        "intent": ranking[0] if ranking else None,
        "ranking": ranking[:RANKED],
        "entities": [_entity(one) for one in understanding.entities],
        "unsure": understanding.unsure,
        "degraded": understanding.degraded,
    }


def _entity(one: Entity) -> dict[str, Any]:
    shown = {"entity": one.entity, "value": one.value, "start": one.start, "end": one.end}
    return shown | ({"role": one.role} if one.role else {})
