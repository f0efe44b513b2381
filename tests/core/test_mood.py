"""How a customer feels, message by message."""

from datetime import datetime, timedelta

import pytest

from bot.core.conversation import Reading, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.mood import LOOKED_AT, Mood, mood_of

NOON = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)


def says(*texts: str, intent: str = "missing_cable") -> list[Turn]:
    return [
        Turn(f"t{n}", Speaker.CUSTOMER, text, NOON + timedelta(minutes=n), Reading(intent=intent))
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("没收到网线", Mood.CALM),
        ("请问什么时候发货？", Mood.CALM),
        ("麻烦快递放门口", Mood.CALM),
        ("怎么还没到账", Mood.ANXIOUS),
        ("都等了五天了", Mood.ANXIOUS),
        ("我很急用", Mood.ANXIOUS),
        ("你们就是骗子", Mood.ANGRY),
        ("再不处理我打12315", Mood.ANGRY),
    ],
)
def test_one_message_shows_as_much_as_it_says(text, mood):
    assert mood_of(says(text)) is mood


def test_it_rises_with_each_message_that_presses():
    pressing = ("怎么还没到", "到底什么时候到！！", "没人管吗？？")

    assert [mood_of(says(*pressing[:n])) for n in range(4)] == [
        Mood.CALM,
        Mood.ANXIOUS,
        Mood.ANXIOUS,
        Mood.ANGRY,
    ]


def test_it_cools_when_calm_words_follow():
    angry = says("你们是骗子", "订单号是一二三", "好的", "可以")

    assert [mood_of(angry[:n]) for n in (1, 2, 3)] == [Mood.ANGRY, Mood.ANXIOUS, Mood.CALM]


def test_thanks_end_it_unless_they_are_meant_bitterly():
    thanked = says("你们是骗子") + says("谢谢", intent="thanks")
    bitter = says("你们是骗子") + says("谢谢你们骗人", intent="thanks")

    assert mood_of(thanked) is Mood.CALM
    assert mood_of(bitter) is Mood.ANGRY


def test_a_complaint_is_anger_in_whatever_words():
    assert mood_of(says("我要说说你们的服务", intent="complaint")) is Mood.ANGRY


def test_only_the_customers_own_latest_words_count():
    agent = [Turn("a", Speaker.AGENT, "有骗子冒充我们", NOON)]
    long_ago = says("你们是骗子", *["好"] * LOOKED_AT)

    assert mood_of(agent) is Mood.CALM
    assert mood_of(long_ago) is Mood.CALM
