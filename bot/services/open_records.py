"""The entries of the registers that are not finished, for whoever lists what is to be done."""

from collections.abc import Callable, Sequence

from bot.core.duties import OpenRecord
from bot.core.policy import Policy
from bot.core.records import Record, State
from bot.services.ports import Registers, WantedRecords

OPEN = (State.WAITING, State.WORKING)


class OpenInRegisters:
    """Implements ``ports.OpenRecords`` on the registers."""

    def __init__(self, policy: Callable[[], Policy], registers: Registers) -> None:
        self._policy = policy
        self._registers = registers

    def open_records(self) -> Sequence[OpenRecord]:
        newest_first = self._registers.find(WantedRecords(states=OPEN))
        return [self._open(record) for record in reversed(newest_first)]

    def _open(self, record: Record) -> OpenRecord:
        register = self._policy().registers.get(record.register)
        return OpenRecord(
            str(record.id),
            record.register,
            record.state.value,
            record.created_at,
            record.order_no or None,
            register.missing(record.fields) if register else (),
        )
