"""The figures of an evaluation, each computed by hand beside it."""

import pytest

from bot.core.metrics import (
    Confusion,
    IntentScore,
    Score,
    confusions,
    groups,
    intent_scores,
    macro_f1,
    rejection,
    report,
    score,
)
from tests.judged_builders import GREET, NONSENSE, REFUND, RETURN, judged


def test_top_one_counts_first_guesses_and_top_three_the_first_three():
    messages = [
        judged(RETURN, RETURN, REFUND),
        judged(RETURN, REFUND, RETURN),
        judged(RETURN, REFUND, GREET, RETURN),
        judged(RETURN, REFUND, GREET, NONSENSE, RETURN),
    ]

    found = score(messages)

    assert (found.messages, found.top1, found.top3) == (4, 0.25, 0.75)


def test_any_accepted_answer_is_right():
    assert score([judged(RETURN, REFUND, accept=(REFUND,))]).top1 == 1.0


def test_a_message_without_any_guess_is_wrong():
    found = score([judged(RETURN)])

    assert (found.top1, found.top3, found.macro_f1) == (0.0, 0.0, 0.0)


def test_of_no_messages_there_are_no_shares():
    assert score([]) == Score(0, None, None, None)


def test_macro_f1_weighs_a_rare_intent_like_a_frequent_one():
    messages = [*[judged(RETURN, RETURN)] * 3, judged(REFUND, RETURN)]

    # return: 3 right of 4 understood and 3 meant, 2*3/(4+3); refund: 0.
    assert macro_f1(messages) == pytest.approx((6 / 7 + 0) / 2)


def test_macro_f1_credits_an_accepted_answer_as_its_own_intent():
    messages = [judged(RETURN, REFUND, accept=(REFUND,)), judged(RETURN, RETURN)]

    assert macro_f1(messages) == 1.0


def test_an_intent_that_is_only_understood_lowers_the_others_and_has_no_score_itself():
    messages = [judged(RETURN, RETURN), judged(RETURN, GREET)]

    # return: 1 right of 1 understood and 2 meant, 2*1/(1+2); greet is no label here.
    assert macro_f1(messages) == pytest.approx(2 / 3)


def test_each_intent_is_told_how_often_it_is_right_when_understood_and_when_meant():
    messages = [*[judged(RETURN, RETURN)] * 3, judged(REFUND, RETURN), judged(REFUND, GREET)]

    greet, refund, returns = intent_scores(messages)

    assert (returns.intent, returns.meant, returns.understood, returns.right) == (RETURN, 3, 4, 3)
    assert (returns.precision, returns.recall) == (0.75, 1.0)
    assert returns.f1 == pytest.approx(6 / 7)
    assert (refund.precision, refund.recall, refund.f1) == (None, 0.0, 0.0)
    assert (greet.precision, greet.recall, greet.f1) == (0.0, None, 0.0)


def test_an_accepted_answer_counts_for_its_own_intent():
    assert intent_scores([judged(RETURN, REFUND, accept=(REFUND,))]) == (
        IntentScore(REFUND, 1, 1, 1),
    )


def test_a_message_without_any_guess_is_meant_and_not_understood():
    assert intent_scores([judged(RETURN)]) == (IntentScore(RETURN, 1, 0, 0),)


def test_out_of_scope_is_rejected_by_its_name_or_by_doubt():
    messages = [
        judged(NONSENSE, NONSENSE),
        judged(NONSENSE, RETURN, unsure=True),
        judged(NONSENSE),
        judged(NONSENSE, RETURN),
    ]

    found = rejection(messages)

    assert (found.out_of_scope, found.rejected) == (4, 0.75)
    assert (found.in_scope, found.wrongly_rejected) == (0, None)


def test_a_customer_with_a_real_wish_is_wrongly_rejected_in_the_same_ways():
    messages = [
        judged(RETURN, RETURN),
        judged(RETURN, RETURN, unsure=True),
        judged(RETURN, NONSENSE),
        judged(RETURN, GREET),
        judged(RETURN, NONSENSE, accept=(NONSENSE,)),
    ]

    found = rejection(messages)

    assert (found.in_scope, found.wrongly_rejected) == (4, 0.5)


def test_confusions_come_the_most_frequent_first_with_examples():
    messages = [
        judged(RETURN, REFUND, text="a"),
        judged(GREET, RETURN, text="b"),
        *[judged(RETURN, REFUND, text=text) for text in "cde"],
        judged(RETURN, RETURN, text="right"),
        judged(GREET, text="nothing"),
    ]

    assert confusions(messages) == (
        Confusion(RETURN, REFUND, 4, ("a", "c", "d")),
        Confusion(GREET, "", 1, ("nothing",)),
        Confusion(GREET, RETURN, 1, ("b",)),
    )


def test_a_report_tells_groups_apart():
    messages = [
        judged(RETURN, RETURN, slice="taobao"),
        judged(RETURN, GREET, slice="jd", context=True),
        judged(GREET, GREET, slice="jd"),
        judged("presale_question", GREET, slice="jd", unsure=True),
        judged(NONSENSE, NONSENSE, slice="jd"),
    ]

    found = report(messages)

    assert {name: one.messages for name, one in found.groups.items()} == {
        "all": 5,
        "without context": 4,
        "without talk": 4,
        "without context and talk": 3,
        "talk or context": 2,
        "after-sales": 2,
        "slice jd": 4,
        "slice taobao": 1,
    }
    assert found.groups["after-sales"].top1 == 0.5
    assert found.unsure == 0.2


def test_talk_or_context_is_all_that_is_not_without_both():
    talk, needs_context = judged(GREET, GREET), judged(RETURN, GREET, context=True)
    both, neither = judged(GREET, context=True), judged(RETURN, RETURN)

    found = groups([talk, needs_context, both, neither])

    assert found["talk or context"] == [talk, needs_context, both]
    assert found["without context and talk"] == [neither]
