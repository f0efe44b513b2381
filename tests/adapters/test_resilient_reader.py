"""A shop goes on with key phrases while Rasa is away, and goes back by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from bot.adapters.rasa_understanding import RasaReader
from bot.adapters.resilient_reader import PROBE, ResilientReader
from bot.core.understanding import Intent, Understanding
from bot.services.ports import UnderstandingDown
from tests.fake_rasa import FakeRasa

SOON = 0.02
PROBING = "understanding-probe"


class FakeReader:
    """Understands everything as one intent, unless it is down."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.down = False
        self.heard: list[str] = []

    def understand(self, text: str) -> Understanding:
        self.heard.append(text)
        if self.down:
            raise UnderstandingDown("refused")
        return Understanding(text, (Intent(self.name, 0.9),))


@pytest.fixture
def rasa() -> FakeReader:
    return FakeReader("by_rasa")


@pytest.fixture
def reader(rasa: FakeReader) -> Iterator[ResilientReader]:
    with closing(ResilientReader(rasa, FakeReader("by_phrases"), SOON)) as made:
        yield made


def understood_by(reader: ResilientReader, text: str = "没有网线") -> tuple[str, bool]:
    understood = reader.understand(text)
    assert understood.intent is not None
    return understood.intent.name, understood.degraded


def wait_until(holds: Callable[[], bool], seconds: float = 3.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.005)


def test_rasa_is_asked_as_long_as_it_answers(reader):
    assert understood_by(reader) == ("by_rasa", False)
    assert not reader.degraded


def test_the_message_that_finds_rasa_down_is_understood_by_key_phrases(rasa, reader):
    rasa.down = True

    assert understood_by(reader) == ("by_phrases", True)
    assert reader.degraded


def test_while_rasa_is_down_no_message_is_sent_to_it(rasa, reader):
    rasa.down = True
    reader.understand("第一条")
    for _ in range(20):
        reader.understand("后来的")

    assert "后来的" not in rasa.heard


def test_when_rasa_is_back_messages_go_to_it_again(rasa, reader):
    rasa.down = True
    reader.understand("第一条")
    wait_until(lambda: rasa.heard.count(PROBE) >= 2)

    rasa.down = False

    wait_until(lambda: not reader.degraded)
    assert understood_by(reader) == ("by_rasa", False)


def test_a_second_failure_is_noticed_like_the_first(rasa, reader):
    for _ in range(2):
        rasa.down = True
        assert understood_by(reader) == ("by_phrases", True)
        rasa.down = False
        wait_until(lambda: not reader.degraded)


def test_only_one_thread_asks_whether_rasa_is_back(rasa, reader):
    rasa.down = True
    askers = [threading.Thread(target=reader.understand, args=("一起",)) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    probes = [thread for thread in threading.enumerate() if thread.name == PROBING]

    assert len(probes) == 1


def test_a_closed_reader_stops_asking(rasa, reader):
    rasa.down = True
    reader.understand("第一条")

    reader.close()

    wait_until(lambda: all(thread.name != PROBING for thread in threading.enumerate()))


def test_a_hanging_rasa_costs_one_message_its_patience_and_no_other():
    with FakeRasa() as rasa, closing(RasaReader(rasa.url, read_seconds=0.3)) as over_http:
        rasa.delay = 1.0
        with closing(ResilientReader(over_http, FakeReader("by_phrases"))) as reader:
            reader.understand("第一条")
            began = time.monotonic()

            for _ in range(50):
                reader.understand("后来的")

            assert time.monotonic() - began < 0.2
