"""`/duties`, `/handover`, `/approvals`: what is to be done, what the next shift must know, what
waits for somebody who may decide.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import KEEPING, OVERSEEING, TALKING
from bot.core.people import Person, Role
from bot.core.promises import AlreadySo, State, told
from bot.services.casework import Listing
from bot.services.sending import NothingHeld
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

LONGEST_WHY = 200
Field = Annotated[str, Form(max_length=1_000), AfterValidator(clean)]
Keeping = Annotated[Person, Depends(only(*KEEPING))]
Talking = Annotated[Person, Depends(only(*TALKING))]
Overseeing = Annotated[Person, Depends(only(*OVERSEEING))]
FATES = {State.KEPT: "做到了", State.BROKEN: "没做到", State.WITHDRAWN: "不用了"}
router = APIRouter(include_in_schema=False)


@router.get("/duties")
def duties(request: Request, me: Keeping, shop: Shop) -> Response:
    """What is to be done today; promises to customers for those who talk with them."""
    return _duties(request, shop, me, "duties/page.html")


@router.post("/duties/promises/{promise_id}")
def settle(
    request: Request, me: Talking, shop: Shop, promise_id: str, state: Field = "", why: Field = ""
) -> Response:
    """What became of a promise, with the name of who says so."""
    if state not in FATES or not why.strip():
        return _duties(request, shop, me, fault="写一句是怎么了结的，再点。")
    try:
        why = why.strip()[:LONGEST_WHY]
        shop.desk.ledger.settle(promise_id, State(state), me.name, why, moment(None))
    except AlreadySo:
        return _duties(request, shop, me, fault="已经有人了结过了，请看最新的。")
    return _duties(request, shop, me)


@router.get("/handover")
def handover(request: Request, me: Talking, shop: Shop) -> Response:
    """Every open case with its next step, for the next shift."""
    now = moment(None)
    return page(
        request,
        "duties/handover.html",
        handover=shop.handovers.at(now),
        now=now,
        told=lambda promise: told(promise, now),
    )


@router.get("/approvals")
def approvals(request: Request, me: Overseeing, shop: Shop) -> Response:
    """Replies that the guard has stopped and records that exceed what an agent may give."""
    return _approvals(request, shop, me, "duties/approvals.html")


@router.post("/approvals/held")
def decide(
    request: Request, me: Overseeing, shop: Shop, c: Field = "", do: Field = "", why: Field = ""
) -> Response:
    """Let a stopped reply go, or give it back with a reason."""
    sending, now, why = wiring.sending(shop.parts), moment(None), why.strip()[:LONGEST_WHY]
    if do != "release" and not why:
        return _approvals(request, shop, me, fault="退回要写理由，对方才知道怎么改。")
    try:
        if do == "release":
            sending.release(c, me, now, why)
        else:
            sending.give_back(c, me, now, why)
    except NothingHeld:
        return _approvals(request, shop, me, fault="已经有人处理过了，请看最新的。")
    return _approvals(request, shop, me)


def _duties(
    request: Request,
    shop: RunningShop,
    me: Person,
    template: str = "duties/parts.html",
    fault: str = "",
) -> Response:
    now = moment(None)
    return page(
        request,
        template,
        status=422 if fault else 200,
        today=shop.duties.at(now),
        now=now,
        talking=me.role in TALKING,
        fates=FATES,
        told=lambda promise: told(promise, now),
        fault=fault,
    )


def _approvals(
    request: Request,
    shop: RunningShop,
    me: Person,
    template: str = "duties/approvals_parts.html",
    fault: str = "",
) -> Response:
    held: Any = wiring.held_replies(shop.parts)
    waiting = [found for c in held.waiting_in() if (found := held.waiting(c))]
    return page(
        request,
        template,
        status=422 if fault else 200,
        held=waiting,
        records=shop.casework.find(me, Listing(awaiting=True)),
        approves=me.role is Role.SUPERVISOR,
        fault=fault,
    )
