"""Reads a YAML file of the shop into a checked shape, or says where it is wrong and how to mend it.

YAML 1.2, so ``on``, ``no`` and ``10:00`` are read as written; a key that stands twice is refused.
"""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from bot.services.ports import PolicyError

_MENDS = {
    "missing": "补上这个键 add the key",
    "extra_forbidden": "删除或改正这个键 remove or correct the key",
    "string_type": "需要文字,数字请加引号 quote the value",
    "int_type": "需要整数 use a whole number",
    "date_from_datetime_parsing": "日期写成 2024-01-01 write the day as 2024-01-01",
    "too_short": "至少要有一项 at least one entry is needed",
}


def load[T](path: Path, shape: type[T]) -> T:
    """Read and check one file.

    Raises:
        PolicyError: names file, line, key and mend.
    """
    return validated(path, parse(path), shape)


def parse(path: Path) -> object:
    """The file's content as plain lists, mappings and scalars."""
    try:
        return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = (error.problem or "not YAML").strip()
        raise PolicyError(
            path, line, "", f"{what};检查缩进、引号和冒号 check indent, quotes, colons"
        ) from None
    except UnicodeDecodeError:
        raise PolicyError(path, 1, "", "文件不是 UTF-8 编码 save the file as UTF-8") from None


def validated[T](path: Path, raw: object, shape: type[T]) -> T:
    """The content of the file as this shape."""
    try:
        return TypeAdapter(shape).validate_python(raw)
    except ValidationError as error:
        raise _explained(path, error.errors()[0]) from None


def _explained(path: Path, error: ErrorDetails) -> PolicyError:
    place = [part for part in error["loc"] if not _is_type_name(part)]
    key = ".".join(str(part) for part in place) or "(file)"
    mend = _MENDS.get(error["type"], error["msg"])
    if error["type"] == "literal_error":
        mend = f"可以是 one of {error.get('ctx', {}).get('expected')}"
    if error["type"] == "extra_forbidden":
        mend += _did_you_mean(place)
    return PolicyError(path, line_of(path, place), key, mend)


def _is_type_name(part: int | str) -> bool:
    """Pydantic puts the names of union members into the place; the file has no such keys."""
    return isinstance(part, str) and (
        part in {"str", "int", "bool", "[key]"} or "[" in part or part.endswith("Shape")
    )


def _did_you_mean(place: Sequence[int | str]) -> str:
    from bot.adapters import policy_shapes

    names = {
        field.alias or name
        for shape in vars(policy_shapes).values()
        if isinstance(shape, type) and issubclass(shape, policy_shapes.Shape)
        for name, field in shape.model_fields.items()
    }
    close = difflib.get_close_matches(str(place[-1]), names, n=1)
    return f",是不是 did you mean {close[0]}?" if close else ""


def line_of(path: Path, place: Sequence[int | str]) -> int:
    """The line of a key in the file; of the nearest key above it when it is missing."""
    node: Any = YAML().load(path.read_text(encoding="utf-8"))
    line = 1
    for part in place:
        try:
            marks = node.lc
            line = (marks.item(part) if isinstance(part, int) else marks.key(part))[0] + 1
            node = node[part]
        except (AttributeError, KeyError, TypeError, IndexError):
            break
    return line
