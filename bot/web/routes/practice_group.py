"""`/lead/practice`: how trainees get on, which steps are hard, what opens a case at the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.access import MANAGING, OVERSEEING
from bot.core.people import Person
from bot.web.downloads import XLSX, download
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import Shop
from bot.web.signed_in import only

HARDEST = 15
"""Steps that are listed."""
Me = Annotated[Person, Depends(only(*OVERSEEING))]
Lead = Annotated[Person, Depends(only(*MANAGING))]
router = APIRouter(prefix="/lead/practice", include_in_schema=False)


@router.get("")
def group(request: Request, me: Me, shop: Shop) -> Response:
    """Who is ready for which cases, and where all stumble."""
    progress, policy = wiring.progress(shop.parts), shop.parts.policy.current()
    return page(
        request,
        "lead/practice.html",
        members=progress.group(),
        hard=progress.hard_steps()[:HARDEST],
        cases={one.case: policy.playbooks[one.case].title for one in policy.practices},
        required=progress.required.levels(),
        may_require=me.role in MANAGING,
    )


@router.get("/export.xlsx")
def workbook(me: Me, shop: Shop) -> Response:
    """The same as a workbook."""
    content = wiring.practice_workbook(shop.parts)
    return download(f"practice-{moment(None).date()}.xlsx", content, XLSX)


@router.get("/{person}")
def member(request: Request, me: Me, shop: Shop, person: str) -> Response:
    """One person's map, as they see it."""
    progress, now = wiring.progress(shop.parts), moment(None)
    attempts = progress.attempts.of(person)
    if not attempts:
        raise HTTPException(404, "没有这个人的练习。")
    titles = {one.id: one.title for one in shop.parts.policy.current().practices}
    return page(
        request,
        "lead/practice_member.html",
        person=person,
        cases=progress.of(person, now).cases,
        attempts=attempts[:50],
        titles=titles,
    )


@router.post("/required")
def require(
    request: Request,
    me: Lead,
    shop: Shop,
    case: Annotated[str, Form(max_length=80)],
    level: Annotated[int, Form(ge=0, le=3)],
) -> Response:
    """Set the level that opens a case at the desk."""
    policy, progress = shop.parts.policy.current(), wiring.progress(shop.parts)
    if case not in {one.case for one in policy.practices}:
        raise HTTPException(404, "没有这种情况的练习。")
    before = progress.required.levels().get(case, 0)
    progress.required.require(case, level)
    wiring.audit(shop.parts.database).note(
        me,
        moment(None),
        "练习要求",
        policy.playbooks[case].title,
        {"级别": before},
        {"级别": level},
    )
    return Response(headers={"HX-Refresh": "true"})
