"""What a customer wants, by telling phrases alone, while the understanding service is down."""

import re
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML

from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.language.normalise import normalise

KEY_PHRASES = Path(__file__).parents[2] / "data/nlu/key_phrases.yml"
LONGEST_READ = 1_000
TRUST = 0.8
"""Of the messages that hold a telling phrase, about four in five are understood rightly."""


class KeyPhraseReader:
    """Understands what the key phrases cover and is unsure of all else; threads may share it.

    Args:
        path: the same file that the classifier learns from.
        extractor: finds the entities, as the understanding service does.

    Raises:
        ValueError: a phrase is no pattern; names the intent and the phrase.
    """

    def __init__(self, path: Path = KEY_PHRASES, extractor: Extractor | None = None) -> None:
        self._phrases = tuple(_phrases(path))
        self._extractor = extractor or Extractor()

    def understand(self, text: str) -> Understanding:
        """Understand one message; never fails."""
        ranking = self._ranking(normalise(text[:LONGEST_READ]).text)
        close = len(ranking) > 1 and ranking[0].confidence == ranking[1].confidence
        return Understanding(
            text, ranking, self._entities(text), unsure=not ranking or close, degraded=True
        )

    def warm_up(self) -> None:
        """Load everything now, so that the first message is not slow."""
        self._extractor.warm_up()

    def _ranking(self, written: str) -> tuple[Intent, ...]:
        """The intents whose phrases occur; a longer phrase says more than a shorter one."""
        longest: dict[str, int] = {}
        for intent, phrase in self._phrases:
            found = phrase.search(written)
            if found:
                longest[intent] = max(longest.get(intent, 0), len(found.group()))
        total = sum(longest.values())
        intents = (Intent(name, TRUST * length / total) for name, length in longest.items())
        return tuple(sorted(intents, key=lambda intent: -intent.confidence))

    def _entities(self, text: str) -> tuple[Entity, ...]:
        return tuple(
            Entity(found.entity, found.value, found.start, found.end, found.role)
            for found in self._extractor.extract(text)
        )


def _phrases(path: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    for entry in content["nlu"]:
        for line in entry["examples"].splitlines():
            yield entry["regex"], _pattern(path, entry["regex"], line.removeprefix("- "))


def _pattern(path: Path, intent: str, phrase: str) -> re.Pattern[str]:
    try:
        return re.compile(phrase)
    except re.error as error:
        raise ValueError(f"{path.name}: {intent}: {phrase}: {error}; mend the pattern") from None
