"""`POST /api/v1/corrections`: what a person chose counts at once, and is learned from later."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot import wiring
from bot.core.chat_history import ChatHistory, Example, Group
from bot.core.moments import SHANGHAI
from bot.services.learning import FEWEST_MESSAGES
from tests.web.fake_shop import ORDER_NO

WHAT_MONEY = "我那个钱呢，电话13812345678"
MASKED = "我那个钱呢，电话[电话x]"
ASKED = {"conversation_id": "c-1", "message_id": "m-1", "text": WHAT_MONEY, "order_no": ORDER_NO}
CHOSEN = {
    "conversation_id": "c-1",
    "message_id": "m-1",
    "intent": "return_request",
    "author": "小周",
}


def errors(answer):
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def test_a_doubtful_message_brings_choices_and_choosing_one_brings_its_advice(client):
    asked = client.post("/api/v1/advise", json=ASKED).json()

    answer = client.post("/api/v1/corrections", json=CHOSEN)

    assert [one["case"] for one in asked["choices"]] == [
        "refund_not_received",
        "return_request",
        "refund_amount",
    ]
    assert [one["title"] for one in asked["choices"]] == ["退款没收到", "退货", "退款金额不对"]
    assert answer.status_code == 200
    advice = answer.json()
    assert advice.keys() == asked.keys()
    assert (advice["case"], advice["chosen_by"]) == ("return_request", "小周")
    assert advice["choices"] == []
    assert client.post("/api/v1/advise", json=ASKED).json() == advice


def test_any_other_case_may_be_named_when_none_of_the_shown_is_right(client):
    client.post("/api/v1/advise", json={**ASKED, "text": "没有网线"})

    answer = client.post("/api/v1/corrections", json={**CHOSEN, "intent": "invoice_request"})

    assert answer.json()["case"] == "invoice_request"


@pytest.mark.parametrize(
    ("other", "status", "field", "said"),
    [
        ({"conversation_id": "c-9"}, 404, "conversation_id", "没有这段对话"),
        ({"message_id": "m-9"}, 404, "message_id", "客户没有这条消息"),
        ({"intent": "no_such"}, 422, "intent", "没有这个意图"),
        ({"intent": "unclear"}, 422, "intent", "没有这个意图"),
        ({"author": ""}, 422, "author", "不能为空"),
        ({"author": " 　"}, 422, "author", "不能为空"),
        ({"colour": "red"}, 422, "colour", "没有这个字段"),
    ],
)
def test_a_correction_that_cannot_be_made_is_told_which_field_and_how(
    client, other, status, field, said
):
    client.post("/api/v1/advise", json=ASKED)

    answer = client.post("/api/v1/corrections", json={**CHOSEN, **other})

    assert answer.status_code == status
    assert said in errors(answer)[field]


# ---- learning ----


class Workshop:
    """Makes no models; notes what it is to learn from."""

    taught = ChatHistory()

    def new_history(self, history: ChatHistory, kept: Sequence[Example]) -> Path:
        self.taught = ChatHistory(history.messages, history.replies, tuple(kept))
        return Path("history")

    def train(self, history: Path) -> Path:
        return Path("model")

    def in_use(self) -> Path:
        return Path("model")

    def rankings(self, model: Path, texts: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        return [[("thanks", 0.9)] for _ in texts]

    def groups(self, history: Path, model: Path) -> list[Group]:
        return []

    def publish(self, history: Path, model: Path, about: object) -> str:
        return "2026-03-01T120000"

    def discard(self, history: Path, model: Path) -> None:
        pass


@pytest.fixture
def shop_with_a_model(parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The running shop's database, and a model that knows three intents."""
    monkeypatch.setenv("SHOUHOU_DATABASE_URL", str(parts.database.engine.url))
    model = tmp_path / "small.tar.gz"
    intents = ["missing_cable", "return_request", "thanks"]
    rows = {"trust": [1.0], "carry": [0.0], "reach": [0.0], "signs": {}}
    model.with_name("small.context.json").write_text(json.dumps({"intents": intents, **rows}))
    monkeypatch.setenv(wiring.MODEL_SETTING, str(model))


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    file = tmp_path / "chats.txt"
    file.write_text("".join(f"第{n}条没网线\n" for n in range(FEWEST_MESSAGES)), encoding="utf-8")
    return file


def test_a_correction_made_through_the_interface_ends_up_in_what_is_learned(
    client, shop_with_a_model, chats: Path
):
    client.post("/api/v1/advise", json=ASKED)
    client.post("/api/v1/corrections", json={**CHOSEN, "intent": "thanks"})
    client.post("/api/v1/corrections", json=CHOSEN)
    workshop = Workshop()

    found = wiring.learn([chats], lambda _: None, workshop)

    today = datetime.now(SHANGHAI).date().isoformat()
    assert workshop.taught.examples == (Example(MASKED, "return_request", "小周", today),)
    assert MASKED in workshop.taught.messages
    assert found.examples == 1
