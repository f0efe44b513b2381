"""How soon a customer's message and its advice stand on an agent's screen, in a real Chromium.

Takes a running demo shop; every figure is of messages that customers send to `/chat` and that an open page
of `/desk` shows: from just before the message is sent until the browser has painted the advice on it.
"""

import asyncio
import json
import os
import re
import shutil
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx
import psutil
from itsdangerous.url_safe import URLSafeSerializer
from websockets.asyncio.client import connect

from tests.conftest import CHROMIUM_OPTIONS

CONVERSATIONS, MORE_CONVERSATIONS = 20, 32
WATCHED = 5
"""Conversations that stand open in the browser, each in a window of its own."""
MESSAGES = 150
"""Those that are timed, of the watched conversations; the others' keep the shop busy meanwhile."""
EVERY = 0.45
"""Seconds between two of them: a customer may write thirty times a minute."""
PAGES = 200
A_SECOND_FEW, A_SECOND_MANY = 4, 10
"""Messages of all conversations together."""
BACK_WITHIN = 30
"""Seconds after which pages that have not come back count as lost."""
SAID = (
    "没收到网线",
    "袋子盒子都翻了，没有",
    "桌子底下也没有",
    "那怎么办",
    "补发吧",
    "快一点好吗",
    "多久能到",
    "好的",
    "还有退款怎么没到",
    "申请了四天了",
)
WATCH = """() => {
  window.painted = {};
  const look = () => {
    const about = document.querySelector('#panel [name=about]')?.value;
    if (about && !(about in painted)) {
      painted[about] = 0;
      requestAnimationFrame(() => setTimeout(() => { painted[about] = Date.now(); }));
    }
  };
  new MutationObserver(look).observe(document.getElementById('panel'), {childList: true, subtree: true, attributes: true});
}"""
"""Notes when each advice has been painted: after the frame in which it came."""


@dataclass
class Customer:
    """One who writes in `/chat`."""

    url: str
    client: httpx.Client
    token: str = ""
    said: int = 0
    sent: dict[str, float] = field(default_factory=dict)
    """When each message went out, by its own id."""

    def begin(self, order: str) -> None:
        page = self.client.get(f"{self.url}/chat", params={"order": order}).text
        found = re.search(r'name="token" value="([^"]+)"', page)
        assert found
        self.token = found.group(1)
        self.say()

    @property
    def conversation(self) -> str:
        _, said = URLSafeSerializer("anything").loads_unsafe(self.token)
        return str(said[0])

    def say(self) -> None:
        own, text = str(uuid4()), SAID[self.said % len(SAID)]
        self.said += 1
        self.sent[own] = time.time() * 1000
        answer = self.client.post(
            f"{self.url}/chat/messages",
            json={"id": own, "text": text},
            headers={"x-chat": self.token},
        )
        assert answer.status_code == 202, answer.text
        if self.said % 2 == 0:
            self.is_answered()

    def is_answered(self) -> None:
        """An agent replies, as agents do: nobody writes on for ever without an answer."""
        told = {"conversation_id": self.conversation, "text": "好的，我这就给您看"}
        self.client.post(f"{self.url}/api/v1/replies", json=told).raise_for_status()


@dataclass(frozen=True, slots=True)
class Shown:
    """Milliseconds from a message to its advice on the screen."""

    taken: Sequence[float]
    lost: int

    def __str__(self) -> str:
        lost = f", {self.lost} NOT SHOWN" if self.lost else ""
        p95 = statistics.quantiles(self.taken, n=20)[-1]
        return (
            f"p50 {statistics.median(self.taken):.0f} ms, p95 {p95:.0f} ms"
            f" ({len(self.taken)} messages{lost})"
        )


@contextmanager
def browsing() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*CHROMIUM_OPTIONS, *sandbox]
        )
        yield browser
        browser.close()


def figures(url: str, pid: int | None) -> Iterator[tuple[str, object]]:
    """The desk's figures on this running demo shop."""
    with httpx.Client(timeout=30, trust_env=False) as client, browsing() as browser:
        orders = re.findall(r'href="/chat\?order=(\d+)"', client.get(f"{url}/chat").text)
        customers = [Customer(url, client) for _ in range(MORE_CONVERSATIONS)]
        for number, customer in enumerate(customers[:CONVERSATIONS]):
            customer.begin(orders[number % len(orders)])
        context = browser.new_context()
        yield "desk, first page", f"{first_page(context.new_page(), url):.0f} ms"
        state, cookies = context.storage_state(), context.cookies()
        watched = [(one, watching(browser, state, one)) for one in customers[:WATCHED]]
        few = customers[WATCHED:CONVERSATIONS]
        name = f"message to advice on the screen, {CONVERSATIONS} conversations"
        yield name, timed(watched, few, A_SECOND_FEW)
        for number, customer in enumerate(customers[CONVERSATIONS:]):
            customer.begin(orders[number % len(orders)])
        cookie = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
        with open_pages(url, cookie, [one.conversation for one in customers]) as pages:
            name = f"the same, {PAGES} pages open, {A_SECOND_MANY} messages a second"
            yield name, timed(watched, customers[WATCHED:], A_SECOND_MANY)
            if pid is not None:
                rss = psutil.Process(pid).memory_info().rss
                yield "memory, application with these pages", f"{rss / 1e6:.1f} MB"
            yield "pages still open", pages.connected
        seconds = come_back(url, cookie, [one.conversation for one in customers])
        yield f"{PAGES} pages come back at once, until each shows all", f"{seconds:.1f} s"


def first_page(page: Any, url: str) -> float:
    """Milliseconds until the desk is there for somebody who is signed in."""
    page.goto(f"{url}/login")
    page.get_by_role("button", name="林可").click()
    page.wait_for_url("**/desk")
    page.reload()
    timing = page.evaluate("() => performance.getEntriesByType('navigation')[0].toJSON()")
    return float(timing["domContentLoadedEventEnd"])


def watching(browser: Any, state: Any, customer: Customer) -> Any:
    """A window of its own with the customer's conversation in it."""
    page = browser.new_context(storage_state=state).new_page()
    page.goto(f"{customer.url}/desk?c={customer.conversation}")
    page.evaluate(WATCH)
    return page


def timed(
    watched: Sequence[tuple[Customer, Any]], others: Sequence[Customer], a_second: int
) -> Shown:
    """Let all write, and look when the advice on each watched message has been painted."""
    customers = [customer for customer, _ in watched]
    for customer in customers:
        customer.sent.clear()
    busy, stop = 1 / (a_second - 1 / EVERY), threading.Event()
    writers = [
        threading.Thread(target=keep_writing, args=[others, busy, stop]),
        threading.Thread(target=keep_writing, args=[customers, EVERY, stop]),
    ]
    for writer in writers:
        writer.start()
    page = watched[0][1]
    page.wait_for_timeout(MESSAGES * EVERY * 1000)
    stop.set()
    for writer in writers:
        writer.join()
    page.wait_for_timeout(1_000)
    taken, lost = [], 0
    for customer, shows in watched:
        painted = shows.evaluate("() => painted")
        by_own = {about.rpartition(":")[2]: at for about, at in painted.items()}
        seen = [by_own[own] - at for own, at in customer.sent.items() if by_own.get(own)]
        taken += seen
        lost += len(customer.sent) - len(seen)
    return Shown(taken, lost)


def keep_writing(customers: Sequence[Customer], every: float, stop: threading.Event) -> None:
    """One after the other writes, at this pace, whatever the shop does."""
    due = time.monotonic()
    for customer in cycle(customers):
        due += every
        if stop.wait(max(due - time.monotonic(), 0)):
            return
        customer.say()


@dataclass
class OpenPages:
    connected: int = 0


@contextmanager
def open_pages(url: str, cookie: str, conversations: Sequence[str]) -> Iterator[OpenPages]:
    """As many pages as agents might have open, each looking at one of the conversations."""
    pages, loop = OpenPages(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    tasks = [
        asyncio.run_coroutine_threadsafe(_page(pages, url, cookie, conversation), loop)
        for _, conversation in zip(range(PAGES), cycle(conversations), strict=False)
    ]
    deadline = time.monotonic() + BACK_WITHIN
    while pages.connected < PAGES and time.monotonic() < deadline:
        time.sleep(0.1)
    try:
        yield pages
    finally:
        for task in tasks:
            task.cancel()
        time.sleep(0.5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def come_back(url: str, cookie: str, conversations: Sequence[str]) -> float:
    """Seconds until all pages, cut off together, have their list and conversation again."""

    async def one(conversation: str) -> None:
        async with _connected(url, cookie) as socket:
            await socket.send(json.dumps({"body": {"view": conversation, "again": "1"}}))
            told = ""
            while "conversations" not in told or "messages" not in told:
                told += str(await asyncio.wait_for(socket.recv(), BACK_WITHIN))

    async def all_pages() -> None:
        pairs = zip(range(PAGES), cycle(conversations), strict=False)
        await asyncio.gather(*(one(conversation) for _, conversation in pairs))

    began = time.monotonic()
    # In a thread of its own: while Playwright runs, this one counts as having a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_pages()).result()
    return time.monotonic() - began


def _connected(url: str, cookie: str) -> connect:
    address = f"{url.replace('http', 'ws', 1)}/desk/live"
    headers = {"cookie": cookie}
    return connect(address, additional_headers=headers, compression=None, max_size=None)


async def _page(pages: OpenPages, url: str, cookie: str, conversation: str) -> None:
    """A page without a screen: says what it looks at, takes all that comes."""
    async with _connected(url, cookie) as socket:
        await socket.send(json.dumps({"body": {"view": conversation, "again": ""}}))
        pages.connected += 1
        try:
            async for _ in socket:
                pass
        finally:
            pages.connected -= 1
