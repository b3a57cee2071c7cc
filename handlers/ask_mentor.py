"""The conversation of asking: the command with its sub-words, the form, and the shortcuts that open it."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from handlers import status, words
from handlers.availability import guess, remarks
from handlers.block_kit import blocks, mentions, mrkdwn, refusals, texts
from handlers.block_kit.payload import Interaction, part
from handlers.interactions import intents
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.form_answer import answering
from handlers.interactions.intents import Wish
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWord, SubWords
from handlers.requests import ask_line, draft_card, drafts, twice, which_topic
from handlers.requests import card as request_card
from handlers.requests import form as request_form
from handlers.requests import words as request_words
from handlers.requests.ask_line import Nothing, Question, Stray, TypedSubWord, Wordless
from handlers.requests.drafts import Tap
from handlers.requests.form import Filling
from handlers.triage import advice, level_menu, triage_step
from handlers.triage import words as triage_words
from handlers.triage.triage_step import QuestionReading
from kernel.desk import Desk
from kernel.errors import AskedAlready, NotYours, Refusal, TooManyOpen
from kernel.reading import aside
from kernel.values import PersonId, RequestId, TopicId
from matching.topics.tagging import Suggestion, sure
from matching.values import Urgency
from mentoring.model.person import USUAL_LEVEL
from mentoring.model.request import Request
from mentoring.people import people
from mentoring.requests import requests
from mentoring.routing.shortlist import is_known_by_words
from sensing.safety.safety import Tier
from sensing.triage.triage import advise

COMMAND = "/ask-mentor"
SHORTCUT = "ask_mentor"
MESSAGE_SHORTCUT = "ask_about_message"

_TEAM, _STAMP = re.compile(r"[a-z0-9-]{1,80}"), re.compile(r"[0-9]{1,12}\.[0-9]{6}")
NAMED = 5  # unknown tags that are named; of more, the number is said


class AskMentor:
    """The command, with the *words* of the features that may follow it besides `help`."""

    def __init__(self, sub_words: Iterable[tuple[str, SubWord]]) -> None:
        own = SubWord(answer=self._help, also=("?", "usage"))
        self.words = SubWords(COMMAND, [("help", own), *sub_words])

    async def answer(self, call: Call, command: dict[str, Any]) -> None:
        """Answer the command: file the question, or do what the sub-word says."""
        sent = command.get("text") or ""
        line = await aside(partial(ask_line.read, words=self.words), sent)
        if isinstance(line, TypedSubWord):
            await self.words[line.name].answer(call, line.rest)
        elif said := _remark(call, sent):
            await remarks.answer(call, said, mrkdwn.unescape(sent))
        elif isinstance(line, Stray):
            await _stray(call, line)
        else:
            await _ANSWERS[type(line)](call, line)

    async def _help(self, call: Call, _rest: str) -> None:
        shown = draft_card.help_blocks()
        await call.say(blocks.spoken(shown), shown)


def _remark(call: Call, sent: str) -> Wish | None:
    """What a line asks of the app itself, unless it speaks of distress."""
    is_grave = call.screening.of(sent).tier is not Tier.NONE
    return None if is_grave else intents.wish(mrkdwn.unescape(sent), call.now)


async def _form(call: Call, line: Nothing) -> None:
    await call.open(await request_form.opened(Filling(call.cause), call))


async def _wordless(call: Call, line: Wordless) -> None:
    said = words.no_words(mrkdwn.quoted(line.text, 60))
    await call.say(said, [blocks.section(said), *blocks.actions([request_form.open_button(words.OPEN_FORM)])])


async def _stray(call: Call, line: Stray) -> None:
    """Answer a word that is no sub-word: a topic opens the form, anything else gets help."""
    tagger = call.desk.topics.tagger
    topics = sure(await aside(tagger.suggest, line.text, is_quick=tagger.is_quick))
    if topics and not line.meant:
        filling = Filling(call.cause, topics=tuple(TopicId(topic) for topic in topics))
        await call.open(await request_form.opened(filling, call))
    else:
        meant = words.did_you_mean(line.meant) if line.meant else ""
        shown = draft_card.help_blocks(words.unknown_word(mrkdwn.quoted(line.text, 60), meant))
        await call.say(blocks.spoken(shown), shown)


async def _question(call: Call, line: Question) -> None:
    """File a question whose topics are clear; else ask which of the likely ones.

    Where none is, it goes by its words to whom the past speaks for, or to people who take any question, if
    there are such; else the form asks for a topic.
    """
    filling = _filling(call, line)
    topics = await aside(partial(_no_topics, call.desk), *line.tags)
    note = " ".join(filter(None, [_no_name(line.unnamed, call.desk), topics]))
    found = await request_form.guesses(line.text, call.desk)
    seen = await triage_step.reading_of(call, line.text)
    if seen.is_confidential and not line.is_bare:
        await _in_confidence(call, request_form.guessed(filling, found), seen)
    elif shown := await triage_step.instead(call, line, seen, is_tagged=any(it.exact for it in found)):
        await call.say(blocks.spoken(shown), shown)
    elif mrkdwn.width(line.text) > mrkdwn.SECTION:
        await _long(call, request_form.guessed(filling, found), note)
    elif request_form.is_begun(line.text, found):
        begun = request_form.guessed(filling, found)
        await call.open(await request_form.opened(begun, call, f"{note} {request_words.BEGUN}".strip()))
    elif line.is_bare:
        asked = replace(request_form.guessed(filling, found), question="")
        await call.open(await request_form.opened(asked, call, note))
    elif about := request_form.surely_about(found):
        await _file(call, replace(filling, topics=about), [note] if note else [], seen)
    else:
        await _untold(call, filling, found, seen, note)


async def _untold(
    call: Call, filling: Filling, found: list[Suggestion], seen: QuestionReading, note: str
) -> None:
    """Ask which likely topic a question is about, or go by its words; say where it is none of work.

    What is like a remark to the app is answered as one, with the way to ask it after all.
    """
    if said := await _probable_remark(call, filling.question):
        await remarks.answer(call, said, filling.question)
        return
    is_elsewhere = seen.fits.is_private and not request_form.probably_about(found)
    notes = list(filter(None, [note, triage_words.PRIVATE if is_elsewhere else ""]))
    if request_form.likely(found):
        await which_topic.ask(call, filling, found, notes, seen.care(call.desk))
    elif not is_elsewhere and await is_known_by_words(call.desk, call.me, filling.question, call.now):
        await _file(call, filling, notes, seen)
    elif await people.open_to_anything(call.desk, call.me):
        await which_topic.ask(call, filling, [], notes, seen.care(call.desk))
    else:
        await call.open(await request_form.opened(filling, call, " ".join(notes)))


async def _probable_remark(call: Call, text: str) -> Wish | None:
    is_grave = call.screening.of(text).tier is not Tier.NONE
    return None if is_grave else await guess.unlike_a_question(call.desk, text, call.now)


async def _in_confidence(call: Call, filling: Filling, seen: QuestionReading) -> None:
    """Open the form with whom else to turn to above it: colleagues get it only if it is sent from there."""
    cautioned = replace(filling, is_cautioned=True)
    if mrkdwn.width(filling.question) > mrkdwn.SECTION:
        cautioned = replace(cautioned, draft_id=(await drafts.keep(call, filling.question, "command")).id)
    await call.open(await request_form.opened(cautioned, call, care=seen.care(call.desk)))


def _filling(call: Call, line: Question) -> Filling:
    urgency = line.urgency or Urgency.TODAY
    return Filling(
        call.cause, question=line.text, urgency=urgency, anonymous=line.anonymous, prefer=line.prefer
    )


def _no_name(name: str, desk: Desk) -> str:
    """The sentence that a name typed as plain characters is nobody's who is known; *Sales* is a topic's."""
    is_known = not name or any(it.exact or it.evidence for it in desk.topics.tagger.suggest(name))
    return "" if is_known else words.no_name(mrkdwn.quoted(name, 60))


def _no_topics(desk: Desk, *tags: str) -> str:
    """Which tags name no topic, in words, the first few by name; nothing where all do."""
    unknown = [tag for tag in dict.fromkeys(tags) if not desk.topics.tagger.is_tag(tag)]
    more = [words.more(len(unknown) - NAMED)] if len(unknown) > NAMED else []
    named = [mrkdwn.quoted(tag, 60) for tag in unknown[:NAMED]]
    return words.no_topic(mrkdwn.listed([*named, *more])) if unknown else ""


async def _long(call: Call, filling: Filling, note: str) -> None:
    """Keep a long text whole before the form opens with its beginning."""
    draft = await drafts.keep(call, filling.question, "command")
    await call.open(await request_form.opened(replace(filling, draft_id=draft.id), call, note))


async def _file(call: Call, filling: Filling, notes: list[str], seen: QuestionReading) -> None:
    new = await request_form.new_request(filling, call.desk)
    new = new.model_copy(update={"anything": not new.topics})
    try:
        request = await requests.file(call.desk, call.me, new, RequestId(call.cause), call.now)
    except TooManyOpen as refusal:
        await _too_many(call, filling.question, refusal)
    except AskedAlready as refusal:
        tap = Tap.of(filling, (await drafts.keep(call, filling.question, "unclear")).id)
        shown = await twice.shown(call.desk, tap, refusal, call.now)
        await call.say(blocks.spoken(shown), shown)
    except Refusal as refusal:
        again, why = replace(filling, prefer=None), refusals.sentence(refusal)
        await call.open(await request_form.opened(again, call, why))
    else:
        in_full, said = not call.is_in_messages, [*notes, *advice.also(seen.fits)]
        receipt = request_card.receipt(request, call.desk, said) if in_full else request_card.saved(said)
        level = [level_menu.asked_beside(request.id)] if seen.hangs_on_level else []
        shown = [*receipt, *level, *seen.care(call.desk)]
        await call.say(blocks.spoken(shown), shown)


async def _too_many(call: Call, question: str, refusal: TooManyOpen) -> None:
    """Show what is open, with a way to end each, and give the question back."""
    lead = words.too_many_open(refusal.limit)
    shown = status.overview(await status.open_requests(call.desk, call.me), call.desk, lead)
    shown += texts.headed(words.YOU_WROTE, question)
    await call.say(blocks.spoken(shown), shown)


_ANSWERS: Mapping[type[Any], Callable[[Call, Any], Awaitable[None]]] = {
    Nothing: _form,
    Wordless: _wordless,
    Question: _question,
}


async def submitted(call: Call, view: dict[str, Any]) -> None:
    """File what the form says; problems go back into it, and everything typed stays.

    What belongs with people who can act in confidence comes back once, with them named above it.
    """
    desk, filling = call.desk, request_form.filled(view)
    seen = await triage_step.reading(call.screening, filling.question, filling.tried)
    care = seen.care(desk)
    if seen.is_confidential and not filling.is_cautioned:
        cautioned = request_form.form(replace(filling, is_cautioned=True), desk, care=care)
        await call.ack(response_action="update", view=cautioned)
        return
    async with answering(call.ack, request_form.problems) as answer:
        rest = await drafts.rest_of(desk, filling.draft_id, call.me)
        written = await request_form.new_request(filling, desk, rest)
        new = await request_form.going_by_words(written, desk, call.me, call.now)
        try:
            await requests.file(desk, call.me, new, RequestId(filling.cause), call.now)
        except AskedAlready as refusal:
            answer.update(
                response_action="update", view=await twice.in_form(desk, filling, refusal, call.now)
            )
            return
        if care and not filling.is_cautioned:
            answer.update(
                response_action="update",
                view=blocks.modal("saved", words.ON_ITS_WAY, [*request_card.saved(), *care]),
            )


async def say_level(press: Press) -> None:
    """Take how experienced an asker is, and say what else fits what they asked, if something does."""
    level, request_id = level_menu.chosen(press.value)
    async with press.answering():
        request = await press.desk.get(Request, request_id)
        if request.asker_id != press.me:
            raise NotYours
        await people.say_level(press.desk, press.me, level, press.now)
        fits = await aside(partial(advise, level=level or USUAL_LEVEL), request.question)
        said = advice.also(fits) or [triage_words.LEVEL_NOTED]
        shown = request_card.receipt(request, press.desk, said)
        await press.say(blocks.spoken(shown), shown, replace=True)


async def ask(press: Press) -> None:
    """Open an empty form from a button."""
    await press.open(await request_form.opened(Filling(press.cause), press))
    await press.ack()


async def more_choices(press: Press) -> None:
    """Show the rest of the form that the button stands in."""
    async with press.answering():
        await press.turn(request_form.unfolded(part(press.body, "view"), press.desk))


async def shortcut(call: Call) -> None:
    """Open an empty form from anywhere in Slack."""
    await _form(call, Nothing())


async def about_message(call: Call) -> None:
    """Open the form with a message quoted in it, kept whole when it is long."""
    sent, message = call.sent, call.sent.message
    text = mrkdwn.unescape((message and message.text) or "").strip()
    author = message.user if message and text and not message.bot_id else None
    source = _source(sent, author)
    quoted = await mentions.in_words(call.desk, f"{source}\n{mrkdwn.quote(text)}\n\n") if text else ""
    filling = Filling(call.cause, question=quoted, quotes=None if author == call.me else author)
    if mrkdwn.width(quoted) > mrkdwn.SECTION:
        filling = replace(filling, draft_id=(await drafts.keep(call, quoted, "shortcut")).id)
    guessed = request_form.guessed(filling, await request_form.guesses(text, call.desk))
    await call.open(await request_form.opened(guessed, call))


def _source(sent: Interaction, author: PersonId | None) -> str:
    """Who wrote a quoted message and where it stands, as far as Slack says."""
    by = words.by_author(mrkdwn.mention(author)) if author else ""
    stamp = (sent.message and sent.message.ts) or ""
    team = (sent.team and sent.team.domain) or ""
    if not (sent.channel and _TEAM.fullmatch(team) and _STAMP.fullmatch(stamp)):
        return words.about_message(by)
    link = f"https://{team}.slack.com/archives/{sent.channel.id}/p{stamp.replace('.', '')}"
    return words.about_message_at(by, link)


def register(app: App) -> None:
    """Listen to the shortcuts and the form."""
    app.shortcut(SHORTCUT)(shortcut)
    app.shortcut(MESSAGE_SHORTCUT)(about_message)
    app.action(request_form.OPEN)(ask)
    app.action(request_form.MORE)(more_choices)
    app.action(level_menu.CHOOSE_ASKED)(say_level)
    app.view(request_form.ASK)(submitted)
