"""The bot for chat channels, through the application's own port."""

import pytest

from bot import wiring
from bot.web import rasa_channel
from bot.web.app import create_app
from tests.fake_rasa import FakeRasa
from tests.web.browsers import SECRET
from tests.web.conftest import knocking_at

DOOR = "/webhooks/rest/webhook"
SAID = [{"recipient_id": "c-1", "text": "您好"}]


@pytest.fixture
def rasa(monkeypatch):
    with FakeRasa(answer=lambda _: SAID) as fake:
        monkeypatch.setenv(wiring.RASA_URL_SETTING, fake.url)
        yield fake


@pytest.fixture
def client(parts, rasa):
    with knocking_at(create_app(parts, called_as=["testserver"], secret=SECRET)) as knocking:
        yield knocking


def test_a_message_goes_to_rasa_and_its_answer_comes_back(client, rasa):
    body = {"sender": "c-1", "message": "你好", "metadata": {"order_no": "1"}}

    answer = client.post(DOOR, json=body)

    assert (answer.status_code, answer.json()) == (200, SAID)
    assert rasa.bodies == [body]


def test_characters_that_cannot_be_kept_stay_outside(client, rasa):
    body = r'{"sender": "c-1", "message": "你\u0000好\ud83d", "metadata": {"nickname": "a\u0000"}}'

    client.post(DOOR, content=body.encode(), headers={"content-type": "application/json"})

    assert rasa.bodies == [{"sender": "c-1", "message": "你好", "metadata": {"nickname": "a"}}]


@pytest.mark.parametrize(
    ("body", "field"),
    [({"message": "你好"}, "sender"), ({"sender": "c-1"}, "message"), ([], "body")],
)
def test_a_message_without_its_parts_is_told_which(client, rasa, body, field):
    answer = client.post(DOOR, json=body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert rasa.heard == []


def is_away(answer) -> bool:
    (error,) = answer.json()["errors"]
    return answer.status_code == 503 and "机器人暂时不在" in error["message"]


def test_while_rasa_fails_the_bot_is_away(client, rasa):
    rasa.status = 500

    assert is_away(client.post(DOOR, json={"sender": "c-1", "message": "你好"}))


def test_an_answer_that_is_no_json_counts_as_none(client, rasa):
    rasa.body = b"<html>"

    assert is_away(client.post(DOOR, json={"sender": "c-1", "message": "你好"}))


def test_while_rasa_is_too_slow_the_bot_is_away(parts, rasa, monkeypatch):
    monkeypatch.setattr(rasa_channel, "SECONDS", 0.05)
    rasa.delay = 0.5

    with knocking_at(create_app(parts, called_as=["testserver"], secret=SECRET)) as client:
        assert is_away(client.post(DOOR, json={"sender": "c-1", "message": "你好"}))


def test_while_nobody_listens_the_bot_is_away(parts, monkeypatch):
    monkeypatch.setenv(wiring.RASA_URL_SETTING, "http://127.0.0.1:9")

    with knocking_at(create_app(parts, called_as=["testserver"], secret=SECRET)) as client:
        assert is_away(client.post(DOOR, json={"sender": "c-1", "message": "你好"}))
