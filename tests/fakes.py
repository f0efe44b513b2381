"""Stand-ins of a few lines for what a test does not want to start."""

from collections.abc import Mapping

from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.services.ports import UnderstandingDown

_EXTRACTOR = Extractor()


class FakeReader:
    """Understands the messages it was told about; the entities are found for real."""

    degraded = False

    def __init__(self, intents: Mapping[str, str], unsure: bool = False) -> None:
        self._intents = intents
        self._unsure = unsure

    def understand(self, text: str) -> Understanding:
        name = self._intents.get(text)
        ranking = (Intent(name, 0.9),) if name else (Intent("provide_info", 0.2),)
        found = _EXTRACTOR.extract(text)
        entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
        return Understanding(text, ranking, entities, unsure=self._unsure or name is None)


class DownReader:
    """Understanding that does not answer."""

    def understand(self, text: str) -> Understanding:
        raise UnderstandingDown(text)
