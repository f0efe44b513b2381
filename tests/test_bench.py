"""The bench counts what it says it counts."""

from pathlib import Path

import httpx
import pytest

from tests import bench
from tests.fake_rasa import FakeRasa


def test_exactly_as_many_requests_are_sent_and_timed():
    with FakeRasa() as rasa:
        rasa.delay = 0.01
        url = f"{rasa.url}/model/parse"

        found = bench.timed(lambda client, text: bench.parsed(client, url, text), 4, 20)

    assert (found.clients, found.requests, found.failures) == (4, 20, 0)
    assert len(rasa.heard) == 20
    assert 10 <= found.p50 <= found.p95
    assert found.rate < 400


def test_requests_that_fail_are_shown():
    def refuse(_client: httpx.Client, _text: str) -> bool:
        raise httpx.ConnectError("refused")

    assert "5 FAILED" in str(bench.timed(refuse, 1, 5))


def test_an_empty_answer_of_rasas_dialogue_is_a_failure():
    with FakeRasa() as rasa, httpx.Client() as client:
        rasa.body = b"[]"

        assert not bench.replied(client, rasa.url, "没有网线")


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ("2025-11-23 07:13:10 INFO a\nb\n2025-11-23 07:14:05 INFO c\n", "55 s"),
        ("nothing\n", "no times"),
    ],
)
def test_the_length_of_a_training_is_read_from_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: str, told: str
):
    path = tmp_path / "train.log"
    path.write_text(log)
    monkeypatch.setattr(bench, "TRAINING_LOG", path)

    assert told in bench.training()
