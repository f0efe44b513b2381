"""Proposed wording is written as a pack that loads, that nobody has reviewed, and that says so."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.pack_writing import write_pack
from bot.adapters.policy_files import load_policy, load_trial
from bot.core.passages import Block
from bot.core.placing import Proposals
from bot.core.policy import Policy
from bot.services.ports import PolicyError
from bot.services.script_import import propose
from tests.builders import TODAY

LOOK = "亲，网线是灰色的，折叠起来放在快递袋或盒子夹层，您再翻一翻好吗？"
COLLEAGUES = "客户坚持要网线的 | 登记到补发记录里补发，顺便查发票。"


@pytest.fixture(scope="module")
def house(checkout: Path) -> Policy:
    return load_policy(checkout / "bot/policy", checkout / "scripts_zh")


@pytest.fixture
def found(house: Policy) -> Proposals:
    blocks = [Block(LOOK, "第1段"), Block(COLLEAGUES, "表1第2行第1列")]
    return propose(blocks, house, TODAY)


def test_the_pack_can_be_tried_against_the_house(
    checkout: Path, tmp_path: Path, house: Policy, found: Proposals
) -> None:
    write_pack(tmp_path / "ours", "我们店的话术", found, house)

    _, trial = load_trial(checkout / "bot/policy", checkout / "scripts_zh", tmp_path / "ours")

    assert trial.scripts.variants("missing_cable.look_again")[0] == LOOK
    assert trial.pack == "ours"


def test_among_the_shops_it_is_refused_until_somebody_has_reviewed_it(
    checkout: Path, tmp_path: Path, house: Policy, found: Proposals
) -> None:
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")

    write_pack(tmp_path / "policy/shops/ours", "我们店的话术", found, house)

    with pytest.raises(PolicyError, match="reviewed_by"):
        load_policy(tmp_path / "policy", checkout / "scripts_zh")


def test_a_pack_that_is_there_already_is_not_written_over(
    tmp_path: Path, house: Policy, found: Proposals
) -> None:
    (tmp_path / "pack.yml").write_text("title: 审过的\nreviewed_by: 店长\n", encoding="utf-8")

    with pytest.raises(FileExistsError, match="换个文件夹"):
        write_pack(tmp_path, "我们店的话术", found, house)

    assert "审过的" in (tmp_path / "pack.yml").read_text(encoding="utf-8")


def test_the_review_lists_what_was_placed_and_what_was_not_and_why(
    tmp_path: Path, house: Policy, found: Proposals
) -> None:
    write_pack(tmp_path, "我们店的话术", found, house)

    placed, left = (tmp_path / "review.md").read_text(encoding="utf-8").split("## 没有放入")
    assert LOOK in placed
    assert "missing_cable.look_again" in placed
    assert "表1第2行第1列" in left
    assert "像是写给同事" in left
    assert "客户坚持要网线的 ／ 登记" in left


def test_a_document_without_wording_gives_a_pack_without_wording(
    tmp_path: Path, house: Policy
) -> None:
    write_pack(tmp_path, "空", Proposals([]), house)

    assert list((tmp_path / "scripts").iterdir()) == []
    assert "待审（0）" in (tmp_path / "review.md").read_text(encoding="utf-8")
