"""What is said of sprints: on their cards, in check-ins and reviews, and as the app reminds of them.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

import re
from collections.abc import Sequence
from datetime import datetime, time

from coaching.sprints.calendar import kept, streak
from coaching.sprints.goal_scale import LEVELS, GoalScale, Level
from coaching.sprints.sprint import Consent, IfThen, Lasting, Sprint
from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.counts import counted
from kernel.working_hours import zone_name

# What several of them show
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIGNED = {-2: "−2", -1: "−1", 0: "0", 1: "+1", 2: "+2"}
COLUMNS = 24
_LEVEL = 300  # what is shown of a level's words

_WHEN = re.compile(r"^(?:when|whenever|if|once|as soon as)\s+", re.IGNORECASE)
_MOMENT = re.compile(
    r"^(?:(?:right |just )?(?:after|before)|at|on|in|during|every|each|by|tomorrow|tonight"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"^(?:the|my|our|an?|it|we|some\w+|there|this|that)\b", re.IGNORECASE)
_WILL = re.compile(
    r"^(?:then\s+)?(?:i will|i'll|i’ll|i am going to|i'm going to|i)\s+|^then\s+", re.IGNORECASE
)


def sentence(plan: IfThen) -> str:
    """An if-then plan as one sentence, whether or not its "when" and "I will" were written."""
    cue = _WHEN.sub("", plan.cue.strip().rstrip(".,:; ")) or plan.cue
    cue = _small(cue) if _PLAIN.match(cue) else cue  # else it may begin with a name
    action = _small(_WILL.sub("", plan.action.strip().rstrip(".:; "))) or plan.action
    begins = f"{cue[:1].upper()}{cue[1:]}," if _MOMENT.match(cue) else f"When {cue}, then"
    return f"{begins} I will {action}."


def _small(words: str) -> str:
    """Words that go on in a sentence: small at first, unless it is written in capitals."""
    is_kept = not words.split(" ", 1)[0][1:].islower()
    return words if is_kept else words[:1].lower() + words[1:]


def days(chosen: Sequence[int]) -> str:
    """Weekdays for a sentence."""
    if len(chosen) == 7:
        return "every day"
    is_row = len(chosen) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1
    if is_row:
        return f"from {WEEKDAYS[chosen[0]]} to {WEEKDAYS[chosen[-1]]}"
    return f"on {mrkdwn.listed([WEEKDAYS[day] for day in chosen])}"


def clocks(zone: str) -> str:
    """Whose clocks a time goes by: "Los Angeles time"."""
    return f"{zone_name(zone).rpartition('/')[2].replace('_', ' ')} time"


def level(scale: GoalScale, reached: Level, said: str = "") -> tuple[str, str]:
    """A level after what is *said* of it, as a label, and its words in quotation marks."""
    return f"{said}{SIGNED[reached]}:", texts.quoted(scale.words(reached), _LEVEL)


def so_far(sprint: Sprint, now: datetime) -> str:
    """How it goes as facts, without praise and without blame."""
    done, planned = kept(sprint, now)
    count = len(sprint.check_ins)
    facts = [counted(count, "check-in")] if count else []
    facts += [f"{done} of {planned} planned ones made"] if planned else []
    extra = count - done
    facts += [f"{extra} outside the plan"] if extra > 0 else []
    row = streak(sprint, now)
    facts += [f"{row} in a row"] if row > 1 else []
    facts += [f"{sprint.minutes} minutes of practice"] if sprint.minutes else []
    return " · ".join(facts) or "No check-in yet. The first one takes half a minute."


def chart(levels: Sequence[Level]) -> str:
    """The levels over time as a chart of plain text: a column for each, the latest last."""
    shown = levels[-COLUMNS:]
    rows = [
        f"{SIGNED[row]:>2} |{''.join(' ●' if at == row else ' ·' for at in shown)}"
        for row in reversed(LEVELS)
    ]
    return "\n".join(["```", *rows, "```"])


def in_words(sprint: Sprint) -> str:
    """The levels over time for those who hear them."""
    levels = [SIGNED[level] for level in sprint.levels][-COLUMNS:]
    last = "; the last one is the review's" if sprint.review else ""
    return f"Levels so far: {', '.join(levels)}{last}"


def chart_in_words(sprint: Sprint) -> str:
    """What the picture of a sprint shows, for those who hear it."""
    return f"{in_words(sprint)}. The scale goes from −2 to +2, where 0 is as expected."


# Labels that stand in several places
CHECK_IN = "Check in"
ADJUST = "Adjust"
LOOK_BACK = "Look back"
ANOTHER = "Plan another sprint"
IN_THE_WAY = "In the way:"
WITHOUT_LOOKING = "*Without looking: what was your if-then plan?*"

# The person's card
CAME_BELOW = "What came of this sprint is in a newer message below."
TIME_UP_BELOW = "This sprint's time is up; a newer message below asks how it went."
MOVED_DOWN = "This sprint moved down to a newer message."
YOURS = "Your skill sprint:"
ENDED_AT, NOW_AT, LAST_AT = "It ended at ", "Now at ", "Last at "
PAUSE = "Pause"
LOOK_BACK_NOW = "Look back now"
ONE_WEEK_MORE = "One more week"
END = "End it"
END_SURE = (
    "End this sprint?",
    "That's fine: what you learned stays yours. I won't ask anything more.",
    "End it",
    "Keep going",
)
ASK_WHAT_IS_IN_THE_WAY = "Ask a mentor about what's in the way"
HUSHED = "I've stopped reminding you; check in whenever you like."


def until(when: str, topic: str) -> str:
    """Until when it goes, and what it is about, where that is known."""
    return f"until {when} · {topic}" if topic else f"until {when}"


def rhythm(chosen: Sequence[int], at: time, zone: str, *, has_recaps: bool) -> str:
    """When the app asks, and whether it sums up."""
    recap = ", and sum up every week except the last" if has_recaps else ""
    return f"I'll ask {days(chosen)} at {at:%H:%M} ({clocks(zone)}){recap}."


def partner_left(partner: str) -> str:
    """Who sees it after the partner has left."""
    return (
        f"{partner} can't be your partner any more, so nobody else sees this. "
        "Press *Adjust* to ask somebody else."
    )


def who_sees(consent: Consent, partner: str) -> str:
    """Who sees it, as the partner has answered."""
    return {
        "none": "Nobody else sees this.",
        "asked": f"I've asked {partner} to be your partner. Nobody sees this until they say yes.",
        "yes": f"Only {partner} sees your check-ins.",
        "no": f"{partner} can't be your partner this time, so nobody else sees this. *Adjust* asks another.",
    }[consent]


RESTING = "Your sprint is paused:"
RESTS = "I won't ask anything until you continue. The end date moves by the same amount of time."

# Its card when the time is up, and after that
TIME_UP = "Your sprint's time is up:"
WHICH_LEVEL = "Which level did you reach? Looking back takes a minute; any level is an answer."
CAME_OF_IT = "How your sprint went:"
YOU_REACHED = "You reached "
LESSON = "One lesson:"
NEXT = "Next:"
HOW_COMPUTED = "How is this computed?"
CHECKS_BACK = "I'll check back in 2 and 6 weeks."
ASKS_ONCE_MORE = "Four weeks later I'll ask once more."
LASTING = {"yes": "it is still there", "partly": "now and then", "no": "it has faded"}
LATER = {"w2": "After two weeks", "w6": "After six weeks"}
ENDED = "This sprint has ended:"


def figures(level: int, before: int | None, after: int) -> str:
    """How it went against what was expected, and how sure the person was before and after."""
    compared = "better than" if level > 0 else "less well than" if level < 0 else "as"
    begun = f"You were {before} of 10 sure at the start, and are" if before is not None else "You are"
    return f"*You did {compared} you expected.* {begun} {after} of 10 sure that it lasts."


def lasts(label: str, answer: Lasting) -> str:
    """Whether it was still there some weeks later."""
    return f"{LATER[label]}: {LASTING[answer]}."


def ended(check_ins: int) -> str:
    """What is said of a sprint that ended early."""
    times = f" You checked in {check_ins} times." if check_ins > 1 else ""
    return f"That's fine; what you learned stays yours.{times} I won't ask anything more."


# The partner's card
SETTLED = "This is settled."
PARTNER_MOVED_DOWN = "This question moved down to a newer message."
NO_REASON = "You don't have to say why. You won't see any more of it until you say yes."
AGREE = "Yes, gladly"
DECLINE = "Not this time"
IT_RESTS = "It's paused right now."
REVIEW_NEXT = "Its time is up; the review comes next."
HAS_ENDED = "It has ended."
STOP_SURE = (
    "Stop being the partner?",
    "You'll no longer see the check-ins. No reason needed. You can't undo this by yourself.",
    "Stop",
    "Stay",
)
STOP = "Stop being the partner"


def has_left(who: str) -> str:
    """What the partner reads when the one whose sprint it is has left."""
    return f"{who} doesn't work here any more, so their sprint has ended."


def not_partner(who: str) -> str:
    """What somebody reads who is not the partner, or no longer."""
    return f"Only {who}'s sprint partner sees this."


def asks_partner(who: str, weeks: int, topic: str, *, has_digest: bool) -> str:
    """What the partner is asked, and what they would see."""
    about = f" about {topic}" if topic else ""
    digest = ", and get a summary of every week except the last" if has_digest else ""
    return (
        f"*{who} would like you as a partner for a skill sprint of {counted(weeks, 'week')}{about}.*\n"
        f"You'd see the goal and the check-ins{digest}. You don't have to do anything else."
    )


def their_sprint(who: str, stands: str) -> str:
    """Whose sprint the record is of, and how it stands where it doesn't go on."""
    return f"*{who}'s sprint:* {stands}".rstrip()


def word_helps(who: str) -> str:
    """What the partner can do."""
    return f"After a check-in, a word from you to {who} can help."


# The check-in
WHERE_NOW = "Where are you now?"
MINUTES = "Minutes of practice since the last check-in"
MINUTES_EXAMPLE = "20"
HOW_SURE_OF_REACHING = "How sure are you of reaching what you expected?"
ANYTHING_IN_THE_WAY = "Is anything in the way?"
EMPTY_IF_NOT = "Leave it empty if not"
SURE_RANGE = "0 to 10"
CHECK_IN_SAVED = "Check-in saved"
SAVED_AT = "Saved. You're at "
OUTSIDE_THE_PLAN = "It wasn't one of the planned check-ins. It counts all the same."
ASK_MENTOR = "Ask a mentor about it"


def blocker_hint(*, is_shared: bool) -> str:
    """Who sees what is in the way, and what can be made of it."""
    seen = "Your partner sees it, too. " if is_shared else ""
    return f"{seen}You can make it a question right afterwards."


def level_choice(reached: Level, said: str) -> str:
    """A level as a choice."""
    return f"{SIGNED[reached]}  {said}"


# The plan without looking
RECALL = f"{WITHOUT_LOOKING} A few words are enough; then I show yours."
RECALL_TITLE = "Your if-then plan"
RECALL_LABEL = "When …, then …"
RECALL_EXAMPLE = "When …, then I will …"
COMPARE = "Compare"
REMEMBERED = "You remembered:"
HAD_WRITTEN = "You had written:"
RECALLING_HELPS = "It doesn't have to be word for word."

# The review
LEVEL_REACHED = "Which level did you reach?"
HOW_SURE_IT_LASTS = "How sure are you that it lasts?"
ONE_LESSON = "One lesson"
LESSON_EXAMPLE = "What you would tell a friend"
WHAT_NEXT = "What comes next?"
NEXT_EXAMPLE = "Teach it to somebody; another sprint; a rest"
CLOSE_IT = "Close it"

# The Home tab
PLAN_A_SPRINT = "Plan a sprint"
MY_SPRINTS = "My sprints"


def invites(who: str) -> str:
    """What an invitation to be a partner says."""
    return f"{who} would like you as a partner for a skill sprint."


def over_row(goal: str) -> str:
    """The row of a sprint whose time is up."""
    return f"{goal}\nits time is up"


def resting_row(goal: str) -> str:
    """The row of a sprint that rests."""
    return f"{goal}\npaused"


def going_row(goal: str, facts: str) -> str:
    """The row of a sprint that goes on."""
    return f"{goal}\n{facts}"


def partnered_row(who: str, facts: str) -> str:
    """How the sprint goes whose partner the reader is."""
    return f"{who}'s sprint: {facts}"


# The words of `/coach-me`, and of refusals
HELP = (
    "`/coach-me sprint` and a skill plans some weeks of practice for it, with check-ins on your "
    "days (`/coach-me sprint-form`: all in one form)."
)
LEVEL_EMPTY = "Write what you would see at this level; a few words are enough."
SAME_LEVEL = "This says the same as another level. Write how the two differ."
GOAL_EMPTY = "Write which skill you want to build, in a sentence."
GOAL_TOO_LONG = "This is too long; {limit} characters fit. One skill is enough."
NO_TOPIC = "I don't know the topic “{topic}”. Choose one from the list."
NO_DAY = "Choose at least one day."
NO_TIME = "Choose a time of day."
WEEKS_TOO_OFTEN = "You have added a week {limit} times. Look back, then plan another sprint."
WEEKS_OUT_OF_RANGE = "Choose one to {limit} weeks."
NOT_SURE = "Choose a number from 0 to 10."
NO_NUMBER = "Write the minutes as a number, like 20."
NO_CUE = "Write the moment that starts it, like “the stand-up is over”."
NO_LEVEL = "Choose one of the five levels."
NOTHING_REMEMBERED = "A few words are enough, even if they are not quite right."

# What the app asks of itself; wordings rotate
REMINDERS = (
    "*How is it going?* Half a minute is enough.",
    "*Quick check:* where are you on your scale?",
    "*Quick check-in:* any progress since last time?",
    "*Your check-in.* Any level is fine, as long as it's true.",
    "*Where do you stand today?* Pick a level, and you're done.",
    "*Time for your check-in.* Where are you on your scale?",
)
REHEARSALS = (
    "*Thirty seconds for your plan.* Picture the moment, and say this to yourself once:",
    "*Go through it once:* picture the moment, and what you'll do then:",
    "*A 30-second dry run.* Imagine it's happening now, and read this slowly:",
    "*Before it happens:* picture where you'll be, and then this:",
    "*Rehearse it once.* Where are you, what has just happened, and what do you do?",
)
RECAPS = (
    "*One week of your sprint is done.* So far: {facts}.",
    "*Your sprint in one line so far:* {facts}.",
    "*Looking back at your sprint so far:* {facts}.",
    "*Another week done.* So far: {facts}.",
    "*Your sprint so far:* {facts}.",
)
FOLLOW_UPS = (
    "*You finished a sprint a few weeks ago. Are you still doing it?*",
    "*Looking back: are you still doing what you practised?*",
    "*How is the skill from your sprint holding up?*",
    "*Do you still do what you practised?*",
    "*How much of the skill from your sprint is left?*",
)
HAS_LASTED = {"yes": "Still doing it", "partly": "Now and then", "no": "It's faded"}
NOTHING_LEFT = "There's nothing left to do here."
NOTED = "Thank you, noted."
FEWER = "You skipped some of these, so I now ask half as often. A check-in brings them all back."
NEXT_IN_TWO_WEEKS = "Next in your two weeks:"
NOT_TODAY = "Not today"
CHANGE_PLAN = "Change the plan"
MIDWAY = "You're halfway: does the plan still fit your week? If not, press *Adjust*."
FROM_MEMORY = "Say it from memory"
STOPPED = (
    "*I've stopped reminding you*, as the last ones seem to have come at the wrong time. Your sprint "
    "is still open: check in whenever you like, or let me remind you again."
)
REMIND_AGAIN = "Remind me again"

# The question for a person's help


def practises(goal: str, blocker: str) -> str:
    """The question that a sprint becomes."""
    practised = f"I practise this: {goal}"
    return f"{blocker}\n\n{practised}" if blocker else practised


def tried(cue: str, action: str, reached: str) -> str:
    """What was tried: the plan, and where it has led so far."""
    plan = f"My plan: when {cue}, then I {action}."
    return f"{plan} So far: {reached}." if reached else plan


# Where one of the two who share a sprint reports it.
A_SPRINT = "a sprint"
END_NOW = "Stop sharing this sprint now"
FOLLOWS_REPORT = (
    "The sprint itself goes on. A partner who reports something gets no weekly summary of it any more. Never "
    "matching the two of you stops the sharing, too."
)
LASTS = {True: "goes on", False: "is over"}


def who_was_who(owner: str, partner: str, lasts: str) -> str:
    return f"It's the sprint of {owner}, with {partner} as partner. The sprint {lasts}."
