"""No page has a serious fault for people who use a keyboard, a screen reader or high contrast."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.core.conversation import Speaker
from bot.core.people import Person, Role
from bot.services.desk import Message
from bot.services.sending import Outgoing
from bot.web.routes.advice import moment
from tests.conftest import CHECKOUT, missing
from tests.fake_rasa import FakeRasa
from tests.web.browsers import sign_in_page
from tests.web.fake_shop import ORDER_NO
from tests.web.record_desk import RESEND
from tests.web.test_desk_in_browser import served

AXE = CHECKOUT / "envs/axe/node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")
AGENT = Person("小周", Role.AGENT)
PAGES = [
    "/desk?c=c",
    "/records",
    "/records/1",
    "/records/new?register=补发记录",
    "/records/import",
    "/orders",
    f"/orders/{ORDER_NO}",
    "/orders/import",
    "/duties",
    "/approvals",
    "/handover",
    "/phrases",
    "/lead/quality",
    "/lead/policy",
    "/lead/policy/playbooks/missing_cable",
    "/lead/policy/parameters/cable_compensation",
    "/lead/policy/wording/missing_cable",
    "/lead/policy/answers/routers",
    "/lead/policy/file?name=scripts_zh/greet.yml",
    "/lead/policy/changes",
    "/lead/policy/history",
    "/practice",
    "/practice/drills/verdict",
    "/practice/drills/phone",
    "/lead/people",
    "/lead/audit",
    "/account",
]
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture
def address(
    parts: wiring.Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A shop in the middle of its work: something stands on every page."""
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    now = moment(None)
    parts.desk.advise(Message("c", "m1", "没收到网线", now - timedelta(hours=3), ORDER_NO))
    parts.desk.observe("c", "a1", "一小时内给您回复", now - timedelta(hours=2), Speaker.AGENT)
    parts.desk.advise(Message("c", "m2", "那个", now, ORDER_NO))
    wiring.sending(parts).hold(Outgoing("c", "a2", "这边直接补您200元"), AGENT, now)
    suggested = parts.desk.advise(Message("d", "m1", "没收到网线", now, ORDER_NO))["replies"]
    wiring.sending(parts).send(Outgoing("d", "a1", suggested[0]["text"]), AGENT, now)
    parts.casework.enter(AGENT, now, "补发记录", RESEND)
    with FakeRasa() as away:
        away.status = 500
        monkeypatch.setenv(wiring.RASA_URL_SETTING, away.url)
        with served(parts) as url:
            yield url


@pytest.fixture(params=["light", "dark"])
def looking(request: Any, browser: Any) -> Iterator[Any]:
    """A page into which axe may be put: our own pages allow no script from outside."""
    if not AXE.exists():
        missing("axe-core", "npm ci --prefix envs/axe")
    context = browser.new_context(bypass_csp=True, locale="zh-CN", color_scheme=request.param)
    yield context.new_page()
    context.close()


def faults(page: Any) -> list[str]:
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def test_no_page_of_the_staff_has_a_serious_fault(looking, address):
    sign_in_page(looking, address, "负责人")
    for path in PAGES:
        looking.goto(f"{address}{path}")
        looking.wait_for_load_state("networkidle")
        for width, height in SIZES:
            looking.set_viewport_size({"width": width, "height": height})
            assert faults(looking) == [], (path, width)


@pytest.mark.parametrize(
    ("name", "paths"),
    [("老库", ["/records", "/records/1", "/duties"]), ("郑主管", ["/records/1", "/approvals"])],
)
def test_registers_have_no_serious_fault_for_who_works_on_them(looking, address, name, paths):
    sign_in_page(looking, address, name)
    for path in paths:
        looking.goto(f"{address}{path}")
        if looking.get_by_label("全选").count():
            looking.get_by_label("全选").check()
        for width, height in SIZES:
            looking.set_viewport_size({"width": width, "height": height})
            assert faults(looking) == [], (path, width)


def test_the_customers_chat_and_the_way_in_have_no_serious_fault(looking, address):
    for path in ("/login", "/chat"):
        looking.goto(f"{address}{path}")
        if path == "/chat":
            looking.get_by_label("写给客服").fill("没收到网线")
            looking.keyboard.press("Enter")
            looking.locator("#lines .bot").first.wait_for()
        for width, height in SIZES:
            looking.set_viewport_size({"width": width, "height": height})
            assert faults(looking) == [], (path, width)
