"""The smallest application that `serve` can serve."""

import os
from typing import Any


def create_app() -> Any:
    async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            body = f"demo={os.environ['SHOUHOU_DEMO']} rasa={os.environ['SHOUHOU_RASA_URL']}"
            headers = [(b"x-hosts", os.environ["SHOUHOU_HOSTS"].encode())]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body.encode()})

    return app
