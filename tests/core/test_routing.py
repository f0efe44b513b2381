"""Which case a message is about."""

import re
from dataclasses import replace

import pytest

from bot.core.facts import Facts
from bot.core.playbook import Decision, Instead, Playbook
from bot.core.playbook import Test as Check
from bot.core.policy import Policy
from bot.core.routing import (
    LIKELY,
    SIGN,
    UNLIKELY,
    Route,
    Standing,
    redirect,
    route,
    route_as_named,
    weigh,
)
from bot.core.understanding import Intent, Understanding
from tests.builders import TODAY, heard, known, playbook, policy, step, when

SHIPPED = when("order_status", Check.IS, "shipped")
INTERCEPT = replace(
    playbook("intercept_parcel"),
    concerns=(SHIPPED,),
    signs=(re.compile("拦|撤"),),
    covers=("cancel_order",),
    instead=(Instead((when("order_status", Check.IS, "delivered"),), "return_request"),),
)
CANCEL = replace(
    playbook("cancel_order"),
    concerns=(when("order_status", Check.IS, "paid"),),
    instead=(Instead((SHIPPED,), "intercept_parcel"),),
)
RETURN = replace(playbook("return_request"), generic=True)
INSURANCE = playbook("freight_insurance")
TALK = [
    playbook(name) for name in ("thanks", "affirm", "provide_info", "complaint", "out_of_scope")
]
SHOP = policy(INTERCEPT, CANCEL, RETURN, INSURANCE, *TALK)
NOTHING = Facts()


def case(
    message: Understanding,
    standing: Standing | None = None,
    facts: Facts = NOTHING,
    shop: Policy = SHOP,
) -> str | None:
    return route(message, standing or Standing(), shop, facts, TODAY).case


# ---- the first message ----


def test_the_surest_intent_opens_its_case() -> None:
    assert case(heard(freight_insurance=0.8, return_request=0.1)) == "freight_insurance"


def test_a_message_without_any_intent_opens_none() -> None:
    assert route(heard(), Standing(), SHOP, NOTHING, TODAY) == Route(None, None)


def test_of_two_doubtful_intents_the_one_that_fits_the_order_opens() -> None:
    doubtful = heard(unsure=True, freight_insurance=0.2, cancel_order=0.18)

    assert case(doubtful) is None
    assert case(doubtful, facts=known(order_status="paid")) == "cancel_order"


@pytest.mark.parametrize(("confidence", "opened"), [(0.30, "freight_insurance"), (0.14, None)])
def test_an_unsure_guess_must_be_good_enough_to_work_on(
    confidence: float, opened: str | None
) -> None:
    assert case(heard(unsure=True, freight_insurance=confidence, return_request=0.13)) == opened


@pytest.mark.parametrize(("rest", "opened"), [(0.15, "freight_insurance"), (0.18, None)])
def test_a_fair_guess_opens_when_it_is_well_ahead(rest: float, opened: str | None) -> None:
    assert case(heard(unsure=True, freight_insurance=0.2, return_request=rest)) == opened


def test_telling_words_open_a_case_that_the_classifier_did_not_think_of() -> None:
    message = heard(unsure=True, provide_info=0.1)

    found = case(message, Standing(words="还能拦吗"), known(order_status="shipped"))

    assert found == "intercept_parcel"


def test_talk_that_holds_telling_words_opens_their_case() -> None:
    message = heard(affirm=0.9)

    found = case(message, Standing(words="好,撤了吧"), known(order_status="shipped"))

    assert found == "intercept_parcel"


def test_talk_without_telling_words_opens_only_talk() -> None:
    assert case(heard(affirm=0.9), Standing(words="好")) == "affirm"


@pytest.mark.parametrize(("confidence", "opened"), [(0.30, "affirm"), (0.29, None)])
def test_doubtful_talk_opens_nothing(confidence: float, opened: str | None) -> None:
    assert case(heard(unsure=True, affirm=confidence)) == opened


# ---- the weights ----


@pytest.mark.parametrize(
    ("status", "weight"), [("paid", 0.5 * LIKELY), ("closed", 0.5 * UNLIKELY), (None, 0.5)]
)
def test_the_orders_state_speaks_for_or_against_a_case_or_neither_way(
    status: str | None, weight: float
) -> None:
    facts = known(order_status=status) if status else NOTHING

    (weighed,) = weigh(heard(cancel_order=0.5).ranking, "", SHOP, facts, TODAY)

    assert weighed.confidence == pytest.approx(weight)


def test_telling_words_are_weighed_by_the_orders_state_too() -> None:
    shipped = weigh((), "拦一下", SHOP, known(order_status="shipped"), TODAY)
    closed = weigh((), "拦一下", SHOP, known(order_status="closed"), TODAY)

    assert shipped[0].confidence == pytest.approx(SIGN * LIKELY)
    assert closed[0].confidence == pytest.approx(SIGN * UNLIKELY)


def test_an_intent_nobody_serves_has_no_weight() -> None:
    assert weigh(heard(car_repair=0.9).ranking, "", SHOP, NOTHING, TODAY) == ()


# ---- an open case ----

OPEN = Standing(case="intercept_parcel", asked=True)


def test_an_answer_stays_with_its_question_whatever_else_it_sounds_like() -> None:
    message = heard(return_request=0.95)

    assert case(message, replace(OPEN, relevant=True)) == "intercept_parcel"


@pytest.mark.parametrize("talk", ["affirm", "provide_info"])
def test_talk_stays_with_the_open_case(talk: str) -> None:
    message = Understanding("…", (Intent(talk, 0.9),))

    assert case(message, OPEN) == "intercept_parcel"


def test_what_the_open_case_covers_stays_with_it() -> None:
    assert case(heard(cancel_order=0.95), OPEN) == "intercept_parcel"


@pytest.mark.parametrize(
    ("asked", "confidence", "found"),
    [
        (True, 0.59, "intercept_parcel"),
        (True, 0.60, "freight_insurance"),
        (False, 0.44, "intercept_parcel"),
        (False, 0.45, "freight_insurance"),
    ],
)
def test_another_case_must_be_clear_to_be_opened_and_clearer_while_a_question_is_open(
    asked: bool, confidence: float, found: str
) -> None:
    standing = Standing(case="intercept_parcel", asked=asked)

    assert case(heard(freight_insurance=confidence), standing) == found


@pytest.mark.parametrize(("confidence", "found"), [(0.79, "intercept_parcel"), (0.80, "complaint")])
def test_a_grumble_in_passing_does_not_close_a_case(confidence: float, found: str) -> None:
    assert case(heard(complaint=confidence), OPEN) == found


def test_a_doubtful_message_among_whose_guesses_is_the_open_case_stays() -> None:
    message = heard(unsure=True, freight_insurance=0.7, intercept_parcel=0.1)

    assert case(message, OPEN) == "intercept_parcel"


def test_a_case_that_only_hands_over_is_left_as_soon_as_another_is_clear() -> None:
    standing = Standing(case="return_request", asked=True)

    assert case(heard(freight_insurance=0.35), standing) == "freight_insurance"
    assert case(heard(unsure=True, freight_insurance=0.1), standing) == "return_request"


def test_a_message_that_says_nothing_stays_with_the_open_case() -> None:
    assert case(heard(unsure=True), OPEN) == "intercept_parcel"


# ---- thanks ----


def test_thanks_close_what_has_been_told() -> None:
    told = Standing(case="freight_insurance", settled=True)

    assert case(heard(thanks=0.9), told) == "thanks"


def test_thanks_that_answer_a_question_do_not_close_it() -> None:
    told = Standing(case="freight_insurance", settled=True, relevant=True)

    assert case(heard(thanks=0.9), told) == "freight_insurance"
    assert case(heard(thanks=0.9), OPEN) == "intercept_parcel"


# ---- the orders state redirects ----


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("paid", "cancel_order"),
        ("shipped", "intercept_parcel"),
        (None, "cancel_order"),
    ],
)
def test_an_order_on_its_way_is_intercepted_instead_of_cancelled(
    status: str | None, found: str
) -> None:
    facts = known(order_status=status) if status else NOTHING

    assert redirect("cancel_order", SHOP, facts, TODAY).case == found


def test_an_open_case_moves_on_with_the_order() -> None:
    assert case(heard(affirm=0.9), OPEN, known(order_status="delivered")) == "return_request"


def test_two_cases_that_point_at_each_other_come_to_an_end() -> None:
    here = replace(playbook("here"), instead=(Instead((), "there"),))
    there = replace(playbook("there"), instead=(Instead((), "here"),))

    found = redirect("here", policy(here, there), NOTHING, TODAY)

    assert found.case in {"here", "there"}
    assert found.playbook is not None


@pytest.mark.parametrize("name", [None, "car_repair"])
def test_a_case_nobody_serves_leads_nowhere(name: str | None) -> None:
    assert redirect(name, SHOP, NOTHING, TODAY) == Route(None, None)


def test_a_playbook_may_serve_several_intents_and_the_intent_stays_named() -> None:
    money: Playbook = playbook("general_money", step("end", Decision.HANDOVER), intents=["pay_out"])

    assert case(heard(pay_out=0.9), shop=policy(money)) == "pay_out"


# ---- what was said before ----


def test_thanks_for_an_answer_take_up_the_want_that_was_kept() -> None:
    settled = Standing("return_request", settled=True, kept=("freight_insurance",))

    assert case(heard(thanks=0.9), settled) == "freight_insurance"
    assert case(heard(thanks=0.9), replace(settled, kept=())) == "thanks"


def test_an_answer_goes_back_to_the_case_that_asked() -> None:
    told = Standing("freight_insurance", settled=True, left_open="intercept_parcel")

    assert case(heard(provide_info=0.8), told) == "intercept_parcel"
    assert case(heard(unsure=True, cancel_order=0.2), told) == "intercept_parcel"


def test_an_answer_to_the_open_question_stays_with_it() -> None:
    asked = Standing("freight_insurance", asked=True, relevant=True, left_open="intercept_parcel")

    assert case(heard(provide_info=0.8), asked) == "freight_insurance"


def test_a_clear_want_is_no_answer_to_an_earlier_question() -> None:
    told = Standing("freight_insurance", settled=True, left_open="intercept_parcel")

    assert case(heard(return_request=0.9), told) == "return_request"


# ---- a case that gives way ----

GRUMBLING = policy(
    replace(playbook("complaint"), yields=True), playbook("return_request"), *TALK[:3]
)
ANSWERING = Standing("complaint", asked=True, relevant=True)


@pytest.mark.parametrize(("confidence", "found"), [(0.44, "complaint"), (0.45, "return_request")])
def test_a_complaint_gives_way_to_a_case_that_shows_even_in_an_answer(
    confidence: float, found: str
) -> None:
    assert case(heard(return_request=confidence), ANSWERING, shop=GRUMBLING) == found


def test_the_answer_to_what_happened_stays_with_the_complaint() -> None:
    assert case(heard(provide_info=0.9), ANSWERING, shop=GRUMBLING) == "complaint"


def test_what_is_said_in_passing_does_not_end_a_complaint() -> None:
    shop = policy(*GRUMBLING.playbooks.values(), playbook("out_of_scope"))

    assert case(heard(out_of_scope=0.79), ANSWERING, shop=shop) == "complaint"


# ---- nothing else ----


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        (Standing(finished=True), "goodbye"),
        (Standing("freight_insurance", settled=True, finished=True), "goodbye"),
        (Standing("freight_insurance", asked=True, finished=True), "freight_insurance"),
        (
            Standing("freight_insurance", settled=True, finished=True, relevant=True),
            "freight_insurance",
        ),
    ],
)
def test_nothing_else_is_a_farewell_unless_the_case_waits_for_an_answer(
    standing: Standing, found: str
) -> None:
    shop = policy(INSURANCE, playbook("deny"), playbook("goodbye"))

    assert case(heard(deny=0.9), standing, shop=shop) == found


# ---- a wish and its reason ----

QUALITY = replace(playbook("quality_issue"), signs=(re.compile("开线"),))
WITH_REASONS = policy(INTERCEPT, CANCEL, RETURN, QUALITY, *TALK)


def test_a_wish_that_names_its_reason_opens_the_reason() -> None:
    opened = case(heard(return_request=0.9), Standing(words="开线了，要退货"), shop=WITH_REASONS)

    assert opened == "quality_issue"


def test_a_wish_without_a_reason_stays_a_wish() -> None:
    opened = case(heard(return_request=0.9), Standing(words="要退货"), shop=WITH_REASONS)

    assert opened == "return_request"


def test_a_wish_that_the_order_sends_on_to_another_case_goes_there() -> None:
    agreed = when("exchange_agreed", Check.IS, True)
    sent_on = replace(RETURN, instead=(Instead((agreed,), "cancel_order"),))
    shop = policy(CANCEL, sent_on, QUALITY, *TALK)

    opened = case(
        heard(return_request=0.9),
        Standing(words="开线了，要退货"),
        known(exchange_agreed=True),
        shop,
    )

    assert opened == "cancel_order"


# ---- a case that is only a guess ----


def test_a_guessed_case_is_left_for_a_clear_one_even_if_it_would_cover_it() -> None:
    guessed = Standing("intercept_parcel", guessed=True)

    assert case(heard(cancel_order=0.5), guessed, known(order_status="paid")) == "cancel_order"
    assert case(heard(cancel_order=0.5), replace(guessed, guessed=False)) == "intercept_parcel"


@pytest.mark.parametrize(("confidence", "guess"), [(0.29, True), (0.3, False)])
def test_what_opens_on_little_is_a_guess(confidence: float, guess: bool) -> None:
    opened = route(
        heard(unsure=True, freight_insurance=confidence), Standing(), SHOP, NOTHING, TODAY
    )

    assert (opened.case, opened.guessed) == ("freight_insurance", guess)


# ---- an answer ----


@pytest.mark.parametrize("relevant", [True, False])
def test_a_message_answers_only_if_it_bears_on_the_case_with_which_it_stays(relevant: bool) -> None:
    standing = Standing("intercept_parcel", asked=True, relevant=relevant)

    stayed = route(heard(unsure=True, affirm=0.3), standing, SHOP, NOTHING, TODAY)

    assert (stayed.case, stayed.answers) == ("intercept_parcel", relevant)


def test_a_message_that_answers_an_earlier_case_is_an_answer() -> None:
    standing = Standing("freight_insurance", left_open="intercept_parcel")

    back = route(heard(provide_info=0.9), standing, SHOP, NOTHING, TODAY)

    assert (back.case, back.answers) == ("intercept_parcel", True)


def test_a_message_that_opens_another_case_answers_nothing() -> None:
    standing = Standing("intercept_parcel", relevant=False)

    opened = route(heard(freight_insurance=0.9), standing, SHOP, NOTHING, TODAY)

    assert (opened.case, opened.answers) == ("freight_insurance", False)


# ---- what a person has named ----


def named(intent: str, standing: Standing = OPEN, facts: Facts = NOTHING) -> str | None:
    return route_as_named(heard(**{intent: 1.0}), standing, SHOP, facts, TODAY).case


def test_what_a_person_names_opens_also_where_words_and_the_open_case_speak_against_it() -> None:
    standing = replace(OPEN, words="帮我拦一下", relevant=True)

    assert named("cancel_order", standing) == "cancel_order"


def test_what_a_person_names_still_leads_to_the_case_that_fits_the_order() -> None:
    assert named("cancel_order", facts=known(order_status="shipped")) == "intercept_parcel"


def test_talk_that_a_person_names_stays_with_the_open_case_or_opens_none_but_itself() -> None:
    assert named("affirm") == "intercept_parcel"
    assert named("affirm", Standing(words="拦一下")) == "affirm"


def test_thanks_that_a_person_names_close_what_has_been_told() -> None:
    told = Standing("freight_insurance", settled=True)

    assert named("thanks", told) == "thanks"
    assert named("thanks", replace(told, kept=("return_request",))) == "return_request"
    assert named("thanks", replace(told, relevant=True)) == "freight_insurance"


def test_talk_that_a_person_names_may_answer_an_earlier_case() -> None:
    assert (
        named("provide_info", replace(OPEN, left_open="freight_insurance")) == "freight_insurance"
    )
