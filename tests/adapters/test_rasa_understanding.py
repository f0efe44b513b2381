"""What Rasa answers is told in our words, and every way of not answering is one error."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.adapters.rasa_understanding import LONGEST, RasaReader
from bot.core.understanding import Entity, Intent
from bot.services.ports import UnderstandingDown
from tests.fake_rasa import FakeRasa, greeting, parsed


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with FakeRasa() as fake:
        yield fake


@pytest.fixture
def reader(rasa: FakeRasa) -> Iterator[RasaReader]:
    with closing(RasaReader(rasa.url, read_seconds=0.5)) as made:
        yield made


def test_the_ranking_is_told_best_first(rasa, reader):
    rasa.answer = lambda text: parsed(text, ("missing_cable", 0.8), ("faulty_cable", 0.2))

    understood = reader.understand("网线没有")

    assert understood.text == "网线没有"
    assert understood.ranking == (Intent("missing_cable", 0.8), Intent("faulty_cable", 0.2))
    assert not understood.unsure
    assert not understood.degraded


def test_the_fallback_is_a_doubt_and_no_intent(rasa, reader):
    rasa.answer = lambda text: parsed(text, ("nlu_fallback", 0.7), ("thanks", 0.3), ("greet", 0.2))

    understood = reader.understand("嗯哪")

    assert understood.unsure
    assert [intent.name for intent in understood.ranking] == ["thanks", "greet"]


def test_an_answer_without_any_intent_is_a_doubt(rasa, reader):
    rasa.answer = lambda text: parsed(text)

    understood = reader.understand("…")

    assert understood.unsure
    assert understood.intent is None


def test_an_entity_keeps_its_place_in_the_message_and_its_role(rasa, reader):
    found = {"entity": "date", "value": "2025-09-08", "start": 0, "end": 2, "role": "received"}
    rasa.answer = lambda text: parsed(text, ("greet", 0.9), entities=(found,))

    understood = reader.understand("昨天收到")

    assert understood.entities == (Entity("date", "2025-09-08", 0, 2, "received"),)


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "　"])
def test_a_message_that_says_nothing_is_not_sent(rasa, reader, text):
    understood = reader.understand(text)

    assert understood.unsure
    assert rasa.heard == []


@pytest.mark.parametrize("text", ["/restart", '  /pay_out{"order_no": "1"}', "/"])
def test_a_customer_cannot_command_rasa_with_a_slash(rasa, reader, text):
    reader.understand(text)

    assert rasa.heard == [text.replace("/", "／", 1)]
    assert len(rasa.heard[0]) == len(text)


def test_a_slash_inside_a_message_is_left_alone(rasa, reader):
    reader.understand("3/5 根没有")

    assert rasa.heard == ["3/5 根没有"]


def test_half_an_emoji_is_sent_as_one_character(rasa, reader):
    reader.understand("好\ud83d的")

    assert rasa.heard == ["好?的"]


@pytest.mark.parametrize(("length", "sent"), [(LONGEST, LONGEST), (LONGEST + 1, LONGEST)])
def test_of_a_very_long_message_the_beginning_is_read(rasa, reader, length, sent):
    understood = reader.understand("长" * length)

    assert len(rasa.heard[0]) == sent
    assert len(understood.text) == length


def test_a_dropped_connection_is_tried_once_more(rasa, reader):
    rasa.drop_next = 1

    assert reader.understand("在吗").intent == Intent("greet", 0.9)
    assert rasa.heard == ["在吗", "在吗"]


def test_a_connection_dropped_twice_is_down(rasa, reader):
    rasa.drop_next = 2

    with pytest.raises(UnderstandingDown):
        reader.understand("在吗")


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_error_of_rasa_is_down(rasa, reader, status):
    rasa.status = status

    with pytest.raises(UnderstandingDown, match=str(status)):
        reader.understand("在吗")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"<html>"])
def test_an_empty_or_unreadable_answer_is_down(rasa, reader, body):
    rasa.body = body

    with pytest.raises(UnderstandingDown):
        reader.understand("在吗")


def test_an_answer_that_takes_too_long_is_down_in_good_time(rasa, reader):
    rasa.delay = 1.0
    began = time.monotonic()

    with pytest.raises(UnderstandingDown):
        reader.understand("在吗")

    assert time.monotonic() - began < 0.9


def test_a_refused_connection_is_down():
    with FakeRasa() as gone:
        url = gone.url

    with closing(RasaReader(url)) as reader, pytest.raises(UnderstandingDown):
        reader.understand("在吗")


def test_a_closed_reader_is_down_and_not_broken(rasa):
    reader = RasaReader(rasa.url)
    reader.close()

    with pytest.raises(UnderstandingDown):
        reader.understand("在吗")


def test_many_threads_share_one_reader(rasa, reader):
    rasa.answer = lambda text: {**greeting(text), "entities": [_whole(text)]}
    texts = [f"第{number}条" for number in range(40)]
    values: dict[str, str] = {}

    def ask(text: str) -> None:
        values[text] = reader.understand(text).entities[0].value

    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values == {text: text for text in texts}


def _whole(text: str) -> dict[str, object]:
    return {"entity": "all", "value": text, "start": 0, "end": len(text)}
