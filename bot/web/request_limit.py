"""How large a request may be: what is larger than any honest one is refused before it is read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import problem

KB = 1024
MB = 1024 * KB
LARGEST = 64 * KB
SEVERAL = "；请分成几个文件 send several files"
LARGER = {
    "/phrases": (9 * MB, "；请压缩一下图片，或截图 use a smaller picture"),
    "/lead/policy/file": (512 * KB, ""),
    "/api/v1/advise": (
        256 * KB,
        "；before 也算在内，请少带几轮 before counts too: send fewer turns",
    ),
    "/chat/photos": (9 * MB, "；请压缩一下图片，或截图再发 send a smaller picture"),
    "/api/v1/records/import": (8 * MB, SEVERAL),
    "/records/import": (8 * MB, SEVERAL),
    "/orders/import": (64 * MB, SEVERAL),
}
"""Where earlier turns may come along, a picture, or a whole table."""
FOR_THIS_MACHINE = "/webhook"
"""Rasa sends a whole conversation here, and only this machine may."""


class RequestLimit:
    """Reads each body up to its limit; an unfinished one never reaches the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == FOR_THIS_MACHINE:
            await self._app(scope, receive, send)
            return
        largest, hint = LARGER.get(scope["path"], (LARGEST, ""))
        try:
            body = await _read(receive, largest)
        except _HungUp:
            return  # nobody is left to answer
        if body is None:
            told = f"请求超过 {largest // KB} KB request over {largest // KB} KB{hint}"
            await problem(413, "body", told)(scope, receive, send)
            return
        await self._app(scope, _Again(body, receive), send)


class _HungUp(Exception):
    """The caller went away in the middle of the body."""


async def _read(receive: Receive, largest: int) -> bytes | None:
    """The whole body, or ``None`` once it is too large."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _HungUp
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > largest:
            return None
    return bytes(body)


class _Again:
    """Hands a body that was read already to the application, once."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
