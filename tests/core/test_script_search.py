"""Wording is found by whatever comes to mind of it."""

import pytest

from bot.core.script_search import Wanted, Wording, search, spelt

SOUNDS = {
    "退款审核": ("tui", "kuan", "shen", "he"),
    "还没到账": ("hai", "mei", "dao", "zhang"),
    "换货地址": ("huan", "huo", "di", "zhi"),
    "寄到仓库": ("ji", "dao", "cang", "ku"),
}


def wording(title: str, text: str, *intents: str) -> Wording:
    spellings = spelt(SOUNDS[title]), spelt(SOUNDS[text])
    return Wording(title, title, text, frozenset(intents), *spellings)


REFUND = wording("退款审核", "还没到账", "refund_not_received")
EXCHANGE = wording("换货地址", "寄到仓库", "exchange_request")


def found(text: str, words: tuple[str, ...] = (), **meant: float) -> list[str]:
    wanted = Wanted(text, frozenset(words), meant)
    return [one.id for one in search(wanted, [EXCHANGE, REFUND], 5)]


@pytest.mark.parametrize(
    "text", ["退款", "审核", "没到账", "tuikuan", "TuiKuan", "tui kuan", "kuanshen", "tksh", "hmdz"]
)
def test_it_is_found_by_words_pinyin_and_first_letters(text):
    assert found(text) == [REFUND.id]


@pytest.mark.parametrize("text", ["uikuan", "t", "xyz", "发票", "1234"])
def test_what_is_not_like_it_finds_nothing(text):
    assert found(text) == []


def test_it_is_found_by_what_a_customer_would_mean_with_the_words():
    assert found("钱啥时候给", refund_not_received=0.8, exchange_request=0.1) == [
        REFUND.id,
        EXCHANGE.id,
    ]


def test_some_of_several_words_are_enough_and_more_are_better():
    assert found("退款换货", ("退款", "换货", "地址")) == [EXCHANGE.id, REFUND.id]


def test_the_title_counts_more_than_the_text():
    in_text = Wording("b", "x", "退款审核", frozenset(), spelt(()), spelt(()))
    wanted = Wanted("退款审核", frozenset(), {})

    assert [one.id for one in search(wanted, [in_text, REFUND], 5)] == [REFUND.id, "b"]
    assert len(search(wanted, [in_text, REFUND], 1)) == 1
