"""`/lead/people` and `/lead/audit`: who may sign in, and who has changed what."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from bot import wiring
from bot.core.access import MANAGING
from bot.core.accounts import SHORTEST_PASSWORD, STAFF, AccountRefused
from bot.core.people import Person
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.routes.sign_in import Field
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only

LINES = 50
Lead = Annotated[Person, Depends(only(*MANAGING))]
router = APIRouter(prefix="/lead", include_in_schema=False)


@router.get("/people")
def people(request: Request, me: Lead, shop: Shop) -> Response:
    return _people(request, shop, "people/list.html")


@router.post("/people")
def create(
    request: Request, me: Lead, shop: Shop, name: Field = "", role: Field = "", password: Field = ""
) -> Response:
    try:
        kept = wiring.accounts(shop.parts.database)
        made = kept.create(me, moment(None), name, role, password)
    except AccountRefused as refused:
        return _people(request, shop, fault=str(refused))
    return _people(request, shop, told=f"{made.name}可以登录了，请把密码告诉本人，登录后自己换掉。")


@router.post("/people/{name}")
def revise(
    request: Request, me: Lead, shop: Shop, name: str, role: Field = "", active: Field = ""
) -> Response:
    try:
        kept = wiring.accounts(shop.parts.database)
        kept.revise(me, moment(None), name, role, bool(active))
    except AccountRefused as refused:
        return _people(request, shop, fault=str(refused))
    return _people(request, shop, told=f"{name}的账号改好了。")


@router.post("/people/{name}/password")
def reset(request: Request, me: Lead, shop: Shop, name: str) -> Response:
    try:
        password = wiring.accounts(shop.parts.database).reset_password(me, moment(None), name)
    except AccountRefused as refused:
        return _people(request, shop, fault=str(refused))
    return _people(request, shop, told=f"{name}的新密码：{password} 。只显示这一次，请转告本人。")


@router.get("/audit")
def audit(
    request: Request, me: Lead, shop: Shop, before: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    lines = wiring.audit(shop.parts.database).latest(LINES, before)
    more = lines[-1].id if len(lines) == LINES else None
    return page(request, "people/audit.html", lines=lines, more=more)


def _people(
    request: Request,
    shop: RunningShop,
    template: str = "people/table.html",
    fault: str = "",
    told: str = "",
) -> Response:
    return page(
        request,
        template,
        status=422 if fault else 200,
        people=wiring.accounts(shop.parts.database).all(),
        staff_roles=STAFF,
        shortest=SHORTEST_PASSWORD,
        fault=fault,
        told=told,
    )
