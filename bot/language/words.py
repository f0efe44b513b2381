"""Cuts a normalised message into words, knowing the words of the trade."""

import functools
import logging
import warnings
from collections.abc import Mapping
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its source is older than the Python that compiles it
    import jieba

_WORDS_OF_THE_TRADE = Path(__file__).with_name("words.txt")


@functools.lru_cache(maxsize=1)
def _cutter() -> jieba.Tokenizer:
    """One dictionary a process; loading it takes about a second."""
    jieba.setLogLevel(logging.WARNING)  # it reports each load on standard error
    cutter = jieba.Tokenizer()
    cutter.initialize()
    for line in _WORDS_OF_THE_TRADE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, frequency = line.split()
            cutter.add_word(word, int(frequency))
    return cutter


def words(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with their places; blanks are no words."""
    # Without guessing unknown words (HMM): it joins typing errors into words nobody else writes.
    cut = _cutter().tokenize(text, HMM=False)
    return [(word, start, end) for word, start, end in cut if word.strip()]


def frequencies() -> Mapping[str, int]:
    """How often jieba's dictionary has seen each word; 0 for what is only the beginning of one."""
    found: Mapping[str, int] = _cutter().FREQ
    return found


def warm_up() -> None:
    """Load the dictionary now, so that the first message is not slow."""
    _cutter()
