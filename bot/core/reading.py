"""Which facts a message states: said of its own accord, or as the answer to a question."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from re import Match, Pattern

from bot.core.answers import confirms, polarity
from bot.core.facts import FactDef, Kind, Reads, Value
from bot.core.understanding import Entity

type ResolveDate = Callable[[str, date], date | None]
DATE, DAYS = "date", "days"
_SAID_BEFORE = re.compile(
    r"^(?:<date:0>|[^0-9<]){0,8}(说过|讲过|告诉过|写过|写明)了?(的|呀|啊|嘛|吗|呢|了|你|您)*[^,。;!?]{0,4}$"
)
"""「我刚说过了」 answers nothing by itself."""
NEAR = {"P0D": "0", "+P1D": "1"}
"""Today and tomorrow are told from all other days: ``<date:1>`` is 明天, 后天 is ``<date>``."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A message with each entity replaced by its name (and role) in angle brackets, for patterns
    to match on: 「按<count:根>算」.
    """

    text: str
    entities: tuple[tuple[int, Entity], ...]
    """Each entity with the place of its mark in ``text``."""
    original: str = ""

    def words(self, start: int, end: int) -> str:
        """This stretch of ``text`` with the marks as they were written."""
        pieces, done = [], start
        for at, entity in self.entities:
            if done <= at < end:
                written = self.original[entity.start : entity.end]
                pieces += [self.text[done:at], written]
                done = at + len(tag(entity))
        return "".join([*pieces, self.text[done:end]])

    def in_mark(self, start: int) -> bool:
        """Whether this place of ``text`` is inside a mark, which nobody has written."""
        return any(
            at <= start < at + len(tag(entity)) and at != start for at, entity in self.entities
        )

    def entity_in(self, match: Match[str], name: str | None = None) -> Entity | None:
        """The first entity whose mark lies inside the match."""
        inside = (
            e
            for at, e in self.entities
            if match.start() <= at < match.end() and name in (None, e.entity)
        )
        return next(inside, None)


def mark(text: str, entities: Iterable[Entity], normalise: Callable[[str], str]) -> Marked:
    """Replace entities by their marks; the words between them are normalised."""
    pieces: list[str] = []
    marks: list[tuple[int, Entity]] = []
    done = length = 0
    for entity in sorted(entities, key=lambda e: e.start):
        if entity.start < done:
            continue
        before = normalise(text[done : entity.start])
        marks.append((length + len(before), entity))
        pieces += [before, tag(entity)]
        length += len(before) + len(tag(entity))
        done = entity.end
    pieces.append(normalise(text[done:]))
    return Marked("".join(pieces), tuple(marks), text)


def tag(entity: Entity) -> str:
    """``<count:根>``: how an entity stands in a marked text."""
    role = NEAR.get(entity.value) if entity.entity == DATE else entity.role
    return f"<{entity.entity}:{role}>" if role else f"<{entity.entity}>"


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads facts out of marked messages of one day."""

    defs: Mapping[str, FactDef]
    resolve: ResolveDate

    def customer(
        self, marked: Marked, pending: Sequence[str], today: date, standing: Sequence[str] = ()
    ) -> dict[str, Value]:
        """Facts in a customer's message.

        Args:
            pending: the facts just asked for.
            standing: those asked for before, with something else in between: what can be
                nothing else answers them, a plain yes or no does not.
        """
        said = self._all(marked, today, lambda d: d.says)
        if _SAID_BEFORE.search(marked.text):
            pending = standing = ()
        for fact in (self.defs[name] for name in standing if name in self.defs):
            if fact.entity and fact.name not in said:
                answer = self._answer(fact, marked, today)
                said |= {} if answer is None else {fact.name: answer}
        asked = [self.defs[name] for name in pending if name in self.defs]
        for fact in asked:
            answer = None if fact.name in said else self._answer(fact, marked, today)
            if answer is not None:
                said[fact.name] = answer
        said |= _yes_or_no(marked.text, asked, said)
        return said

    def agent(self, marked: Marked, today: date) -> dict[str, Value]:
        return self._all(marked, today, lambda d: d.agent)

    def note(self, marked: Marked, day: date) -> dict[str, Value]:
        return self._all(marked, day, lambda d: d.notes)

    def _all(
        self, marked: Marked, today: date, which: Callable[[FactDef], tuple[Reads, ...]]
    ) -> dict[str, Value]:
        found = {}
        for fact in self.defs.values():
            if reads := which(fact):
                found[fact.name] = self._first(fact, reads, marked, today)
        return {name: value for name, value in found.items() if value is not None}

    def _first(
        self, fact: FactDef, reads: Iterable[Reads], marked: Marked, today: date
    ) -> Value | None:
        text = marked.text
        for one in reads:
            for pattern in one.patterns:
                # A search of its own: of hundreds of patterns nearly none matches.
                if pattern.search(text):
                    value = self._matched(fact, one, pattern, marked, today)
                    if value is not None:
                        return value
        return None

    def _matched(
        self, fact: FactDef, one: Reads, pattern: Pattern[str], marked: Marked, today: date
    ) -> Value | None:
        for match in pattern.finditer(marked.text):
            value = one.value if one.value is not None else self._taken(fact, match, marked, today)
            if value is not None:
                return today if fact.kind is Kind.DATE and value is True else value
        return None

    def _taken(self, fact: FactDef, match: Match[str], marked: Marked, today: date) -> Value | None:
        """The value that stands inside the match: a named group, or an entity; what is told
        without a day happened on the day it is told.
        """
        if "value" in match.re.groupindex:
            if marked.in_mark(match.start("value")):
                return None
            return _written(fact.kind, marked.words(*match.span("value")))
        if fact.kind is Kind.DATE:
            day = marked.entity_in(match, DATE) or marked.entity_in(match, DAYS)
            return self._typed(fact, day, today) if day else today
        entity = marked.entity_in(match)
        return self._typed(fact, entity, today) if entity else None

    def _answer(self, fact: FactDef, marked: Marked, today: date) -> Value | None:
        read = self._first(fact, fact.answers, marked, today)
        if read is not None:
            return read
        if fact.entity:
            for _, entity in marked.entities:
                if entity.entity == fact.entity:
                    return self._typed(fact, entity, today)
        return None

    def _typed(self, fact: FactDef, entity: Entity, today: date) -> Value | None:
        """The entity's value as the fact's kind, or nothing when it is not one."""
        match fact.kind:
            case Kind.DATE:
                ago = f"-P{entity.value}D" if entity.entity == DAYS else entity.value
                day = self.resolve(ago, today)
                return day if day and day <= today else None  # facts have happened
            case Kind.FLAG:
                return True
            case _:
                return _written(fact.kind, entity.value)


def _yes_or_no(text: str, asked: Sequence[FactDef], said: Mapping[str, Value]) -> dict[str, Value]:
    """What a plain yes or no means for the questions that are still without an answer.

    Yes to several is yes to all of them; no is only clear of the first that was asked. Where the
    message answers one of several, 「好的」 agrees to that and says nothing of the others.
    """
    open_ones = [fact for fact in asked if fact.name not in said]
    if not open_ones or (len(open_ones) < len(asked) and not confirms(text)):
        return {}
    meant = polarity(text)
    if meant is True and all(fact.yes is not None for fact in open_ones):
        return {fact.name: fact.yes for fact in open_ones if fact.yes is not None}
    first = open_ones[0]
    if meant is False and first is asked[0] and first.no is not None:
        return {first.name: first.no}
    return {}


def _written(kind: Kind, text: str) -> Value | None:
    """What is written, as the kind of fact it is for, or nothing when it is not one."""
    match kind:
        case Kind.COUNT:
            return int(text) if text.isdecimal() else None
        case Kind.MONEY:
            return _decimal(text)
        case _:
            return text


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
