"""A guided talk in Slack: its card at the head of a thread, one message a question, and what came of it."""

from collections.abc import Iterable

from coaching.form import Form
from coaching.forms import FORMS
from coaching.talk import Outcome, Talk, Turn
from handlers import advice, blocks, mrkdwn, texts
from handlers.blocks import Block, Element
from handlers.picture import Picture, knock, quiet
from mentoring.policy import Contact

SKIP = "talk.skip"
BACK = "talk.back"
STOP = "talk.stop"
RESUME = "talk.resume"
PERSON = "talk.person"
SPRINT = "talk.sprint"

SCRIPTED = "Scripted guide, no AI model used"
_CLOSING = "This talk goes on in a newer message below."
_HOW = (
    "One question at a time, in this thread. Take your time: you can leave and come back days later. "
    "`skip`, `back` and `stop` work as words, too."
)


def footer(by: str) -> str:
    """Return who is speaking, as every coaching message says it."""
    return SCRIPTED if by == "guide" else f"Written by an AI model ({by}); it can be wrong"


def person_button(talk: Talk) -> Element:
    """Return the way out to a person, which every coaching message has."""
    return blocks.button("Get help from a person", PERSON, talk.id)


def card(talk: Talk, contacts: Iterable[Contact]) -> Picture:
    """Return the card at the head of a talk's thread; *contacts* are named where life may be in danger."""
    form = FORMS[talk.form]
    if talk.is_hushed:
        return knock("hushed", advice.stop(contacts), closing="This talk has ended.")
    if talk.state == "done":
        return knock("done", _done(talk, form), closing="What came of this talk is in a newer message below.")
    if talk.state == "stopped":
        return quiet("stopped", _stopped(talk, form))
    return _resting(talk, form) if talk.state == "paused" else knock("going", _going(talk, form), _CLOSING)


def turn(talk: Talk, number: int) -> Picture:
    """Return one question of a talk: with buttons while it waits, bare once answered, or taken back."""
    if talk.is_hushed or number >= len(talk.turns):
        gone = "Erased." if talk.is_hushed else "You went back from here."
        return quiet("gone", [blocks.context(gone)], thread_of=talk.thing)
    asked = talk.turns[number]
    said = [blocks.section(question(asked)), blocks.context(footer(asked.by))]
    if not (asked.is_open and talk.is_open):
        return quiet("answered", said, thread_of=talk.thing)
    shown = [said[0], *blocks.actions(_moves(talk, number)), said[1]]
    return knock("asked", shown, closing="Asked again below.", thread_of=talk.thing)


def question(asked: Turn) -> str:
    """Return a question with the words that it builds on; a number or a single word is not given back."""
    is_said = len(asked.reflection.split()) > 1
    given_back = f"You wrote: “{mrkdwn.escape(asked.reflection)}”\n" if is_said else ""
    return f"{given_back}{mrkdwn.escape(asked.question)}"


def cue(talk: Talk) -> Picture:
    """Return the reminder of a plan, at the moment that it named."""
    shown = [
        blocks.section("*This is the moment you had in mind.*"),
        *_plan(talk.outcome),
        *blocks.actions([person_button(talk)]),
        blocks.context(footer("guide")),
    ]
    return knock("cue", shown, closing="")


def _moves(talk: Talk, number: int) -> list[Element | None]:
    return [
        blocks.button("Skip", SKIP, talk.id),
        blocks.button("Back", BACK, talk.id) if number else None,
        blocks.button("Stop", STOP, talk.id),
        person_button(talk),
    ]


def _going(talk: Talk, form: Form) -> list[Block]:
    return [
        blocks.section(f"*{form.title}*, in about {form.minutes} minutes."),
        texts.reminder(talk.opening),
        *blocks.actions([blocks.button("Stop", STOP, talk.id), person_button(talk)]),
        blocks.context(_HOW, footer("guide")),
    ]


def _resting(talk: Talk, form: Form) -> Picture:
    shown = [
        blocks.section(f"*{form.title}* is resting. It is as you left it; an answer in the thread goes on."),
        texts.reminder(talk.opening),
        *blocks.actions([blocks.button("Go on", RESUME, talk.id), person_button(talk)]),
        blocks.context(footer("guide")),
    ]
    return quiet("paused", shown)


def _stopped(talk: Talk, form: Form) -> list[Block]:
    kept = [texts.reminder(talk.opening)] if talk.opening else []
    return [
        blocks.section(f"*{form.title}* has ended here."),
        *kept,
        *_plan(talk.outcome),
        *blocks.actions([person_button(talk)]),
        blocks.context(footer("guide")),
    ]


def _done(talk: Talk, form: Form) -> list[Block]:
    reminder = f"Reminder on {mrkdwn.weekday_moment(talk.remind_at)}. " if talk.remind_at else ""
    return [
        blocks.section(f"*What came of it: {form.title.lower()}*"),
        *_goal(talk.outcome),
        *_scale(talk.outcome),
        *_plan(talk.outcome),
        *blocks.actions([_sprint_button(talk), person_button(talk)]),
        blocks.context(f"{reminder}These are your own words; nobody else sees them.", footer("guide")),
    ]


def _goal(outcome: Outcome) -> list[Block]:
    weighed = "\n".join(f"• {mrkdwn.escape(option)}" for option in outcome.options)
    goal = [blocks.section(f"*You want:* {mrkdwn.escape(outcome.goal)}")] if outcome.goal else []
    return [*goal, *([blocks.section(f"*You weighed:*\n{weighed}")] if weighed else [])]


def _sprint_button(talk: Talk) -> Element | None:
    """Return the way on from a goal scale or a habit: some weeks of practice."""
    if talk.form not in ("goal_scale", "woop"):
        return None
    return blocks.button("Begin a sprint with this", SPRINT, talk.id, style="primary")


def _scale(outcome: Outcome) -> list[Block]:
    """Return the goal scale as far as it was written, the best level first."""
    names = {
        "measure": "How you see it",
        "baseline": "Today",
        "much_more": "+2",
        "more": "+1",
        "expected": "0",
        "less": "−1",
        "much_less": "−2",
    }
    lines = [
        f"*{name}:* {mrkdwn.one_line(outcome.scale[part], 300)}"
        for part, name in names.items()
        if part in outcome.scale
    ]
    return [blocks.section("\n".join(lines))] if lines else []


def _plan(outcome: Outcome) -> list[Block]:
    """Return the plan as far as it goes: the step, its moment, how sure, and who hears of it."""
    lines = [
        ("Your step", outcome.step),
        ("When", outcome.cue),
        ("How sure", f"{outcome.confidence} of 10" if outcome.confidence is not None else ""),
        ("You'll tell", outcome.tell),
    ]
    return [blocks.section(f"*{name}:* {mrkdwn.escape(words)}") for name, words in lines if words]
