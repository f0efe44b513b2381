"""What the understanding learns from: no message twice, none that two intents claim."""

import json
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.nlu.twins import said, twins

DATA = Path(__file__).parents[2] / "data"
FEWEST = 100
"""Own messages of an intent below which it is understood badly."""
NO_CASE = {"greet", "thanks", "goodbye", "deny", "urge_reply"}
"""They are said in few ways."""


def examples(content: dict) -> list[tuple[str, str]]:
    return [
        (line.removeprefix("- "), block["intent"])
        for block in content["nlu"]
        if "intent" in block
        for line in block["examples"].splitlines()
    ]


@pytest.fixture(scope="module")
def messages() -> list[tuple[str, str]]:
    loaded = [
        YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        for path in sorted(DATA.glob("nlu/*.yml"))
    ]
    return [one for content in loaded for one in examples(content)]


@pytest.fixture(scope="module")
def held_out() -> list[str]:
    files = sorted(DATA.glob("heldout/*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [row["text"] for row in rows if not row.get("before")]


def test_no_two_intents_claim_nearly_the_same_message(messages):
    assert list(twins(messages)) == []


def test_every_intent_has_enough_messages_of_our_own(messages):
    counts = Counter(intent for _, intent in messages)

    assert {name for name, count in counts.items() if count < FEWEST} <= NO_CASE


def test_no_longer_message_is_learned_that_is_held_out(messages, held_out):
    learned = {said(text) for text, _ in messages}

    assert [text for text in held_out if len(said(text)) > 6 and said(text) in learned] == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("什么时候发货", "什么时候发货？？", True),
        ("請問什麼時候發貨", "请问什么时候发货", True),
        ("我的快递到哪里了呀亲", "我的快递到哪里了呀", True),
        ("什么时候发货", "什么时候退款", False),
        ("好的", "好吧", False),
        ("？？", "！！", False),
    ],
)
def test_messages_that_say_nearly_the_same_are_found(one: str, other: str, alike: bool):
    assert bool(list(twins([(one, "shipping_delay"), (other, "thanks")]))) == alike
