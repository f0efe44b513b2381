"""Conversations played again: worked ones, and past ones through another policy."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.wiring.parts import (
    Progress,
    desk,
    orders,
    policy_folders,
    policy_store,
    quiet,
    reader,
    scratch_database,
    shop_database,
    words,
)

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.core.conversation import Conversation
    from bot.core.policy import Policy
    from bot.core.scenario import Scenario
    from bot.services.comparison import Change, Compared
    from bot.services.desk import Desk
    from bot.services.replay import Played


def replay(
    paths: Sequence[Path], progress: Progress = quiet, as_of: date | None = None
) -> "Iterator[Played]":
    """Each scenario of these files, played in a throw-away database; on another day if one is
    given.
    """
    from bot.adapters.scenario_files import read_scenarios
    from bot.services.replay import play

    read = (scenario for path in paths for scenario in read_scenarios(path))
    scenarios = [scenario.on(as_of) if as_of else scenario for scenario in read]
    store, reading = policy_store(), words()
    with reader(progress, key_phrases=False) as understands:

        @contextmanager
        def desk_for(scenario: "Scenario") -> "Iterator[Desk]":
            with scratch_database() as database:
                orders(database).upsert(*scenario.orders)
                yield desk(understands, database, store.current, reading)

        yield from play(scenarios, desk_for)


def compare(
    other: Path, logs: Sequence[Path], count: "Compared", progress: Progress = quiet
) -> "Iterator[Change]":
    """What the policy in ``other`` would have advised otherwise in past conversations.

    Args:
        other: a shop's pack, or a checkout with another policy.
        logs: scenarios (``.yml``) and logs (``.jsonl``); the shop's own conversations when empty.

    Raises:
        PolicyError: the other policy is wrong; names file, line, key and mend.
    """
    from bot.services.comparison import Remembering
    from bot.services.comparison import compare as play

    old, new = _versions(other)
    with (
        closing(shop_database()) as shop,
        scratch_database() as one,
        scratch_database() as two,
        reader(progress, key_phrases=False) as understands,
    ):
        remembering, reading = Remembering(understands), words()
        for source, past in _past(logs, shop, one):
            before = desk(remembering, source, lambda: old, reading, kept_in=one)
            after = desk(remembering, source, lambda: new, reading, kept_in=two)
            yield from play(past, before, after, count)


def _versions(other: Path) -> "tuple[Policy, Policy]":
    """The policy in use and the other one."""
    from bot.adapters.policy_files import load_checked, load_trial

    if (other / "pack.yml").exists():
        return load_trial(*policy_folders(), other)
    return policy_store().current(), load_checked(other / "bot/policy", other / "scripts_zh")


def _past(
    logs: Sequence[Path], shop: "Database", scratch: "Database"
) -> "Iterator[tuple[Database, Iterable[Conversation]]]":
    """Past conversations, and the database that holds their orders."""
    from bot.adapters.conversations_sql import SqlConversations
    from bot.adapters.scenario_files import read_scenarios
    from bot.core.moments import SHANGHAI
    from bot.services.logs import read_log

    if not logs:
        kept = SqlConversations(shop)
        yield shop, filter(None, map(kept.load, kept.ids()))
    for path in logs:
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8-sig") as lines:
                yield shop, read_log(lines, datetime.now(SHANGHAI))
        else:
            scenarios = [*read_scenarios(path)]
            orders(scratch).upsert(*(order for one in scenarios for order in one.orders))
            yield scratch, (scenario.conversation() for scenario in scenarios)
