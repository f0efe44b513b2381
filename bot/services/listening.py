"""What a customer wants with all that was written since the last reply: one want is served, the
others are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.understanding import TALK, Understanding
from bot.core.wants import joined_parts, sentences
from bot.services.ports import Reader, UnderstandingDown

SURE = 0.5
"""How sure one must be of a part before it counts as a want of its own."""
AT_MOST = 4
"""Parts that are looked at: each is understood by itself, which takes its time."""


@dataclass(frozen=True, slots=True)
class Listened:
    heard: Understanding
    """The message; its ranking is that of the want to be served first."""
    wants: tuple[str, ...] = ()
    """The wants that parts of the words name by themselves, in their order."""
    named: bool = False
    """A person has said what is wanted: it stands alone in the ranking."""


def listen(reader: Reader, before: Sequence[str], heard: Understanding) -> Listened:
    """Take a message together with those just before it.

    While the understanding service does not answer, the message stands for itself.

    Args:
        before: what the customer wrote since the last reply, without this message.
    """
    try:
        return _listen(reader, before, heard)
    except UnderstandingDown:
        return Listened(heard)


def _listen(reader: Reader, before: Sequence[str], heard: Understanding) -> Listened:
    joined = joined_parts("\n".join([*before, heard.text]))
    if len(joined) > 1:
        parts = [part for part in _understood(reader, joined) if _is_want(part)]
        if len(parts) > 1:
            heard = _ranked_as(heard, parts[0])
        return Listened(heard, _names(parts))
    if before and not _is_want(heard):
        whole = reader.understand("，".join([*before, heard.text]))
        heard = _ranked_as(heard, whole) if _is_want(whole) else heard
    asked = sentences("\n".join([*before, heard.text]))
    parts = [part for part in _understood(reader, asked) if _is_want(part)] if asked[1:] else []
    return Listened(heard, _names(parts) if len(parts) > 1 else ())


def _understood(reader: Reader, parts: Sequence[str]) -> list[Understanding]:
    return [reader.understand(part) for part in parts[:AT_MOST]]


def _is_want(part: Understanding) -> bool:
    """Whether the words alone open a case."""
    best = part.intent
    return (
        not part.unsure and best is not None and best.name not in TALK and best.confidence >= SURE
    )


def _names(parts: Sequence[Understanding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.intent.name for part in parts if part.intent))


def _ranked_as(heard: Understanding, other: Understanding) -> Understanding:
    return replace(heard, ranking=other.ranking, unsure=other.unsure)
