"""Phrases of mentorships that several views share. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.block_kit import mrkdwn, texts
from kernel.values import PersonId
from relationships.mentorships.agreement import FIRST_TALK, LONGEST, Agreement
from relationships.mentorships.health import Balance, Facts
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import Reason

RULES = (
    ("To reach each other:", "a message in Slack"),
    ("Between us:", "what we say stays between us"),
    ("To stop:", "either of us can, at any time, no reason needed"),
)
_STEP = 80  # characters of a next step in a line
_NOTE = 300
_REASONS = 3
_STEPS = 6  # open next steps on an agenda


def at_clock(at: datetime, zone: str) -> str:
    """Return a moment by somebody's clock for a button, where Slack puts no time in: Thu 3 Dec, 09:00."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def counted(number: int, one: str) -> str:
    """Return how many, with the word for them: 1 talk, 2 talks."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def every(weeks: int) -> str:
    """Return how often: every week, every 2 weeks."""
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def rhythm(agreement: Agreement) -> str:
    """Return how much time was agreed on: 30 minutes every 2 weeks for 5 months."""
    months = counted(agreement.months, "month")
    return f"{agreement.minutes} minutes {every(agreement.every_weeks)} for {months}"


def whole_rhythm(agreement: Agreement) -> str:
    """Return how much time was agreed on, and how many talks fit into it."""
    return f"{rhythm(agreement)}, about {counted(agreement.talks, 'talk')}"


def agreed_on(agreement: Agreement) -> list[tuple[str, str]]:
    """Return an agreement as lines of a label and a text."""
    return [
        ("What for:", _own(agreement.purpose) or "not written down yet"),
        ("Time:", whole_rhythm(agreement)),
        *([("Rules:", _own(agreement.rules))] if agreement.rules else RULES),
    ]


def why_you_two(it: Mentorship, me: PersonId, label: Callable[[str], str]) -> str:
    """What speaks for two who were paired, as one of them reads it."""
    other = mrkdwn.mention(it.other(me))
    said = [_reason(each, other, label, is_mentor=me == it.mentor_id) for each in it.reasons]
    return f"*Why you two:* {'; '.join(dict.fromkeys(said[:_REASONS]))}."


def _reason(it: Reason, other: str, label: Callable[[str], str], *, is_mentor: bool) -> str:
    if it.kind == "knows":
        who, knows = ("you", "know") if is_mentor else (other, "knows")
        what = label(it.topic or "")
        depth = {1: f"{knows} the basics of {what}", 3: f"{knows} {what} in depth"}
        wish = f"{other} would like" if is_mentor else "you'd like"
        return f"{who} {depth.get(it.depth, f'{knows} {what} well')}, as {wish}"
    return f"{other} asked for you" if (it.kind == "wish") == is_mentor else f"you asked for {other}"


def usual_rules() -> str:
    """Return the rules that hold where the two wrote none, as a text to change."""
    return "\n".join(f"{label} {rule}" for label, rule in RULES)


def _own(text: str) -> str:
    """Return what was typed as a quotation; nothing, where nothing was."""
    return texts.quoted(text, LONGEST) if text else ""


def agenda(mentorship: Mentorship, called: str, me: PersonId) -> list[tuple[str, str]]:
    """Return what to talk about next: a plan of the first talk, then goals, open steps and the last note."""
    reset = ("First:", "how this goes for you two, and what to change")
    first = [reset] if mentorship.is_to_be_discussed else []
    if not mentorship.held:
        meet, goals, rest = FIRST_TALK
        return [
            *first,
            (f"{meet} minutes:", "get to know each other"),
            (f"{goals} minutes:", "what you want to reach"),
            (f"{rest} minutes:", "how you reach each other, and when you talk next"),
        ]
    lines = listed_goals(mentorship.goals)
    steps = [step for step in mentorship.steps if step.done_at is None]
    lines += [
        (f"{_whose(step.of, me, called)} next step:", texts.quoted(step.text, _NOTE))
        for step in steps[-_STEPS:]
    ]
    lines += [("Last time:", texts.quoted(note.text, _NOTE)) for note in mentorship.notes[-1:]]
    return [*first, *lines] or [("To talk about:", "what has happened since last time, and what is next")]


def _whose(who: PersonId, me: PersonId, called: str) -> str:
    return "Your" if who == me else f"{called}'s"


def standing(mentorship: Mentorship, facts: Facts, me: PersonId) -> list[str]:
    """Return the four facts, each as a line of mrkdwn."""
    next_talk = mrkdwn.moment(facts.next_at) if facts.next_at else "no time yet"
    last_talk = mrkdwn.day(facts.last_at) if facts.last_at else "none yet"
    return [
        f"Next talk: {next_talk}",
        f"Last talk: {last_talk}",
        _next_step(facts, me),
        _kept(mentorship, facts),
    ]


def _next_step(facts: Facts, me: PersonId) -> str:
    if facts.step is None:
        return "Next step: none noted"
    whose = "yours" if facts.step.of == me else mrkdwn.mention(facts.step.of)
    return f"Next step: {mrkdwn.quoted(facts.step.text, _STEP)} ({whose})"


def _kept(mentorship: Mentorship, facts: Facts) -> str:
    often = every(mentorship.agreement.every_weeks)
    if facts.gap is None:
        return f"You agreed to talk {often}"
    days = counted(facts.gap.days, "day")
    if facts.is_rhythm_kept:
        return f"You talk {often}, as agreed"
    since = "between talks" if facts.next_at else "since you talked"
    return f"{days} {since}; you agreed on {often}"


def balanced(who: str, have: str, balance: Balance) -> str:
    """Return what one side did, in plain words. *who* is You or a name, *have* Your or Their."""
    moved = {0: "none", 1: "one"}.get(balance.moved, str(balance.moved))
    picked = f"{who} picked {balance.picked} of {balance.talks} times, and moved {moved}."
    steps = f" {have} next steps: {balance.done} of {balance.steps} done." if balance.steps else ""
    return f"{picked}{steps}"


def summed_up(mentorship: Mentorship) -> str:
    """Return what there was: 5 months, 9 talks, 6 next steps done; what there was none of is left out."""
    begun, over = mentorship.began_at, mentorship.ended_at
    days = (over - begun).days if begun and over else 0
    length = counted(round(days / 30.4), "month") if days >= 45 else counted(max(days, 1), "day")
    done = sum(step.done_at is not None for step in mentorship.steps)
    said = [length, counted(len(mentorship.held), "talk")]
    return ", ".join([*said, *([f"{counted(done, 'next step')} done"] if done else [])])


def listed_goals(goals: Iterable[str]) -> list[tuple[str, str]]:
    """Return goals as lines."""
    return [("Goal:", texts.quoted(goal, _NOTE)) for goal in goals]
