"""Errors as the interface gives them: which field, what is wrong, how to mend it."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from bot.core.promises import AlreadySo, UnknownPromise
from bot.core.record_refusals import (
    Duplicate,
    NotAllowed,
    RecordRefused,
    Stale,
    UnknownRecord,
    UnknownRegister,
)
from bot.core.tables import BrokenTable
from bot.services.ports import (
    MessageIdTaken,
    UnknownConversation,
    UnknownIntent,
    UnknownMessage,
    UnknownOrder,
    UnknownScript,
)
from bot.web.headers import answer_headers
from bot.web.rendering import by_htmx, page
from bot.web.signed_in import NotSignedIn, login_address
from bot.web.texts import clean

_MENDS = {
    "missing": "缺少这个字段 add this field",
    "string_too_short": "不能为空 must not be empty",
    "string_too_long": "太长了,最多 {max_length} 个字 too long, at most {max_length} characters",
    "string_unicode": "含有不能保存的字符 holds a NUL or half a character; take it out",
    "extra_forbidden": "没有这个字段 no such field",
    "model_attributes_type": "要一个 JSON 对象 send a JSON object, as application/json",
    "json_invalid": "不是 JSON is not JSON: {error}",
}
_REFUSALS = {
    400: ("body", "读不懂这个请求 cannot be read"),
    403: ("origin", "不允许 not allowed from there"),
    404: ("path", "没有这个地址 no such address; /openapi.json lists them"),
    405: ("method", "这个地址不收这种请求 not for this address; /openapi.json tells which"),
    415: ("content-type", "请发 application/json send application/json"),
}
"""For each status: the field that is wrong, and the words where nobody gave better ones."""
_RECORDS: Mapping[type[RecordRefused], int] = {
    NotAllowed: 403,
    UnknownRecord: 404,
    UnknownRegister: 404,
    Stale: 409,
    Duplicate: 409,
}
_PAGES = {
    403: ("这里不给你看", "这一页是给别的角色用的。"),
    404: ("没有这一页", "地址可能写错了，或者东西已经不在了。"),
}
"""What a person reads in place of a page."""
_FRAMEWORKS_OWN = {"Not Found", "Method Not Allowed", "There was an error parsing the body"}
_BROKEN = "服务出错了,请再试一次 something broke here; try again, the log says more"


def install(app: FastAPI) -> None:
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(NotSignedIn, _to_login)
    app.add_exception_handler(UnknownOrder, _about("order_no", 404))
    app.add_exception_handler(UnknownScript, _about("script", 422))
    app.add_exception_handler(UnknownConversation, _about("conversation_id", 404))
    app.add_exception_handler(UnknownMessage, _about("message_id", 404))
    app.add_exception_handler(UnknownIntent, _about("intent", 422))
    app.add_exception_handler(MessageIdTaken, _about("message_id", 409))
    app.add_exception_handler(UnknownPromise, _about("promise", 404))
    app.add_exception_handler(AlreadySo, _about("state", 409))
    app.add_exception_handler(RecordRefused, _record_refused)
    app.add_exception_handler(BrokenTable, _about("body", 422))
    app.add_exception_handler(Exception, _broken)


def problem(
    status: int, field: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse({"errors": [{"field": field, "message": clean(message)}]}, status, headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = [{"field": _field(one), "message": _message(one)} for one in error.errors()]
    return JSONResponse({"errors": errors}, 422)


def _field(error: Any) -> str:
    if error["type"] == "json_invalid":
        return "body"
    places = [str(part) for part in error["loc"] if part not in ("body", "query", "path", "header")]
    return clean(".".join(places)) or "body"


def _message(error: Any) -> str:
    mend = _MENDS.get(error["type"])
    told = clean(str(error["msg"]).removeprefix("Value error, "))
    return mend.format(**error.get("ctx", {})) if mend else told


async def _refused(request: Request, error: Exception) -> Response:
    """What the framework or a route refuses; its own words count where it has any."""
    assert isinstance(error, HTTPException)
    field, words = _REFUSALS.get(error.status_code, ("request", error.detail))
    told = words if error.detail in _FRAMEWORKS_OWN else error.detail
    if _in_a_browser(request) and error.status_code in _PAGES:
        title, why = _PAGES[error.status_code]
        why = why if error.detail in _FRAMEWORKS_OWN else error.detail
        return page(request, "refused.html", status=error.status_code, title=title, why=why)
    return problem(error.status_code, field, told, error.headers)


def _in_a_browser(request: Request) -> bool:
    """Whether a person opens a page, not a program or a page's script."""
    return "text/html" in request.headers.get("accept", "") and not by_htmx(request)


async def _to_login(request: Request, _error: Exception) -> Response:
    """To the page where one signs in, and back afterwards."""
    if by_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if request.method == "GET" and _in_a_browser(request):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(login_address(path), 303)
    return problem(401, "session", "请先登录 sign in first")


async def _record_refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RecordRefused)
    status = next((code for kind, code in _RECORDS.items() if isinstance(error, kind)), 422)
    return problem(status, error.field, str(error))


async def _broken(request: Request, _error: Exception) -> JSONResponse:
    """Answered from outside the middleware, so the headers are added here."""
    return problem(500, "server", _BROKEN, answer_headers(request.url.path))


def _about(field: str, status: int) -> Any:
    async def handler(_request: Request, error: Exception) -> JSONResponse:
        return problem(status, field, str(error))

    return handler
