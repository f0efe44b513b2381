"""`POST /webhooks/rest/webhook`: the bot for chat channels, as Rasa's REST channel offers it."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from bot.core.access import TALKING
from bot.web.callers import one_of
from bot.web.errors import problem
from bot.web.rasa_channel import RasaAway, RasaChannel
from bot.web.routes.advice import Name, Text
from bot.web.texts import all_clean


class ChannelBody(BaseModel):
    model_config = ConfigDict(extra="allow")  # what else a channel says is for Rasa to read

    sender: Name = Field(description="The customer's name for the conversation.")
    message: Text = Field(description="What the customer wrote.")
    metadata: dict[str, Any] | None = Field(
        None, description="What the channel knows: order_no, nickname, shop, message_id."
    )


router = APIRouter(tags=["bot"], dependencies=[Depends(one_of(TALKING))])


@router.post("/webhooks/rest/webhook", response_model=None)
async def say(body: ChannelBody, request: Request) -> list[dict[str, Any]] | Response:
    """What the bot answers: texts for the customer and, under `custom`, data for programs."""
    rasa: RasaChannel = request.app.state.rasa
    try:
        answers: list[dict[str, Any]] = await rasa.say(
            all_clean(body.model_dump(exclude_unset=True))
        )
    except RasaAway:
        return problem(
            503, "rasa", "机器人暂时不在 the bot is away; try again, or let a person reply"
        )
    return answers
