"""What every answer tells the browser: load and run our own files only, keep no customer's data."""

import os

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SITES_SETTING = "SHOUHOU_CHAT_SITES"
"""The shop's own sites in whose pages the chat may stand, e.g. ``https://www.shop.example``."""
CHAT = "/chat"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
STATIC = "/static/"


class BrowserHeaders:
    """Adds the headers to each answer; files may be kept by the browser, answers may not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, send_with_headers)


def answer_headers(path: str) -> dict[str, str]:
    """The headers of an answer at this path."""
    framed_by = f"'self' {os.environ.get(SITES_SETTING, '')}".strip() if path == CHAT else "'none'"
    return {
        **HEADERS,
        "content-security-policy": f"{POLICY}; frame-ancestors {framed_by}",
        # A file is asked for again each time and answered with "unchanged": an update shows at
        # once.
        "cache-control": "no-cache" if path.startswith(STATIC) else "no-store",
    }


def _add(headers: MutableHeaders, path: str) -> None:
    for name, value in answer_headers(path).items():
        headers.setdefault(name, value)
