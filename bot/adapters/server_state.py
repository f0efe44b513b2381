"""Which server of this checkout is running, for the commands that use its understanding."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

FILE = "serve.json"
HEALTH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class ServerState:
    pid: int
    host: str
    app_port: int
    rasa_url: str


def write(folder: Path, state: ServerState) -> None:
    """Say that this server runs; nobody ever reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{FILE}.{state.pid}"
    draft.write_text(json.dumps(asdict(state)), encoding="utf-8")
    draft.replace(folder / FILE)


def remove(folder: Path, pid: int) -> None:
    """Say that this server has stopped, unless a later one has written its own file since."""
    state = read(folder)
    if state is not None and state.pid == pid:
        (folder / FILE).unlink(missing_ok=True)


def read(folder: Path) -> ServerState | None:
    """What the file says, true or not; nothing when it is missing or not ours."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        content = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return ServerState(
            int(content["pid"]),
            str(content["host"]),
            int(content["app_port"]),
            str(content["rasa_url"]),
        )
    return None


def running(folder: Path) -> ServerState | None:
    """The server whose process lives and whose Rasa answers; the file alone is no proof."""
    state = read(folder)
    if state is None or not _lives(state.pid) or not answers(state.rasa_url):
        return None
    return state


def answers(rasa_url: str) -> bool:
    """Whether a Rasa is listening there."""
    with suppress(httpx.HTTPError), httpx.Client(timeout=HEALTH_SECONDS, trust_env=False) as client:
        return "Rasa" in client.get(rasa_url).text
    return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, and belongs to someone else
        return True
    return True
