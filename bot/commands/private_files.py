"""Files that hold customers' words: kept outside the project, and for their owner's eyes alone."""

import os
from pathlib import Path

from bot import wiring

STATE_SETTING = "XDG_STATE_HOME"
ONLY_MINE, FOLDER_ONLY_MINE = 0o600, 0o700


class InsideProject(ValueError):
    """The place is inside the project, where such a file would be shared with it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: 有顾客原话，不能放在项目里 it holds customers' words and must not be "
            f"kept inside the project {wiring.CHECKOUT}; choose a place outside 换个地方"
        )


def private_place(path: Path) -> Path:
    """Where the file will really be; its folder is there.

    Raises:
        InsideProject: that is inside the project.
        OSError: there is no such folder, or it is itself one.
    """
    place = path.expanduser().resolve()
    if place.is_relative_to(wiring.CHECKOUT.resolve()):
        raise InsideProject(path)
    if not place.parent.is_dir():
        raise NotADirectoryError(
            0, "没有这个文件夹 no such folder; make it first", str(path.parent)
        )
    if place.is_dir():
        raise IsADirectoryError(0, "是文件夹，请写文件名 is a folder; name a file", str(path))
    return place


def state_place(*parts: str) -> Path:
    """A place for such a file among the user's own state, its folders made.

    Raises:
        InsideProject: the state is kept inside the project.
    """
    told = Path(os.environ.get(STATE_SETTING) or "")
    # A relative one is to be ignored, says the XDG base directory specification.
    home = told if told.is_absolute() else Path.home() / ".local/state"
    place = home.joinpath("shouhou", *parts)
    if place.resolve().is_relative_to(wiring.CHECKOUT.resolve()):
        raise InsideProject(place)
    place.parent.mkdir(FOLDER_ONLY_MINE, parents=True, exist_ok=True)
    return private_place(place)


def write_private(place: Path, text: str) -> None:
    """Write the file so that only its owner may read it, also where it was there before."""
    place.touch(ONLY_MINE)
    place.chmod(ONLY_MINE)
    place.write_text(text, encoding="utf-8", newline="\n")
