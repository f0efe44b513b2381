"""How much a text tells of each of several wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.telling import Common, Telling, bag, pieces

LOOK = ["请再找找灰色的网线", "麻烦再翻翻快递袋"]
OFFER = ["给您补{amount}元可以吗", "补偿{amount}元您看行吗"]
TELLING = Telling([bag(LOOK), bag(OFFER)], Common([*LOOK, *OFFER]))


def test_characters_and_pairs_count_and_pairs_do_not_reach_over_punctuation() -> None:
    assert pieces("网线，AB") == {"网", "线", "网线", "a", "b", "ab"}


@pytest.mark.parametrize("text", ["补2元", "补12.50元", "补两块", "补{amount}元"])
def test_any_figure_is_like_any_other(text: str) -> None:
    assert pieces(text) == {"补", "0", "元", "补0", "0元"}


def test_a_numeral_that_counts_nothing_stays_a_word() -> None:
    assert "一" in pieces("一般")


def test_a_text_tells_most_of_the_wording_it_has_its_words_from() -> None:
    look, offer = TELLING("您再找找网线")

    assert look > 0 > offer


def test_words_of_neither_wording_speak_against_both() -> None:
    assert all(score < 0 for score in TELLING("今晚有雨"))


def test_a_text_without_words_tells_nothing() -> None:
    assert TELLING("？！") == [0.0, 0.0]


def test_a_rare_word_tells_more_than_one_that_is_in_every_wording() -> None:
    texts = ["您好请问网线", "您好请问差价"]
    telling = Telling([bag(texts[:1]), bag(texts[1:])], Common(texts))

    said_hello = telling("您好")
    said_cable = telling("网线")

    assert said_hello[0] == pytest.approx(said_hello[1])
    assert said_cable[0] - said_cable[1] > 1


def test_a_weight_counts_a_text_several_times() -> None:
    assert bag(["网线"], 3) == bag(["网线", "网线", "网线"])


@given(st.text("再找网线补元吗，。a1", max_size=20))
def test_the_order_of_sentences_makes_no_difference(text: str) -> None:
    assert TELLING(f"{text}。您好") == pytest.approx(TELLING(f"您好。{text}"))
