"""The secret that signs cookies: made at the first start, kept for its owner's eyes alone."""

import os
import secrets
from pathlib import Path

SETTING = "SHOUHOU_SECRET"
"""Where several processes serve one shop, they must share it."""
SHORTEST = 32
FILE = "secret"


def secret(folder: Path) -> str:
    """The one in ``SHOUHOU_SECRET``, else the one kept in this folder, made where there is none.

    Raises:
        ValueError: the setting is too short to be safe.
    """
    told = os.environ.get(SETTING)
    if told is not None:
        if len(told) < SHORTEST:
            raise ValueError(
                f"{SETTING}: 至少 {SHORTEST} 个字符 needs at least {SHORTEST} characters"
            )
        return told
    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # Of two that start together, one makes it and the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(SHORTEST)
        file.write(made)
    return made
