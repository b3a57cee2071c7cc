"""What guided talks say around the questions: who speaks, how a guided talk stands, and what came of it."""

from coaching.guide.talk import LONGEST_ANSWER
from coaching.language.help_ladder import Help
from handlers.guided_talks.authorship import SCRIPTED

# Who speaks
BY_BOTH = "A script wrote this card; each question says whether the script or a model wrote it."
STANDS_IN = {
    "failed": "the model gave no usable answer in time, so the script goes on",
    "away": "the model isn't answering just now, so the script goes on",
    "capped": "today's turns with the model are used up, so the script goes on, and nothing is lost",
    "shared_cap": "today's turns with the model are used up for the whole workspace, so the script goes on",
    "unready": "I haven't read everyone's name yet, to hide it from the model, so the script goes on",
    "careful": "what you wrote is not for a model, so the script goes on",
}
USED = {"opening": "what you wrote first"}


def stands_in(why: str) -> str:
    """That the script speaks where a model was meant to, and why."""
    return f"{SCRIPTED}: {STANDS_IN[why]}"


def an_answer(label: str) -> str:
    """An answer that a model built on."""
    return f"your {label}"


def built_on(footer: str, listed: str) -> str:
    """What a model's question builds on, behind who wrote it."""
    return f"{footer}. Built on {listed}" if listed else footer


# Buttons
SKIP, STOP, GO_ON_AFTER_ALL = "Skip", "Stop", "Continue after all"
ITS_DONE = "It's done"
TOMORROW = "Remind me tomorrow"
KEEP_AFTER_ALL = "Keep it after all"
HELPS, NO_HELP = "This helps", "Not helpful"
KEEP_PLAN = "Keep the plan and remind me"
CHECK_IN = "Check in with me"
SPRINT = "Begin a sprint with this"
CHECK_INS = {1: "Every week", 2: "Every two weeks"}

# The card of a guided talk
HOW = (
    "The first question is in the replies to this message. Answer there, one question at a time; you can "
    "leave and come back days later. You can also write `skip`, `back` or `stop`."
)
CUT = f"I keep the first {LONGEST_ANSWER:,} characters of what you wrote; the rest is not part of this talk."
LAST = {
    "done": "That was the last question. Your plan is in a newer message, outside the thread.",
    "stopped": "The talk ended here.",
}
RESTS_HERE = "This talk is paused. Answer in its thread, or press *Continue*."
OVER = "This talk has ended."
CAME_BELOW = "What came of this talk is in a newer message below."


def going(title: str, minutes: int) -> str:
    """Which guided talk it is, and how long it takes."""
    return f"*{title}*, in about {minutes} minutes."


def resting(title: str) -> str:
    """That it rests, and how it goes on."""
    return f"*{title}* is paused. It's saved as you left it: answer in its thread to carry on."


def ended(title: str) -> str:
    """That it was stopped."""
    return f"*{title}* has ended here."


# A question in its thread
ASKED_BELOW = "Asked again below."
ERASED, WENT_BACK, MODEL_ERASED = (
    "Erased.",
    "You went back from here.",
    "A model wrote this; it's erased.",
)
STOPPED_HERE = (
    "*Stopped.* I've kept your answer, and I won't ask anything more for now. Add something here, or "
    "press *Continue*, and I'll ask the next question."
)
WENT_ON = "You continued."
SUPPORT = {Help.HINT: "A hint", Help.EXAMPLE: "An example", Help.ANSWER: "One possible answer"}
STEP_HEARD = "Your next step, as I heard it:"
RATED = {True: "You said that this question helps.", False: "You said this question was no help."}


# What came of it
RIGHT = "*Here's what I have. Is that right?*"
NOTHING_YET = "I won't remind you of anything until you keep it. Only you see this."
DROPPED = "You dropped this plan. I won't remind you of it."
PLAN_TO_CHOOSE = "A plan to choose from:"
ONLY_YOU = "Only you see this."
IS_DONE = "Done. Only you see this."


def came_of(title: str) -> str:
    """The heading of what came of a guided talk."""
    return f"*{title}: what came of it*"


def dropped() -> str:
    """That a plan was dropped, and who sees that."""
    return f"{DROPPED} {ONLY_YOU}"


def reminds(when: str) -> str:
    """When a reminder comes, if one does, and who sees the card."""
    return f"I'll remind you on {when}. {ONLY_YOU}" if when else ONLY_YOU


def suggested(behaviour: str, cue: str, day: str, evidence: str) -> str:
    """One action of a plan that a model made."""
    return f"• {behaviour}, {cue}, on {day}. You'll know by: {evidence}"


# The reminder of a step
LOOK_AGAIN = "*You wanted to look at your goal scale again today.* Which level are you at now?"
THE_MOMENT = "*It's time for what you planned.*"
OWN_STEP_DONE = "You've done the step you set yourself."


def later(when: str) -> str:
    """When it reminds again."""
    return f"I'll remind you again on {when}."


# What is planned, part by part
NO_DAY = "No day picked yet"
LABELS = {"aim": "Aim", "step": "Step", "moment": "When", "tell": "You'll tell"}
LOOK = "You look again"
YOU_SAY = "You'll say"
UNSAID = "Not said yet. What will you do?"
WEIGHED = "You weighed:"
SCALE = {
    "measure": "How you see it",
    "baseline": "Today",
    "much_more": "+2",
    "more": "+1",
    "expected": "0",
    "less": "−1",
    "much_less": "−2",
}
I_WANT, I_THOUGHT_OF, MY_STEP = "I want", "I thought of", "My next step"


def part(name: str, said: str) -> str:
    """One part of a plan behind its name."""
    return f"*{name}:* {said}"


def moment(at: str, quoted: str) -> str:
    """When it will be, or that no day was picked, with the words that were read for it."""
    return f"{at or NO_DAY} — you said {quoted}" if quoted else at or NO_DAY


def smaller(step: str, quoted: str) -> str:
    """A step, and what it was made smaller to."""
    return f"{step}, made smaller: {quoted}"


def obstacle(quoted: str) -> str:
    """What gets in the way of a habit."""
    return f"*When this gets in the way:* {quoted}"


def first_sentence(quoted: str) -> str:
    """The sentence to be said."""
    return f"*Your first sentence:* {quoted}"


def learned(quoted: str) -> str:
    """What somebody takes from the guided talk."""
    return f"*What you got out of it:* {quoted}"


def how_sure(said: str) -> str:
    """How sure of the step somebody was."""
    return f"*How sure:* {said}"


def sure(number: int, *, is_smaller: bool) -> str:
    """A number of ten; *is_smaller*: the step was made smaller since."""
    return f"{number} of 10{', before you made the step smaller' if is_smaller else ''}"


# Rows of Home
MY_TALKS = "My guided talks"
NO_DAY_YET = "You haven't picked a day yet."
TIME_HAS_COME = "It's time for your next step."


def row_resting(said: str) -> str:
    """A guided talk that rests."""
    return f"{said}\npaused"


def row_waiting(said: str) -> str:
    """A guided talk in which a question waits."""
    return f"{said}\nthe next question is in its thread, in our messages"


def right(moment: str) -> str:
    """The question whether the moment of a plan is right."""
    return f"{moment}. Right? I keep it once you say so."


# The form of a plan
CHANGE_TITLE = "Change the plan"
WHEN = "When?"
WHAT, WHAT_FOR, WHO = "What will you do?", "What is it for?", "Who will you tell?"
NO_STEP = "Say in a few words what you will do."
PLAN_LATE = "The moment of this plan has passed meanwhile. Press *Change* to pick another, or drop it."
MOMENT_PAST = "This moment has passed already. Choose one that is still to come."
MOMENT_TOO_FAR = "Choose a moment within the next {limit} days."


# What is kept and sent
KEPT = (
    "*What a guided talk keeps:* your answers, for you alone, for 180 days after you last wrote; then they "
    "are erased. No colleague and no admin can read them. If you write that a life is in danger, the talk "
    "ends and all its words are erased.\n"
    "*What a sprint keeps:* your plan and check-ins, for 365 days after the last change. Nobody else reads "
    "them, unless you name a partner: once they say yes, they see the goal and the check-ins."
)
NO_MODEL = (
    "*No AI model gets any of this,* and nothing leaves this workspace but what Slack itself carries. "
    "Guided talks are a script."
)

# Whether a model may lead
NO = "*You said no to an AI model,* so none gets your words: guided talks are a script."
NO_MORE = "*Done.* The script leads your talks from now on. What I kept of what was sent before is erased."
AGREED = "Agreed: a model leads from your next talk on."
USE_MODEL, STAY = "Use the model", "Stay with the script"
TAKE_BACK = "Take my yes back"
TAKE_BACK_TITLE, TAKE_IT_BACK = "Take your yes back?", "Take it back"
SURE = (
    "The script leads your talks from then on. What was sent last, and every question that a model wrote in "
    "your talks, is erased. Your own answers stay."
)


def terms(model: str, provider: str, host: str, version: int) -> str:
    """What people agree to: provider, host, model, and every field that is sent."""
    return (
        "*May an AI model lead your guided talks?* Without one, a script leads them.\n"
        f"Your admins allow `{model}`, run by {provider}, reached at "
        f"`{host}`.\n"
        "• *Sent there with each turn of a talk:* what you wrote or quoted to begin it, the questions, your "
        "answers, which kind of talk it is, and at its end the day's date.\n"
        "• *Hidden first:* the names of everyone here, mentions, channels, e-mail addresses, links, phone "
        "numbers, passwords, keys and ids, as far as I recognise them. Some may slip through.\n"
        "• *Never sent:* your profile, or anyone else's.\n"
        "• What the provider keeps depends on its contract with your workspace.\n"
        "• A model can be wrong. Whenever it fails, the script goes on.\n"
        "`/coach-me privacy` shows exactly what was sent last, and there you can take your yes back at any "
        f"time. (Version {version} of this text.)"
    )


def agreed(on: str) -> str:
    """That somebody agreed, and when."""
    return f"*You agreed {on}* to this:"


# What was sent last
SENT_TITLE = "What was sent last"
NOTHING_KEPT = "Nothing is kept."
NOTHING_SENT = "Nothing that was sent to a model is kept."
EXACTLY = "Show it exactly as it left"
BEGAN_WITH, QUOTED, QUESTION, YOU = "You began with:", "You quoted:", "Question:", "You:"
BESIDES = (
    "With it went the kind of talk, the step, and the app's own instructions, which are the same for "
    "everyone. Long texts are cut here; the button shows every character."
)


def sent_last(on: str) -> str:
    """The heading of what was sent, with when."""
    return f"*Sent last, {on}.* What is in brackets was hidden first:"


def on(moment: str) -> str:
    """A moment for a sentence."""
    return f"on {moment}"
