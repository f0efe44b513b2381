"""The application: interface, page and action endpoint in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from bot import wiring
from bot.web import errors
from bot.web.routes import actions, advice
from bot.web.shop import RunningShop, Shop


def create_app() -> FastAPI:
    """The application on the running shop; its parts are made at start and closed at the end."""
    app = FastAPI(title="Shouhou 售后助手", version=wiring.VERSION, lifespan=_lifespan)
    app.add_middleware(errors.RequestLimit)
    errors.install(app)
    app.include_router(advice.router)
    app.include_router(actions.router)
    app.add_api_route("/healthz", _healthz, methods=["GET"], tags=["operation"])
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    with wiring.serving() as parts:
        app.state.shop = RunningShop(parts)
        yield


def _healthz(shop: Shop) -> dict[str, Any]:
    """Whether the shop's parts are all there."""
    return shop.health()
