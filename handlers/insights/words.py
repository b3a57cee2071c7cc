"""What the insights say: a fact each, and how it is computed."""

from handlers.block_kit.counts import counted

# Without enough data
NOTHING = (
    "*Nothing yet.* Look back on a sprint, get to three planned check-ins, or have five talks with "
    "colleagues, and your trends appear here. They come from your own data alone, and only you see them."
)

# Around all of them
PRIVATE = (
    "Only you see this. It comes from your own sprints and talks, and isn't compared with anyone else's."
)
HOW = "How is this computed?"
HOW_TITLE = "How it's computed"
HELP = "`/coach-me insights` says what your own sprints and talks show."

# Goals reached
PLAN_ANOTHER = "Plan another sprint"
AS_EXPECTED, BETTER, LESS_WELL = (
    "as you expected",
    "better than you expected",
    "less well than you expected",
)


def reached(compared: str, sprints: int) -> str:
    """How the goals were reached, beside what was expected."""
    return f"*You did {compared} in {'your one sprint' if sprints == 1 else f'your {sprints} sprints'}.*"


def reached_how(score: float) -> str:
    """How that is computed; *score* is a T-score."""
    return (
        f"{score:.0f}, where 50 is all as expected: T-score of goal attainment scaling (Kiresuk and "
        "Sherman 1968), every sprint counts the same, ρ = .3"
    )


# Check-ins kept
TOO_FEW = " That's too few to read much into."
MOVE_IT = "Move it to another day?"
CHANGE_DAYS = "Change the days"


def kept(done: int, planned: int, few: str) -> str:
    """How many of the planned check-ins were made."""
    return f"*You kept {done} of {many(planned, 'planned check-in')}.*{few}"


def missed(day: str, times: int) -> str:
    """On which weekday the most were missed."""
    return f"Missed most often: {day}." if times > 1 else f"The one you missed was a {day}."


def kept_how(low: float, high: float) -> str:
    """How that is computed, with what it may be."""
    really = f"{low:.0%} to {high:.0%}"
    return f"share of planned check-ins; from so few it may really be {really} (Wilson 1927, 95 %)"


# Planned actions done
def actions_done(done: int, planned: int) -> str:
    """How many planned actions were done."""
    return f"*Planned actions done: {done} of {planned}.*"


def actions_done_how(low: float, high: float) -> str:
    """How that is computed, with what it may be."""
    return (
        "share of planned actions whose day has come; it may really be "
        f"{low:.0%} to {high:.0%} (Wilson 1927, 95 %)"
    )


# From advice to use
ADVICE_HOW = (
    "from a talk's end to your “yes, I used it”; what isn't used yet counts too (Kaplan and Meier 1958)"
)


def advice_used(used: int, of: int, days: float | None) -> str:
    """How much advice has been used, and within how many *days* half of it; None where less than half was."""
    said = f"{used} of {of} pieces of advice so far"
    if days is None:
        return f"*Advice you used:* {said}."
    within = "a day" if days <= 1 else f"{days:.0f} days"
    return f"*You use half of the advice you get within {within}.* Used: {said}."


# Confidence gained
def gained(points: float) -> str:
    """By how much confidence changed from the start of a sprint to its end."""
    if points < 0:
        return f"*Confidence:* {-points:.1f} points of 10 lower after a sprint than before, on average."
    return f"*Confidence gained: {points:.1f} points of 10* from the start of a sprint to its end."


def gained_how(sprints: int) -> str:
    """How that is computed."""
    return f"average of after minus before, over {many(sprints, 'sprint')}"


# How well one foresees it
AS_OFTEN = (
    "*How well you predict yourself:* you reach what you expected about as often as you think you will."
)


def too_confident(gap: float) -> str:
    """That one expected too much, by which share."""
    return (
        f"*How well you predict yourself:* you reach what you expected less often than you think you will."
        f" The two are {gap:.0%} apart. A smaller step may work better."
    )


def too_careful(gap: float) -> str:
    """That one expected too little, by which share."""
    return (
        "*How well you predict yourself:* you reach what you expected more often than you think you will. "
        f"The two are {gap:.0%} apart."
    )


def foreseen_how(sprints: int, brier: float) -> str:
    """How that is computed."""
    return (
        f"stated confidence against level 0 or above, {many(sprints, 'sprint')}; Brier score {brier:.2f} "
        "(Brier 1950)"
    )


# What one asks about
EVENLY, MOSTLY = ", about as often each", ", mostly the same few"


def asked_about(topics: int, talks: int, spread: str) -> str:
    """About how many topics one asks, and how evenly."""
    return f"*What you ask about:* {many(topics, 'topic')} in {many(talks, 'talk')}{spread}."


def asked_about_how(effective: float, evenness: float) -> str:
    """How that is computed."""
    return (
        f"which comes to {effective:.1f} topics in effect: Hill number, exp of the entropy (Hill 1973); "
        f"evenness {evenness:.2f} of 1"
    )


# Whom one asks
ONE, SEVERAL, MOSTLY_ONE = "all with one person", "with several people", "mostly with one person"
ASK_NEW = "Ask somebody new"


def asked_whom(asked: int, people: str, alone: int) -> str:
    """With how many people one talked, and how often one did without."""
    by_yourself = f"; you worked it out by yourself {many(alone, 'time')}" if alone else ""
    return f"*Who you ask:* {many(asked, 'talk')} in 90 days, {people}{by_yourself}."


def asked_whom_how(effective: float, reliance: float) -> str:
    """How that is computed."""
    return (
        f"{effective:.1f} people in effect, 1 / Herfindahl index of helpers; reliance "
        f"{reliance:.2f} of 1 = share asked times that index"
    )


def many(count: int, what: str) -> str:
    """A number of things."""
    return counted(count, what)
