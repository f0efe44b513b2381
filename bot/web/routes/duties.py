"""`GET /api/v1/duties`, `GET /api/v1/handover`: what is due; and what became of a promise.

Who is signed in gets what their pages show; a program of this machine gets all of it.
"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import StringConstraints

from bot.core.access import KEEPING, TALKING
from bot.core.people import Person
from bot.core.promises import State
from bot.services.duties import promise_as_json, today_as_json
from bot.services.handover import handover_as_json
from bot.web.callers import one_of
from bot.web.routes.advice import Body, Day, Name, Text, moment
from bot.web.shop import Shop

router = APIRouter(prefix="/api/v1", tags=["duties"])

Keeping = Annotated[Person | None, Depends(one_of(KEEPING))]
Talking = Annotated[Person | None, Depends(one_of(TALKING))]
At = Annotated[Day | None, Query(description="The moment to judge by; now when absent.")]


class FateBody(Body):
    """What became of a promise, said by a person."""

    state: State
    by: Name
    why: Annotated[Text, StringConstraints(max_length=500)]


@router.get("/duties")
def duties(shop: Shop, by: Keeping, at: At = None) -> dict[str, Any]:
    """The day's duties with their times, and the promises and follow-ups that are due."""
    today = shop.duties.at(moment(at))
    talking = by is None or by.role in TALKING
    return today_as_json(today if talking else replace(today, promises=()))


@router.get("/handover")
def handover(shop: Shop, by: Talking, at: At = None) -> dict[str, Any]:
    """Every open case with its next step, for the next shift."""
    return handover_as_json(shop.handovers.at(moment(at)))


@router.post("/promises/{promise_id}")
def settle(promise_id: str, body: FateBody, shop: Shop, by: Talking) -> dict[str, Any]:
    """Say what became of a promise; it stays in the ledger with who said so and why.

    Who is signed in says so in their own name, whatever `by` is.
    """
    now, name = moment(None), by.name if by else body.by
    promise = shop.desk.ledger.settle(promise_id, body.state, name, body.why, now)
    return promise_as_json(promise, now)
