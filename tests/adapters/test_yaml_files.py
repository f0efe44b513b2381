"""The shop's YAML files: read as written, and each fault named with file, line, key and mend."""

from pathlib import Path

import pytest

from bot.adapters.policy_shapes import ParameterShape, PlaybookShape
from bot.adapters.yaml_files import load, shown
from bot.services.ports import PolicyError

PLAYBOOK = """\
id: cable
title: 没收到网线
sources: [{doc: S4, at: 二.1}]
steps:
  - id: look
    title: 请客户再找
    decision: collect
    when:
      searched: unknown
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cable.yml"


def fault(file: Path, old: str, new: str) -> str:
    """What is said of the playbook after this slip of the pen."""
    assert old in PLAYBOOK
    file.write_text(PLAYBOOK.replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError) as raised:
        load(file, PlaybookShape)
    return str(raised.value)


def test_words_that_other_readers_take_for_true_are_read_as_written(tmp_path: Path) -> None:
    file = tmp_path / "words.yml"
    file.write_text("on: off\nat: 10:00\nsure: true\n", encoding="utf-8")

    assert load(file, dict[str, bool | str]) == {"on": "off", "at": "10:00", "sure": True}


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "mend"),
    [
        ("title: 没收到网线", "titel: 没收到网线", 1, "title", "add the key"),
        ("    title: 请客户再找\n", "", 5, "steps.0.title", "add the key"),
        ("decision: collect", "decision: colect", 7, "steps.0.decision", "one of 'collect'"),
        ("    when:", "    wenn:", 8, "steps.0.wenn", "did you mean when"),
        ("title: 请客户再找", "title: 12", 6, "steps.0.title", "quote the value"),
        ("id: look", "id: Look", 5, "steps.0.id", "small letters"),
        ("unknown", "{withn: window}", 9, "steps.0.when.searched.withn", "did you mean within"),
        ("unknown", "{}", 9, "steps.0.when.searched", "write at least one test"),
        ("unknown", "{within: }", 9, "steps.0.when.searched", "write at least one test"),
        ("unknown", "[]", 9, "steps.0.when.searched", "at least one entry"),
        (
            "unknown",
            "{more_than: true}",
            9,
            "steps.0.when.searched.more_than",
            "use a whole number",
        ),
        ("steps:", "title: 网线\nsteps:", 4, "", "check indent, quotes, colons"),
        ("title: 没", "title: '没", 2, "", "check indent, quotes, colons"),
        ("没", "\x08", 1, "", "cannot be read"),
    ],
)
def test_a_slip_is_named_with_file_line_key_and_mend(
    file: Path, old: str, new: str, line: int, key: str, mend: str
) -> None:
    said = fault(file, old, new)

    place = f"cable.yml:{line}" + (f" {key}" if key else "")
    assert said.startswith(f"{place}: ")
    assert mend in said


@pytest.mark.parametrize("day", ["2024-13-01", "2024-02-30"])
def test_a_day_that_no_calendar_has_is_a_fault_of_the_file(file: Path, day: str) -> None:
    file.write_text(f"title: 期限\nvalues: {{{day}: 7}}\n", encoding="utf-8")

    with pytest.raises(PolicyError, match=r"cable.yml:1.*日期"):
        load(file, ParameterShape)


def test_a_file_of_another_encoding_is_a_fault_of_the_file(file: Path) -> None:
    file.write_bytes("title: 网线".encode("gb18030"))

    with pytest.raises(PolicyError, match="save the file as UTF-8"):
        load(file, PlaybookShape)


def test_a_file_that_is_gone_is_a_fault_of_the_file(file: Path) -> None:
    with pytest.raises(PolicyError, match=r"^cable\.yml:1: 读不到这个文件 cannot be read"):
        load(file, PlaybookShape)


def test_a_path_is_shown_from_the_checkout_then_from_the_current_folder(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown(checkout / "bot/policy/sources.yml") == Path("bot/policy/sources.yml")
    assert shown(tmp_path / "mine/a.yml") == Path("mine/a.yml")
    assert shown(tmp_path.parent / "a.yml") == tmp_path.parent / "a.yml"
    assert shown(Path("../a.yml")) == Path("../a.yml")
