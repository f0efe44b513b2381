"""The signs of the turns before a message."""

import pytest

from bot.language.exchange import Said, exchange_signs, length_class

AGENT, CUSTOMER = False, True


def test_before_the_first_message_there_is_nothing():
    assert exchange_signs([]) == {}


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("请问您的订单号是多少呢", "asked"),
        ("亲，收到了吗~", "asked"),
        ("可以给您补发一根吗？", "asked"),
        ("好的，已经为您登记了。", "told"),
    ],
)
def test_a_question_of_the_agent_is_told_from_a_statement(words: str, sign: str):
    assert sign in exchange_signs([Said(CUSTOMER, "没网线"), Said(AGENT, words)])


def test_it_is_known_who_spoke_last():
    agent_last = exchange_signs([Said(CUSTOMER, "没网线"), Said(AGENT, "稍等")])
    customer_last = exchange_signs([Said(AGENT, "稍等"), Said(CUSTOMER, "没网线")])

    assert "after_agent" in agent_last
    assert "after_customer" in customer_last


def test_only_the_end_of_the_agents_words_counts_as_what_was_asked():
    signs = exchange_signs([Said(AGENT, "您好，订单号发一下")])

    assert "end:^订" in signs
    assert "end:^您" not in signs


def test_words_of_one_kind_weigh_as_much_together_however_many_they_are():
    few = exchange_signs([Said(AGENT, "稍等")])
    many = exchange_signs([Said(AGENT, "您好这边给您查一下物流稍等")])

    def together(signs: dict[str, float]) -> float:
        return sum(w**2 for sign, w in signs.items() if sign.startswith("agent:"))

    assert together(few) == pytest.approx(together(many)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("好", 0), ("好的", 0), ("好的呢", 1), ("没收到货呀", 2), ("我的快递到哪了呢亲亲", 3),
     ("我的快递到哪了呢亲亲你们看看", 4), ("我的快递到哪了呢" * 4, 5)],
)  # fmt: skip
def test_messages_fall_into_classes_of_length(text: str, expected: int):
    assert length_class(text) == expected
