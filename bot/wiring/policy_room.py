"""What the lead's policy pages work with."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.services.ports.policy import ChangedMeanwhile, NoSuchFile, NotWritable, Unreadable
from bot.wiring.parts import CHECKOUT, desk, orders, scratch_database, var_folder, words

if TYPE_CHECKING:
    from datetime import date

    from bot.adapters.database import Database
    from bot.core.conversation import Conversation
    from bot.services.comparison import Change, Compared
    from bot.services.policy_editing import PolicyEditing
    from bot.services.ports.policy import PolicyFiles
    from bot.wiring.running import Serving

__all__ = [
    "ChangedMeanwhile",
    "NoSuchFile",
    "NotWritable",
    "Unreadable",
    "compare_drafts",
    "policy_drafts",
    "policy_editing",
    "worked_conversations",
]
POLICY_ROOT = CHECKOUT
WORKED = CHECKOUT / "tests/policy/scenarios"
"""Conversations by which the rules were agreed; an installation may be without them."""


def policy_drafts(root: Path | None = None) -> "PolicyFiles":
    """The files of the house's policy, and what is to become of them."""
    from bot.adapters.policy_drafts import PolicyDrafts

    return PolicyDrafts(root or POLICY_ROOT, var_folder() / "policy")


def policy_editing() -> "PolicyEditing":
    """Changes of single values of it."""
    from bot.adapters.policy_texts import YamlTexts
    from bot.services.policy_editing import PolicyEditing

    return PolicyEditing(policy_drafts(), YamlTexts())


def worked_conversations() -> bool:
    """Whether there are any to play."""
    return WORKED.is_dir()


def compare_drafts(
    parts: "Serving",
    drafts: "PolicyFiles",
    count: "Compared",
    day: "date",
    most: int | None = None,
) -> "Iterator[Change]":
    """What the changes that do not count yet would advise otherwise, told as of this day: in the
    shop's own conversations, so many of the latest ones; in the worked ones where no number is
    given.

    Raises:
        PolicyError: the policy would be wrong.
    """
    from bot.adapters.policy_files import load_checked
    from bot.services.comparison import Remembering, compare
    from bot.services.moved_orders import MovedOrders, told_on

    with drafts.trial() as root, scratch_database() as one, scratch_database() as two:
        old, new = parts.policy.current(), load_checked(root / "bot/policy", root / "scripts_zh")
        past, source = (
            (_worked(one), one) if most is None else (_latest(parts, most), parts.database)
        )
        count.of = len(past)
        known, remembering, reading = (
            MovedOrders(orders(source)),
            Remembering(parts.reader),
            words(),
        )
        before = desk(remembering, source, lambda: old, reading, kept_in=one, of_orders=known)
        after = desk(remembering, source, lambda: new, reading, kept_in=two, of_orders=known)
        yield from compare(told_on(past, day, known), before, after, count)


def _latest(parts: "Serving", most: int) -> "list[Conversation]":
    from bot.adapters.conversations_sql import SqlConversations

    kept = SqlConversations(parts.database)
    return list(filter(None, map(kept.load, list(kept.ids())[-most:])))


def _worked(scratch: "Database") -> "list[Conversation]":
    """The worked conversations; their orders are put into this database."""
    from bot.adapters.scenario_files import read_scenarios
    from bot.adapters.yaml_files import files

    scenarios = [one for path in files(WORKED) for one in read_scenarios(path)]
    orders(scratch).upsert(*(order for one in scenarios for order in one.orders))
    return [scenario.conversation() for scenario in scenarios]
