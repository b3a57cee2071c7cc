"""What becomes of text that was kept: a question at once or after a change, a message, or nothing."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from coaching.guide import talks
from coaching.guide.talk import OPEN_GUIDED_TALKS, GuidedTalk
from handlers import words
from handlers.block_kit import blocks, draft_buttons, labels, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation, Reader
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWords
from handlers.interactions.threads import Rewritten, WrittenMessage
from handlers.requests import ask_line, draft_card, drafts, history, twice, which_topic
from handlers.requests import card as request_card
from handlers.requests import form as request_form
from handlers.requests import words as request_words
from handlers.requests.ask_line import Question
from handlers.requests.draft_card import OpenTalk, Unclear
from handlers.requests.drafts import Tap
from handlers.requests.form import Filling, Opener
from handlers.sessions import card as session_card
from handlers.triage import triage_step
from kernel.desk import Desk
from kernel.errors import AskedAlready, MadeWay, Refusal, Repeated
from kernel.reading import aside
from kernel.store import Key, Snapshot
from kernel.values import PersonId, RequestId, SessionId
from matching.topics.tagging import sure
from matching.values import Urgency
from mentoring.features import DRAFTS
from mentoring.model.session import OPEN_SESSIONS
from mentoring.people import people
from mentoring.people.preferences import record_choice
from mentoring.requests import drafts as kept
from mentoring.requests import requests
from mentoring.requests.drafts import Draft, Unsent
from mentoring.routing.shortlist import is_known_by_words
from mentoring.sessions import relay
from sensing.triage.triage import Choice, advise

# All that is read as an answer to *Shall I find someone for this?*, and how long after it.
ANSWERS = {"yes": True, "yes please": True, "no": False, "no thanks": False, "no thank you": False}
ANSWERED_WITHIN = timedelta(minutes=10)
_OWN_CARD = ("dm", "guided")


def _filling(draft: Draft) -> Filling:
    """The form of a draft; the same draft always files the same request."""
    return Filling(ids.caused_by(f"request {draft.id}"), question=draft.text, draft_id=draft.id)


async def ask(press: Press) -> None:
    """File a draft at once where it is short and its topics are clear, else open it in the form."""
    async with press.answering():
        draft = await _kept(press)
        if not await _is_clear(press, draft):
            await _open(press, draft)
            return
        try:
            await _file(press, draft)
        except AskedAlready as refusal:
            tap = Tap.of(_filling(draft), draft.id)
            shown = await twice.shown(press.desk, tap, refusal, press.now)
            await press.say(blocks.spoken(shown), shown)
            return
        if press.is_on_receipt:  # where the draft itself has no card
            shown = request_card.saved()
            await press.say(blocks.spoken(shown), shown, replace=True)


async def _is_clear(by: Opener, draft: Draft) -> bool:
    """Whether a short text can be filed at once: by sure topics, or by its words where none is likely."""
    if mrkdwn.width(draft.text) > mrkdwn.SECTION:
        return False
    found = await request_form.guesses(draft.text, by.desk)
    if sure(found) or request_form.likely(found):
        return bool(sure(found))
    return await is_known_by_words(by.desk, by.me, draft.text, by.now)


async def _file(by: Opener, draft: Draft, once: str | None = None) -> None:
    """Ask what a draft says, of whoever its words are for."""
    filling = _filling(draft)
    new = await request_form.new_request(filling, by.desk)
    new = new.model_copy(update={"anything": not new.topics})
    await requests.file(by.desk, by.me, new, RequestId(filling.cause), by.now, once=once)
    await _preferred(by, draft)


async def _open(press: Press, draft: Draft) -> None:
    filling = await request_form.with_guesses(_filling(draft), press.desk)
    await press.open(await request_form.opened(filling, press))
    await _preferred(press, draft)


async def _preferred(by: Opener, draft: Draft) -> None:
    """Remember that a person was preferred where something else was advised."""
    advised = await aside(advise, draft.text)
    if draft.source in ("coach", "dm") and advised.is_clear:
        await record_choice(by.desk, by.me, advised.choice, Choice.ASK)


def yes_or_no(text: str) -> bool | None:
    """What a text says where it is a bare yes or no; None for any other."""
    return ANSWERS.get(" ".join(text.casefold().replace(",", " ").strip(" .!").split()))


async def answered(call: Call, message: WrittenMessage, thread: str | None, sub_words: SubWords) -> bool:
    """Do what a bare yes or no says to the card of a draft, and tell whether it did.

    It speaks of the card above its *thread*; outside of any, of the newest text, if that is some minutes old
    at most. A yes does nothing where there is more to choose or to say: that needs the card's buttons.
    """
    is_yes = yes_or_no(message.text)
    draft = None if is_yes is None else await _asked_about(call, message, thread, sub_words)
    if draft is None or (is_yes and not await _is_clear(call, draft)):
        return False
    try:
        if is_yes:
            await _file(call, draft, message.once)
        else:
            await kept.discard(call.desk, draft.id, call.me, call.now, once=message.once)
    except Repeated:
        return True
    except Refusal:
        return False
    return True


async def reword(desk: Desk, edit: Rewritten, now: datetime) -> None:
    """Let the question that came of a message say what its writer has made of it, if one did.

    Where the message is gone the question is taken back.
    """
    id = RequestId(ids.caused_by(f"request {edit.id}"))
    before, after = map(desk.topics.tagger.strip_tags, (edit.before, edit.after))
    with suppress(Refusal):
        if edit.after:
            await requests.follow(desk, edit.by, id, now, before=before, after=after)
        else:
            await requests.unwrite(desk, edit.by, id, now, before=before, once=f"unwrite {edit.id}")


async def _asked_about(
    call: Call, message: WrittenMessage, thread: str | None, sub_words: SubWords
) -> Draft | None:
    """The draft that a yes or no is about, if its card asks whether it is to be asked."""
    if message.root:
        kind, _, id = (thread or "").partition(":")
        draft = await call.desk.find(Draft, id) if kind == Draft.kind else None
    else:
        newest = [it for it in await _unsent(call.desk, call.me) if call.now - it.made_at <= ANSWERED_WITHIN]
        draft = newest[-1] if newest else None
    if draft is None or draft.person_id != call.me or not _is_waiting(draft, sub_words):
        return None
    reader = Reader(call.desk, draft.id, call.me, call.now, sub_words)
    has_more = await triage_step.better(draft, call.desk) or await _unclear(reader, draft)
    return None if has_more else draft


async def _unsent(desk: Desk, me: PersonId) -> list[Draft]:
    """The texts of a person that are kept, the newest last."""
    unsent = await desk.find(Unsent, me)
    return await desk.store.look(lambda read: read.all(Draft, unsent.drafts)) if unsent else []


def _is_waiting(draft: Draft, sub_words: SubWords) -> bool:
    """Whether the card of a draft is there and asks what is to become of it."""
    is_open = draft.state == "kept" and draft.source in _OWN_CARD
    return is_open and isinstance(ask_line.read(mrkdwn.escape(draft.text), sub_words), Question)


async def change(press: Press) -> None:
    """Open a draft in the form."""
    async with press.answering():
        await _open(press, await _kept(press))


async def forget(press: Press) -> None:
    """Drop a draft."""
    discarded = kept.discard(press.desk, press.value, press.me, press.now)
    await press.carry_out(discarded, lambda _: words.FORGOTTEN)


async def send(press: Press) -> None:
    """Pass a draft on in the session that it was meant for."""
    draft_id, talk = draft_card.sent(press.value)
    async with press.answering():
        draft = await drafts.still_kept(press.desk, draft_id, press.me)
        passed = {"text": draft.text, "event_id": draft.id}
        many = session_card.parts(draft.text)
        await relay.say(press.desk, SessionId(talk), press.me, press.now, **passed, parts=many)
        await kept.discard(press.desk, draft_id, press.me, press.now, state="sent")


async def answer(press: Press) -> None:
    """Take a draft as the answer in the guided talk that it was meant for."""
    draft_id, talk = draft_card.sent(press.value)
    async with press.answering():
        draft = await drafts.still_kept(press.desk, draft_id, press.me)
        said, once = draft.text, f"answer:{draft.id}"
        with suppress(Repeated):
            await talks.reply(
                press.desk, talk, press.me, press.now, text=said, event_id=draft.id, is_beside=True, once=once
            )
        await kept.discard(press.desk, draft_id, press.me, press.now, state="sent")


async def _kept(press: Press) -> Draft:
    return await drafts.still_kept(press.desk, press.value, press.me)


async def card(reader: Reader) -> Picture | None:
    """Draw the card of a text that is kept, or the ways to go with one that was written to be advised on."""
    if ways := await _advised(reader):
        return quiet("advised", ways)
    lists = (OPEN_SESSIONS, OPEN_GUIDED_TALKS)
    sessions, guided = [await reader.desk.store.ids(name.of(reader.to), limit=10) for name in lists]

    def view(read: Snapshot) -> tuple[Draft | None, list[OpenTalk]]:
        draft = read.find(Draft, reader.id)
        # What is written under a guided talk is private: no button sends it to a colleague.
        is_private = draft is not None and draft.source == "guided"
        return draft, [] if is_private else [*_guided(read, guided), *_with_people(read, sessions, reader.to)]

    draft, fit = await reader.desk.store.look(view, load=[Key(Draft, reader.id)])
    if draft and not fit and (shown := await triage_step.better(draft, reader.desk)):
        return quiet("advised", shown)
    if draft is None:
        return None
    unclear = None if fit else await _unclear(reader, draft)
    note = await _note(reader, draft)
    return await asyncio.to_thread(draft_card.card, draft, fit, reader.ask_words, unclear, note)


async def _note(reader: Reader, draft: Draft) -> str:
    """What is said of a yes or no that could do nothing: that the card above has buttons."""
    if yes_or_no(draft.text) is None:
        return ""
    waiting = [it for it in await _unsent(reader.desk, reader.to) if _is_waiting(it, reader.ask_words)]
    return request_words.BY_BUTTON if waiting else ""


async def _unclear(reader: Reader, draft: Draft) -> Unclear | None:
    """The likely topics to tap where a question leaves open which it is about."""
    is_short = mrkdwn.width(draft.text) <= mrkdwn.SECTION
    is_open = is_short and draft.state == "kept" and draft.source != "guided"
    line = ask_line.read(mrkdwn.escape(draft.text), reader.ask_words) if is_open else None
    if not isinstance(line, Question):
        return None
    found = await request_form.guesses(line.text, reader.desk)
    if request_form.is_begun(line.text, found):
        return Unclear(request_words.BEGUN, [blocks.button(labels.CHANGE, draft_buttons.CHANGE, draft.id)])
    likely, takers = request_form.likely(found), await people.open_to_anything(reader.desk, reader.to)
    if sure(found) or not (likely or takers):
        return None
    if not likely and await is_known_by_words(reader.desk, reader.to, line.text, reader.now):
        return None
    urgency = line.urgency or Urgency.TODAY
    filling = Filling(draft.id, urgency=urgency, anonymous=line.anonymous, prefer=line.prefer)
    ways = which_topic.buttons(reader.desk.topics, filling, draft.id, likely, takers)
    why = which_topic.why(found, reader.desk.topics)
    return Unclear(which_topic.lead(likely, takers, why), ways)


async def _advised(reader: Reader) -> list[Block]:
    draft = await reader.desk.find(Draft, reader.id)
    is_asked = draft is not None and draft.source == "home" and draft.state == "kept"
    return await triage_step.doors(reader.desk, reader.to, draft) if draft and is_asked else []


def _guided(read: Snapshot, ids: Sequence[str]) -> list[OpenTalk]:
    """Guided talks that go on, the one that was spoken in last first."""
    going = [talk for talk in read.all(GuidedTalk, ids) if talk.state == "going"]
    found = sorted(going, key=lambda talk: (talk.spoken_at, talk.id), reverse=True)
    return [OpenTalk(talk.id, talk.opening, is_guided=True) for talk in found]


def _with_people(read: Snapshot, ids: Sequence[str], me: PersonId) -> list[OpenTalk]:
    """Relayed sessions, each with the name that its button has, which cannot be a mention."""
    found = [session for session, _ in history.talks(read, ids) if session.room == "relay"]
    return [OpenTalk(session.id, history.called(read, session, me)) for session in found]


def register(app: App) -> None:
    """Listen to the buttons of drafts."""
    app.action(draft_buttons.ASK)(ask)
    app.action(draft_buttons.CHANGE)(change)
    app.action(draft_buttons.FORGET)(forget)
    app.action(re.compile(rf"{re.escape(draft_card.SEND)}\.\d"))(send)
    app.action(re.compile(rf"{re.escape(draft_card.ANSWER)}\.\d"))(answer)


CONVERSATION = Conversation(
    feature=DRAFTS,
    listen=(register,),
    painters={"draft": card},
    refusals={
        MadeWay: lambda no: words.made_way(no.limit),
    },
)
