"""What mentorships say in messages and on Home. Names and times come as they are to be shown. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.counts import counted
from kernel.values import PersonId
from relationships.mentorships.agreement import FIRST_TALK, LONGEST, Agreement
from relationships.mentorships.health import Balance, Facts
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import End, News

# The card: an agreement to be made
SWAP_ROLES, CHANGE_IT, AGREE, NOT_AFTER_ALL = "Swap roles", "Change it", "Agree", "Call it off"


def about_to_begin(other: str) -> str:
    """The head, where two have found each other."""
    return f"*You and {other} are about to begin.*"


def proposed(other: str) -> str:
    """The head, where a programme paired them."""
    return f"*You and {other} are proposed as a pair.*"


def changed(other: str) -> str:
    """The head, where the other changed the agreement."""
    return f"*{other} changed the agreement.*"


def swapped(other: str) -> str:
    """The head, where the other swapped the roles."""
    return f"*{other} swapped your roles.*"


def youve_agreed(role: str, other: str) -> str:
    """What who has agreed waits for."""
    return f"You'd be the {role}, and you've agreed. I'll tell you when {other} has."


def agree_first(role: str) -> str:
    """What is to be agreed on."""
    return f"You'd be the {role}. You both need to agree on this first:"


# The card: news
NEWS: Mapping[News, str] = {
    "changed": "*{other} changed the agreement.* Here's what applies now:",
    "agreed": "*{other} has agreed, too, so you two can begin.*",
    "booked": "*Your next talk with {other} is on {at}.*",
    "moved": "*{other} moved your talk.*",
    "not_held": "*{other} says that your talk didn't happen.* That's fine.",
    "talk": "*You'll talk with {other} on {at}.*",
    "more": "*You both want more time: it now runs until {until}.*",
    "back": "*Welcome back: your break with {other} is over.*",
    "reopened": "*You and {other} are continuing:* it now runs until {until}.",
}
FIND_ANOTHER, CLOSE_HERE = "Find another mentor", "Close it here"


def you_and(other: str, role: str) -> str:
    """The head without news."""
    return f"*You and {other}* ({role})"


def youve_told(mentee: str) -> str:
    """What a mentor reads who can't go on."""
    return f"You've told {mentee} that you can't continue. What happens next is up to them."


def cannot_continue(mentor: str, suggested: str | None) -> str:
    """What the mentee reads then."""
    suggests = f", and suggests {suggested}" if suggested else ""
    return f"*{mentor} can't continue as your mentor{suggests}.*"


def choose_for(name: str) -> str:
    """The button to the next mentor."""
    return f"Choose what {name} may see"


# The card: questions, and their answers
GOOD, DECIDING, NOT_GOOD = "Good fit", "Still deciding", "Not a fit"
NOT_A_FIT = (
    "Not a fit?",
    "It ends here for you both, and nobody is blamed. The other person isn't told that you said so.",
    "End it",
    "Keep going",
)
YES, BETTER, NO = "Yes", "It could be better", "Not any more"
WERE_FINE = "We're fine"
MORE, LET_IT_END = "Three more months", "Let it end"
TAKE_A_BREAK, CHANGE_RHYTHM, CLOSE_KINDLY = "Take a break", "Change how often", "Close it"
CALL_OFF_SURE = (
    "Call it off?",
    "It won't start, and the other person reads that you didn't both agree. You won't be asked why.",
    "Call it off",
    "Not now",
)
CLOSE_SURE = (
    "Close this mentorship?",
    "It ends for both of you. You won't be asked why, and you can still read what you wrote for a year.",
    "Close it",
    "Keep it",
)


def good_fit(other: str) -> str:
    """The question after the first talk."""
    return f"*Are you and {other} a good fit?*"


def still_worth(other: str) -> str:
    """The question after a month, and then every two."""
    return f"*Are your talks with {other} still worth your time?*"


def unseen(other: str) -> str:
    """That an answer is one's own."""
    return f"{other} doesn't see your answer."


def silent(other: str, since: str | None) -> str:
    """The question where nothing was heard; *since* is the day of the last talk."""
    last = f"haven't talked since {since}" if since else "haven't talked yet"
    return f"*You and {other} {last}.* What would suit you?"


def closes(on: str) -> str:
    """What follows without an answer."""
    return f"If neither of you answers, I'll close it on {on}."


def fine_noted(again: str | None) -> str:
    """What follows from the answer that all is well; *again* is when it is asked anew."""
    asks = f" If I hear nothing from either of you by {again}, I'll ask again." if again else ""
    return f"Noted: you're fine, so I won't close it.{asks}"


def ends_on(other: str, until: str) -> str:
    """The question before the end."""
    return f"*Your mentorship with {other} ends on {until}.* Would you like more time?"


def heard_if_both(other: str) -> str:
    """When the other hears of the answer."""
    return f"{other} only hears about your answer if you both want more."


STILL_DECIDING = (
    "You're still deciding if it's a good fit: I'll ask you once more after your next talk, in two weeks at "
    "the latest."
)


def end_noted(said: str, other: str, until: str) -> str:
    """What follows from an answer to the question before the end."""
    if said == "more":
        goes_on = f"It goes on if {other} wants that, too"
        return f"You'd like three more months. {goes_on}; otherwise it ends on {until}."
    return f"You're letting it end on {until}."


# The card: the next talk
PICK_A_TIME, ANOTHER_TIME = "Pick a time", "Another time"
TIMES_PASSED = "These times have passed."
NO_OVERLAP = "Your working hours don't overlap in the next three weeks."
THREE_QUESTIONS = "Prepare with three questions"
MOVE_IT, MOVE_SURE = "Move it", "Move this talk?"
TALKED, MOVED, NOT_HELD = "Yes, we talked", "We moved it", "It didn't happen"


def agree_on_time(why: str) -> str:
    """What to do where no time is offered."""
    return f"{why} Agree on a time, and note it here."


def when(minutes: int, *, is_first: bool) -> str:
    """The question above times."""
    asks = "When is your first talk?" if is_first else "When do you two talk next?"
    return f"*{asks}* {minutes} minutes, when you're both at work (your time):"


def ends_soon(until: str) -> str:
    """Why there is no time left to offer."""
    return f"Your mentorship ends on {until}."


def is_told(name: str) -> str:
    """What follows from moving a talk."""
    return f"{name} is told, and both of you see new times."


def next_talk(minutes: int, at: str | None) -> str:
    """The talk ahead; *at* is left out where it is said above."""
    return f"{f'Next talk: {at}, ' if at else ''}{minutes} minutes."


def did_you_talk(other: str) -> str:
    """The question after a talk."""
    return f"*Did you and {other} talk?*"


# The card: its foot
ADD_NOTES, HOW_WERE_DOING, PRACTISE_IT = "Add notes", "How we're doing", "Practise it"
CHANGE_AGREEMENT, HAND_OVER_TO = "Change the agreement", "Hand over to another mentor"
FINISH_HERE_SILENTLY = "Finish, no reason needed"


def done(step: str) -> str:
    """The button that finishes a step."""
    return f"Done: {step}"


def practising(goal: str, until: str) -> str:
    """What is practised now."""
    return f"You're practising {goal} until {until}. Only you see this."


# The card: a break
GO_ON_NOW, CHANGE_THE_DAY = "Resume now", "Change the day"


def on_a_break(other: str, until: str) -> str:
    """That it rests."""
    return (
        f"*You and {other} are taking a break until {until}.* I won't ask anything before then, and the "
        "end date moves by the same amount of time."
    )


# The card: the end
_NO_MATCH = (
    "*You and {other} aren't the right match, so this ends here.* That happens, and it's nobody's fault."
)
HAS_LEFT = "*{other} isn't a member here any more, so this ends here.*"
STEPPED_BACK = "*Only members can be mentors here, so your mentorship with {other} ends here.*"
ENDS: Mapping[End, str] = {
    "finished": "*Your mentorship with {other} is complete.*",
    "closed": "*Your mentorship with {other} is complete.*",
    "silent": "*It has been quiet for a while, so your mentorship with {other} is complete.*",
    "handed_over": "*Your mentorship with {other} is complete.* They pick their next mentor themselves.",
    "no_fit": _NO_MATCH,
    "apart": _NO_MATCH,
    "line": (
        "*One of you now leads the other, so your mentorship with {other} ends here.* "
        "Mentor and mentee can't be in the same reporting line."
    ),
    "never_agreed": "*You and {other} didn't both agree, so it won't start.* That's fine.",
}
TAKEN_BACK = (
    "*The proposal of you and {other} was taken back, so it won't start.* The programme's pairs are being "
    "changed."
)
IN_ALL = "In all:"
YOU, GAINED, TOOK = "You", "gained", "took from it"
OPEN_AGAIN = "Reopen it"
SAY_GAINED = "Say what you gained"


def came_of_it(who: str, verb: str) -> str:
    """The label of what somebody says that they gained."""
    return f"{who} {verb}:"


def can_open_again(until: str) -> str:
    """Until when it can be opened again."""
    return f"You can open it again until {until}, if you both want to."


def have_asked(other: str) -> str:
    """That the other is asked whether to go on."""
    return f"I've asked {other} whether they'd like to continue."


def would_go_on(who: str) -> str:
    """That the other would go on."""
    return f"*{who} would like to continue after all.*"


# Where a junior mentors
REVERSE_BEGINS = "*{other} said yes, so you two can begin.*"
PREPARED_IN = "Five minutes to prepare:"
WANT_TO_LEARN, ONE_IDEA = "They want to learn:", "One idea:"
FAIR = "You share what you know; neither of you is being judged."
# What to have ready for which talk; after the last one the second to the last take turns.
READY = (
    "Think of two questions: what have they tried so far, and where did it get stuck?",
    "Bring one thing from your own work, and show how you do it.",
    "Find something small that they can do themselves while you watch.",
    "Think of what they wanted to try since last time: what will you ask about it?",
    "Pick one thing that people at your level see every day, and they may not.",
    "Think of what they can do now that they couldn't at the start, and what is left.",
)
REVERSE_COMPLETE = "*Your talks with {other} are complete.*"
REVERSE_ENDS: Mapping[End, str] = {
    "silent": "*It has been quiet for a while, so your talks with {other} are complete.*",
    "line": (
        "*One of you now leads the other, so your talks with {other} end here.* "
        "You can't be in the same reporting line."
    ),
}
LEARN_FROM_ANOTHER, SAY_TOOK = "Learn from somebody else", "Say what you learned"
WHAT_ITS_LIKE = "Say what it's like to talk with them"
YOU_LEARN, THEY_LEARN = "you learn from them", "they learn from you"
YOUR_MENTOR, YOUR_MENTEE, PARTNER = "your mentor", "your mentee", "your partner"


def what_you_took(other: str, *, is_other_out: bool) -> str:
    """The question at the end; *is_other_out*: the other is no member now."""
    return f"*What did you get out of it?*{'' if is_other_out else f' {other} reads it.'}"


# Home
MY_MENTORSHIPS = "My mentorships"
ABOUT_TO_AGREE, NO_NEXT_TALK = "you two are about to agree on it", "no next talk yet"


def agree_on_how(other: str) -> str:
    """What waits."""
    return f"Your mentorship with {other}: agree on how"


def row(other: str, role: str, stands: str) -> str:
    """A mentorship in a line."""
    return f"{other} ({role}): {stands}"


def break_until(day: str) -> str:
    """That it rests, in a line."""
    return f"a break until {day}"


def next_talk_at(at: str) -> str:
    """The next talk, in a line."""
    return f"next talk {at}"


# What is refused
PURPOSE_EMPTY = "Write what it is for, in a sentence."
NOT_OFFERED = "Choose one of those offered."
TOO_MANY_GOALS = "At most {limit} goals fit, one a line. Keep those that matter most."
AFTER_END = "Your mentorship ends before that. Choose an earlier time."
LONG_BREAK = "A break lasts {limit} days at most."
NOT_YET = "This talk hasn't begun yet."

# What several views say: terms, agenda, facts
RULES = (
    ("To reach each other:", "a message in Slack"),
    ("Between us:", "what we say stays between us"),
    ("To stop:", "either of us can, at any time, no reason needed"),
)
_STEP = 80  # characters of a next step in a line
_NOTE = 300
_STEPS = 6  # open next steps on an agenda


def at_clock(at: datetime, zone: str) -> str:
    """A moment by somebody's clock for a button, where Slack puts no time in: Thu 3 Dec, 09:00."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def every(weeks: int) -> str:
    """How often: every week, every 2 weeks."""
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def rhythm(agreement: Agreement) -> str:
    """How much time was agreed on: 30 minutes every 2 weeks for 5 months."""
    months = counted(agreement.months, "month")
    return f"{agreement.minutes} minutes {every(agreement.every_weeks)} for {months}"


def whole_rhythm(agreement: Agreement) -> str:
    """How much time was agreed on, and how many talks fit into it."""
    return f"{rhythm(agreement)}, about {counted(agreement.talks, 'talk')}"


def agreed_on(agreement: Agreement) -> list[tuple[str, str]]:
    """An agreement as lines of a label and a text."""
    return [
        ("What for:", _own(agreement.purpose) or "not written down yet"),
        ("Time:", whole_rhythm(agreement)),
        *([("Rules:", _own(agreement.rules))] if agreement.rules else RULES),
    ]


def usual_rules() -> str:
    """The rules that hold where the two wrote none, as a text to change."""
    return "\n".join(f"{label} {rule}" for label, rule in RULES)


def _own(text: str) -> str:
    """What was typed as a quotation; nothing, where nothing was."""
    return texts.quoted(text, LONGEST) if text else ""


def agenda(mentorship: Mentorship, called: str, me: PersonId) -> list[tuple[str, str]]:
    """What to talk about next: a plan of the first talk, then goals, open steps and the last note."""
    reset = ("First:", "how it's going for you two, and what to change")
    first = [reset] if mentorship.is_to_be_discussed else []
    if not mentorship.held:
        meet, goals, rest = FIRST_TALK
        return [
            *first,
            (f"{meet} minutes:", "get to know each other"),
            (f"{goals} minutes:", "what you want to reach"),
            (f"{rest} minutes:", "how to reach each other, and when you'll talk next"),
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
    """The four facts, each as a line of mrkdwn."""
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
    """What one side did, in plain words. *who* is You or a name, *have* Your or Their."""
    moved = {0: "none", 1: "one"}.get(balance.moved, str(balance.moved))
    picked = f"{who} picked the time of {balance.picked} of {balance.talks} talks, and moved {moved}."
    steps = f" {have} next steps: {balance.done} of {balance.steps} done." if balance.steps else ""
    return f"{picked}{steps}"


def summed_up(mentorship: Mentorship) -> str:
    """What there was: 5 months, 9 talks, 6 next steps done; what there was none of is left out."""
    begun, over = mentorship.began_at, mentorship.ended_at
    days = (over - begun).days if begun and over else 0
    length = counted(round(days / 30.4), "month") if days >= 45 else counted(max(days, 1), "day")
    done = sum(step.done_at is not None for step in mentorship.steps)
    said = [length, counted(len(mentorship.held), "talk")]
    return ", ".join([*said, *([f"{counted(done, 'next step')} done"] if done else [])])


def listed_goals(goals: Iterable[str]) -> list[tuple[str, str]]:
    """Goals as lines."""
    return [("Goal:", texts.quoted(goal, _NOTE)) for goal in goals]


# Where one of the two reports it.
A_MENTORSHIP = "a mentorship"
END_NOW = "End this mentorship now"
ASKED_NO_MORE = (
    "I won't ask you any more how it goes. Never matching the two of you ends the mentorship, too."
)
LASTS = {True: "goes on", False: "is over"}


def who_was_who(mentor: str, mentee: str, lasts: str) -> str:
    return f"{mentor} mentors {mentee}. The mentorship {lasts}."
