"""The Home tab as it is now, and the buttons on it that belong to no other conversation."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from coaching.guide.talk import NEXT_STEPS, OPEN_GUIDED_TALKS
from coaching.guide.talk import Talk as GuidedTalk
from coaching.plans.two_weeks import OPEN_PLANS, TwoWeeks
from coaching.sprints.sprint import ASKED_AS_PARTNER, OPEN_SPRINTS, PARTNERED_SPRINTS, Sprint
from handlers import home_view
from handlers.admins import alert_card
from handlers.block_kit import blocks, texts
from handlers.block_kit import mentions as names
from handlers.block_kit import paging as reading
from handlers.block_kit import payload as sent_back
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Line, Sent
from handlers.home_view import SHOWN, Overview
from handlers.interactions import button_click
from handlers.interactions.button_click import Press
from handlers.interactions.ports import App
from handlers.requests import draft_card
from handlers.requests import history as past
from kernel.desk import Desk
from kernel.store import Changes, Key, Show, Snapshot
from kernel.values import Document, PersonId
from mentoring.admins.alerts import ALERTS, Alert
from mentoring.model.check import CHECKS_ASKED, THANKS, Check
from mentoring.model.offer import PENDING_OFFERS, Offer
from mentoring.model.person import Person
from mentoring.model.request import OPEN_REQUESTS, REQUESTS, Request
from mentoring.model.session import OPEN_SESSIONS, SESSIONS, Session
from mentoring.sessions.feedback import FEEDBACK_ASKED, Feedback

_LISTS: Mapping[str, type[Document]] = {
    ALERTS: Alert,
    PENDING_OFFERS: Offer,
    FEEDBACK_ASKED: Feedback,
    CHECKS_ASKED: Check,
    OPEN_REQUESTS: Request,
    OPEN_SESSIONS: Session,
    OPEN_GUIDED_TALKS: GuidedTalk,
    NEXT_STEPS: GuidedTalk,
    OPEN_SPRINTS: Sprint,
    PARTNERED_SPRINTS: Sprint,
    ASKED_AS_PARTNER: Sprint,
    OPEN_PLANS: TwoWeeks,
}
_TOTALS = {
    "alerts": ALERTS,
    "offers": PENDING_OFFERS,
    "invitations": ASKED_AS_PARTNER,
    "feedback": FEEDBACK_ASKED,
    "checks": CHECKS_ASKED,
    "requests": REQUESTS,
    "sessions": SESSIONS,
    "thanks": THANKS,
}
_MOST: Mapping[str, int] = {OPEN_REQUESTS: 20}  # shown of a list, where it is not SHOWN
Asked = TypeVar("Asked", bound=Feedback | Check)


async def paint_home(desk: Desk, person_id: PersonId, now: datetime) -> View:
    """Return the tab of a person: a few short lists and one moment's read, however much there is."""
    named = (desk.store.ids(f"{name}:{person_id}", limit=_MOST.get(name, SHOWN)) for name in _LISTS)
    counted = (desk.store.count(f"{name}:{person_id}") for name in _TOTALS.values())
    ids = dict(zip(_LISTS, await asyncio.gather(*named), strict=True))
    totals = dict(zip(_TOTALS, await asyncio.gather(*counted), strict=True))

    def view(read: Snapshot) -> Overview:
        return Overview(
            me=person_id,
            person=read.find(Person, person_id),
            alerts=_alerts(read, ids[ALERTS]),
            offers=_offers(read, ids[PENDING_OFFERS]),
            feedback=_asked(read, Feedback, ids[FEEDBACK_ASKED]),
            checks=_asked(read, Check, ids[CHECKS_ASKED]),
            requests=read.all(Request, ids[OPEN_REQUESTS]),
            talks=past.talks(read, ids[OPEN_SESSIONS]),
            guided=read.all(GuidedTalk, ids[OPEN_GUIDED_TALKS]),
            steps=read.all(GuidedTalk, ids[NEXT_STEPS]),
            sprints=read.all(Sprint, ids[OPEN_SPRINTS]),
            partnered=read.all(Sprint, ids[PARTNERED_SPRINTS]),
            invitations=read.all(Sprint, ids[ASKED_AS_PARTNER]),
            plans=read.all(TwoWeeks, ids[OPEN_PLANS]),
            totals=totals,
        )

    keys = [Key(type, id) for name, type in _LISTS.items() for id in ids[name]]
    seen = await desk.store.look(view, load=[Key(Person, person_id), *keys])
    return await names.in_view(desk, await asyncio.to_thread(home_view.home, seen, desk, now))


def _alerts(read: Snapshot, ids: Sequence[str]) -> list[tuple[Alert, alert_card.Subject]]:
    return [(alert, past.subject(read, alert)) for alert in read.all(Alert, ids)]


def _offers(read: Snapshot, ids: Sequence[str]) -> list[tuple[Offer, Request]]:
    offers = read.all(Offer, ids)
    requests = {it.id: it for it in read.all(Request, [offer.request_id for offer in offers])}
    return [(it, requests[it.request_id]) for it in offers if it.request_id in requests]


def _asked(read: Snapshot, type: type[Asked], ids: Sequence[str]) -> list[tuple[Asked, Session, Request]]:
    """Return what somebody is asked about talks, each with its talk."""
    asked = read.all(type, ids)
    talks = past.talks(read, [each.session_id for each in asked])
    by_id = {session.id: (session, request) for session, request in talks}
    return [(each, *by_id[each.session_id]) for each in asked if each.session_id in by_id]


class _Opened(Sent):
    tab: str = ""
    channel: Line = ""


async def opened(event: dict[str, Any], desk: Desk, me: PersonId, client: Any) -> None:
    """Have the Home tab drawn for whoever opens it; above the messages, offer first sentences."""
    opened = sent_back.read(_Opened, event)
    if opened.tab == "home":
        await desk.store.commit(lambda _: (None, Changes(show=[Show("home", me)])))
    elif opened.tab == "messages":
        offered = {"channel_id": opened.channel, "prompts": texts.PROMPTS}
        await button_click.soon(client.api_call("assistant.threads.setSuggestedPrompts", json=offered))


async def how(press: Press) -> None:
    """Say what can be typed."""
    await press.open(blocks.modal("window", "How it works", draft_card.help_blocks()))
    await press.ack()


async def show_list(press: Press) -> None:
    """Open the newest page of all my questions or talks."""
    await press.open(await past.page(press.desk, press.me, press.action_id, None))
    await press.ack()


async def leaf(press: Press) -> None:
    """Turn the page of a list that is open."""
    name, before = reading.leafed(press.value)
    await press.turn(await past.page(press.desk, press.me, name, before))
    await press.ack()


async def turn(press: Press) -> None:
    """Turn the page of a long text that is open."""
    request_id, page = reading.turned(press.value)
    await press.turn(reading.text(await past.whole(press.desk, press.me, request_id), request_id, page))
    await press.ack()


def register(app: App) -> None:
    """Listen to the Home tab and to the windows that it opens."""
    app.event("app_home_opened")(opened)
    app.action(home_view.HOW)(how)
    for which in (reading.REQUESTS, reading.SESSIONS):
        app.action(which)(show_list)
    for name in (reading.OLDER, reading.NEWEST):
        app.action(name)(leaf)
    app.action(reading.PAGE)(turn)
