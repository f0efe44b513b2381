"""The registers at the interface: a program of this machine says in headers for whom it acts."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from bot import wiring
from bot.web.app import create_app
from tests.web.browsers import SECRET, sign_in
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO, PHONE

RECORDS = "/api/v1/records"
MONEY = {
    "订单号": ORDER_NO,
    "类型": "补偿",
    "金额": "30",
    "支付宝账号": "yuman@example.com",
    "实名认证": "是",
    "原因": "等得太久",
}


def by(role: str, name: str = "小周") -> dict[str, str]:
    return {"x-shouhou-role": role, "x-shouhou-name": quote(name)}


AGENT, FINANCE, SUPERVISOR = by("agent"), by("finance", "何姐"), by("supervisor", "老陈")


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A program: it has no account."""
    return stranger


@pytest.fixture
def change(client: TestClient) -> Callable[..., Any]:
    def post(number: int, version: int, who: dict[str, str], **wanted: Any) -> Any:
        return client.post(f"{RECORDS}/{number}", json={"version": version, **wanted}, headers=who)

    return post


@pytest.fixture
def gift(client: TestClient) -> dict[str, Any]:
    body = {"register": "退运费登记", "fields": MONEY}
    entered: dict[str, Any] = client.post(RECORDS, json=body, headers=AGENT).json()
    return entered


def told(answer: Any) -> tuple[int, str, str]:
    (error,) = answer.json()["errors"]
    return answer.status_code, error["field"], error["message"]


def test_a_reply_that_was_sent_stands_in_its_register(client):
    message = {"conversation_id": "c", "order_no": ORDER_NO, "text": "没收到网线"}
    client.post("/api/v1/advise", json=message)
    sent = {"conversation_id": "c", "text": "好的", "script": "missing_cable.resend"}
    client.post("/api/v1/replies", json=sent)

    (record,) = client.get(RECORDS, headers=by("warehouse")).json()["records"]

    assert (record["register"], record["state"]) == ("补发记录", "待办")
    assert (record["fields"]["电话"], record["missing"]) == (PHONE, [])
    (masked,) = client.get(RECORDS, headers=AGENT).json()["records"]
    assert masked["fields"]["电话"] == "138****5678"


def test_a_gift_goes_from_the_agent_by_the_supervisor_to_finance(client, change, gift):
    number = gift["id"]
    assert gift["approval"] == "待批准"

    early = change(number, 1, FINANCE, state="处理中")
    approved = change(number, 1, SUPERVISOR, approve=True, why="老客户")
    done = change(number, 2, FINANCE, state="处理中", fields={"打款日期": "2026-03-14"})

    assert told(early)[:2] == (422, "approval")
    assert approved.json()["approved_by"] == "老陈"
    assert (done.json()["state"], done.json()["amount"]) == ("处理中", "30.00")
    history = client.get(f"{RECORDS}/{number}", headers=FINANCE).json()["history"]
    assert [(line["act"], line["by"]) for line in history] == [
        ("登记", "小周"),
        ("批准", "老陈"),
        ("填写", "何姐"),
        ("流转", "何姐"),
    ]


def test_who_is_not_said_or_is_a_trainee_gets_nothing(client, gift):
    nobody = client.get(RECORDS)
    bot = client.get(RECORDS, headers=by("bot"))
    trainee = client.get(f"{RECORDS}/{gift['id']}", headers=by("trainee"))

    assert {error["field"] for error in nobody.json()["errors"]} == {
        "x-shouhou-role",
        "x-shouhou-name",
    }
    assert bot.status_code == 422
    assert told(trainee)[:2] == (403, "role")


def test_records_are_for_this_machine_and_for_who_is_signed_in(parts):
    app = create_app(parts, called_as=["testserver"], secret=SECRET)
    with knocking_at(app, ("192.0.2.7", 50000)) as elsewhere:
        nobody = elsewhere.get(RECORDS, headers=AGENT)
        signed_in = sign_in(elsewhere, "小周").get(RECORDS)

    assert (nobody.status_code, signed_in.status_code) == (403, 200)


def test_who_is_signed_in_is_nobody_else_whatever_the_headers_say(client, change, gift):
    sign_in(client, "小周")

    approved = change(gift["id"], 1, SUPERVISOR, approve=True, why="老客户")
    without_headers = client.get(f"{RECORDS}/{gift['id']}")

    assert told(approved)[:2] == (403, "role")
    assert without_headers.json()["history"][0]["by"] == "小周"


def test_what_is_refused_is_told_with_its_field(client, change, gift):
    number = gift["id"]
    incomplete = {"register": "退运费登记", "fields": {**MONEY, "支付宝账号": ""}}

    refusals = [
        client.post(RECORDS, json=incomplete, headers=AGENT),
        client.post(RECORDS, json={"register": "流水账", "fields": {}}, headers=AGENT),
        client.get(f"{RECORDS}/4711", headers=AGENT),
        change(number, 7, AGENT, fields={"原因": "慢"}),
        change(number, 1, AGENT, fields={"金额": "三十"}),
        change(number, 1, AGENT, fields={"备注": "急"}),
        change(number, 1, AGENT, state="处理中"),
        change(number, 1, FINANCE, state="完成"),
    ]

    assert [told(answer)[:2] for answer in refusals] == [
        (422, "支付宝账号"),
        (404, "register"),
        (404, "id"),
        (409, "version"),
        (422, "金额"),
        (422, "备注"),
        (403, "role"),
        (422, "state"),
    ]


def test_records_are_listed_by_register_state_owner_order_and_page(client, gift):
    def ids(**wanted: Any) -> list[int]:
        answer = client.get(RECORDS, params=wanted, headers=AGENT).json()
        return [record["id"] for record in answer["records"]]

    assert ids(register="退运费登记", state="待办") == [gift["id"]]
    assert ids(owner="finance", order_no=ORDER_NO, awaiting=True) == [gift["id"]]
    assert ids(owner="warehouse") == []
    assert ids(before=gift["id"]) == []
    first = client.get(RECORDS, params={"limit": 1}, headers=AGENT).json()
    assert first["next"] == gift["id"]


def test_several_are_changed_at_once_and_those_that_cannot_are_told(client, gift):
    body = {
        "records": [{"id": gift["id"], "version": 1}, {"id": 4711, "version": 1}],
        "approve": True,
        "why": "周年庆",
    }

    done = client.post(f"{RECORDS}/batch", json=body, headers=SUPERVISOR).json()

    assert done["changed"] == [gift["id"]]
    assert [one["id"] for one in done["refused"]] == [4711]


def test_a_workbook_goes_out_and_comes_back(client, gift):
    answer = client.get(
        f"{RECORDS}/export.xlsx", params={"register": "退运费登记"}, headers=FINANCE
    )
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["退运费登记"]
    page = book["退运费登记"]
    titles = [cell.value for cell in page[1]]
    assert page.cell(2, titles.index("支付宝账号") + 1).value == MONEY["支付宝账号"]
    page.cell(2, titles.index("原因") + 1).value = "等了两周"
    file = BytesIO()
    book.save(file)

    report = client.post(
        f"{RECORDS}/import?name=三月.xlsx", content=file.getvalue(), headers=FINANCE
    )

    assert report.json() == {"rows": 1, "added": 0, "changed": 1, "unchanged": 0, "refused": []}
    record = client.get(f"{RECORDS}/{gift['id']}", headers=FINANCE).json()
    assert record["reason"] == "等了两周"
    assert record["history"][-1]["source"] == "导入 三月.xlsx"


def test_what_is_no_workbook_is_told(client):
    answer = client.post(f"{RECORDS}/import", content=b"PK", headers=FINANCE)

    assert told(answer)[:2] == (422, "body")


def test_a_web_page_cannot_make_a_browser_write_a_record(client):
    """It cannot send headers of its own to another site unasked, and without them nothing is done."""
    answer = client.post(RECORDS, content="{}", headers={"content-type": "text/plain"})

    assert answer.status_code == 422


def test_the_parts_of_the_running_shop_work_on_its_records(parts: wiring.Serving, client, gift):
    assert parts.casework.registers.one(gift["id"]).register == gift["register"]
