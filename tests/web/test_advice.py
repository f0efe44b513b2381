"""The interface: what a caller gets, and what is said of a request that cannot be served."""

import pytest

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


@pytest.mark.parametrize(("size", "status"), [(64 * 1024, 422), (64 * 1024 + 1, 413)])
def test_a_request_over_64_kb_is_refused_before_it_is_read(client, size, status):
    answer = client.post(
        "/api/v1/advise", content=b"x" * size, headers={"content-type": "application/json"}
    )

    assert answer.status_code == status


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


def test_a_suggestion_sent_unchanged_is_its_step(client):
    conversation = client.post("/api/v1/advise", json=NO_CABLE).json()["conversation_id"]

    answer = client.post(
        "/api/v1/replies",
        json={"conversation_id": conversation, "text": "麻烦再找找", "step": "look_again"},
    )

    assert answer.json() == {"step": "look_again", "confidence": 1.0}


def test_an_advice_says_that_it_was_made_by_key_phrases(client, reader: HandReader):
    reader.down = True

    answer = client.post("/api/v1/advise", json=NO_CABLE)

    assert answer.status_code == 200
    assert answer.json()["degraded"] is True
    assert answer.json()["case"] == "missing_cable"
