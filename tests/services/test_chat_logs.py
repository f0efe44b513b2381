"""What is kept of a shop's chats: its customers' messages, masked, and what was labelled."""

import json

import pytest

from bot.core.chat_history import as_lines, learned_and_held_out
from bot.services.chat_logs import read_history, without_private_data
from bot.services.logs import LogError

INTENTS = frozenset({"missing_cable", "thanks"})


def history(*rows, name: str = "chats.jsonl"):
    return read_history([(name, [json.dumps(row) for row in rows])], INTENTS)


def turn(role: str, text: str) -> dict[str, str]:
    return {"role": role, "text": text}


def test_customers_messages_and_the_others_replies_are_kept_apart_and_once():
    found = history(
        {"turns": [turn("customer", "没网线"), turn("agent", "稍等"), turn("bot", "您好")]},
        {"turns": [turn("customer", "没网线"), turn("agent", "稍等")]},
    )

    assert found.messages == ("没网线",)
    assert found.replies == ("稍等", "您好")


def test_a_text_file_holds_a_message_a_line():
    found = read_history([("said.txt", ["没网线\n", "\n", "谢谢\n"])], INTENTS)

    assert found.messages == ("没网线", "谢谢")


def test_a_labelled_message_keeps_who_labelled_it_and_when():
    found = history(
        {"text": "没网线", "intent": "missing_cable", "author": "小林", "date": "2026-03-01"}
    )

    assert json.loads(next(as_lines(found.examples))) == {
        "text": "没网线",
        "intent": "missing_cable",
        "author": "小林",
        "date": "2026-03-01",
    }


def test_the_later_label_of_a_message_counts():
    found = history({"text": "谢", "intent": "missing_cable"}, {"text": "谢", "intent": "thanks"})

    assert [one.intent for one in found.examples] == ["thanks"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"turns": [{"role": "boss", "text": "?"}]}, "line 1: turns[0].role"),
        ({"turns": [{"role": "agent"}]}, "line 1: text"),
        ({"turns": "none"}, "line 1: turns"),
        ({"text": "没网线", "intent": "cable"}, "line 1: intent: cable"),
        ({"words": "没网线"}, "line 1: text"),
        ([], "line 1: line"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_field(row, says: str):
    with pytest.raises(LogError, match=says.replace("[", r"\[").replace("]", r"\]")):
        history(row)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("电话13800001234找我", "电话[电话x]找我"),
        ("１３８ ００００ １２３４", "[电话x]"),
        ("单号SF1234567890123", "单号[数字x]"),
        ("看 https://shop.example/i?id=12&a=b 这个", "看 [链接x] 这个"),
        ("打到 wang.wu@mail.example 吧", "打到 [邮箱x] 吧"),
        ("收件人：王小五，在朝阳区幸福路12号楼3单元", "收件人：[姓名x]，[地址x]"),
        ("身份证110101199003070015", "身份证[身份证号x]"),
        ("分\n两行", "分 两行"),
        ("买了2件 每件39.9", "买了2件 每件39.9"),
        ("我叫了快递", "我叫了快递"),
    ],
)
def test_contacts_links_and_long_numbers_are_marks_before_anything_is_kept(text: str, kept: str):
    assert without_private_data(text) == kept


def test_a_quarter_of_the_labelled_messages_is_held_out_and_always_the_same():
    rows = [{"text": f"第{number}条没网线", "intent": "missing_cable"} for number in range(400)]

    kept, held_out = learned_and_held_out(history(*rows).examples)

    assert 70 <= len(held_out) <= 130
    assert learned_and_held_out(history(*reversed(rows)).examples)[1][::-1] == held_out
    assert {*kept, *held_out} == {*history(*rows).examples}
