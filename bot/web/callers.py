"""Who calls the interface: whoever is signed in, else a program of this machine."""

from collections.abc import Callable, Collection
from contextlib import suppress

from fastapi import Request
from starlette.exceptions import HTTPException

from bot.core.people import Person, Role, titles
from bot.web.hosts import bound_hosts, on_this_machine
from bot.web.signed_in import NotSignedIn, signed_in

ELSEWHERE = "只给登录的人和本机的程序用 sign in, or call from this machine"


def caller(request: Request) -> Person | None:
    """Who is signed in; ``None`` for a program of this machine. Nobody else may call."""
    with suppress(NotSignedIn):
        return signed_in(request)
    if request.client is None or not on_this_machine(request.client.host, bound_hosts()):
        raise HTTPException(403, ELSEWHERE)
    return None


def one_of(roles: Collection[Role]) -> Callable[[Request], Person | None]:
    """A dependency: the caller, who must have one of these roles if signed in."""

    def allowed(request: Request) -> Person | None:
        person = caller(request)
        if person and person.role not in roles:
            raise HTTPException(403, f"只给{titles(roles)}用 not for your role")
        return person

    return allowed
