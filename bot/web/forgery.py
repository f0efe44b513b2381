"""Refuses what another site makes a signed-in browser send: such requests lack the token."""

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_csrf.middleware import CSRFMiddleware

from bot.web.errors import problem

WHY = "这个请求不是从本页面发出的，请刷新页面再试 the token of the page is missing; reload it"


class NoForgery(CSRFMiddleware):
    """Wants the token with every change that a browser with one of these cookies asks for."""

    def __init__(self, app: ASGIApp, secret: str, cookies: Sequence[str]) -> None:
        super().__init__(
            app,
            secret,
            sensitive_cookies=set(cookies),
            # Here one may hold the cookie of a session that has ended; the form checks for itself.
            exempt_urls=[re.compile(r"^/login$")],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A WebSocket says where its page comes from; who accepts it looks at that.
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    def _get_error_response(self, request: Request) -> Response:
        return problem(403, "x-csrftoken", WHY)
