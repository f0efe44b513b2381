"""Changes of the rules: aside until they are published, then all in place or none."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.policy_drafts import POLICY, SCRIPTS, PolicyDrafts
from bot.adapters.policy_files import load_checked
from bot.core.moments import SHANGHAI
from bot.services.ports import PolicyError
from bot.services.ports.policy import ChangedMeanwhile, NoSuchFile, NotWritable
from tests.conftest import CHECKOUT

AT = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
CLOCK = f"{POLICY}/parameters/service/reply_minutes.yml"
WORDING = f"{SCRIPTS}/greet.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for part in (POLICY, SCRIPTS):
        shutil.copytree(CHECKOUT / part, tmp_path / "shop" / part)
    return tmp_path / "shop"


@pytest.fixture
def drafts(root: Path, tmp_path: Path) -> PolicyDrafts:
    return PolicyDrafts(root, tmp_path / "kept")


def five_minutes(drafts: PolicyDrafts) -> str:
    return drafts.text(CLOCK).replace("2024-01-01: 3", "2024-01-01: 5")


def minutes(root: Path) -> object:
    figures = load_checked(root / POLICY, root / SCRIPTS).figures
    return figures["reply_minutes"].on(AT.date())


def test_a_draft_changes_nothing_until_it_is_published(drafts, root):
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)
    assert drafts.faults() == []
    assert minutes(root) == 3

    done = drafts.publish("负责人", AT)

    assert minutes(root) == 5
    assert [version.name for version in done] == [CLOCK]
    assert not drafts.drafts()


def test_what_was_replaced_can_be_read_afterwards_with_who_and_when(drafts):
    before = drafts.text(CLOCK)
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)
    drafts.publish("负责人", AT)

    (version,) = drafts.history(CLOCK)

    assert (version.by, version.at, version.before) == ("负责人", AT, before)
    assert drafts.history(WORDING) == []


def test_a_fault_is_told_with_file_line_and_mend_and_nothing_is_published(drafts, root):
    wrong = five_minutes(drafts).replace("2024-01-01: 5", "2024-01-01: 五")
    drafts.keep(CLOCK, wrong, "负责人", AT)
    drafts.keep(WORDING, drafts.text(WORDING) + "# 新的说法\n", "负责人", AT)

    assert [str(fault.path) for fault in drafts.faults()] == [CLOCK]
    with pytest.raises(PolicyError, match=rf"^{CLOCK}:5 .*需要整数"):
        drafts.publish("负责人", AT)

    assert minutes(root) == 3
    assert "新的说法" not in drafts.text(WORDING)
    assert len(drafts.drafts()) == 2


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(drafts, root):
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)
    other = (root / CLOCK).read_text(encoding="utf-8").replace("2024-01-01: 3", "2024-01-01: 4")
    (root / CLOCK).write_text(other, encoding="utf-8")

    with pytest.raises(ChangedMeanwhile, match="reply_minutes"):
        drafts.publish("负责人", AT)

    assert minutes(root) == 4


def test_a_file_changed_back_is_no_draft(drafts):
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)
    drafts.keep(CLOCK, drafts.text(CLOCK).replace("\n", "\r\n"), "负责人", AT)

    assert not drafts.drafts()


def test_one_draft_or_all_are_discarded(drafts):
    for name in (CLOCK, WORDING):
        drafts.keep(name, drafts.text(name) + "# x\n", "负责人", AT)

    drafts.discard(CLOCK)
    assert [*drafts.drafts()] == [WORDING]
    drafts.discard()
    assert not drafts.drafts()


def test_who_looked_at_an_older_text_does_not_overwrite_a_newer_one(drafts):
    opened = drafts.wanted(CLOCK)
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT, seen=opened)

    with pytest.raises(ChangedMeanwhile):
        drafts.keep(CLOCK, opened + "# 我也改\n", "另一位", AT, seen=opened)

    assert drafts.wanted(CLOCK) == five_minutes(drafts)


def test_a_draft_of_a_file_that_moved_on_can_be_let_stand(drafts, root):
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)
    other = (root / CLOCK).read_text(encoding="utf-8").replace("2024-01-01: 3", "2024-01-01: 4")
    (root / CLOCK).write_text(other, encoding="utf-8")
    assert drafts.moved() == [CLOCK]

    drafts.adopt(CLOCK)
    (version,) = drafts.publish("负责人", AT)

    assert minutes(root) == 5
    assert version.before == other


def test_a_shop_comes_to_have_a_file_of_its_own_and_goes_without_it_again(drafts, root):
    own = f"{POLICY}/shops/furniture/parameters/reply_minutes.yml"
    drafts.keep(own, five_minutes(drafts), "负责人", AT)
    drafts.publish("负责人", AT)
    policy = load_checked(root / POLICY, root / SCRIPTS)
    assert policy.for_shop("furniture").figures["reply_minutes"].on(AT.date()) == 5
    assert policy.for_shop("clothing").figures["reply_minutes"].on(AT.date()) == 3

    drafts.keep(own, "", "负责人", AT + timedelta(minutes=1))
    drafts.publish("负责人", AT + timedelta(minutes=1))

    assert not (root / own).exists()
    assert [bool(version.after) for version in drafts.history(own)] == [False, True]


def test_the_history_of_all_files_begins_with_the_latest(drafts):
    for minute, name in enumerate((CLOCK, WORDING)):
        drafts.keep(name, drafts.text(name) + "# 新\n", "负责人", AT)
        drafts.publish("负责人", AT + timedelta(minutes=minute))

    assert [version.name for version in drafts.history()] == [WORDING, CLOCK]


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "/etc/passwd",
        "bot/policy/../../x.yml",
        "",
        "pyproject.toml",
        "bot/policy/parameters/service/new.yml",
        "bot/policy/shops/nobody/faq.yml",
        "bot/policy/shops/furniture/../../x.yml",
        "bot/policy/shops/furniture/pack.yml.yml",
    ],
)
def test_no_other_file_is_read_or_written(drafts, name):
    with pytest.raises(NoSuchFile):
        drafts.text(name)
    with pytest.raises(NoSuchFile):
        drafts.keep(name, "x", "负责人", AT)


def test_where_one_file_cannot_be_written_none_is_changed(drafts, root, monkeypatch):
    for name in (CLOCK, WORDING):
        drafts.keep(name, drafts.text(name) + "# 新\n", "负责人", AT)
    replace = Path.replace

    def refuse(path: Path, to: Path) -> Path:
        if to == root / WORDING and "# 新" in path.read_text(encoding="utf-8"):
            raise OSError(28, "No space left on device")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotWritable, match="No space"):
        drafts.publish("负责人", AT)

    assert "# 新" not in drafts.text(CLOCK) + drafts.text(WORDING)
    assert drafts.history() == []
    assert len(drafts.drafts()) == 2


def test_files_that_can_only_be_read_are_told_beforehand(drafts, root, monkeypatch):
    assert not drafts.locked()

    monkeypatch.setattr(os, "access", lambda folder, _: folder != root / SCRIPTS)

    assert drafts.locked()


def test_a_folder_that_cannot_be_written_is_told(drafts, root, monkeypatch):
    drafts.keep(CLOCK, five_minutes(drafts), "负责人", AT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read only")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotWritable, match="read only"):
        drafts.publish("负责人", AT)
    assert minutes(root) == 3
