"""A message is right by its label or by any answer that is as good."""

from bot.core.judged import share
from tests.judged_builders import GREET, NONSENSE, REFUND, RETURN, judged


def test_the_first_guess_has_the_first_confidence():
    assert judged(RETURN, RETURN, REFUND, sure=0.7).confidence == 0.7


def test_where_nothing_is_guessed_nothing_is_sure():
    one = judged(RETURN)

    assert (one.guess, one.confidence, one.right, one.right_in_three) == (None, 0.0, False, False)


def test_the_third_guess_still_counts_among_three_and_the_fourth_does_not():
    assert judged(RETURN, GREET, REFUND, RETURN).right_in_three
    assert not judged(RETURN, GREET, REFUND, NONSENSE, RETURN).right_in_three


def test_a_message_that_may_be_out_of_scope_is_in_neither_scope():
    doubtful = judged(RETURN, RETURN, accept=(NONSENSE,))

    assert not doubtful.is_in_scope
    assert not doubtful.is_out_of_scope
    assert judged(NONSENSE).is_out_of_scope
    assert judged(RETURN).is_in_scope


def test_of_no_messages_there_is_no_share():
    assert share([], lambda one: one.right) is None
