"""Who understands a message while Rasa is away: the key phrases, until Rasa answers again."""

import logging
import threading
from dataclasses import replace

from bot.core.understanding import Understanding
from bot.services.ports import Reader, UnderstandingDown

PROBE_SECONDS = 1.0
PROBE = "您好"

log = logging.getLogger(__name__)


class ResilientReader:
    """Asks the first reader, and the second as long as the first is down.

    One message finds out that the first is down; the following do not wait for it. A background
    thread asks it every second and lets the messages go back to it at its first answer.
    """

    def __init__(
        self, primary: Reader, backup: Reader, probe_seconds: float = PROBE_SECONDS
    ) -> None:
        self._primary = primary
        self._backup = backup
        self._probe_seconds = probe_seconds
        self._down = threading.Event()
        self._closed = threading.Event()
        self._lock = threading.Lock()

    @property
    def degraded(self) -> bool:
        """Whether messages are understood by key phrases now."""
        return self._down.is_set()

    def understand(self, text: str) -> Understanding:
        """Understand one message, always; ``degraded`` says by whom."""
        if not self._down.is_set():
            try:
                return self._primary.understand(text)
            except UnderstandingDown as error:
                self._went_down(error)
        return replace(self._backup.understand(text), degraded=True)

    def close(self) -> None:
        """Stop asking; the readers belong to whoever made them."""
        self._closed.set()

    def _went_down(self, error: UnderstandingDown) -> None:
        with self._lock:
            if self._down.is_set():
                return
            self._down.set()
        log.warning("understanding is down, going on with key phrases: %s", error)
        threading.Thread(
            target=self._wait_for_primary, name="understanding-probe", daemon=True
        ).start()

    def _wait_for_primary(self) -> None:
        """Ask at once, then every second: a single bad answer degrades but a few messages."""
        while not self._closed.is_set():
            if self._answers():
                self._down.clear()
                log.warning("understanding is back")
                return
            self._closed.wait(self._probe_seconds)

    def _answers(self) -> bool:
        try:
            self._primary.understand(PROBE)
        except UnderstandingDown:
            return False
        return True
