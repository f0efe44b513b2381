"""One value is changed as people write it; what comes of it is a draft of its file."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.policy_drafts import PolicyDrafts
from bot.adapters.policy_files import load_checked
from bot.adapters.policy_texts import YamlTexts
from bot.core.moments import SHANGHAI
from bot.services.policy_editing import By, FieldRefused, PolicyEditing, Wanted
from bot.services.ports.policy import Answer, Unreadable
from tests.conftest import CHECKOUT

NOW = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
TODAY = NOW.date()
LEAD = By("负责人", NOW)
CABLE = "bot/policy/parameters/parts/cable_compensation.yml"
OWN = "bot/policy/shops/furniture/parameters/cable_compensation.yml"
WORDING = "scripts_zh/missing_cable.yml"
FAQ = "bot/policy/shops/routers/faq.yml"


@pytest.fixture
def editing(tmp_path: Path) -> PolicyEditing:
    for part in ("bot/policy", "scripts_zh"):
        shutil.copytree(CHECKOUT / part, tmp_path / "shop" / part)
    return PolicyEditing(PolicyDrafts(tmp_path / "shop", tmp_path / "kept"), YamlTexts())


def wanted(first: str = "2026-11-26", value: str = "3元", at: str = "店会") -> Wanted:
    return Wanted(first, value, False, "SHOP", at, "", "")


def price_on(editing: PolicyEditing, day: date, shop: str = "") -> str:
    with editing.files.trial() as root:
        policy = load_checked(root / "bot/policy", root / "scripts_zh").for_shop(shop)
    return policy.figures["cable_compensation"].shown_on(day)


def test_a_figure_has_its_new_value_from_that_day_on_and_the_old_one_before(editing):
    editing.set_figure(CABLE, wanted(), LEAD)

    assert price_on(editing, TODAY) == "3"
    assert price_on(editing, TODAY - timedelta(days=1)) == "2"
    assert editing.files.drafts()[CABLE].by == "负责人"


def test_days_that_are_over_keep_their_figure(editing):
    with pytest.raises(FieldRefused, match="以前的日子") as refused:
        editing.set_figure(CABLE, wanted(first="2026-11-25"), LEAD)

    assert refused.value.field == "first"
    assert not editing.files.drafts()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (wanted(first="下周"), "first"),
        (wanted(value="三块"), "value"),
        (wanted(value=""), "value"),
        (wanted(at=" "), "at"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_field(editing, given, field):
    with pytest.raises(FieldRefused) as refused:
        editing.set_figure(CABLE, given, LEAD)

    assert refused.value.field == field


def test_a_figure_may_end(editing):
    editing.set_figure(CABLE, Wanted("2026-11-26", "", True, "SHOP", "店会", "", ""), LEAD)

    assert editing.texts.figure(editing.files.wanted(CABLE)).dated[-1].value is None


def test_a_value_that_has_not_begun_is_taken_back_and_one_that_has_is_not(editing):
    editing.set_figure(CABLE, wanted("2027-01-01"), LEAD)

    editing.drop_figure(CABLE, date(2027, 1, 1), LEAD)

    assert price_on(editing, date(2027, 1, 1)) == "2"
    with pytest.raises(FieldRefused, match="已经用过"):
        editing.drop_figure(CABLE, date(2024, 1, 1), LEAD)


def test_a_shop_gets_a_figure_of_its_own_which_was_the_houses_until_that_day(editing):
    editing.set_figure(OWN, wanted(), LEAD, like=CABLE)

    assert price_on(editing, TODAY, "furniture") == "3"
    assert price_on(editing, TODAY - timedelta(days=1), "furniture") == "2"
    assert price_on(editing, TODAY, "clothing") == "2"


def test_conversations_are_compared_on_the_day_when_the_last_new_figure_begins(editing):
    assert editing.takes_effect(TODAY) == TODAY
    editing.set_figure(CABLE, wanted("2026-12-01"), LEAD)
    editing.set_figure(OWN, wanted("2027-01-01"), LEAD, like=CABLE)

    assert editing.takes_effect(TODAY) == date(2027, 1, 1)


def test_a_wording_loses_its_line_breaks_and_an_emptied_one_goes(editing):
    before = editing.texts.wording(editing.files.text(WORDING))["found"]

    editing.set_wording(WORDING, "found", ["找到就好，\n 谢谢您。", "", *before], LEAD)

    after = editing.texts.wording(editing.files.wanted(WORDING))["found"]
    assert after == ("找到就好，谢谢您。", *before)
    assert editing.files.faults() == []


def test_a_figure_typed_into_a_wording_is_found_with_its_place(editing):
    editing.set_wording(WORDING, "found", ["等 3 天", "好", "行"], LEAD)

    (fault,) = editing.files.faults()
    assert (str(fault.path), fault.key) == (WORDING, "found.0")
    assert "数字要用参数" in fault.mend


def test_an_answer_is_added_changed_and_taken_away(editing):
    name = editing.set_answer(
        FAQ, "", Answer(("几点上班", "", "什么时候有人"), " 九点起都在 "), LEAD
    )
    kept = editing.texts.answers(editing.files.wanted(FAQ))[name]
    assert kept == Answer(("几点上班", "什么时候有人"), "九点起都在")
    assert editing.files.faults() == []

    assert editing.set_answer(FAQ, name, Answer(("几点上班",), "十点起"), LEAD) == name
    assert editing.set_answer(FAQ, "", Answer(("送吗",), "送"), LEAD) != name
    editing.drop_answer(FAQ, name, LEAD)

    assert name not in editing.texts.answers(editing.files.wanted(FAQ))


@pytest.mark.parametrize(
    ("answer", "field"),
    [(Answer((), "好"), "questions"), (Answer(("在吗",), " "), "answer")],
)
def test_half_an_answer_is_refused(editing, answer, field):
    with pytest.raises(FieldRefused) as refused:
        editing.set_answer(FAQ, "", answer, LEAD)

    assert refused.value.field == field


def test_a_version_is_restored_as_a_draft(editing):
    before = editing.files.text(CABLE)
    editing.set_figure(CABLE, wanted(), LEAD)
    (version,) = editing.files.publish("负责人", NOW)

    editing.restore(CABLE, version.id, LEAD)

    assert editing.files.wanted(CABLE) == before
    assert editing.files.text(CABLE) != before
    with pytest.raises(FieldRefused):
        editing.restore(CABLE, "../x", LEAD)


def test_a_draft_that_is_no_yaml_is_mended_in_its_text_first(editing):
    editing.files.keep(CABLE, "values: [", "负责人", NOW)

    with pytest.raises(Unreadable):
        editing.set_figure(CABLE, wanted(), LEAD)
