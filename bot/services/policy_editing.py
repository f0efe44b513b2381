"""Changes one figure, wording or answer as people write them; what comes of it is a draft."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.figure_entry import BadEntry, typed
from bot.core.sources import Source
from bot.services.ports.policy import (
    Answer,
    Dated,
    FigureText,
    PolicyFiles,
    PolicyTexts,
    Unreadable,
)

PARAMETERS = "/parameters/"


class FieldRefused(ValueError):
    """A field cannot be kept as it is: the message says how to mend it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure as it was typed into the form."""

    first: str
    value: str
    ends: bool
    """From that day on there is no such figure."""
    doc: str
    at: str
    gist: str
    note: str


class PolicyEditing:
    """Changes single values of the policy's files."""

    def __init__(self, files: PolicyFiles, texts: PolicyTexts) -> None:
        self.files = files
        self.texts = texts

    def set_figure(self, name: str, wanted: Wanted, by: By, like: str = "") -> None:
        """Let the figure have this value from a day on; earlier days keep theirs.

        Args:
            like: the house's file, from which a shop's own begins.

        Raises:
            FieldRefused: names the field.
            Unreadable: the draft has to be mended in its text first.
        """
        text = self.files.wanted(name) or self.files.wanted(like)
        first = _day_from_today(wanted.first, by.at.date())
        value = None if wanted.ends else _value(wanted.value, self.texts.figure(text))
        if not wanted.at.strip():
            raise FieldRefused("at", "写清楚是谁定的、写在哪里，比如「2026年11月店会」")
        source = Source(wanted.doc, _line(wanted.at), _line(wanted.gist))
        dated = Dated(first, value, (source,), _line(wanted.note))
        self._keep(name, self.texts.with_value(text, dated, by.at.date()), by)

    def drop_figure(self, name: str, first: date, by: By) -> None:
        """Take back a value that has not begun.

        Raises:
            FieldRefused: it has begun.
        """
        if first < by.at.date():
            raise FieldRefused("first", "已经用过的数不能删，从今天起写一个新的")
        self._keep(name, self.texts.without_value(self.files.wanted(name), first), by)

    def set_wording(self, name: str, step: str, variants: Sequence[str], by: By) -> None:
        """Word the step like this; without any variants a shop's own wording goes."""
        lines = [line for line in map(_line, variants) if line]
        text = self.texts.with_wording(self.files.wanted(name), step, lines)
        self._keep(name, text, by)

    def set_answer(self, name: str, entry: str, answer: Answer, by: By) -> str:
        """Keep an answer, a new one where none is named; its name.

        Raises:
            FieldRefused: names the field.
        """
        questions = tuple(filter(None, map(_line, answer.questions)))
        if not questions:
            raise FieldRefused("questions", "至少写一种问法，一行一种")
        if not _line(answer.answer):
            raise FieldRefused("answer", "还没有写怎么答")
        text = self.files.wanted(name)
        entry = entry or _free(self.texts.answers(text))
        kept = Answer(questions, _line(answer.answer))
        self._keep(name, self.texts.with_answer(text, entry, kept), by)
        return entry

    def drop_answer(self, name: str, entry: str, by: By) -> None:
        self._keep(name, self.texts.with_answer(self.files.wanted(name), entry, None), by)

    def restore(self, name: str, version: str, by: By) -> None:
        """Want the file as it was before this version was published.

        Raises:
            FieldRefused: there is no such version.
        """
        found = next((one for one in self.files.history(name) if one.id == version), None)
        if found is None:
            raise FieldRefused("version", "找不到这次改动了")
        self._keep(name, found.before, by)

    def takes_effect(self, today: date) -> date:
        """The day on which the last of the changed figures begins; today where none does later."""
        days = [today]
        for draft in self.files.drafts().values():
            if PARAMETERS in draft.name:
                days += self._begins(draft.text) - self._begins(draft.before)
        return max(days)

    def _begins(self, text: str) -> set[date]:
        try:
            return {one.first for one in self.texts.figure(text).dated} if text else set()
        except Unreadable:
            return set()

    def _keep(self, name: str, text: str, by: By) -> None:
        self.files.keep(name, text, by.name, by.at)


def _day_from_today(given: str, today: date) -> date:
    try:
        first = date.fromisoformat(given)
    except ValueError:
        raise FieldRefused("first", "选一个日期") from None
    if first < today:
        raise FieldRefused("first", "以前的日子已经按原来的数办了，从今天或以后的日子起")
    return first


def _value(entry: str, figure: FigureText) -> int | str | Sequence[str]:
    try:
        return typed(entry, figure.unit)
    except BadEntry as bad:
        raise FieldRefused("value", str(bad)) from bad


def _line(text: str) -> str:
    """On one line, as files hold it."""
    return "".join(part.strip() for part in text.splitlines())


def _free(taken: Container[str]) -> str:
    number = 1
    while f"answer_{number}" in taken:
        number += 1
    return f"answer_{number}"
