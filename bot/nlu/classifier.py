"""Which of the shop's intents a message has, and how sure that is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH

from bot.nlu.history import read_history
from bot.nlu.reader import Reader
from bot.nlu.teaching import teach

HISTORY = "SHOUHOU_HISTORY"
"""The environment variable that names another history than the configured one."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageClassifier(IntentClassifier, GraphComponent):
    """A small network over characters, words and key phrases, with what the shop's history taught.

    It reads the message itself, not features that other components have left: Rasa's own feature
    rows cost more than the network.
    """

    @classmethod
    def required_components(cls) -> list[type[Any]]:
        """Components that should be included in the pipeline before this component."""
        return []

    @staticmethod
    def required_packages() -> list[str]:
        """Returns the Python packages this component needs."""
        return ["scipy", "sklearn", "tensorflow", "jieba", "opencc"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config."""
        return {
            # How often each training message is gone through
            "passes": 8,
            # What `shouhou learn` has kept of the shop's own chats; without it the shipped messages
            # are all there is
            "history": "models/history/current",
            "random_state": 1,
            # How many intents an answer names; 0 names all
            RANKING_LENGTH: 20,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reader: Reader | None = None,
    ) -> None:
        """Constructs a classifier, with what a former one has learned if there is one."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageClassifier:
        """Creates a new untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageClassifier:
        """Loads a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Reader.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the labelled messages, and from the shop's history where there is one."""
        labelled = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples]
        phrases = [feature["pattern"] for feature in training_data.regex_features]
        history = read_history(Path(os.environ.get(HISTORY) or self._config["history"]))
        self._reader = teach(
            labelled,
            phrases,
            history,
            passes=self._config["passes"],
            seed=self._config["random_state"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._reader.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the most likely intent and the ranking of the given messages."""
        for message in messages:
            ranking = self._ranking(message.get(TEXT) or "")
            intent = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set("intent", intent, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        if self._reader is None:
            return []
        confidences = self._reader.confidences(text)
        best_first = np.argsort(-confidences, kind="stable")
        most = self._config[RANKING_LENGTH] or len(best_first)
        return [
            {"name": self._reader.intents[place], "confidence": float(confidences[place])}
            for place in best_first[:most]
        ]
