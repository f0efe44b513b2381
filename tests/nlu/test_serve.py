"""What our way of running Rasa changes, and that it changes nothing else."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

SERVE = Path(__file__).resolve().parents[2] / "envs/rasa/serve.py"


@pytest.fixture
def serve():
    spec = importlib.util.spec_from_file_location("serve", SERVE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def action(serve, monkeypatch):
    """An action of the application, checked in our way; Rasa's own way is put back afterwards."""
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", RemoteAction._validate_action_result
    )
    serve.check_action_results_with_one_validator()
    return RemoteAction("action_propose_reply", EndpointConfig("http://127.0.0.1:1"))


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": [{"text": "好"}]},
        {},
    ],
)
def test_a_right_result_is_accepted(action, result):
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize(
    "result",
    [{"events": [{"name": "a"}]}, {"events": "none"}, {"responses": ["好"]}, []],
)
def test_a_wrong_result_is_refused_with_rasas_own_words(action, result):
    with pytest.raises(ValidationError, match="Failed to validate Action server response"):
        action._validate_action_result(result)


def test_a_right_result_is_not_given_to_the_slow_check(serve, monkeypatch):
    given = []
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", lambda self, result: given.append(result)
    )
    serve.check_action_results_with_one_validator()

    RemoteAction("a", None)._validate_action_result({"events": []})

    assert given == []


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("http://127.0.0.1:8080/rasa/actions", "http://127.0.0.1:9090/rasa/actions"),
        ("http://127.0.0.1:8080/a?b=c", "http://127.0.0.1:9090/a?b=c"),
    ],
)
def test_only_the_place_of_the_actions_is_replaced(serve, url, moved):
    assert serve.at(url, "127.0.0.1:9090") == moved


def test_it_ends_while_still_loading_when_its_lifeline_is_cut():
    process = subprocess.Popen(
        [sys.executable, str(SERVE), "--lifeline"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"RASA_TELEMETRY_ENABLED": "false"},
    )

    process.stdin.close()

    assert process.wait(20) != 0
