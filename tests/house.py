"""The house rules that a machine keeps: who may import whom, how long things get, what no file says.

Every finding is one line: the file, the line, what is wrong, what is right.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

OURS = ("bot", "actions", "tests")


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PURE = names(
    """
    __future__ abc bisect calendar collections contextlib copy dataclasses datetime decimal difflib
    enum fractions functools graphlib hashlib heapq itertools json math operator re statistics
    string textwrap types typing unicodedata
    """
)
"""What the core may use of the standard library: nothing that reads a file, a clock or chance."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the modules of one room may import. ``standard`` of None is all of the standard library."""

    ours: tuple[str, ...]
    libraries: frozenset[str] = frozenset()
    standard: frozenset[str] | None = None


DOOR = ("bot.core", "bot.services", "bot.wiring")
ROOMS = {
    "bot.core": Room(("bot.core",), standard=PURE),
    "bot.language": Room(("bot.language",), names("jieba spacy opencc pypinyin")),
    "bot.nlu": Room(
        ("bot.nlu", "bot.language"), names("rasa numpy scipy sklearn tensorflow gensim")
    ),
    "bot.services": Room(("bot.core", "bot.language", "bot.services")),
    "bot.adapters": Room(
        ("bot.core", "bot.language", "bot.services.ports", "bot.adapters"),
        names(
            "sqlalchemy alembic psycopg ruamel pydantic pydantic_core openpyxl docx chinese_calendar httpx psutil"
            " jinja2 structlog argon2 limits PIL rapidfuzz fsrs"
        ),
    ),
    "bot.wiring": Room(
        ("bot.core", "bot.language", "bot.services", "bot.adapters", "bot.wiring"),
        names("structlog"),
    ),
    "bot.web": Room(
        (*DOOR, "bot.web"),
        names(
            "fastapi starlette starlette_csrf itsdangerous pydantic jinja2 markupsafe multipart uvicorn anyio"
            " httpx rasa_sdk structlog"
        ),
    ),
    "bot.cli": Room((*DOOR, "bot.commands"), names("typer")),
    "bot.commands": Room(
        (*DOOR, "bot.web", "bot.commands"), names("typer rich uvicorn psutil structlog")
    ),
    "actions": Room((*DOOR, "actions"), names("rasa_sdk structlog")),
    "bot": Room(()),  # bot/__init__.py itself
}

FAMILIES = ("sqlalchemy alembic psycopg", "pydantic pydantic_core ruamel")
"""Libraries that count as one where an adapter may use one; logging does not count."""

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
OUTSIDE = names("open print input exec eval compile breakpoint __import__")

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGER: dict[str, str] = {
    # "bot/room/module.py" or "bot/room/module.py:function": "the reason"
}

MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:root|work|home/\w+|Users/\w+)/|\.pyenv/")
KNOWS_PYENV = {"envs/setup", "tests/house.py", "tests/test_house.py"}


# ---- imports ----


def room_of(path: str) -> str:
    """The room of a module; one that stands beside the rooms is refused by ``layer_findings``."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return ".".join(parts[:2]) if parts[0] == "bot" else parts[0]


def imports_of(path: str, source: str) -> Iterator[tuple[int, str]]:
    """Each import as the line and the full dotted name of what is taken; relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.split("/")[: -node.level] if node.level else []
            origin = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def belongs(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def layer_findings(path: str, source: str) -> Iterator[str]:
    """What this module imports and its room may not."""
    name_of_room = room_of(path)
    room = ROOMS.get(name_of_room)
    if room is None:
        yield f"{path}:1: this is no room of the house; the rooms are {', '.join(ROOMS)}"
        return
    for line, name in imports_of(path, source):
        top = name.split(".")[0]
        if top in OURS:
            allowed, which = belongs(name, room.ours), room.ours
        elif top in sys.stdlib_module_names:
            allowed = room.standard is None or top in room.standard
            which = tuple(sorted(room.standard or ()))
        else:
            allowed, which = top in room.libraries, tuple(sorted(room.libraries))
        if not allowed:
            may = ", ".join(which) or "none of its kind"
            yield f"{path}:{line}: {name_of_room} may not import {name}; it may: {may}"


def one_library_findings(path: str, source: str) -> Iterator[str]:
    """An adapter stands between the shop and one library."""
    used = {name.split(".")[0] for _, name in imports_of(path, source)}
    used -= {*sys.stdlib_module_names, *OURS, "structlog"}
    kinds = {next((f for f in FAMILIES if name in f.split()), name) for name in used}
    if len(kinds) > 1:
        yield f"{path}:1: an adapter uses one library, not {', '.join(sorted(used))}; split it"


def impure_findings(path: str, source: str) -> Iterator[str]:
    """Where the core looks at a clock or reaches outside without an import to show for it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            of = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (of, node.attr) in CLOCKS:
                yield f"{path}:{node.lineno}: {of}.{node.attr}: the core takes the day as an argument"
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in OUTSIDE:
            name = getattr(node.func, "id", "")
            yield f"{path}:{node.lineno}: {name}(): the core does nothing outside itself"


# ---- sizes and docstrings ----


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end; the docstring is not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return lines


def size_findings(path: str, source: str) -> Iterator[str]:
    """Modules and functions that have grown too long."""
    total = len(source.splitlines())
    if total > LONGEST_MODULE and path not in LONGER:
        yield f"{path}:{LONGEST_MODULE + 1}: {total} lines; {LONGEST_MODULE} at most, split the module"
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if length(node) > LONGEST_FUNCTION and f"{path}:{node.name}" not in LONGER:
            yield (
                f"{path}:{node.lineno}: {node.name} has {length(node)} lines; "
                f"{LONGEST_FUNCTION} at most, give its parts names"
            )


def docstring_findings(path: str, source: str) -> Iterator[str]:
    if ast.get_docstring(ast.parse(source)) is None:
        yield f"{path}:1: say in one sentence, in the shop's words, what this module decides"


def old_python_findings(path: str, source: str) -> Iterator[str]:
    """Grammar that Python 3.10 does not know."""
    try:
        ast.parse(source, feature_version=(3, 10))
    except SyntaxError as error:
        yield f"{path}:{error.lineno}: {error.msg}; this file also runs on Python 3.10"


# ---- words ----


def word_findings(path: str, text: str) -> Iterator[str]:
    """Paths of one machine, and addresses where only names and versions belong."""
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if path not in KNOWS_PYENV and (found := MACHINE_PATHS.search(line)):
            yield f"{path}:{number}: {found.group()} is a place on one machine; make it relative"
        if "requirements" in path and "://" in line:
            yield f"{path}:{number}: an address; name and version are enough"
