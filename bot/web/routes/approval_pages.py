"""`/approvals`: replies that the guard has stopped and records that exceed what an agent may give,
decided where all of them stand.
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from bot import wiring
from bot.core.access import OVERSEEING
from bot.core.people import Person, Role
from bot.core.record_changes import Revision
from bot.core.record_refusals import RecordRefused
from bot.core.records import State
from bot.services.casework import Listing, Seen
from bot.services.sending import NothingHeld
from bot.web.record_view import APPROVE, moves
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
from bot.web.signed_in import only
from bot.web.texts import chinese, clean

LONGEST_WHY = 200
SHOWN = 50
NO_REASON = "退回要写理由，对方才知道怎么改。"
LATE = "已经有人处理过了，请看最新的。"
Field = Annotated[str, Form(max_length=1_000), AfterValidator(clean)]
Overseeing = Annotated[Person, Depends(only(*OVERSEEING))]
router = APIRouter(prefix="/approvals", include_in_schema=False)


@router.get("")
def approvals(request: Request, me: Overseeing, shop: Shop) -> Response:
    """All that waits for somebody who may decide, the oldest first."""
    return _approvals(request, shop, me, "duties/approvals.html")


@router.post("/held")
def decide(
    request: Request, me: Overseeing, shop: Shop, c: Field = "", do: Field = "", why: Field = ""
) -> Response:
    """Let a stopped reply go, or give it back with a reason."""
    sending, now, why = wiring.sending(shop.parts), moment(None), why.strip()[:LONGEST_WHY]
    if do != "release" and not why:
        return _approvals(request, shop, me, fault=NO_REASON, about=c)
    try:
        if do == "release":
            sending.release(c, me, now, why)
        else:
            sending.give_back(c, me, now, why)
    except NothingHeld:
        return _approvals(request, shop, me, fault=LATE)
    return _approvals(request, shop, me, told="已放行。" if do == "release" else "已退回。")


@router.post("/records/{record_id}")
def judge(
    request: Request,
    me: Overseeing,
    shop: Shop,
    record_id: int,
    version: Annotated[int, Form()] = 0,
    do: Field = "",
    why: Field = "",
) -> Response:
    """Approve a record, or give it back: its writer finds it rejected, with the reason."""
    approving, why = do == APPROVE, why.strip()[:LONGEST_WHY]
    wanted = Revision(approve=approving, to=None if approving else State.REJECTED, why=why)
    try:
        shop.casework.revise(me, moment(None), record_id, version, wanted)
    except RecordRefused as refused:
        told = {"fault": chinese(str(refused)), "about": str(record_id), "why": why}
        return _approvals(request, shop, me, **told)
    return _approvals(
        request, shop, me, told=f"#{record_id} {'已批准' if approving else '已退回'}。"
    )


def _approvals(
    request: Request,
    shop: RunningShop,
    me: Person,
    template: str = "duties/approvals_parts.html",
    fault: str = "",
    about: str = "",
    told: str = "",
    why: str = "",
) -> Response:
    held = wiring.held_replies(shop.parts)
    waiting = [found for c in held.waiting_in() if (found := held.waiting(c))]
    records, more = _awaiting(shop, me)
    return page(
        request,
        template,
        status=422 if fault else 200,
        held=sorted(waiting, key=lambda one: one.at),
        records=[(seen, moves(me.role, seen)) for seen in records],
        more=more,
        approves=me.role is Role.SUPERVISOR,
        fault=fault,
        about=about,
        told=told,
        why=why,
    )


def _awaiting(shop: RunningShop, me: Person) -> tuple[Sequence[Seen], bool]:
    """The records that wait, with their histories, the oldest first; whether there are more."""
    found = shop.casework.find(me, Listing(awaiting=True, limit=None))
    oldest = [seen for seen in reversed(found) if seen.record.state is not State.REJECTED]
    return [shop.casework.one(me, s.record.id) for s in oldest[:SHOWN]], len(oldest) > SHOWN
