"""How soon practice customers answer with many trainees at once: a running demo shop is practised on."""

import random
import re
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import httpx

SESSIONS = 50
EVERY = 15.0
"""Seconds between two replies of one trainee: who reads and types is not quicker."""
SECONDS = 40.0
NAME, PASSWORD = "陈新", "demo-shouhou"


def figures(url: str) -> Iterator[tuple[str, object]]:
    """Name and value of each figure."""
    took: list[float] = []
    with httpx.Client(base_url=url, trust_env=False, follow_redirects=True) as client:
        _sign_in(client)
        cookies, headers = dict(client.cookies), {"x-csrftoken": client.headers["x-csrftoken"]}
    began = time.perf_counter()
    # Shorter than the server keeps an idle connection, or one would be used as it is closed.
    idle = httpx.Limits(keepalive_expiry=2)
    clients = [
        httpx.Client(
            base_url=url, trust_env=False, timeout=30, limits=idle, cookies=cookies, headers=headers
        )
        for _ in range(SESSIONS)
    ]
    with ThreadPoolExecutor(SESSIONS) as pool:
        list(pool.map(lambda one: _practise(clients[one], one, took), range(SESSIONS)))
    rate = len(took) / (time.perf_counter() - began)
    ranked = statistics.quantiles(took, n=20)
    yield (
        f"practice, {SESSIONS} trainees at once, a reply each {EVERY:.0f} s",
        f"p50 {statistics.median(took):.0f} ms, p95 {ranked[-1]:.0f} ms, most {max(took):.0f} ms"
        f" ({len(took)} replies, {rate:.1f}/s)",
    )


def _practise(client: httpx.Client, number: int, took: list[float]) -> None:
    """One trainee: follows what guided practice says, one customer after the other."""
    pace = random.Random(number)
    time.sleep(pace.random() * EVERY)
    with client:
        customers = re.findall(r'name="scenario" value="([^"]+)"', client.get("/practice").text)
        end, dialogue, page = time.monotonic() + SECONDS, "", ""
        while time.monotonic() < end:
            if not dialogue or 'name="text"' not in page:
                way = {"scenario": pace.choice(customers), "mode": "guided"}
                dialogue = client.post("/practice", data=way).headers["HX-Redirect"]
                page = client.get(dialogue).text
            found = re.search(r"可以说：([^<]+)", page)
            text = unescape(found[1]) if found else "谢谢您，有事随时联系我们"
            sent = time.perf_counter()
            page = client.post(f"{dialogue}/replies", data={"text": text}).raise_for_status().text
            with _LOCK:
                took.append((time.perf_counter() - sent) * 1000)
            time.sleep(EVERY * (0.5 + pace.random()))


def _sign_in(client: httpx.Client) -> None:
    client.get("/login")
    client.headers["x-csrftoken"] = client.cookies["csrftoken"]
    client.post("/login", data={"name": NAME, "password": PASSWORD}).raise_for_status()
    client.headers["x-csrftoken"] = client.cookies["csrftoken"]


_LOCK = threading.Lock()
