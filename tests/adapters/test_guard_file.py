"""The guard's vocabulary out of its file: a fault is named with file, line, key and mend."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.guard_file import load_guard
from bot.adapters.policy_files import load_checked
from bot.services.ports import PolicyError

GUARD = "policy/guard.yml"


@pytest.fixture
def shop(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real policy, in the current folder."""
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")
    shutil.copytree(checkout / "scripts_zh", tmp_path / "scripts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("limit: agent_compensation_limit", "limit: no_limit", "figures.limit: 没有这个参数"),
        ("limit: agent_compensation_limit", "limit: payout_days", "figures.limit: 单位不对"),
        ("high: payout_days", "high: call_from", "deadlines.payout.high: 单位不对"),
        ("since: refund_paid_on", "since: courier", "deadlines.credit_card.since: 不是日期"),
        ("{doc: S0, at: 二}", "{doc: S9, at: 二}", "voices.same_day.source: 没有这份文件 unknown"),
        ("{named}元超过", "{sum}元超过", "voices.beyond_limit.why: 没有这个占位符 unknown"),
        ("records: [补发记录]", "records: [补发]", "commitments.resend.records: 没有这个登记表"),
        ("cases: [damaged_item]", "cases: [broken]", "deadlines.damage_report.cases: 没有这个规程"),
        ("'到账(?!号", "'<nobody>到账(?!号", "没有这组词 no group of words"),
        ("severity: block", "severity: stop", "可以是 one of"),
        ("they_pay: ['", "they_pay: ['(", "正则写错了 mend the pattern"),
    ],
)
def test_a_fault_in_the_vocabulary_is_named(shop: Path, old: str, new: str, told: str) -> None:
    file = shop / GUARD
    before, found, after = file.read_text(encoding="utf-8").partition(old)
    assert found
    file.write_text(before + new + after, encoding="utf-8")

    with pytest.raises(PolicyError) as raised:
        load_checked(shop / "policy", shop / "scripts")

    assert told in str(raised.value)
    assert str(raised.value).startswith(f"{GUARD}:")


def test_a_shop_adds_words_of_its_own(shop: Path) -> None:
    own = shop / "policy/shops/clothing/forbidden_words.yml"
    own.write_text("全网最低价:\n清仓: {better: 活动价以页面为准。}\n", encoding="utf-8")

    rules = load_guard(shop / "policy")

    words = {one.word: one.voice.better for one in rules.forbidden_by_shop["clothing"]}
    assert words == {"全网最低价": "", "清仓": "活动价以页面为准。"}


def test_a_policy_without_a_vocabulary_guards_nothing(tmp_path: Path) -> None:
    rules = load_guard(tmp_path)

    assert rules.manners == ()
