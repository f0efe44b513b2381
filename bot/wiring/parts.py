"""The shop's parts: database, orders, policy, understanding and the desk that joins them."""

import atexit
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.core.understanding import Understanding
from bot.services.ports import Reader

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.adapters.demo_shop import DemoShop
    from bot.adapters.orders_sql import SqlOrders
    from bot.adapters.policy_store import PolicyStore
    from bot.adapters.rasa_process import RasaFiles
    from bot.adapters.resilient_reader import ResilientReader
    from bot.core.context import ContextModel
    from bot.core.orders import Order
    from bot.core.policy import Policy
    from bot.services.casework import Casework
    from bot.services.desk import Desk
    from bot.services.duties import Duties
    from bot.services.handover import Handovers
    from bot.services.order_import import ImportReport
    from bot.services.order_import import Progress as ImportProgress
    from bot.services.ports import Conversations, Orders
    from bot.services.record_import import RecordImport
    from bot.services.record_sheets import RecordSheets
    from bot.services.words import Words

CHECKOUT = Path(__file__).resolve().parents[2]
VAR_SETTING = "SHOUHOU_VAR"
VERSION = "0.1.0"
MODEL_SETTING = "SHOUHOU_MODEL"
RASA_URL_SETTING = "SHOUHOU_RASA_URL"
DEMO_SETTING = "SHOUHOU_DEMO"

Progress = Callable[[float], None]


def quiet(_seconds: float) -> None:
    """Progress that nobody watches."""


def var_folder() -> Path:
    """Where a running shop keeps its files: ``SHOUHOU_VAR``, else ``var`` in the checkout."""
    return Path(os.environ.get(VAR_SETTING) or CHECKOUT / "var")


@contextmanager
def reader(progress: Progress = quiet, key_phrases: bool = True) -> Iterator[Reader]:
    """Understanding for one run: the running server's, else one started for the run.

    Without ``key_phrases`` a message that Rasa does not answer is an error, not a guess.
    """
    from bot.adapters.rasa_understanding import RasaReader
    from bot.adapters.which_rasa import running_rasa

    with (
        running_rasa(rasa_files(), var_folder(), progress) as url,
        closing(RasaReader(url, read_seconds=30)) as rasa,
    ):
        if key_phrases:
            with closing(with_key_phrases(rasa)) as resilient:
                yield resilient
        else:
            yield rasa


def advise_once(
    order_no: str, text: str, progress: Progress = quiet, as_of: date | None = None
) -> dict[str, Any]:
    """The advice on one message about one order, in the form that interfaces promise.

    Args:
        as_of: the day the message is of; today when absent.

    Raises:
        UnknownOrder: the shop's database has no order with this number.
    """
    from bot.core.moments import SHANGHAI
    from bot.services.desk import Message

    now = datetime.now(SHANGHAI)
    at = datetime.combine(as_of or now.date(), now.timetz())
    name = f"once-{uuid4()}"
    message = Message(name, name, text, at, order_no=order_no, channel="command line")
    with closing(shop_database()) as database, scratch_database() as scratch:
        known_order(database, order_no)  # before Rasa is started in vain
        with reader(progress) as understands:
            return desk(understands, database, policy_store().current, kept_in=scratch).advise(
                message
            )


def policy_of(order_no: str) -> "Policy":
    """The policy of the shop that the order belongs to."""
    with closing(shop_database()) as database:
        return policy_store().current().for_shop(known_order(database, order_no).shop)


def known_order(database: "Database", order_no: str) -> "Order":
    """The order of this number.

    Raises:
        UnknownOrder: there is none.
    """
    from bot.adapters.orders_sql import SqlOrders
    from bot.services.ports import UnknownOrder

    order = SqlOrders(database).by_order_no(order_no)
    if order is None:
        raise UnknownOrder(order_no)
    return order


def orders(database: "Database") -> "SqlOrders":
    """The orders of this database."""
    from bot.adapters.orders_sql import SqlOrders

    return SqlOrders(database)


def conversations(database: "Database") -> "Conversations":
    """The conversations of this database."""
    from bot.adapters.conversations_sql import SqlConversations

    return SqlConversations(database)


def is_demo() -> bool:
    """Whether this is the demo shop."""
    return os.environ.get(DEMO_SETTING) == "1"


def featured_orders() -> tuple[tuple[str, str], ...]:
    """Orders of the demo shop to try things on: their situation and number; none without it."""
    return _featured() if is_demo() else ()


@lru_cache(maxsize=1)
def _featured() -> tuple[tuple[str, str], ...]:
    return tuple(demo_shop().featured())


@lru_cache(maxsize=1)
def demo_shop() -> "DemoShop":
    """The demo shop of the day on which it was opened, also after midnight."""
    from bot.adapters.demo_shop import DemoShop
    from bot.core.moments import SHANGHAI

    return DemoShop(policy_folders()[0], datetime.now(SHANGHAI).date())


@contextmanager
def scratch_database() -> "Iterator[Database]":
    """An empty database that is gone afterwards."""
    from bot.adapters.database import Database, sqlite_url

    with TemporaryDirectory(prefix="shouhou-") as folder:
        file = Path(folder) / "scratch.db"
        shutil.copyfile(empty_database(), file)
        with closing(Database(sqlite_url(file))) as database:
            yield database


@lru_cache(maxsize=1)
def empty_database() -> Path:
    """A file with the newest tables and nothing in them, to be copied: making one takes longer than
    what most are made for.
    """
    from bot.adapters.database import Database, sqlite_url

    folder = Path(mkdtemp(prefix="shouhou-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with closing(Database(sqlite_url(folder / "empty.db"))) as database:
        database.migrate()
    return folder / "empty.db"


def policy_folders() -> tuple[Path, Path]:
    """Where the shop's policy and wording stand."""
    return CHECKOUT / "bot/policy", CHECKOUT / "scripts_zh"


def policy_store() -> "PolicyStore":
    from bot.adapters.policy_store import PolicyStore

    return PolicyStore(*policy_folders())


def shop_database() -> "Database":
    """The shop's database, its tables brought to the newest form."""
    from bot.adapters.database import URL_SETTING, Database, sqlite_url

    database = Database(os.environ.get(URL_SETTING) or sqlite_url(var_folder() / "shouhou.db"))
    database.migrate()
    return database


def desk(
    understands: Reader,
    database: "Database",
    policy: "Callable[[], Policy]",
    reading: "Words | None" = None,
    kept_in: "Database | None" = None,
    tell: Callable[[str], None] | None = None,
    of_orders: "Orders | None" = None,
) -> "Desk":
    """The desk on this database; its conversations may be kept in another one, and its orders be
    others.
    """
    from bot.adapters.conversations_sql import SqlConversations
    from bot.adapters.orders_sql import SqlOrders
    from bot.adapters.promises_sql import SqlPromises
    from bot.services.desk import Desk, tell_nobody

    return Desk(
        policy,
        of_orders or SqlOrders(database),
        SqlConversations(kept_in or database),
        understands,
        reading or words(),
        SqlPromises(kept_in or database),
        context_model(),
        tell or tell_nobody,
    )


def context_model() -> "ContextModel | None":
    """What the model that is in use has learned about the words before a message.

    Raises:
        BrokenContext: its file is not what training writes.
    """
    from bot.adapters.context_file import beside

    path = beside(rasa_files().model)
    return _context_in(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _context_in(path: Path, _changed: int) -> "ContextModel | None":
    from bot.adapters.context_file import read_context

    return read_context(path)


def duties(database: "Database", store: "PolicyStore") -> "Duties":
    """What is to be done on a day, by this database."""
    from bot.adapters.promises_sql import SqlPromises
    from bot.adapters.registers_sql import SqlRegisters
    from bot.services.duties import Duties
    from bot.services.ledger import Ledger
    from bot.services.open_records import OpenInRegisters

    ledger = Ledger(store.current, SqlPromises(database), orders(database))
    records = OpenInRegisters(store.current, SqlRegisters(database))
    return Duties(store.current, ledger, records)


def handovers(database: "Database", store: "PolicyStore") -> "Handovers":
    """What the next shift must know, by this database."""
    from bot.services.handover import Handovers

    return Handovers(duties(database, store), conversations(database))


def words() -> "Words":
    from bot.services.words import Words

    return Words()


def import_orders(path: Path, progress: "Callable[[ImportProgress], None]") -> "ImportReport":
    """Import a platform's order export into the shop's database.

    Raises:
        BrokenTable: the file cannot be read to its end.
        NotAnOrderExport: needed columns are missing.
    """
    from bot.adapters.orders_sql import SqlOrders
    from bot.adapters.tables import FileTables
    from bot.core.moments import SHANGHAI
    from bot.services.order_import import OrderImport

    today = datetime.now(SHANGHAI).date()
    with closing(shop_database()) as database:
        importer = OrderImport(FileTables(), SqlOrders(database))
        return importer.run(path, today, progress=progress)


def casework(database: "Database", store: "PolicyStore") -> "Casework":
    """The work on this database's records."""
    from bot.adapters.registers_sql import SqlRegisters
    from bot.services.casework import Casework

    return Casework(store.current, SqlRegisters(database))


def record_sheets(casework: "Casework") -> "RecordSheets":
    """The registers as a workbook."""
    from bot.adapters.xlsx_workbooks import XlsxWorkbooks
    from bot.services.record_sheets import RecordSheets

    return RecordSheets(casework, XlsxWorkbooks())


def record_import(casework: "Casework") -> "RecordImport":
    """The registers back from a workbook."""
    from bot.adapters.xlsx_workbooks import XlsxWorkbooks
    from bot.services.record_import import RecordImport

    return RecordImport(casework, XlsxWorkbooks())


def heard_by_rasa(text: str, answer: Mapping[str, Any]) -> Understanding:
    """What Rasa's answer, or its tracker's latest message, says of this text."""
    from bot.adapters.rasa_understanding import understanding_from

    return understanding_from(text, answer)


def with_key_phrases(first: Reader) -> "ResilientReader":
    from bot.adapters.key_phrases import KeyPhraseReader
    from bot.adapters.resilient_reader import ResilientReader

    return ResilientReader(first, KeyPhraseReader())


def rasa_files() -> "RasaFiles":
    from bot.adapters.rasa_process import RasaFiles

    model = Path(os.environ.get(MODEL_SETTING) or CHECKOUT / "models/shouhou.tar.gz")
    return RasaFiles(CHECKOUT, model.resolve(), var_folder() / "log/rasa.log")
