"""What the customers' chat works with: hand-overs, pictures, how fast one may write."""

from functools import cache
from typing import TYPE_CHECKING

from bot.wiring.parts import var_folder

if TYPE_CHECKING:
    from bot.adapters.database import Database
    from bot.adapters.pace import LimitedPace
    from bot.services.ports.chat import Handoffs, Photos, Picture


def handoffs(database: "Database") -> "Handoffs":
    """With what the bot has handed customers over."""
    from bot.adapters.chat_sql import SqlHandoffs

    return SqlHandoffs(database)


def photos(database: "Database") -> "Photos":
    """The pictures that customers have sent."""
    from bot.adapters.chat_sql import SqlPhotos

    return SqlPhotos(database, var_folder() / "photos")


def checked_picture(data: bytes) -> "Picture":
    """The picture in these bytes, without what it carries along.

    Raises:
        PictureRefused: no picture, or too large.
    """
    from bot.adapters.pictures import checked

    return checked(data)


@cache
def chat_pace() -> "LimitedPace":
    """One count for all customers of this process."""
    from bot.adapters.pace import LimitedPace

    return LimitedPace()
