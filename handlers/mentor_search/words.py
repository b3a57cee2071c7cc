"""Everything that the search for a mentor says in Slack. Names come as they are to be shown."""

from handlers.block_kit.counts import counted

# The card of whoever looks
WHOM = "*Who would you like to ask?*"
NOBODY_BEFORE = "I won't ask anyone before you pick, and then only one person at a time."
THEM = "them"
STOP_LOOKING = "Stop looking"
FOUND_NO_MENTOR = "*I didn't find a mentor for this.*"
STOPPED = "*You've stopped looking for a mentor.*"


def cannot(who: str, *, has_left: bool = False) -> str:
    """That somebody said no, or has left."""
    return f"*{who} doesn't work here any more.*" if has_left else f"*{who} can't take this on right now.*"


def whom_next(refused: str) -> str:
    """The question after a no; *refused* is what became of the last who was asked."""
    return f"{refused} Who would you like to ask next?"


def suggested(who: str, why: str) -> str:
    """One who could be asked."""
    return f"{who}: they {why}." if why else who


def ask(name: str) -> str:
    """The button beside one."""
    return f"Ask {name}"


def have_asked(who: str, until: str | None) -> str:
    """That somebody has been asked."""
    by = f" They have until {until} to answer." if until else ""
    return f"*I've asked {who} to be your mentor.*{by}"


def nobody_has_room(until: str, refused: str | None) -> str:
    """That it goes on looking; *refused* is what became of the last who was asked."""
    if refused is None:
        nobody = "*Nobody who fits has room right now.*"
    else:
        nobody = f"{refused} Nobody else who fits has room, so"
    return f"{nobody} I'll look again every week until {until}, and tell you if that changes."


def said_yes(who: str) -> str:
    """That somebody said yes."""
    return f"*{who} said yes.* See the new message."


# The invitation of whoever is asked
YES = "Yes, let's meet"
GOAL, NOTE = "Goal:", "Note:"


def would_like_you(who: str) -> str:
    """What somebody is asked."""
    return f"*{who} would like you as their mentor.*"


def terms(why: str, usual: str, until: str | None, *, agreeing: str) -> str:
    """Why this person, how much time it usually takes, and until when to answer."""
    because = f"Why you: {why}. " if why else ""
    by = f" Please answer by {until}." if until else ""
    return f"{because}Usually {usual}; {agreeing}{by}"


AGREE_FIRST = "you two agree on it first."
CAN_CHANGE = "you two can change that."


def no_reason_needed(who: str) -> str:
    """That a no needs no reason."""
    return f"You don't have to say why: {who} only sees that it doesn't work right now."


def you_said_yes(who: str) -> str:
    """After a yes."""
    return f"You said yes to {who}. See the new message."


def you_said_no(who: str) -> str:
    """After a no."""
    return f"You said “Not now”. {who} only sees that it doesn't work right now."


def no_answer_needed(who: str, *, has_left: bool = False) -> str:
    """Once it is too late, or was taken back; or whoever asked has left."""
    if has_left:
        return f"{who} doesn't work here any more. You don't need to do anything."
    return f"{who} doesn't need an answer to this any more. You don't need to do anything."


def pass_on_to_you(who: str) -> str:
    """What a former mentor passes on."""
    return f"{who} was their mentor before. They share this with you:"


# The form
FIND = "Find a mentor"
FIND_LONG_TERM = "Find a long-term mentor"
LOOK = "Find someone"
GET_BETTER_AT = "What would you like to get better at?"
FOR_INSTANCE = "Grow from engineer to team lead"
WHOEVER_READS = "Whoever you pick reads this."
ABOUT = "What is it about?"
MAY_BE_EMPTY = "Leave it empty, and I'll go by your words if they say enough."
IN_MIND = "Someone in mind?"
ASKED_AT_ONCE = "They're asked at once. If you give no name, I'll suggest people, and you pick."

# The window where a search is open already
STOP_AND_START_ANEW = "Stop and start a new one"
KEEP_LOOKING = "Keep looking"
YOUR_TURN = "*You're looking for a mentor already.* Choose who to ask, in your messages with me."
JUST_WRITTEN = "You've just written:"


def if_stopped(asked: str | None, *, has_written: bool) -> str:
    """What stopping does; *asked* is who is asked right now, where that may be named."""
    sees = f"{asked} sees that you don't need an answer any more, and " if asked else ""
    with_it = ", with what you've just written" if has_written else ""
    return f"If you stop this search, {sees}the form for a new one opens{with_it}."


# The form for the next mentor
YOUR_NEXT = "Your next mentor"
OUR_GOALS, OUR_NOTES = "Our goals", "Our latest shared notes"
FROM_HERE_ON = "What would you like from here on?"


def next_reads(suggested: str) -> str:
    """Who reads it, and who is asked."""
    if suggested:
        return f"{suggested} reads this, and I'll ask them at once."
    return "The next mentor reads this. I suggest people, and you pick."


def what_else(suggested: str) -> str:
    """The question above the boxes."""
    return f"What else can {suggested or 'they'} see?"


# How many somebody mentors
HOW_MANY = "Set how many I mentor"
MENTORING = "Mentoring"
AT_A_TIME = "How many people do you mentor at a time?"
WITH_NONE = "With 0, I won't suggest you to anybody. Your current mentees stay."


def people(number: int) -> str:
    """A number to choose."""
    return counted(number, "person", "people")


# Going on after a session
NO_PLACE = "You both want to keep going, but whoever helped has no room for a mentorship right now."

# The search for a junior: the senior's card and form
FOUND_NO_JUNIOR = "*I didn't find anybody for this.*"
STOPPED_LOOKING = "*You've stopped looking.*"
LEARN_FROM_JUNIOR = "Learn from a junior colleague"
LEARN = "Learn from a junior"
WANT_TO_LEARN = "What do you want to learn?"
FOR_INSTANCE_LEARN = "Use AI tools the way my team does"
WHOEVER_I_ASK_READS = "Whoever I ask reads this."
ONE_AT_A_TIME = (
    "I ask one person at a time: somebody earlier in their career, who isn't in your reporting line. "
    "You'll see their name when they say yes."
)


def looking(until: str) -> str:
    """That the search goes on."""
    return (
        "*I'm looking for somebody you can learn this from.* "
        f"I'll ask one person at a time until {until}, and tell you who says yes."
    )


def usually(rhythm: str) -> str:
    """How much time it usually takes."""
    return f"Usually {rhythm}."


# The invitation of a junior
NO_ANSWER_NEEDED = "This doesn't need an answer any more. You don't need to do anything."


def learn_from_you(who: str) -> str:
    """What a junior is asked."""
    return f"*{who} would like to learn from you.*"


def not_told(who: str) -> str:
    """That the senior knows of nothing, and hears of no no."""
    return (
        f"{who} doesn't know that I've asked you, and isn't told if you say no. You can finish at any "
        "time, without saying why."
    )


def unheard_no(who: str) -> str:
    """After a no."""
    return f"You said “Not now”. {who} won't hear about it."


# Home
ASKED, WAITING, PICK = "asked, no answer yet", "nobody has room yet", "pick whom to ask"
LOOKING_TO_LEARN = "Looking for somebody to learn from"


def would_like(who: str, *, to_learn: bool) -> str:
    """What waits for whoever is asked."""
    return f"{who} would like {'to learn from you' if to_learn else 'you as their mentor'}."


def looking_for(state: str) -> str:
    """How the search stands."""
    return f"Looking for a mentor: {state}"


# The words of commands


def finds_a_mentor(command: str) -> str:
    return f"`{command} mentor` finds you a mentor for a few months; you pick who to ask."


def finds_a_junior(command: str) -> str:
    return f"`{command} reverse` finds you a junior to learn from; say what you want to learn."


# What is refused
WANTS_EMPTY = "Write what you would like to get better at, in a sentence."
LOOKING_ALREADY = "You're looking for a mentor already: its card is in your messages with me."
LOOKING_TO_LEARN_ALREADY = (
    "I'm already looking for somebody you can learn from: the card is in your messages with me."
)
NOT_UPWARDS = "Juniors aren't asked to mentor on {topic} here. Choose another topic, like {others}."
NONE_UPWARDS = (
    "Juniors aren't asked to mentor here yet: an admin adds `reverse` to the lanes of a topic first."
)
ALREADY = "You two have a mentorship already."
FULL = "You mentor as many people as you take on. *Set how many I mentor* on the Home tab changes that."
NO_MINUTES = (
    "The mentor doesn't have enough minutes a week for this. Choose fewer minutes, or talk less often."
)
NOT_OFFERED = "Choose one of the numbers offered."


def no_room(who: str) -> str:
    """That somebody takes on nobody more."""
    return f"{who} has no room for a mentorship right now. Choose somebody else."
