"""The policy in use: read again when a file changes, and kept while a file is wrong or gone."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.adapters.policy_files import load_checked
from bot.adapters.yaml_files import files, shown
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
        self._looked_at = self._clock()
        try:
            now = self._fingerprint()
            if now != self._seen:
                self._seen = now
                self._read()
        except PolicyError as error:
            self._keep(str(error), again=isinstance(error.__cause__, OSError))
        except OSError as error:
            where = shown(Path(error.filename)) if error.filename else "policy"
            self._keep(f"{where}: 读不到 cannot be read: {error.strerror}", again=True)

    def _read(self) -> None:
        newest = load_checked(*self._folders)
        newest.warm_up()
        self._policy = newest
        self.fault = None
        log.info("policy.loaded", playbooks=len(self._policy.playbooks))

    def _keep(self, why: str, again: bool) -> None:
        """Stay with the policy as it is; what could not be read may be back without a change."""
        if why != self.fault:
            log.error("policy.kept", why=why)
        self.fault = why
        if again:
            self._seen = ()

    def _fingerprint(self) -> Fingerprint:
        return tuple(_state(path) for folder in self._folders for path in files(folder))


def _state(path: Path) -> tuple[str, int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:  # gone since it was listed: reading it will say so
        return str(path), 0, 0
    return str(path), stat.st_mtime_ns, stat.st_size
