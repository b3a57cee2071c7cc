"""What becomes of text that was kept: a question at once or after a change, a message, or nothing."""

import asyncio
import re
from dataclasses import replace

from handlers import words
from handlers.block_kit import blocks, draft_buttons, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.conversation import Conversation, Reader
from handlers.interactions.ports import App
from handlers.requests import ask_line, draft_card, drafts, history, twice, which_topic
from handlers.requests import card as request_card
from handlers.requests import form as request_form
from handlers.requests.ask_line import Question
from handlers.requests.draft_card import OpenTalk, Unclear
from handlers.requests.drafts import Tap
from handlers.requests.form import Filling
from handlers.sessions import card as session_card
from handlers.triage import triage_step
from kernel.errors import AskedAlready, MadeWay
from kernel.reading import aside
from kernel.store import Key, Snapshot
from kernel.values import PersonId, RequestId, SessionId
from matching.topics.tagging import sure
from matching.values import Urgency
from mentoring.features import DRAFTS
from mentoring.model.session import OPEN_SESSIONS, Session
from mentoring.people import people
from mentoring.people.preferences import record_choice
from mentoring.requests import drafts as kept
from mentoring.requests import requests
from mentoring.requests.drafts import Draft
from mentoring.routing.shortlist import is_known_by_words
from mentoring.sessions import relay
from sensing.triage.triage import Choice, advise


async def _filling(draft: Draft, press: Press) -> Filling:
    """The form of a draft with the best guesses; the same draft always files the same request."""
    filling = Filling(ids.caused_by(f"request {draft.id}"), question=draft.text, draft_id=draft.id)
    return await request_form.with_guesses(filling, press.desk)


async def ask(press: Press) -> None:
    """File a draft at once where it is short and its topics are clear, else open it in the form."""
    async with press.answering():
        draft = await _kept(press)
        filling = await _filling(draft, press)
        if mrkdwn.width(draft.text) <= mrkdwn.SECTION and await _is_clear(press, draft):
            new = await request_form.new_request(replace(filling, topics=()), press.desk)
            new = new.model_copy(update={"anything": not new.topics})
            try:
                await requests.file(press.desk, press.me, new, RequestId(filling.cause), press.now)
            except AskedAlready as refusal:
                shown = await twice.shown(press.desk, Tap.of(filling, draft.id), refusal, press.now)
                await press.say(blocks.spoken(shown), shown)
            else:
                await _asked(press, draft)
        else:
            await press.open(await request_form.opened(filling, press))
            await _preferred(press, draft)


async def _is_clear(press: Press, draft: Draft) -> bool:
    """Whether a text can be filed at once: its topics are sure, or none is likely and its words do."""
    found = await request_form.guesses(draft.text, press.desk)
    if sure(found) or request_form.likely(found):
        return bool(sure(found))
    return await is_known_by_words(press.desk, press.me, draft.text, press.now)


async def _asked(press: Press, draft: Draft) -> None:
    """Say on a receipt that it is on its way, where the draft itself has no card."""
    await _preferred(press, draft)
    if press.is_on_receipt:
        shown = request_card.saved()
        await press.say(blocks.spoken(shown), shown, replace=True)


async def _preferred(press: Press, draft: Draft) -> None:
    """Remember that a person was preferred where something else was advised."""
    advised = await aside(advise, draft.text)
    if draft.source in ("coach", "dm") and advised.is_clear:
        await record_choice(press.desk, press.me, advised.choice, Choice.ASK)


async def change(press: Press) -> None:
    """Open a draft in the form."""
    async with press.answering():
        draft = await _kept(press)
        await press.open(await request_form.opened(await _filling(draft, press), press))
        await _preferred(press, draft)


async def forget(press: Press) -> None:
    """Drop a draft."""
    discarded = kept.discard(press.desk, press.value, press.me, press.now)
    await press.carry_out(discarded, lambda _: words.FORGOTTEN)


async def send(press: Press) -> None:
    """Pass a draft on in the talk that it was meant for."""
    draft_id, talk = draft_card.sent(press.value)
    async with press.answering():
        draft = await drafts.still_kept(press.desk, draft_id, press.me)
        passed = {"text": draft.text, "event_id": draft.id}
        many = session_card.parts(draft.text)
        await relay.say(press.desk, SessionId(talk), press.me, press.now, **passed, parts=many)
        await kept.discard(press.desk, draft_id, press.me, press.now)


async def _kept(press: Press) -> Draft:
    return await drafts.still_kept(press.desk, press.value, press.me)


async def card(reader: Reader) -> Picture | None:
    """Draw the card of a text that is kept, or the ways to go with one that was written to be advised on."""
    if ways := await _advised(reader):
        return quiet("advised", ways)
    open_talks = await reader.desk.store.ids(OPEN_SESSIONS.of(reader.to), limit=10)

    def view(read: Snapshot) -> tuple[Draft | None, list[OpenTalk]]:
        draft = read.find(Draft, reader.id)
        talks = [_named(read, session, reader.to) for session, _ in history.talks(read, open_talks)]
        # What is written under a guided talk is private: no button sends it to a colleague.
        return draft, [] if draft and draft.source == "guided" else [talk for talk in talks if talk]

    draft, fit = await reader.desk.store.look(view, load=[Key(Draft, reader.id)])
    if draft and not fit and (shown := await triage_step.better(draft, reader.desk)):
        return quiet("advised", shown)
    if draft is None:
        return None
    unclear = None if fit else await _unclear(reader, draft)
    return await asyncio.to_thread(draft_card.card, draft, fit, reader.ask_words, unclear)


async def _unclear(reader: Reader, draft: Draft) -> Unclear | None:
    """The likely topics to tap where a question leaves open which it is about."""
    is_short = mrkdwn.width(draft.text) <= mrkdwn.SECTION
    is_open = is_short and draft.state == "kept" and draft.source != "guided"
    line = ask_line.read(mrkdwn.escape(draft.text), reader.ask_words) if is_open else None
    if not isinstance(line, Question):
        return None
    found = await request_form.guesses(line.text, reader.desk)
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


def _named(read: Snapshot, session: Session, me: PersonId) -> OpenTalk | None:
    """A relayed talk with the name that its button has, which cannot be a mention."""
    return OpenTalk(session.id, history.called(read, session, me)) if session.room == "relay" else None


def register(app: App) -> None:
    """Listen to the buttons of drafts."""
    app.action(draft_buttons.ASK)(ask)
    app.action(draft_buttons.CHANGE)(change)
    app.action(draft_buttons.FORGET)(forget)
    app.action(re.compile(rf"{re.escape(draft_card.SEND)}\.\d"))(send)


CONVERSATION = Conversation(
    feature=DRAFTS,
    listen=(register,),
    painters={"draft": card},
    refusals={
        MadeWay: lambda no: words.made_way(no.limit),
    },
)
