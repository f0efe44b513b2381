"""`GET /api/v1/duties` and `/handover`, and what a person says of a promise."""

import pytest

from tests.web.browsers import sign_in
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO

FATE = {"state": "kept", "by": "小周", "why": "补发件客户收到了"}


@pytest.fixture
def promise(client):
    """A promise that has just been made."""
    message = {"conversation_id": "c", "text": "路由器收到了，里面没有网线", "order_no": ORDER_NO}
    client.post("/api/v1/advise", json=message)
    client.post("/api/v1/replies", json={"conversation_id": "c", "text": "给您登记补发网线"})
    (made,) = client.get("/api/v1/handover").json()["promises"]
    return made


def test_a_working_day_has_its_duties_with_their_times(client):
    body = client.get("/api/v1/duties", params={"at": "2025-10-13T09:30"}).json()

    assert body.keys() == {"at", "duties", "promises", "warnings"}
    assert [(duty["id"], duty["due"], duty["overdue"]) for duty in body["duties"]] == [
        ("vat_data", "2025-10-13T10:00:00+08:00", False),
        ("weekly_registers", "2025-10-13T23:59:00+08:00", False),
    ]


def test_a_day_of_rest_has_none(client):
    assert client.get("/api/v1/duties", params={"at": "2025-10-05"}).json()["duties"] == []


def test_a_moment_that_is_none_is_refused(client):
    answer = client.get("/api/v1/duties", params={"at": "soon"})

    assert answer.status_code == 422
    assert "ISO" in answer.json()["errors"][0]["message"]


def test_the_handover_holds_the_record_and_the_promise_of_a_reply(client, promise):
    body = client.get("/api/v1/handover").json()

    assert (promise["kind"], promise["order_no"], promise["lapsed"]) == ("resend", ORDER_NO, False)
    assert promise["told"].endswith("答应：给您登记补发网线，还没有结果")
    assert [record["register"] for record in body["records"]] == ["补发记录"]


def test_a_promise_is_settled_by_hand_with_who_and_why(client, promise):
    answer = client.post(f"/api/v1/promises/{promise['id']}", json=FATE)

    settled = answer.json()
    assert (answer.status_code, settled["state"]) == (200, "kept")
    assert [(one["by"], one["why"]) for one in settled["history"]] == [("小周", "补发件客户收到了")]
    assert client.get("/api/v1/handover").json()["promises"] == []


def test_a_promise_is_not_settled_twice_the_same_way(client, promise):
    client.post(f"/api/v1/promises/{promise['id']}", json=FATE)

    answer = client.post(f"/api/v1/promises/{promise['id']}", json=FATE)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "state")


def test_a_promise_that_nobody_made_is_not_found(client):
    answer = client.post("/api/v1/promises/nobody", json=FATE)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (404, "promise")


@pytest.mark.parametrize("field", ["state", "by", "why"])
def test_who_says_what_and_why_must_all_be_told(client, promise, field):
    told = {name: value for name, value in FATE.items() if name != field}

    answer = client.post(f"/api/v1/promises/{promise['id']}", json=told)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_finance_gets_its_duties_without_what_was_promised(client, promise):
    finance = sign_in(client, "王会计")

    assert finance.get("/api/v1/duties").json()["promises"] == []
    assert finance.get("/api/v1/handover").status_code == 403
    settled = finance.post(f"/api/v1/promises/{promise['id']}", json=FATE)
    assert settled.status_code == 403
    agent = sign_in(client, "小周")
    assert agent.get("/api/v1/handover").json()["promises"] != []


def test_who_is_signed_in_settles_in_their_own_name(client, promise):
    answer = sign_in(client, "小吴").post(f"/api/v1/promises/{promise['id']}", json=FATE)

    assert [one["by"] for one in answer.json()["history"]] == ["小吴"]


@pytest.mark.parametrize("path", ["duties", "handover"])
def test_from_another_machine_one_has_to_sign_in(application, path):
    with knocking_at(application, ("192.0.2.7", 50000)) as elsewhere:
        nobody = elsewhere.get(f"/api/v1/{path}")
        agent = sign_in(elsewhere, "小周").get(f"/api/v1/{path}")

    assert (nobody.status_code, agent.status_code) == (403, 200)


def test_from_another_machine_nobody_settles_a_promise(application):
    with knocking_at(application, ("192.0.2.7", 50000)) as elsewhere:
        assert elsewhere.post("/api/v1/promises/p", json=FATE).status_code == 403
