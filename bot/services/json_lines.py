"""A JSONL file's lines and fields, each taken as it must be or refused with what would mend it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

type Json = Mapping[str, Any]

KINDS = {str: "a text", list: "a list", bool: "true or false"}


class LineError(ValueError):
    """A line cannot be used; the message names line, field and mend."""

    which = ""
    """Which file's line it is, where that is not plain."""

    def __init__(self, line: int, field: str, mend: str) -> None:
        super().__init__(f"{self.which}line {line}: {field}: {mend}")


class Line:
    """One line's JSON object, asked for its fields."""

    def __init__(self, number: int, content: Json, error: type[LineError]) -> None:
        self._number, self._content, self._error = number, content, error

    def field[T](self, name: str, kind: type[T], default: T | None = None) -> T:
        """The value of a field; the default, where there is one, for what is absent or null.

        Raises:
            LineError: it is missing or of another kind.
        """
        value = self._content.get(name)
        if value is None and default is None:
            raise self.wrong(name, f"is missing; it must be {KINDS[kind]}")
        if value is None:
            return default  # type: ignore[return-value]
        if not isinstance(value, kind):
            raise self.wrong(name, f"must be {KINDS[kind]}")
        return value

    def texts(self, name: str, of_what: str, default: list[str] | None = None) -> tuple[str, ...]:
        """The texts of a list."""
        found = self.field(name, list, default)
        if not all(isinstance(one, str) for one in found):
            raise self.wrong(name, f"must be a list of {of_what}")
        return tuple(found)

    def id(self) -> str:
        """The line's own name, a text or a whole number; empty where it has none."""
        value = self._content.get("id", "")
        return str(value) if isinstance(value, str | int) else ""

    def wrong(self, name: str, mend: str) -> LineError:
        return self._error(self._number, name, mend)


def json_lines(lines: Iterable[str], holding: str, error: type[LineError]) -> Iterator[Line]:
    """The objects of a JSONL file; empty lines are passed over and still counted.

    Args:
        holding: what an object must hold, for the explanation.
        error: what is raised for a line that cannot be used.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Line(number, _object(number, line, holding, error), error)


def _object(number: int, line: str, holding: str, error: type[LineError]) -> Json:
    try:
        content = json.loads(line)
    except ValueError as fault:
        raise error(number, "line", f"must be JSON ({fault})") from None
    if not isinstance(content, dict):
        raise error(number, "line", f"must be a JSON object with {holding}")
    return content
