"""Which of the shop's intents a message has, and how sure that is."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.tensorflow.constants import RANKING_LENGTH
from sklearn.svm import LinearSVC

_MODEL_FILE = "margins.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MarginClassifier(IntentClassifier, GraphComponent):
    """One linear support vector machine for each intent; margins become confidences by softmax.

    It is trained in seconds where multinomial logistic regression takes a minute, and is better on
    short messages with few examples for each intent.
    """

    @classmethod
    def required_components(cls) -> list[type[Any]]:
        """Components that should be included in the pipeline before this component."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Returns the Python packages this component needs."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config."""
        return {
            # How hard a wrongly placed training message counts against a simple model
            "C": 0.7,
            # How decidedly margins become confidences: with 5, of the unseen messages that get a
            # confidence of .7 about seven in ten are right
            "sharpness": 5.0,
            # How much an intent gains from having many examples; what customers write about often
            # has more of them. 0 leaves it at what the machines have learned from that already
            "prior_weight": 0.05,
            "tol": 1e-4,
            "max_iter": 1000,
            "random_state": 42,
            RANKING_LENGTH: LABEL_RANKING_LENGTH,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learned: tuple[np.ndarray, np.ndarray, list[str]] | None = None,
    ) -> None:
        """Constructs a classifier, with what a former one has learned if there is one."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._learned = learned

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MarginClassifier:
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
    ) -> MarginClassifier:
        """Loads a trained component."""
        with (
            model_storage.read_from(resource) as folder,
            # Plain arrays: a model file must not be able to run code.
            np.load(folder / _MODEL_FILE, allow_pickle=False) as file,
        ):
            learned = (file["weights"], file["offsets"], file["intents"].tolist())
        return cls(config, model_storage, resource, learned)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains one machine for each intent."""
        messages = [m for m in training_data.intent_examples if _features(m) is not None]
        intents = np.array([message.get(INTENT) for message in messages])
        machines = self._machines()
        machines.fit(scipy.sparse.vstack([_features(m) for m in messages]), intents)
        weights, offsets = _one_column_each(machines.coef_, machines.intercept_)
        names, examples = np.unique(intents, return_counts=True)  # in the order of the machines
        priors = self._config["prior_weight"] * np.log(examples / examples.mean())
        self._learned = (weights, offsets + priors.astype(np.float32), names.tolist())
        self._persist()
        return self._resource

    def _machines(self) -> LinearSVC:
        return LinearSVC(
            C=self._config["C"],
            tol=self._config["tol"],
            max_iter=self._config["max_iter"],
            random_state=self._config["random_state"],
            # Added these parameters to ensure sklearn changes won't affect us.
            penalty="l2",
            loss="squared_hinge",
            dual=True,
            multi_class="ovr",
            fit_intercept=True,
            intercept_scaling=1,
            class_weight=None,
            verbose=0,
        )

    def _persist(self) -> None:
        assert self._learned is not None
        weights, offsets, intents = self._learned
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / _MODEL_FILE, weights=weights, offsets=offsets, intents=np.array(intents)
            )

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the most likely intent and the ranking of the given messages."""
        for message in messages:
            features = _features(message)
            if self._learned is None or features is None:
                ranking: list[dict[str, Any]] = []
                intent: dict[str, Any] = {"name": None, "confidence": 0.0}
            else:
                ranking = self._ranking(features)
                intent = ranking[0]
            message.set("intent", intent, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, features: scipy.sparse.csr_matrix) -> list[dict[str, Any]]:
        assert self._learned is not None
        weights, offsets, intents = self._learned
        margins = features.data @ weights[features.indices] + offsets
        raised = np.exp(self._config["sharpness"] * (margins - margins.max()))
        confidences = raised / raised.sum()
        best_first = np.argsort(-confidences)
        if self._config[RANKING_LENGTH] > 0:
            best_first = best_first[: self._config[RANKING_LENGTH]]
        return [{"name": intents[i], "confidence": float(confidences[i])} for i in best_first]


def _features(message: Message) -> scipy.sparse.csr_matrix | None:
    """The sentence features of a message, None when it has none."""
    _, sentence = message.get_sparse_features(TEXT)
    return None if sentence is None else sentence.features.tocsr()


def _one_column_each(
    coefficients: np.ndarray, intercepts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """A row of weights for each feature: one message then reads only its own few rows."""
    if len(coefficients) == 1:  # two intents: one machine tells them apart
        coefficients = np.vstack([-coefficients, coefficients])
        intercepts = np.concatenate([-intercepts, intercepts])
    return (
        np.ascontiguousarray(coefficients.T, dtype=np.float32),
        intercepts.astype(np.float32),
    )
