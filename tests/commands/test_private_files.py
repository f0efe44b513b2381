"""Customers' words stay outside the project, and with the one who measured."""

from pathlib import Path

import pytest

from bot import wiring
from bot.commands.private_files import InsideProject, private_place, state_place, write_private


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_place_outside_the_project_is_taken_as_told(tmp_path: Path):
    assert private_place(tmp_path / "page.html") == (tmp_path / "page.html").resolve()


@pytest.mark.parametrize("inside", ["page.html", "var/page.html", "docs/../page.html"])
def test_a_place_inside_the_project_is_refused(inside: str):
    with pytest.raises(InsideProject, match="不能放在项目里"):
        private_place(wiring.CHECKOUT / inside)


def test_a_folder_beside_the_project_with_a_longer_name_is_outside(monkeypatch, tmp_path: Path):
    for name in ("shop", "shop-pages"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(wiring, "CHECKOUT", tmp_path / "shop")

    assert private_place(tmp_path / "shop-pages/page.html").name == "page.html"


def test_a_link_that_leads_into_the_project_is_refused(tmp_path: Path):
    (tmp_path / "link").symlink_to(wiring.CHECKOUT)

    with pytest.raises(InsideProject):
        private_place(tmp_path / "link/page.html")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(OSError, match="no such folder") as refused:
        private_place(tmp_path / "nowhere/page.html")

    assert refused.value.filename == str(tmp_path / "nowhere")


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(IsADirectoryError):
        private_place(tmp_path)


def test_without_a_choice_the_place_is_among_the_users_own_state(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    place = state_place("eval", "dev.html")

    assert place == tmp_path.resolve() / "shouhou/eval/dev.html"
    assert mode(place.parent) == 0o700


@pytest.mark.parametrize("unset", ["", "relative/folder"])
def test_state_is_kept_in_the_home_folder_where_no_other_is_set(unset, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("XDG_STATE_HOME", unset)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert state_place("a.html") == tmp_path.resolve() / ".local/state/shouhou/a.html"


def test_state_inside_the_project_is_refused_and_nothing_is_made_there(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(wiring, "CHECKOUT", tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    with pytest.raises(InsideProject):
        state_place("eval", "dev.html")

    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_such_a_file_also_one_that_was_open_before(tmp_path: Path):
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_text("longer than before")
    old.chmod(0o644)

    for file in (new, old):
        write_private(file, "网线\n")

        assert mode(file) == 0o600
        assert file.read_text(encoding="utf-8") == "网线\n"
