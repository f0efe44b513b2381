"""How a customer's message is understood: by Rasa, over HTTP, put into our words."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.core.understanding import FALLBACK, Entity, Intent, Understanding
from bot.services.ports import UnderstandingDown

LONGEST = 2_000
"""Characters of a message that are read: what is wanted is said by then, and Rasa's work grows."""
READ_SECONDS = 4.0
CONNECT_SECONDS = 1.0
CONNECTIONS = 32
IDLE_SECONDS = 20.0
"""Shorter than Rasa keeps an idle connection (30 s), so that we are the ones who close it."""

Json = Mapping[str, Any]


class RasaReader:
    """Understands messages by Rasa's ``POST /model/parse``; any number of threads may share one."""

    def __init__(self, base_url: str, read_seconds: float = READ_SECONDS) -> None:
        self._client = httpx.Client(
            base_url=base_url,
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS),
            limits=httpx.Limits(
                max_connections=CONNECTIONS,
                max_keepalive_connections=CONNECTIONS,
                keepalive_expiry=IDLE_SECONDS,
            ),
            trust_env=False,  # a proxy of the machine has no business between us and loopback
        )

    def understand(self, text: str) -> Understanding:
        """Understand one message; one that says nothing is not sent.

        Raises:
            UnderstandingDown: refused, too slow, an error, or an empty answer.
        """
        if not text.strip():
            return Understanding(text, unsure=True)
        return understanding_from(text, self._parse(as_plain_text(text)))

    def close(self) -> None:
        self._client.close()

    def _parse(self, text: str) -> Json:
        try:
            answer = self._post(text)
        except (httpx.HTTPError, RuntimeError) as error:  # RuntimeError: closed meanwhile
            raise UnderstandingDown(f"Rasa does not answer: {type(error).__name__}") from error
        return _checked(answer)

    def _post(self, text: str) -> httpx.Response:
        """Ask once more, at once, when a kept connection turns out to have been dropped."""
        try:
            return self._client.post("/model/parse", json={"text": text})
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            return self._client.post("/model/parse", json={"text": text})


def as_plain_text(text: str) -> str:
    """The message as Rasa may see it; every character keeps its place, so that spans stay true.

    Rasa takes 「/」 in front for a command that sets intent and entities: a customer's is written
    wide. Half an emoji (a lone surrogate) cannot be sent at all and becomes 「?」.
    """
    sendable = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    said = sendable.lstrip()
    if said.startswith("/"):
        return sendable.replace("/", "／", 1)
    return sendable


def understanding_from(text: str, answer: Json) -> Understanding:
    """What Rasa's answer says, in our words; the fallback is a doubt and not an intent."""
    ranked = answer.get("intent_ranking") or [answer.get("intent") or {}]
    intents = [
        Intent(str(one["name"]), float(one["confidence"])) for one in ranked if one.get("name")
    ]
    best_first = sorted(intents, key=lambda intent: -intent.confidence)
    ranking = tuple(intent for intent in best_first if intent.name != FALLBACK)
    top = (answer.get("intent") or {}).get("name")
    return Understanding(
        text,
        ranking,
        _entities(answer.get("entities") or ()),
        unsure=top in (FALLBACK, None) or not ranking,
    )


def _entities(found: Sequence[Json]) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            str(one["entity"]),
            str(one.get("value", "")),
            int(one["start"]),
            int(one["end"]),
            one.get("role"),
        )
        for one in found
        if "start" in one and "end" in one
    )


def _checked(answer: httpx.Response) -> Json:
    if answer.status_code != httpx.codes.OK:
        raise UnderstandingDown(f"Rasa answers {answer.status_code}")
    try:
        content = answer.json()
    except ValueError as error:
        raise UnderstandingDown("Rasa's answer cannot be read") from error
    if not isinstance(content, dict) or "intent" not in content:
        raise UnderstandingDown("Rasa's answer is empty")
    return content
