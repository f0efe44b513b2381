"""`POST /api/v1/advise` and its fellows: advice, and a reply before and after it is sent."""

from contextlib import suppress
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
)

from bot.core.access import TALKING
from bot.core.conversation import Speaker
from bot.core.moments import SHANGHAI
from bot.core.playbook import Role
from bot.services.desk import Message
from bot.web.callers import one_of
from bot.web.shop import Shop
from bot.web.texts import clean_if_text, keepable

LONGEST_MESSAGE = 5_000
NOON = time(12)
YEARS = range(2000, 2101)

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    BeforeValidator(keepable),
]
ShopName = Annotated[str, StringConstraints(max_length=100), BeforeValidator(keepable)]


def _day(given: object) -> date | datetime:
    """A day or a moment out of its ISO text."""
    read = _iso(given) if isinstance(given, str) else None
    if read is None:
        raise ValueError("写成 2025-09-12 或 2025-09-12T10:30 write an ISO day or moment")
    if read.year not in YEARS:
        raise ValueError("年份要在 2000 到 2100 之间 the year must lie within 2000-2100")
    return read


def _iso(text: str) -> date | datetime | None:
    for kind in (date, datetime):
        with suppress(ValueError):
            return kind.fromisoformat(text)
    return None


Day = Annotated[date | datetime, PlainValidator(_day, json_schema_input_type=str)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_MESSAGE),
    BeforeValidator(clean_if_text),
]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Earlier(Body):
    """A turn before the message, for callers that keep the conversation themselves."""

    role: Literal["customer", "agent", "bot"]
    text: Text


class AdviseBody(Body):
    text: Text = Field(description="What the customer wrote.")
    conversation_id: Name | None = Field(None, description="A new conversation when absent.")
    message_id: Name | None = Field(
        None, description="The same id again gets the same advice: safe to repeat."
    )
    order_no: Name | None = None
    nickname: Name | None = Field(None, description="The customer's name on the platform.")
    shop: ShopName = ""
    as_of: Day | None = Field(None, description="The day to judge by; now when absent.")
    before: list[Earlier] = Field(
        default_factory=list,
        max_length=100,
        description="Earlier turns, for a conversation that is not known here.",
    )


class ReplyBody(Body):
    conversation_id: Name
    text: Text = Field(description="What was sent to the customer.")
    message_id: Name | None = None
    script: Name | None = Field(
        None, description="The reply's `script` in the advice, when a suggestion was sent."
    )
    at: Day | None = None


class CheckBody(Body):
    conversation_id: Name
    text: Text = Field(description="What is to be sent to the customer.")
    role: Literal["bot", "agent", "supervisor"] = Field(
        "agent", description="Who sends it: what they may promise on their own."
    )
    at: Day | None = None


router = APIRouter(prefix="/api/v1", tags=["advice"], dependencies=[Depends(one_of(TALKING))])


@router.post("/advise")
def advise(body: AdviseBody, shop: Shop) -> dict[str, Any]:
    """The advice on a customer's message."""
    if body.order_no:
        shop.order(body.order_no)
    message = Message(
        conversation_id=body.conversation_id or str(uuid4()),
        id=body.message_id or str(uuid4()),
        text=body.text,
        at=moment(body.as_of),
        order_no=body.order_no,
        nickname=body.nickname,
        shop=body.shop,
    )
    return shop.desk.advise_after([(e.role, e.text) for e in body.before], message)


@router.post("/replies")
def reply(body: ReplyBody, shop: Shop) -> dict[str, Any]:
    """Tell what was sent to the customer; answers with the step it was understood to be."""
    recognised = shop.desk.observe(
        body.conversation_id,
        body.message_id or str(uuid4()),
        body.text,
        moment(body.at),
        Speaker.AGENT,
        body.script,
    )
    return {
        "step": recognised.step if recognised else None,
        "confidence": recognised.confidence if recognised else 0.0,
    }


@router.post("/check")
def check(body: CheckBody, shop: Shop) -> dict[str, Any]:
    """What is wrong with a reply before it is sent; no findings: it may be sent."""
    found = shop.desk.check(body.conversation_id, body.text, moment(body.at), Role(body.role))
    return {"findings": found}


def moment(given: date | datetime | None) -> datetime:
    """The moment to judge by, in Beijing time; a day alone means its noon."""
    if given is None:
        return datetime.now(SHANGHAI)
    if not isinstance(given, datetime):
        return datetime.combine(given, NOON, SHANGHAI)
    return given.astimezone(SHANGHAI) if given.tzinfo else given.replace(tzinfo=SHANGHAI)
