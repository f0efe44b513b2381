"""What changing the policy's files needs from outside."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


class NoSuchFile(LookupError):
    """The policy has no such file."""


class ChangedMeanwhile(Exception):
    """Somebody has changed these files since they were opened."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = tuple(names)


class NotWritable(Exception):
    """The files cannot be written here."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as somebody wants it."""

    name: str
    text: str
    base: str
    """The fingerprint of the file that was changed."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was until somebody published another."""

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
        """The file as it counts.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        ...

    def texts(self) -> Mapping[str, str]:
        """All files as they count, by their paths from the root."""
        ...

    def drafts(self) -> Mapping[str, Draft]:
        """The changes that do not count yet, by file."""
        ...

    def keep(self, name: str, text: str, by: str, at: datetime) -> None:
        """Keep a change aside; the file as it is takes the change back.

        Raises:
            NoSuchFile: it is none of the policy's.
        """
        ...

    def discard(self, name: str = "") -> None:
        """Forget the change of this file, or all."""
        ...

    def check(self) -> None:
        """Read the policy as it would be.

        Raises:
            PolicyError: the first fault, with file, line, key and mend.
        """
        ...

    def trial(self) -> AbstractContextManager[Path]:
        """A root as it would be with all changes, for as long as this lasts."""
        ...

    def publish(self, by: str, at: datetime) -> Mapping[str, Version]:
        """Put all changes in place; what each replaced.

        Raises:
            PolicyError: the whole would be wrong; nothing is written.
            ChangedMeanwhile: a file is no longer the one that was changed; nothing is written.
            NotWritable: the files cannot be written here.
        """
        ...

    def history(self, name: str) -> Sequence[Version]:
        """What the file was before, the latest first."""
        ...
