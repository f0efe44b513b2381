"""What an agent does at the desk stands on the lead's page, drawn and in tables."""

from typing import Any

from bot import wiring
from tests.web.browsers import sign_in_page
from tests.web.test_desk_in_browser import NO_CABLE, address, begin, desk, say  # noqa: F401
from tests.web.test_quality import until_shown


def sends_edited(desk: Any, parts: wiring.Serving) -> None:  # noqa: F811  the fixture
    """The agent takes the first suggestion and adds a word."""
    begin(desk)
    say(desk, NO_CABLE)
    desk.get_by_text("先问清").wait_for()
    desk.locator("#agent-text").focus()
    desk.keyboard.press("Control+1")
    desk.keyboard.press("End")
    desk.keyboard.type("谢谢")
    until_shown(parts)
    desk.keyboard.press("Enter")
    desk.locator(".message.agent").wait_for()


def test_an_edited_suggestion_stands_on_the_leads_page(desk, parts, address, browser):  # noqa: F811
    sends_edited(desk, parts)
    context = browser.new_context(locale="zh-CN")
    lead = context.new_page()
    faults: list[str] = []
    lead.on("pageerror", lambda error: faults.append(str(error)))
    lead.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    sign_in_page(lead, address, "负责人")

    lead.goto(f"{address}/lead/quality")

    # The figures come after the page.
    row = lead.get_by_role("row", name="小周").first
    row.wait_for()
    assert row.get_by_role("cell").all_inner_texts()[:2] == ["1", "1"]
    assert row.locator("svg rect.edited").get_attribute("width") == "100.0"
    assert row.locator("svg rect.edited").evaluate("one => getComputedStyle(one).fill") != "none"
    assert row.get_by_role("cell").nth(9).inner_text().endswith("秒")
    assert faults == []
    context.close()


def test_the_tables_and_the_usual_periods_are_reached_by_keyboard(page, address):  # noqa: F811
    sign_in_page(page, address, "郑主管")
    page.goto(f"{address}/lead/quality")

    page.get_by_role("link", name="最近 30 天").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lead/quality?since=*")

    assert page.get_by_role("link", name="最近 30 天").get_attribute("aria-current") == "true"
