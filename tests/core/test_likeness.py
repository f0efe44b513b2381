"""How alike two texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.likeness import Likeness, pairs

KNOWN = ["您好，请问网线找到了吗", "您好，请问电源灯亮吗", "您好，差价是多少"]
TEXTS = st.text("您好请问网线电源灯亮差价，。abc1", max_size=12)


def alike(left: str, right: str) -> float:
    return Likeness(KNOWN)(pairs(left), pairs(right))


def test_pairs_do_not_reach_over_punctuation_and_fold_letters() -> None:
    assert pairs("网线，AB") == {"网线", "ab"}


@pytest.mark.parametrize("text", ["", "好", "，。！"])
def test_less_than_a_pair_is_like_nothing(text: str) -> None:
    assert pairs(text) == frozenset()
    assert alike(text, "网线") == 0.0


def test_a_text_is_wholly_like_itself_and_unlike_other_words() -> None:
    assert alike("网线找到了", "网线找到了") == pytest.approx(1.0)
    assert alike("网线找到了", "差价多少") == 0.0


def test_a_rare_pair_in_common_says_more_than_a_greeting() -> None:
    greeting = alike("您好网线", "您好差价")
    subject = alike("您好网线", "请问网线")

    assert subject > greeting


@given(TEXTS, TEXTS)
def test_likeness_is_mutual_and_between_nothing_and_all(left: str, right: str) -> None:
    found = alike(left, right)

    assert 0.0 <= found <= 1.0 + 1e-9
    assert found == pytest.approx(alike(right, left))


def test_without_any_known_text_all_pairs_weigh_alike() -> None:
    nothing_known = Likeness([])

    assert nothing_known(pairs("网线断"), pairs("网线坏")) == pytest.approx(0.5)
