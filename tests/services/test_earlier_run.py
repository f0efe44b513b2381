"""Two runs are compared on the same messages, or not at all."""

import json
from typing import Any

import pytest

from bot.services.earlier_run import AnswerError, OtherMessages, answers, read_answers, since
from bot.services.evaluation import Evaluation, evaluate, read_labelled
from tests.fakes import FakeReader

LABELLED = [
    {"id": "1", "text": "没有网线", "intent": "missing_cable", "slice": "s"},
    {"id": "2", "text": "你好", "intent": "greet"},
    {"id": "3", "text": "退款呢", "intent": "refund_not_received"},
]
ALL_RIGHT = {one["text"]: one["intent"] for one in LABELLED}


def labelled(rows: list[dict[str, str]] = LABELLED):
    return list(read_labelled(json.dumps(row) for row in rows))


def measured(understood: dict[str, str]) -> Evaluation:
    return evaluate(FakeReader(understood), labelled())


def kept(evaluation: Evaluation) -> list[str]:
    return [json.dumps(one) for one in answers(evaluation.judged)]


def answer(**fields: Any) -> str:
    return json.dumps({"id": "1", "text": "没有网线", "guesses": ["greet"]} | fields)


def test_an_answer_is_kept_with_its_message_how_sure_it_was_and_whether_it_was_right():
    first, second, _ = answers(measured(ALL_RIGHT | {"你好": "thanks"}).judged)

    assert (first["id"], first["text"], first["guesses"][0], first["right"]) == (
        "1",
        "没有网线",
        "missing_cable",
        True,
    )
    assert 0 < first["confidence"] <= 1
    assert (second["guesses"][0], second["right"]) == ("thanks", False)


def test_a_message_mended_and_one_spoilt_are_told():
    earlier = kept(measured(ALL_RIGHT | {"没有网线": "missing_item", "退款呢": "pay_out"}))
    now = measured(ALL_RIGHT | {"你好": "thanks"})

    found = since(read_answers(earlier, labelled()), now)

    whole = found.groups["all"]
    assert (whole.messages, whole.mended, whole.spoilt) == (3, 2, 1)
    assert (whole.before, whole.now) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert [(new.id, old.guess, new.guess) for old, new in found.changed] == [
        ("1", "missing_item", "missing_cable"),
        ("2", "greet", "thanks"),
        ("3", "pay_out", "refund_not_received"),
    ]


def test_each_group_that_has_messages_is_compared():
    found = since(read_answers(kept(measured(ALL_RIGHT)), labelled()), measured(ALL_RIGHT))

    assert found.groups["slice s"].messages == 1
    assert found.groups["talk or context"].messages == 1
    assert found.changed == ()


def test_a_run_against_itself_has_no_difference():
    found = since(read_answers(kept(measured(ALL_RIGHT)), labelled()), measured(ALL_RIGHT))

    assert (found.groups["all"].difference, found.groups["all"].p) == (0.0, 1.0)


def test_both_runs_are_judged_by_the_label_as_it_is_now():
    earlier = [json.dumps(json.loads(one) | {"right": False}) for one in kept(measured(ALL_RIGHT))]

    assert since(read_answers(earlier, labelled()), measured(ALL_RIGHT)).changed == ()


def test_the_order_of_the_answers_does_not_matter():
    found = read_answers(reversed(kept(measured(ALL_RIGHT))), labelled())

    assert [one.id for one in found] == ["1", "2", "3"]


def test_the_same_message_twice_has_an_answer_for_each():
    twice = labelled([{"text": "你好", "intent": "greet"}] * 2)
    lines = [answer(id="", text="你好", guesses=[name]) for name in ("greet", "thanks")]

    assert [one.guesses for one in read_answers(lines, twice)] == [("greet",), ("thanks",)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (slice(1, None), r"1 without an answer \(first: 1\)"),
        (slice(None, None, 3), r"2 without an answer \(first: 2\)"),
    ],
)
def test_a_message_without_an_answer_is_named(changed, told):
    with pytest.raises(OtherMessages, match=told):
        read_answers(kept(measured(ALL_RIGHT))[changed], labelled())


def test_an_answer_without_a_message_is_counted_and_the_mend_is_told():
    more = [*kept(measured(ALL_RIGHT)), answer(id="4")]

    with pytest.raises(OtherMessages, match=r"1 answered but not in the file; .* --answers"):
        read_answers(more, labelled())


def test_another_text_under_the_same_id_is_another_message():
    with pytest.raises(
        OtherMessages, match=r"1 without an answer .*, 1 answered but not in the file"
    ):
        read_answers([answer(text="没有电源")], labelled(LABELLED[:1]))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ("[]", "line"),
        ("{", "line"),
        (answer(text=None), "text"),
        (answer(guesses=None), "guesses"),
        (answer(guesses="greet"), "guesses"),
        (answer(guesses=[1]), "guesses"),
    ],
)
def test_a_wrong_line_of_the_answers_is_named_with_its_field(wrong: str, field: str):
    with pytest.raises(AnswerError, match=f"^answers: line 2: {field}: .*must"):
        read_answers([answer(), wrong], labelled(LABELLED[:1]))
