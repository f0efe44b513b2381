"""The running shop: its parts, warmed up, and Rasa beside them."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.services.changes import Changes
from bot.wiring.chat_room import handoffs
from bot.wiring.parts import (
    RASA_URL_SETTING,
    Progress,
    casework,
    demo_shop,
    desk,
    is_demo,
    orders,
    policy_store,
    quiet,
    rasa_files,
    shop_database,
    var_folder,
    with_key_phrases,
    words,
)

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.adapters.policy_store import PolicyStore
    from bot.adapters.resilient_reader import ResilientReader
    from bot.services.casework import Casework
    from bot.services.desk import Desk
    from bot.services.reception import Reception


@dataclass(frozen=True, slots=True)
class Serving:
    """The parts of a running shop."""

    database: "Database"
    policy: "PolicyStore"
    reader: "ResilientReader"
    desk: "Desk"
    changes: Changes = field(default_factory=Changes)
    """Tells of each conversation in which something has changed."""

    @property
    def reception(self) -> "Reception":
        """The bot's side of the desk."""
        from bot.adapters.desk_sql import SqlDeskState
        from bot.services.reception import Reception

        return Reception(
            self.desk,
            self.policy.current,
            orders(self.database),
            SqlDeskState(self.database),
            handoffs(self.database),
        )

    @property
    def casework(self) -> "Casework":
        """The work on records."""
        return casework(self.database, self.policy)


_serving: list[Serving] = []


@contextmanager
def serving() -> Iterator[Serving]:
    """The parts of the running shop, warmed up, for as long as the application runs."""
    from bot.adapters.orders_sql import SqlOrders
    from bot.adapters.rasa_understanding import RasaReader

    url = os.environ.get(RASA_URL_SETTING, "http://127.0.0.1:5005")
    reading = words()
    reading.warm_up()
    with (
        closing(shop_database()) as database,
        closing(RasaReader(url)) as rasa,
        closing(with_key_phrases(rasa)) as resilient,
    ):
        if is_demo():
            demo_shop().load_into(SqlOrders(database))
        store = policy_store()
        store.current().warm_up()
        changes = Changes()
        ours = desk(resilient, database, store.current, reading, tell=changes.tell)
        _serving.append(Serving(database, store, resilient, ours, changes))
        try:
            yield _serving[-1]
        finally:
            _serving.pop()


def serving_now() -> Serving:
    """The running shop, for doors that a framework makes without arguments.

    Raises:
        LookupError: no shop is running in this process.
    """
    if not _serving:
        raise LookupError("no shop is running in this process")
    return _serving[-1]


@contextmanager
def rasa_for_server(host: str, port: int, progress: Progress = quiet) -> Iterator[str]:
    """Rasa beside the application at this host and port, to be found by the other commands."""
    from bot.adapters import server_state
    from bot.adapters.which_rasa import serving_rasa

    with serving_rasa(rasa_files(), actions=f"{_reachable(host)}:{port}", progress=progress) as url:
        os.environ[RASA_URL_SETTING] = url
        state = server_state.ServerState(os.getpid(), host, port, url)
        server_state.write(var_folder(), state)
        try:
            yield url
        finally:
            server_state.remove(var_folder(), state.pid)


def _reachable(host: str) -> str:
    """Where Rasa, on this machine, finds an application that listens at ``host``."""
    if host in {"0.0.0.0", "::", "localhost"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
