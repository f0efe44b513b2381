"""One command starts Rasa and the application, says where they are, and stops both."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.adapters import server_state
from bot.adapters.rasa_process import free_port
from bot.commands.serve import bound, shown
from tests.fake_checkout import fake_checkout

SERVE = """
import sys
from pathlib import Path
from bot import cli
from bot.wiring import parts
from bot.commands import serve
serve.APPLICATION = "tests.commands.fake_app:create_app"
parts.CHECKOUT = Path(sys.argv.pop(1))
cli.main()
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return fake_checkout(tmp_path).checkout


@contextmanager
def serving(checkout: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """`shouhou serve` of this checkout; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(checkout), "serve", *options],
        env={**os.environ, "SHOUHOU_VAR": str(checkout / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def state_of(checkout: Path) -> server_state.ServerState:
    state = server_state.read(checkout / "var")
    assert state is not None
    return state


def test_both_are_ready_when_the_address_is_told(checkout):
    port = free_port()

    with serving(checkout, "--port", str(port)) as process:
        told = first_line(process)
        answer = httpx.get(f"http://127.0.0.1:{port}/")

    assert told.startswith(f"http://127.0.0.1:{port} ")
    assert answer.text == f"demo=0 rasa={state_of(checkout).rasa_url}"


def test_rasa_finds_its_actions_at_the_port_of_the_application(checkout):
    port = free_port()

    with serving(checkout, "--port", str(port)) as process:
        first_line(process)

    (start,) = (checkout / "envs/rasa/starts.jsonl").read_text().splitlines()
    argv = json.loads(start)["argv"]
    assert argv[argv.index("--actions") + 1] == f"127.0.0.1:{port}"


def test_a_demo_shop_is_filled_in_only_when_asked_for(checkout):
    port = free_port()

    with serving(checkout, "--port", str(port), "--demo") as process:
        first_line(process)
        accounts = first_line(process)

        assert httpx.get(f"http://127.0.0.1:{port}/").text.startswith("demo=1")
    assert "林可（客服）" in accounts
    assert "demo-shouhou" in accounts


def test_the_first_start_tells_the_leads_password_and_the_second_does_not(checkout):
    with serving(checkout, "--port", str(free_port())) as process:
        first_line(process)
        told = first_line(process)
        process.send_signal(signal.SIGTERM)
        process.wait()
    with serving(checkout, "--port", str(free_port())) as process:
        first_line(process)
        process.send_signal(signal.SIGTERM)
        again = process.communicate()[0]

    assert "账号「负责人」，密码 " in told
    assert "密码" not in again


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_application_is_told_where_it_listens(checkout, host):
    port = free_port()

    with serving(checkout, "--host", host, "--port", str(port)) as process:
        first_line(process)
        answer = httpx.get(f"http://127.0.0.1:{port}/")

    assert answer.headers["x-hosts"] == host


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_both_and_leaves_nothing_behind(checkout, number):
    with serving(checkout, "--port", str(free_port())) as process:
        first_line(process)
        rasa_url = state_of(checkout).rasa_url

        process.send_signal(number)
        process.wait(10)
        error = process.stderr.read() if process.stderr else ""

    assert not server_state.answers(rasa_url)
    assert server_state.read(checkout / "var") is None
    assert "Traceback" not in error


def test_a_signal_while_rasa_starts_stops_everything(checkout):
    (checkout / "envs/rasa/serve.py").write_text(
        "import os, time; open('started', 'w').close(); time.sleep(60)"
    )

    with serving(checkout, "--port", str(free_port())) as process:
        while not (checkout / "started").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGTERM)

        assert process.wait(10) == 0


def test_a_port_in_use_is_named_with_its_holder_and_the_way_out(checkout):
    with bound("127.0.0.1", free_port()) as holder:
        holder.listen()
        port = holder.getsockname()[1]

        with serving(checkout, "--port", str(port)) as process:
            code, error = process.wait(10), process.stderr.read() if process.stderr else ""

    assert code == 2
    assert len(error.splitlines()) == 1
    assert f"--port {port}: " in error
    assert f"process {os.getpid()}" in error
    assert f"--port {port + 1}" in error
    assert not (checkout / "envs/rasa/starts.jsonl").exists()


def test_a_missing_model_is_one_line_with_its_mend(checkout):
    (checkout / "models/shouhou.tar.gz").unlink()

    with serving(checkout, "--port", str(free_port())) as process:
        code, error = process.wait(10), process.stderr.read() if process.stderr else ""

    assert code == 2
    assert "make train" in error
    assert len(error.splitlines()) == 1


def test_a_host_that_is_not_ours_is_named():
    with pytest.raises(ValueError, match=r"^--host 192\.0\.2\.1: "):
        bound("192.0.2.1", 8080)


def test_a_port_can_be_taken_again_at_once():
    with bound("127.0.0.1", free_port()) as first:
        port = first.getsockname()[1]
        first.listen()
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = first.accept()
            accepted.close()

    bound("127.0.0.1", port).close()


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]")],
)
def test_the_address_told_can_be_opened_on_this_machine(host, address):
    assert shown(host) == address
