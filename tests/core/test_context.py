"""The turns before a message bear on what it wants: the more, the less the message says itself."""

import pytest

from bot.core.context import ContextModel, Exchange, carried, in_context
from bot.core.understanding import Intent, Understanding

INTENTS = ("affirm", "missing_cable", "refund_not_received")
SHORT, LONG = 0, 5


def model(**changed) -> ContextModel:
    learned = {
        "intents": INTENTS,
        "trust": (1.0,) * 6,
        "carry": (3.0, 1.0, 1.0, 1.0, 1.0, 0.0),
        "reach": (1.0, 1.0, 1.0, 1.0, 1.0, 0.1),
        "signs": {"asked": (2.0, 0.0, 0.0)},
    }
    return ContextModel(**{**learned, **changed})


def heard(*shares: float) -> Understanding:
    ranking = tuple(Intent(name, share) for name, share in zip(INTENTS, shares, strict=True))
    return Understanding("…", tuple(sorted(ranking, key=lambda one: -one.confidence)))


def names(understanding: Understanding) -> list[str]:
    return [intent.name for intent in understanding.ranking]


def test_without_earlier_turns_the_ranking_stays_and_its_shares_add_up():
    found = in_context(heard(0.2, 0.7, 0.1), Exchange({}, LONG), model())

    assert names(found) == ["missing_cable", "affirm", "refund_not_received"]
    assert sum(one.confidence for one in found.ranking) == pytest.approx(1)


def test_a_short_message_after_a_question_is_its_answer():
    exchange = Exchange({"asked": 1.0}, SHORT)

    assert names(in_context(heard(0.3, 0.4, 0.3), exchange, model()))[0] == "affirm"


def test_a_long_message_speaks_for_itself_whatever_was_asked():
    exchange = Exchange({"asked": 1.0}, LONG)

    assert names(in_context(heard(0.3, 0.4, 0.3), exchange, model()))[0] == "missing_cable"


def test_a_follow_up_of_few_words_is_about_what_was_wanted_before():
    exchange = Exchange({}, SHORT, ({"refund_not_received": 0.8},))

    assert names(in_context(heard(0.2, 0.4, 0.4), exchange, model()))[0] == "refund_not_received"


def test_what_was_wanted_longer_ago_counts_less():
    found = carried(({"missing_cable": 0.9}, {"refund_not_received": 0.9}))

    assert found == {"refund_not_received": 0.9, "missing_cable": pytest.approx(0.54)}


def test_an_earlier_yes_does_not_make_another_yes_likelier():
    assert carried(({"affirm": 0.9},)) == {}


def test_a_sign_that_nobody_has_taught_says_nothing():
    exchange = Exchange({"never seen": 5.0}, SHORT)

    assert in_context(heard(0.2, 0.7, 0.1), exchange, model()) == in_context(
        heard(0.2, 0.7, 0.1), Exchange({}, SHORT), model()
    )


def test_of_a_message_that_says_nothing_nothing_is_made():
    assert in_context(Understanding("…"), Exchange({"asked": 1.0}, SHORT), model()).ranking == ()


@pytest.mark.parametrize(
    ("shares", "unsure"),
    [((0.2, 0.56, 0.24), False), ((0.2, 0.54, 0.26), True)],
)
def test_whether_it_is_sure_is_judged_after_the_exchange(shares, unsure: bool):
    exchange = Exchange({}, LONG)

    assert in_context(heard(*shares), exchange, model()).unsure == unsure


def test_doubt_favours_what_is_none_of_the_shops_business():
    intents = ("missing_cable", "out_of_scope")
    heard = Understanding("…", (Intent("missing_cable", 0.55), Intent("out_of_scope", 0.45)))

    found = in_context(heard, Exchange({}, LONG), model(intents=intents, signs={}))

    assert names(found) == ["out_of_scope", "missing_cable"]
    sure = Understanding("…", (Intent("missing_cable", 0.8), Intent("out_of_scope", 0.2)))
    assert (
        names(in_context(sure, Exchange({}, LONG), model(intents=intents, signs={})))[0]
        == "missing_cable"
    )
