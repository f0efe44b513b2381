"""The couriers, each under one name whatever a customer calls it."""

from dataclasses import dataclass

from bot.language.normalise import table

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Courier:
    name: str
    prefixes: tuple[str, ...]
    """How its tracking numbers begin, in capitals; empty when they are digits only."""
    written: tuple[str, ...]
    """Every way to write it, in small letters."""


def _read() -> tuple[tuple[Courier, ...], tuple[str, ...]]:
    couriers: list[Courier] = []
    lookalikes: tuple[str, ...] = ()
    for name, prefixes, written in table("couriers.tsv"):
        if name == _NONE:
            lookalikes = tuple(written.split())
        else:
            spellings = (name.lower(), *written.split())
            couriers.append(Courier(name, tuple(filter(None, prefixes.split(","))), spellings))
    return tuple(couriers), lookalikes


COURIERS, LOOKALIKES = _read()
"""All couriers, and words that hold a courier's name but mean something else."""

BY_PREFIX = {prefix: courier.name for courier in COURIERS for prefix in courier.prefixes}
BY_SPELLING = {
    written: courier.name
    for courier in COURIERS
    for written in courier.written
    if written not in LOOKALIKES
}
"""The courier's name for each spelling; a name that is also an everyday word needs its 快递."""
