"""`/duties`, `/handover`: what is to be done today, and what the next shift must know."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from bot.core.access import KEEPING, TALKING
from bot.core.people import Person
from bot.core.promises import AlreadySo, Promise, State
from bot.web.promise_view import shown
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import clean

LONGEST_WHY = 200
Field = Annotated[str, Form(max_length=1_000), AfterValidator(clean)]
Keeping = Annotated[Person, Depends(only(*KEEPING))]
Talking = Annotated[Person, Depends(only(*TALKING))]
FATES = {State.KEPT: "做到了", State.BROKEN: "没做到", State.WITHDRAWN: "不用了"}
DONE = "已办到"
"""Why a promise is settled where one click says that it was kept."""
AGAIN = "点错了，重新打开"
router = APIRouter(include_in_schema=False)


@router.get("/duties")
def duties(request: Request, me: Keeping, shop: Shop) -> Response:
    """What is to be done today; promises to customers for those who talk with them."""
    return _duties(request, shop, me, "duties/page.html")


@router.post("/duties/promises/{promise_id}")
def settle(
    request: Request, me: Talking, shop: Shop, promise_id: str, state: Field = "", why: Field = ""
) -> Response:
    """What became of a promise, with the name of who says so: kept with one click, else why not."""
    try:
        to, why = State(state), why.strip()[:LONGEST_WHY]
        why = why or {State.KEPT: DONE, State.OPEN: AGAIN}[to]
    except (ValueError, KeyError):
        fault = "没做到、不用了，要写一句为什么，下一个人才知道。"
        return _duties(request, shop, me, fault=fault, about=promise_id)
    try:
        promise = shop.desk.ledger.settle(promise_id, to, me.name, why, moment(None))
    except AlreadySo:
        return _duties(request, shop, me, fault="已经有人了结过了，请看最新的。")
    return _duties(request, shop, me, settled=promise if to in FATES else None)


@router.get("/handover")
def handover(request: Request, me: Talking, shop: Shop) -> Response:
    """Every open case with its next step, for the next shift."""
    now = moment(None)
    found = shop.handovers.at(now)
    promises = _shown(shop, found.promises)
    return page(request, "duties/handover.html", handover=found, promises=promises, now=now)


def _shown(shop: RunningShop, promises: Sequence[Promise]) -> Sequence[object]:
    ledger, policy, now = shop.desk.ledger, shop.parts.policy.current(), moment(None)
    return shown(promises, ledger.parties(promises), policy, now)


def _duties(
    request: Request,
    shop: RunningShop,
    me: Person,
    template: str = "duties/parts.html",
    fault: str = "",
    about: str = "",
    settled: Promise | None = None,
) -> Response:
    now = moment(None)
    today = shop.duties.at(now)
    return page(
        request,
        template,
        status=422 if fault else 200,
        today=today,
        promises=_shown(shop, today.promises) if me.role in TALKING else (),
        settled=settled,
        about=about,
        now=now,
        talking=me.role in TALKING,
        fates={state.value: title for state, title in FATES.items()},
        fault=fault,
    )
