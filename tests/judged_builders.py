"""Judged messages for tests, of which only what matters is told."""

from bot.core.judged import Judged

RETURN, REFUND, GREET, NONSENSE = "return_request", "refund_not_received", "greet", "out_of_scope"


def judged(
    intent: str,
    *guesses: str,
    accept: tuple[str, ...] = (),
    unsure: bool = False,
    slice: str = "",
    context: bool = False,
    text: str = "…",
    sure: float | None = None,
    id: str = "",
) -> Judged:
    """A message with this label and these guesses, the first of them as sure as told."""
    confidences = () if sure is None else (sure, *[0.0] * (len(guesses) - 1))
    accepted = frozenset([intent, *accept])
    return Judged(text, intent, accepted, guesses, unsure, slice, context, confidences, id)
