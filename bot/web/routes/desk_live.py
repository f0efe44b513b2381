"""`/desk/live`: the connection of one open page of the desk."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect, WebSocketException
from starlette.status import WS_1008_POLICY_VIOLATION

from bot import wiring
from bot.core.access import TALKING
from bot.core.moments import SHANGHAI
from bot.core.people import Person
from bot.web.beside import beside
from bot.web.desk_live import DeskLive, Page
from bot.web.desk_view import quoted
from bot.web.origins import is_ours
from bot.web.rendering import part
from bot.web.routes.advice import LONGEST_MESSAGE
from bot.web.routes.desk import LONGEST_NAME
from bot.web.shop import RunningShop
from bot.web.signed_in import NotSignedIn, signed_in
from bot.web.texts import clean

SIGN_IN_AGAIN = 4401
"""The code with which a page is told that its session has ended."""
router = APIRouter()


def caller(socket: WebSocket) -> Person | None:
    """Who opens the page; nobody where the session has ended.

    Raises:
        WebSocketException: another site's page, or a role that talks with no customers.
    """
    if not is_ours(socket):
        raise WebSocketException(WS_1008_POLICY_VIOLATION)
    try:
        me = signed_in(socket)
    except NotSignedIn:
        return None
    if me.role not in TALKING:
        raise WebSocketException(WS_1008_POLICY_VIOLATION)
    return me


@router.websocket("/desk/live")
async def live(socket: WebSocket, me: Annotated[Person | None, Depends(caller)]) -> None:
    """Send what changes; take what the page shows and what is being written there."""
    await socket.accept()
    if me is None:
        await socket.close(SIGN_IN_AGAIN)
        return
    desk: DeskLive = socket.app.state.desk
    with desk.opened(me) as page:
        # What has happened since the page was made, or since it was cut off.
        page.put(await asyncio.to_thread(desk.whole_list))
        async with beside(_send(socket, page)):
            # Gone, or no page of ours.
            with suppress(WebSocketDisconnect, ValueError, AttributeError, KeyError):
                while True:
                    said = (await socket.receive_json()).get("body", {})
                    await _take(socket.app.state.shop, desk, page, said)


async def _send(socket: WebSocket, page: Page) -> None:
    while True:
        text = await page.next()
        if text.strip():
            await socket.send_text(text)


async def _take(shop: RunningShop, desk: DeskLive, page: Page, said: dict[str, Any]) -> None:
    if "view" in said:
        await desk.look_at(page, _text(said["view"], LONGEST_NAME), bool(said.get("again")))
    elif "text" in said and page.viewing == _text(said.get("c", ""), LONGEST_NAME):
        text = _text(said["text"], LONGEST_MESSAGE)
        desk.types(page, bool(text))
        page.put(await asyncio.to_thread(_written, shop, page.viewing, page.me, text))


def _written(shop: RunningShop, conversation_id: str, me: Person, text: str) -> str:
    """Keep what is being written, and say what the guard says of it."""
    now = datetime.now(SHANGHAI)
    wiring.desk_state(shop.parts).keep_draft(me.name, conversation_id, text, now)
    findings = wiring.sending(shop.parts).check(conversation_id, text, me, now) if text else ()
    drawn = part("desk/findings.html", findings=quoted(findings, text))
    return f'<hx-partial hx-target="#findings">{drawn}</hx-partial>'


def _text(given: Any, longest: int) -> str:
    return clean(given)[:longest] if isinstance(given, str) else ""
