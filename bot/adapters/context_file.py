"""What training has learned about the words before a message, read from its file."""

import json
from pathlib import Path

from bot.core.context import ContextModel


class BrokenContext(ValueError):
    """The file cannot be used; the message names it and the mend."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}；请重新训练 train anew: make train")


def beside(model: Path) -> Path:
    """Where the file of this Rasa model stands: ``shouhou.tar.gz`` has ``shouhou.context.json``."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".context.json")


def read_context(path: Path) -> ContextModel | None:
    """What was learned; ``None`` where there is no such file.

    Raises:
        BrokenContext: it is not what training writes.
    """
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _model(content)
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenContext(path, f"{type(error).__name__}: {error}") from error


def _model(content: dict[str, object]) -> ContextModel:
    rows = {name: _numbers(content[name]) for name in ("trust", "carry", "reach")}
    signs, intents = content["signs"], content["intents"]
    if not isinstance(signs, dict) or not isinstance(intents, list):
        raise TypeError("signs must be an object, intents a list")
    weights = {sign: _numbers(row) for sign, row in signs.items()}
    if any(len(row) != len(intents) for row in weights.values()):
        raise ValueError("a row does not have a number for each intent")
    return ContextModel(tuple(map(str, intents)), **rows, signs=weights)


def _numbers(row: object) -> tuple[float, ...]:
    if not isinstance(row, list):
        raise TypeError("must be a list of numbers")
    return tuple(map(float, row))
