"""What to choose from when a message was not understood surely."""

from dataclasses import replace

import pytest

from bot.core.choices import MOST, Choice, choices
from bot.core.understanding import Intent
from tests.builders import playbook, policy

SHOP = policy(
    *(
        playbook(name)
        for name in ("missing_cable", "return_request", "refund_amount", "thanks", "provide_info")
    )
)


def offered(case: str | None = None, **ranking: float) -> list[str]:
    ranked = tuple(Intent(*one) for one in ranking.items())
    return [choice.case for choice in choices(ranked, case, SHOP)]


def test_the_likeliest_cases_are_offered_best_first_with_their_titles() -> None:
    ranking = (Intent("return_request", 0.34), Intent("missing_cable", 0.3))

    assert choices(ranking, None, SHOP) == (
        Choice("return_request", "退货", 0.34),
        Choice("missing_cable", "没收到网线", 0.3),
    )


def test_no_more_are_offered_than_are_taken_in_at_a_glance() -> None:
    found = offered(
        "missing_cable", return_request=0.3, missing_cable=0.2, refund_amount=0.2, thanks=0.1
    )

    assert len(found) == MOST


@pytest.mark.parametrize(("third", "count"), [(0.05, 3), (0.049, 2)])
def test_a_third_case_is_offered_only_when_it_is_worth_a_look(third: float, count: int) -> None:
    assert len(offered(return_request=0.3, missing_cable=0.25, refund_amount=third)) == count


def test_the_second_case_is_offered_however_unlikely_it_is() -> None:
    assert offered(return_request=0.3, missing_cable=0.01) == ["return_request", "missing_cable"]


def test_one_case_alone_is_no_choice() -> None:
    assert offered(return_request=0.3) == []
    assert offered() == []


def test_an_intent_without_a_playbook_is_never_offered() -> None:
    found = offered(invoice_request=0.3, return_request=0.2, missing_cable=0.1)

    assert found == ["return_request", "missing_cable"]


def test_what_only_asks_for_clearer_words_is_never_offered() -> None:
    shop = policy(*SHOP.playbooks.values(), replace(playbook("unclear"), generic=True))
    ranking = (Intent("unclear", 0.4), Intent("return_request", 0.2), Intent("missing_cable", 0.1))

    assert [one.case for one in choices(ranking, None, shop)] == ["return_request", "missing_cable"]


def test_talk_is_offered_once_and_only_where_a_case_is_open() -> None:
    ranking = {"missing_cable": 0.3, "provide_info": 0.25, "thanks": 0.2, "return_request": 0.1}

    assert offered("missing_cable", **ranking) == [
        "missing_cable",
        "provide_info",
        "return_request",
    ]
    assert offered(**ranking) == ["missing_cable", "return_request"]


def test_talk_that_is_the_likeliest_of_all_is_offered_also_at_the_start() -> None:
    assert offered(thanks=0.3, missing_cable=0.25) == ["thanks", "missing_cable"]
