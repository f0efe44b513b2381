"""What the customers' chat works with: hand-overs and pictures."""

from typing import TYPE_CHECKING

from bot.wiring.parts import var_folder

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.services.ports.chat import Handoffs, Photos


def handoffs(database: "Database") -> "Handoffs":
    """With what the bot has handed customers over."""
    from bot.adapters.chat_sql import SqlHandoffs

    return SqlHandoffs(database)


def photos(database: "Database") -> "Photos":
    """The pictures that customers have sent."""
    from bot.adapters.chat_sql import SqlPhotos

    return SqlPhotos(database, var_folder() / "photos")
