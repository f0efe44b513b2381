"""A command uses the Rasa that is there, and starts and stops one of its own only when none is."""

import os
from pathlib import Path

import pytest

from bot.adapters import server_state
from bot.adapters.rasa_process import RasaFiles
from bot.adapters.server_state import ServerState
from bot.adapters.which_rasa import URL_SETTING, running_rasa, serving_rasa
from tests.fake_checkout import fake_checkout
from tests.fake_rasa import FakeRasa


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RasaFiles:
    monkeypatch.delenv(URL_SETTING, raising=False)
    return fake_checkout(tmp_path / "checkout")


def started(files: RasaFiles) -> bool:
    return (files.checkout / "envs/rasa/starts.jsonl").exists()


def test_a_run_uses_the_server_that_is_running(files, tmp_path):
    with FakeRasa() as fake:
        server_state.write(tmp_path, ServerState(os.getpid(), "127.0.0.1", 8080, fake.url))

        with running_rasa(files, tmp_path) as url:
            assert url == fake.url

    assert not started(files)


def test_a_run_starts_a_rasa_of_its_own_when_none_is_running_and_stops_it(files, tmp_path):
    with running_rasa(files, tmp_path) as url:
        assert server_state.answers(url)

    assert not server_state.answers(url)


def test_a_rasa_elsewhere_can_be_named_instead(files, tmp_path, monkeypatch):
    monkeypatch.setenv(URL_SETTING, "http://rasa.internal:5005")

    with running_rasa(files, tmp_path) as url:
        assert url == "http://rasa.internal:5005"

    assert not started(files)


def test_a_server_does_not_share_the_rasa_of_another_server(files, tmp_path):
    with FakeRasa() as fake:
        server_state.write(tmp_path, ServerState(os.getpid(), "127.0.0.1", 8080, fake.url))

        with serving_rasa(files, "127.0.0.1:8081") as url:
            assert url != fake.url


def test_a_rasa_of_ones_own_is_stopped_when_the_run_fails(files, tmp_path):
    with pytest.raises(ZeroDivisionError), running_rasa(files, tmp_path) as url:
        raise ZeroDivisionError

    assert not server_state.answers(url)
