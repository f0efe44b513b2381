"""A labelled file is measured as it stands, or refused with the line and the field that are wrong."""

import json
from typing import Any

import pytest

from bot.core.conversation import Speaker
from bot.core.understanding import Intent, Understanding
from bot.services.evaluation import Before, LabelError, Labelled, draw, evaluate, read_labelled
from bot.services.ports import UnderstandingDown


class FakeReader:
    """Knows the answer to each text by heart."""

    def __init__(self, answers: dict[str, Understanding]) -> None:
        self.answers = answers

    def understand(self, text: str) -> Understanding:
        if text not in self.answers:
            raise UnderstandingDown("refused")
        return self.answers[text]


def understood(text: str, *names: str, **more: bool) -> Understanding:
    return Understanding(text, tuple(Intent(name, 0.5) for name in names), **more)


def line(**fields: Any) -> str:
    return json.dumps({"text": "没有网线", "intent": "missing_cable"} | fields, ensure_ascii=False)


def test_a_line_is_read_with_all_its_fields():
    before = [{"role": "agent", "text": "少了什么？"}, {"role": "customer", "text": "等我看看"}]
    accept = ["missing_item"]

    (read,) = read_labelled(
        [line(before=before, accept=accept, also=["x"], slice="taobao", context=True, id="1")]
    )

    assert read == Labelled(
        "没有网线",
        "missing_cable",
        frozenset({"missing_cable", "missing_item"}),
        "taobao",
        context=True,
        before=(Before(Speaker.AGENT, "少了什么？"), Before(Speaker.CUSTOMER, "等我看看")),
        id="1",
    )


def test_what_was_written_before_may_be_the_customers_the_agents_or_the_bots():
    before = [{"role": role, "text": "嗯"} for role in ("customer", "agent", "bot")]

    (read,) = read_labelled([line(before=before)])

    assert [turn.speaker for turn in read.before] == [
        Speaker.CUSTOMER,
        Speaker.AGENT,
        Speaker.BOT,
    ]


def test_a_number_may_be_an_id_and_nothing_before_the_message_is_nothing():
    (read,) = read_labelled([line(id=7, before=[])])

    assert (read.id, read.before) == ("7", ())


def test_only_text_and_intent_are_needed():
    (read,) = read_labelled([line()])

    assert read == Labelled("没有网线", "missing_cable", frozenset({"missing_cable"}))


def test_empty_lines_are_passed_over_and_still_counted():
    with pytest.raises(LabelError, match=r"^line 3: "):
        list(read_labelled([line(), "\n", "{"]))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("[]", "line"),
        ("{", "line"),
        ('{"intent": "greet"}', "text"),
        (line(text=3), "text"),
        (line(text=None), "text"),
        ('{"text": "a"}', "intent"),
        (line(intent=""), "intent"),
        (line(intent=["greet"]), "intent"),
        (line(accept="greet"), "accept"),
        (line(accept=[1]), "accept"),
        (line(slice=1), "slice"),
        (line(context="yes"), "context"),
        (line(before="在吗"), "before"),
        (line(before=["在吗"]), "before"),
        (line(before=[{"text": "在吗"}]), "before"),
        (line(before=[{"role": "customer"}]), "before"),
        (line(before=[{"role": "seller", "text": "在吗"}]), "before"),
        (line(before=[{"role": "customer", "text": None}]), "before"),
    ],
)
def test_a_wrong_line_is_named_with_its_field(wrong: str, field: str):
    with pytest.raises(LabelError, match=f"^line 2: {field}: .*must"):
        list(read_labelled([line(), wrong]))


def test_the_turn_that_is_wrong_is_named_by_its_number():
    before = [{"role": "customer", "text": "在吗"}, {"role": "seller", "text": "在"}]

    with pytest.raises(LabelError, match="turn 2 must be an object with role"):
        list(read_labelled([line(before=before)]))


def test_messages_are_understood_and_judged():
    reader = FakeReader(
        {
            "a": understood("a", "missing_cable", "greet"),
            "b": understood("b", "greet", degraded=True, unsure=True),
        }
    )
    labelled = list(read_labelled([line(text="a"), line(text="b", slice="s")]))

    found = evaluate(reader, labelled)

    assert found.report.groups["all"].top1 == 0.5
    assert found.degraded == 1
    assert [one.text for one in found.errors] == ["b"]
    assert found.errors[0].unsure
    assert found.labelled == tuple(labelled)
    assert found.intervals.keys() == found.report.groups.keys()


def test_how_sure_each_guess_is_is_kept_with_it():
    answer = Understanding("a", (Intent("missing_cable", 0.9), Intent("greet", 0.1)))

    found = evaluate(FakeReader({"a": answer}), read_labelled([line(text="a", id="7")]))

    (judged,) = found.judged
    assert (judged.id, judged.confidence, judged.confidences) == ("7", 0.9, (0.9, 0.1))
    assert found.report.calibration.brier == pytest.approx(0.01)


def test_an_evaluation_twice_over_gives_the_same_intervals():
    answers = {text: understood(text, "missing_cable") for text in "abc"} | {
        text: understood(text, "greet") for text in "de"
    }
    labelled = list(read_labelled([line(text=text) for text in "abcde"]))

    first, second = (evaluate(FakeReader(answers), labelled) for _ in range(2))

    assert first.intervals == second.intervals
    assert draw()(100) == draw()(100)


def test_nothing_is_counted_when_a_message_cannot_be_understood():
    with pytest.raises(UnderstandingDown):
        evaluate(FakeReader({}), read_labelled([line()]))
