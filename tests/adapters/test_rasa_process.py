"""Rasa runs when we need it, comes back when it dies, and never outlives us."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.adapters import rasa_process, server_state
from bot.adapters.rasa_process import RasaFiles, RasaProcess, RasaUnavailable
from bot.adapters.rasa_understanding import RasaReader
from tests.fake_checkout import fake_checkout


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RasaFiles:
    monkeypatch.setattr(rasa_process, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(rasa_process, "FIRST_PAUSE", 0.05)
    return fake_checkout(tmp_path / "checkout")


def starts(files: RasaFiles) -> list[dict[str, Any]]:
    path = files.checkout / "envs/rasa/starts.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)


def test_a_started_rasa_has_already_understood_a_message(files):
    with RasaProcess(files) as rasa, closing(RasaReader(rasa.url)) as reader:
        assert reader.understand("你好").intent is not None


def test_waiting_is_told_in_seconds(files):
    told: list[float] = []
    rasa = RasaProcess(files)

    rasa.start(told.append)
    rasa.stop()

    assert told == sorted(told)
    assert told


def test_rasa_listens_where_the_application_can_be_reached(files):
    with RasaProcess(files, actions="127.0.0.1:8090") as rasa:
        (start,) = starts(files)

    assert start["argv"] == [
        *("--model", str(files.model), "--port", str(rasa.port)),
        *("--actions", "127.0.0.1:8090", "--lifeline"),
    ]


def test_rasa_is_told_to_write_down_no_messages_and_to_phone_nobody(files):
    with RasaProcess(files):
        (start,) = starts(files)

    environment = start["env"]
    assert environment["LOG_LEVEL"] == "WARNING"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["PYTHONPATH"] == str(files.checkout)


def test_two_rasas_do_not_want_the_same_port(files):
    with RasaProcess(files) as one, RasaProcess(files) as other:
        assert one.port != other.port


def test_a_stopped_rasa_is_gone(files):
    rasa = RasaProcess(files)
    rasa.start()

    rasa.stop()

    assert not server_state.answers(rasa.url)
    assert len(starts(files)) == 1


def test_a_rasa_that_dies_is_started_again_at_the_same_place(files):
    with RasaProcess(files) as rasa:
        assert rasa.pid is not None
        os.kill(rasa.pid, signal.SIGKILL)

        wait_until(lambda: len(starts(files)) == 2 and server_state.answers(rasa.url))


def test_a_rasa_that_keeps_dying_is_left_alone_for_longer_each_time(files):
    with RasaProcess(files) as rasa:
        (files.checkout / "envs/rasa/broken").touch()
        assert rasa.pid is not None
        os.kill(rasa.pid, signal.SIGKILL)
        wait_until(lambda: len(starts(files)) == 4)

        (files.checkout / "envs/rasa/broken").unlink()

        wait_until(lambda: server_state.answers(rasa.url))


def test_a_rasa_that_hangs_is_started_again(files, monkeypatch):
    monkeypatch.setattr(rasa_process, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr(rasa_process, "SILENT_SECONDS", 0.1)
    with RasaProcess(files) as rasa:
        assert rasa.pid is not None
        time.sleep(0.2)
        os.kill(rasa.pid, signal.SIGSTOP)

        wait_until(lambda: len(starts(files)) == 2 and server_state.answers(rasa.url))


def test_rasa_ends_when_we_are_killed(files):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from bot.adapters.rasa_process import RasaFiles, RasaProcess\n"
        f"rasa = RasaProcess(RasaFiles(*map(Path, {list(map(str, _places(files)))!r})))\n"
        "rasa.start(); print(rasa.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    wait_until(lambda: not lives(pid))


def test_a_missing_environment_is_told_with_its_mend(files):
    files.python.unlink()

    with pytest.raises(RasaUnavailable, match=r"envs/rasa/\.venv.* missing: run `make install`"):
        RasaProcess(files).start()


def test_a_missing_model_is_told_with_its_mend(files):
    files.model.unlink()

    with pytest.raises(RasaUnavailable, match=r"shouhou\.tar\.gz is missing: run `make train`"):
        RasaProcess(files).start()


def test_a_rasa_that_cannot_start_says_why_and_is_not_tried_again(files):
    (files.checkout / "envs/rasa/broken").touch()

    with pytest.raises(RasaUnavailable, match=r"no such component.*rasa\.log"):
        RasaProcess(files).start()

    time.sleep(0.2)
    assert len(starts(files)) == 1


def test_a_rasa_that_is_never_ready_is_given_up_and_stopped(files, monkeypatch):
    monkeypatch.setattr(rasa_process, "READY_SECONDS", 0.5)
    (files.checkout / "envs/rasa/serve.py").write_text("import time; time.sleep(60)")
    rasa = RasaProcess(files)

    with pytest.raises(RasaUnavailable, match="not ready after"):
        rasa.start()

    assert rasa.pid is not None
    assert not lives(rasa.pid)


def test_a_large_log_is_begun_anew_and_the_old_one_kept(files, monkeypatch):
    monkeypatch.setattr(rasa_process, "LARGEST_LOG", 10)
    files.log.parent.mkdir(parents=True)
    files.log.write_text("x" * 11)

    with RasaProcess(files):
        pass

    assert files.log.with_name("rasa.1.log").read_text() == "x" * 11
    assert "x" not in files.log.read_text()


def test_the_real_rasa_is_ready_in_time_and_ends_when_its_lifeline_is_cut(
    checkout, model, tmp_path
):
    rasa = RasaProcess(RasaFiles(checkout, model, tmp_path / "rasa.log"))
    began = time.monotonic()
    rasa.start()
    ready = time.monotonic() - began
    try:
        with closing(RasaReader(rasa.url)) as reader:
            understood = reader.understand("收到的快递里没有网线")
        assert understood.ranking
        assert ready < 45
    finally:
        rasa.stop()
    assert "没有网线" not in (tmp_path / "rasa.log").read_text(encoding="utf-8")


def _places(files: RasaFiles) -> tuple[Path, Path, Path]:
    return files.checkout, files.model, files.log
