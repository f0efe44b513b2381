"""Which parts of a message stand for themselves."""

import pytest

from bot.core.wants import joined_parts, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("网线没收到，另外发票什么时候开", ["网线没收到", "另外发票什么时候开"]),
        ("我要退货,顺便问下运费险赔多少", ["我要退货", "顺便问下运费险赔多少"]),
        ("没收到网线 还有你们客服都不理人", ["没收到网线", "还有你们客服都不理人"]),
    ],
)
def test_a_connecting_word_begins_another_want(text: str, parts: list[str]) -> None:
    assert joined_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    ["网线没收到怎么办", "找过了，还有没有别的办法", "请问,还有几天到", "另外发票什么时候开"],
)
def test_other_words_belong_to_what_was_said_before(text: str) -> None:
    assert joined_parts(text) == [text]


def test_what_says_nothing_by_itself_is_no_part() -> None:
    assert joined_parts("在吗，另外发票什么时候开") == ["另外发票什么时候开"]


def test_each_question_is_a_sentence() -> None:
    assert sentences("退款什么时候到账？发票能开吗？") == ["退款什么时候到账？", "发票能开吗？"]
    assert sentences("东西坏了。怎么退货\n在吗") == ["东西坏了", "怎么退货"]
