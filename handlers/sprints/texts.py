"""Words and small pictures that the cards and forms of sprints share; only words, no blocks' ids."""

import re
from collections.abc import Sequence
from datetime import datetime

from coaching.sprints.calendar import kept, streak
from coaching.sprints.goal_scale import LEVELS, GoalScale, Level
from coaching.sprints.sprint import IfThen, Sprint
from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.counts import counted
from kernel.working_hours import zone_name

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
    facts += [f"{extra} outside the plan"] if extra > 0 and planned else []
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
