"""What was corrected at the desk is learned from like a labelled line of the logs."""

from datetime import timedelta

from bot.core.chat_history import ChatHistory, Example, with_corrections
from bot.core.corrections import Correction
from tests.builders import moment

INTENTS = frozenset({"missing_cable", "thanks"})


def corrected(text: str, chosen: str, author: str = "小周", hours: int = 0) -> Correction:
    at = moment() + timedelta(hours=hours)
    return Correction("c-1", f"m-{hours}", text, None, chosen, author, at)


def test_a_correction_is_an_example_with_its_author_and_day() -> None:
    found = with_corrections(ChatHistory(), [corrected("线呢", "missing_cable")], INTENTS)

    assert found.examples == (Example("线呢", "missing_cable", "小周", "2026-03-12"),)
    assert found.messages == ("线呢",)


def test_what_the_logs_hold_stays_beside_it_each_message_once() -> None:
    logs = ChatHistory(("线呢", "谢啦"), ("稍等",), (Example("谢啦", "thanks"),))

    found = with_corrections(logs, [corrected("线呢", "missing_cable")], INTENTS)

    assert found.messages == ("线呢", "谢啦")
    assert found.replies == ("稍等",)
    assert {one.text: one.intent for one in found.examples} == {
        "线呢": "missing_cable",
        "谢啦": "thanks",
    }


def test_of_the_same_words_the_latest_correction_counts() -> None:
    told = [corrected("好", "missing_cable"), corrected("好", "thanks", "小李", hours=1)]

    (example,) = with_corrections(ChatHistory(), told, INTENTS).examples

    assert (example.intent, example.author) == ("thanks", "小李")


def test_a_label_in_the_logs_counts_before_any_correction() -> None:
    logs = ChatHistory(("好",), (), (Example("好", "thanks", "主管"),))

    found = with_corrections(logs, [corrected("好", "missing_cable")], INTENTS)

    assert found.examples == logs.examples


def test_what_the_model_has_no_name_for_or_has_no_words_is_not_learned() -> None:
    told = [corrected("三年质保吗", "car_guarantee"), corrected("", "thanks", hours=1)]

    assert with_corrections(ChatHistory(), told, INTENTS) == ChatHistory()
