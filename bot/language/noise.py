"""The noise that customers make when they type, by kinds, and the same again for the same seed."""

import hashlib
import random
from collections.abc import Callable, Mapping

from bot.language.noise_flow import bursts, clipped, doubled, order_numbers, voice
from bot.language.noise_signs import emoji, emoji_words, no_punctuation, run_on_punctuation
from bot.language.noise_sounds import homophones, initials, near_sounds
from bot.language.noise_writing import evasions, full_width, lookalikes, traditional

Kind = Callable[[str, random.Random, float], str]
"""A text, chance and a strength (1: about one or two changes, or the whole where that is usual)."""

KINDS: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        homophones, near_sounds, lookalikes, initials, traditional, full_width, evasions,
        emoji, emoji_words, no_punctuation, run_on_punctuation,
        voice, bursts, order_numbers, clipped, doubled,
    )
}  # fmt: skip
"""Every kind of noise by its name. Each changes a text wherever it finds something to change."""


def noisy(text: str, kind: str, seed: int, strength: float = 1.0) -> str:
    """The text with one kind of noise, the same for the same arguments on every machine.

    Raises:
        ValueError: there is no such kind.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of noise; the kinds are {', '.join(KINDS)}")
    return KINDS[kind](text, _chance(text, kind, seed), strength)


def _chance(text: str, kind: str, seed: int) -> random.Random:
    # Not hash(): that of a text differs from process to process. Unpaired surrogates must not fail.
    named = f"{kind}\0{seed}\0{text}".encode("utf-8", "surrogatepass")
    return random.Random(int.from_bytes(hashlib.sha256(named).digest(), "big"))
