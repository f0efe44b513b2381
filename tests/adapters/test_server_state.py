"""Other commands find the running server, and are not led astray by a file that a crash left."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters import server_state
from bot.adapters.server_state import ServerState
from tests.fake_rasa import FakeRasa

OURS = ServerState(os.getpid(), "127.0.0.1", 8080, "http://127.0.0.1:5005")


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_is_written_is_read(tmp_path: Path):
    server_state.write(tmp_path / "var", OURS)

    assert server_state.read(tmp_path / "var") == OURS


def test_writing_leaves_no_draft_behind(tmp_path: Path):
    server_state.write(tmp_path, OURS)

    assert [path.name for path in tmp_path.iterdir()] == ["serve.json"]


def test_a_server_is_running_when_it_lives_and_its_rasa_answers(tmp_path: Path):
    with FakeRasa() as rasa:
        state = ServerState(os.getpid(), "127.0.0.1", 8080, rasa.url)
        server_state.write(tmp_path, state)

        assert server_state.running(tmp_path) == state


def test_a_server_whose_rasa_does_not_answer_is_not_running(tmp_path: Path):
    with FakeRasa() as rasa:
        url = rasa.url
    server_state.write(tmp_path, ServerState(os.getpid(), "127.0.0.1", 8080, url))

    assert server_state.running(tmp_path) is None


def test_a_server_that_died_is_not_running_even_if_its_port_answers(tmp_path: Path):
    with FakeRasa() as rasa:
        server_state.write(tmp_path, ServerState(dead_process(), "127.0.0.1", 8080, rasa.url))

        assert server_state.running(tmp_path) is None


def test_without_a_file_nothing_is_running(tmp_path: Path):
    assert server_state.running(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"pid": "x"}', "\x00"])
def test_a_file_that_is_not_ours_counts_as_none(tmp_path: Path, content: str):
    (tmp_path / "serve.json").write_text(content)

    assert server_state.read(tmp_path) is None


def test_a_stopping_server_removes_its_file(tmp_path: Path):
    server_state.write(tmp_path, OURS)

    server_state.remove(tmp_path, OURS.pid)

    assert list(tmp_path.iterdir()) == []


def test_a_stopping_server_leaves_the_file_of_a_later_one(tmp_path: Path):
    server_state.write(tmp_path, OURS)

    server_state.remove(tmp_path, OURS.pid + 1)

    assert server_state.read(tmp_path) == OURS
