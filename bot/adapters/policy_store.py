"""The policy in use: read again when a file changes, and kept as it was while a file is wrong."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.adapters.policy_files import load_checked
from bot.core.policy import Policy
from bot.services.ports import PolicyError

LOOK_EVERY_SECONDS = 1.0
log = structlog.get_logger(__name__)

type Fingerprint = tuple[tuple[str, int, int], ...]


class PolicyStore:
    """Gives the policy of two folders, always a whole one.

    Raises:
        PolicyError: at the start, when the files are wrong.
    """

    def __init__(
        self, policy: Path, scripts: Path, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folders = (policy, scripts)
        self._clock = clock
        self._lock = threading.Lock()
        self._seen = self._fingerprint()
        self._policy = load_checked(policy, scripts)
        self._looked_at = clock()
        self.fault: str | None = None
        """Why the newest files are not in use; ``None`` while they are."""

    def current(self) -> Policy:
        """The newest policy without a fault."""
        if self._clock() - self._looked_at >= LOOK_EVERY_SECONDS and self._lock.acquire(False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._policy

    def _look(self) -> None:
        now = self._fingerprint()
        self._looked_at = self._clock()
        if now == self._seen:
            return
        self._seen = now
        try:
            self._policy = load_checked(*self._folders)
        except PolicyError as error:
            self.fault = str(error)
            log.error("policy.kept", why=self.fault)
        else:
            self.fault = None
            log.info("policy.loaded", playbooks=len(self._policy.playbooks))

    def _fingerprint(self) -> Fingerprint:
        files = [path for folder in self._folders for path in sorted(folder.rglob("*.yml"))]
        stats = ((str(path), path.stat()) for path in files)
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
