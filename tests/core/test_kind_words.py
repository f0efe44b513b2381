"""A customer hears that somebody is sorry or has understood; refusing to understand is not that."""

import pytest

from bot.core.manner import is_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("很抱歉，让您多等了", True),
        ("我理解您的心情", True),
        ("您先别着急，我来看", True),
        ("不理解您在说什么", False),
        ("请发订单号", False),
    ],
)
def test_kind_words(text: str, kind: bool) -> None:
    assert is_kind(text) is kind
