"""Rasa's REST channel, reached through the application: a channel needs to know one port only."""

import os
from typing import Any

import httpx

from bot import wiring

SECONDS = 10.0
"""How long the bot may think."""


class RasaAway(Exception):
    """Rasa does not answer, or not as it should."""


class RasaChannel:
    """Hands customers' messages to the running Rasa."""

    def __init__(self, url: str | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url or os.environ.get(wiring.RASA_URL_SETTING, "http://127.0.0.1:5005"),
            timeout=SECONDS,
            trust_env=False,  # a proxy of the machine has no business between us and loopback
        )

    async def say(self, body: dict[str, Any]) -> Any:
        """What the bot answers to the message in this body.

        Raises:
            RasaAway: refused, too slow, an error, or an answer that is no JSON.
        """
        try:
            answer = await self._client.post("/webhooks/rest/webhook", json=body)
            return answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise RasaAway(type(error).__name__) from error

    async def close(self) -> None:
        await self._client.aclose()
