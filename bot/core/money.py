"""Amounts of money as people read them: exact yuan, no needless zeros."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")


def to_fen(amount: Decimal) -> Decimal:
    """Round to whole fen, half up, as a till does."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """``Decimal("4.00")`` as ``4``, ``Decimal("12.50")`` as ``12.5``: the way it is said in
    a chat.
    """
    text = f"{to_fen(amount):f}".rstrip("0").rstrip(".")
    return text or "0"


def exact(amount: Decimal) -> str:
    """Two places, for records and interfaces."""
    return f"{to_fen(amount):f}"
