"""What of a training document is said to customers, and what stands around it."""

import pytest

from bot.core.passages import Block, Passage, bare, passages, table


def read(*texts: str) -> list[Passage]:
    return list(passages(Block(text, f"第{n}段") for n, text in enumerate(texts, start=1)))


def said(*texts: str) -> list[str]:
    return [one.text for one in read(*texts) if one.said]


def test_a_paragraph_that_addresses_the_customer_is_said() -> None:
    assert said("亲，麻烦您再找找快递袋哦。") == ["亲，麻烦您再找找快递袋哦。"]


@pytest.mark.parametrize(
    "text",
    [
        "客户收货后反馈没有网线的，先让客户找一找。",
        "登记到补发表里，每周一发给仓库。",
        "先这样回复您的客户：",
    ],
)
def test_what_tells_colleagues_what_to_do_is_kept_but_not_said(text: str) -> None:
    (only,) = read(text)

    assert not only.said


def test_of_a_dialogue_the_agents_words_are_said_and_the_customers_tell_what_it_is_about() -> None:
    first, second = read(
        "客户：网线没找到啊", "客服：丢在哪里查不出来了，给您补一点可以吗", "客服：您看行吗"
    )

    assert first.text == "丢在哪里查不出来了，给您补一点可以吗"
    assert first.context == "网线没找到啊"
    assert second.text == "您看行吗"


def test_a_dialogue_in_one_paragraph_is_split() -> None:
    assert said("问：运费谁出？ 答：质量问题我们出 问：那别的呢？ 答：别的由您出") == [
        "质量问题我们出",
        "别的由您出",
    ]


def test_what_is_quoted_as_an_answer_is_said_and_the_telling_before_it_says_when() -> None:
    (only,) = read("客户说“没有收到网线”，先告知客户：“线是灰色的，折叠起来放在袋子里”")

    assert only.text == "线是灰色的，折叠起来放在袋子里"
    assert only.context == "客户说没有收到网线，先告知客户："


def test_a_customers_words_in_quotes_are_not_said() -> None:
    assert said("若客户还是说“没有找到网线”，") == []


def test_a_customers_words_in_quotes_tell_what_the_next_answer_is_about() -> None:
    passage = read("若客户说“没有找到网线”", "亲，您看看拆包的地方好吗？")[-1]

    assert passage.context == "若客户说没有找到网线，"


def test_a_buttons_name_in_quotes_is_no_answer() -> None:
    (only,) = read("让客户在系统里选“我要退款”再提交，由售后审核。")

    assert not only.said


def test_a_quotation_on_a_line_of_its_own_is_said_to_what_was_told_before() -> None:
    passage = read("二、网线问题", "客户收到货说没有线，先回复：", "“亲，线是灰色的，您再找找”")[-1]

    assert passage.said
    assert passage.text == "亲，线是灰色的，您再找找"
    assert passage.context == "网线问题。客户收到货说没有线，先回复："


def test_a_heading_is_no_wording_and_what_was_told_before_it_no_longer_counts() -> None:
    found = read("一、退货", "客户要退货的，看期限。", "二、换货", "亲，您想换成什么呢？")

    assert [one.text for one in found] == ["客户要退货的，看期限。", "亲，您想换成什么呢？"]
    assert found[-1].context == "换货"


def test_where_a_passage_stands_is_kept() -> None:
    assert read("第一行标题", "亲，您好，请稍等一下。")[0].where == "第2段"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1、您好", "您好"),
        ("（2）您好", "您好"),
        ("• 您好", "您好"),
        ("“您好”", "您好"),
        ("(“您好，在的”)", "您好，在的"),
        ("1.5元一根", "1.5元一根"),
        ("三天内补发", "三天内补发"),
    ],
)
def test_a_lists_number_and_quotes_around_are_no_words(text: str, left: str) -> None:
    assert bare(text) == left


class TestTable:
    def test_only_the_column_of_replies_is_read_and_the_others_say_what_it_is_about(self) -> None:
        rows = [
            ("表1第1行", ["场景", "话术", "备注"]),
            ("表1第2行", ["没收到网线", "线是灰色的，再找找", "常见"]),
        ]

        (block,) = table(rows)

        assert (block.text, block.where) == ("线是灰色的，再找找", "表1第2行第2列")
        assert block.beside == "没收到网线。常见"
        assert [one.said for one in passages([block])] == [True]

    def test_without_such_a_heading_every_cell_is_read_after_those_to_its_left(self) -> None:
        blocks = list(table([("表1第1行", ["没收到网线", "亲，您再找找"])]))

        assert [one.text for one in blocks] == ["没收到网线", "亲，您再找找"]
        assert blocks[1].beside == "没收到网线"

    def test_several_wordings_in_one_cell_are_several_passages(self) -> None:
        rows = [("表1第1行", ["问题", "回复"]), ("表1第2行", ["慢", "快了\n\n在路上了"])]

        assert [one.text for one in table(rows)] == ["快了", "在路上了"]
