"""Errors as the interface gives them: which field, what is wrong, how to mend it."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.services.ports import UnknownOrder

LARGEST_REQUEST = 64 * 1024
FOR_THIS_MACHINE = "/webhook"
"""Rasa sends a whole conversation here, and only this machine may."""

_MENDS = {
    "missing": "缺少这个字段 add this field",
    "string_too_short": "不能为空 must not be empty",
    "string_too_long": "太长了,最多 {max_length} 个字 too long, at most {max_length} characters",
    "extra_forbidden": "没有这个字段 no such field",
    "json_invalid": "不是 JSON is not JSON: {error}",
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnknownOrder, _unknown_order)


def problem(status: int, field: str, message: str) -> JSONResponse:
    return JSONResponse({"errors": [{"field": field, "message": message}]}, status)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(one), "message": _message(one)} for one in error.errors()]
    return JSONResponse({"errors": errors}, 422)


def _field(error: Any) -> str:
    if error["type"] == "json_invalid":
        return "body"
    return ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))


def _message(error: Any) -> str:
    mend = _MENDS.get(error["type"])
    told = str(error["msg"]).removeprefix("Value error, ")
    return mend.format(**error.get("ctx", {})) if mend else told


async def _unknown_order(_request: Request, error: Exception) -> JSONResponse:
    return problem(404, "order_no", str(error))


class RequestLimit:
    """Refuses requests that are larger than any honest one, before they are read whole."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_REQUEST) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == FOR_THIS_MACHINE:
            await self._app(scope, receive, send)
            return
        body = await self._read(receive)
        if body is None:
            largest = self._largest // 1024
            refusal = problem(413, "body", f"请求超过 {largest} KB request over {largest} KB")
            await refusal(scope, receive, send)
            return
        await self._app(scope, _Again(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or ``None`` once it is too large."""
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._largest:
                return None
        return body


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
