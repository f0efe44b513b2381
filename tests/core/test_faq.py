"""The shop's own answers to questions that come up again and again."""

import pytest

from bot.core.faq import Entry, Faq

WIFI = Entry("wifi", ("怎么改无线密码", "WiFi密码在哪里改"), "在管理页面的无线设置里改。")
RESET = Entry("reset", ("怎么恢复出厂设置",), "按住复位孔五秒。")
SHOP = Faq((WIFI, RESET))


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("怎么改无线密码", WIFI),
        ("请问无线密码怎么改", WIFI),
        ("wifi密码在哪里改啊", WIFI),
        ("怎么恢复出厂设置？", RESET),
    ],
)
def test_a_question_is_answered_by_the_entry_most_like_it(question: str, entry: Entry) -> None:
    assert SHOP.answer(question) == entry.answer


@pytest.mark.parametrize("question", ["退款什么时候到", "", "好", "无线"])
def test_a_question_like_none_of_them_is_left_to_a_person(question: str) -> None:
    assert SHOP.answer(question) is None


def test_a_shop_without_answers_answers_nothing() -> None:
    assert Faq().answer("怎么改无线密码") is None
