"""Our graph components learn, are stored, are loaded, and answer the same afterwards."""

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import MessageClassifier
from bot.nlu.extractor import ShopEntityExtractor
from bot.nlu.signs import Signs
from bot.nlu.tokenizer import VIEW, ShopTokenizer

SAID = {
    "missing_cable": ["没有网线", "网线没收到", "少了网线", "盒子里没看到网线", "网线呢"],
    "shipping_delay": ["什么时候发货", "怎么还不发货", "快点发货", "几号能发货", "催发货"],
    "thanks": ["谢谢", "多谢", "太感谢了", "谢谢你", "感谢"],
}
PHRASES = [{"name": "missing_cable", "pattern": "(没有|少).{0,3}网线"}]


class Pipeline:
    """The components one after the other, as Rasa's graph runs them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.storage = LocalModelStorage(folder)
        self.context = ExecutionContext(GraphSchema({}), node_name="node")
        self.tokenizer = self._create(ShopTokenizer)
        # So few messages are gone through often, and with no history that happens to lie there.
        self.classifier = self._create(MessageClassifier, passes=60, history=str(folder / "none"))
        self.extractor = self._create(ShopEntityExtractor)

    def _create(self, kind, **config):
        settings = {**kind.get_default_config(), **config}
        return kind.create(settings, self.storage, Resource(kind.__name__), self.context)

    def load(self, kind):
        settings = kind.get_default_config()
        return kind.load(settings, self.storage, Resource(kind.__name__), self.context)

    def train(self) -> TrainingData:
        data = training_data()
        self.tokenizer.process_training_data(data)
        self.classifier.train(data)
        return data

    def parse(self, text: str) -> Message:
        messages = [Message({TEXT: text})]
        for component in (self.tokenizer, self.classifier, self.extractor):
            component.process(messages)
        return messages[0]


def training_data() -> TrainingData:
    messages = [Message({TEXT: text, INTENT: name}) for name in SAID for text in SAID[name]]
    return TrainingData(messages, regex_features=PHRASES)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    made = Pipeline(tmp_path)
    made.train()
    return made


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("網線沒有收到", "missing_cable"),
        ("木有网线啊啊啊啊", "missing_cable"),
        ("到底什么时候才发货！！！", "shipping_delay"),
        ("谢谢啦🙏", "thanks"),
    ],
)
def test_a_message_in_another_spelling_is_still_understood(
    pipeline: Pipeline, text: str, intent: str
):
    assert pipeline.parse(text).get("intent")["name"] == intent


def test_the_message_itself_stays_untouched(pipeline: Pipeline):
    message = pipeline.parse("木有收到網線！！！")

    assert message.get(TEXT) == "木有收到網線！！！"
    assert message.get(VIEW) == "没有收到网线"


def test_tokens_hold_the_places_of_the_original_text(pipeline: Pipeline):
    text = "亲，木有收到網線！！！"

    tokens = pipeline.parse(text).get(TOKENS_NAMES[TEXT])

    assert [text[t.start : t.end] for t in tokens if t.text == "网线"] == ["網線"]
    assert [text[t.start : t.end] for t in tokens if t.text == "没有"] == ["木有"]
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)


def test_annotated_entities_of_training_data_are_never_shifted(pipeline: Pipeline):
    annotated = {"entity": "order_no", "value": "250904220031", "start": 6, "end": 18}
    message = Message(
        {TEXT: "哈哈哈哈订单250904220031", INTENT: "thanks", ENTITIES: [dict(annotated)]}
    )
    data = TrainingData([message])

    pipeline.tokenizer.process_training_data(data)

    assert message.get(ENTITIES) == [annotated]
    assert message.get(TEXT)[6:18] == "250904220031"


def test_the_ranking_is_best_first_and_its_confidences_are_a_share_of_one(pipeline: Pipeline):
    ranking = pipeline.parse("网线没收到").get("intent_ranking")

    confidences = [one["confidence"] for one in ranking]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)
    assert {one["name"] for one in ranking} == set(SAID)


@pytest.mark.parametrize("text", ["", " ", "😀", "\ud800", "\0", "没有见过的字", "好" * 5000])
def test_a_message_nobody_has_seen_gets_an_answer_and_no_error(pipeline: Pipeline, text: str):
    message = pipeline.parse(text)

    assert message.get("intent")["confidence"] < 0.9
    assert message.get(ENTITIES) == []


@pytest.mark.parametrize("text", ["", "🦄", "\u200b"])
def test_a_message_of_which_nothing_is_left_has_no_intent(pipeline: Pipeline, text: str):
    message = pipeline.parse(text)

    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []


def test_an_unknown_message_is_less_sure_than_a_known_one(pipeline: Pipeline):
    known = pipeline.parse("网线没收到").get("intent")["confidence"]
    unknown = pipeline.parse("今天天气不错").get("intent")["confidence"]

    assert known > 0.8
    assert unknown < 0.6


def test_a_key_phrase_adds_to_what_the_characters_say():
    signs = Signs.learn(["少根网线", "网线很好"], ["(没有|少).{0,3}网线"])

    places, _ = signs.row("少根网线")

    assert len(signs.idf) in places
    assert len(signs.idf) not in signs.row("网线很好")[0]


def test_what_was_learned_is_the_same_after_loading(pipeline: Pipeline):
    before = pipeline.parse("少了两根网线，快点发货").get("intent_ranking")

    pipeline.classifier = pipeline.load(MessageClassifier)

    after = pipeline.parse("少了两根网线，快点发货").get("intent_ranking")
    assert [one["name"] for one in after] == [one["name"] for one in before]
    shares = [[one["confidence"] for one in ranking] for ranking in (after, before)]
    assert np.allclose(*shares, atol=0.01)  # kept in half precision


def test_training_twice_gives_the_same_model(tmp_path: Path):
    rankings = []
    for name in ("one", "two"):
        pipeline = Pipeline(tmp_path / name)
        pipeline.train()
        rankings.append(pipeline.parse("网线什么时候发货").get("intent_ranking"))

    assert [one["name"] for one in rankings[0]] == [one["name"] for one in rankings[1]]


def test_two_intents_are_told_apart_as_well(tmp_path: Path):
    pipeline = Pipeline(tmp_path)
    data = TrainingData([m for m in training_data().training_examples if m.get(INTENT) != "thanks"])
    pipeline.tokenizer.process_training_data(data)
    pipeline.classifier.train(data)

    assert pipeline.parse("网线没收到").get("intent")["name"] == "missing_cable"
    assert pipeline.parse("快发货").get("intent")["name"] == "shipping_delay"


def test_entities_are_given_as_rasa_writes_them(pipeline: Pipeline):
    assert pipeline.parse("少了兩根").get(ENTITIES) == [
        {
            "entity": "count",
            "start": 2,
            "end": 4,
            "value": "2",
            "role": "根",
            "extractor": "ShopEntityExtractor",
        }
    ]


def test_the_shops_own_goods_are_found(tmp_path: Path):
    extractor = Pipeline(tmp_path)._create(ShopEntityExtractor, products=["六类网线"])
    message = Message({TEXT: "六类网线"})

    extractor.process([message])

    assert [(e["entity"], e["value"]) for e in message.get(ENTITIES)] == [("product", "六类网线")]


def test_the_goods_of_a_catalogue_file_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalogue.yml").write_text("products:\n- title: 碎花连衣裙\n", encoding="utf-8")
    extractor = Pipeline(tmp_path)._create(ShopEntityExtractor, catalogues="*.yml")
    message = Message({TEXT: "那条碎花连衣裙太大了"})

    extractor.process([message])

    assert ("product", "碎花连衣裙") in [(e["entity"], e["value"]) for e in message.get(ENTITIES)]
