"""The application: interface, page and action endpoint in one process."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from bot import wiring
from bot.web import errors, hosts, signed_in
from bot.web.chat_token import ChatTokens
from bot.web.desk_live import DeskLive
from bot.web.forgery import NoForgery
from bot.web.headers import BrowserHeaders
from bot.web.import_job import ImportJob
from bot.web.live import Live
from bot.web.rasa_channel import RasaChannel
from bot.web.record_job import RecordJobs
from bot.web.rendering import STATIC
from bot.web.replay_job import ReplayJob
from bot.web.request_limit import RequestLimit
from bot.web.routes import (
    actions,
    advice,
    approval_pages,
    channel,
    chat,
    corrections,
    desk,
    desk_live,
    duties,
    duty_pages,
    order_pages,
    people,
    policy,
    policy_changes,
    policy_values,
    practice,
    practice_drills,
    practice_group,
    practice_rules,
    quality,
    record_pages,
    records,
    scripts,
    sign_in,
)
from bot.web.shop import RunningShop, Shop

ROUTES = (
    advice,
    corrections,
    duties,
    records,
    channel,
    actions,
    sign_in,
    people,
    desk,
    desk_live,
    chat,
    record_pages,
    duty_pages,
    approval_pages,
    order_pages,
    quality,
    scripts,
    policy,
    policy_values,
    policy_changes,
    practice_drills,
    practice_group,
    practice_rules,
    practice,
)
"""Which addresses there are."""


def create_app(
    parts: wiring.Serving | None = None,
    called_as: Sequence[str] | None = None,
    secret: str | None = None,
) -> FastAPI:
    """The application; its parts are made at start and closed at the end where none are given.

    Args:
        called_as: the names it answers to; those under which it is served where none are given.
        secret: signs the cookies; the shop's own where none is given.
    """
    app = FastAPI(
        title="Shouhou 售后助手",
        version=wiring.VERSION,
        # Their pages load scripts from elsewhere; /openapi.json tells programs the same.
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _lifespan(app, parts),
    )
    names = hosts.names(hosts.bound_hosts()) if called_as is None else called_as
    secret = secret or wiring.secret()
    _guard(app, names, secret)
    app.state.chat_tokens = ChatTokens(secret)
    errors.install(app)
    for routes in ROUTES:
        app.include_router(routes.router)
    app.mount("/static/htmx", StaticFiles(directory=_htmx_folder()))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_api_route("/healthz", _healthz, methods=["GET"], tags=["operation"])
    return app


def _guard(app: FastAPI, names: Sequence[str], secret: str) -> None:
    """What every request passes on its way in, the last one first."""
    app.add_middleware(RequestLimit)
    app.add_middleware(NoForgery, secret=secret, cookies=[signed_in.COOKIE])
    app.add_middleware(
        SessionMiddleware,
        secret_key=secret,
        session_cookie=signed_in.COOKIE,
        max_age=signed_in.HOURS * 3600,
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    app.add_middleware(BrowserHeaders)


def _htmx_folder() -> Path:
    """Where the installed package keeps htmx; the package itself is never imported."""
    package = find_spec("django_htmx")
    if package is None or package.origin is None:
        raise RuntimeError("htmx is missing: run `make install`")
    return Path(package.origin).parent / "static/django_htmx"


@asynccontextmanager
async def _lifespan(app: FastAPI, parts: wiring.Serving | None) -> AsyncIterator[None]:
    with (
        nullcontext(parts) if parts else wiring.serving() as made,
        wiring.practice_room(made) as practising,
    ):
        app.state.shop = RunningShop(made)
        app.state.practice = practising
        actions.executor()  # found now, so that no customer waits for it
        app.state.rasa = RasaChannel()
        app.state.replay = ReplayJob()
        app.state.scripts = wiring.script_search(made)
        app.state.imports = ImportJob(wiring.imports_folder(), wiring.import_into(made))
        app.state.record_jobs = RecordJobs()
        app.state.live = Live()
        made.changes.listen(app.state.live.tell)
        app.state.desk = DeskLive(app.state.shop, app.state.live)
        try:
            async with app.state.desk.running():
                yield
        finally:
            made.changes.forget(app.state.live.tell)
            await app.state.rasa.close()


def _healthz(shop: Shop) -> dict[str, Any]:
    """Whether the shop's parts are all there."""
    return shop.health()
