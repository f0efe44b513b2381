"""The policy in use: new when a file changes, the last good one while a file is wrong or gone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters import policy_store
from bot.adapters.policy_store import LOOK_EVERY_SECONDS, PolicyStore
from bot.services.ports import PolicyError

CABLE = "policy/playbooks/parts/missing_cable.yml"


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def shop(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real policy, in the current folder."""
    shutil.copytree(checkout / "bot/policy", tmp_path / "policy")
    shutil.copytree(checkout / "scripts_zh", tmp_path / "scripts")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(shop: Path, clock: Clock) -> PolicyStore:
    return PolicyStore(shop / "policy", shop / "scripts", clock)


@pytest.fixture
def title(store: PolicyStore, clock: Clock) -> Callable[[], str]:
    """What the case of the cable is called, a look later."""

    def later() -> str:
        clock.now += LOOK_EVERY_SECONDS
        return store.current().playbooks["missing_cable"].title

    return later


def rename(file: Path, title: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[1] = f"title: {title}\n"
    file.write_text("".join(lines), encoding="utf-8")


def test_a_change_is_in_use_at_the_next_look_and_not_before(
    shop: Path, store: PolicyStore, clock: Clock, title: Callable[[], str]
) -> None:
    rename(shop / CABLE, "少了网线")
    clock.now += LOOK_EVERY_SECONDS - 0.01

    before = store.current().playbooks["missing_cable"].title

    assert before == "没收到网线"
    assert title() == "少了网线"
    assert store.fault is None


def test_while_a_file_is_wrong_the_last_good_policy_stays_and_the_fault_says_where(
    shop: Path, store: PolicyStore, title: Callable[[], str]
) -> None:
    rename(shop / CABLE, "}少了网线")

    assert title() == "没收到网线"
    assert (store.fault or "").startswith(f"{CABLE}:2")
    assert str(shop) not in (store.fault or "")

    rename(shop / CABLE, "少了网线")

    assert title() == "少了网线"
    assert store.fault is None


@pytest.mark.parametrize(
    "name",
    [
        "policy/playbooks/parts/.#missing_cable.yml",
        "policy/facts/.#parts.yml",
        "scripts/.#missing_cable.yml",
        "policy/playbooks/.backup/missing_cable.yml",
        "policy/shops/.old/faq.yml",
    ],
)
@pytest.mark.parametrize("dangling", [True, False])
def test_what_editors_leave_behind_is_no_file_of_the_shop(
    shop: Path, store: PolicyStore, title: Callable[[], str], name: str, dangling: bool
) -> None:
    lock = shop / name
    lock.parent.mkdir(exist_ok=True)
    if dangling:
        lock.symlink_to("somebody@desk.1234:56")
    else:
        lock.write_text("}{", encoding="utf-8")
    rename(shop / CABLE, "少了网线")

    assert title() == "少了网线"
    assert store.fault is None
    assert PolicyStore(shop / "policy", shop / "scripts").fault is None


def test_a_file_that_cannot_be_found_where_it_is_listed_keeps_the_last_good_policy(
    shop: Path, store: PolicyStore, title: Callable[[], str]
) -> None:
    listed = shop / "policy/playbooks/parts/gone.yml"
    listed.symlink_to("nowhere.yml")

    assert title() == "没收到网线"
    assert (store.fault or "").startswith("policy/playbooks/parts/gone.yml:1: 读不到")

    listed.unlink()

    assert title() == "没收到网线"
    assert store.fault is None


def test_a_folder_that_is_gone_for_a_while_does_not_take_the_shop_down(
    shop: Path, store: PolicyStore, title: Callable[[], str]
) -> None:
    (shop / "policy").rename(shop / "away")

    assert title() == "没收到网线"
    assert store.fault is not None

    (shop / "away").rename(shop / "policy")

    assert title() == "没收到网线"
    assert store.fault is None


def test_a_listing_that_fails_counts_as_a_look_and_is_tried_again(
    store: PolicyStore, title: Callable[[], str], monkeypatch: pytest.MonkeyPatch, shop: Path
) -> None:
    looks: list[Path] = []

    def fails(folder: Path) -> list[Path]:
        looks.append(folder)
        raise FileNotFoundError(2, "No such file or directory", str(shop / "policy/facts"))

    with monkeypatch.context() as broken:
        broken.setattr(policy_store, "files", fails)
        title()
        store.current()

    assert looks == [shop / "policy"]
    assert store.fault == "policy/facts: 读不到 cannot be read: No such file or directory"
    assert title() == "没收到网线"
    assert store.fault is None


def test_a_shop_does_not_open_with_a_policy_that_is_wrong(shop: Path) -> None:
    rename(shop / CABLE, "}少了网线")

    with pytest.raises(PolicyError, match="missing_cable"):
        PolicyStore(shop / "policy", shop / "scripts")
