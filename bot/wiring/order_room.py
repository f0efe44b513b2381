"""What the order pages work with."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.wiring.parts import var_folder
from bot.wiring.people import audit

if TYPE_CHECKING:
    from bot.services.order_import import ImportReport
    from bot.services.order_import import Progress as ImportProgress
    from bot.services.order_keeping import OrderKeeping
    from bot.services.ports.orders import OrderBook
    from bot.wiring.running import Serving


def order_book(parts: "Serving") -> "OrderBook":
    """This shop's orders, to be looked through."""
    from bot.adapters.order_search_sql import SqlOrderBook

    return SqlOrderBook(parts.database)


def order_keeping(parts: "Serving") -> "OrderKeeping":
    """Notes and flags on this shop's orders."""
    from bot.services.order_keeping import OrderKeeping

    def look_again(conversation_id: str, at: datetime) -> None:
        parts.desk.refresh(conversation_id, at)
        parts.desk.announce(conversation_id)

    return OrderKeeping(order_book(parts), audit(parts.database), look_again)


def import_into(
    parts: "Serving",
) -> "Callable[[Path, Callable[[ImportProgress], None]], ImportReport]":
    """Imports an order export into this shop's database."""
    from bot.adapters.orders_sql import SqlOrders
    from bot.adapters.tables import FileTables
    from bot.core.moments import SHANGHAI
    from bot.services.order_import import OrderImport

    importer = OrderImport(FileTables(), SqlOrders(parts.database))

    def run(path: Path, progress: "Callable[[ImportProgress], None]") -> "ImportReport":
        return importer.run(path, datetime.now(SHANGHAI).date(), progress=progress)

    return run


def imports_folder() -> Path:
    """Where the latest imported file and its refused rows are kept."""
    return var_folder() / "imports"
