"""Signing in and out, one's own page, and the way to the page where one starts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import start_of
from bot.core.accounts import SHORTEST_PASSWORD, AccountRefused, TooManyAttempts
from bot.web.origins import from_our_page
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import Shop
from bot.web.signed_in import Me, own_path, sign_in
from bot.web.texts import clean

Field = Annotated[str, Form(max_length=1_000), AfterValidator(clean)]
router = APIRouter(include_in_schema=False)


@router.get("/")
def start(me: Me) -> Response:
    """To the page where this role starts."""
    return RedirectResponse(start_of(me.role), 303)


@router.get("/login")
def login_page(request: Request, next: str = "/") -> Response:
    return _login(request, next)


@router.post("/login", dependencies=[Depends(from_our_page)])
def login(
    request: Request, shop: Shop, name: Field = "", password: Field = "", next: Field = "/"
) -> Response:
    caller = request.client.host if request.client else ""
    try:
        account = wiring.accounts(shop.parts.database).sign_in(name, password, caller)
    except AccountRefused as refused:
        status = 429 if isinstance(refused, TooManyAttempts) else 422
        return _login(request, next, name, str(refused), status)
    sign_in(request, account)
    return RedirectResponse(own_path(next), 303)


@router.post("/logout")
def logout(request: Request) -> Response:
    request.session.clear()
    return Response(headers={"HX-Redirect": "/login"})


@router.get("/account")
def account_page(request: Request, me: Me) -> Response:
    return page(request, "people/account.html", shortest=SHORTEST_PASSWORD)


@router.post("/account/password")
def change_password(
    request: Request, me: Me, shop: Shop, old: Field = "", new: Field = ""
) -> Response:
    """One's own password; this browser stays signed in, all others have to sign in again."""
    try:
        people = wiring.accounts(shop.parts.database)
        sign_in(request, people.change_password(me, moment(None), old, new))
    except AccountRefused as refused:
        return page(request, "people/told.html", status=422, fault=str(refused))
    return page(request, "people/told.html", fault="", told="密码已经换了。")


def _login(
    request: Request, next: str, name: str = "", fault: str = "", status: int = 200
) -> Response:
    staff = wiring.demo_staff() if wiring.is_demo() else None
    return page(
        request,
        "people/login.html",
        status=status,
        next=own_path(next),
        name=name,
        fault=fault,
        staff=staff,
    )
