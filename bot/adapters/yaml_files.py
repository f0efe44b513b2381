"""Reads a YAML file of the shop into a checked shape, or says where it is wrong and how to mend it.

YAML 1.2, so ``on``, ``no`` and ``10:00`` are read as written; a key that stands twice is refused.
"""

import difflib
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.services.ports import PolicyError

CHECKOUT = Path(__file__).parents[2]
FILES_KEPT = 2048
_DAY = "日期写成 2024-01-01 write the day as 2024-01-01"
_MENDS = {
    "missing": "补上这个键 add the key",
    "extra_forbidden": "删除或改正这个键 remove or correct the key",
    "string_type": "需要文字，数字请加引号 quote the value",
    "string_too_short": "不能空着 write something",
    "string_pattern_mismatch": "写法不对，名称只用小写字母、数字和下划线 "
    "use small letters, digits and _ only",
    "int_type": "需要整数 use a whole number",
    "int_from_float": "需要整数，金额请加引号 use a whole number, quote an amount",
    "bool_type": "只能是 true 或 false use true or false",
    "bool_parsing": "只能是 true 或 false use true or false",
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "dict_type": "这里要写键和值 write keys with values",
    "model_type": "这里要写键和值 write keys with values",
    "list_type": "这里要写列表 write a list",
    "too_short": "至少要有一项 at least one entry is needed",
    "no_test": "至少要写一个条件 write at least one test",
}
_DAY_KEY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")
_OF_ANOTHER_KIND = ("_type", "_parsing", "_from_float")

type Place = Sequence[str | int | date]
"""The keys and numbers that lead to a place in a file."""


def files(folder: Path) -> list[Path]:
    """The shop's files below the folder; what begins with a dot is an editor's, not the shop's."""
    found: list[Path] = []
    for place, folders, names in folder.walk():
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [place / name for name in names if re.fullmatch(r"[^.].*\.yml", name)]
    return sorted(found, key=lambda path: path.parts)


def load[T](path: Path, shape: type[T]) -> T:
    """Read and check one file.

    Raises:
        PolicyError: names file, line, key and mend.
    """
    return validated(path, parse(path), shape)


def parse(path: Path) -> object:
    """The file's content as plain lists, mappings and scalars."""
    try:
        return _content(path.read_text(encoding="utf-8"))
    except OSError as error:
        what = f"读不到这个文件 cannot be read: {error.strerror}"
        raise fault(path, 1, "", what) from error
    except UnicodeDecodeError:
        raise fault(path, 1, "", "文件不是 UTF-8 编码 save the file as UTF-8") from None
    except MarkedYAMLError as error:
        # A quote that is never closed is found at the end, but must be mended where it opens.
        quoted = "quoted" in (error.context or "")
        mark = error.context_mark if quoted else error.problem_mark
        line = mark.line + 1 if mark else 1
        what = (error.problem or "not YAML").strip()
        raise fault(
            path, line, "", f"检查缩进、引号和冒号 check indent, quotes, colons: {what}"
        ) from None
    except (YAMLError, ValueError) as error:
        # A character that no text holds, or a day that no calendar has.
        what = str(error).partition("\n")[0]
        raise fault(path, 1, "", f"有读不懂的字符或日期 cannot be read: {what}") from None


@lru_cache(maxsize=FILES_KEPT)
def _content(text: str) -> object:
    """Reading is slow; when one file of the policy changes, the others are read already. What is
    read is looked at only, never changed.
    """
    return YAML(typ="safe", pure=True).load(text)


def fault(path: Path, line: int, key: str, mend: str) -> PolicyError:
    """The fault at its place in the file."""
    return PolicyError(shown(path), line, key, mend)


def fault_at(path: Path, place: Place, what: str, key: str | None = None) -> PolicyError:
    """The fault at the line of this place; told under another key where one is given."""
    return fault(path, line_of(path, place), key or ".".join(map(str, place)), what)


def shown(path: Path) -> Path:
    """The path as people look for it: from the checkout or from the current folder."""
    for folder in (CHECKOUT, Path.cwd()):
        if path.is_relative_to(folder):
            return path.relative_to(folder)
    return path


def validated[T](path: Path, raw: object, shape: type[T]) -> T:
    """The content of the file as this shape."""
    try:
        return TypeAdapter(shape).validate_python(raw)
    except ValidationError as error:
        raise _explained(path, _telling(error.errors())) from None


def _telling(errors: Sequence[ErrorDetails]) -> ErrorDetails:
    """The first error; where one of several kinds may stand, the one of the kind that was meant."""
    first = _place(errors[0])
    here = [error for error in errors if _place(error)[: len(first)] == first]
    meant = (error for error in here if not error["type"].endswith(_OF_ANOTHER_KIND))
    return next(meant, max(here, key=lambda error: len(_place(error))))


def _place(error: ErrorDetails) -> list[int | str | date]:
    return [_key(part) for part in error["loc"] if not _is_type_name(part)]


def _key(part: int | str) -> int | str | date:
    """The key as the file has it: Pydantic gives a day as ``datetime.date(2024, 1, 1)``."""
    day = _DAY_KEY.fullmatch(str(part))
    return date(*map(int, day.groups())) if day else part


def _explained(path: Path, error: ErrorDetails) -> PolicyError:
    place = _place(error)
    key = ".".join(str(part) for part in place) or "(file)"
    mend = _MENDS.get(error["type"], f"写法不对 {error['msg']}")
    if error["type"] == "literal_error":
        mend = f"可以是 one of {error.get('ctx', {}).get('expected')}"
    if error["type"] == "extra_forbidden":
        mend += _did_you_mean(place)
    return fault(path, line_of(path, place), key, mend)


def _is_type_name(part: int | str) -> bool:
    """Pydantic puts the names of union members into the place; the file has no such keys."""
    return isinstance(part, str) and (
        part in {"str", "int", "bool", "[key]"}
        or "[" in part
        or part.startswith("constrained-")
        or part.endswith("Shape")
    )


def _did_you_mean(place: Place) -> str:
    from bot.adapters import policy_shapes

    names = {
        field.alias or name
        for shape in vars(policy_shapes).values()
        if isinstance(shape, type) and issubclass(shape, policy_shapes.Shape)
        for name, field in shape.model_fields.items()
    }
    close = difflib.get_close_matches(str(place[-1]), names, n=1)
    return f"，是不是 did you mean {close[0]}" if close else ""


def line_of(path: Path, place: Place) -> int:
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
