"""Marks of exported chats are recognised as what they stand for."""

import pytest

from bot.language.masks import MASK, masks


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("[订单x]", "order"),
        ("[订单编号]", "order"),
        ("[ORDERID_[号码]]", "order"),
        ("[数字x]", "number"),
        ("[电话x]", "number"),
        ("[金额x]", "money"),
        ("[地址x]", "place"),
        ("[姓名x]", "name"),
        ("[日期x]", "day"),
        ("[时间x]", "clock"),
        ("[链接x]", "link"),
        ("[邮箱x]", "mail"),
        ("[图片]", "seen"),
    ],
)
def test_each_mark_has_its_kind(mark: str, kind: str):
    match = MASK.fullmatch(mark)

    assert match is not None
    assert match.lastgroup == kind


@pytest.mark.parametrize("text", ["[微笑]", "[]", "订单x", "[订单", "[[]]"])
def test_other_brackets_are_no_marks(text: str):
    assert list(masks(text)) == []
