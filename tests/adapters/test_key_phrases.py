"""Key phrases understand the plain cases and say when they do not."""

import pytest

from bot.adapters.key_phrases import KeyPhraseReader
from bot.core.understanding import Entity


@pytest.fixture(scope="module")
def reader() -> KeyPhraseReader:
    return KeyPhraseReader()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("盒子里没有网线", "missing_cable"),
        ("電源不亮了", "faulty_power_adapter"),
        ("能开增票吗", "invoice_request"),
        ("运费险怎么赔", "freight_insurance"),
        ("物流好几天没更新", "where_is_my_order"),
        ("怎么还不发货！！！", "shipping_delay"),
        ("帮我把这单取消订单", "cancel_order"),
        ("转人工", "ask_human"),
        ("您好", "greet"),
        ("好的", "affirm"),
    ],
)
def test_a_telling_phrase_is_understood(reader: KeyPhraseReader, text: str, intent: str):
    understood = reader.understand(text)

    assert understood.intent is not None
    assert understood.intent.name == intent
    assert not understood.unsure


@pytest.mark.parametrize("text", ["", "   ", "😀", "随便说一句没有意义的话", "\ud800", "\0"])
def test_a_message_without_a_telling_phrase_is_unsure(reader: KeyPhraseReader, text: str):
    understood = reader.understand(text)

    assert understood.unsure
    assert understood.text == text


def test_every_understanding_by_key_phrases_says_that_it_is_degraded(reader: KeyPhraseReader):
    assert reader.understand("您好").degraded
    assert reader.understand("？？").degraded


def test_entities_are_found_in_the_message_as_it_was_typed(reader: KeyPhraseReader):
    text = "订单２５０９０４２２００３１少了两根网线"

    understood = reader.understand(text)

    assert understood.entities == (
        Entity("order_no", "250904220031", 2, 14),
        Entity("count", "2", 16, 18, "根"),
    )


def test_the_confidences_of_a_ranking_never_exceed_what_key_phrases_deserve(reader):
    ranking = reader.understand("网线没收到，什么时候发货，发票呢").ranking

    assert len(ranking) > 1
    assert sum(intent.confidence for intent in ranking) <= 0.8 + 1e-9
    assert list(ranking) == sorted(ranking, key=lambda intent: -intent.confidence)


def test_a_phrase_that_is_no_pattern_is_refused_by_name(tmp_path):
    file = tmp_path / "key_phrases.yml"
    file.write_text("nlu:\n- regex: greet\n  examples: |\n    - (你好\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"greet: \(你好"):
        KeyPhraseReader(file)
