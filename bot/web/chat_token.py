"""What a customer's page holds to show which conversation is its own; nobody else can make it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import uuid4

from fastapi import Depends, Header
from itsdangerous import BadSignature
from itsdangerous.url_safe import URLSafeSerializer
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

HEADER = "x-chat"
"""In a header, not in a cookie: browsers send it from a page within another site's page too."""
UNKNOWN = "这个聊天窗已经失效，请刷新页面 this chat is not known; reload the page"


@dataclass(frozen=True, slots=True)
class Guest:
    """A customer, as far as their page is known."""

    conversation_id: str
    order_no: str | None = None
    """Only where the shop knows it to be theirs."""
    nickname: str | None = None


class ChatTokens:
    def __init__(self, secret: str) -> None:
        self._signer = URLSafeSerializer(secret, "chat")

    def new(self, order_no: str | None = None, nickname: str | None = None) -> str:
        """That of a conversation which begins."""
        return str(self._signer.dumps([f"chat-{uuid4()}", order_no, nickname]))

    def read(self, token: str) -> Guest | None:
        """Whose it is; nobody's where we have not made it."""
        try:
            return Guest(*self._signer.loads(token))
        except BadSignature:
            return None


def guest(connection: HTTPConnection, token: Annotated[str, Header(alias=HEADER)] = "") -> Guest:
    """Raises HTTPException where the token is none of ours."""
    tokens: ChatTokens = connection.app.state.chat_tokens
    found = tokens.read(token)
    if found is None:
        raise HTTPException(401, UNKNOWN)
    return found


Me = Annotated[Guest, Depends(guest)]
