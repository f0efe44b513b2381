"""Measures speed, size, start-up and understanding on this machine and prints them as a table: `make bench`.

Starts a server of its own with the demo shop and an empty database, unless ``--url`` names a running
one. Every figure says over how many requests it was taken; the clients run on the same machine.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from tests import bench_desk, bench_practice

CHECKOUT = Path(__file__).resolve().parents[1]
TRAINING_LOG = CHECKOUT / "var/train.log"
CLIENTS = 8
READY_SECONDS = 120.0

MESSAGES = (
    "你好,买的路由器收到了,盒子里没有网线",
    "电源插上灯不亮,是不是坏了",
    "我要退货,运费谁出啊",
    "衣服大了一码,可以换小一号吗",
    "快递三天没动了,帮我看看到哪里了",
    "退款什么时候能到账",
    "收到的杯子碎了,怎么办",
    "昨天刚买今天就降价了,能退差价吗",
    "帮我把地址改一下,还没发货吧",
    "发票抬头开错了,能重开吗",
    "客服一直不回,我要投诉",
    "好的,谢谢",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it is, what belongs to it, and what starting it took."""

    url: str
    rasa_url: str | None
    pid: int | None
    ready_seconds: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of these requests: milliseconds at the median and for 19 of 20, requests a second."""

    clients: int
    requests: int
    p50: float
    p95: float
    rate: float
    failures: int

    def __str__(self) -> str:
        failed = f", {self.failures} FAILED" if self.failures else ""
        return (
            f"p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms, {self.rate:.0f}/s "
            f"({self.requests} requests, {self.clients} clients{failed})"
        )


def main() -> None:
    options = read_options()
    rows = list(measured(options))
    if options.json:
        print(json.dumps({name: str(value) for name, value in rows}, ensure_ascii=False))
        return
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running server instead of one of our own")
    parser.add_argument("--rasa-url", help="the running server's Rasa")
    parser.add_argument("--requests", type=int, default=400, help="requests a figure")
    parser.add_argument("--no-orders", action="store_true", help="leave out the million orders")
    parser.add_argument("--no-noise", action="store_true", help="leave out noisy messages")
    parser.add_argument("--no-desk", action="store_true", help="leave out the desk in a browser")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def measured(options: argparse.Namespace) -> Iterator[tuple[str, object]]:
    """Each figure's name and value, told on standard error as it is taken."""
    for name, value in figures(options):
        print(f"  {name}: {value}", file=sys.stderr)
        yield name, value


def figures(options: argparse.Namespace) -> Iterator[tuple[str, object]]:
    yield "machine", f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB"
    yield "shouhou --help", help_seconds()
    with running_server(options) as server:
        if server.ready_seconds is not None:
            yield "serve, until ready", f"{server.ready_seconds:.1f} s"
        yield from request_figures(server, options.requests)
        yield from memory_figures(server)
        if not options.no_desk:
            yield from bench_practice.figures(server.url)
            yield from bench_desk.figures(server.url, server.pid)
        if server.rasa_url and not options.no_noise:
            yield "understanding", understood("bench_held_out", server.rasa_url)
            yield "with noise", understood("bench_understanding", server.rasa_url)
    yield "training", training()
    yield "model", model_size()
    if not options.no_orders:
        yield from order_figures()


def request_figures(server: Server, requests: int) -> Iterator[tuple[str, object]]:
    advise = f"{server.url}/api/v1/advise"
    doors: list[tuple[str, Callable[[httpx.Client, str], bool]]] = [
        ("advice over HTTP", lambda client, text: advised(client, advise, text))
    ]
    if server.rasa_url:
        parse = f"{server.rasa_url}/model/parse"
        talk = f"{server.rasa_url}/webhooks/rest/webhook"
        doors.append(("Rasa's dialogue", lambda client, text: replied(client, talk, text)))
        doors.append(("understanding alone", lambda client, text: parsed(client, parse, text)))
    for name, ask in doors:
        timed(ask, 2, 2 * len(MESSAGES))  # what the first of its kind loads is not measured
        yield f"{name}, 1 client", timed(ask, 1, requests)
        yield f"{name}, {CLIENTS} clients", timed(ask, CLIENTS, 2 * requests)


def advised(client: httpx.Client, url: str, text: str) -> bool:
    answer = client.post(url, json={"text": text})
    return answer.status_code == 200 and not answer.json()["degraded"]


def replied(client: httpx.Client, url: str, text: str) -> bool:
    """Each message from a customer of its own; Rasa answers failures with an empty list."""
    answer = client.post(url, json={"sender": str(uuid4()), "message": text})
    return answer.status_code == 200 and bool(answer.json())


def parsed(client: httpx.Client, url: str, text: str) -> bool:
    answer = client.post(url, json={"text": text})
    return answer.status_code == 200 and bool(answer.json()["intent_ranking"])


def timed(ask: Callable[[httpx.Client, str], bool], clients: int, requests: int) -> Figures:
    """Send this many requests by so many clients, each sending its next when it has its answer."""
    numbers = count()
    taken: list[float] = []
    failures: list[str] = []

    def work() -> None:
        with httpx.Client(timeout=30, trust_env=False) as client:
            while (number := next(numbers)) < requests:
                began = time.perf_counter()
                if not asked(ask, client, MESSAGES[number % len(MESSAGES)]):
                    failures.append("")
                taken.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    p95 = statistics.quantiles(taken, n=20)[-1]
    rate = len(taken) / seconds
    return Figures(clients, len(taken), statistics.median(taken), p95, rate, len(failures))


def asked(ask: Callable[[httpx.Client, str], bool], client: httpx.Client, text: str) -> bool:
    try:
        return ask(client, text)
    except (httpx.HTTPError, ValueError, KeyError):
        return False


@contextmanager
def running_server(options: argparse.Namespace) -> Iterator[Server]:
    if options.url:
        yield Server(options.url.rstrip("/"), options.rasa_url, None, None)
        return
    with tempfile.TemporaryDirectory(prefix="shouhou-bench-") as folder:
        yield from own_server(Path(folder))


def own_server(folder: Path) -> Iterator[Server]:
    """A server with the demo shop and a database of its own, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = f"sqlite:///{folder / 'shop.db'}"
    environment = {"SHOUHOU_VAR": str(folder), "SHOUHOU_DATABASE_URL": database}
    command = [sys.executable, "-m", "bot.cli", "serve", "--demo", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=os.environ | environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(url, process)
            seconds = time.perf_counter() - began
            state = json.loads((folder / "serve.json").read_text(encoding="utf-8"))
            yield Server(url, state["rasa_url"], process.pid, seconds)
        finally:
            process.terminate()


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    sys.exit("the server did not get ready")


def understood(program: str, rasa_url: str) -> str:
    """What one of the other programs of tests/ measures."""
    command = [sys.executable, "-m", f"tests.{program}", "--rasa-url", rasa_url]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    return "\n" + (done.stdout + done.stderr).rstrip() if done.stdout else "not measured"


def memory_figures(server: Server) -> Iterator[tuple[str, object]]:
    if server.pid is None:
        return
    application = psutil.Process(server.pid)
    yield "memory, application", megabytes(application.memory_info().rss)
    for child in application.children():
        yield "memory, Rasa", megabytes(child.memory_info().rss)


def help_seconds() -> str:
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        command = [sys.executable, "-m", "bot.cli", "--help"]
        subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    return f"{statistics.median(taken):.2f} s (median of {len(taken)})"


def training() -> str:
    """How long the last training took, by the times in its log; imports come on top of that."""
    log = TRAINING_LOG
    if not log.exists():
        return "no log of a training here: envs/train --force"
    times = re.findall(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", log.read_text("utf-8"), re.MULTILINE)
    if len(times) < 2:
        return "the training's log holds no times"
    first, last = (datetime.fromisoformat(moment) for moment in (times[0], times[-1]))
    return f"{(last - first).total_seconds():.0f} s, imports not counted"


def model_size() -> str:
    model = Path(os.environ.get("SHOUHOU_MODEL") or CHECKOUT / "models/shouhou.tar.gz")
    return megabytes(model.stat().st_size) if model.exists() else "none"


def order_figures() -> Iterator[tuple[str, Any]]:
    """Look-ups and advice at a thousand and at a million orders, from tests/bench_orders.py."""
    command = [sys.executable, "-m", "tests.bench_orders"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    yield "orders", "\n" + done.stdout.rstrip() if done.returncode == 0 else "not measured"


def megabytes(size: float) -> str:
    return f"{size / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
