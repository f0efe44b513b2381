"""A labelled file is measured as it stands, or refused with the line and the field that are wrong."""

import json
from typing import Any

import pytest

from bot.core.understanding import Intent, Understanding
from bot.services.evaluation import LabelError, Labelled, evaluate, read_labelled
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
    lines = [
        line(before=[], accept=["missing_item"], also=["x"], slice="taobao", context=True, id="1")
    ]

    (read,) = read_labelled(lines)

    accept = frozenset({"missing_cable", "missing_item"})
    assert read == Labelled("没有网线", "missing_cable", accept, "taobao", context=True)


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
    ],
)
def test_a_wrong_line_is_named_with_its_field(wrong: str, field: str):
    with pytest.raises(LabelError, match=f"^line 2: {field}: .*must"):
        list(read_labelled([line(), wrong]))


def test_messages_are_understood_and_judged():
    reader = FakeReader(
        {
            "a": understood("a", "missing_cable", "greet"),
            "b": understood("b", "greet", degraded=True, unsure=True),
        }
    )
    labelled = read_labelled([line(text="a"), line(text="b", slice="s")])

    found = evaluate(reader, labelled)

    assert found.report.groups["all"].top1 == 0.5
    assert found.degraded == 1
    assert [one.text for one in found.errors] == ["b"]
    assert found.errors[0].unsure


def test_nothing_is_counted_when_a_message_cannot_be_understood():
    with pytest.raises(UnderstandingDown):
        evaluate(FakeReader({}), read_labelled([line()]))
