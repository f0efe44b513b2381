"""Counts wrong passwords in this process: few for a name from one caller, more from that caller.

Nobody can lock a colleague out from another computer.
"""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

MINUTES = 15
FOR_A_NAME = RateLimitItemPerMinute(5, MINUTES)
FROM_A_CALLER = RateLimitItemPerMinute(30, MINUTES)
"""A shop's computers may share one address."""


class LimitedAttempts:
    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, name: str, caller: str) -> int:
        """For how many minutes no further attempt is allowed; 0 when one is."""
        waits = [
            self._limiter.get_window_stats(limit, key).reset_time - time.time()
            for limit, key in self._counted(name, caller)
            if not self._limiter.test(limit, key)
        ]
        return max((max(math.ceil(seconds / 60), 1) for seconds in waits), default=0)

    def failed(self, name: str, caller: str) -> None:
        for limit, key in self._counted(name, caller):
            self._limiter.hit(limit, key)

    def succeeded(self, name: str, caller: str) -> None:
        """The name's own count begins anew; the caller may still be trying other names."""
        self._limiter.clear(FOR_A_NAME, _pair(name, caller))

    def _counted(self, name: str, caller: str) -> tuple[tuple[RateLimitItemPerMinute, str], ...]:
        return ((FOR_A_NAME, _pair(name, caller)), (FROM_A_CALLER, caller))


def _pair(name: str, caller: str) -> str:
    return f"{caller} {name}"
