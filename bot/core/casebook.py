"""Every case of the documents, and what the shop's rooms hold of it: one name in all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.playbook import Decision, Playbook, Role, Step


class Surface(StrEnum):
    BOT = "B"
    """The bot answers it by itself."""
    AGENT = "A"
    """It is suggested to the agent."""
    TRAINEE = "T"
    """Trainees practise it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the casebook has it."""

    id: str
    section: int
    surfaces: tuple[Surface, ...]
    intent: bool = True
    """A message opens it; otherwise an event does."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What there is by the name of one case."""

    playbook: Playbook | None
    wordings: int
    worked: int | None
    """Worked cases; ``None`` where the shop's clone has none at all."""
    scenarios: int | None
    """Worked conversations; ``None`` as above."""
    practices: int
    understood: bool
    """Rasa's domain has the intent."""


@dataclass(frozen=True, slots=True)
class Held:
    """A case and what is held of it."""

    row: Row
    rooms: Rooms
    problems: tuple[str, ...]


def held(row: Row, rooms: Rooms) -> Held:
    return Held(row, rooms, tuple(_problems(row, rooms)))


def _problems(row: Row, rooms: Rooms) -> Iterator[str]:
    """What is missing, each named by the file in which it belongs."""
    missing: Mapping[str, bool] = {
        f"没有规程 no playbook bot/policy/playbooks/…/{row.id}.yml": rooms.playbook is None,
        f"没有话术 no wording scripts_zh/{row.id}.yml": not rooms.wordings,
        f"没有例子 no worked cases tests/policy/cases/{row.id}.cases.yml": rooms.worked == 0,
        f"没有练习 no practice scenario bot/policy/scenarios/{row.id}.yml": (
            Surface.TRAINEE in row.surfaces and not rooms.practices
        ),
        f"没有意图 no intent {row.id} in domain.yml": row.intent and not rooms.understood,
    }
    yield from (what for what, is_missing in missing.items() if is_missing)
    if rooms.playbook is not None:
        yield from _misplaced(row, rooms.playbook)


def _misplaced(row: Row, playbook: Playbook) -> Iterator[str]:
    """Whether the bot answers just what the casebook leaves to it."""
    answers = any(_is_the_bots(step, playbook) for step in playbook.steps)
    if answers and Surface.BOT not in row.surfaces:
        yield "机器人不该回答 the casebook does not leave it to the bot"
    if not answers and Surface.BOT in row.surfaces:
        yield "没有机器人能回答的步骤 no step is the bot's"


def _is_the_bots(step: Step, playbook: Playbook) -> bool:
    by_default = playbook.bot and step.decision in (Decision.COLLECT, Decision.INFORM)
    return step.by is Role.BOT or (step.by is None and by_default)
