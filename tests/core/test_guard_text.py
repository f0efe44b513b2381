"""How the words of an outgoing text are meant: clause by clause, and in their sentence."""

import re

import pytest

from bot.core.guard_text import Innocence, Said, Tone, clauses

WORDS = Innocence(
    idioms=(re.compile("不好意思"),),
    negations=(re.compile("不[^,]{0,4}$"),),
    undone=(re.compile("不了"),),
    conditions=(re.compile("如果"),),
    stages=(re.compile("收到后"),),
    reports=(re.compile("您说[^,]{0,4}$"),),
    wishes=(re.compile("您想"),),
)
RESEND = (re.compile("补发"),)


def tone(text: str) -> Tone:
    places = range(len(text))
    return Tone(Said(text, places, range(1, len(text) + 1)), WORDS)


def meant(text: str) -> dict[str, bool]:
    read = tone(text)
    (match,) = read.matches(RESEND)
    checks = (read.negated, read.conditional, read.staged, read.asked, read.wish_asked, read.quoted)
    return {check.__name__: check(match) for check in checks if check(match)}


@pytest.mark.parametrize(
    ("text", "innocent"),
    [
        ("给您补发", set()),
        ("不给补发", {"negated"}),
        ("补发不了", {"negated"}),
        ("不好意思给您补发", set()),
        ("不急,给您补发", set()),
        ("如果少了,给您补发", {"conditional"}),
        ("如果少了请说。给您补发", set()),
        ("收到后给您补发", {"staged"}),
        ("给您补发好吗", {"asked"}),
        ("您想补发吗?", {"asked", "wish_asked"}),
        ("您说要补发", {"quoted"}),
        ("页面上写着「补发」", {"quoted"}),
    ],
)
def test_words_are_innocent_for_a_reason(text: str, innocent: set[str]) -> None:
    found = meant(text)

    assert set(found) == innocent


def test_a_clause_knows_its_sentence() -> None:
    text = "好的,收到。再见"

    found = [(text[c.start : c.end], text[slice(*c.sentence)]) for c in clauses(text)]

    assert found == [("好的,", "好的,收到。"), ("收到。", "好的,收到。"), ("再见", "再见")]


def test_where_an_exception_stands_in_the_clause_nothing_is_found_there() -> None:
    read = tone("补发,补发申请")

    found = [match.start() for match in read.matches(RESEND, unless=(re.compile("申请"),))]

    assert found == [0]
