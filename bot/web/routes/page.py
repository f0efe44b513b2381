"""The page at `/desk`: write as a customer, see the advice, send a reply.

Each form answers with the parts of the page that changed, or, where htmx has not loaded, with the
whole page.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.conversation import Conversation
from bot.core.numbers import clean_number
from bot.core.people import Role
from bot.services.correcting import Named
from bot.services.desk import Message
from bot.services.ports import (
    MessageIdTaken,
    UnknownConversation,
    UnknownIntent,
    UnknownMessage,
    UnknownOrder,
    UnknownScript,
)
from bot.web.conversation_view import view
from bot.web.origins import from_our_page
from bot.web.rendering import page
from bot.web.routes.advice import LONGEST_MESSAGE, moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

CHANNEL = "desk"
AGENT = "客服"
"""Who writes on this page: it does not know people by name."""
LONGEST_NAME = 200
Field = Annotated[str, Form(), AfterValidator(clean)]
TAKEN = "这一条已经发过别的内容了，请刷新页面再发。文字还在。"
GONE = "规则刚改过，这条建议已经不用了，请刷新页面看新的。"
LOST = "找不到客户的这条消息，请刷新页面再选。"
NOT_MEANT = "还没有选，或者没有这件事的规程，请从列表里选一件。"


router = APIRouter(include_in_schema=False)
OUR_PAGE = [Depends(from_our_page), Depends(only(Role.AGENT, Role.SUPERVISOR, Role.LEAD))]


@router.get("/desk", dependencies=OUR_PAGE)
def desk_page(
    request: Request, shop: Shop, c: Annotated[str, AfterValidator(clean)] = ""
) -> Response:
    """The whole page, with the conversation of this id."""
    return _page(request, shop, "desk.html", c)


@router.post("/page/conversations", dependencies=OUR_PAGE)
def start(
    request: Request, shop: Shop, c: Field = "", order_no: Field = "", who: Field = ""
) -> Response:
    """A new conversation: about an order, with a customer, or with nothing known yet."""
    try:
        started = _conversation(shop, who.strip() or order_no)
    except UnknownOrder:
        why = "查不到这个订单号或昵称，请核对后再填；也可以留空，直接开始。"
        return _refused(request, shop, c, "start", why, who, 404)
    wiring.conversations(shop.parts.database).open(started, CHANNEL, moment(None))
    there = _address(started.id)
    return Response(headers={"HX-Redirect": there}) if _htmx(request) else _go(there)


@router.post("/page/messages", dependencies=OUR_PAGE)
def write(
    request: Request, shop: Shop, c: Field = "", message_id: Field = "", text: Field = ""
) -> Response:
    """What the customer wrote, advised on."""
    c, fault = _id(c), _fault(text)
    if fault:
        return _refused(request, shop, c, "customer", fault, text, 422)
    message = Message(c, _id(message_id), text.strip(), moment(None), channel=CHANNEL)
    try:
        shop.desk.advise(message)
    except MessageIdTaken:
        return _refused(request, shop, c, "customer", TAKEN, text, 409)
    return _changed(request, shop, c)


@router.post("/page/replies", dependencies=OUR_PAGE)
def reply(
    request: Request,
    shop: Shop,
    c: Field = "",
    message_id: Field = "",
    text: Field = "",
    script: Field = "",
) -> Response:
    """What the agent replied: a suggestion with its script, or words of their own."""
    c, fault = _id(c), _fault(text)
    if fault:
        return _refused(request, shop, c, "agent", fault, text, 422)
    try:
        shop.desk.observe(c, _id(message_id), text.strip(), moment(None), script=script or None)
    except MessageIdTaken:
        return _refused(request, shop, c, "agent", TAKEN, text, 409)
    except UnknownScript:
        return _refused(request, shop, c, "agent", GONE, text, 422)
    return _changed(request, shop, c)


@router.post("/page/corrections", dependencies=OUR_PAGE)
def correct(
    request: Request, shop: Shop, c: Field = "", about: Field = "", intent: Field = ""
) -> Response:
    """What the customer's message of this id is about, as the agent chose."""
    try:
        shop.desk.correct(c, Named(about, intent, AGENT, moment(None)))
    except UnknownIntent:
        return _refused(request, shop, c, "choice", NOT_MEANT, "", 422)
    except (UnknownConversation, UnknownMessage):
        return _refused(request, shop, c, "choice", LOST, "", 404)
    return _changed(request, shop, c)


def _conversation(shop: RunningShop, wanted: str) -> Conversation:
    """A conversation about the order of this number, else with the customer of this name.

    Raises:
        UnknownOrder: neither is known.
    """
    if not wanted:
        return Conversation(str(uuid4()))
    orders = wiring.orders(shop.parts.database)
    if order := orders.by_order_no(clean_number(wanted)):
        return Conversation(str(uuid4()), order.order_no, order.nickname, order.shop)
    if theirs := orders.by_nickname(wanted):
        return Conversation(str(uuid4()), nickname=wanted, shop=theirs[0].shop)
    raise UnknownOrder(wanted)


def _fault(text: str) -> str:
    """What is wrong with a message; empty when it may be sent."""
    if not text.strip():
        return "还没有写内容。"
    if len(text) > LONGEST_MESSAGE:
        return f"太长了：{len(text)} 字，一条最多 {LONGEST_MESSAGE} 字，请分几条发。"
    return ""


def _id(given: str) -> str:
    return given if 0 < len(given) <= LONGEST_NAME else str(uuid4())


def _htmx(request: Request) -> bool:
    return "hx-request" in request.headers


def _address(c: str) -> str:
    return f"/desk?c={quote(c, safe='')}"


def _go(there: str) -> Response:
    return RedirectResponse(there, 303)


def _changed(request: Request, shop: RunningShop, c: str) -> Response:
    there = _address(c)
    if not _htmx(request):
        return _go(there)
    return _page(request, shop, "changes.html", c, headers={"HX-Replace-Url": there})


def _refused(
    request: Request, shop: RunningShop, c: str, form: str, why: str, draft: str, status: int
) -> Response:
    """The reason beside the field; what was typed stays."""
    errors, drafts = {form: why}, {form: draft}
    template = "refusal.html" if _htmx(request) else "desk.html"
    return _page(request, shop, template, c, status, errors=errors, drafts=drafts)


def _page(
    request: Request,
    shop: RunningShop,
    template: str,
    c: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    context = {
        "chat": view(shop.parts, _id(c), moment(None)),
        "featured": wiring.featured_orders(),
        "health": shop.health(),
        "longest": LONGEST_MESSAGE,
        "errors": {},
        "drafts": {},
        **more,
    }
    return page(request, template, status=status, headers=headers, **context)
