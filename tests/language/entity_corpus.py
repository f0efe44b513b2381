"""Customers' messages with the entities a reader finds in them, and how well they are found.

A line of ``entities/*.jsonl`` is a message, the day it was sent on, and its entities: the words
(``nth`` when it is not their first place in the message), the normal form, the role if it has one.
A date's normal form here is the day itself, since that is what the shop acts on.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.language.dates import resolve
from bot.language.entities import Entity
from bot.language.extract import Extractor

FOLDER = Path(__file__).parent / "entities"
CATALOGUE = (
    "六类网线", "TP路由器AX3000", "碎花连衣裙", "电饭煲", "儿童书包", "保温杯", "运动鞋", "牛仔裤", "蓝牙耳机",
    "电源适配器", "抽纸", "床上四件套", "扫地机器人", "充电宝",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    day: date
    entities: frozenset[Entity]


def messages(name: str) -> list[Message]:
    """The messages of ``entities/<name>.jsonl``; an error where a line contradicts itself."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_message(json.loads(line)) for line in lines]


def _message(row: dict[str, Any]) -> Message:
    entities = [_entity(row["text"], **entity) for entity in row["entities"]]
    places = sorted((entity.start, entity.end) for entity in entities)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise ValueError(f"entities overlap: {row}")
    return Message(row["text"], date.fromisoformat(row["day"]), frozenset(entities))


def _entity(  # the names are those of the file
    message: str, *, entity: str, text: str, value: str, role: str | None = None, nth: int = 1
) -> Entity:
    start = -1
    for _ in range(nth):
        start = message.index(text, start + 1)
    return Entity(entity, value, start, start + len(text), role)


@lru_cache(maxsize=1)
def _extractor() -> Extractor:
    return Extractor(CATALOGUE)


def extract(text: str) -> tuple[Entity, ...]:
    return _extractor().extract(text)


def found(message: Message) -> frozenset[Entity]:
    """What the product finds, with dates as the days they are."""
    return frozenset(_resolved(e, message.day) for e in extract(message.text))


def _resolved(entity: Entity, day: date) -> Entity:
    if entity.entity != "date":
        return entity
    value = str(resolve(entity.value, day))
    return Entity(entity.entity, value, entity.start, entity.end, entity.role)


@dataclass(frozen=True, slots=True)
class Score:
    """Kinds of the entities that are there, that were found, and that are both."""

    there: Counter[str]
    found: Counter[str]
    right: Counter[str]

    @property
    def precision(self) -> float:
        return self.right.total() / self.found.total()

    @property
    def recall(self) -> float:
        return self.right.total() / self.there.total()


def score(corpus: Iterable[Message]) -> Score:
    """An entity is right when kind, words, value and role are all right."""
    there: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for message in corpus:
        names = found(message)
        there.update(e.entity for e in message.entities)
        seen.update(e.entity for e in names)
        right.update(e.entity for e in names & message.entities)
    return Score(there, seen, right)


def mistakes(corpus: Iterable[Message]) -> Iterator[str]:
    """One line for each message with a mistake: what is missing and what is too much."""
    for message in corpus:
        names = found(message)
        if names != message.entities:
            yield (
                f"{message.text}  missing {_told(message, message.entities - names)}"
                f"  too much {_told(message, names - message.entities)}"
            )


def _told(message: Message, entities: Iterable[Entity]) -> list[str]:
    return [
        f"{e.entity} {message.text[e.start : e.end]!r} {e.value} {e.role or ''}".rstrip()
        for e in sorted(entities, key=lambda entity: entity.start)
    ]
