"""Which Rasa understands: the one configured, the running server's, or one started for the
purpose.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.adapters import server_state
from bot.adapters.rasa_process import Progress, RasaFiles, RasaProcess

URL_SETTING = "SHOUHOU_RASA_URL"
"""Names a Rasa that runs elsewhere; then none is started here."""


@contextmanager
def running_rasa(
    files: RasaFiles, state_folder: Path, progress: Progress = lambda seconds: None
) -> Iterator[str]:
    """The address of a Rasa for one run: the configured, the running server's, or one of its own.

    Raises:
        RasaUnavailable: none is running and none can be started.
    """
    state = None if os.environ.get(URL_SETTING) else server_state.running(state_folder)
    if state is not None:
        yield state.rasa_url
    else:
        with serving_rasa(files, None, progress) as url:
            yield url


@contextmanager
def serving_rasa(
    files: RasaFiles, actions: str | None, progress: Progress = lambda seconds: None
) -> Iterator[str]:
    """The address of a Rasa of our own, or of the one that ``SHOUHOU_RASA_URL`` names.

    Raises:
        RasaUnavailable: it cannot be started.
    """
    if url := os.environ.get(URL_SETTING):
        yield url
        return
    process = RasaProcess(files, actions)
    process.start(progress)
    try:
        yield process.url
    finally:
        process.stop()
