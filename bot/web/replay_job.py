"""What a change of the rules would change, worked out in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import structlog

from bot.services.comparison import Change, Compared
from bot.services.ports import PolicyError

LOG = structlog.get_logger()
SHOWN = 50
BROKEN = "比的时候服务出错了，请再试一次。"

type Run = Callable[[Compared], Iterator[Change]]


@dataclass
class ReplayState:
    """How far it is; grows while it runs."""

    count: Compared = field(default_factory=Compared)
    changes: list[Change] = field(default_factory=list)
    """The first ones; the count tells how many there are."""
    day: date = date.min
    """The day as of which the conversations are told."""
    what: str = ""
    """Which conversations."""
    fault: str = ""
    running: bool = True


class ReplayJob:
    """Compares one set of changes at a time; another one takes its place."""

    def __init__(self) -> None:
        self.state: ReplayState | None = None

    def start(self, run: Run, day: date, what: str) -> ReplayState:
        """Begin; what was compared before is forgotten."""
        if self.state is None or not self.state.running:
            self.state = ReplayState(day=day, what=what)
            threading.Thread(target=self._work, args=[self.state, run], daemon=True).start()
        return self.state

    def _work(self, state: ReplayState, run: Run) -> None:
        try:
            for change in run(state.count):
                if len(state.changes) < SHOWN:
                    state.changes.append(change)
        except PolicyError as error:
            state.fault = str(error)
        except Exception:
            LOG.exception("policy.replay", what="the comparison failed")
            state.fault = BROKEN
        state.running = False
