"""A picture becomes part of a conversation: kept with its message, shown to all who look on."""

from secrets import token_urlsafe

from bot import wiring
from bot.services.ports.chat import Photo, Picture
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop

PHOTO = "[图片]"
"""What stands in the conversation for a picture; the bot reads it as one."""


def keep_photo(shop: RunningShop, conversation_id: str, message_id: str, picture: Picture) -> None:
    """Keep the picture of a message that is there already."""
    photo = Photo(
        token_urlsafe(24),
        conversation_id,
        message_id,
        picture.kind,
        picture.width,
        picture.height,
        moment(None),
    )
    wiring.photos(shop.parts.database).keep(photo, picture.data)
    shop.desk.announce(conversation_id)
