"""Words are cut as the trade uses them, each at its place."""

import pytest

from bot.language.view import view
from bot.language.words import warm_up, words


@pytest.mark.parametrize(
    "word", ["运费险", "七天无理由", "电源适配器", "上门取件", "确认收货", "价保", "自提点"]
)
def test_words_of_the_trade_stay_whole(word: str):
    assert word in [w for w, _, _ in words(f"请问{word}是什么")]


def test_each_word_has_its_place_in_the_text():
    text = "运费险 怎么赔"

    cut = words(text)

    assert all(text[start:end] == word for word, start, end in cut)
    assert "".join(word for word, _, _ in cut) == "运费险怎么赔"


@pytest.mark.parametrize("text", ["", " ", "№", "😀", "好" * 1000])
def test_odd_texts_are_cut_without_failing(text: str):
    words(view(text).text)


def test_warming_up_twice_is_no_work():
    warm_up()
    warm_up()
