"""The Home tab as it is now, made of the parts that features declare, and its own buttons."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers import home_view, words
from handlers.block_kit import blocks, mentions, paging, payload, texts
from handlers.block_kit.blocks import View
from handlers.block_kit.paging import ListPosition
from handlers.block_kit.payload import Line, Sent
from handlers.interactions import button_click
from handlers.interactions.button_click import Press
from handlers.interactions.conversation import AlertWords, Bonded, HomePart, Overview
from handlers.interactions.ports import App
from handlers.interactions.sub_words import NO_WORDS, SubWords
from handlers.requests import draft_card, history
from kernel.desk import Desk
from kernel.features import once
from kernel.kinds import HOME, ListName
from kernel.store import Changes, Key, Show, Snapshot
from kernel.values import Document, PersonId
from mentoring.model.load import Load
from mentoring.model.person import Person

NO_ALERTS: Mapping[str, AlertWords] = {}
NO_BONDS: Mapping[str, Bonded] = {}


class Home:
    """Draws the tab of *parts*; raises Undeclared where two of them read the same list.

    *ask_words* are what can be typed after `/ask-mentor`, as *How it works* says; *alerts* say what an alert
    is about, *bonds* what a report is.
    """

    def __init__(
        self,
        parts: Sequence[HomePart],
        ask_words: SubWords = NO_WORDS,
        alerts: Mapping[str, AlertWords] = NO_ALERTS,
        bonds: Mapping[str, Bonded] = NO_BONDS,
    ) -> None:
        once("part of Home", [(part.name, part) for part in parts])
        self.parts, self._ask_words = tuple(parts), ask_words
        self._alerts, self._bonds = alerts, bonds
        self._lists: dict[ListName, tuple[type[Document], int]] = once(
            "list on Home", [(name, (kind, it.most)) for it in parts for name, kind in it.lists.items()]
        )
        self._counts = tuple(dict.fromkeys(name for part in parts for name in part.counts))

    def most(self, name: ListName) -> int:
        """How many documents of a list are shown."""
        return self._lists[name][1]

    async def paint(self, desk: Desk, me: PersonId, now: datetime) -> View:
        """The tab of a person, by two round trips: what their lists hold, and what of it is shown."""
        limits = {name.of(me): most for name, (_, most) in self._lists.items()}
        found, lengths = await desk.store.newest(limits, [name.of(me) for name in self._counts])
        ids = {name: found[name.of(me)] for name in self._lists}
        totals = {name: lengths[name.of(me)] for name in self._counts}

        def view(read: Snapshot) -> Overview:
            documents = {
                # What has left a list since that was read, as it has ended, is no part of it.
                name: [each for each in read.all(kind, ids[name]) if name.of(me) in each.lists()]
                for name, (kind, _) in self._lists.items()
            }
            related = {part.name: part.also(read, _own(part, documents)) for part in self.parts}
            person, load = read.find(Person, me), read.find(Load, me)
            return Overview(
                *(me, person, desk, now, documents, totals, related, load),
                alerts=self._alerts,
                bonds=self._bonds,
            )

        keys = [Key(kind, id) for name, (kind, _) in self._lists.items() for id in ids[name]]
        beside = [key for part in self.parts for key in part.beside]
        seen = await desk.store.look(view, load=[Key(Person, me), Key(Load, me), *beside, *keys])
        return await mentions.in_view(desk, await asyncio.to_thread(home_view.home, seen, self.parts))

    async def how(self, press: Press) -> None:
        """Say what can be typed."""
        shown = draft_card.whole_help(self._ask_words)
        await press.open(blocks.modal("window", words.HOW_IT_WORKS, shown))
        await press.ack()

    def register(self, app: App) -> None:
        """Listen to the Home tab and to the windows that it opens."""
        app.event("app_home_opened")(opened)
        app.action(draft_card.HOW)(self.how)
        for which in (paging.REQUESTS, paging.SESSIONS):
            app.action(which)(show_list)
        for name in (paging.OLDER, paging.NEWER, paging.NEWEST):
            app.action(name)(turn_list)
        app.action(paging.PAGE)(turn_text)


def _own(
    part: HomePart, documents: Mapping[ListName, Sequence[Document]]
) -> Mapping[ListName, Sequence[Document]]:
    return {name: documents[name] for name in part.lists}


class _Opened(Sent):
    tab: str = ""
    channel: Line = ""


async def opened(event: dict[str, Any], desk: Desk, me: PersonId, client: Any) -> None:
    """Have the Home tab drawn for whoever opens it; above the messages, offer first sentences."""
    opened = payload.read(_Opened, event)
    if opened.tab == "home":
        await desk.store.commit(lambda _: (None, Changes(show=[Show(HOME, me)])))
    elif opened.tab == "messages":
        offered = {"channel_id": opened.channel, "prompts": texts.PROMPTS}
        await button_click.soon(client.api_call("assistant.threads.setSuggestedPrompts", json=offered))


async def show_list(press: Press) -> None:
    """Open the newest page of all my questions or sessions."""
    name = paging.REQUESTS if press.action_id == paging.REQUESTS else paging.SESSIONS
    await press.open(await history.page(press.desk, press.me, ListPosition(list=name)))
    await press.ack()


async def turn_list(press: Press) -> None:
    """Turn the page of a list that is open."""
    await press.turn(await history.page(press.desk, press.me, paging.list_position(press.value)))
    await press.ack()


async def turn_text(press: Press) -> None:
    """Turn the page of a long text that is open."""
    request_id, page = paging.text_page(press.value)
    await press.turn(paging.text(await history.whole(press.desk, press.me, request_id), request_id, page))
    await press.ack()
