"""A guided talk in Slack: its card at the head of a thread, one message a question, and what came of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from coaching.forms import FORMS
from coaching.guide.talk import LONGEST_ANSWER, GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.guide.turn import GUIDE, ActionPlan, Turn
from coaching.language.form import LAST, Form, Keeps
from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, Root, knock, quiet
from handlers.guided_talks import outcome as talk_outcome
from handlers.guided_talks import words
from handlers.guided_talks.authorship import SCRIPTED, footer
from handlers.triage import advice
from kernel.policy import Contact
from sensing.safety.safety import NOTHING, Finding, Tier, read

SKIP = "talk.skip"
BACK = "talk.back"
STOP = "talk.stop"
RESUME = "talk.resume"
PERSON = "talk.person"
SPRINT = "talk.sprint"
KEEP = "talk.keep"

RATE = "talk.rate"
CHECK_IN = "talk.check_in"
KEPT = "talk.kept"
LATER = "talk.later"
AGREE = "talk.agree"
CHANGE = "talk.change"
ANOTHER_DAY = "talk.another_day"
DROP = "talk.drop"


def spoken_by(asked: Turn) -> str:
    """Who wrote a question, why the script did where a model was meant to, and what a model used."""
    if asked.stands_in:
        return words.stands_in(asked.stands_in)
    used = mrkdwn.listed([words.USED.get(label, words.an_answer(label)) for label in asked.used])
    return words.built_on(footer(asked.by), used)


def person_button(talk: GuidedTalk) -> Element:
    """The way out to a person, which every coaching message has."""
    return blocks.button(labels.PERSON, PERSON, talk.id)


def card(talk: GuidedTalk) -> Picture:
    """The card at the head of a guided talk's thread; whom to turn to in danger is said below it, anew."""
    form = FORMS[talk.form]
    if talk.is_hushed:
        return quiet("hushed", [blocks.context(words.OVER)])
    if talk.state == "done":
        return knock("done", _done(talk, form), closing=words.CAME_BELOW)
    if talk.state == "stopped":
        return quiet("stopped", _stopped(talk, form))
    return _resting(talk, form) if talk.state == "paused" else quiet("going", _going(talk, form))


def turn(talk: GuidedTalk, number: int, contacts: Iterable[Contact] = ()) -> Picture:
    """One question of a guided talk: with buttons while it waits, bare once answered, or taken back.

    Whoever writes outside the thread reads the next question there, too. *contacts* are named where the
    answer before it shows distress, and where one spoke of danger: somebody who is reading the thread may
    not see the card outside it.
    """
    return replace(_turn(talk, number, contacts), is_broadcast=talk.is_beside)


def _turn(talk: GuidedTalk, number: int, contacts: Iterable[Contact]) -> Picture:
    if talk.is_hushed and number == len(talk.turns) - 1:
        return knock("hushed", advice.stop(contacts), closing=words.ERASED, thread_of=Root(talk.thing))
    if number == len(talk.turns) and talk.state == "paused" and not talk.is_hushed:
        return _stopped_here(talk)
    if gone := _gone(talk, number):
        return quiet("gone", [blocks.context(gone)], thread_of=Root(talk.thing))
    asked = talk.turns[number]
    said, who = question(asked), blocks.context(spoken_by(asked))
    if not (asked.is_open and talk.is_open):
        is_last = number == len(talk.turns) - 1 and talk.state in words.LAST
        last = [blocks.context(words.LAST[talk.state])] if is_last else []
        return quiet("answered", [said, who, *last], thread_of=Root(talk.thing))
    if talk.state == "paused" and talk.is_beside:
        rests = [said, *blocks.actions(_goes_on(talk)), blocks.context(words.RESTS_HERE), who]
        return quiet("resting", rests, thread_of=Root(talk.thing))
    care = care_after(talk, number, contacts)
    cut = _cut(talk.turns[number - 1].answer or "") if number else []
    shown = [
        said,
        *care,
        *cut,
        *blocks.actions(_about_last_step(talk, asked)),
        *blocks.actions(_moves(talk, number)),
        *_rating(talk, number),
        who,
    ]
    picture = knock("asked", shown, closing=words.ASKED_BELOW, thread_of=Root(talk.thing))
    return picture if asked.by == GUIDE else replace(picture, streams=streamed(asked))


def _stopped_here(talk: GuidedTalk) -> Picture:
    """What stands in the thread where the next question was stopped on its way."""
    shown = [
        blocks.section(words.STOPPED_HERE),
        *blocks.actions(_goes_on(talk)),
        blocks.context(SCRIPTED),
    ]
    return knock("stopped", shown, closing=words.WENT_ON, thread_of=Root(talk.thing))


def _goes_on(talk: GuidedTalk) -> list[Element]:
    """The ways on from a guided talk that rests."""
    return [blocks.button(labels.GO_ON, RESUME, talk.id), person_button(talk)]


def _about_last_step(talk: GuidedTalk, asked: Turn) -> list[Element]:
    """What can be done about the step of an earlier guided talk beside the question about it."""
    if asked.step != LAST or talk.follows is None:
        return []
    return [
        blocks.button(words.ITS_DONE, KEPT, talk.follows, style="primary"),
        blocks.button(labels.ANOTHER_DAY, ANOTHER_DAY, f"{talk.follows} moment"),
        blocks.button(labels.DROP_IT, DROP, talk.follows),
    ]


def care_after(talk: GuidedTalk, number: int, contacts: Iterable[Contact] = ()) -> list[Block]:
    """The quiet lines that go with the answer before a question: of each kind once in a guided talk.

    What the opening speaks of was said with it, before the guided talk.
    """
    finding = read(talk.turns[number - 1].answer or "") if number else NOTHING
    if finding.tier is Tier.NONE or not _is_the_topic(talk, number, finding):
        return []
    heard = [turn for at, turn in enumerate(talk.turns[: number - 1], 1) if _is_the_topic(talk, at, finding)]
    earlier = (talk.opening, *(turn.answer for turn in heard if turn.answer))
    is_said = any(read(text).category is finding.category for text in earlier)
    return [] if is_said else advice.care(finding, contacts)


def _is_the_topic(talk: GuidedTalk, number: int, finding: Finding) -> bool:
    """Whether a care line belongs to an answer: one on pay, law or health only where the aim is that.

    A guided talk is about what its aim says; what its opening says was answered before.
    """
    asked = FORMS[talk.form].by_id[talk.turns[number - 1].step]
    return finding.tier is not Tier.PROFESSIONAL or asked.keeps is Keeps.GOAL


def _cut(written: str) -> list[Block]:
    """Say that no more than so much is kept, where a text reached it."""
    return [blocks.context(words.CUT)] if len(written) >= LONGEST_ANSWER else []


def streamed(asked: Turn) -> str:
    """A model's question as plain text, for where it is streamed."""
    help = f"{words.SUPPORT[asked.help]}: {asked.support}" if asked.support else ""
    step = f"{words.STEP_HEARD} {asked.next_step}" if asked.next_step else ""
    return mrkdwn.unmarked("\n\n".join(filter(None, [asked.reflection, help, step, asked.question])))


def _gone(talk: GuidedTalk, number: int) -> str:
    """What stands in the place of a question that is no more, or nothing where it is."""
    if talk.is_hushed:
        return words.ERASED
    if number >= len(talk.turns):
        return words.WENT_BACK
    return "" if talk.turns[number].question else words.MODEL_ERASED


def question(asked: Turn) -> Block:
    """A question with the words that it builds on, and the help that comes with it."""
    said = (
        ("", asked.reflection),
        (f"{words.SUPPORT[asked.help]}:" if asked.support else "", asked.support),
        (words.STEP_HEARD, asked.next_step),
        ("", asked.question),
    )
    return blocks.lines((label, text) for label, text in said if text)


def _rating(talk: GuidedTalk, number: int) -> list[Block]:
    """The buttons that rate what a model wrote, and what was said; another press changes it."""
    asked, place = talk.turns[number], f"{talk.id} {number}"
    if asked.by == GUIDE:
        return []
    pair = blocks.feedback(RATE, (words.HELPS, f"yes {place}"), (words.NO_HELP, f"no {place}"))
    return [pair] if asked.liked is None else [pair, blocks.context(words.RATED[asked.liked])]


def placed(value: str) -> tuple[str, int]:
    """The guided talk, and which of its questions, that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def rated(value: str) -> tuple[bool, str, int]:
    """Whether a question helps, of which guided talk it is, and which of its questions."""
    return payload.words(tuple[bool, Id, Number], value)


def cue(talk: GuidedTalk, now: datetime) -> Picture:
    """The reminder of a plan, at its moment; done, dropped or put off, it is one line."""
    if talk.is_kept:
        return quiet("kept", [blocks.context(words.OWN_STEP_DONE)])
    if talk.is_dropped:
        return quiet("dropped", [blocks.context(words.DROPPED)])
    if talk.remind_at and talk.remind_at > now:
        later = words.later(mrkdwn.weekday_moment(talk.remind_at))
        return quiet("later", [blocks.context(later)])
    heard = Heard(talk)
    is_scale = bool(heard.outcome.scale)
    shown = [
        blocks.section(words.LOOK_AGAIN if is_scale else words.THE_MOMENT),
        *talk_outcome.plan(heard, without=("moment",)),
        *(talk_outcome.scale(heard.outcome) if is_scale else []),
        *blocks.actions(
            [
                done_button(talk),
                blocks.button(words.TOMORROW, LATER, talk.id),
                *plan_buttons(talk),
                person_button(talk),
            ]
        ),
        blocks.context(footer("guide")),
    ]
    return knock(f"cue:{talk.postponed}", shown, closing="")


def done_button(talk: GuidedTalk) -> Element:
    """The button by which a step is done."""
    return blocks.button(labels.DONE, KEPT, talk.id, style="primary")


def step_buttons(talk: GuidedTalk) -> list[Element]:
    """What can be done about a step that was kept: it is done, has another day, changes, goes."""
    another_day = blocks.button(labels.ANOTHER_DAY, ANOTHER_DAY, f"{talk.id} moment")
    return [done_button(talk), another_day, *plan_buttons(talk)]


def keep_button(talk: GuidedTalk) -> Element:
    """The yes to a plan that is asked back, or was dropped."""
    label = words.KEEP_AFTER_ALL if talk.is_dropped else labels.KEEP_IT
    return blocks.button(label, AGREE, talk.id, style="primary")


def plan_buttons(talk: GuidedTalk) -> list[Element]:
    """What can be done about a plan besides doing it: say it otherwise, do without it."""
    change = blocks.button(labels.CHANGE, CHANGE, f"{talk.id} all")
    return [change] if talk.is_dropped else [change, blocks.button(labels.DROP_IT, DROP, talk.id)]


def _moves(talk: GuidedTalk, number: int) -> list[Element | None]:
    place = f"{talk.id} {number}"
    return [
        blocks.button(words.SKIP, SKIP, place),
        blocks.button(labels.BACK, BACK, place) if number else None,
        blocks.button(words.STOP, STOP, talk.id),
        person_button(talk),
    ]


def _going(talk: GuidedTalk, form: Form) -> list[Block]:
    return [
        blocks.section(words.going(form.title, form.minutes)),
        texts.reminder(talk.opening),
        *_cut(talk.opening),
        *blocks.actions([blocks.button(words.STOP, STOP, talk.id), person_button(talk)]),
        blocks.context(words.HOW, _card_by(talk)),
    ]


def _resting(talk: GuidedTalk, form: Form) -> Picture:
    shown = [
        blocks.section(words.resting(form.title)),
        texts.reminder(talk.opening),
        *blocks.actions(_goes_on(talk)),
        blocks.context(_card_by(talk)),
    ]
    return quiet("paused", shown)


def _stopped(talk: GuidedTalk, form: Form) -> list[Block]:
    heard = Heard(talk)
    kept = [texts.reminder(talk.opening)] if talk.opening else []
    return [
        blocks.section(words.ended(form.title)),
        *kept,
        *talk_outcome.plan(heard),
        *talk_outcome.sure(heard),
        *talk_outcome.learned(heard),
        *blocks.actions([blocks.button(words.GO_ON_AFTER_ALL, RESUME, talk.id), person_button(talk)]),
        blocks.context(footer("guide")),
    ]


def _done(talk: GuidedTalk, form: Form) -> list[Block]:
    heard = Heard(talk)
    if talk.is_asked_back:
        return _asked_back(talk, heard)
    scale, weighed = talk_outcome.scale(heard.outcome), talk_outcome.weighed(heard)
    return [
        blocks.section(words.came_of(form.title)),
        *talk_outcome.plan(heard),
        *scale,
        *weighed,
        *talk_outcome.sure(heard),
        *talk_outcome.learned(heard),
        *_suggested(talk.plan),
        *blocks.actions(_plan_moves(talk)),
        *blocks.actions(
            [
                _keep_button(talk),
                _sprint_button(talk),
                _check_in_menu(talk),
                goal_button("guided", talk.id),
                person_button(talk),
            ]
        ),
        blocks.context(_stands(talk), _card_by(talk)),
    ]


def _asked_back(talk: GuidedTalk, heard: Heard) -> list[Block]:
    """The plan part by part, each to be changed, before it is kept."""
    rows = [
        blocks.section(line, blocks.button(labels.CHANGE, CHANGE, f"{talk.id} {part}"))
        for part, line in talk_outcome.labelled(heard).items()
    ]
    return [
        blocks.section(words.RIGHT),
        *rows,
        *talk_outcome.besides(heard),
        *talk_outcome.scale(heard.outcome),
        *talk_outcome.learned(heard),
        *blocks.actions(
            [keep_button(talk), blocks.button(labels.DROP_IT, DROP, talk.id), person_button(talk)]
        ),
        *_suggested(talk.plan),
        *blocks.actions([_keep_button(talk), _sprint_button(talk)]),
        blocks.context(words.NOTHING_YET, _card_by(talk)),
    ]


def _plan_moves(talk: GuidedTalk) -> list[Element]:
    """The buttons for a plan as it stands."""
    if talk.is_dropped:
        return [keep_button(talk), *plan_buttons(talk)]
    return [done_button(talk), *plan_buttons(talk)] if talk.is_agreed else []


def _stands(talk: GuidedTalk) -> str:
    """Whether a reminder comes, and who sees the card."""
    if talk.is_kept:
        return words.IS_DONE
    if talk.is_dropped:
        return words.dropped()
    return words.reminds(mrkdwn.weekday_moment(talk.remind_at) if talk.remind_at else "")


def _card_by(talk: GuidedTalk) -> str:
    return SCRIPTED if all(turn.by == GUIDE for turn in talk.turns) else words.BY_BOTH


def _suggested(plan: ActionPlan | None) -> list[Block]:
    """A plan that a model made of the guided talk, to choose from."""
    if plan is None:
        return []
    lines = [words.suggested(it.behaviour, it.cue, f"{it.on:%A %-d %B}", it.evidence) for it in plan.actions]
    shown = blocks.labeled(words.PLAN_TO_CHOOSE, "\n".join(lines), mrkdwn.SECTION)
    return [shown, blocks.context(footer(plan.by))]


def _keep_button(talk: GuidedTalk) -> Element | None:
    return blocks.button(words.KEEP_PLAN, KEEP, talk.id) if talk.plan else None


def _check_in_menu(talk: GuidedTalk) -> Element | None:
    """The way to check-ins on the aim over weeks, for whoever wants them."""
    if talk.own_plan is None or not talk.own_plan.aim or talk.is_dropped:
        return None
    choices = [blocks.option(label, f"{talk.id} {weeks}") for weeks, label in words.CHECK_INS.items()]
    return {**blocks.menu(choices, placeholder=words.CHECK_IN), "action_id": CHECK_IN}


def _sprint_button(talk: GuidedTalk) -> Element | None:
    """The way on from a goal scale or a habit: some weeks of practice."""
    if talk.form not in ("goal_scale", "woop"):
        return None
    return blocks.button(words.SPRINT, SPRINT, talk.id, style="primary")
