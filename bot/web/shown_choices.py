"""The cases to choose from as an agent reads them: short, and which one is being worked on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.understanding import TALK


@dataclass(frozen=True, slots=True)
class ShownChoice:
    intent: str
    title: str
    percent: str
    current: bool
    """The advice is given under this case already."""


def shown_choices(
    choices: Iterable[Mapping[str, Any]], case: str | None
) -> tuple[ShownChoice, ...]:
    """The choices of an advice, in their order."""
    return tuple(
        ShownChoice(one["case"], _title(one), as_percent(one["confidence"]), one["case"] == case)
        for one in choices
    )


def as_percent(confidence: float) -> str:
    """Rounded down: what is not certain never reads 100%."""
    # 0.29 * 100 is a little less than 29 in binary.
    return f"{int(round(confidence * 100, 6))}%"


def _title(choice: Mapping[str, Any]) -> str:
    """Talk is said to be nothing more: it opens no case."""
    title: str = choice["title"]
    return f"只是{title}" if choice["case"] in TALK else title
