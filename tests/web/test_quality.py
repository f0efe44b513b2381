"""The lead's figures, from what agents really sent at the desk."""

import time
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot import wiring
from bot.adapters.policy_store import PolicyStore
from bot.core.conversation import Speaker
from bot.core.people import Person, Role
from bot.core.shares import Share
from bot.core.suggestion_use import Action
from bot.services.correcting import Named
from bot.services.desk import Message
from bot.services.quality import Quality, Rule, Unclear
from bot.services.sending import Outgoing, Stopped
from bot.web.routes.advice import moment
from bot.web.routes.quality import LONGEST, period
from tests.web.browsers import sign_in
from tests.web.fake_shop import NICKNAME, ORDER_NO, PolicyAtHours

AGENT = Person("小周", Role.AGENT)
LEAD = Person("负责人", Role.LEAD)
TOO_MUCH = "这边直接补您200元"


@pytest.fixture
def policy(policy: PolicyStore) -> PolicyAtHours:
    """Somebody is always there: no figure depends on when the test runs."""
    return PolicyAtHours(policy, "00:00", "00:00")


def ask(parts: wiring.Serving, text: str = "没收到网线", id: str = "m1", c: str = "c") -> list[str]:
    body = parts.desk.advise(Message(c, id, text, moment(None), ORDER_NO))
    return [one["text"] for one in body["replies"]]


def look(parts: wiring.Serving, by: Person = AGENT) -> None:
    """The conversation stands before this person."""
    wiring.showing(parts).noted("c", {by.name: moment(None)})


def send(parts: wiring.Serving, text: str, id: str = "a1", by: Person = AGENT) -> None:
    wiring.sending(parts).send(Outgoing("c", id, text), by, moment(None))


def uses(parts: wiring.Serving):
    days = period()
    return wiring.quality_reports(parts).telemetry.uses(days.start, days.end)


def shows(parts: wiring.Serving):
    days = period()
    return wiring.quality_reports(parts).telemetry.shows(days.start, days.end)


def until_shown(parts: wiring.Serving) -> None:
    """Until it is noted who has the advice before them.

    That goes by the page's own clock: nothing is sent that one could wait for.
    """
    until = time.monotonic() + 30
    while not shows(parts) and time.monotonic() < until:
        time.sleep(0.02)


def figures(parts: wiring.Serving) -> Quality:
    days = period()
    return wiring.quality_reports(parts).of(days.start, days.end, moment(None))


# ---- suggestions ----


def test_a_suggestion_sent_as_it_stands_is_counted_once_however_often_it_arrives(parts):
    suggested = ask(parts)

    for _ in range(2):
        send(parts, suggested[0])

    (use,) = uses(parts)
    assert (use.action, use.script, use.author) == (
        Action.UNCHANGED,
        "missing_cable.look_again",
        "小周",
    )
    assert (use.about, use.rank) == ("m1", 1)


def test_a_suggestion_with_a_few_other_words_counts_as_edited(parts):
    suggested = ask(parts)

    send(parts, suggested[1] + "谢谢")

    (use,) = uses(parts)
    assert use.action is Action.EDITED
    assert 0 < use.distance < 0.3
    assert use.rank == 2


def test_words_of_ones_own_leave_the_suggestion_unused_by_who_saw_it(parts):
    ask(parts)
    look(parts)

    send(parts, "请稍等")

    (use,) = uses(parts)
    assert (use.action, use.rank) == (Action.IGNORED, None)
    assert use.took is not None


def test_nobody_ignores_what_they_never_saw(parts):
    ask(parts)
    look(parts, LEAD)

    send(parts, "请稍等")

    (use,) = uses(parts)
    assert use.action is Action.NOTHING
    assert figures(parts).all.eligible == 1


def test_a_second_reply_to_the_same_message_answers_none(parts):
    suggested = ask(parts)
    send(parts, suggested[0])

    send(parts, "还在吗", "a2")

    assert len(uses(parts)) == 1


def test_a_suggestion_is_seen_once_by_each_and_counts_once_for_its_script(parts):
    ask(parts)

    for _ in range(2):
        look(parts)
        look(parts, LEAD)

    found = figures(parts)
    assert found.all.shown == 1
    assert {one.name: one.shown for one in found.agents} == {"小周": 1, "负责人": 1}
    assert [one.shown for one in found.scripts] == [1]
    assert found.seen_after is not None


def test_nothing_is_shown_where_nobody_waits_for_a_reply_or_nobody_is(parts):
    look(parts)
    send(parts, ask(parts)[0])

    look(parts)

    assert shows(parts) == []


def test_what_the_bot_answers_was_not_for_who_looked_on(parts):
    ask(parts)
    look(parts)

    parts.desk.observe("c", "b1", "亲，麻烦您再找找", moment(None), Speaker.BOT)

    assert figures(parts).all.shown == 0


def test_once_corrected_the_other_suggestion_is_the_one_that_counts(parts):
    ask(parts)
    look(parts)
    named = Named("m1", "quality_issue", AGENT.name, moment(None))
    suggested = [one["text"] for one in parts.desk.correct("c", named)["replies"]]
    look(parts)

    send(parts, suggested[0])

    (use,) = uses(parts)
    assert use.corrected
    assert use.script.startswith("quality_issue.")
    assert use.shown_at is not None
    assert figures(parts).corrections == [("没收到网线", "质量问题", 1)]


# ---- the guard ----


def test_what_the_guard_stops_counts_once_a_reply_and_again_when_it_is_let_go(parts):
    ask(parts)
    for _ in range(2):
        with pytest.raises(Stopped):
            send(parts, TOO_MUCH)
    sending, reply = wiring.sending(parts), Outgoing("c", "a1", TOO_MUCH)
    sending.hold(reply, AGENT, moment(None))
    sending.release("c", LEAD, moment(None), "老客户")

    found = figures(parts)

    assert Rule("amount", 1, 1, 0) in found.rules
    assert found.all.released == 1


def test_a_held_reply_answers_what_had_been_written_when_it_was_held(parts):
    ask(parts)
    look(parts)
    sending = wiring.sending(parts)
    sending.hold(Outgoing("c", "a1", TOO_MUCH), AGENT, moment(None))
    ask(parts, "路由器坏了", "m2")

    sending.release("c", LEAD, moment(None), "老客户")

    (use,) = uses(parts)
    assert (use.about, use.released, use.action) == ("m1", True, Action.IGNORED)


# ---- waiting, the bot ----


def test_who_is_not_answered_yet_is_told_beside_those_who_were(parts):
    now = moment(None)
    for id, minutes in (("早", 4), ("晚", 1)):
        at = now - timedelta(minutes=minutes)
        parts.desk.advise(Message(id, "m1", "没收到网线", at, ORDER_NO))

    found = wiring.quality_reports(parts).of(now - timedelta(days=1), now, now)

    assert (found.unanswered, found.overdue) == (2, 1)
    assert found.waits.number == 0


def test_an_answer_after_which_the_customer_wants_a_person_is_the_bots_mistake(parts):
    ask(parts)
    parts.desk.observe(
        "c", "b1", "您好，什么事", moment(None), Speaker.BOT, "missing_cable.look_again"
    )
    ask(parts, "人工", "m2")

    found = figures(parts)

    assert found.bot.mistakes == Share(1, 1)
    assert found.bot_scripts == [("没收到网线 · 说明网线的样子和位置，请客户再找", Share(1, 1))]


# ---- the page and the files ----


def test_the_page_shows_the_figures_and_nothing_that_names_a_customer(stranger: TestClient, parts):
    suggested = ask(parts)
    send(parts, suggested[0])
    ask(parts, f"那个 我是{NICKNAME} 13812345678 收件人余慢", c="d")

    page = sign_in(stranger, "负责人").get("/lead/quality/figures").text

    assert "没收到网线 · 说明网线的样子和位置" in page
    assert "1 / 1" in page
    assert "那个" in page
    for private in ("13812345678", ORDER_NO, NICKNAME, "余慢"):
        assert private not in page


def test_what_was_not_understood_is_counted_and_names_nobody(parts):
    for c in ("c", "d"):
        ask(parts, "那个", c=c)

    assert figures(parts).unclear == [Unclear("那个", 2, "没收到网线")]


def test_markup_in_what_was_not_understood_stays_text(stranger: TestClient, parts):
    ask(parts, "那个<script>alert(1)</script>")

    page = sign_in(stranger, "负责人").get("/lead/quality/figures").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_shop_has_a_page_too(stranger: TestClient):
    page = sign_in(stranger, "负责人").get("/lead/quality/figures")

    assert page.status_code == 200
    assert "还没有回复" in page.text


def test_the_workbook_holds_the_same_figures(stranger: TestClient, parts):
    send(parts, ask(parts)[0])

    got = sign_in(stranger, "郑主管").get("/lead/quality/export.xlsx")

    sheet = load_workbook(BytesIO(got.content))["按客服"]
    row = dict(zip(*([cell.value for cell in line] for line in (sheet[1], sheet[2])), strict=True))
    assert (row["名称"], row["应有建议的回复"], row["原样发"]) == ("全部", 1, 1)


def test_the_csv_holds_the_same_figures_one_a_line(stranger: TestClient, parts):
    send(parts, ask(parts)[0])
    ask(parts, "=那个", c="d")

    got = sign_in(stranger, "郑主管").get("/lead/quality/export.csv")

    lines = got.content.decode("utf-8-sig").splitlines()
    assert "按客服,全部,原样发,1" in lines
    assert "没听懂,'=那个,次数,1" in lines


# ---- the period ----


@pytest.mark.parametrize(
    ("since", "until", "days", "told"),
    [
        ("", "", 7, False),
        ("2026-11-01", "2026-11-03", 3, False),
        ("2026-11-03", "2026-11-01", 3, False),
        ("2026-01-01", "2026-04-02", LONGEST, False),
        ("2026-01-01", "2026-04-03", LONGEST, True),
        ("gestern", "", 7, True),
        ("2026-11-01", "", 7, True),
        ("2099-01-01", "2099-02-01", 1, False),
    ],
)
def test_a_period_has_an_order_and_an_end_and_says_when_it_was_cut(since, until, days, told):
    found = period(since, until)

    assert (found.last - found.first).days + 1 == days
    assert found.last <= moment(None).date()
    assert bool(found.told) is told


def test_a_period_that_cannot_be_read_is_said_beside_the_dates(stranger: TestClient):
    page = sign_in(stranger, "负责人").get("/lead/quality?since=gestern&until=2026-11-01")

    assert page.status_code == 200
    assert "日期要写全" in page.text


def test_a_long_period_is_drawn_too(stranger: TestClient, parts):
    send(parts, ask(parts)[0])
    today = moment(None).date()
    since = date.fromordinal(today.toordinal() - LONGEST + 1)

    page = (
        sign_in(stranger, "负责人").get(f"/lead/quality/figures?since={since}&until={today}").text
    )

    assert page.count(f'<th scope="row">{since}') == 1


@pytest.mark.parametrize("name", ["小周", "王会计", "老库", "新来的"])
@pytest.mark.parametrize("path", ["", "/figures", "/export.xlsx", "/export.csv"])
def test_only_who_oversees_sees_the_figures(stranger: TestClient, name: str, path: str):
    assert sign_in(stranger, name).get(f"/lead/quality{path}").status_code == 403


# ---- from the desk's page to the lead's ----


def watching(client: TestClient) -> Any:
    return client.websocket_connect("/desk/live", headers={"origin": "http://testserver"})


def test_an_advice_that_stood_on_an_agents_page_and_was_sent_edited_stands_on_the_leads(
    client: TestClient, parts
):
    with watching(client) as socket:
        socket.send_json({"body": {"view": "c", "again": True}})
        suggested = ask(parts)
        socket.send_json({"body": {"view": "c", "again": True}})
        until_shown(parts)
    form = {"c": "c", "message_id": "a1", "text": suggested[0] + "谢谢"}

    sent = client.post("/desk/replies", data=form)

    assert sent.status_code == 200
    page = sign_in(client, "负责人").get("/lead/quality/figures").text
    assert "1 / 1 次回复" in page
    assert "原样发 0%，改了发 100%" in page
    assert figures(parts).all.took_with is not None
