"""How fast a customer may write; counted in this process."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

A_MINUTE = 30
"""Messages: more than anybody types, fewer than a script sends."""


class LimitedPace:
    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(A_MINUTE)

    def allows(self, conversation_id: str) -> bool:
        """Whether this conversation may have one more message now; counts it."""
        return self._limiter.hit(self._limit, conversation_id)
