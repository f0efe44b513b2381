"""What the lead's policy pages work with."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.services.ports.policy import ChangedMeanwhile, NoSuchFile, NotWritable
from bot.wiring.parts import CHECKOUT, desk, scratch_database, var_folder, words

if TYPE_CHECKING:
    from bot.services.comparison import Change, Compared
    from bot.services.ports.policy import PolicyFiles
    from bot.wiring.running import Serving

__all__ = [
    "ChangedMeanwhile",
    "NoSuchFile",
    "NotWritable",
    "compare_drafts",
    "policy_drafts",
]
POLICY_ROOT = CHECKOUT


def policy_drafts(root: Path | None = None) -> "PolicyFiles":
    """The files of the house's policy, and what is to become of them."""
    from bot.adapters.policy_drafts import PolicyDrafts

    return PolicyDrafts(root or POLICY_ROOT, var_folder() / "policy")


def compare_drafts(
    parts: "Serving", drafts: "PolicyFiles", count: "Compared", most: int
) -> "Iterator[Change]":
    """What the changes that do not count yet would have advised otherwise in the shop's own
    conversations, the latest ones.

    Raises:
        PolicyError: the policy would be wrong.
    """
    from bot.adapters.conversations_sql import SqlConversations
    from bot.adapters.policy_files import load_checked
    from bot.services.comparison import Remembering, compare

    kept = SqlConversations(parts.database)
    with drafts.trial() as root, scratch_database() as one, scratch_database() as two:
        old, new = parts.policy.current(), load_checked(root / "bot/policy", root / "scripts_zh")
        remembering, reading = Remembering(parts.reader), words()
        before = desk(remembering, parts.database, lambda: old, reading, kept_in=one)
        after = desk(remembering, parts.database, lambda: new, reading, kept_in=two)
        latest = list(kept.ids())[-most:]
        yield from compare(filter(None, map(kept.load, latest)), before, after, count)
