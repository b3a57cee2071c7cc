"""The Home tab as it is now, and the buttons on it that belong to no other conversation."""

from datetime import datetime
from typing import Any

from coaching.sprint import Sprint
from coaching.talk import Talk as GuidedTalk
from coaching.two_weeks import TwoWeeks
from handlers import blocks, draft_card, home_view, past, presses, reading, texts
from handlers.blocks import View
from handlers.home_view import SHOWN, Overview
from handlers.ports import App, Notices
from handlers.presses import Press
from mentoring.check import Check
from mentoring.desk import Desk
from mentoring.feedback import Feedback
from mentoring.offer import Offer
from mentoring.person import Person
from mentoring.request import Request
from mentoring.session import Session
from mentoring.store import Key, Snapshot
from mentoring.values import PersonId

_LISTS = (
    "pending-offers-to",
    "feedback-asked-of",
    "checks-asked-of",
    "open-requests-of",
    "talks-of",
    "open-coach-talks-of",
    "open-sprints-of",
    "partnered-sprints-of",
    "open-two-weeks-of",
)
_TOTALS = {"requests": "requests-of", "sessions": "sessions-of", "thanks": "thanks-to"}


async def paint_home(desk: Desk, person_id: PersonId, now: datetime) -> View:
    """Return the tab of a person: a few short lists and one read, however much there is."""
    found = {name: await desk.store.ids(f"{name}:{person_id}", limit=20) for name in _LISTS}
    totals = {name: await desk.store.count(f"{key}:{person_id}") for name, key in _TOTALS.items()}

    def view(read: Snapshot) -> Overview:
        return Overview(
            me=person_id,
            person=read.find(Person, person_id),
            offers=[it for id in found["pending-offers-to"][:SHOWN] for it in _offer(read, id)],
            feedback=[it for id in found["feedback-asked-of"][:SHOWN] for it in _feedback(read, id)],
            checks=[it for id in found["checks-asked-of"][:SHOWN] for it in _check(read, id)],
            requests=[it for id in found["open-requests-of"] for it in [read.find(Request, id)] if it],
            talks=[it for id in found["talks-of"][:SHOWN] for it in past.talk(read, id)],
            guided=[
                it for id in found["open-coach-talks-of"][:SHOWN] for it in [read.find(GuidedTalk, id)] if it
            ],
            sprints=[it for id in found["open-sprints-of"][:SHOWN] for it in [read.find(Sprint, id)] if it],
            partnered=[
                it for id in found["partnered-sprints-of"][:SHOWN] for it in [read.find(Sprint, id)] if it
            ],
            plans=[it for id in found["open-two-weeks-of"][:SHOWN] for it in [read.find(TwoWeeks, id)] if it],
            totals=totals,
        )

    return home_view.home(await desk.store.look(view, load=[Key(Person, person_id)]), desk, now)


def _offer(read: Snapshot, id: str) -> list[tuple[Offer, Request]]:
    offer = read.find(Offer, id)
    request = read.find(Request, offer.request_id) if offer else None
    return [(offer, request)] if offer and request else []


def _feedback(read: Snapshot, id: str) -> list[tuple[Feedback, Session, Request]]:
    asked = read.find(Feedback, id)
    return [(asked, *talk) for talk in past.talk(read, asked.session_id)] if asked else []


def _check(read: Snapshot, id: str) -> list[tuple[Check, Session, Request]]:
    asked = read.find(Check, id)
    return [(asked, *talk) for talk in past.talk(read, asked.session_id)] if asked else []


async def opened(event: dict[str, Any], desk: Desk, me: PersonId, notices: Notices, client: Any) -> None:
    """Have the Home tab drawn for whoever opens it; above the messages, offer first sentences."""
    if event.get("tab") == "home":
        await notices.want(desk.store.workspace, me, "home")
    elif event.get("tab") == "messages":
        offered = {"channel_id": event["channel"], "prompts": texts.PROMPTS}
        await presses.soon(client.api_call("assistant.threads.setSuggestedPrompts", json=offered))


async def how(press: Press) -> None:
    """Say what can be typed."""
    await press.open(blocks.modal("window", "How it works", draft_card.help_blocks()))
    await press.ack()


async def show_list(press: Press) -> None:
    """Open the newest page of all my questions or talks."""
    await press.open(await past.page(press.desk, press.me, press.action["action_id"], None))
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
    for name in (reading.REQUESTS, reading.SESSIONS):
        app.action(name)(show_list)
    for name in (reading.OLDER, reading.NEWEST):
        app.action(name)(leaf)
    app.action(reading.PAGE)(turn)
