"""Who is signed in: the session is a signed cookie that names an account and its version."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from bot import wiring
from bot.core.accounts import Account
from bot.core.people import Person, Role, titles
from bot.web.shop import RunningShop

COOKIE = "shouhou"
HOURS = 12
"""A shift: after so long without a request one signs in again."""


class NotSignedIn(Exception):
    """Nobody is signed in here, or the account has changed since."""


def signed_in(connection: HTTPConnection) -> Person:
    """Raises NotSignedIn."""
    shop: RunningShop = connection.app.state.shop
    session = connection.session
    name, version = session.get("name", ""), session.get("version", 0)
    account = wiring.accounts(shop.parts.database).current(name, version) if name else None
    if account is None:
        session.clear()
        raise NotSignedIn
    connection.state.me = account.person
    return account.person


Me = Annotated[Person, Depends(signed_in)]


def only(*roles: Role) -> Callable[[Person], Person]:
    """A dependency: the person, whose role must be one of these."""

    def allowed(me: Me) -> Person:
        if me.role not in roles:
            raise HTTPException(403, f"这一页只给{titles(roles)}用")
        return me

    return allowed


def sign_in(connection: HTTPConnection, account: Account) -> None:
    """From now on this browser is this account's; whatever the session held before is gone."""
    connection.session.clear()
    connection.session.update(name=account.name, version=account.version)


def login_address(path: str) -> str:
    """Where to sign in, to come back to this path afterwards."""
    return f"/login?next={quote(path, safe='')}" if path != "/" else "/login"


def own_path(given: str) -> str:
    """A path of our own to go to; the start page instead of any other address."""
    ours = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if ours else "/"
