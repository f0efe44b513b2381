"""The rules as pages: read by who oversees, changed, tried and put in force by the lead."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.adapters.policy_store import PolicyStore
from bot.services.desk import Message
from bot.web.routes.advice import moment
from bot.wiring import policy_room
from tests.conftest import CHECKOUT
from tests.web.browsers import sign_in, sign_in_page
from tests.web.fake_shop import ORDER_NO
from tests.web.test_desk_in_browser import address  # noqa: F401  a fixture

CABLE = "bot/policy/parameters/parts/cable_compensation.yml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop's own copy of the files."""
    for part in ("bot/policy", "scripts_zh"):
        shutil.copytree(CHECKOUT / part, tmp_path / "shop" / part)
    monkeypatch.setattr(policy_room, "POLICY_ROOT", tmp_path / "shop")
    monkeypatch.setenv(wiring.VAR_SETTING, str(tmp_path))
    return tmp_path / "shop"


@pytest.fixture
def policy(root: Path) -> PolicyStore:
    return PolicyStore(root / "bot/policy", root / "scripts_zh")


@pytest.fixture
def lead(stranger: TestClient) -> TestClient:
    return sign_in(stranger, "负责人")


def dearer(root: Path) -> str:
    text = (root / CABLE).read_text(encoding="utf-8")
    return text.replace('"2.00"', '"3.00"')


def keep(browser: TestClient, text: str, name: str = CABLE) -> Any:
    return browser.post("/lead/policy/file", data={"name": name, "text": text})


def offered(parts: wiring.Serving, c: str) -> str:
    advice = parts.desk.advise(
        Message(c, "m1", "没收到网线，袋子盒子都翻了没有，桌子底下也没有", moment(None), ORDER_NO)
    )
    return str(advice["verdict"]["text"])


def test_a_lead_reads_cases_figures_and_wording_by_their_names(lead):
    page = lead.get("/lead/policy").text

    assert "没收到网线" in page
    assert "网线补偿，每根（2元）" in page
    found = lead.get("/lead/policy", params={"q": "网线补偿"}).text
    assert "换货运费" not in found


def test_a_case_is_told_in_words_with_its_sources_and_wording(lead):
    page = lead.get("/lead/policy/playbooks/missing_cable").text

    assert "在少件反馈期限（7天）以内" in page
    assert "第一个条件全部成立的就是下一步" in page
    assert "客服日常处理问题" in page
    assert "{searched" not in page


def test_a_supervisor_reads_and_changes_nothing_and_an_agent_sees_none_of_it(stranger, root):
    supervisor = sign_in(stranger, "郑主管")
    assert supervisor.get("/lead/policy/file", params={"name": CABLE}).status_code == 200
    assert keep(supervisor, dearer(root)).status_code == 403
    assert sign_in(stranger, "小周").get("/lead/policy").status_code == 403


def test_a_change_is_a_draft_then_played_then_published_and_in_the_audit_log(lead, parts, root):
    before = offered(parts, "c1")

    saved = keep(lead, dearer(root)).text
    assert "还没有生效" in saved
    lead.post("/lead/policy/replayed")
    for _ in range(300):
        played = lead.get("/lead/policy/replayed").text
        if "<progress" not in played:
            break
        time.sleep(0.05)
    published = lead.post("/lead/policy/published").text

    assert "1 个文件已经生效" in published
    time.sleep(1.1)  # the files are looked at once a second
    after = offered(parts, "c2")
    assert ("(2元)" in before, "(3元)" in after) == (True, True)
    assert "1 条会变" in played
    (line,) = wiring.audit(parts.database).latest(1, None)
    assert (line.what, line.about) == ("发布规则", CABLE)
    history = lead.get("/lead/policy/file", params={"name": CABLE}).text
    assert "负责人" in history.rpartition("以前改过")[2]


def test_a_faulty_change_is_told_with_its_line_and_cannot_be_published(lead, root):
    answer = keep(lead, dearer(root).replace("unit: CNY", "unit: 元"))

    assert answer.status_code == 422
    assert "第 2 行" in answer.text
    published = lead.post("/lead/policy/published")
    assert published.status_code == 422
    assert "unit: CNY" in (root / CABLE).read_text(encoding="utf-8")


def test_a_discarded_change_is_gone(lead, root):
    keep(lead, dearer(root))

    lead.post("/lead/policy/discarded")

    assert "没有。" in lead.get("/lead/policy/changes").text


@pytest.mark.parametrize("name", ["../x", "pyproject.toml"])
def test_no_other_file_is_shown(lead, root, name):
    assert lead.get("/lead/policy/file", params={"name": name}).status_code == 404
    assert keep(lead, "x", name).status_code == 404


def test_a_wording_and_an_answer_are_changed_in_fields_of_their_own(lead, root):
    ways = {"step": "look_again", "text": ["亲，先翻翻{somewhere}", "亲，再翻翻快递袋"]}
    worded = lead.post("/lead/policy/wording/missing_cable", data=ways).text
    asked = {"questions": "能寄到海外吗\n国外寄吗", "answer": "目前只寄国内。"}
    answered = lead.post("/lead/policy/answers/routers", data=asked).text
    silent = lead.post("/lead/policy/answers/routers", data={"questions": "在吗", "answer": " "})

    assert 'id="look_again-1-bad"' in worded
    assert 'id="look_again-2-bad"' not in worded
    assert "也问：国外寄吗" in answered
    assert (silent.status_code, "还没有写怎么答" in silent.text) == (422, True)


def test_in_a_browser_a_figure_is_changed_and_put_in_force(
    page: Any,
    address: str,  # noqa: F811
    root: Path,
) -> None:
    sign_in_page(page, address, "负责人")
    page.goto(f"{address}/lead/policy?q=网线补偿，每根")
    page.get_by_role("link", name="网线补偿，每根（2元）").click()
    page.get_by_label("新的数").fill("三块")
    page.get_by_label("在出处的哪里").fill("2026年11月店会")
    page.get_by_role("button", name="存成草稿").click()
    page.locator("#refused").wait_for()
    assert page.get_by_label("新的数").input_value() == "三块"
    assert page.get_by_label("在出处的哪里").input_value() == "2026年11月店会"
    page.get_by_label("新的数").fill("3")
    page.get_by_role("button", name="存成草稿").click()
    page.get_by_role("link", name="有 1 个文件改了还没生效").click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发布").click()

    page.get_by_text("1 个文件已经生效").wait_for()
    text = (root / CABLE).read_text(encoding="utf-8")
    assert ('"2.00"' in text, '"3.00"' in text, "2026年11月店会" in text) == (True, True, True)
