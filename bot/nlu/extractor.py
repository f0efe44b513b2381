"""Finds numbers, sums, days, sizes and couriers in a message, by tested patterns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_ROLE,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.io import read_yaml_file

from bot.language.entities import Entity
from bot.language.extract import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ShopEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Runs the spaCy pipeline of `bot.language` over each message."""

    @staticmethod
    def required_packages() -> list[str]:
        """Returns the Python packages this component needs."""
        return ["spacy", "opencc"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config."""
        return {
            # Names of the shop's goods; each is found where a message holds it
            "products": [],
            # Catalogue files (a glob, from the folder that Rasa is started in) with more of them
            "catalogues": None,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Constructs an extractor and loads everything it needs before the first message."""
        self._extractor = Extractor([*config["products"], *_titles(config["catalogues"])])
        self._extractor.warm_up()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopEntityExtractor:
        """Creates a new component; it has nothing to learn."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to the given messages in place."""
        for message in messages:
            found = [_as_rasa_writes(e) for e in self._extractor.extract(message.get(TEXT) or "")]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages


def _titles(catalogues: str | None) -> list[str]:
    """What the catalogues sell, by the names that customers read on the page."""
    files = sorted(Path().glob(catalogues)) if catalogues else []
    found = (product["title"] for file in files for product in _products(file))
    return list(dict.fromkeys(found))


def _products(catalogue: Path) -> list[dict[str, Any]]:
    content: dict[str, Any] = read_yaml_file(catalogue)
    products: list[dict[str, Any]] = content["products"]
    return products


def _as_rasa_writes(entity: Entity) -> dict[str, Any]:
    written: dict[str, Any] = {
        ENTITY_ATTRIBUTE_TYPE: entity.entity,
        ENTITY_ATTRIBUTE_START: entity.start,
        ENTITY_ATTRIBUTE_END: entity.end,
        ENTITY_ATTRIBUTE_VALUE: entity.value,
    }
    if entity.role:
        written[ENTITY_ATTRIBUTE_ROLE] = entity.role
    return written
