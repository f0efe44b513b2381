"""Messages written one after the other are one turn, and each want in them is heard."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.understanding import Understanding
from bot.services.listening import listen
from tests.fakes import DownReader, FakeReader


def listened(intents: Mapping[str, str], text: str, *before: str) -> tuple[str | None, list[str]]:
    """The want that is served, and all that are named."""
    reader = FakeReader(intents)
    found = listen(reader, before, reader.understand(text))
    return found.heard.intent.name if found.heard.intent else None, [*found.wants]


def test_of_two_wants_joined_by_a_word_the_first_is_served_and_both_are_named() -> None:
    intents = {"没收到网线": "missing_cable", "另外发票什么时候开": "invoice_request"}

    served, wants = listened(intents, "没收到网线，另外发票什么时候开")

    assert served == "missing_cable"
    assert wants == ["missing_cable", "invoice_request"]


def test_a_want_beside_an_answer_is_named() -> None:
    intents = {"另外发票什么时候开": "invoice_request"}

    _, wants = listened(intents, "都翻过了没有，另外发票什么时候开")

    assert wants == ["invoice_request"]


def test_a_sentence_alone_is_no_second_want() -> None:
    intents = {"快递太慢了。杯子碎了": "damaged_item", "杯子碎了": "damaged_item"}

    served, wants = listened(intents, "快递太慢了。打开一看。杯子碎了")

    assert (served, wants) == ("provide_info", [])


def test_two_questions_are_two_wants() -> None:
    both = "退款什么时候到账？发票能开吗？"
    intents = {
        both: "invoice_request",
        "退款什么时候到账？": "refund_not_received",
        "发票能开吗？": "invoice_request",
    }

    served, wants = listened(intents, both)

    assert served == "invoice_request"
    assert wants == ["refund_not_received", "invoice_request"]


def test_a_sentence_sent_in_two_pieces_is_understood_whole() -> None:
    served, _ = listened({"退款，怎么还没到": "refund_not_received"}, "怎么还没到", "退款")

    assert served == "refund_not_received"


def test_thanks_behind_a_question_do_not_take_it_back() -> None:
    intents = {"谢谢": "thanks", "退货运费谁出，谢谢": "return_freight"}

    served, _ = listened(intents, "谢谢", "退货运费谁出")

    assert served == "return_freight"


def test_a_clear_message_is_heard_as_it_is() -> None:
    served, _ = listened({"发票怎么开": "invoice_request"}, "发票怎么开", "在吗")

    assert served == "invoice_request"


def test_a_message_alone_is_not_understood_again() -> None:
    class Counting(FakeReader):
        asked = 0

        def understand(self, text: str) -> Understanding:
            self.asked += 1
            return super().understand(text)

    reader = Counting({})
    heard = reader.understand("还没到")

    listen(reader, [], heard)

    assert reader.asked == 1


@pytest.mark.parametrize("entity_of", ["订单251014000001", "昨天买的"])
def test_the_entities_stay_those_of_the_message(entity_of: str) -> None:
    reader = FakeReader({f"没收到网线，{entity_of}": "missing_cable"})
    heard = reader.understand(entity_of)

    found = listen(reader, ["没收到网线"], heard)

    assert found.heard.entities == heard.entities
    assert found.heard.text == entity_of


def test_while_nobody_understands_the_message_stands_for_itself() -> None:
    heard = FakeReader({"怎么还没到": "where_is_my_order"}).understand("怎么还没到")

    found = listen(DownReader(), ["退款"], replace(heard, unsure=True))

    assert found.heard.ranking == heard.ranking
    assert found.wants == ()
