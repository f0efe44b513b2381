"""Whether a short answer, its punctuation made narrow, means yes or no."""

import pytest

from bot.core.answers import polarity

YES = [
    "好", "好的", "好的呀", "可以", "可以的亲", "行", "行吧", "那行", "嗯", "嗯嗯", "是", "是的", "对",
    "要的", "同意", "没问题", "没关系", "没错", "确认", "ok", "OK", "成", "得嘞", "接受", "有", "愿意",
    "就这样吧", "都行", "知道了", "收到", "当然", "不错", "麻烦您了", "嗯,好", "哦哦好的", "肯定要",
]  # fmt: skip
NO = [
    "不", "不要", "不行", "不用", "不用了", "不同意", "没有", "没", "没呢", "别", "否", "算了", "拒绝",
    "无", "真没有", "真的没有", "还是不行", "都没有", "也没有", "确实没有", "嗯,没有", "亲,不要了", "但是没有",
    "才不", "并未", "肯定不要",
]  # fmt: skip
NEITHER = [
    "", "…", "多少钱", "黑色", "13800001234", "明天", "不好意思", "不知道", "不客气", "不急", "是不是坏了",
    "可不可以", "能不能快点", "行不行", "好像有", "有没有", "别急",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes_is_a_yes(text: str) -> None:
    assert polarity(text) is True


@pytest.mark.parametrize("text", NO)
def test_a_no_is_a_no(text: str) -> None:
    assert polarity(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_neither_is_not_taken_for_either(text: str) -> None:
    assert polarity(text) is None


@pytest.mark.parametrize(("text", "meant"), [(" 好 ", True), ("~不要", False), ("\n可以\n", True)])
def test_blanks_around_an_answer_do_not_matter(text: str, meant: bool) -> None:
    assert polarity(text) is meant
