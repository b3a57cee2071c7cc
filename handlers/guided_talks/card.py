"""A guided talk in Slack: its card at the head of a thread, one message a question, and what came of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from coaching.forms import FORMS
from coaching.guide.talk import LONGEST_ANSWER, GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.guide.turn import GUIDE, ActionPlan, Turn
from coaching.language.form import LAST, Form
from coaching.language.help_ladder import Help
from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, Root, knock, quiet
from handlers.guided_talks import outcome as talk_outcome
from handlers.guided_talks.authorship import SCRIPTED, footer
from handlers.triage import advice
from kernel.policy import Contact
from sensing.safety.safety import NOTHING, Tier, read

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

CHECK_INS = {1: "Every week", 2: "Every two weeks"}
_BY_BOTH = "A script wrote this card; each question says whether the script or a model wrote it."
_STANDS_IN = {
    "failed": "the model gave no usable answer in time, so the script goes on",
    "capped": "today's turns with the model are used up, so the script goes on, and nothing is lost",
    "shared_cap": "today's turns with the model are used up for the whole workspace, so the script goes on",
    "unready": "I haven't read everyone's name yet, to hide it from the model, so the script goes on",
    "careful": "what you wrote is not for a model, so the script goes on",
}
_SUPPORT = {Help.HINT: "A hint", Help.EXAMPLE: "An example", Help.ANSWER: "One possible answer"}
_USED = {"opening": "what you wrote first"}
_RATED = {True: "You said that this question helps.", False: "You said that this question is no help."}
_HOW = (
    "The first question is in the replies to this message. Answer there, one question at a time; you can "
    "leave and come back days later. You can also write `skip`, `back` or `stop`."
)
_LOOK_AGAIN = "*You wanted to look at your goal scale again today.* Which level is it now?"
_STOPPED_HERE = (
    "*Stopped.* Your answer is kept, and nothing more comes by itself. Add something here, or press *Go on*, "
    "and I'll ask the next question."
)
_CUT = f"I keep the first {LONGEST_ANSWER:,} characters of what you wrote; the rest is not part of this talk."
_RIGHT = "*This is what I have. Right?*"
_NOTHING_YET = "I won't remind you of anything until you keep it. Only you see this."
_DROPPED = "You dropped this plan. I won't remind you of it."
_LAST = {
    "done": "That was the last question. Your plan is in a new message, outside this thread.",
    "stopped": "The talk ended here.",
}


def spoken_by(asked: Turn) -> str:
    """Return who wrote a question, why the script did where a model was meant to, and what a model used."""
    if asked.stands_in:
        return f"{SCRIPTED}: {_STANDS_IN[asked.stands_in]}"
    used = mrkdwn.listed([_USED.get(label, f"your {label}") for label in asked.used])
    return f"{footer(asked.by)}{f'. Built on {used}' if used else ''}"


def person_button(talk: GuidedTalk) -> Element:
    """Return the way out to a person, which every coaching message has."""
    return blocks.button("Get help from a person", PERSON, talk.id)


def card(talk: GuidedTalk) -> Picture:
    """Return the card at the head of a talk's thread; whom to turn to in danger is said below it, anew."""
    form = FORMS[talk.form]
    if talk.is_hushed:
        return quiet("hushed", [blocks.context("This talk has ended.")])
    if talk.state == "done":
        return knock("done", _done(talk, form), closing="What came of this talk is in a newer message below.")
    if talk.state == "stopped":
        return quiet("stopped", _stopped(talk, form))
    return _resting(talk, form) if talk.state == "paused" else quiet("going", _going(talk, form))


def turn(talk: GuidedTalk, number: int, contacts: Iterable[Contact] = ()) -> Picture:
    """Return one question of a talk: with buttons while it waits, bare once answered, or taken back.

    *contacts* are named where the answer before it shows distress, and where one spoke of danger: somebody
    who is reading the thread may not see the card outside it.
    """
    if talk.is_hushed and number == len(talk.turns) - 1:
        return knock("hushed", advice.stop(contacts), closing="Erased.", thread_of=Root(talk.thing))
    if number == len(talk.turns) and talk.state == "paused" and not talk.is_hushed:
        return _stopped_here(talk)
    if gone := _gone(talk, number):
        return quiet("gone", [blocks.context(gone)], thread_of=Root(talk.thing))
    asked = talk.turns[number]
    said, who = question(asked), blocks.context(spoken_by(asked))
    if not (asked.is_open and talk.is_open):
        is_last = number == len(talk.turns) - 1 and talk.state in _LAST
        last = [blocks.context(_LAST[talk.state])] if is_last else []
        return quiet("answered", [said, who, *last], thread_of=Root(talk.thing))
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
    picture = knock("asked", shown, closing="Asked again below.", thread_of=Root(talk.thing))
    return picture if asked.by == GUIDE else replace(picture, streams=streamed(asked))


def _stopped_here(talk: GuidedTalk) -> Picture:
    """Return what stands in the thread where the next question was stopped on its way."""
    shown = [
        blocks.section(_STOPPED_HERE),
        *blocks.actions([blocks.button("Go on", RESUME, talk.id), person_button(talk)]),
        blocks.context(SCRIPTED),
    ]
    return knock("stopped", shown, closing="You went on.", thread_of=Root(talk.thing))


def _about_last_step(talk: GuidedTalk, asked: Turn) -> list[Element]:
    """Return what can be done about the step of an earlier talk beside the question about it."""
    if asked.step != LAST or talk.follows is None:
        return []
    return [
        blocks.button("It's done", KEPT, talk.follows, style="primary"),
        blocks.button("Another day", ANOTHER_DAY, f"{talk.follows} moment"),
        blocks.button("Drop it", DROP, talk.follows),
    ]


def care_after(talk: GuidedTalk, number: int, contacts: Iterable[Contact] = ()) -> list[Block]:
    """Return the quiet lines that go with the answer before a question: of each kind once in a talk.

    What the opening speaks of was said with it, before the talk.
    """
    finding = read(talk.turns[number - 1].answer or "") if number else NOTHING
    if finding.tier is Tier.NONE:
        return []
    earlier = (talk.opening, *(turn.answer for turn in talk.turns[: number - 1] if turn.answer))
    is_said = any(read(text).category is finding.category for text in earlier)
    return [] if is_said else advice.care(finding, contacts)


def _cut(written: str) -> list[Block]:
    """Return that no more than so much is kept, where a text reached it."""
    return [blocks.context(_CUT)] if len(written) >= LONGEST_ANSWER else []


def streamed(asked: Turn) -> str:
    """Return a model's question as plain text, for where it is streamed."""
    help = f"{_SUPPORT[asked.help]}: {asked.support}" if asked.support else ""
    step = f"Your next step, as I heard it: {asked.next_step}" if asked.next_step else ""
    return mrkdwn.unmarked("\n\n".join(filter(None, [asked.reflection, help, step, asked.question])))


def _gone(talk: GuidedTalk, number: int) -> str:
    """Return what stands in the place of a question that is no more, or nothing where it is."""
    if talk.is_hushed:
        return "Erased."
    if number >= len(talk.turns):
        return "You went back from here."
    return "" if talk.turns[number].question else "A model wrote this; it is erased."


def question(asked: Turn) -> Block:
    """Return a question with the words that it builds on, and the help that comes with it."""
    said = (
        ("", asked.reflection),
        (f"{_SUPPORT[asked.help]}:" if asked.support else "", asked.support),
        ("Your next step, as I heard it:", asked.next_step),
        ("", asked.question),
    )
    return blocks.lines((label, text) for label, text in said if text)


def _rating(talk: GuidedTalk, number: int) -> list[Block]:
    """Return the buttons that rate what a model wrote, and what was said; another press changes it."""
    asked, place = talk.turns[number], f"{talk.id} {number}"
    if asked.by == GUIDE:
        return []
    pair = blocks.feedback(RATE, ("This helps", f"yes {place}"), ("No help", f"no {place}"))
    return [pair] if asked.liked is None else [pair, blocks.context(_RATED[asked.liked])]


def placed(value: str) -> tuple[str, int]:
    """Return the talk, and which of its questions, that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def rated(value: str) -> tuple[bool, str, int]:
    """Return whether a question helps, of which talk it is, and which of its questions."""
    return payload.words(tuple[bool, Id, Number], value)


def cue(talk: GuidedTalk, now: datetime) -> Picture:
    """Return the reminder of a plan, at its moment; done, dropped or put off, it is one line."""
    if talk.is_kept:
        return quiet("kept", [blocks.context("Done. That was your own step.")])
    if talk.is_dropped:
        return quiet("dropped", [blocks.context(_DROPPED)])
    if talk.remind_at and talk.remind_at > now:
        later = f"I'll remind you again on {mrkdwn.weekday_moment(talk.remind_at)}."
        return quiet("later", [blocks.context(later)])
    heard = Heard(talk)
    is_scale = bool(heard.outcome.scale)
    shown = [
        blocks.section(_LOOK_AGAIN if is_scale else "*This is the moment you had in mind.*"),
        *talk_outcome.plan(heard, without=("moment",)),
        *(talk_outcome.scale(heard.outcome) if is_scale else []),
        *blocks.actions(
            [
                done_button(talk),
                blocks.button("Remind me tomorrow", LATER, talk.id),
                *plan_buttons(talk),
                person_button(talk),
            ]
        ),
        blocks.context(footer("guide")),
    ]
    return knock(f"cue:{talk.postponed}", shown, closing="")


def done_button(talk: GuidedTalk) -> Element:
    """Return the button by which a step is done."""
    return blocks.button("Done", KEPT, talk.id, style="primary")


def step_buttons(talk: GuidedTalk) -> list[Element]:
    """Return what can be done about a step that was kept: it is done, has another day, changes, goes."""
    another_day = blocks.button("Another day", ANOTHER_DAY, f"{talk.id} moment")
    return [done_button(talk), another_day, *plan_buttons(talk)]


def keep_button(talk: GuidedTalk) -> Element:
    """Return the yes to a plan that is asked back, or was dropped."""
    label = "Keep it after all" if talk.is_dropped else "Keep it"
    return blocks.button(label, AGREE, talk.id, style="primary")


def plan_buttons(talk: GuidedTalk) -> list[Element]:
    """Return what can be done about a plan besides doing it: say it otherwise, do without it."""
    change = blocks.button("Change", CHANGE, f"{talk.id} all")
    return [change] if talk.is_dropped else [change, blocks.button("Drop it", DROP, talk.id)]


def _moves(talk: GuidedTalk, number: int) -> list[Element | None]:
    place = f"{talk.id} {number}"
    return [
        blocks.button("Skip", SKIP, place),
        blocks.button("Back", BACK, place) if number else None,
        blocks.button("Stop", STOP, talk.id),
        person_button(talk),
    ]


def _going(talk: GuidedTalk, form: Form) -> list[Block]:
    return [
        blocks.section(f"*{form.title}*, in about {form.minutes} minutes."),
        texts.reminder(talk.opening),
        *_cut(talk.opening),
        *blocks.actions([blocks.button("Stop", STOP, talk.id), person_button(talk)]),
        blocks.context(_HOW, _card_by(talk)),
    ]


def _resting(talk: GuidedTalk, form: Form) -> Picture:
    shown = [
        blocks.section(
            f"*{form.title}* is paused. It's saved as you left it: answer in its thread to carry on."
        ),
        texts.reminder(talk.opening),
        *blocks.actions([blocks.button("Go on", RESUME, talk.id), person_button(talk)]),
        blocks.context(_card_by(talk)),
    ]
    return quiet("paused", shown)


def _stopped(talk: GuidedTalk, form: Form) -> list[Block]:
    heard = Heard(talk)
    kept = [texts.reminder(talk.opening)] if talk.opening else []
    return [
        blocks.section(f"*{form.title}* has ended here."),
        *kept,
        *talk_outcome.plan(heard),
        *talk_outcome.sure(heard),
        *talk_outcome.learned(heard),
        *blocks.actions([blocks.button("Go on after all", RESUME, talk.id), person_button(talk)]),
        blocks.context(footer("guide")),
    ]


def _done(talk: GuidedTalk, form: Form) -> list[Block]:
    heard = Heard(talk)
    if talk.is_asked_back:
        return _asked_back(talk, heard)
    scale, weighed = talk_outcome.scale(heard.outcome), talk_outcome.weighed(heard)
    return [
        blocks.section(f"*What came of it: {form.title.lower()}*"),
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
    """Return the plan part by part, each to be changed, before it is kept."""
    rows = [
        blocks.section(
            talk_outcome.labelled(heard, part), blocks.button("Change", CHANGE, f"{talk.id} {part}")
        )
        for part in talk_outcome.parts(heard)
    ]
    return [
        blocks.section(_RIGHT),
        *rows,
        *talk_outcome.sentence(heard),
        *talk_outcome.scale(heard.outcome),
        *talk_outcome.learned(heard),
        *blocks.actions([keep_button(talk), blocks.button("Drop it", DROP, talk.id), person_button(talk)]),
        *_suggested(talk.plan),
        *blocks.actions([_keep_button(talk), _sprint_button(talk)]),
        blocks.context(_NOTHING_YET, _card_by(talk)),
    ]


def _plan_moves(talk: GuidedTalk) -> list[Element]:
    """Return the buttons for a plan as it stands."""
    if talk.is_dropped:
        return [keep_button(talk), *plan_buttons(talk)]
    return [done_button(talk), *plan_buttons(talk)] if talk.is_agreed else []


def _stands(talk: GuidedTalk) -> str:
    """Return whether a reminder comes, and who sees the card."""
    if talk.is_kept:
        return "Done. Only you see this."
    if talk.is_dropped:
        return f"{_DROPPED} Only you see this."
    reminder = f"I'll remind you on {mrkdwn.weekday_moment(talk.remind_at)}. " if talk.remind_at else ""
    return f"{reminder}Only you see this."


def _card_by(talk: GuidedTalk) -> str:
    return SCRIPTED if all(turn.by == GUIDE for turn in talk.turns) else _BY_BOTH


def _suggested(plan: ActionPlan | None) -> list[Block]:
    """Return a plan that a model made of the talk, to choose from."""
    if plan is None:
        return []
    lines = [
        f"• {it.behaviour}, {it.cue}, on {it.on:%A %-d %B}. You'll know by: {it.evidence}"
        for it in plan.actions
    ]
    shown = blocks.labeled("A plan to choose from:", "\n".join(lines), mrkdwn.SECTION)
    return [shown, blocks.context(footer(plan.by))]


def _keep_button(talk: GuidedTalk) -> Element | None:
    return blocks.button("Keep the plan and remind me", KEEP, talk.id) if talk.plan else None


def _check_in_menu(talk: GuidedTalk) -> Element | None:
    """Return the way to check-ins on the aim over weeks, for whoever wants them."""
    if talk.own_plan is None or not talk.own_plan.aim or talk.is_dropped:
        return None
    choices = [blocks.option(label, f"{talk.id} {weeks}") for weeks, label in CHECK_INS.items()]
    return {**blocks.menu(choices, placeholder="Check in with me"), "action_id": CHECK_IN}


def _sprint_button(talk: GuidedTalk) -> Element | None:
    """Return the way on from a goal scale or a habit: some weeks of practice."""
    if talk.form not in ("goal_scale", "woop"):
        return None
    return blocks.button("Begin a sprint with this", SPRINT, talk.id, style="primary")
