"""`/desk`: the agents' page. Each form answers with the parts of the page that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import OVERSEEING, TALKING
from bot.core.conversation import Conversation
from bot.core.desk_list import SOON_SHARE
from bot.core.held import Held
from bot.core.numbers import clean_number
from bot.core.people import Person
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
from bot.services.sending import (
    FactsChanged,
    NothingHeld,
    NotSent,
    NotYours,
    Outgoing,
    Stopped,
)
from bot.web.desk_live import DeskLive
from bot.web.desk_picture import send_picture
from bot.web.desk_view import quoted, view, with_own
from bot.web.rendering import page
from bot.web.routes.advice import LONGEST_MESSAGE, moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

CHANNEL = "desk"
LONGEST_NAME = 200
LONGEST_WHY = 200
TAKEN = "这一条已经发过别的内容了，请刷新页面再发。文字还在。"
GONE = "规则刚改过，这条建议已经不用了，请看新的建议。"
LOST = "找不到客户的这条消息，请刷新页面再选。"
NOT_MEANT = "还没有选，或者没有这件事的规程，请从列表里选一件。"
NO_SUCH = "查不到这个订单号或昵称，请核对后再填；也可以留空，直接开始。"
DECIDED = "已经有人处理过了，请看最新的。"
WHY_WANTED = "退回要写理由，对方才知道怎么改。"

Field = Annotated[str, Form(), AfterValidator(clean)]
Me = Annotated[Person, Depends(only(*TALKING))]
router = APIRouter(prefix="/desk", include_in_schema=False)


@router.get("")
def desk(
    request: Request, me: Me, shop: Shop, c: Annotated[str, AfterValidator(clean)] = ""
) -> Response:
    """The whole page, with the conversation of this id."""
    live: DeskLive = request.app.state.desk
    now = moment(None)
    clock = live.board.clock(now).total_seconds()
    return page(
        request,
        "desk/page.html",
        **_shown(shop, c, me),
        **live.listed(),
        clock=int(clock),
        soon=int(clock * SOON_SHARE),
        featured=wiring.featured_orders(),
        health=shop.health(),
    )


@router.get("/c/{c:path}")
def open_conversation(request: Request, me: Me, shop: Shop, c: str) -> Response:
    """The conversation for the page that is open already."""
    return page(request, "desk/opened.html", **_shown(shop, clean(c), me))


@router.post("/conversations")
def start(request: Request, me: Me, shop: Shop, order_no: Field = "", who: Field = "") -> Response:
    """A new conversation: about an order, with a customer, or with nothing known yet."""
    try:
        started = _conversation(shop, who.strip() or order_no)
    except UnknownOrder:
        return _fault(request, NO_SUCH, 404)
    wiring.conversations(shop.parts.database).open(started, CHANNEL, moment(None))
    return Response(headers={"HX-Redirect": f"/desk?c={quote(started.id, safe='')}"})


@router.post("/messages")
def note(
    request: Request, me: Me, shop: Shop, c: Field = "", message_id: Field = "", text: Field = ""
) -> Response:
    """What the customer said elsewhere, advised on."""
    if fault := _wrong(text):
        return _fault(request, fault, 422)
    message = Message(_id(c), _id(message_id), text.strip(), moment(None), channel=CHANNEL)
    try:
        shop.desk.advise(message)
    except MessageIdTaken:
        return _fault(request, TAKEN, 409)
    return _sent(request, shop, c, me)


class ReplyForm:
    """A reply as the page sends it."""

    def __init__(
        self,
        c: Field = "",
        message_id: Field = "",
        text: Field = "",
        script: Field = "",
        basis: Field = "",
        picture: Field = "",
    ) -> None:
        self.fault = _wrong(text)
        self.picture = picture
        self.outgoing = Outgoing(_id(c), _id(message_id), text.strip(), script or None, basis)


Reply = Annotated[ReplyForm, Depends()]


@router.post("/replies")
def reply(request: Request, me: Me, shop: Shop, form: Reply) -> Response:
    """An agent's reply, held against the facts and the guard before it goes."""
    if form.fault:
        return _told(request, shop, form, me, 422, _Told(fault=form.fault))
    try:
        wiring.sending(shop.parts).send(form.outgoing, me, moment(None))
        send_picture(shop, form.outgoing, form.picture, me)
    except NotSent as refused:
        return _not_sent(request, shop, form, me, refused)
    except MessageIdTaken:
        return _told(request, shop, form, me, 409, _Told(fault=TAKEN))
    except UnknownScript:
        return _told(request, shop, form, me, 422, _Told(fault=GONE))
    return _sent(request, shop, form.outgoing.conversation_id, me)


@router.post("/held")
def hold(request: Request, me: Me, shop: Shop, form: Reply) -> Response:
    """Ask a supervisor to let a stopped reply go."""
    if form.fault:
        return _told(request, shop, form, me, 422, _Told(fault=form.fault))
    wiring.sending(shop.parts).hold(form.outgoing, me, moment(None))
    return _sent(request, shop, form.outgoing.conversation_id, me, held=True)


@router.post("/held/overruled")
def overrule(request: Request, me: Me, shop: Shop, form: Reply) -> Response:
    """Send one's own stopped reply as it is; for those who may."""
    if form.fault:
        return _told(request, shop, form, me, 422, _Told(fault=form.fault))
    sending, now, c = wiring.sending(shop.parts), moment(None), form.outgoing.conversation_id
    try:
        sending.hold(form.outgoing, me, now)
        sending.release(c, me, now)
    except NotYours:
        return _told(request, shop, form, me, 403, _Told(fault="要主管才能这样发。"))
    return _sent(request, shop, c, me)


@router.post("/held/released")
def release(request: Request, me: Me, shop: Shop, c: Field = "", why: Field = "") -> Response:
    return _decided(request, shop, me, c, why, release=True)


@router.post("/held/returned")
def give_back(request: Request, me: Me, shop: Shop, c: Field = "", why: Field = "") -> Response:
    return _decided(request, shop, me, c, why, release=False)


@router.post("/corrections")
def correct(
    request: Request, me: Me, shop: Shop, c: Field = "", about: Field = "", intent: Field = ""
) -> Response:
    """What the customer's message of this id is about, as the agent chose."""
    try:
        shop.desk.correct(c, Named(about, intent, me.name, moment(None)))
    except UnknownIntent:
        return _fault(request, NOT_MEANT, 422)
    except (UnknownConversation, UnknownMessage):
        return _fault(request, LOST, 404)
    return _changes(request, shop, c, me)


@router.post("/order")
def choose_order(
    request: Request, me: Me, shop: Shop, c: Field = "", order_no: Field = ""
) -> Response:
    """Which of the customer's orders is meant."""
    shop.desk.choose_order(c, shop.order(order_no).order_no, moment(None))
    return _changes(request, shop, c, me)


@router.post("/closed")
def close(request: Request, me: Me, shop: Shop, c: Field = "", open: Field = "") -> Response:
    """Nothing is left to do in this conversation, or there is after all."""
    wiring.desk_state(shop.parts).close(c, None if open else moment(None))
    shop.desk.announce(c)
    return _changes(request, shop, c, me)


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


def _wrong(text: str) -> str:
    """What is wrong with a message; empty when it may be sent."""
    if not text.strip():
        return "还没有写内容。"
    if len(text) > LONGEST_MESSAGE:
        return f"太长了：{len(text)} 字，一条最多 {LONGEST_MESSAGE} 字，请分几条发。"
    return ""


def _id(given: str) -> str:
    return given if 0 < len(given) <= LONGEST_NAME else str(uuid4())


def _shown(shop: RunningShop, c: str, me: Person) -> dict[str, Any]:
    """What the templates of a conversation are made of."""
    shown = with_own(shop.parts, view(shop.parts, c, moment(None), me), me)
    told = _Told(returned=shown.returned)
    return {"chat": shown, "told": told, "may_release": me.role in OVERSEEING}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said beside the composer."""

    changed: bool = False
    fault: str = ""
    findings: Sequence[Mapping[str, Any]] = ()
    held: bool = False
    returned: Held | None = None


def _told(
    request: Request, shop: RunningShop, form: ReplyForm, me: Person, status: int, told: _Told
) -> Response:
    # Only a change of the facts shows in the rest of the page.
    c = form.outgoing.conversation_id
    shown = _shown(shop, c, me) if told.changed else {"may_release": me.role in OVERSEEING}
    findings = quoted(told.findings, form.outgoing.text)
    shown |= {"told": told, "findings": findings}
    return page(request, "desk/not_sent.html", status=status, **shown)


def _not_sent(
    request: Request, shop: RunningShop, form: ReplyForm, me: Person, refused: NotSent
) -> Response:
    if isinstance(refused, FactsChanged):
        return _told(request, shop, form, me, 409, _Told(changed=True))
    assert isinstance(refused, Stopped)
    return _told(request, shop, form, me, 422, _Told(findings=refused.findings))


def _decided(
    request: Request, shop: RunningShop, me: Person, c: str, why: str, *, release: bool
) -> Response:
    sending, now, why = wiring.sending(shop.parts), moment(None), why.strip()[:LONGEST_WHY]
    if not release and not why:
        return _changes(request, shop, c, me, 422, decide_fault=WHY_WANTED)
    try:
        if release:
            sending.release(c, me, now, why)
        else:
            sending.give_back(c, me, now, why)
    except (NothingHeld, NotYours):
        return _changes(request, shop, c, me, 409, decide_fault=DECIDED)
    return _changes(request, shop, c, me)


def _changes(
    request: Request, shop: RunningShop, c: str, me: Person, status: int = 200, **more: Any
) -> Response:
    """The parts of the page that show the conversation, as it is now."""
    return page(request, "desk/changes.html", status=status, **_shown(shop, c, me), **more)


def _sent(
    request: Request, shop: RunningShop, c: str, me: Person, *, held: bool = False
) -> Response:
    shown = _shown(shop, c, me) | {"told": _Told(held=held)}
    return page(request, "desk/sent.html", **shown)


def _fault(request: Request, why: str, status: int) -> Response:
    """The reason beside the field; what was typed stays."""
    return page(request, "desk/fault.html", status=status, why=why)
