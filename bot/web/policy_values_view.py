"""Single figures, wordings and answers as forms show them: as somebody wants them to become."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import wiring
from bot.core.figure_entry import shown
from bot.core.playbook import Playbook, Step
from bot.core.policy import Policy
from bot.core.policy_words import UNITS, figure
from bot.services.policy_index import packs
from bot.services.ports import PolicyError
from bot.services.ports.policy import Answer, Dated, FigureText
from bot.web.policy_view import file_of


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A figure's value from a day on."""

    dated: Dated
    text: str
    """As people write it, with its unit; empty where the figure ends."""
    new: bool
    """It is wanted and does not count yet."""
    now: bool
    """It counts today."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
    figure: FigureText
    values: Sequence[ShownValue]
    own: bool
    """The file that is looked at is there, or is to be: a shop has its own."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A step as it is to be worded."""

    step: Step
    texts: Sequence[str]
    own: bool
    """The file that is looked at words it; else what all shops share does."""


def dated(file: str, house: str, today: date) -> ShownFigure | None:
    """The figure by day, of this file or else of the house's; none where it cannot be read."""
    files, texts = wiring.policy_drafts(), wiring.policy_editing().texts
    text = files.wanted(file)
    try:
        wanted = texts.figure(text or files.wanted(house))
        before = texts.figure(files.text(file) or files.text(house)) if text else wanted
    except (wiring.Unreadable, wiring.NoSuchFile):
        return None
    begun = [one.first for one in before.dated if one.first <= today]
    values = [
        ShownValue(
            one,
            _told(one, wanted),
            new=one not in before.dated,
            now=one in before.dated and one.first == max(begun, default=None),
        )
        for one in wanted.dated
    ]
    return ShownFigure(wanted, values, bool(text))


def _told(one: Dated, figure: FigureText) -> str:
    text = shown(one.value, figure.unit)
    return text + UNITS[figure.unit] if text else ""


def own_figures(
    name: str, house: Policy, others: Mapping[str, Policy], today: date
) -> Sequence[tuple[str, str, str]]:
    """Each shop's folder, what it is called, and the figure it has of its own, if any."""
    titles, files = packs(house), wiring.policy_drafts()
    return [
        (pack, titles[pack], figure(name, policy, today) if _has(pack, name, files.names()) else "")
        for pack, policy in others.items()
    ]


def _has(pack: str, name: str, names: Sequence[str]) -> bool:
    return file_of("parameters", name, pack) in names


def worded(file: str, book: Playbook, policy: Policy) -> Sequence[Worded] | None:
    """Every step with its variants; none where the file cannot be read."""
    files, texts = wiring.policy_drafts(), wiring.policy_editing().texts
    try:
        own = texts.wording(files.wanted(file))
    except wiring.Unreadable:
        return None
    return [
        Worded(
            step,
            own.get(step.id) or policy.scripts.variants(f"{book.id}.{step.id}"),
            step.id in own,
        )
        for step in book.steps
    ]


def by_key(faults: Iterable[PolicyError], file: str) -> Mapping[str, str]:
    """How to mend each place of this file that is wrong."""
    return {fault.key: fault.mend for fault in faults if fault.path == Path(file)}


def answers(file: str) -> Mapping[str, Answer] | None:
    """A shop's answers by name; none where the file cannot be read."""
    try:
        return wiring.policy_editing().texts.answers(wiring.policy_drafts().wanted(file))
    except (wiring.Unreadable, wiring.NoSuchFile):
        return None
