"""The shop's policy out of its files: a fault typed into the real one is named with file, line, key."""

import shutil
from pathlib import Path

import pytest

from bot.adapters.policy_files import load_checked
from bot.core.playbook import Test as Check
from bot.services.ports import PolicyError
from tests.builders import TODAY

CABLE = "policy/playbooks/parts/missing_cable.yml"
PARTS = "policy/facts/parts.yml"
EACH = "policy/parameters/parts/cable_compensation.yml"
WINDOW = "policy/parameters/parts/missing_part_window.yml"
REGISTERS = "policy/registers.yml"
FURNITURE = "policy/shops/furniture"
SCRIPT = "scripts/missing_cable.yml"


@pytest.fixture
def shop(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real policy, in the current folder."""
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")
    shutil.copytree(checkout / "scripts_zh", tmp_path / "scripts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mistype(file: Path, old: str, new: str) -> int:
    """Put this fault where the words first stand. Returns the line."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{file.name} does not hold {old}"
    file.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def said(shop: Path) -> str:
    with pytest.raises(PolicyError) as raised:
        load_checked(shop / "policy", shop / "scripts")
    return str(raised.value)


def test_the_real_policy_is_whole(shop: Path) -> None:
    policy = load_checked(shop / "policy", shop / "scripts")

    assert policy.playbooks["missing_cable"].grounds
    assert {"clothing", "furniture", "routers"} <= policy.shops.keys()


def test_a_steps_patterns_are_ready_for_use(shop: Path) -> None:
    policy = load_checked(shop / "policy", shop / "scripts")

    step = policy.playbooks["missing_cable"].step("look_again")

    assert step is not None
    assert any(pattern.search("网线是灰色的") for pattern in step.recognise)


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "mend"),
    [
        # patterns
        (
            CABLE,
            "recognise: ['灰色', '(快",
            "recognise: ['灰色', '((快",
            "steps.3.recognise.1",
            "正则",
        ),
        (CABLE, "signs: ['(没|", "signs: ['((没|", "signs.0", "正则写错了 mend the pattern"),
        (PARTS, "  asked: ['(再|", "  asked: ['((再|", "searched.asked.0", "正则写错了"),
        (
            "policy/facts/after_the_sale.yml",
            "    true: ['^(?!.*(提醒",
            "    false: ['^(?!.*(提醒",
            "closed_on.notes.False",
            "the day on which it was written",
        ),
        # conditions
        (
            CABLE,
            "{when: {order_status: [paid, shipped]}",
            "{when: {order_stats: [paid, shipped]}",
            "instead.0.when.order_stats",
            "unknown fact order_stats",
        ),
        (
            CABLE,
            "{when: {order_status: [paid, shipped]}",
            "{when: {done_look_again: true}",
            "instead.0.when.done_look_again",
            "unknown fact done_look_again",
        ),
        (
            CABLE,
            "concerns: {order_status: [deliv",
            "concerns: {order_status: [delv",
            "concerns.order_status",
            "has no value delvered",
        ),
        (
            CABLE,
            "    when: {remedy: resend, resend_wait: unknown, done_offer_",
            "    when: {remedy: resend, resend_wait: unknown, done_ofer_",
            "steps.8.when.done_ofer_compensation",
            "no step ofer_compensation here",
        ),
        (
            CABLE,
            "    when: {unpacking: unknown}",
            "    when: {unpacking: unknown, offered_most: true}",
            "steps.4.when.offered_most",
            "no amount most here",
        ),
        (
            CABLE,
            "    when: {demanded: {more_than: cable_compensation_limit}}",
            "    when: {searched: {more_than: cable_compensation_limit}}",
            "steps.9.when.searched",
            "searched is no count or money",
        ),
        (
            CABLE,
            "    when: {demanded: {more_than: cable_compensation_limit}}",
            "    when: {demanded: {at_least: finance_cutoff}}",
            "steps.9.when.demanded",
            "finance_cutoff is no number",
        ),
        (
            CABLE,
            "    when: {demanded: {more_than: cable_compensation_limit}}",
            "    when: {demanded: {at_most: true}}",
            "steps.9.when.demanded.at_most",
            "use a whole number",
        ),
        (
            CABLE,
            "    when: {demanded: {more_than: cable_compensation_limit}}",
            "    when: {demanded: {}}",
            "steps.9.when.demanded",
            "write at least one test",
        ),
        # other cases
        (CABLE, "covers: [missing_item", "covers: [mising_item", "covers.0", "serves mising_item"),
        (
            CABLE,
            "  - {when: {order_status: [paid, shipped]}, case: where_is",
            "  - {when: {order_status: [paid, shipped]}, case: wher_is",
            "instead.0.case",
            "no playbook serves wher_is_my_order",
        ),
        # records and documents
        (
            CABLE,
            "    fields: {类别: 网线, 补发内容",
            "    fields: {类别: 网线, 补寄内容",
            "steps.6.fields.补寄内容",
            "补发记录没有这一栏 has no field 补寄内容",
        ),
        (
            CABLE,
            "    sources: [{doc: S4, at: 二.7}]",
            "    sources: [{doc: S44, at: 二.7}]",
            "steps.2.sources.0.doc",
            "unknown document S44",
        ),
        (
            REGISTERS,
            "    - {title: 电话, fact: phone",
            "    - {title: 电话, fact: fone",
            "补发记录.fields.5.fact",
            "unknown fact fone",
        ),
        # facts
        (PARTS, "  yes: money", "  yes: mony", "remedy.yes", "has no value mony"),
        (PARTS, "  no: not_found", "  no: no", "searched.no", "has no value no"),
        # parameters
        (EACH, '  2024-01-01: "2.00"', '  2024-01-01: "-2.00"', "values.2024-01-01", "from 0 on"),
        (
            EACH,
            '  2024-01-01: "2.00"',
            "  2024-01-01: 2.50",
            "values.2024-01-01",
            "quote an amount",
        ),
        (EACH, '  2024-01-01: "2.00"', "  2024-01-01: 2", "values.2024-01-01", "quote it"),
        (EACH, '  2024-01-01: "2.00"', "  2024-01-01: true", "values.2024-01-01", "quote it"),
        (WINDOW, "  2024-01-01: ", "  2024-01-01: -", "values.2024-01-01", "must not be negative"),
        (WINDOW, "  2024-01-01: ", "  2024-01-01: true # ", "values.2024-01-01", "whole number"),
        # wording
        (SCRIPT, "  - ", "  - 双倍补您。", "found.0", "use a parameter for 双倍"),
    ],
)
def test_a_fault_is_named_with_file_line_key_and_mend(
    shop: Path, file: str, old: str, new: str, key: str, mend: str
) -> None:
    line = mistype(shop / file, old, new)

    text = said(shop)

    assert text.startswith(f"{file}:{line} {key}: "), text
    assert mend in text


def test_a_value_needs_a_source_of_its_own_day(shop: Path) -> None:
    line = mistype(shop / EACH, "values:", 'values:\n  2025-01-01: "3.00"') + 1

    assert said(shop).startswith(f"{EACH}:{line} sources.2025-01-01: 这个日期的数值没有出处")


def test_a_source_needs_a_value_of_its_own_day(shop: Path) -> None:
    line = mistype(shop / EACH, "sources:", "sources:\n  2023-01-01: [{doc: S4, at: 二}]") + 1

    assert said(shop).startswith(f"{EACH}:{line} sources.2023-01-01: 这个日期没有数值")


def test_no_fault_names_the_machines_folders(shop: Path) -> None:
    mistype(shop / CABLE, "covers: [missing_item", "covers: [mising_item")

    assert str(shop) not in said(shop)


def test_a_test_of_two_operands_is_two_conditions(shop: Path) -> None:
    mistype(
        shop / CABLE,
        "{demanded: {more_than: cable_compensation_limit}}",
        "{demanded: {more_than: cable_compensation_limit, at_most: 100}}",
    )

    steps = load_checked(shop / "policy", shop / "scripts").playbooks["missing_cable"].steps

    assert [c.test for c in steps[9].when] == [Check.MORE_THAN, Check.AT_MOST]


def test_a_file_that_is_missing_is_named(shop: Path) -> None:
    (shop / REGISTERS).unlink()

    assert said(shop).startswith(f"{REGISTERS}:1: 读不到这个文件 cannot be read")


# ---- shop packs ----


def add(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_shop_goes_by_its_folder_and_by_the_names_on_its_orders(shop: Path) -> None:
    policy = load_checked(shop / "policy", shop / "scripts")

    assert policy.for_shop("furniture") is policy.for_shop("木禾家居")
    assert policy.for_shop("别家的店") is policy


def test_a_packs_figure_holds_in_its_shop_alone(shop: Path) -> None:
    policy = load_checked(shop / "policy", shop / "scripts")

    own = policy.for_shop("furniture").figures

    assert own.number("no_reason_window", TODAY) == 60
    assert policy.figures.number("no_reason_window", TODAY) == 7


def test_a_pack_may_word_a_single_step(shop: Path) -> None:
    script = "missing_cable.look_again"
    add(shop / FURNITURE / "scripts/missing_cable.yml", "look_again: [找找, 再找找, 看看]")

    policy = load_checked(shop / "policy", shop / "scripts")

    furniture = policy.for_shop("furniture").scripts
    assert furniture.variants(script) == ("找找", "再找找", "看看")
    assert furniture.variants("missing_cable.found") == policy.scripts.variants(
        "missing_cable.found"
    )
    assert policy.scripts.variants(script) != furniture.variants(script)


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("scripts/missing_cable.yml", "look_again: [补您2元, 找找, 看看]", "参数 use a parameter"),
        ("scripts/missing_cable.yml", "look_agian: [找找, 找找看, 看看]", "没有这个步骤 no step"),
        ("scripts/missing_cable.yml", "look_again: [找找]", "只有 1 种说法"),
        ("parameters/x.yml", "title: 甲", "补上这个键 add the key"),
        ("pack.yml", "title: 木禾家居", "还没有人审过"),
        ("pack.yml", "title: 木\nshops: [routers]\nreviewed_by: 甲", "已属于"),
    ],
)
def test_a_fault_in_a_pack_is_told_with_its_file(
    shop: Path, file: str, text: str, told: str
) -> None:
    add(shop / FURNITURE / file, text)

    message = said(shop)

    assert told in message
    assert "policy/shops/" in message
