"""The desk as the shop has it, on a database of the test's own: real rules, real storage."""

from pathlib import Path

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.adapters.policy_files import load_checked
from bot.adapters.promises_sql import SqlPromises
from bot.core.policy import Policy
from bot.services.desk import Desk
from bot.services.ports import Reader
from bot.services.words import Words

CHECKOUT = Path(__file__).parents[1]
POLICY = load_checked(CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh")
WORDS = Words()


def desk_on(
    database: Database,
    reader: Reader,
    policy: Policy = POLICY,
    words: Words = WORDS,
    kept_in: Database | None = None,
) -> Desk:
    """A desk on this database; its conversations may be kept in another one."""
    kept = kept_in or database
    return Desk(
        lambda: policy,
        SqlOrders(database),
        SqlConversations(kept),
        reader,
        words,
        SqlPromises(kept),
    )
