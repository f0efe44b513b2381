"""The open pages of the desk: what changes is drawn once and sent to all who look at it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from bot import wiring
from bot.core.access import OVERSEEING
from bot.core.desk_list import Row
from bot.core.moments import SHANGHAI
from bot.core.people import Person
from bot.services.board import Board
from bot.web.desk_view import view
from bot.web.live import Live
from bot.web.rendering import part
from bot.web.shop import RunningShop
from bot.web.shown_row import ShownRow, shown_row

LISTED = 100
"""Rows on a page: nobody reads on, and browsers take their time over thousands."""
ROWS_EVERY = 0.3
"""Seconds between two looks at the list: rows that change meanwhile go out together."""
SETTLES = 0.025
"""Seconds in which a message has mostly got its advice: the two are drawn at once. Drawn apart they
would take each other's time.
"""
LOG = structlog.get_logger()


@dataclass(eq=False)
class Page:
    """One open page: who sits before it, what it shows, what is still to be sent to it."""

    me: Person
    viewing: str = ""
    typing: bool = False
    parts: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def put(self, text: str) -> None:
        self.parts.put_nowait(text)

    async def next(self) -> str:
        """All that is to be sent now, as one text."""
        waiting = [await self.parts.get()]
        while not self.parts.empty():
            waiting.append(self.parts.get_nowait())
        return "\n".join(waiting)


class DeskLive:
    """Sends each open page what it shows, as soon as it changes."""

    def __init__(self, shop: RunningShop, live: Live) -> None:
        self._shop = shop
        self._live = live
        self._pages: set[Page] = set()
        self._changed: set[str] = set()
        self._shown_to: dict[str, dict[str, datetime]] = {}
        """Conversations that somebody has had before them, who, and since when."""
        self._showing = wiring.showing(shop.parts)
        self._listed: frozenset[str] = frozenset()
        """Whose rows stand on the open pages."""
        self._sent = 0
        """How often changed rows have been sent."""
        self._list = (-1, "")
        """The list as it is after so many: after a restart all pages ask for it at once."""
        self.board: Board = wiring.board(shop.parts)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch conversations for as long as this lasts."""
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._send_rows())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    @contextmanager
    def opened(self, me: Person) -> Iterator[Page]:
        """A page of this person, until it is closed."""
        page = Page(me)
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)
            self._tell_who_is_here(page.viewing)

    async def look_at(self, page: Page, conversation_id: str, again: bool) -> None:
        """The page shows this conversation from now on.

        Args:
            again: the page was cut off: it gets the conversation anew.
        """
        known = await self.mark_seen(conversation_id)
        before, page.viewing, page.typing = page.viewing, conversation_id if known else "", False
        self._note_shown_to([page])
        if again:
            page.put(await asyncio.to_thread(self._conversation, conversation_id, page.me))
        for one in {before, page.viewing}:
            self._tell_who_is_here(one)

    async def mark_seen(self, conversation_id: str) -> bool:
        """Somebody has this conversation's messages before them; whether there is such a one."""
        state = wiring.desk_state(self._shop.parts)
        found = await asyncio.to_thread(state.one, conversation_id)
        if found is None:
            return False
        messages = len(found.conversation.turns)
        if await asyncio.to_thread(state.looked, conversation_id, messages):
            self._changed.add(conversation_id)
        return True

    def types(self, page: Page, typing: bool) -> None:
        """Whether somebody is writing there, for the colleagues who look on."""
        if page.typing != typing:
            page.typing = typing
            self._tell_who_is_here(page.viewing)

    def listed(self) -> dict[str, Any]:
        """The list as it stands, and what is not on it."""
        now = datetime.now(SHANGHAI)
        rows = self.board.rows(now)
        return {"rows": self._shown(rows[:LISTED], now), "most": LISTED, **_beyond(rows)}

    def whole_list(self) -> str:
        """The list, to take the place of what a page has; what changes later is sent to it."""
        sent = self._sent
        made_after, text = self._list
        if made_after != sent:
            listed = self.listed()
            rows = part("desk/rows.html", **listed)
            text = f'<hx-partial hx-target="#conversations">{rows}</hx-partial>{_more(listed)}'
            self._list = (sent, text)
        return text

    async def _watch(self) -> None:
        async with self._live.watching() as watch:
            while True:
                changed = set(await watch.next())
                await asyncio.sleep(SETTLES)
                changed.update(watch.take())
                self._changed.update(changed)
                await asyncio.gather(*map(self._send_conversation, changed))

    async def _send_rows(self) -> None:
        while True:
            await asyncio.sleep(ROWS_EVERY)
            shown, self._shown_to = self._shown_to, {}
            try:
                for conversation_id in shown:
                    await self.mark_seen(conversation_id)
                if self._changed:
                    changed, self._changed = self._changed, set()
                    rows = await asyncio.to_thread(self._rows, changed)
                    for page in self._pages:
                        page.put(rows)
                for conversation_id, people in shown.items():
                    await asyncio.to_thread(self._showing.noted, conversation_id, people)
            except Exception:
                LOG.exception("desk", what="the list could not be shown")

    async def _send_conversation(self, conversation_id: str) -> None:
        viewers = [page for page in self._pages if page.viewing == conversation_id]
        try:
            for role in {page.me.role for page in viewers}:
                of_role = [page for page in viewers if page.me.role is role]
                text = await asyncio.to_thread(self._conversation, conversation_id, of_role[0].me)
                for page in of_role:
                    page.put(text)
        except Exception:
            # One conversation that cannot be drawn must not stop all others.
            LOG.exception("desk", what="a conversation could not be shown")
        self._note_shown_to(viewers)

    def _note_shown_to(self, pages: Iterable[Page]) -> None:
        """They show their conversation as of now: noted with the list, which is in less of a hurry
        than what somebody is reading.
        """
        now = datetime.now(SHANGHAI)
        for page in pages:
            if page.viewing:
                self._shown_to.setdefault(page.viewing, {})[page.me.name] = now

    def _rows(self, changed: Iterable[str]) -> str:
        """The rows that have changed, each to its place, and those that come in for others."""
        now = datetime.now(SHANGHAI)
        renewed = {one: row for one in changed if (row := self.board.renew(one, now))}
        self._sent += 1
        rows, before = self.board.rows(now), self._listed
        listed = rows[:LISTED]
        self._listed = frozenset(row.conversation_id for row in listed)
        fresh = renewed.keys() | (self._listed - before)
        drawn = [row for row in listed if row.conversation_id in fresh]
        # A page lets go of what falls behind its last row once it knows that it does.
        drawn += [renewed[one] for one in renewed if one in before - self._listed]
        text = part("desk/rows.html", rows=self._shown(drawn, now))
        upsert = f'<hx-upsert hx-target="#conversations" key="data-key" sort>{text}</hx-upsert>'
        return (upsert if drawn else "") + _more(_beyond(rows))

    def _shown(self, rows: Iterable[Row], now: datetime) -> list[ShownRow]:
        policy, clock = self._shop.parts.policy.current(), self.board.clock(now)
        held = frozenset(wiring.held_replies(self._shop.parts).waiting_in())
        return [shown_row(row, policy, now, clock, row.conversation_id in held) for row in rows]

    def _conversation(self, conversation_id: str, me: Person) -> str:
        shown = view(self._shop.parts, conversation_id, datetime.now(SHANGHAI), me)
        if not shown.id:
            return ""
        return part("desk/changes.html", chat=shown, may_release=me.role in OVERSEEING)

    def _tell_who_is_here(self, conversation_id: str) -> None:
        """Each who looks at the conversation learns who else does, and who is writing."""
        if not conversation_id:
            return
        here = [page for page in self._pages if page.viewing == conversation_id]
        for page in here:
            others = {
                one.me.name: any(p.typing for p in here if p.me == one.me)
                for one in here
                if one.me != page.me
            }
            page.put(part("desk/here.html", others=others))


def _beyond(rows: Sequence[Row]) -> dict[str, int]:
    """How many are not on the page, and how many wait in all."""
    waiting = sum(row.waiting_since is not None for row in rows)
    return {"others": max(0, len(rows) - LISTED), "all_waiting": waiting}


def _more(beyond: Mapping[str, Any]) -> str:
    more = part("desk/more.html", **beyond)
    return f'<hx-partial hx-target="#more" hx-swap="outerHTML">{more}</hx-partial>'
