"""How well the trained model understands messages it has never seen, asked as the desk asks it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

HELDOUT = sorted((Path(__file__).parent / "heldout").glob("*.jsonl"))
TOP_1 = 0.60
"""Share of the held-out messages whose first intent must be right; each family may be .15 lower."""
TOP_3 = 0.82
FALLBACK = "nlu_fallback"


@pytest.fixture(scope="module")
def rasa(rasa_url: str):
    with httpx.Client(base_url=rasa_url, trust_env=False, timeout=10) as client:
        yield client


def parse(rasa: httpx.Client, text: str) -> Mapping[str, Any]:
    answer = rasa.post("/model/parse", json={"text": text})
    answer.raise_for_status()
    return answer.json()


def ranking(rasa: httpx.Client, text: str) -> list[str]:
    found = parse(rasa, text)["intent_ranking"]
    return [one["name"] for one in found if one["name"] != FALLBACK]


def right(rasa: httpx.Client, path: Path, first: int) -> tuple[int, int]:
    """How many messages of a file have their intent among the first of the ranking, of how many."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    good = sum(row["intent"] in ranking(rasa, row["text"])[:first] for row in rows)
    return good, len(rows)


@pytest.mark.parametrize(("first", "threshold"), [(1, TOP_1), (3, TOP_3)])
def test_most_unseen_messages_are_understood(rasa: httpx.Client, first: int, threshold: float):
    counts = [right(rasa, path, first) for path in HELDOUT]

    share = sum(good for good, _ in counts) / sum(total for _, total in counts)
    assert share >= threshold


@pytest.mark.parametrize("path", HELDOUT, ids=[path.stem for path in HELDOUT])
def test_no_family_of_intents_is_left_behind(rasa: httpx.Client, path: Path):
    good, total = right(rasa, path, 1)

    assert good / total >= TOP_1 - 0.15


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("木有收到網線", "missing_cable"),
        ("运费险咋赔", "freight_insurance"),
        ("亲，订单２５０９０４２２００３１肿么还不发货！！！", "shipping_delay"),
        ("我要开增值税专用发票", "invoice_request"),
        ("转人工", "ask_human"),
        ("好的，谢谢", "affirm"),
    ],
)
def test_plain_wishes_are_understood_in_any_spelling(rasa: httpx.Client, text: str, intent: str):
    assert intent in ranking(rasa, text)[:2]


def test_entities_keep_their_places_in_the_message_as_it_was_typed(rasa: httpx.Client):
    text = "哈哈哈哈订单２５０９０４２２００３１，少了兩根網線，退我12块5"

    found = [
        (e["entity"], e["value"], text[e["start"] : e["end"]], e.get("role"))
        for e in parse(rasa, text)["entities"]
    ]

    assert found == [
        ("order_no", "250904220031", "２５０９０４２２００３１", None),
        ("count", "2", "兩根", "根"),
        ("amount", "12.50", "12块5", None),
    ]


@pytest.mark.parametrize("text", ["😀", "asdkjfh", "\u200b", "吼" * 3000, "乒乓球拍橡胶"])
def test_a_message_nobody_can_understand_is_not_taken_for_a_wish(rasa: httpx.Client, text: str):
    assert parse(rasa, text)["intent"]["name"] in {FALLBACK, "out_of_scope"}
