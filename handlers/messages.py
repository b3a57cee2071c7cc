"""What people write to the app in its DM: whom it reaches, and what becomes of it.

| written                                        | what happens                                             |
|------------------------------------------------|----------------------------------------------------------|
| in the thread of an open, relayed session      | passed on to the other of that session                   |
| in the thread of an open guided talk           | an answer to its question; nobody else gets it           |
| in the thread of a guided talk that has ended  | kept as a draft; offered to no talk                      |
| in any other thread                            | kept as a draft; the app asks what it is meant for       |
| not in a thread, exactly one talk going        | as in the thread of that talk, relayed or guided         |
| not in a thread, none or several               | kept as a draft; the app asks what it is meant for, with |
|                                                | a button for each talk that goes on                      |
| not in a thread, and meant for the app itself  | never passed on; done or offered, with the way back      |
| (*pause me*, *fewer questions*, *stop*)        |                                                          |
| *yes* or *no* to whether to ask a draft        | the draft is asked, or forgotten                         |
| thanks, a greeting and the like, no talk going | answered; kept as no draft                               |
| like a remark to the app, no talk going        | what can be done is offered, and to ask it after all     |
| a command (`/…`, or a sub-word alone)          | never passed on; answered with what can be typed         |
| an edit of what was passed on                  | the other's copy changes too; after the session it stays |
| an edit of a draft, or of an answer            | that is what is kept then                                |
| an edit of what became a question              | the question says it too, until somebody accepts         |
| a deletion                                     | the other's copy goes; draft, answer and what a guide or |
|                                                | a model made of it are erased                            |
| a deletion of what became a question           | the question is withdrawn, until somebody accepts        |
| a join, a bot, the app                         | nothing                                                  |
| where a life may be in danger                  | passed on to nobody and kept nowhere; a guided talk ends |

A *talk* is here a relayed session or a guided talk. Which threads there are, and what becomes of what is
written in one, the features declare (`Thread`). A draft is seen by its writer alone, and nothing becomes of
it before they press a button. A group conversation of two people is theirs; the app does not read it. A
message that Slack sends again, even after its talk has ended or another has begun, is the same message still.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.language.commands import steering
from handlers import my_drafts, words
from handlers.availability import guess, remarks
from handlers.availability.remarks import WrittenRemark
from handlers.block_kit import mrkdwn, payload
from handlers.block_kit.payload import Id, Line, Sent
from handlers.interactions import ids, intents, talk_root
from handlers.interactions.command_call import Call
from handlers.interactions.intents import Wish
from handlers.interactions.ports import App, Notices
from handlers.interactions.sub_words import SubWords
from handlers.interactions.threads import Rewritten, Talks, Threads, WrittenMessage
from handlers.requests import ask_line
from handlers.requests.ask_line import TypedSubWord
from kernel.desk import Desk
from kernel.errors import Ended, NotFound, NotYours, Repeated
from kernel.reading import aside
from kernel.store import NONE
from kernel.values import PersonId
from mentoring.people import remarks as noted
from mentoring.requests import drafts as kept
from sensing.safety.safety import Tier

BY_PEOPLE = (None, "file_share", "thread_broadcast", "me_message")  # subtypes of messages that people write
LONGEST_COMMAND = 200  # characters


class _Message(Sent):
    channel_type: str | None = None
    subtype: str | None = None
    user: Id | None = None
    bot_id: str | None = None
    app_id: str | None = None
    text: str | None = None
    files: Sequence[object] | None = None
    ts: Line | None = None
    thread_ts: Line | None = None


class _Posted(_Message):
    channel: Line


def written(event: dict[str, Any], event_id: str) -> WrittenMessage | None:
    """A message that a person wrote in the app's DM, or None for anything else that happens there."""
    sent = payload.read(_Posted, event)
    is_plain = sent.subtype in BY_PEOPLE and not sent.bot_id and not sent.app_id
    if not is_plain or sent.channel_type != "im" or not sent.user:
        return None
    text = _plain(sent)
    root = sent.thread_ts if sent.thread_ts != sent.ts else None
    id = ids.of_event(event, event_id)
    return WrittenMessage(id, text, sent.channel, root) if text else None


class _Event(Sent):
    event_id: Id


class _Edit(Sent):
    """A message that was changed or deleted; a deleted head of a thread is changed to a *tombstone*."""

    subtype: str | None = None
    channel: Line
    channel_type: str | None = None
    message: _Message | None = None
    previous_message: _Message | None = None


def rewritten(event: dict[str, Any]) -> Rewritten | None:
    """What a person changed or deleted in the app's DM, or None for anything else."""
    edit = payload.read(_Edit, event)
    if edit.subtype not in ("message_changed", "message_deleted") or edit.channel_type != "im":
        return None
    now, before = edit.message, edit.previous_message
    if before is None or not before.user or not before.ts or before.bot_id or before.app_id:
        return None
    is_gone = now is None or now.subtype == "tombstone"
    after = "" if is_gone or now is None else _plain(now)
    if after == _plain(before):
        return None
    id = ids.of_event({"channel": edit.channel, "ts": before.ts}, "")
    return Rewritten(id, PersonId(before.user), _plain(before), after)


def _plain(message: _Message) -> str:
    """What a message says, with a word in the place of its files."""
    files = [words.FILES] if message.files else []
    text = mrkdwn.unescape(message.text or "").strip()
    return kept.fitting("\n".join([*filter(None, [text]), *files]))


def is_command(text: str, words: SubWords) -> bool:
    """Say whether a text is meant for the app, so that it is passed on to nobody.

    *words* are what can be typed after `/ask-mentor`.
    """
    is_short = len(text) <= LONGEST_COMMAND
    return text.startswith("/") or (
        is_short and isinstance(ask_line.read(mrkdwn.escape(text), words), TypedSubWord)
    )


def meant_for(message: WrittenMessage, thread: str | None, talks: Talks, words: SubWords) -> str | None:
    """The talk (as a thing) that a message goes to, by the table above, or None for none.

    *thread* is the thing whose card heads the thread.
    """
    if message.root:
        return thread if thread in (*talks.going, *talks.resting) else None
    return talks.going[0] if len(talks.going) == 1 and not is_command(message.text, words) else None


def for_the_app(
    message: WrittenMessage, open_talks: Talks, threads: Threads, words: SubWords, now: datetime
) -> Wish | None:
    """What a message asks of the app itself; while talks go on, what can be meant for nobody else.

    What steers a guided talk is for that talk.
    """
    said = None if message.root else intents.wish(message.text, now) or _pause(message.text, words)
    if said is None or not open_talks.going:
        return said
    guided = [talk for talk in open_talks.going if (thread := threads.of(talk)) and thread.is_private]
    if guided and steering(message.text):
        return None
    return said if said.is_to_the_app or is_command(message.text, words) else None


def _pause(text: str, words: SubWords) -> Wish | None:
    """The sub-word alone, whatever is said of its end."""
    line = ask_line.read(mrkdwn.escape(text), words) if len(text) <= LONGEST_COMMAND else None
    is_pause = isinstance(line, TypedSubWord) and line.name == remarks.PAUSE
    return Wish("pause", line.rest) if isinstance(line, TypedSubWord) and is_pause else None


async def received(call: Call, notices: Notices, ask_words: SubWords, threads: Threads) -> None:
    """Pass a message on where it is clear for whom it is, else keep it and ask."""
    body, desk, me = call.body, call.desk, call.me
    if (edit := rewritten(body["event"])) is not None:
        await _follow(call, edit, threads)
        return
    message = written(body["event"], payload.read(_Event, body).event_id)
    if message is None:
        return
    thread, open_talks = await _thread(message, desk, notices), await threads.talks(desk, me)
    talk = meant_for(message, thread, open_talks, ask_words)
    finding = await aside(call.screening.of, message.text)
    heard, written_in = threads.of(talk), threads.of(thread)
    if finding.tier is Tier.STOP and not (heard and heard.hears_danger):
        return
    if not open_talks.going and await my_drafts.answered(call, message, thread, ask_words):
        return
    said = for_the_app(message, open_talks, threads, ask_words, call.now)
    if said is None and not message.root and not open_talks.going:
        said = await guess.unlike_a_question(desk, message.text, call.now)
    if said and finding.tier is Tier.NONE:
        await remarks.reply(call, WrittenRemark(said, message.text, message.id, "dm"), message.once)
        return
    if talk is None or not await threads.passed_on(call, talk, message, finding):
        source: kept.Source = "guided" if written_in and written_in.is_private else "dm"
        with suppress(Repeated):
            await kept.keep(
                desk, me, call.now, text=message.text, source=source, draft_id=message.id, once=message.once
            )


async def _follow(call: Call, edit: Rewritten, threads: Threads) -> None:
    """Do with what came of a message as its writer has done with it."""
    desk, now = call.desk, call.now
    if not edit.after:
        with suppress(Repeated):  # where Slack sends the message itself later, it is not taken any more
            await desk.store.commit(lambda _read: (None, NONE), once=edit.once)
        await threads.follow(desk, edit, now)
        await my_drafts.reword(desk, edit, now)
        await noted.reword(desk, edit.id, edit.by, text="")
        with suppress(NotFound, NotYours, Ended):
            await kept.discard(desk, edit.id, edit.by, now)
    elif (await aside(call.screening.of, edit.after)).tier is not Tier.STOP:
        await threads.follow(desk, edit, now)
        await kept.reword(desk, edit.id, edit.by, text=edit.after)
        await my_drafts.reword(desk, edit, now)
        await noted.reword(desk, edit.id, edit.by, text=edit.after)


async def _thread(message: WrittenMessage, desk: Desk, notices: Notices) -> str | None:
    root = message.root
    card = await notices.card_at(desk.store.workspace, message.channel, root) if root else None
    return talk_root.heads(card, root) if card and root else None


def register(app: App) -> None:
    """Listen to messages."""
    app.event("message")(received)
