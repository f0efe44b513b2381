"""Turns a message into the signs the classifier weighs: characters, words and key phrases."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.normalise import normalise
from bot.nlu.tokenizer import VIEW, ShopTokenizer

_MODEL_FILE = "features.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class MessageFeaturizer(SparseFeaturizer, GraphComponent):
    """Weighs characters, pairs of characters and words by TF-IDF, and adds the key phrases.

    It gives sentence features only: Rasa's own count vectors also make a row for each token, which
    no component here reads and which costs more than everything else together.
    """

    @classmethod
    def required_components(cls) -> list[type[Any]]:
        """Components that should be included in the pipeline before this component."""
        return [ShopTokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Returns the Python packages this component needs."""
        return ["scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config."""
        return {
            **SparseFeaturizer.get_default_config(),
            # The longest run of characters that is one feature
            "max_ngram": 2,
            # Whether words count besides characters
            "use_words": True,
            # How much a key phrase weighs beside a text whose length is 1; 0 leaves them out
            "key_phrase_weight": 0.3,
        }

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        learned: dict[str, Any] | None = None,
    ) -> None:
        """Constructs a featurizer, with what a former one has learned if there is one."""
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._use(learned or {"idf": {}, "key_phrases": []})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageFeaturizer:
        """Creates a new untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageFeaturizer:
        """Loads a trained component."""
        with model_storage.read_from(resource) as folder:
            learned = json.loads((folder / _MODEL_FILE).read_text(encoding="utf-8"))
        return cls(config, execution_context.node_name, model_storage, resource, learned)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Validates that the component is configured properly."""
        if not 1 <= config["max_ngram"] <= 5:
            raise ValueError("max_ngram of MessageFeaturizer must be 1 to 5; write 2 for pairs")

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which signs there are and how rare each is, and takes over the key phrases."""
        messages = [m for m in training_data.intent_examples if m.get(VIEW)]
        seen = Counter(sign for m in messages for sign in set(self._signs(m)))
        idf = {
            sign: round(float(np.log((1 + len(messages)) / (1 + count)) + 1), 4)
            for sign, count in sorted(seen.items())
        }
        phrases = [feature["pattern"] for feature in training_data.regex_features]
        learned = {"idf": idf, "key_phrases": phrases}
        with self._model_storage.write_to(self._resource) as folder:
            written = json.dumps(learned, ensure_ascii=False)
            (folder / _MODEL_FILE).write_text(written, encoding="utf-8")
        self._use(learned)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds features to all training messages."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds features to the given messages in place."""
        for message in messages:
            if message.get(VIEW):  # of a lone picture nothing is left, and nothing can be said
                self.add_features_to_message(None, self._features(message), TEXT, message)
        return messages

    def _use(self, learned: dict[str, Any]) -> None:
        self._idf = np.array(list(learned["idf"].values()), dtype=np.float32)
        self._index = {sign: index for index, sign in enumerate(learned["idf"])}
        self._phrases = [re.compile(pattern) for pattern in learned["key_phrases"]]

    def _signs(self, message: Message) -> Iterator[str]:
        """All signs of a message, each as often as it occurs; ^ and $ mark both ends."""
        text = f"^{message.get(VIEW)}$"
        for length in range(1, self._config["max_ngram"] + 1):
            for start in range(len(text) - length + 1):
                yield text[start : start + length]
        if self._config["use_words"]:
            for token in message.get(TOKENS_NAMES[TEXT], []):
                yield f"w:{token.text}"

    def _features(self, message: Message) -> scipy.sparse.csr_matrix:
        counts = Counter(self._index[s] for s in self._signs(message) if s in self._index)
        places = np.fromiter(counts, dtype=np.int32, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(often)) * self._idf[places]
        weights /= max(float(np.sqrt(weights @ weights)), 1e-6)
        found = self._found_phrases(message.get(TEXT))
        columns = np.append(places, np.array(found, dtype=np.int32) + len(self._idf))
        values = np.append(weights, np.full(len(found), self._config["key_phrase_weight"]))
        return scipy.sparse.csr_matrix(
            (values.astype(np.float32), columns.astype(np.int32), [0, len(columns)]),
            shape=(1, len(self._idf) + len(self._phrases)),
        )

    def _found_phrases(self, text: str) -> list[int]:
        if not self._config["key_phrase_weight"]:
            return []
        written = normalise(text[:1000]).text
        return [index for index, phrase in enumerate(self._phrases) if phrase.search(written)]
