"""Actions as Rasa calls them, on a real desk; and the whole shop, started for real."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.receiving import ReceptionAction
from bot.adapters.chat_sql import SqlHandoffs
from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.desk_sql import SqlDeskState
from bot.adapters.orders_sql import SqlOrders
from bot.core.conversation import Turn
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order, OrderStatus, ShipmentEvent
from bot.services.reception import Reception
from tests.databases import new_database
from tests.desks import POLICY, desk_on
from tests.fakes import FakeReader

CHECKOUT = Path(__file__).parents[2]
NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)
START_SECONDS = 120

Said = list[dict[str, Any]]


def shop_orders(now: datetime) -> tuple[Order, Order]:
    """A router that has arrived, and another one on its way."""
    arrived = Order(
        "251014000001",
        shop="routers",
        status=OrderStatus.DELIVERED,
        nickname="小雨",
        recipient="王小雨",
        phone="13800001234",
        address="浙江省杭州市西湖区文三路",
        received_at=now - timedelta(days=3),
        signed_by="本人",
        lines=(Line("RT-1", "双频路由器", 1, Decimal("189.00")),),
    )
    travelling = replace(
        arrived,
        order_no="251014000002",
        status=OrderStatus.SHIPPED,
        received_at=None,
        signed_by=None,
        courier="中通",
        tracking_no="78200100000001",
        events=(ShipmentEvent(now - timedelta(hours=4), "已到达杭州分拨中心"),),
    )
    return arrived, travelling


# ---- an action alone ----


class ActionCaller:
    """Calls actions with the tracker that Rasa sends, and gives back what its REST channel would."""

    def __init__(self, reception: Reception, conversations: SqlConversations) -> None:
        self.reception = reception
        self._conversations = conversations
        self._written = 0

    async def __call__(
        self, action: type[ReceptionAction], text: str, intent: str, **metadata: Any
    ) -> Said:
        self._written += 1
        dispatcher = CollectingDispatcher()
        made = action(reception=lambda: self.reception, clock=lambda: NOW)
        await made.run(dispatcher, tracker(text, intent, f"m{self._written}", metadata), {})
        return [{k: m[k] for k in ("text", "custom") if m[k]} for m in dispatcher.messages]

    @property
    def turns(self) -> tuple[Turn, ...]:
        found = self._conversations.load("web:1")
        return found.turns if found else ()


def tracker(
    text: str,
    intent: str,
    message_id: str = "m1",
    metadata: dict[str, Any] | None = None,
    **latest: Any,
) -> Tracker:
    """The tracker of a message as Rasa 3.6 sends it."""
    ranked = {"name": intent, "confidence": 0.9}
    message = {
        "text": text,
        "intent": ranked,
        "intent_ranking": [ranked, {"name": "greet", "confidence": 0.05}],
        "entities": [],
        "message_id": message_id,
        "metadata": metadata,
        **latest,
    }
    return Tracker.from_dict(
        {
            "sender_id": "web:1",
            "slots": {},
            "latest_message": message,
            "events": [{"event": "user", "text": text, "input_channel": "rest"}],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
    )


@pytest.fixture
def call(tmp_path: Path) -> Iterator[ActionCaller]:
    database = new_database(tmp_path / "shop.db")
    orders, conversations = SqlOrders(database), SqlConversations(database)
    orders.upsert(*shop_orders(NOW))
    # What Rasa heard is enough: nothing is understood a second time.
    desk = desk_on(database, FakeReader({}))
    yield ActionCaller(
        Reception(desk, lambda: POLICY, orders, SqlDeskState(database), SqlHandoffs(database)),
        conversations,
    )
    database.close()


# ---- the whole shop ----


class RunningShop:
    """Rasa and the application, as ``shouhou serve`` starts them."""

    def __init__(self, var: Path, process: subprocess.Popen[bytes]) -> None:
        self._var = var
        self.process = process

    @property
    def rasa_url(self) -> str:
        state = json.loads((self._var / "serve.json").read_text(encoding="utf-8"))
        url: str = state["rasa_url"]
        return url

    @property
    def rasa(self) -> psutil.Process:
        """Rasa's process."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in found if "serve.py" in " ".join(child.cmdline()))

    def says(self, sender: str, text: str, **metadata: Any) -> Said:
        """What Rasa's REST channel answers to a customer's message."""
        body = {"sender": sender, "message": text, "metadata": metadata}
        with httpx.Client(timeout=30, trust_env=False) as client:
            answer = client.post(f"{self.rasa_url}/webhooks/rest/webhook", json=body)
        answered: Said = answer.raise_for_status().json()
        return answered

    def wait_for_rasa(self) -> None:
        """Until it understands; it loads its dictionaries after it has opened its port."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError), httpx.Client(timeout=5, trust_env=False) as client:
                answer = client.post(f"{self.rasa_url}/model/parse", json={"text": "您好"})
                if answer.status_code == httpx.codes.OK:
                    return
            time.sleep(0.5)
        pytest.fail(f"Rasa did not come up in {START_SECONDS} s")


@pytest.fixture(scope="session")
def running_shop(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    var = tmp_path_factory.mktemp("var")
    database = new_database(var / "shouhou.db")
    SqlOrders(database).upsert(*shop_orders(datetime.now(SHANGHAI)))
    database.close()
    command = [sys.executable, "-m", "bot.cli", "serve", "--no-demo", "--port", str(free_port())]
    settings = {**os.environ, "SHOUHOU_VAR": str(var), "SHOUHOU_MODEL": str(model)}
    settings.pop("SHOUHOU_RASA_URL", None)
    settings.pop("SHOUHOU_DATABASE_URL", None)
    log = var / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=settings, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: b"://" in log.read_bytes(), process, log)
        yield RunningShop(var, process)
    finally:
        process.terminate()
        process.wait(30)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the shop did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
