"""A page that looks on learns what has changed, each conversation once."""

import asyncio
import threading

import pytest

from bot.web.live import Live


async def test_a_change_reaches_those_who_watch_it_and_those_who_watch_all():
    live = Live()
    async with live.watching("c1") as one, live.watching("c2") as other, live.watching() as every:
        threading.Thread(target=live.tell, args=["c1"]).start()

        assert await asyncio.wait_for(one.next(), 1) == ("c1",)
        assert await asyncio.wait_for(every.next(), 1) == ("c1",)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(other.next(), 0.05)


async def test_what_changes_while_one_is_busy_comes_together():
    live = Live()
    async with live.watching() as every:
        for changed in ("c1", "c2", "c1"):
            live.tell(changed)
        await asyncio.sleep(0.05)

        assert await every.next() == ("c1", "c2")


async def test_a_page_that_has_gone_is_forgotten():
    live = Live()
    async with live.watching("c1"):
        pass

    assert not live._watches
