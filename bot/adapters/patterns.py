"""What a rule listens for, out of its file: regular expressions, made ready for use."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bot.adapters.yaml_files import Place, fault_at

_ANY_ROLE = re.compile(r"(?<!\?P)<([a-z_]+)>")
PATTERNS_KEPT = 8192
"""More than a policy holds: when one file changes, the others' patterns are ready."""


def read_patterns(path: Path, place: Place, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(path, [*place, number], p) for number, p in enumerate(patterns))


def _pattern(path: Path, place: Place, pattern: str) -> re.Pattern[str]:
    """Compile a pattern; ``<count>`` stands for an entity of any role, ``<count:根>`` for one of
    this role.
    """
    try:
        return _compiled(_ANY_ROLE.sub(r"<\1(?::[^>]*)?>", pattern))
    except (re.error, OverflowError) as error:
        raise fault_at(path, place, f"正则写错了 mend the pattern {pattern}: {error}") from None


@lru_cache(maxsize=PATTERNS_KEPT)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
