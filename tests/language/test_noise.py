"""Each kind of noise is what customers do, no more of it, and the same for the same seed."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from bot.language.noise import KINDS, noisy
from bot.language.normalise import normalise

SEEDS = range(40)
SAYINGS = (
    "你好，我要退款，快递三天没动了",
    "收到的衣服有质量问题 我要投诉，加微信发你图片123",
    "未发货为什么不能取消",
    "谢谢",
)
EVERYTHING = "你好，未收到快递 我要退款123，不然投诉！"


def written(text: str, kind: str, strength: float = 1.0) -> set[str]:
    """Everything that this kind makes of a text with some seed."""
    return {noisy(text, kind, seed, strength) for seed in SEEDS}


def sounds_alike(one: str, other: str) -> bool:
    """Whether each character can be read as the other, in some word and without its tone."""
    return all(
        {*pinyin(a, Style.NORMAL, heteronym=True)[0]}
        & {*pinyin(b, Style.NORMAL, heteronym=True)[0]}
        for a, b in zip(one, other, strict=True)
    )


def places_changed(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("kind", "text", "ways"),
    [
        ("homophones", "收货", {"收获"}),
        ("initials", "退款", {"tk"}),
        ("initials", "运费险呢", {"yfx呢"}),
        ("traditional", "网线没有", {"網線沒有"}),
        ("full_width", "L码,2件", {"Ｌ码，２件"}),
        ("full_width", "订单 12", {"订单　１２"}),
        ("emoji_words", "快递呢", {"📦呢", "🚚呢"}),
        ("no_punctuation", "你好，在吗？", {"你好在吗"}),
        ("no_punctuation", "退30.5元。", {"退30.5元"}),
        ("no_punctuation", "看[图片] 坏了", {"看[图片]坏了"}),
        ("doubled", "在吗", {"在吗在吗", "在吗 在吗", "在吗\n在吗"}),
        ("clipped", "怎么退", {"怎么", "怎"}),
        ("bursts", "你好，退货", {"你好\n退货", "你好 退货"}),
    ],
)
def test_a_text_becomes_one_of_what_customers_type(kind: str, text: str, ways: set[str]):
    assert written(text, kind) == ways


@pytest.mark.parametrize(
    ("kind", "text", "some"),
    [
        ("lookalikes", "未收到", {"末收到", "未收倒"}),
        ("lookalikes", "自己", {"自已", "自巳"}),
        ("evasions", "投诉", {"投溯", "tou诉", "投*诉"}),
        ("evasions", "加微信", {"加V", "加薇"}),
        ("evasions", "退钱", {"退钅"}),
        ("emoji", "退款", {"退款🙏", "😡😡😡退款"}),
        ("run_on_punctuation", "退款", {"退款！！！", "退款..."}),
        ("run_on_punctuation", "在吗", {"在吗？？？"}),
        ("voice", "快递没收到", {"嗯快递没收到", "快递那个没收到"}),
        ("voice", "我的", {"我我的", "我"}),
    ],
)
def test_among_what_a_text_can_become_is_what_customers_are_known_for(
    kind: str, text: str, some: set[str]
):
    assert some <= {noisy(text, kind, seed) for seed in range(400)}


@pytest.mark.parametrize("text", SAYINGS)
def test_a_homophone_sounds_the_same_and_is_as_long(text: str):
    for noised in written(text, "homophones"):
        assert len(noised) == len(text)
        assert places_changed(noised, text)
        assert sounds_alike(noised, text)


@pytest.mark.parametrize(
    ("text", "others"),
    [("四", "是"), ("蓝", "难"), ("心", "行"), ("飞", "黑"), ("热", "乐"), ("山", "三")],
)
def test_sounds_close_by_are_mixed_up_as_in_the_dialects(text: str, others: str):
    assert {one for other in others for one in lazy_pinyin(other)} <= {
        one for noised in written(text, "near_sounds") for one in lazy_pinyin(noised)
    }


@pytest.mark.parametrize("kind", ["homophones", "near_sounds", "lookalikes", "traditional"])
@pytest.mark.parametrize("text", SAYINGS[:3])
def test_a_mistaken_character_stands_where_the_right_one_stood(kind: str, text: str):
    assert all(len(noised) == len(text) for noised in written(text, kind))


@pytest.mark.parametrize("kind", ["traditional", "full_width"])
@pytest.mark.parametrize("text", SAYINGS)
def test_another_script_is_still_the_same_message(kind: str, text: str):
    assert all(normalise(noised).text == normalise(text).text for noised in written(text, kind))


@pytest.mark.parametrize("kind", ["emoji", "order_numbers", "doubled", "run_on_punctuation"])
@pytest.mark.parametrize("text", SAYINGS)
def test_what_is_added_takes_nothing_away(kind: str, text: str):
    for noised in written(text, kind):
        rest = iter(noised)
        assert len(noised) > len(text)
        assert all(character in rest for character in text)


@pytest.mark.parametrize("text", ["这个订单到哪了", "单号多少啊"])
def test_an_order_number_follows_the_word_for_it(text: str):
    assert all(re.search(r"单号?(SF|YT|JT)?\d{12,19}", n) for n in written(text, "order_numbers"))


@pytest.mark.parametrize("text", SAYINGS)
def test_what_is_sent_too_early_is_the_beginning_of_the_message(text: str):
    for noised in written(text, "clipped"):
        assert text.startswith(noised)
        assert len(text) / 2 <= len(noised) < len(text)


@pytest.mark.parametrize(
    ("kind", "text"), [("emoji_words", "花费太多"), ("initials", "不要紧身的"), ("bursts", "好")]
)
def test_a_text_in_which_nothing_can_be_changed_stays(kind: str, text: str):
    assert written(text, kind) == {text}


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_can_be_changed_always_is(kind: str):
    assert EVERYTHING not in written(EVERYTHING, kind)


@pytest.mark.parametrize("kind", ["homophones", "near_sounds", "lookalikes"])
def test_a_message_has_one_or_two_mistakes_and_with_more_strength_more(kind: str):
    text = "我的衣服没有收到，但是订单已经签收了，这是什么情况"

    usual = [places_changed(noised, text) for noised in written(text, kind)]
    strong = [places_changed(noised, text) for noised in written(text, kind, 3.0)]

    assert 1 <= min(usual) <= max(usual) <= 4 < min(strong)


@pytest.mark.parametrize(
    ("kind", "text", "strength", "ways"),
    [
        ("doubled", "好", 2.0, {"好好好", "好 好 好", "好\n好\n好"}),
        ("full_width", "12", 0.5, {"１2", "1２"}),
        ("traditional", "网线", 0.5, {"網线", "网線"}),
        ("clipped", "怎么退款", 3.0, {"怎么", "怎"}),
    ],
)
def test_strength_says_how_much_of_a_text_is_changed(
    kind: str, text: str, strength: float, ways: set[str]
):
    assert written(text, kind, strength) == ways


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "😀", "ok", "a", "123", "？", "\ud83d", " ", "\n"])
def test_nothing_that_is_typed_makes_it_fail_or_leaves_nothing(kind: str, text: str):
    for seed in range(5):
        assert bool(noisy(text, kind, seed)) == bool(text)


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(), max_size=60), st.integers())
def test_no_text_whatever_makes_a_kind_fail_or_change_its_mind(text: str, seed: int):
    for kind in KINDS:
        assert noisy(text, kind, seed) == noisy(text, kind, seed)


def test_the_same_seed_writes_the_same_in_another_process_on_the_other_python(
    checkout: Path, rasa_python: Path
):
    ask = (
        "import json, sys; from bot.language.noise import KINDS, noisy; "
        "print(json.dumps([noisy(t, k, s) for k in KINDS for s in range(9) for t in sys.argv[1:]]))"
    )

    command = [str(rasa_python), "-c", ask, *SAYINGS]
    theirs = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)

    ours = [noisy(text, kind, seed) for kind in KINDS for seed in range(9) for text in SAYINGS]
    assert json.loads(theirs.stdout) == ours


def test_other_seeds_write_otherwise():
    assert len(written(SAYINGS[0], "homophones")) > len(SEEDS) / 2


def test_a_kind_that_is_none_is_refused_by_its_name():
    with pytest.raises(ValueError, match="typos is no kind of noise; the kinds are homophones"):
        noisy("退款", "typos", 1)
