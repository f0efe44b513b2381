"""The interface: what a caller gets, and what is said of a request that cannot be served."""

import pytest

from tests.web.browsers import sign_in
from tests.web.conftest import knocking_at
from tests.web.fake_shop import ORDER_NO, HandReader

PROMISED = {
    "conversation_id",
    "message_id",
    "as_of",
    "intent",
    "ranking",
    "entities",
    "case",
    "step",
    "decided_by",
    "decision",
    "amount",
    "verdict",
    "replies",
    "ask",
    "register",
    "follow_up",
    "warnings",
    "handover",
    "degraded",
}
SCRIPT = "missing_cable.look_again"
NO_CABLE = {"text": "路由器收到了，里面没有网线", "order_no": ORDER_NO}


def errors(answer):
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def test_an_advice_holds_everything_that_is_promised(client):
    answer = client.post("/api/v1/advise", json=NO_CABLE)

    body = answer.json()
    assert answer.status_code == 200
    assert body.keys() >= PROMISED
    assert body["verdict"].keys() == {
        "text",
        "reasons",
        "parameters",
        "sources",
        "flips_on",
        "becomes",
    }
    assert (body["case"], body["step"], body["decision"]) == (
        "missing_cable",
        "look_again",
        "collect",
    )


def test_the_day_to_judge_by_may_be_given_as_a_day_or_as_a_moment(client):
    day = client.post("/api/v1/advise", json={**NO_CABLE, "as_of": "2025-09-12"})
    late = client.post("/api/v1/advise", json={**NO_CABLE, "as_of": "2025-09-12T23:30:00Z"})

    assert day.json()["as_of"] == "2025-09-12"
    assert late.json()["as_of"] == "2025-09-13"  # it is the next morning in Shanghai


def test_the_same_message_again_gets_the_same_advice_and_is_understood_once(client, reader):
    message = {**NO_CABLE, "conversation_id": "c-1", "message_id": "m-1"}

    first = client.post("/api/v1/advise", json=message)
    again = client.post("/api/v1/advise", json=message)

    assert again.json() == first.json()
    assert len(reader.heard) == 1


def test_turns_that_the_caller_kept_count_as_the_conversation(client):
    before = [
        {"role": "customer", "text": "路由器里没有网线"},
        {"role": "agent", "text": "网线是灰色的，麻烦您在快递袋里再找找看？"},
    ]

    answer = client.post(
        "/api/v1/advise", json={"text": "都找过了，没有", "order_no": ORDER_NO, "before": before}
    )

    assert (answer.json()["case"], answer.json()["step"]) == ("missing_cable", "check_unpacking")


def test_an_order_that_nobody_knows_is_a_404_that_names_the_field(client):
    answer = client.post("/api/v1/advise", json={"text": "你好", "order_no": "999"})

    assert answer.status_code == 404
    assert "查不到" in errors(answer)["order_no"]


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({}, "text", "缺少"),
        ({"text": ""}, "text", "不能为空"),
        ({"text": " \n　"}, "text", "不能为空"),
        ({"text": "好" * 5001}, "text", "最多 5000"),
        ({"text": "你好", "colour": "red"}, "colour", "没有这个字段"),
        ({"text": "你好", "before": [{"role": "robot", "text": "x"}]}, "before.0.role", ""),
    ],
)
def test_a_request_that_cannot_be_served_is_told_which_field_and_why(client, body, field, said):
    answer = client.post("/api/v1/advise", json=body)

    assert answer.status_code == 422
    assert said in errors(answer)[field]


def test_the_longest_message_is_taken(client):
    assert client.post("/api/v1/advise", json={"text": "好" * 5000}).status_code == 200


def test_an_agents_own_words_are_recognised_as_a_step(client):
    conversation = client.post("/api/v1/advise", json=NO_CABLE).json()["conversation_id"]

    answer = client.post(
        "/api/v1/replies",
        json={"conversation_id": conversation, "text": "网线是灰色的，您在快递袋里再找找好吗？"},
    )

    assert answer.json()["step"] == "look_again"
    assert 0.3 <= answer.json()["confidence"] <= 1


def test_words_that_carry_out_no_step_are_recognised_as_none(client):
    conversation = client.post("/api/v1/advise", json=NO_CABLE).json()["conversation_id"]

    answer = client.post(
        "/api/v1/replies", json={"conversation_id": conversation, "text": "今天天气真不错呀"}
    )

    assert answer.json() == {"step": None, "confidence": 0.0}


def test_a_suggestion_that_was_sent_is_the_step_of_its_script(client):
    conversation = client.post("/api/v1/advise", json=NO_CABLE).json()["conversation_id"]

    answer = client.post(
        "/api/v1/replies",
        json={"conversation_id": conversation, "text": "麻烦再找找", "script": SCRIPT},
    )

    assert answer.json() == {"step": "look_again", "confidence": 1.0}


def test_an_advice_says_that_it_was_made_by_key_phrases(client, reader: HandReader):
    reader.down = True

    answer = client.post("/api/v1/advise", json=NO_CABLE)

    assert answer.status_code == 200
    assert answer.json()["degraded"] is True
    assert answer.json()["case"] == "missing_cable"


def test_a_script_that_no_playbook_has_is_told(client):
    sent = {"conversation_id": "c-1", "text": "好的", "script": "missing_cable.gone"}

    answer = client.post("/api/v1/replies", json=sent)

    assert answer.status_code == 422
    assert "missing_cable.gone" in errors(answer)["script"]


def test_a_step_is_named_by_its_script_only(client):
    sent = {"conversation_id": "c-1", "text": "好的", "step": "look_again"}

    answer = client.post("/api/v1/replies", json=sent)

    assert answer.status_code == 422
    assert "没有这个字段" in errors(answer)["step"]


@pytest.mark.parametrize("path", ["/api/v1/advise", "/api/v1/replies"])
def test_an_id_that_stands_for_another_message_is_a_conflict(client, path):
    sent = {"conversation_id": "c-1", "message_id": "m-1"}
    client.post(path, json={**sent, "text": "你好"})

    same = client.post(path, json={**sent, "text": "你好"})
    other = client.post(path, json={**sent, "text": "再见"})

    assert same.status_code == 200
    assert other.status_code == 409
    assert "m-1" in errors(other)["message_id"]


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31", "2000-01-01T00:00:00+14:00"])
def test_any_day_of_this_century_may_be_judged_by(client, day):
    assert client.post("/api/v1/advise", json={**NO_CABLE, "as_of": day}).status_code == 200


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1999-12-31", "2000"),
        ("2101-01-01", "2100"),
        ("0001-01-01T00:00:00+14:00", "2000"),
        ("9999-12-31T23:59:59-12:00", "2100"),
        ("昨天", "2025-09-12"),
        ("2025-02-30", "2025-09-12"),
        (20250912, "2025-09-12"),
        (["2025-09-12"], "2025-09-12"),
        (True, "2025-09-12"),
    ],
)
@pytest.mark.parametrize(("path", "field"), [("advise", "as_of"), ("replies", "at")])
def test_what_is_no_day_of_this_century_is_told_how_to_write_one(client, path, field, day, said):
    sent = {"text": "你好", "conversation_id": "c-1", field: day}

    answer = client.post(f"/api/v1/{path}", json=sent)

    assert answer.status_code == 422
    assert said in errors(answer)[field]


def raw(client, path: str, body: str):
    """The body as it is: with what a JSON library would not write."""
    headers = {"content-type": "application/json"}
    return client.post(path, content=body.encode(), headers=headers)


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud83d"])
def test_characters_that_cannot_be_kept_are_left_out_of_a_message(client, odd):
    answer = raw(client, "/api/v1/advise", f'{{"text": "没有{odd}网线", "order_no": "{ORDER_NO}"}}')

    assert answer.status_code == 200
    assert answer.json()["case"] == "missing_cable"


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud83d"])
@pytest.mark.parametrize("field", ["conversation_id", "message_id", "order_no", "nickname", "shop"])
def test_names_with_characters_that_cannot_be_kept_are_refused(client, field, odd):
    answer = raw(client, "/api/v1/advise", f'{{"text": "你好", "{field}": "a{odd}b"}}')

    assert answer.status_code == 422
    assert "不能保存" in errors(answer)[field]


def test_a_field_whose_very_name_cannot_be_kept_is_refused(client):
    answer = raw(client, "/api/v1/advise", '{"text": "你好", "a\\ud83d": 1}')

    assert answer.status_code == 422
    assert "不能保存" in errors(answer)["body"]


def test_a_body_that_is_not_sent_as_json_is_told_how(client):
    answer = client.post("/api/v1/advise", content=b'{"text": "x"}')

    assert answer.status_code == 422
    assert "application/json" in errors(answer)["body"]


@pytest.mark.parametrize("body", [b'{"text": "\x80"}', b"[" * 60_000])
def test_a_body_that_nobody_can_read_is_a_400(client, body):
    headers = {"content-type": "application/json"}

    answer = client.post("/api/v1/advise", content=body, headers=headers)

    assert answer.status_code == 400
    assert "读不懂" in errors(answer)["body"]


def test_a_reply_is_checked_before_it_is_sent(client):
    asked = client.post("/api/v1/advise", json={**NO_CABLE, "conversation_id": "c-check"})

    answer = client.post(
        "/api/v1/check", json={"conversation_id": "c-check", "text": "马上给您补发一根"}
    )

    assert asked.status_code == 200
    assert [one["rule"] for one in answer.json()["findings"]] == ["promise"]


def test_who_sends_a_reply_is_one_of_three(client):
    answer = client.post(
        "/api/v1/check", json={"conversation_id": "c-check", "text": "好的", "role": "boss"}
    )

    assert answer.status_code == 422
    assert "role" in errors(answer)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/advise", {"text": "没收到网线"}),
        ("/api/v1/replies", {"conversation_id": "c", "text": "好的"}),
        ("/api/v1/check", {"conversation_id": "c", "text": "好的"}),
        ("/webhooks/rest/webhook", {"sender": "c", "message": "你好"}),
    ],
)
def test_another_machine_may_ask_only_for_somebody_who_is_signed_in(application, path, body):
    with knocking_at(application, ("192.168.1.20", 50000)) as elsewhere:
        refused = elsewhere.post(path, json=body)

    assert refused.status_code == 403
    assert "本机" in refused.json()["errors"][0]["message"]


def test_who_is_signed_in_may_ask_from_another_machine(application):
    with knocking_at(application, ("192.168.1.20", 50000)) as elsewhere:
        browser = sign_in(elsewhere, "小周")

        assert browser.post("/api/v1/advise", json={"text": "没收到网线"}).status_code == 200
