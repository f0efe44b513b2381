"""Everything of the policy is found by the names that people use."""

from datetime import date
from pathlib import Path

import pytest

from bot import wiring
from bot.adapters.policy_drafts import PolicyDrafts
from bot.services.policy_index import Kind, entries, find, packs
from bot.services.policy_promises import promised
from bot.services.ports.policy import PolicyFiles
from tests.builders import moment
from tests.conftest import CHECKOUT

TODAY = date(2026, 11, 26)
POLICY = wiring.policy_store().current()


@pytest.fixture
def files(tmp_path: Path) -> PolicyFiles:
    return PolicyDrafts(CHECKOUT, tmp_path)


def test_every_file_is_there_once_and_by_a_name_of_words(files):
    found = list(entries(POLICY, files, TODAY))

    names = [entry.file for entry in found]
    assert sorted(set(names)) == sorted(names)
    assert set(files.names()) <= set(names)
    assert [entry.title for entry in found if entry.title.isascii()] == []


def test_each_shop_has_its_answers_whether_it_has_written_any_or_not(files):
    answers = {e.title: e.told for e in entries(POLICY, files, TODAY) if e.kind is Kind.ANSWERS}

    assert answers.keys() == set(packs(POLICY).values())
    assert answers["云栈数码"] == "5 条"
    assert answers["启程汽车"] == "0 条"


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("没收到网线", Kind.CASE, "没收到网线"),
        ("再找一找，仔细找过没有", Kind.CASE, "没收到网线"),
        ("补偿上限（4元", Kind.FIGURE, "网线补偿上限（4元）"),
        ("折叠着放", Kind.WORDING, "没收到网线"),
        ("红灯表示没有连上宽带", Kind.ANSWERS, "云栈数码"),
        ("六十天无理由", Kind.FIGURE, "木禾家居：无理由退换期限（60天）"),
        ("补发记录", Kind.OTHER, "登记表"),
    ],
)
def test_words_are_found_wherever_they_stand(files, words, kind, title):
    found = [(entry.kind, entry.title) for entry in find(words, POLICY, files, TODAY)]

    assert (kind, title) in found


def test_what_has_the_words_in_its_title_comes_first_and_the_place_is_shown(files):
    first, *rest = find("网线补偿", POLICY, files, TODAY)

    assert "网线补偿" in first.title
    assert any("网线补偿" in hit for entry in rest for hit in entry.hits)
    assert list(find("没有人会写的词", POLICY, files, TODAY)) == []


def test_a_draft_is_searched_as_it_is_to_become(files):
    name = "scripts_zh/greet.yml"
    files.keep(name, files.text(name) + "# 独一无二的话\n", "负责人", moment())

    assert [entry.file for entry in find("独一无二", POLICY, files, TODAY)] == [name]


def test_what_a_wording_promises_is_told_by_its_kind():
    told = {name: promised(name, POLICY, moment()) for name in POLICY.scripts.names()}

    assert "打款" in told["exchange_freight.register"]
    assert told["missing_cable.look_again"] == []
