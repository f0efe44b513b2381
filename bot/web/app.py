"""The application: interface, page and action endpoint in one process."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from bot import wiring
from bot.web import errors, hosts
from bot.web.headers import BrowserHeaders
from bot.web.rasa_channel import RasaChannel
from bot.web.request_limit import RequestLimit
from bot.web.routes import actions, advice, channel, corrections, duties, page, records
from bot.web.shop import RunningShop, Shop


def create_app(
    parts: wiring.Serving | None = None, called_as: Sequence[str] | None = None
) -> FastAPI:
    """The application; its parts are made at start and closed at the end where none are given.

    Args:
        called_as: the names it answers to; those under which it is served where none are given.
    """
    app = FastAPI(
        title="Shouhou 售后助手",
        version=wiring.VERSION,
        # Their pages load scripts from elsewhere; /openapi.json tells programs the same.
        docs_url=None,
        redoc_url=None,
        lifespan=lambda app: _lifespan(app, parts),
    )
    app.add_middleware(RequestLimit)
    names = hosts.names(hosts.bound_hosts()) if called_as is None else called_as
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    app.add_middleware(BrowserHeaders)
    errors.install(app)
    app.include_router(advice.router)
    app.include_router(corrections.router)
    app.include_router(duties.router)
    app.include_router(records.router)
    app.include_router(channel.router)
    app.include_router(actions.router)
    app.include_router(page.router)
    app.mount("/static/htmx", StaticFiles(directory=_htmx_folder()))
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.add_api_route("/healthz", _healthz, methods=["GET"], tags=["operation"])
    return app


def _htmx_folder() -> Path:
    """Where the installed package keeps htmx; the package itself is never imported."""
    package = find_spec("django_htmx")
    if package is None or package.origin is None:
        raise RuntimeError("htmx is missing: run `make install`")
    return Path(package.origin).parent / "static/django_htmx"


@asynccontextmanager
async def _lifespan(app: FastAPI, parts: wiring.Serving | None) -> AsyncIterator[None]:
    with nullcontext(parts) if parts else wiring.serving() as made:
        app.state.shop = RunningShop(made)
        actions.executor()  # found now, so that no customer waits for it
        app.state.rasa = RasaChannel()
        try:
            yield
        finally:
            await app.state.rasa.close()


def _healthz(shop: Shop) -> dict[str, Any]:
    """Whether the shop's parts are all there."""
    return shop.health()
