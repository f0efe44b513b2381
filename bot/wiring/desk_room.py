"""What the desk's pages work with: the list, what is being written, what is held, sending."""

from typing import TYPE_CHECKING

from bot.wiring.parts import conversations
from bot.wiring.people import audit
from bot.wiring.practice_room import progress

if TYPE_CHECKING:
    from bot.services.board import Board
    from bot.services.ports.desk import DeskState, HeldReplies
    from bot.services.sending import Sending
    from bot.services.showing import Showing
    from bot.wiring.running import Serving


def board(parts: "Serving") -> "Board":
    """The list of this shop's conversations, empty until it is first looked at."""
    from bot.services.board import Board

    return Board(parts.policy.current, desk_state(parts))


def desk_state(parts: "Serving") -> "DeskState":
    """How far conversations were seen, and what is being written in them."""
    from bot.adapters.desk_sql import SqlDeskState

    return SqlDeskState(parts.database)


def held_replies(parts: "Serving") -> "HeldReplies":
    """The replies that the guard has stopped."""
    from bot.adapters.desk_sql import SqlHeldReplies

    return SqlHeldReplies(parts.database)


def showing(parts: "Serving") -> "Showing":
    """Notes which advice stood before whom."""
    from bot.adapters.quality_sql import SqlTelemetry
    from bot.services.showing import Showing

    return Showing(conversations(parts.database), SqlTelemetry(parts.database))


def sending(parts: "Serving") -> "Sending":
    """The way out for agents' replies."""
    from bot.adapters.likeness import changed
    from bot.adapters.quality_sql import SqlTelemetry
    from bot.services.sending import Sending

    return Sending(
        parts.desk,
        conversations(parts.database),
        desk_state(parts),
        held_replies(parts),
        audit(parts.database),
        SqlTelemetry(parts.database),
        changed,
        progress(parts).closed,
    )
