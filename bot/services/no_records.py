"""A shop that keeps no registers: no entry is open."""

from collections.abc import Sequence

from bot.core.duties import OpenRecord


class NoRecords:
    """Implements ``ports.OpenRecords``."""

    def open_records(self) -> Sequence[OpenRecord]:
        return ()
