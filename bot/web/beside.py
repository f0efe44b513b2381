"""What a connection sends while something else is received on it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.websockets import WebSocketDisconnect


@asynccontextmanager
async def beside(sending: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Send for as long as this lasts; that the other side is gone is no fault."""
    task = asyncio.create_task(sending)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, RuntimeError, WebSocketDisconnect):
            await task
