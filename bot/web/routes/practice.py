"""`/practice`: trainees practise on simulated customers, and read what their replies were worth."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator
from starlette.exceptions import HTTPException

from bot.core.access import PRACTISING
from bot.core.people import Person
from bot.core.practice import Practice
from bot.services.ports.practice import Attempt
from bot.services.practice_room import PracticeRoom, UnknownPractice, best_of
from bot.web.rendering import page
from bot.web.routes.advice import LONGEST_MESSAGE, moment
from bot.web.shop import Shop
from bot.web.signed_in import only
from bot.web.texts import clean

NO_SUCH = "没有这个练习，或者不是您的。"
LATEST = 10
"""Dialogues of one's own that are listed."""
Me = Annotated[Person, Depends(only(*PRACTISING))]
Field = Annotated[str, Form(max_length=LONGEST_MESSAGE), AfterValidator(clean)]
router = APIRouter(prefix="/practice", include_in_schema=False)


def the_room(request: Request) -> PracticeRoom:
    room: PracticeRoom = request.app.state.practice
    return room


Practising = Annotated[PracticeRoom, Depends(the_room)]


@router.get("")
def index(request: Request, me: Me, shop: Shop, room: Practising) -> Response:
    """All customers, and how one has done with each."""
    policy = shop.parts.policy.current()
    attempts = room.attempts.of(me.name)
    return page(
        request,
        "practice/index.html",
        groups=_by_standing(policy.practices, best_of(attempts)),
        best=best_of(attempts),
        cases={name: book.title for name, book in policy.playbooks.items()},
        titles={one.id: one.title for one in policy.practices},
        latest=attempts[:LATEST],
    )


@router.post("")
def begin(me: Me, room: Practising, scenario: Field = "") -> Response:
    """Meet a customer."""
    try:
        attempt = room.begin(me.name, scenario, moment(None))
    except UnknownPractice:
        raise HTTPException(404, NO_SUCH) from None
    return Response(headers={"HX-Redirect": f"/practice/{attempt.id}"})


@router.get("/{attempt_id}")
def dialogue(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """A dialogue as it stands, with its grade where it is over."""
    attempt = _attempt(room, attempt_id, me)
    return _page(request, room, attempt, template="practice/dialogue.html")


@router.post("/{attempt_id}/replies")
def reply(
    request: Request, me: Me, room: Practising, attempt_id: int, text: Field = ""
) -> Response:
    """Say something to the customer."""
    attempt = _attempt(room, attempt_id, me)
    if text.strip():
        attempt = room.reply(attempt_id, me.name, text.strip())
    return _page(request, room, attempt)


@router.post("/{attempt_id}/hints")
def hint(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """What the desk would say; it costs."""
    attempt = _attempt(room, attempt_id, me)
    return _page(request, room, attempt, hinted=room.hint(attempt.id, me.name))


@router.post("/{attempt_id}/left")
def leave(request: Request, me: Me, room: Practising, attempt_id: int) -> Response:
    """End it, and see what it was worth."""
    attempt = _attempt(room, attempt_id, me)
    return _page(request, room, room.leave(attempt.id, me.name))


def _attempt(room: PracticeRoom, attempt_id: int, me: Person) -> Attempt:
    try:
        return room.attempt(attempt_id, me.name)
    except UnknownPractice:
        raise HTTPException(404, NO_SUCH) from None


def _page(
    request: Request,
    room: PracticeRoom,
    attempt: Attempt,
    hinted: str = "",
    template: str = "practice/dialogue_parts.html",
) -> Response:
    try:
        held = room.dialogue(attempt)
    except UnknownPractice:
        raise HTTPException(404, NO_SUCH) from None
    over = attempt.score is not None
    return page(
        request,
        template,
        attempt=attempt,
        held=held,
        grade=held.grade() if over else None,
        hinted=hinted,
    )


def _by_standing(
    practices: Sequence[Practice], best: dict[str, Attempt]
) -> dict[str, list[Practice]]:
    """The customers by how one has done with them; the easy ones first."""
    groups: dict[str, list[Practice]] = {"在练": [], "没练过": [], "通过了": []}
    for one in sorted(practices, key=lambda practice: practice.level):
        attempt = best.get(one.id)
        standing = "没练过" if attempt is None else "通过了" if attempt.passed else "在练"
        groups[standing].append(one)
    return groups
