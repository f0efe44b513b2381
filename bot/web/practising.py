"""What the pages of the practice room share: who, which room, which dialogue is whose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from bot.core.access import PRACTISING
from bot.core.grading import WEIGHTS
from bot.core.orders import Order
from bot.core.people import Person
from bot.core.policy import Policy
from bot.services.order_details import OrderDetails, details
from bot.services.ports.practice import Attempt, Mode
from bot.services.practice_room import PracticeRoom, UnknownPractice
from bot.web.rendering import page
from bot.web.routes.advice import LONGEST_MESSAGE
from bot.web.signed_in import only
from bot.web.texts import clean

NO_SUCH = "没有这个练习，或者不是您的。"
MODES = {
    Mode.GUIDED: "带着练",
    Mode.HINTS: "可以看提示",
    Mode.UNAIDED: "不看提示",
    Mode.TIMED: "限时",
}
TITLED = (Mode.GUIDED, Mode.HINTS)
"""Without help one has to find out oneself what it is about."""
ENDED = {
    "content": "客户满意地走了",
    "resigned": "客户知道了，没有再争",
    "left": "客户没耐心了，走了",
    "bad_review": "客户走了，还要写差评",
}
Me = Annotated[Person, Depends(only(*PRACTISING))]
Field = Annotated[str, Form(max_length=LONGEST_MESSAGE), AfterValidator(clean)]


def the_room(request: Request) -> PracticeRoom:
    room: PracticeRoom = request.app.state.practice
    return room


Practising = Annotated[PracticeRoom, Depends(the_room)]


def attempt_of(room: PracticeRoom, attempt_id: int, me: Person) -> Attempt:
    """This person's dialogue of this number.

    Raises:
        HTTPException: there is none, or its customer is no longer among the scenarios.
    """
    try:
        found = room.attempt(attempt_id, me.name)
        room.dialogue(found)
    except UnknownPractice:
        raise HTTPException(404, NO_SUCH) from None
    return found


def shown(room: PracticeRoom, attempt: Attempt, hinted: str = "") -> dict[str, Any]:
    """What the page of a dialogue shows of it."""
    held, over = room.dialogue(attempt), attempt.score is not None
    policy, helped = room.policy(), room.shows_help(attempt)
    return {
        "attempt": attempt,
        "held": held,
        "grade": held.grade() if over else None,
        "hinted": hinted or (held.suggestion if helped else ""),
        "helped": helped,
        "at_once": room.at_once(attempt),
        "puzzling": room.puzzling(attempt),
        "may_hint": attempt.mode in (Mode.GUIDED, Mode.HINTS),
        "title": held.practice.title if over or attempt.mode in TITLED else "一位客户",
        "registers": policy.registers.values(),
        "cards": cards(held.practice.orders_on(attempt.began_at.date()), policy, held.at),
        "modes": MODES,
        "ended": ENDED,
        "weights": WEIGHTS,
        "today": held.at.date(),
    }


def cards(orders: Sequence[Order], policy: Policy, at: datetime) -> list[OrderDetails]:
    """A practice customer's orders as they stand beside the dialogue: they have no nickname."""
    return [details(replace(one, nickname=""), policy.facts, at) for one in orders]


def drawn(
    request: Request,
    room: PracticeRoom,
    attempt: Attempt,
    hinted: str = "",
    template: str = "practice/dialogue_parts.html",
) -> Response:
    """The page, or the part of it, of a dialogue."""
    return page(request, template, one=shown(room, attempt, hinted))
