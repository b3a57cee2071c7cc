"""What people write to the app in its DM: whom it reaches, and what becomes of it.

| written                                        | what happens                                             |
|------------------------------------------------|----------------------------------------------------------|
| in the thread of an open, relayed talk         | passed on to the other of that talk                      |
| in any other thread                            | kept as a draft; the app asks what it is meant for       |
| not in a thread, exactly one relayed talk open | passed on to the other of that talk                      |
| not in a thread, none or several               | kept as a draft; the app asks what it is meant for       |
| a command (`/…`, or a sub-word alone)          | never passed on; answered with what can be typed         |
| an edit, a deletion, a join, a bot, the app    | nothing                                                  |

A draft is seen by its writer alone, and nothing becomes of it before they press a button. A group talk of two
people is theirs; the app does not read it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers import ask_line, ids, mrkdwn
from handlers.ask_line import SubWord
from handlers.ports import App, Notices
from mentoring import drafts as kept
from mentoring import relay
from mentoring.desk import Desk
from mentoring.errors import Ended, NotYours
from mentoring.session import Session
from mentoring.values import PersonId, SessionId

_PLAIN = (None, "file_share", "thread_broadcast", "me_message")
_FILES = "(There was a file with this message. Waymark can't pass files on.)"


@dataclass(frozen=True, slots=True)
class Written:
    """A message that a person wrote to the app. *root* is the message whose thread it stands in."""

    text: str
    channel: str
    root: str | None
    event_id: str


def written(event: dict[str, Any], event_id: str) -> Written | None:
    """Return a message that a person wrote in the app's DM, or None for anything else that happens there."""
    is_plain = event.get("subtype") in _PLAIN and not event.get("bot_id") and not event.get("app_id")
    if not is_plain or event.get("channel_type") != "im" or not event.get("user"):
        return None
    files = [_FILES] if event.get("files") else []
    text = "\n".join([*filter(None, [mrkdwn.unescape(event.get("text") or "").strip()]), *files])
    root = event.get("thread_ts")
    return (
        Written(text, event["channel"], root if root != event.get("ts") else None, event_id) if text else None
    )


def is_command(text: str) -> bool:
    """Say whether a text is meant for the app, so that it is passed on to nobody."""
    return text.startswith("/") or isinstance(ask_line.read(mrkdwn.escape(text)), SubWord)


def meant_for(message: Written, thread: str | None, talks: list[SessionId]) -> SessionId | None:
    """Return the talk that a message goes to, by the table above, or None for none.

    *thread* is the thing whose card heads the thread; *talks* are the writer's open, relayed talks.
    """
    if message.root:
        named = SessionId((thread or "").removeprefix("session:"))
        return named if named in talks else None
    return talks[0] if len(talks) == 1 and not is_command(message.text) else None


async def received(body: dict[str, Any], desk: Desk, me: PersonId, now: datetime, notices: Notices) -> None:
    """Pass a message on where it is clear for whom it is, else keep it and ask."""
    message = written(body["event"], body["event_id"])
    if message is None:
        return
    thread = await _thread(message, desk, notices)
    talk = meant_for(message, thread, await _relayed(desk, me))
    if talk is None or not await _passed_on(desk, talk, me, message, now):
        draft_id = ids.caused_by(message.event_id)
        await kept.keep(desk, me, now, text=message.text, source="dm", draft_id=draft_id)


async def _thread(message: Written, desk: Desk, notices: Notices) -> str | None:
    root = message.root
    card = await notices.card_at(desk.store.workspace, message.channel, root) if root else None
    return card.thing if card else None


async def _relayed(desk: Desk, me: PersonId) -> list[SessionId]:
    """Return the open talks of a person that go through the app."""
    found = await desk.store.ids(f"talks-of:{me}", limit=20)
    talks = await desk.store.look(lambda read: [read.find(Session, id) for id in found])
    return [SessionId(talk.id) for talk in talks if talk and talk.is_open and talk.room == "relay"]


async def _passed_on(desk: Desk, talk: SessionId, me: PersonId, message: Written, now: datetime) -> bool:
    """Pass a message on, and say whether it was: a talk may have ended a moment ago."""
    try:
        await relay.say(desk, talk, me, now, text=message.text, event_id=message.event_id)
    except (Ended, NotYours):
        return False
    return True


def register(app: App) -> None:
    """Listen to messages."""
    app.event("message")(received)
