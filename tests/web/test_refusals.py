"""What the application refuses: too large, unfinished, at the wrong address, by the wrong name."""

import asyncio
from typing import Any

import pytest

from bot.web.app import create_app
from bot.web.hosts import HOSTS_SETTING, names, on_this_machine
from tests.web.browsers import SECRET
from tests.web.conftest import knocking_at

JSON = {"content-type": "application/json"}
ACTION = {"next_action": "action_unheard_of", "tracker": {}}
KB = 1024


def errors(answer: Any) -> dict[str, str]:
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


# ---- size ----


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/v1/replies", 64 * KB, 422),
        ("/api/v1/replies", 64 * KB + 1, 413),
        ("/api/v1/advise", 256 * KB, 422),
        ("/api/v1/advise", 256 * KB + 1, 413),
        ("/api/v1/records/import", 8 * 1024 * KB, 422),
        ("/api/v1/records/import", 8 * 1024 * KB + 1, 413),
    ],
)
def test_a_request_over_its_limit_is_refused_before_it_is_read(client, path, size, status):
    answer = client.post(path, content=b"x" * size, headers=JSON)

    assert answer.status_code == status


def test_who_asks_for_too_much_advice_is_told_that_earlier_turns_count(client):
    answer = client.post("/api/v1/advise", content=b"x" * (256 * KB + 1), headers=JSON)

    assert "256 KB" in errors(answer)["body"]
    assert "before" in errors(answer)["body"]


def test_a_caller_who_hangs_up_in_the_middle_has_asked_for_nothing(parts, reader):
    received = iter(
        [
            {"type": "http.request", "body": b'{"text": "\xe7', "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(received)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/advise",
        "raw_path": b"/api/v1/advise",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"testserver"), (b"content-type", b"application/json")],
    }
    asyncio.run(create_app(parts, called_as=["testserver"], secret=SECRET)(scope, receive, send))

    assert sent == []
    assert reader.heard == []


# ---- one shape for all errors ----


@pytest.mark.parametrize(
    ("method", "path", "status", "field"),
    [
        ("GET", "/api/v1/nowhere", 404, "path"),
        ("GET", "/api/v1/advise", 405, "method"),
        ("GET", "/docs", 404, "path"),
        ("GET", "/redoc", 404, "path"),
    ],
)
def test_an_address_that_is_none_is_told_like_any_other_error(client, method, path, status, field):
    answer = client.request(method, path)

    assert answer.status_code == status
    assert "/openapi.json" in errors(answer)[field]


def test_what_breaks_is_told_without_its_inside_and_with_the_headers_of_every_answer(
    client, parts, monkeypatch
):
    def broken(*_: object) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(type(parts.desk), "advise_after", broken)

    answer = client.post("/api/v1/advise", json={"text": "你好"})

    assert answer.status_code == 500
    assert "再试一次" in errors(answer)["server"]
    assert "inside" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_interface_is_described_for_programs(client):
    paths = client.get("/openapi.json").json()["paths"]

    assert paths.keys() >= {"/api/v1/advise", "/api/v1/replies", "/webhooks/rest/webhook"}


# ---- actions, for the Rasa of this machine ----


@pytest.mark.parametrize("body", ["", "{", "[]", "1", '{"next_action": "x"}', "[" * 60_000])
def test_what_is_no_call_of_an_action_is_a_400(client, body):
    answer = client.post("/webhook", content=body, headers=JSON)

    assert answer.status_code == 400
    assert errors(answer).keys() == {"body"}


def test_an_action_that_there_is_not_is_told(client):
    answer = client.post("/webhook", json=ACTION)

    assert answer.status_code == 404
    assert "action_unheard_of" in errors(answer)["next_action"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_an_action_is_called_by_json_only(client, kind):
    answer = client.post("/webhook", content="{}", headers={"content-type": kind})

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("caller", "status"),
    [("127.0.0.1", 404), ("192.168.1.5", 404), ("192.168.1.6", 403), ("testclient", 403)],
)
def test_actions_are_called_from_this_machine_only(parts, monkeypatch, caller, status):
    monkeypatch.setenv(HOSTS_SETTING, "192.168.1.5")

    with knocking_at(
        create_app(parts, called_as=["testserver"], secret=SECRET), (caller, 50000)
    ) as client:
        answer = client.post("/webhook", json=ACTION)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("caller", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.1.5", True),
        ("192.168.1.6", False),
        ("::ffff:192.168.1.6", False),
        ("testclient", False),
        ("", False),
    ],
)
def test_a_caller_is_here_who_comes_by_loopback_or_from_where_we_listen(caller, here):
    assert on_this_machine(caller, ("192.168.1.5",)) is here


# ---- names, so that no other site's name leads here ----


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost:8080", "[::1]:8080"])
def test_the_application_answers_to_the_names_of_this_machine(parts, name):
    with knocking_at(create_app(parts, secret=SECRET)) as client:
        assert client.get("/healthz", headers={"host": name}).status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "testserver", "192.168.1.5"]
)
def test_the_application_does_not_answer_to_other_names(parts, monkeypatch, name):
    monkeypatch.delenv(HOSTS_SETTING, raising=False)

    with knocking_at(create_app(parts, secret=SECRET)) as client:
        assert client.get("/", headers={"host": name}).status_code == 400


@pytest.mark.parametrize(
    ("bound", "answered"),
    [
        (("192.168.1.5",), "192.168.1.5"),
        (("desk.local", "192.168.1.5"), "desk.local"),
        (("fd00::5",), "[fd00::5]"),
        (("0.0.0.0",), "*"),
        (("::",), "*"),
    ],
)
def test_it_answers_to_where_it_listens_and_to_any_name_where_it_listens_everywhere(
    bound, answered
):
    assert answered in names(bound)
