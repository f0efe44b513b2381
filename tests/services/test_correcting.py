"""At the desk: what is not understood surely is offered as a choice, and a person's word counts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.corrections_sql import SqlCorrections
from bot.adapters.database import Database
from bot.adapters.orders_sql import SqlOrders
from bot.core.conversation import Conversation, Speaker, Turn
from bot.core.moments import SHANGHAI
from bot.core.orders import Line, Order, OrderStatus
from bot.core.understanding import Entity, Intent, Understanding
from bot.language.extract import Extractor
from bot.services.correcting import Named
from bot.services.desk import Message
from bot.services.ports import UnknownConversation, UnknownIntent, UnknownMessage
from tests.databases import new_database
from tests.desks import desk_on

NOW = datetime(2025, 10, 20, 12, tzinfo=SHANGHAI)
ROUTER = Order(
    "251014000001",
    status=OrderStatus.DELIVERED,
    nickname="小雨",
    received_at=NOW - timedelta(days=3),
    signed_by="本人",
    lines=(Line("RT-1", "双频路由器", 1),),
)
DOUBT = {"missing_cable": 0.34, "faulty_cable": 0.3, "provide_info": 0.2, "quality_issue": 0.1}
SURE = {"missing_cable": 0.9, "faulty_cable": 0.05}
YES = {"affirm": 0.3, "provide_info": 0.28, "thanks": 0.1}
HEARD = {"那个线": DOUBT, "网线没有": SURE, "翻过了没有": YES, "行": YES, "谢谢": {"thanks": 0.9}}


class Ear:
    """Understands what the test says of each text; unsure where nothing stands out."""

    def __init__(self) -> None:
        self._extractor = Extractor()

    def understand(self, text: str) -> Understanding:
        guesses = next((found for said, found in HEARD.items() if said in text), {})
        ranking = tuple(Intent(*one) for one in guesses.items())
        found = self._extractor.extract(text)
        entities = tuple(Entity(e.entity, e.value, e.start, e.end, e.role) for e in found)
        return Understanding(text, ranking, entities, unsure=max(guesses.values(), default=0) < 0.4)


class Chat:
    """One conversation on a shop's desk."""

    def __init__(self, database: Database) -> None:
        self.desk = desk_on(database, Ear())
        self.kept = SqlConversations(database)
        self.corrections = SqlCorrections(database)
        self._turns = 0

    def customer(self, text: str, order_no: str | None = ROUTER.order_no) -> dict[str, Any]:
        return self.desk.advise(Message("c", self._next(), text, self._at(), order_no=order_no))

    def agent(self, text: str, script: str | None = None) -> None:
        self.desk.observe("c", self._next(), text, self._at(), script=script)

    def correct(self, message_id: str, intent: str, author: str = "小周") -> dict[str, Any]:
        return self.desk.correct("c", Named(message_id, intent, author, NOW + timedelta(hours=1)))

    def turn(self, message_id: str) -> Turn:
        return next(turn for turn in self.conversation().turns if turn.id == message_id)

    def conversation(self) -> Conversation:
        found = self.kept.load("c")
        assert found is not None
        return found

    def _next(self) -> str:
        self._turns += 1
        return f"m{self._turns}"

    def _at(self) -> datetime:
        return NOW + timedelta(minutes=self._turns)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(tmp_path / "shop.db")
    SqlOrders(opened).upsert(ROUTER)
    yield opened
    opened.close()


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


def cases(advice: dict[str, Any]) -> list[str]:
    return [choice["case"] for choice in advice["choices"]]


# ---- knowing what is not known ----


def test_a_doubtful_message_brings_the_likeliest_cases_to_choose_from(chat: Chat) -> None:
    advice = chat.customer("那个线呢")

    assert advice["choices"] == [
        {"case": "missing_cable", "title": "没收到网线", "confidence": 0.34},
        {"case": "faulty_cable", "title": "网线坏了", "confidence": 0.3},
        {"case": "quality_issue", "title": "质量问题", "confidence": 0.1},
    ]
    assert advice["chosen_by"] is None


def test_a_message_that_is_understood_surely_brings_none(chat: Chat) -> None:
    assert chat.customer("网线没有")["choices"] == []


def test_a_doubtful_answer_to_the_open_question_brings_none(chat: Chat) -> None:
    chat.customer("网线没有")
    chat.agent("麻烦您再找一下快递袋和盒子好吗")

    advice = chat.customer("翻过了没有")

    assert (advice["case"], advice["step"]) == ("missing_cable", "check_unpacking")
    assert advice["choices"] == []


def test_a_doubtful_message_that_answers_nothing_may_also_be_mere_talk(chat: Chat) -> None:
    chat.customer("网线没有")
    chat.agent("麻烦您再找一下快递袋和盒子好吗")

    assert cases(chat.customer("那个线")) == ["missing_cable", "faulty_cable", "provide_info"]


# ---- a person's word ----


def test_a_chosen_case_brings_its_advice_and_the_message_is_read_as_that(chat: Chat) -> None:
    chat.customer("那个线呢")

    advice = chat.correct("m1", "faulty_cable")

    reading = chat.turn("m1").reading
    assert (advice["case"], advice["intent"]) == (
        "faulty_cable",
        {"name": "faulty_cable", "confidence": 1.0},
    )
    assert (advice["choices"], advice["chosen_by"]) == ([], "小周")
    assert advice["order_no"] == ROUTER.order_no
    assert advice["message_id"] == "m1"
    assert advice["replies"][0]["script"].startswith("faulty_cable.")
    assert (reading.case, reading.intent, reading.step) == (
        "faulty_cable",
        "faulty_cable",
        advice["step"],
    )
    assert not reading.guessed


def test_the_same_message_again_gets_the_corrected_advice(chat: Chat) -> None:
    chat.customer("那个线呢")
    corrected = chat.correct("m1", "faulty_cable")

    again = chat.desk.advise(Message("c", "m1", "那个线呢", NOW))

    assert again == corrected


def test_what_the_message_states_still_counts_under_the_other_case(chat: Chat) -> None:
    words = "那个线，盒子里外都翻过了，桌子底下也找了"
    chat.customer(words)
    chat.correct("m1", "faulty_cable")

    back = chat.correct("m1", "missing_cable")

    assert back["step"] == "offer_compensation"
    assert chat.turn("m1").reading.said


def test_a_correction_is_judged_on_the_day_of_the_message(chat: Chat) -> None:
    first = chat.customer("那个线呢")

    assert chat.correct("m1", "missing_cable")["as_of"] == first["as_of"] == "2025-10-20"


def test_the_conversation_goes_on_in_the_chosen_case(chat: Chat) -> None:
    chat.customer("那个线呢")
    chat.agent("稍等哈")
    chat.correct("m1", "faulty_cable")

    assert chat.conversation().case == "faulty_cable"
    assert chat.customer("行")["case"] == "faulty_cable"


def test_a_reply_that_carried_out_a_step_of_the_other_case_stays_with_it(chat: Chat) -> None:
    wrong = chat.customer("那个线呢")
    chat.agent("麻烦再找找", wrong["replies"][0]["script"])
    chat.agent("稍等哈")

    chat.correct("m1", "faulty_cable")

    assert [chat.turn(reply).reading.case for reply in ("m2", "m3")] == [
        "missing_cable",
        "faulty_cable",
    ]


def test_only_what_stood_before_the_message_counts_for_its_advice(chat: Chat) -> None:
    first = chat.customer("网线没有")
    chat.agent("麻烦再找找", first["replies"][0]["script"])
    chat.customer("翻过了没有")

    assert chat.correct("m1", "missing_cable")["step"] == first["step"]


def test_a_choice_that_does_not_fit_the_order_leads_to_the_case_that_does(chat: Chat) -> None:
    chat.customer("那个线呢")

    advice = chat.correct("m1", "cancel_order")

    assert (advice["case"], advice["intent"]["name"]) == ("return_request", "cancel_order")
    assert chat.turn("m1").reading.intent == "cancel_order"


def test_which_order_is_meant_is_chosen_anew_for_the_other_case(
    chat: Chat, database: Database
) -> None:
    paid = Order(
        "251014000002", status=OrderStatus.PAID, nickname="小雨", lines=(Line("T", "茶杯", 1),)
    )
    SqlOrders(database).upsert(paid)
    told = Message("c", "m1", "那个线呢", NOW, nickname="小雨")
    first = chat.desk.advise(told)

    advice = chat.correct("m1", "cancel_order")

    assert first["order_no"] != advice["order_no"]
    assert chat.turn("m1").reading.said["which_order"] == advice["order_no"] == paid.order_no


def test_mere_talk_stays_with_the_case_that_is_open(chat: Chat) -> None:
    chat.customer("网线没有")
    chat.agent("麻烦您再找一下快递袋和盒子好吗")
    chat.customer("那个线")

    advice = chat.correct("m3", "provide_info")

    assert (advice["case"], advice["intent"]["name"]) == ("missing_cable", "provide_info")


def test_a_message_that_was_kept_but_not_answered_is_answered_first(chat: Chat) -> None:
    words = "那个线，盒子里外都翻过了，桌子底下也找了"
    about = Conversation("c", ROUTER.order_no)
    chat.kept.receive(about, "api", Turn("m1", Speaker.CUSTOMER, words, NOW))

    assert chat.correct("m1", "missing_cable")["step"] == "offer_compensation"


# ---- what is kept of it ----


def test_a_correction_is_kept_without_private_data_with_what_was_believed_before(
    chat: Chat,
) -> None:
    chat.customer("那个线呢，我电话13812345678")

    chat.correct("m1", "faulty_cable")

    (kept,) = chat.corrections.latest()
    assert kept.text == "那个线呢，我电话[电话x]"
    assert (kept.before, kept.chosen, kept.author) == ("missing_cable", "faulty_cable", "小周")
    assert (kept.conversation_id, kept.message_id) == ("c", "m1")
    assert kept.at == NOW + timedelta(hours=1)


def test_to_say_that_the_guess_was_right_is_kept_too(chat: Chat) -> None:
    chat.customer("那个线呢")

    advice = chat.correct("m1", "missing_cable")

    (kept,) = chat.corrections.latest()
    assert (kept.before, kept.chosen) == ("missing_cable", "missing_cable")
    assert (advice["case"], advice["choices"]) == ("missing_cable", [])


def test_the_last_correction_of_a_message_counts(chat: Chat) -> None:
    chat.customer("那个线呢")

    chat.correct("m1", "faulty_cable")
    last = chat.correct("m1", "quality_issue", "小李")

    (kept,) = chat.corrections.latest()
    assert (kept.before, kept.chosen, kept.author) == ("faulty_cable", "quality_issue", "小李")
    assert chat.kept.advice("c", "m1") == last


def test_later_messages_are_held_against_what_was_chosen(chat: Chat) -> None:
    chat.customer("那个线呢")

    chat.correct("m1", "faulty_cable")

    assert chat.turn("m1").reading.heard == {"faulty_cable": 1.0}


# ---- what cannot be corrected ----


def test_what_is_not_there_cannot_be_corrected(chat: Chat) -> None:
    with pytest.raises(UnknownConversation, match="c: 没有这段对话"):
        chat.correct("m1", "missing_cable")

    chat.customer("那个线呢")
    chat.agent("稍等哈")

    with pytest.raises(UnknownMessage, match="m9: 客户没有这条消息"):
        chat.correct("m9", "missing_cable")
    with pytest.raises(UnknownMessage, match="m2"):
        chat.correct("m2", "missing_cable")


@pytest.mark.parametrize("intent", ["unclear", "find_order", "no_such_thing"])
def test_what_no_customer_can_mean_is_refused_and_nothing_changes(chat: Chat, intent: str) -> None:
    advice = chat.customer("那个线呢")

    with pytest.raises(UnknownIntent, match=intent):
        chat.correct("m1", intent)

    assert chat.kept.advice("c", "m1") == advice
    assert chat.corrections.latest() == []
