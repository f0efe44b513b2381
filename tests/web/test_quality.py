"""The lead's figures, from what agents really sent at the desk."""

from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot import wiring
from bot.core.people import Person, Role
from bot.core.suggestion_use import Action
from bot.services.desk import Message
from bot.services.sending import Outgoing, Stopped
from bot.web.routes.advice import moment
from bot.web.routes.quality import _moments, period
from tests.web.browsers import sign_in
from tests.web.fake_shop import ORDER_NO

AGENT = Person("小周", Role.AGENT)
LEAD = Person("负责人", Role.LEAD)


def ask(parts: wiring.Serving, text: str = "没收到网线", id: str = "m1") -> list[str]:
    body = parts.desk.advise(Message("c", id, text, moment(None), ORDER_NO))
    return [one["text"] for one in body["replies"]]


def send(parts: wiring.Serving, text: str, id: str = "a1", by: Person = AGENT) -> None:
    wiring.sending(parts).send(Outgoing("c", id, text), by, moment(None))


def uses(parts: wiring.Serving):
    return wiring.quality_reports(parts).telemetry.uses(*_moments(period()))


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


def test_a_suggestion_with_a_few_other_words_counts_as_edited(parts):
    suggested = ask(parts)

    send(parts, suggested[1] + "谢谢")

    (use,) = uses(parts)
    assert use.action is Action.EDITED
    assert 0 < use.distance < 0.3


def test_words_of_ones_own_leave_the_suggestion_unused(parts):
    ask(parts)

    send(parts, "请稍等")

    (use,) = uses(parts)
    assert use.action is Action.IGNORED


def test_a_second_reply_to_the_same_message_answers_none(parts):
    suggested = ask(parts)
    send(parts, suggested[0])

    send(parts, "还在吗", "a2")

    assert len(uses(parts)) == 1


def test_what_the_guard_stops_and_what_is_let_go_is_counted(parts):
    ask(parts)
    with pytest.raises(Stopped):
        send(parts, "这边直接补您200元")
    sending, reply = wiring.sending(parts), Outgoing("c", "a1", "这边直接补您200元")
    sending.hold(reply, AGENT, moment(None))
    sending.release("c", LEAD, moment(None), "老客户")

    found = wiring.quality_reports(parts).of(*_moments(period()))

    assert dict(found.blocked)["amount"] == 1
    assert found.all.released == 1


def test_the_page_shows_the_figures_and_nothing_that_names_a_customer(stranger: TestClient, parts):
    suggested = ask(parts)
    send(parts, suggested[0])
    ask(parts, "天上的云 13812345678", "m2")

    page = sign_in(stranger, "负责人").get("/lead/quality").text

    assert "没收到网线 · 说明网线的样子和位置" in page
    assert "1 / 1" in page
    assert "13812345678" not in page
    assert "慢慢走的鱼" not in page


def test_the_workbook_holds_the_same_figures(stranger: TestClient, parts):
    send(parts, ask(parts)[0])

    got = sign_in(stranger, "郑主管").get("/lead/quality/export.xlsx")

    sheet = load_workbook(BytesIO(got.content))["按客服"]
    assert [cell.value for cell in sheet[2]][:3] == ["全部", 1, 1]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-11-01", "2026-11-03", 3),
        ("2026-11-03", "2026-11-01", 3),
        ("2020-01-01", "2026-01-01", 92),
        ("gestern", "", 7),
    ],
)
def test_a_period_has_an_order_and_an_end(since, until, days):
    first, last = period(since, until)

    assert (last - first).days + 1 == days


def test_agents_do_not_see_each_others_figures(stranger: TestClient):
    assert sign_in(stranger, "小周").get("/lead/quality").status_code == 403
