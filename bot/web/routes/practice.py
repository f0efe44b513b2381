"""`/practice`: trainees practise on simulated customers, and read what their replies were worth."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot import wiring
from bot.core.filing import Filing
from bot.services.ports.practice import Mode
from bot.services.practice_room import UnknownPractice, best_of
from bot.web.practising import MODES, NO_SUCH, Field, Me, Practising, attempt_of, drawn, shown
from bot.web.rendering import page
from bot.web.routes.advice import moment
from bot.web.shop import Shop

LATEST = 6
"""Dialogues of one's own that are listed."""
WRONG_AMOUNT = "金额要写数字，像 2 或 12.50；不用登记金额就空着。"
WRONG_DAY = "日期要写全，像 2026-11-30；不用跟进就空着。"
router = APIRouter(prefix="/practice", include_in_schema=False)


@router.get("")
def index(request: Request, me: Me, shop: Shop, room: Practising) -> Response:
    """What to practise today, the map of all cases, and their customers."""
    overview = wiring.progress(shop.parts).of(me.name, moment(None))
    attempts = room.attempts.of(me.name)
    practices = room.policy().practices
    return page(
        request,
        "practice/index.html",
        tasks=overview.tasks,
        cases=overview.cases,
        customers={one.id: one for one in practices},
        of_case={one.case: [p for p in practices if p.case == one.case] for one in practices},
        best=best_of(attempts),
        open={
            one.scenario: one for one in reversed(attempts) if one.score is None and not one.shift
        },
        latest=attempts[:LATEST],
        trend=[one.score for one in reversed(attempts) if one.score is not None],
        modes={mode: title for mode, title in MODES.items() if mode is not Mode.TIMED},
    )


@router.post("")
def begin(
    me: Me,
    room: Practising,
    scenario: Field = "",
    mode: Annotated[Mode, Form()] = Mode.HINTS,
    noise: Annotated[bool, Form()] = False,
) -> Response:
    """Meet a customer."""
    try:
        attempt = room.begin(me.name, scenario, moment(None), mode, noise)
    except UnknownPractice:
        raise HTTPException(404, NO_SUCH) from None
    return Response(headers={"HX-Redirect": f"/practice/{attempt.id}"})


@router.post("/shifts")
def begin_shift(me: Me, room: Practising) -> Response:
    """Meet several customers at once, against the clock."""
    shift = room.begin_shift(me.name, moment(None))
    return Response(headers={"HX-Redirect": f"/practice/shifts/{shift}"})


@router.get("/shifts/{shift}")
def a_shift(request: Request, me: Me, room: Practising, shift: str) -> Response:
    """The dialogues of a shift beside each other."""
    attempts = room.of_shift(me.name, shift)
    if not attempts:
        raise HTTPException(404, NO_SUCH)
    dialogues = [shown(room, attempt_of(room, one.id, me)) for one in attempts]
    return page(request, "practice/shift.html", dialogues=dialogues)


@router.get("/{attempt_id}")
def dialogue(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """A dialogue as it stands, with its grade where it is over."""
    attempt = attempt_of(room, attempt_id, me)
    return drawn(request, room, attempt, template="practice/dialogue.html")


@router.get("/{attempt_id}/model")
def model(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """The same customer, served as the desk would; only where one's own dialogue is over."""
    attempt = attempt_of(room, attempt_id, me)
    if attempt.score is None:
        raise HTTPException(404, "自己说完了才看示范。")
    return page(request, "practice/model.html", lines=room.model(attempt))


@router.post("/{attempt_id}/replies")
def reply(
    request: Request, me: Me, room: Practising, attempt_id: int, text: Field = ""
) -> Response:
    """Say something to the customer."""
    attempt = attempt_of(room, attempt_id, me)
    if text.strip():
        attempt = room.reply(attempt_id, me.name, text.strip(), moment(None))
    return drawn(request, room, attempt)


@router.post("/{attempt_id}/hints")
def hint(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """What the desk would say; it costs."""
    attempt = attempt_of(room, attempt_id, me)
    return drawn(request, room, attempt, hinted=room.hint(attempt.id, me.name))


@router.post("/{attempt_id}/filing")
def file(
    request: Request,
    me: Me,
    room: Practising,
    attempt_id: int,
    registers: Annotated[tuple[str, ...], Form()] = (),
    amount: Field = "",
    follow_up: Field = "",
) -> Response:
    """Say what is written down of it, and see the grade."""
    attempt_of(room, attempt_id, me)
    known = frozenset(registers) & room.policy().registers.keys()
    filing = Filing(known, _amount(amount), _day(follow_up))
    return drawn(request, room, room.file(attempt_id, me.name, filing, moment(None)))


@router.post("/{attempt_id}/left")
def leave(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """End it, and see what it was worth."""
    attempt = attempt_of(room, attempt_id, me)
    return drawn(request, room, room.leave(attempt.id, me.name, moment(None)))


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip().removesuffix("元")) if text.strip() else None
    except InvalidOperation:
        raise HTTPException(422, WRONG_AMOUNT) from None
    if amount is not None and not amount.is_finite():
        raise HTTPException(422, WRONG_AMOUNT)
    return amount


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise HTTPException(422, WRONG_DAY) from None
