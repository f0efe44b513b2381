"""Rasa's own process: started on loopback, started again when it dies, gone when we are."""

import logging
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from bot.adapters.rasa_understanding import RasaReader
from bot.services.ports import UnderstandingDown

READY_SECONDS = 180.0
POLL_SECONDS = 0.25
STOP_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""How long a dead Rasa is left alone before it is started again; doubled with each early death."""
STEADY_SECONDS = 60.0
"""One that lived this long did not die of how it was started."""
CHECK_SECONDS = 10.0
SILENT_SECONDS, SILENT_CHECKS = 10.0, 3
"""A Rasa that lives but is silent this long, this often in a row, hangs and is started again."""
LARGEST_LOG = 5_000_000

Progress = Callable[[float], None]

log = logging.getLogger(__name__)


class RasaUnavailable(UnderstandingDown):
    """Rasa cannot be started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RasaFiles:
    """Where Rasa's parts are: its environment and settings in the checkout, the model anywhere."""

    checkout: Path
    model: Path
    log: Path

    @property
    def python(self) -> Path:
        return self.checkout / "envs/rasa/.venv/bin/python"

    def check(self) -> None:
        """Refuse to start what cannot work.

        Raises:
            RasaUnavailable: the environment or the model is missing.
        """
        if not self.python.exists():
            raise RasaUnavailable(f"{self.python} is missing: run `make install`")
        if not self.model.exists():
            raise RasaUnavailable(f"{self.model} is missing: run `make train`")


class RasaProcess:
    """One Rasa server of this checkout.

    ``actions`` is the host and port where the application answers Rasa's custom actions. Rasa's
    standard input is a pipe of ours: it closes, and Rasa ends, however we die.
    """

    def __init__(self, files: RasaFiles, actions: str | None = None) -> None:
        self._files = files
        self._actions = actions
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._spawning = threading.Lock()
        self._started_at = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, progress: Progress = lambda seconds: None) -> None:
        """Start Rasa and wait until it has understood a first message.

        Raises:
            RasaUnavailable: something is missing, or Rasa died or was not ready in time.
        """
        self._files.check()
        try:
            self._spawn()
            self._wait_until_ready(progress)
        except BaseException:
            self.stop()
            raise
        threading.Thread(target=self._watch, name="rasa-watch", daemon=True).start()

    def stop(self) -> None:
        """Stop Rasa and whatever it started; harmless when it is not running."""
        with self._spawning:  # what is being started now is stopped too
            self._stopping.set()
        if self._process is not None:
            _end(self._process)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _spawn(self) -> None:
        with self._spawning, _opened_log(self._files.log) as output:
            if self._stopping.is_set():
                return
            self._process = subprocess.Popen(
                self._command(),
                cwd=self._files.checkout,
                env=_environment(os.environ, self._files.checkout),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop Rasa in good order
            )
            self._started_at = time.monotonic()

    def _command(self) -> list[str]:
        python, runner = str(self._files.python), str(self._files.checkout / "envs/rasa/serve.py")
        command = [python, runner, "--model", str(self._files.model), "--port", str(self.port)]
        actions = ["--actions", self._actions] if self._actions else []
        return [*command, *actions, "--lifeline"]

    def _wait_until_ready(self, progress: Progress) -> None:
        with closing(RasaReader(self.url, read_seconds=30)) as reader:
            while not _understands(reader):
                seconds = time.monotonic() - self._started_at
                self._give_up_when_hopeless(seconds)
                progress(seconds)
                time.sleep(POLL_SECONDS)

    def _give_up_when_hopeless(self, seconds: float) -> None:
        if self._process is None or self._process.poll() is not None:
            what = f"Rasa stopped while starting: {_last_line(self._files.log)}"
        elif seconds > READY_SECONDS:
            what = f"Rasa was not ready after {READY_SECONDS:.0f} s"
        else:
            return
        raise RasaUnavailable(f"{what} (all of it: {self._files.log})")

    def _watch(self) -> None:
        """Start Rasa again whenever it ends by itself."""
        pause = FIRST_PAUSE
        while self._process is not None:
            code = self._until_it_ends(self._process)
            _end(self._process)
            steady = time.monotonic() - self._started_at > STEADY_SECONDS
            pause = FIRST_PAUSE if steady else pause
            if self._stopping.is_set():
                return
            log.warning("Rasa ended with %s; starting it again in %.0f s", code, pause)
            if self._stopping.wait(pause):
                return
            pause = min(pause * 2, LONGEST_PAUSE)
            self._spawn()

    def _until_it_ends(self, process: subprocess.Popen[bytes]) -> int:
        """Wait until the process ends; one that has answered and answers no more is ended."""
        answered, silent = False, 0
        with closing(RasaReader(self.url, read_seconds=SILENT_SECONDS)) as reader:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return process.wait(CHECK_SECONDS)
                if _understands(reader):
                    answered, silent = True, 0
                else:
                    silent += answered
                if silent == SILENT_CHECKS:
                    log.warning("Rasa does not answer any more")
                    _signal_group(process, signal.SIGKILL)


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _environment(ours: Mapping[str, str], checkout: Path) -> dict[str, str]:
    return {
        **ours,
        "PYTHONPATH": str(checkout),  # where bot.nlu is
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "LOG_LEVEL": "WARNING",  # below it, Rasa writes down what customers say
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
    }


def _opened_log(path: Path) -> IO[bytes]:
    """The log, begun anew when it has grown large; the one before it is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".1.log"))
    return path.open("ab")


def _understands(reader: RasaReader) -> bool:
    try:
        reader.understand("您好")
    except UnderstandingDown:
        return False
    return True


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its group: asked first, made to after ten seconds."""
    if process.poll() is None:
        _signal_group(process, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        _signal_group(process, signal.SIGKILL)
        process.wait()
    if process.stdin:
        process.stdin.close()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
