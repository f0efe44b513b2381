"""A phrase's picture on its way to the customer, after the words it belongs to."""

from secrets import token_urlsafe

from bot import wiring
from bot.core.conversation import Speaker
from bot.core.people import Person
from bot.services.ports.chat import Photo
from bot.services.sending import Outgoing
from bot.web.chat_view import PHOTO
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop


def send_picture(shop: RunningShop, reply: Outgoing, name: str, by: Person) -> None:
    """Send the picture of this name after the reply; nothing where there is none."""
    found = wiring.phrase_pictures().read(name) if name else None
    if found is None:
        return
    picture = wiring.checked_picture(found[1])
    now, c, message_id = moment(None), reply.conversation_id, f"{reply.message_id}:picture"
    shop.desk.observe(c, message_id, PHOTO, now, Speaker.AGENT, author=by.name)
    photo = Photo(
        token_urlsafe(24), c, message_id, picture.kind, picture.width, picture.height, now
    )
    wiring.photos(shop.parts.database).keep(photo, picture.data)
    shop.desk.announce(c)
