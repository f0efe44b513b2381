"""The duties file: a fault in it is named with file, line and mend."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_checked
from bot.services.ports import PolicyError


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    checkout = Path(__file__).parents[2]
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")
    shutil.copytree(checkout / "scripts_zh", tmp_path / "scripts")
    return tmp_path


DUTY = "vat_data:\n  title: 增票\n  every: {every}\n  registers: [{register}]\n{more}  sources: [{{doc: {doc}, at: 五}}]\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"register": "没有的表"}, r"duties.yml:4 .*没有这个登记表"),
        ({"doc": "S9"}, r"duties.yml:.*没有这份文件"),
        ({"more": "  before: payout_days\n"}, r"duties.yml:5 .*不是钟点"),
        ({"more": "  within: finance_cutoff\n"}, r"duties.yml:5 .*不是期限"),
        ({"every": "tuesday"}, r"duties.yml:3 .*one of"),
    ],
)
def test_a_fault_in_a_duty_is_named_with_its_line(
    shop: Path, change: dict[str, str], told: str
) -> None:
    right = {"every": "working_day", "register": "增票登记", "doc": "S4", "more": ""}
    (shop / "policy/duties.yml").write_text(DUTY.format(**right | change), encoding="utf-8")

    with pytest.raises(PolicyError, match=told):
        load_checked(shop / "policy", shop / "scripts")


def test_duties_need_to_know_when_finance_closes(shop: Path) -> None:
    (shop / "policy/parameters/money/finance_cutoff.yml").unlink()

    with pytest.raises(PolicyError, match="finance_cutoff"):
        load_checked(shop / "policy", shop / "scripts")
