"""`/chat`: the customers' page. What they write goes the way of every channel, through Rasa."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile, WebSocket, WebSocketDisconnect
from fastapi.responses import FileResponse, Response
from pydantic import AfterValidator, BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from bot import wiring
from bot.core.attendance import Serves, who_serves
from bot.services.desk import Message
from bot.services.ports import MessageIdTaken
from bot.web.beside import beside
from bot.web.chat_token import ChatTokens, Guest, Me
from bot.web.chat_view import chat_view, message_id
from bot.web.errors import problem
from bot.web.live import Live
from bot.web.origins import is_ours
from bot.web.photos import PHOTO, keep_photo
from bot.web.rasa_channel import RasaAway, RasaChannel
from bot.web.rendering import STATIC, page, part
from bot.web.routes.advice import LONGEST_MESSAGE, Name, Text, moment
from bot.web.shop import RunningShop, Shop
from bot.web.texts import clean

CHANNEL = "chat"
TOO_FAST = "发得太快了，歇几秒再发 too many messages; wait a little"
TAKEN = "这条消息的编号用过了，请刷新页面再发 this id stands for another message"
NOT_OURS = 4401
"""The code with which a page is told that its token is none of ours."""
router = APIRouter(prefix="/chat", include_in_schema=False)


@router.get("")
def chat(
    request: Request, shop: Shop, order: Annotated[str, AfterValidator(clean)] = ""
) -> Response:
    """The page; its conversation begins with the first message.

    Args:
        order: in the demo shop: whose customer one plays.
    """
    featured = wiring.featured_orders()
    tokens: ChatTokens = request.app.state.chat_tokens
    token = tokens.new()
    chosen = next(((what, no) for what, no in featured if no == order), None)
    if chosen:
        token = tokens.new(order, shop.order(order).nickname)
    return page(
        request,
        "chat/page.html",
        token=token,
        chosen=chosen,
        featured=featured,
        view=chat_view(shop.parts, "", moment(None)),
        longest=LONGEST_MESSAGE,
    )


@router.get("/embed.js")
def embed() -> Response:
    """The script with which a shop's own site opens the chat."""
    return FileResponse(STATIC / "embed.js", media_type="text/javascript")


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Name
    text: Text


@router.post("/messages", status_code=202)
async def say(body: Said, request: Request, me: Me, shop: Shop) -> Response:
    """A message of the customer: kept, answered by the bot or left to a person."""
    if not wiring.chat_pace().allows(me.conversation_id):
        return problem(429, "text", TOO_FAST)
    return await _take(request, shop, me, body.id, body.text)


@router.post("/photos", status_code=202)
async def send_photo(
    request: Request,
    me: Me,
    shop: Shop,
    id: Annotated[Name, Form()],
    photo: Annotated[UploadFile, File()],
) -> Response:
    """A picture of the customer's."""
    if not wiring.chat_pace().allows(me.conversation_id):
        return problem(429, "photo", TOO_FAST)
    try:
        picture = await run_in_threadpool(wiring.checked_picture, await photo.read())
    except ValueError as refused:
        return problem(422, "photo", str(refused))
    answer = await _take(request, shop, me, id, PHOTO)
    about = message_id(me.conversation_id, id)
    await run_in_threadpool(keep_photo, shop, me.conversation_id, about, picture)
    return answer


@router.get("/photos/{photo_id}")
def photo(photo_id: str, shop: Shop) -> Response:
    """A picture, for who knows its name: the customer and the desk."""
    found = wiring.photos(shop.parts.database).read(photo_id)
    if found is None:
        return problem(404, "photo", "没有这张图片 no such picture")
    kept, data = found
    headers = {"cache-control": "private, max-age=86400", "content-disposition": "inline"}
    return Response(data, media_type=kept.kind, headers=headers)


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """Send the customer's page the conversation, and again whenever it changes."""
    await socket.accept()
    # Gone, or no page of ours.
    with suppress(WebSocketDisconnect, ValueError, AttributeError):
        me = _guest(socket, (await socket.receive_json()).get("body", {}))
        if me is None:
            await socket.close(NOT_OURS)
            return
        async with beside(_send(socket, me)):
            while True:
                await socket.receive_text()


def _guest(socket: WebSocket, said: dict[str, Any]) -> Guest | None:
    tokens: ChatTokens = socket.app.state.chat_tokens
    return tokens.read(str(said.get("token"))) if is_ours(socket) else None


async def _send(socket: WebSocket, me: Guest) -> None:
    live: Live = socket.app.state.live
    shop: RunningShop = socket.app.state.shop
    async with live.watching(me.conversation_id) as watch:
        while True:
            await socket.send_text(await asyncio.to_thread(_drawn, shop, me, moment(None)))
            await watch.next()


def _drawn(shop: RunningShop, me: Guest, now: datetime) -> str:
    """The conversation, drawn; what is shown has reached the customer."""
    view = chat_view(shop.parts, me.conversation_id, now)
    state = wiring.desk_state(shop.parts)
    if view.lines and state.delivered(me.conversation_id, len(view.lines)):
        shop.desk.announce(me.conversation_id)
    return part("chat/changes.html", view=view)


async def _take(request: Request, shop: RunningShop, me: Guest, own: str, text: str) -> Response:
    """Put the message to the bot; straight to the desk where people have the customer."""
    try:
        if not await run_in_threadpool(_with_people, shop, me):
            return await _to_rasa(request, me, own, text)
    except RasaAway:
        pass  # the bot's own rules still hold without Rasa: only its dialogue is missing
    message = Message(
        me.conversation_id,
        message_id(me.conversation_id, own),
        text,
        moment(None),
        me.order_no,
        me.nickname,
        channel=CHANNEL,
    )
    try:
        await run_in_threadpool(_answer, shop, message)
    except MessageIdTaken:
        return problem(409, "id", TAKEN)
    return Response(status_code=202)


async def _to_rasa(request: Request, me: Guest, own: str, text: str) -> Response:
    """Raises RasaAway."""
    rasa: RasaChannel = request.app.state.rasa
    metadata = {"message_id": own, "order_no": me.order_no, "nickname": me.nickname}
    await rasa.say(
        {
            "sender": me.conversation_id,
            "message": _no_command(text),
            "input_channel": CHANNEL,
            "metadata": {name: value for name, value in metadata.items() if value},
        }
    )
    return Response(status_code=202)


def _with_people(shop: RunningShop, me: Guest) -> bool:
    seen = wiring.desk_state(shop.parts).one(me.conversation_id)
    if seen is None:
        return False
    turns, closed_at = seen.conversation.turns, seen.mark.closed_at
    return who_serves(turns, moment(None), closed_at) is not Serves.BOT


def _answer(shop: RunningShop, message: Message) -> None:
    shop.parts.reception.answer(message, shop.parts.reader.understand(message.text))


def _no_command(text: str) -> str:
    """Rasa takes 「/」 in front for a command: a customer's is written wide."""
    return text.replace("/", "／", 1) if text.lstrip().startswith("/") else text
