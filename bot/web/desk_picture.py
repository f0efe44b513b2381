"""A phrase's picture on its way to the customer, after the words it belongs to."""

from bot import wiring
from bot.core.conversation import Speaker
from bot.core.people import Person
from bot.services.sending import Outgoing
from bot.web.photos import PHOTO, keep_photo
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop


def send_picture(shop: RunningShop, reply: Outgoing, name: str, by: Person) -> None:
    """Send the picture of this name after the reply; nothing where there is none."""
    found = wiring.phrase_pictures().read(name) if name else None
    if found is None:
        return
    picture = wiring.checked_picture(found[1])
    c, message_id = reply.conversation_id, f"{reply.message_id}:picture"
    shop.desk.observe(c, message_id, PHOTO, moment(None), Speaker.AGENT, author=by.name)
    keep_photo(shop, c, message_id, picture)
