"""How well the trained model understands messages it has never seen, asked as the desk asks it."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.adapters.context_file import beside, read_context
from bot.adapters.rasa_understanding import RasaReader
from bot.core.judged import Judged
from bot.core.metrics import groups, score
from bot.core.selective import cheapest_threshold, cost, selective
from bot.core.understanding import SURE
from bot.services.evaluation import Labelled, evaluate, read_labelled

CHECKOUT = Path(__file__).parents[2]
HELDOUT = CHECKOUT / "data/heldout"
WITH_TURNS = ("natural", "context", "outside")
"""Messages with the turns before them, as often as life has them; the other files hold a few of
each intent, alone.
"""
FAMILIES = sorted(f.stem for f in HELDOUT.glob("*.jsonl") if f.stem not in WITH_TURNS)
FALLBACK = "nlu_fallback"


def labelled(*names: str) -> list[Labelled]:
    files = [HELDOUT / f"{name}.jsonl" for name in names]
    return [one for f in files for one in read_labelled(f.read_text("utf-8").splitlines())]


@pytest.fixture(scope="module")
def reader(rasa_url: str):
    with closing(RasaReader(rasa_url)) as reading:
        yield reading


@pytest.fixture(scope="module")
def context():
    return read_context(beside(CHECKOUT / "models/shouhou.tar.gz"))


@pytest.fixture(scope="module")
def alone(reader) -> dict[str, tuple[Judged, ...]]:
    """What is understood of the messages by themselves."""
    return {name: evaluate(reader, labelled(name)).judged for name in (*FAMILIES, *WITH_TURNS)}


@pytest.fixture(scope="module")
def judged(reader, context) -> dict[str, tuple[Judged, ...]]:
    """What is understood of them after the turns before."""
    assert context is not None
    return {name: evaluate(reader, labelled(name), context).judged for name in WITH_TURNS}


def together(found: Mapping[str, tuple[Judged, ...]], *names: str) -> list[Judged]:
    return [one for name in names for one in found[name]]


def test_most_messages_that_need_no_context_are_understood(alone, judged):
    each_intent = score(together(alone, *FAMILIES))
    as_in_life = score(groups(judged["natural"])["without context"])

    assert (each_intent.top1, each_intent.top3) >= (0.74, 0.91)
    assert (as_in_life.top1, as_in_life.top3) >= (0.83, 0.94)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_of_intents_is_left_behind(alone, family: str):
    assert score(alone[family]).top1 >= 0.6


def test_what_was_said_before_helps_where_the_message_says_little_and_harms_nowhere(alone, judged):
    says_little, rest = "talk or context", "without context and talk"
    for name in ("natural", "context"):
        before, after = groups(alone[name]), groups(judged[name])

        assert score(after[says_little]).top1 >= score(before[says_little]).top1 + 0.05
    before, after = groups(alone["natural"]), groups(judged["natural"])
    assert score(after[rest]).top1 >= score(before[rest]).top1 - 0.01


def test_answers_are_mostly_right_and_what_is_out_of_scope_is_mostly_left(judged):
    """At the threshold at which 85 of 100 messages in scope are answered."""
    at = selective(together(judged, "natural", "outside")).at

    assert at is not None
    assert at.rejected >= 0.8
    assert at.right >= 0.87


@pytest.mark.parametrize("names", [["natural"], ["natural", "outside"]])
def test_the_threshold_costs_hardly_more_than_the_cheapest_one(judged, names: list[str]):
    """The cheapest one is lower where little is out of scope, higher where much is."""
    messages = together(judged, *names)
    cheapest = cost(messages, cheapest_threshold(messages))

    assert cost(messages, SURE) <= cheapest * 1.1


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


@pytest.mark.parametrize("text", ["😀", "asdkjfh", "\u200b", "吼" * 3000, "蒲公英海王星"])
def test_a_message_nobody_can_understand_is_not_taken_for_a_wish(rasa: httpx.Client, text: str):
    assert parse(rasa, text)["intent"]["name"] in {FALLBACK, "out_of_scope"}
