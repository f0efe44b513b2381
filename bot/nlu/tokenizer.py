"""Cuts a message into words in one spelling; the message itself stays untouched."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.view import view
from bot.language.words import warm_up, words

VIEW = "view"
"""Where a message keeps the text that the featurizer reads."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ShopTokenizer(Tokenizer):
    """Normalises with `bot.language` and cuts with jieba and the shop's dictionary.

    The tokens hold the normalised words but the places of the original text, so that annotated
    entities in training data are never shifted.
    """

    @staticmethod
    def supported_languages() -> list[str]:
        """Returns the languages this tokenizer can cut."""
        return ["zh"]

    @staticmethod
    def required_packages() -> list[str]:
        """Returns the Python packages this component needs."""
        return ["jieba", "opencc"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Returns the component's default config."""
        return {
            # Flag to check whether to split intents
            "intent_tokenization_flag": False,
            # Symbol on which intent should be split
            "intent_split_symbol": "_",
            # Regular expression to detect tokens
            "token_pattern": None,
            # Symbol on which prefix should be split
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ShopTokenizer:
        """Creates a new component and loads the dictionary before the first message."""
        warm_up()
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Cuts the text of the given attribute; keeps the normalised text of a customer's words."""
        seen = view(message.get(attribute))
        if attribute == TEXT:
            message.set(VIEW, seen.text)
        return [Token(word, *seen.span(start, end)) for word, start, end in words(seen.text)]
