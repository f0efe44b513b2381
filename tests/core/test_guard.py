"""The guard on a vocabulary of a few words: each rule once, and silence without a vocabulary."""

import re
from datetime import date

from bot.core.facts import Facts
from bot.core.guard import check
from bot.core.guard_context import Context
from bot.core.guard_rules import ForbiddenWord, GuardRules, Manner, Rule, Severity, Voice
from bot.core.guard_text import Said
from tests.builders import NO_FIGURES

RUDE = Manner("rude", Rule.RESPECT, Severity.BLOCK, (re.compile("笨"),), voice=Voice("不礼貌"))
SHORT = Manner("short", Rule.RESPECT, Severity.WARN, (re.compile("^嗯"),), voice=Voice("太短"))
RULES = GuardRules(
    manners=(SHORT, RUDE),
    forbidden=(ForbiddenWord("刷单", Voice("「{words}」不用")),),
    forbidden_by_shop={"鞋店": (ForbiddenWord("最低价", Voice("不用")),)},
)


def said(text: str) -> Said:
    return Said(text, range(len(text)), range(1, len(text) + 1))


def context(rules: GuardRules = RULES, shop: str = "") -> Context:
    return Context(rules, NO_FIGURES, date(2026, 3, 12), Facts(), shop=shop)


def test_an_empty_vocabulary_finds_nothing() -> None:
    found = check(said("笨,刷单"), context(GuardRules()))

    assert found == ()


def test_an_empty_text_is_let_through() -> None:
    found = check(said(""), context())

    assert found == ()


def test_a_rule_is_told_once_at_its_worst_place() -> None:
    found = check(said("嗯,笨,真笨"), context())

    assert [(one.severity, one.start) for one in found] == [(Severity.BLOCK, 2)]


def test_a_forbidden_word_is_named() -> None:
    (found,) = check(said("帮我刷单"), context())

    assert (found.rule, found.start, found.end) == (Rule.FORBIDDEN_WORD, 2, 4)
    assert found.why == "「刷单」不用"


def test_a_shops_own_forbidden_word_counts_in_that_shop_only() -> None:
    here = check(said("全网最低价"), context(shop="鞋店"))
    elsewhere = check(said("全网最低价"), context(shop="书店"))

    assert (len(here), len(elsewhere)) == (1, 0)
