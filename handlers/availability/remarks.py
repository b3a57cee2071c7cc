"""What somebody asks of the app itself, done or offered: by a command, a message, the card's buttons."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.availability import card as remark_card
from handlers.availability import words
from handlers.availability.card import RemarkContext
from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions import pause_words
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation, Reader
from handlers.interactions.form_answer import answering
from handlers.interactions.intents import Wish, wish
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWord
from handlers.requests import form as request_form
from handlers.requests.form import Filling
from handlers.status import open_requests
from kernel.desk import Desk
from kernel.errors import NotAMember, Repeated
from kernel.reading import aside
from kernel.store import Key, Snapshot
from kernel.values import PersonId, TopicId
from matching.topics.tagging import sure
from mentoring.features import AVAILABILITY
from mentoring.model.load import Load, load_of
from mentoring.model.person import Person, stranger
from mentoring.model.remark import AskingChange, Place, Remark
from mentoring.people import remarks

PAUSE = "pause"  # the sub-word


@dataclass(frozen=True, slots=True)
class WrittenRemark:
    """What somebody wrote, where, and what of the app it asks for; *id* is that of its remark."""

    wish: Wish
    text: str
    id: str
    place: Place

    def remark(self, me: PersonId, now: datetime, topics: tuple[TopicId, ...] = ()) -> Remark:
        """The remark that they are."""
        return Remark(
            id=self.id,
            person_id=me,
            text=self.text.strip(),
            meant=self.wish.intent,
            place=self.place,
            made_at=now,
            when=self.wish.when,
            topics=topics,
        )


async def answer(call: Call, said: Wish, text: str) -> None:
    """Answer a command with the card."""
    words = WrittenRemark(said, text, call.cause, "command")
    remark, step = await _understood(call.desk, call.me, call.now, words)
    remark = await remarks.note(call.desk, remark, call.now, step=step)
    shown = await _shown(call.desk, remark, call.now)
    await call.say(blocks.spoken(shown), shown)


async def pause_called(call: Call, rest: str) -> None:
    """Pause, from its word; where no end is said that is understood, the card offers some."""
    said = wish(f"{PAUSE} {rest}", call.now) or Wish("pause", rest)
    await answer(call, said, f"{PAUSE} {rest}".strip())


async def resume_called(call: Call, _rest: str) -> None:
    """Take asks again, from its word."""
    await answer(call, Wish("resume"), "resume")


async def reply(call: Call, words: WrittenRemark, once: str) -> None:
    """Answer a message with the card, once; nothing is planned by the clock of somebody who is not known."""
    try:
        remark, step = await _understood(call.desk, call.me, call.now, words)
    except NotAMember:
        remark, step = words.remark(call.me, call.now), None
    with suppress(Repeated):
        await remarks.note(call.desk, remark, call.now, step=step, once=once)


async def _understood(
    desk: Desk, me: PersonId, now: datetime, words: WrittenRemark
) -> tuple[Remark, AskingChange | None]:
    """The remark, and the step that it clearly asks for."""
    person = await desk.find(Person, me) or stranger(me, now)
    tagger, about = desk.topics.tagger, words.wish.topics
    named = sure(await aside(tagger.suggest, about, is_quick=tagger.is_quick)) if about else ()
    topics = tuple(TopicId(topic) for topic in named)
    if words.wish.intent == "pause" and words.wish.when:
        until = await pause_words.end_for(desk, me, words.wish.when, now)
        step = AskingChange("pause", until=until) if until else None
    else:
        step = _step(person, words.wish, topics)
    return words.remark(me, now, topics), step


def _step(person: Person, said: Wish, topics: tuple[TopicId, ...]) -> AskingChange | None:
    if said.intent == "resume":
        return AskingChange("resume")
    if not person.is_helper:
        return None
    if said.weekly:
        return AskingChange("weekly", weekly=said.weekly)
    if said.intent == "only" and topics:
        return AskingChange("only", topics=topics)
    left = tuple(topic for topic in person.topics if topic not in topics)
    is_less = said.intent == "without" and 0 < len(left) < len(person.topics)
    return AskingChange("only", topics=left) if is_less else None


async def pause(press: Press) -> None:
    """Pause until the time that the button names."""
    async with press.answering():
        remark = await _mine(press)
        words = remark_card.pause_named(remark, press.now)
        until = await pause_words.end_for(press.desk, press.me, words, press.now)
        await _take(press, AskingChange("pause", until=until or press.now))


async def weekly(press: Press) -> None:
    """Be asked one question a week at most."""
    async with press.answering():
        await _take(press, AskingChange("weekly", weekly=1))


async def stop(press: Press) -> None:
    """Stop helping; topics are kept."""
    async with press.answering():
        await _take(press, AskingChange("stop"))


async def undo(press: Press) -> None:
    """Be asked as before."""
    async with press.answering():
        await _redrawn(press, await remarks.undo(press.desk, press.value, press.me, press.now))


async def choose(press: Press) -> None:
    """Show the choices."""
    async with press.answering():
        await _redrawn(press, await remarks.choose(press.desk, press.value, press.me))


async def other_day(press: Press) -> None:
    """Open the form for the end of a pause."""
    async with press.answering():
        remark = await _mine(press)
        words = remark_card.pause_named(remark, press.now)
        until = await pause_words.end_for(press.desk, press.me, words, press.now)
        await press.open(remark_card.day_form(remark.id, until or press.now))


async def only(press: Press) -> None:
    """Open the form for the only topics, with those that were named, else with all."""
    async with press.answering():
        remark = await _mine(press)
        person = await press.desk.get(Person, press.me)
        left = tuple(topic for topic in person.topics if topic not in remark.topics)
        chosen = remark.topics if remark.meant == "only" else left
        await press.open(remark_card.only_form(remark.id, chosen or tuple(person.topics), press.desk))


async def question(press: Press) -> None:
    """Open the form with what was written, since it was meant as a question."""
    async with press.answering():
        filling = Filling(press.cause, question=(await _mine(press)).text)
        filling = await request_form.with_guesses(filling, press.desk)
        await press.open(await request_form.opened(filling, press))


async def day_chosen(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Pause until the moment of the form."""
    async with answering(ack, remark_card.problems):
        said = remark_card.day_filled(view)
        await remarks.take(
            desk, said.remark_id, me, now, AskingChange("pause", until=said.until), in_messages=True
        )


async def topics_chosen(ack: Any, view: View, desk: Desk, me: PersonId, now: datetime) -> None:
    """Be asked about the topics of the form alone."""
    async with answering(ack, remark_card.problems):
        said = remark_card.only_filled(view)
        await remarks.take(
            desk, said.remark_id, me, now, AskingChange("only", topics=said.topics), in_messages=True
        )


async def _mine(press: Press) -> Remark:
    return (await press.desk.get(Remark, press.value)).check_writer(press.me)


async def _take(press: Press, step: AskingChange) -> None:
    await _redrawn(press, await remarks.take(press.desk, press.value, press.me, press.now, step))


async def _redrawn(press: Press, remark: Remark) -> None:
    """Put the new answer in the place of a command's; a card in the messages is drawn anew by itself."""
    if press.is_on_receipt:
        shown = await _shown(press.desk, remark, press.now)
        await press.say(blocks.spoken(shown), shown, replace=True)


async def _shown(desk: Desk, remark: Remark, now: datetime) -> list[Block]:
    me = remark.person_id
    is_about = remark.meant in remark_card.ABOUT_QUESTIONS
    questions = await open_requests(desk, me) if is_about else ()

    def view(read: Snapshot) -> RemarkContext:
        return RemarkContext(read.find(Person, me) or stranger(me, now), load_of(read, me), questions)

    around = await desk.store.look(view, load=[Key(Person, me), Key(Load, me)])
    return remark_card.card(remark, around, desk, now)


async def _card(reader: Reader) -> Picture | None:
    remark = await reader.desk.find(Remark, reader.id)
    if remark is None:
        return None
    state = remark.changed or ("undone" if remark.is_undone else remark.meant)
    return quiet(state, await _shown(reader.desk, remark, reader.now))


def register(app: App) -> None:
    """Listen to the card's buttons and forms."""
    app.action(remark_card.PAUSE)(pause)
    app.action(remark_card.OTHER_DAY)(other_day)
    app.action(remark_card.WEEKLY)(weekly)
    app.action(remark_card.ONLY)(only)
    app.action(remark_card.STOP)(stop)
    app.action(remark_card.UNDO)(undo)
    app.action(remark_card.CHOOSE)(choose)
    app.action(remark_card.QUESTION)(question)
    app.view(remark_card.DAY_FORM)(day_chosen)
    app.view(remark_card.ONLY_FORM)(topics_chosen)


CONVERSATION = Conversation(
    feature=AVAILABILITY,
    listen=(register,),
    painters={"remark": _card},
    ask_words={
        PAUSE: SubWord(
            help=(words.HELP_LINE),
            answer=pause_called,
            takes_rest=True,
        ),
        "resume": SubWord(answer=resume_called, also=("unpause",)),
    },
)
