"""The secret of the cookies is made once and is nobody else's to read."""

import stat

import pytest

from bot.adapters.secret_file import SETTING, SHORTEST, secret


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)

    made = secret(tmp_path / "var")

    assert len(made) >= SHORTEST
    assert secret(tmp_path / "var") == made
    assert stat.S_IMODE((tmp_path / "var/secret").stat().st_mode) == 0o600
    assert secret(tmp_path / "other") != made


def test_a_setting_goes_before_the_file_and_must_be_long_enough(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, "s" * SHORTEST)
    assert secret(tmp_path) == "s" * SHORTEST

    monkeypatch.setenv(SETTING, "s" * (SHORTEST - 1))
    with pytest.raises(ValueError, match=SETTING):
        secret(tmp_path)
