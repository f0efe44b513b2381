"""What changing the policy's files needs from outside."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from bot.core.days import Unit
from bot.core.sources import Source
from bot.services.ports import PolicyError

type Raw = int | str | Sequence[str] | None
"""A figure as its file has it; ``None`` where it ends."""


class NoSuchFile(LookupError):
    """The policy has no such file."""


class ChangedMeanwhile(Exception):
    """Somebody has changed these files since they were opened."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = tuple(names)


class NotWritable(Exception):
    """The files cannot be written here."""


class Unreadable(Exception):
    """A file is not written so that its parts can be changed one by one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as somebody wants it."""

    name: str
    text: str
    """Empty where the file is to go."""
    before: str
    """The file that was changed; empty where there was none."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody published: a file as it was until then and as it became."""

    id: str
    name: str
    at: datetime
    by: str
    before: str
    after: str


class PolicyFiles(Protocol):
    """The files of the policy, with what is to become of them."""

    def names(self) -> Sequence[str]:
        """All files, by their paths from the root."""
        ...

    def text(self, name: str) -> str:
        """The file as it counts; empty where it is one that may come to be.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        ...

    def wanted(self, name: str) -> str:
        """The file as somebody wants it; as it counts where nobody wants it otherwise.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        ...

    def drafts(self) -> Mapping[str, Draft]:
        """The changes that do not count yet, by file."""
        ...

    def keep(self, name: str, text: str, by: str, at: datetime, seen: str | None = None) -> None:
        """Keep a change aside; the file as it is takes the change back.

        Args:
            seen: the text that was changed; as it is now where it was not looked at long ago.

        Raises:
            NoSuchFile: it is none of the policy's.
            ChangedMeanwhile: what was seen is no longer what is wanted.
        """
        ...

    def adopt(self, name: str) -> None:
        """Let the change be one of the file as it is now, whatever was changed."""
        ...

    def discard(self, name: str = "") -> None:
        """Forget the change of this file, or all."""
        ...

    def moved(self) -> Sequence[str]:
        """The files that are no longer the ones that were changed."""
        ...

    def faults(self) -> Sequence[PolicyError]:
        """What would be wrong with all changes, each with file, line, key and mend."""
        ...

    def trial(self) -> AbstractContextManager[Path]:
        """A root as it would be with all changes, for as long as this lasts."""
        ...

    def publish(self, by: str, at: datetime) -> Sequence[Version]:
        """Put all changes in place; what each replaced.

        Raises:
            PolicyError: the whole would be wrong; nothing is written.
            ChangedMeanwhile: a file is no longer the one that was changed; nothing is written.
            NotWritable: the files cannot be written here; nothing is changed.
        """
        ...

    def locked(self) -> bool:
        """Whether the files can only be read here."""
        ...

    def history(self, name: str = "") -> Sequence[Version]:
        """What was published of this file, or of all, the latest first."""
        ...


@dataclass(frozen=True, slots=True)
class Dated:
    """A figure's value from a day on, and where it comes from."""

    first: date
    value: Raw
    sources: tuple[Source, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureText:
    """A figure as its file tells it."""

    title: str
    unit: Unit
    owner: str
    dated: tuple[Dated, ...]
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a shop, with the questions that it answers."""

    questions: tuple[str, ...]
    answer: str


class PolicyTexts(Protocol):
    """Reads and changes single values in the text of a file; all else in it stays as it is.

    Each may raise ``Unreadable``.
    """

    def figure(self, text: str) -> FigureText: ...

    def with_value(self, text: str, dated: Dated, checked_on: date) -> str: ...

    def without_value(self, text: str, first: date) -> str: ...

    def wording(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """The variants of each step."""
        ...

    def with_wording(self, text: str, step: str, variants: Sequence[str]) -> str:
        """Without any variants the step goes."""
        ...

    def answers(self, text: str) -> Mapping[str, Answer]: ...

    def with_answer(self, text: str, name: str, answer: Answer | None) -> str:
        """Without an answer the entry goes."""
        ...
