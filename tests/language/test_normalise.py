"""One spelling, whatever was typed, and no place lost on the way."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.normalise import normalise, table

ANY_TEXT = st.text(st.characters(), max_size=200)  # lone surrogates included


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ＡＢＣ１２３，！？（）", "ABC123,!?()"),
        ("我買的網線沒有收到，請問怎麼退款？", "我买的网线没有收到,请问怎么退款?"),
        ("一目瞭然", "一目了然"),
        ("哈哈哈哈哈哈", "哈哈"),
        ("谢谢", "谢谢"),
        ("快点！！！！", "快点!"),
        ("在吗。。。。。", "在吗。"),
        ("好的   谢谢", "好的 谢谢"),
        ("XXXL", "XXXL"),
        ("1111111", "1111111"),
        ("木有收到", "没有收到"),
        ("肿么退", "怎么退"),
        ("介个咋办", "这个怎么办"),
        ("啥时候发货", "什么时候发货"),
        ("好伐", "好吗"),
        ("还没到帐", "还没到账"),
        ("优惠卷", "优惠券"),
        ("kd呢", "快递呢"),
        ("yfx咋赔", "运费险怎么赔"),
        ("tk", "退款"),
        ("ＷＬ停了", "物流停了"),
        ("OK", "好的"),
        ("thtk", "退货退款"),
        ("msd", "没收到"),
        ("📱坏了", "手机坏了"),
        ("🈚发票", "没有发票"),
        ("tou诉", "投诉"),
        ("投*诉", "投诉"),
        ("投.溯", "投诉"),
        ("差**ping", "差评"),
        ("TuiKuan", "退款"),
        ("退钅", "退钱"),
        ("v信", "微信"),
        ("加V", "加微信"),
        ("加微信", "加微信"),
        ("优惠q", "优惠券"),
        ("好的👌🏻", "好的好的"),
        ("😡", "生气"),
        ("🦄", ""),
        ("&nbsp;你好", " 你好"),
        ("a\u200bb\ufeffc\x07", "abc"),
        ("一行\n两行\t三", "一行 两行 三"),
        ("坏了\ud83d", "坏了"),
        ("\0", ""),
        ("", ""),
    ],
)
def test_what_is_typed_in_many_ways_is_written_in_one(typed: str, meant: str):
    assert normalise(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "dd250904220031",  # an order number that begins with an abbreviation
        "JD0012345678901",
        "tkb",
        "www.tk.com",
        "a@fp.cn",
        "从新疆发货",
        "领卷纸",
        "JT 0012345678901",
        "投 诉",
        "退,货到了",
        "chatou",
        "加v5",
        "heqian",
        "退或者不退",
        "[订单x]",
        "[ORDERID_[号码]]",
    ],
)
def test_what_only_looks_like_another_spelling_is_left_alone(typed: str):
    assert normalise(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "word", "original"),
    [
        ("亲，木有收到網線", "网线", "網線"),
        ("亲，木有收到網線", "没有", "木有"),
        ("哈哈哈哈 １２３４", "1234", "１２３４"),
        ("😡😡退款", "退款", "退款"),
        ("a\u200b发\ufeff票", "发票", "发\ufeff票"),
        ("yfx呢", "运费险", "yfx"),
        ("我要tou*诉你", "投诉", "tou*诉"),
    ],
)
def test_every_place_in_the_result_leads_back_to_what_was_typed(
    typed: str, word: str, original: str
):
    message = normalise(typed)
    start = message.text.index(word)

    first, last = message.span(start, start + len(word))

    assert typed[first:last] == original


def test_a_replacement_stands_for_the_whole_of_what_it_replaced():
    message = normalise("运费咋算")

    assert message.text == "运费怎么算"
    assert message.span(2, 3) == (2, 3)
    assert message.span(3, 4) == (2, 3)
    assert message.span(4, 5) == (3, 4)


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_text_whatever_makes_it_fail_or_lose_its_places(text: str):
    message = normalise(text)

    assert message.original == text
    assert len(message.starts) == len(message.ends) == len(message.text)
    assert all(0 <= a < b <= len(text) for a, b in zip(message.starts, message.ends, strict=True))
    assert list(message.starts) == sorted(message.starts)


@settings(deadline=None)
@given(ANY_TEXT)
def test_the_result_can_be_sent_and_stored(text: str):
    written = normalise(text).text

    written.encode("utf-8")
    assert "\0" not in written


@pytest.mark.parametrize(
    "text",
    [
        "好" * 10_000,
        "😡" * 10_000,
        "！" * 10_000,
        "啊！" * 5_000,
        "\ud800" * 10_000,
        "咋" * 10_000,
        "投*" * 5_000,
    ],
)
def test_ten_thousand_characters_take_a_moment_and_no_more(text: str):
    began = time.perf_counter()

    normalise(text)

    assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize(
    ("name", "fewest"), [("spellings.tsv", 2), ("emoji.tsv", 2), ("hidden.tsv", 3)]
)
def test_the_tables_name_each_spelling_once(name: str, fewest: int):
    rows = table(name)

    assert all(len(row) >= fewest for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[0] != row[1] for row in rows)


def test_a_hidden_word_has_ways_to_write_each_of_its_characters():
    assert all(len(ways) == len(word) for word, *ways in table("hidden.tsv"))
