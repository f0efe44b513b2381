"""`/lead/practice`: how trainees get on, which steps are hard, what opens a case at the desk."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.access import MANAGING, OVERSEEING
from bot.core.mastery import NOTHING_REQUIRED, Requirement
from bot.core.people import Person
from bot.core.practice import Practice
from bot.web.downloads import XLSX, download
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import RunningShop, Shop
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
        required=progress.required.all(),
        customers={one.id: one for one in policy.practices},
        may_require=me.role in MANAGING,
    )


@router.get("/required")
def requirement(
    request: Request, me: Lead, shop: Shop, case: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    """The form that says what opens this case."""
    customers = _customers(shop, case)
    wanted = wiring.progress(shop.parts).required.all().get(case, NOTHING_REQUIRED)
    return page(
        request, "lead/practice_required.html", case=case, customers=customers, wanted=wanted
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
    scenarios: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """Say what opens a case at the desk: a level, certain customers, both or nothing."""
    customers, required = _customers(shop, case), wiring.progress(shop.parts).required
    titles = {one.id: one.title for one in customers}
    before = required.all().get(case, NOTHING_REQUIRED)
    wanted = Requirement(level, frozenset(scenarios) & titles.keys())
    required.require(case, wanted)
    wiring.audit(shop.parts.database).note(
        me,
        moment(None),
        "练习要求",
        shop.parts.policy.current().playbooks[case].title,
        _told(before, titles),
        _told(wanted, titles),
    )
    return Response(headers={"HX-Refresh": "true"})


def _customers(shop: RunningShop, case: str) -> list[Practice]:
    """The case's practice customers, the easiest first.

    Raises:
        HTTPException: there are none.
    """
    found = [one for one in shop.parts.policy.current().practices if one.case == case]
    if not found:
        raise HTTPException(404, "没有这种情况的练习。")
    return sorted(found, key=lambda one: one.level)


def _told(wanted: Requirement, titles: Mapping[str, str]) -> dict[str, object]:
    # A customer who was required may have gone from the scenarios since.
    named = [titles.get(one, one) for one in sorted(wanted.scenarios)]
    return {"级别": wanted.level, "客户": "、".join(named)}
