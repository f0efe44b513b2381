"""`POST /api/v1/corrections`: a person says what a customer's message is about."""

from typing import Any

from fastapi import APIRouter, Depends
from pydantic import Field

from bot.core.access import TALKING
from bot.services.correcting import Named
from bot.web.callers import one_of
from bot.web.routes.advice import Body, Name, moment
from bot.web.shop import Shop

router = APIRouter(prefix="/api/v1", tags=["advice"], dependencies=[Depends(one_of(TALKING))])


class CorrectionBody(Body):
    conversation_id: Name
    message_id: Name = Field(description="That of the customer's message, as in its advice.")
    intent: Name = Field(description="The `case` of one of the advice's choices, or any other.")
    author: Name = Field(description="Who says so; it is kept with the correction.")


@router.post("/corrections")
def correct(body: CorrectionBody, shop: Shop) -> dict[str, Any]:
    """The message's advice made anew under the case that is meant; the last correction counts.

    What was meant is kept as an example for `shouhou learn`, without private data.
    """
    named = Named(body.message_id, body.intent, body.author, moment(None))
    return shop.desk.correct(body.conversation_id, named)
