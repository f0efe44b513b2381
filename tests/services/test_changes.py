"""Whoever listens hears of a change; whoever has stopped does not."""

from bot.services.changes import Changes


def test_a_change_is_told_to_those_who_listen():
    changes, heard = Changes(), []
    changes.listen(heard.append)

    changes.tell("c1")
    changes.forget(heard.append)
    changes.tell("c2")

    assert heard == ["c1"]
