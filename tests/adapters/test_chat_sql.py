"""Hand-overs and pictures as they are kept: once each, and found again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.chat_sql import SqlHandoffs, SqlPhotos
from bot.adapters.conversations_sql import SqlConversations
from bot.adapters.database import Database
from bot.core.conversation import Conversation
from bot.core.handed_over import HandedOver, Handoff, Why
from bot.core.moments import SHANGHAI
from bot.services.ports.chat import Photo

AT = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)
PACKET = Handoff(Why.REQUEST, "agent", {"said": ["要人工"], "facts": {}}, ("order_no",))


@pytest.fixture
def kept_in(database: Database) -> Database:
    conversations = SqlConversations(database)
    for name in ("a", "b"):
        conversations.open(Conversation(name), "chat", AT)
    return database


def handed(name: str, minutes: int, message: str = "m1") -> HandedOver:
    return HandedOver(name, message, AT + timedelta(minutes=minutes), PACKET)


def test_a_hand_over_is_kept_once_for_a_message_and_the_latest_is_found(kept_in):
    handoffs = SqlHandoffs(kept_in)
    first, later = handed("a", 0), handed("a", 5, "m2")

    for one in (first, first, later):
        handoffs.keep(one)

    assert handoffs.latest("a") == later
    assert handoffs.latest("b") is None
    assert handoffs.between(AT, AT + timedelta(minutes=6)) == [first, later]


def test_a_period_has_its_first_moment_and_not_its_last(kept_in):
    handoffs = SqlHandoffs(kept_in)
    one = handed("a", 5)
    handoffs.keep(one)

    assert handoffs.between(one.at, one.at + timedelta(seconds=1)) == [one]
    assert handoffs.between(AT, one.at) == []


def test_a_picture_is_found_by_its_message_and_its_name_only(kept_in, tmp_path: Path):
    photos = SqlPhotos(kept_in, tmp_path / "photos")
    photo = Photo("an-id", "a", "m1", "image/png", 3, 2, AT)

    photos.keep(photo, b"content")
    photos.keep(Photo("another", "a", "m1", "image/png", 3, 2, AT), b"sent again")

    assert photos.of("a") == {"m1": photo}
    assert photos.of("b") == {}
    assert photos.read("an-id") == (photo, b"content")
    assert [photos.read(name) for name in ("another", "../shop.db", "")] == [None] * 3
    assert [file.name for file in (tmp_path / "photos").iterdir()] == ["an-id"]


def test_a_picture_whose_file_is_gone_is_gone(kept_in, tmp_path: Path):
    photos = SqlPhotos(kept_in, tmp_path)
    photos.keep(Photo("an-id", "a", "m1", "image/png", 3, 2, AT), b"content")
    (tmp_path / "an-id").unlink()

    assert photos.read("an-id") is None
