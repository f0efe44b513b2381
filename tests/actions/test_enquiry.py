"""What of a tracker reaches the desk."""

from actions.enquiry import heard_in, message_in
from tests.actions.conftest import NOW, tracker


def test_the_conversation_is_the_senders_and_the_moment_is_given():
    message = message_in(tracker("没收到网线", "missing_cable"), NOW)

    assert (message.conversation_id, message.text, message.at) == ("web:1", "没收到网线", NOW)
    assert message.channel == "rest"


def test_who_writes_and_about_which_order_comes_from_the_channel():
    about = {"order_no": " 251014000001 ", "nickname": "小雨", "shop": "routers"}

    message = message_in(tracker("到哪了", "where_is_my_order", metadata=about), NOW)

    assert (message.order_no, message.nickname, message.shop) == ("251014000001", "小雨", "routers")


def test_a_channel_that_says_nothing_leaves_all_that_open():
    message = message_in(tracker("到哪了", "where_is_my_order"), NOW)

    assert (message.order_no, message.nickname, message.shop) == (None, None, "")


def test_what_is_no_text_is_not_believed():
    about = {"order_no": 251014000001, "nickname": ["小雨"], "shop": {}, "message_id": ""}

    message = message_in(tracker("到哪了", "where_is_my_order", "m7", about), NOW)

    assert (message.order_no, message.nickname, message.shop) == (None, None, "")
    assert message.id == "m7"


def test_a_message_that_the_channel_sends_again_keeps_its_id():
    first = tracker("到哪了", "where_is_my_order", "a1", {"message_id": 42})
    again = tracker("到哪了", "where_is_my_order", "b2", {"message_id": 42})

    assert message_in(first, NOW).id == message_in(again, NOW).id == "web:1:42"


def test_what_rasa_heard_is_not_heard_again():
    entity = {"entity": "order_no", "value": "251014000001", "start": 0, "end": 12}

    heard = heard_in(tracker("251014000001 到哪了", "where_is_my_order", entities=[entity]))

    assert heard.intent is not None
    assert (heard.intent.name, heard.intent.confidence) == ("where_is_my_order", 0.9)
    assert [(e.entity, e.value, e.start, e.end) for e in heard.entities] == [
        ("order_no", "251014000001", 0, 12)
    ]
    assert not heard.unsure


def test_the_fallback_is_a_doubt_and_no_intent():
    fallback = {"name": "nlu_fallback", "confidence": 0.7}
    greet = {"name": "greet", "confidence": 0.3}

    heard = heard_in(tracker("嗯那个", "nlu_fallback", intent_ranking=[fallback, greet]))

    assert heard.unsure
    assert [intent.name for intent in heard.ranking] == ["greet"]
