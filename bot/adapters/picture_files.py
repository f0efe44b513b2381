"""Pictures as files in a folder that no address leads to."""

import re
from pathlib import Path
from secrets import token_urlsafe

from bot.adapters.pictures import checked

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_KINDS = {ending: kind for kind, ending in _ENDINGS.items()}
_NAME = re.compile(r"[\w-]{20,50}\.(jpg|png)")


class PictureFiles:
    """Implements ``ports.Pictures``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        picture = checked(data)
        name = f"{token_urlsafe(24)}.{_ENDINGS[picture.kind]}"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folder / name).write_bytes(picture.data)
        return name

    def read(self, name: str) -> tuple[str, bytes] | None:
        found = _NAME.fullmatch(name)
        file = self._folder / name if found else None
        if found is None or file is None or not file.is_file():
            return None
        return _KINDS[found.group(1)], file.read_bytes()
