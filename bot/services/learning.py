"""Learns from a shop's own chats, and publishes what was learned only when it is not worse.

A candidate is trained on the shop's masked messages beside the shipped ones and compared with the
model in use on labelled messages that neither has learned from: the shop's own where there are
enough, and always the shipped ones.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.core.chat_history import ChatHistory, Example, Group, learned_and_held_out
from bot.core.significance import exact_mcnemar

FEWEST_MESSAGES = 500
"""Fewer messages teach nothing about how words are used."""
ENOUGH = 40
"""Held-out messages of the shop below which a difference means nothing."""
CHANCE = 0.05
"""A loss on the shipped messages that is less likely than this is no accident."""
FIRST_THREE = 3
OWN, SHIPPED = "own", "shipped"

Ranking = Sequence[tuple[str, float]]


class TooLittle(ValueError):
    """The logs hold too little to learn from."""

    def __init__(self, messages: int) -> None:
        super().__init__(
            f"messages: 只有 {messages} 条，至少要 {FEWEST_MESSAGES} 条 too few to learn from;"
            " export more of the shop's chats"
        )


class Workshop(Protocol):
    """Where models are made; each folder is a history, each path a model."""

    def new_history(self, history: ChatHistory, kept: Sequence[Example]) -> Path:
        """Write a history down, with its words as vectors."""
        ...

    def train(self, history: Path) -> Path:
        """A model that has learned from this history beside the shipped messages."""
        ...

    def in_use(self) -> Path: ...

    def rankings(self, model: Path, texts: Sequence[str]) -> Sequence[Ranking]: ...

    def groups(self, history: Path, model: Path) -> list[Group]:
        """What the model does not understand of a history, gathered for a reviewer."""
        ...

    def publish(self, history: Path, model: Path, about: dict[str, Any]) -> str:
        """Put history and model in use; the version's name."""
        ...

    def discard(self, history: Path, model: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Compared:
    """The model in use and the candidate on the same held-out messages; shares are 0 to 1."""

    messages: int
    before: float
    after: float
    before_three: float
    after_three: float
    mended: int
    """Messages that only the candidate understands …"""
    spoilt: int
    """… and that only the model in use does."""

    @property
    def chance(self) -> float:
        """How likely so large a difference is by accident (exact McNemar test, two-sided)."""
        return exact_mcnemar(self.mended, self.spoilt)


@dataclass(frozen=True, slots=True)
class Learned:
    messages: int
    examples: int
    held_out: int
    compared: dict[str, Compared]
    version: str | None
    """``None`` when it was not published."""
    worse: str
    """On which messages the candidate is worse; empty when it is not."""
    groups: tuple[Group, ...] = ()


def learn(
    history: ChatHistory,
    shipped: Sequence[Example],
    workshop: Workshop,
    tell: Callable[[str], None] = lambda _: None,
) -> Learned:
    """Learn from a history, compare, and publish unless the candidate is worse.

    Args:
        shipped: the held-out messages that come with the product.
        tell: told what is being done.

    Raises:
        TooLittle: there are fewer messages than teach anything.
    """
    if len(history.messages) < FEWEST_MESSAGES:
        raise TooLittle(len(history.messages))
    kept, held_out = learned_and_held_out(history.examples)
    tell("vectors")
    folder = workshop.new_history(without(history, held_out), kept)
    tell("train")
    model = workshop.train(folder)
    tell("compare")
    compared = {
        name: compare(examples, workshop, model)
        for name, examples in ((OWN, held_out), (SHIPPED, shipped))
        if examples
    }
    worse = worse_on(compared)
    groups = tuple(workshop.groups(folder, model))
    version = None
    if worse:
        workshop.discard(folder, model)
    else:
        figures = {name: as_figures(one) for name, one in compared.items()}
        about = {
            "messages": len(history.messages),
            "examples": len(kept),
            "compared": figures,
            "groups": [asdict(group) for group in groups],
        }
        version = workshop.publish(folder, model, about)
    counts = (len(history.messages), len(kept), len(held_out))
    return Learned(*counts, compared, version, worse, groups)


def without(history: ChatHistory, held_out: Iterable[Example]) -> ChatHistory:
    """The history with nothing of the messages on which models are compared."""
    hidden = {one.text for one in held_out}
    rest = tuple(text for text in history.messages if text not in hidden)
    return ChatHistory(rest, history.replies, history.examples)


def compare(examples: Sequence[Example], workshop: Workshop, candidate: Path) -> Compared:
    """Both models on these messages."""
    texts = [one.text for one in examples]
    before = workshop.rankings(workshop.in_use(), texts)
    after = workshop.rankings(candidate, texts)
    was = [_right(one, ranking, 1) for one, ranking in zip(examples, before, strict=True)]
    now = [_right(one, ranking, 1) for one, ranking in zip(examples, after, strict=True)]
    count = len(examples)
    return Compared(
        count,
        sum(was) / count,
        sum(now) / count,
        _share(examples, before),
        _share(examples, after),
        mended=sum(n and not w for w, n in zip(was, now, strict=True)),
        spoilt=sum(w and not n for w, n in zip(was, now, strict=True)),
    )


def worse_on(compared: dict[str, Compared]) -> str:
    """On which messages the candidate is worse.

    On the shop's own, where there are enough, any loss counts. The shipped messages hold every
    intent alike and not as this shop's customers write: there only a loss beyond chance counts.
    """
    own, shipped = compared.get(OWN), compared.get(SHIPPED)
    if own and own.messages >= ENOUGH and own.after < own.before:
        return OWN
    if shipped and shipped.after < shipped.before and shipped.chance < CHANCE:
        return SHIPPED
    return ""


def as_figures(one: Compared) -> dict[str, Any]:
    names = ("messages", "before", "after", "before_three", "after_three", "mended", "spoilt")
    return {name: getattr(one, name) for name in names} | {"chance": one.chance}


def _right(example: Example, ranking: Ranking, first: int) -> bool:
    return example.intent in [name for name, _ in ranking[:first]]


def _share(examples: Sequence[Example], rankings: Sequence[Ranking]) -> float:
    right = [
        _right(one, ranking, FIRST_THREE) for one, ranking in zip(examples, rankings, strict=True)
    ]
    return sum(right) / len(right)
