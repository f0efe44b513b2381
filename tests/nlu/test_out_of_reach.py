"""A customer whose message the application cannot answer is told that it has arrived."""

import asyncio
import importlib.util
from pathlib import Path

import pytest
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

CHECKOUT = Path(__file__).resolve().parents[2]
NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def domain():
    return Domain.load(str(CHECKOUT / "domain.yml"))


@pytest.fixture
def serve(monkeypatch):
    spec = importlib.util.spec_from_file_location("serve", CHECKOUT / "envs/rasa/serve.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(RemoteAction, "run", RemoteAction.run)
    return module


def run(domain):
    action = RemoteAction("action_propose_reply", EndpointConfig(NOBODY))
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    tracker = DialogueStateTracker.from_events("web:1", [], domain=domain)
    return asyncio.run(action.run(CollectingOutputChannel(), nlg, tracker, domain))


def test_the_customer_is_told_once_that_the_message_has_arrived(serve, domain):
    serve.tell_the_customer_when_the_application_does_not_answer()

    said, follows = run(domain)

    assert said.text in {one["text"] for one in domain.responses["utter_out_of_reach"]}
    assert follows.action_name == "action_listen"


def test_an_action_that_refuses_to_run_is_left_to_rasa(serve, domain, monkeypatch):
    async def refuses(*_):
        raise ActionExecutionRejection("action_propose_reply")

    monkeypatch.setattr(RemoteAction, "run", refuses)
    serve.tell_the_customer_when_the_application_does_not_answer()

    with pytest.raises(ActionExecutionRejection):
        run(domain)
