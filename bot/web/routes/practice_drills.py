"""`/practice/drills`: questions with one right answer, out of the rules as they stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AwareDatetime

from bot.core.drills import answered
from bot.core.mastery import Mark, Shown, Where
from bot.services.drill_sheet import Part
from bot.services.drilling import Drill, Drills
from bot.services.order_details import OrderDetails
from bot.services.practice_room import PracticeRoom
from bot.web.practising import Me, Practising, cards
from bot.web.rendering import page
from bot.web.routes.advice import moment

MOST_SEEDS = 10_000
DRILLS = {
    Drill.VERDICT: ("该怎么定", "看客户的话和整张订单，自己找出要看的：可以吗？到哪天？为什么？"),
    Drill.GUARD: ("错在哪里", "五句回复，哪一句哪里不对？"),
    Drill.PHONE: ("打电话", "打以前定好先提什么、最多给多少；七步先后；什么时候能打，能打几次。"),
}
router = APIRouter(prefix="/practice/drills", include_in_schema=False)


async def given(request: Request) -> dict[int, int]:
    """The choices by the question's number; what is none is left out."""
    form = await request.form()
    numbers = {key[1:]: str(value) for key, value in form.items() if key.startswith("q")}
    return {
        int(key): int(value)
        for key, value in numbers.items()
        if key.isdecimal() and value.isdecimal() and len(key) + len(value) < 8
    }


@router.get("/{drill}")
def ask(request: Request, me: Me, room: Practising, drill: Drill) -> Response:
    """New questions: each time others."""
    now = moment(None)
    seed = sum(one.where is Where.DRILL for one in room.attempts.marks(me.name)) % MOST_SEEDS
    return _page(request, room, drill, seed, now)


@router.post("/{drill}")
def answer(
    request: Request,
    me: Me,
    room: Practising,
    drill: Drill,
    choices: Annotated[Mapping[int, int], Depends(given)],
    seed: Annotated[int, Form(ge=0, lt=MOST_SEEDS)],
    at: Annotated[AwareDatetime, Form()],
) -> Response:
    """What was right, and why."""
    parts = Drills(room.policy, room.open).parts(drill, seed, at)
    results = answered([one for part in parts for one in part.questions], choices)
    now = moment(None)
    # Of several questions about one step all have to be right.
    right: dict[str, bool] = {}
    for one in results:
        right[one.question.item] = right.get(one.question.item, True) and one.right
    shown = {True: Shown.RIGHT, False: Shown.WRONG}
    marks = [Mark(item, shown[so], now, Where.DRILL) for item, so in right.items()]
    room.attempts.mark(me.name, marks)
    drawn = _drawn(parts, room)
    return page(request, "practice/drill_results.html", drill=drill, parts=drawn, results=results)


def _page(request: Request, room: PracticeRoom, drill: Drill, seed: int, now: datetime) -> Response:
    title, told = DRILLS[drill]
    parts = Drills(room.policy, room.open).parts(drill, seed, now)
    return page(
        request,
        "practice/drill.html",
        drill=drill,
        title=title,
        told=told,
        parts=_drawn(parts, room),
        seed=seed,
        at=now.isoformat(),
    )


def _drawn(parts: Sequence[Part], room: PracticeRoom) -> list[tuple[Part, list[OrderDetails]]]:
    """Each part with the order cards of its customer."""
    policy = room.policy()
    met = ((part, part.customer) for part in parts)
    return [(part, cards(one.orders, policy, one.at) if one else []) for part, one in met]
