"""Many messages are understood at once, and their answers stay in order."""

import threading
import time
from collections.abc import Iterator

import pytest

from bot.core.understanding import Understanding
from bot.services.ports import UnderstandingDown
from bot.services.understand_many import understand_many


class FakeReader:
    """Takes a little while over each message, the earlier the longer, and counts how many it has at once."""

    def __init__(self, broken: str = "none") -> None:
        self.broken = broken
        self.now = self.most = self.done = 0
        self._lock = threading.Lock()

    def understand(self, text: str) -> Understanding:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.001 * (int(text) % 5) if text.isdigit() else 0)
        with self._lock:
            self.now -= 1
            self.done += 1
        if text == self.broken:
            raise UnderstandingDown("refused")
        return Understanding(text)


def counted(most: int, taken: list[int]) -> Iterator[str]:
    for number in range(most):
        taken.append(number)
        yield str(number)


def test_answers_come_in_the_order_of_the_messages():
    texts = [str(number) for number in range(200)]

    answers = understand_many(FakeReader(), texts)

    assert [answer.text for answer in answers] == texts


def test_as_many_messages_as_allowed_are_under_way_and_no_more():
    reader = FakeReader()

    list(understand_many(reader, map(str, range(200)), in_flight=4))

    assert reader.most == 4


def test_messages_are_not_taken_long_before_they_are_needed():
    taken: list[int] = []

    answers = understand_many(FakeReader(), counted(10_000, taken), in_flight=4)
    next(answers)
    time.sleep(0.1)

    assert len(taken) < 20
    answers.close()


def test_an_answer_does_not_wait_for_the_next_message_to_be_written():
    written = threading.Event()

    def slowly() -> Iterator[str]:
        yield "first"
        written.wait(5)
        yield "second"

    answers = understand_many(FakeReader(), slowly())

    assert next(answers).text == "first"
    written.set()
    assert next(answers).text == "second"


def test_empty_messages_keep_their_place():
    answers = understand_many(FakeReader(), ["a", "", "b"])

    assert [answer.text for answer in answers] == ["a", "", "b"]


def test_no_messages_give_no_answers():
    assert list(understand_many(FakeReader(), [])) == []


def test_a_message_that_is_not_understood_is_told_at_its_place():
    answers = understand_many(FakeReader(broken="3"), map(str, range(10)))

    assert [next(answers).text for _ in range(3)] == ["0", "1", "2"]
    with pytest.raises(UnderstandingDown):
        next(answers)


def test_what_goes_wrong_while_messages_are_read_is_told():
    def torn() -> Iterator[str]:
        yield "a"
        raise OSError("disk gone")

    answers = understand_many(FakeReader(), torn())

    assert next(answers).text == "a"
    with pytest.raises(OSError, match="disk gone"):
        next(answers)


def test_leaving_early_leaves_no_thread_behind():
    answers = understand_many(FakeReader(), counted(10_000, []), in_flight=2)
    next(answers)

    answers.close()

    end = time.monotonic() + 3
    while any(thread.name.startswith("understand") for thread in threading.enumerate()):
        assert time.monotonic() < end, "threads are still there"
        time.sleep(0.01)
