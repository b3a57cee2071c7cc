"""What second opinions say in Slack: on cards, in forms, on the Home tab and where something is refused.

What is put into a sentence comes as it is to be shown, escaped where it is markup.
"""

from collections.abc import Mapping

from handlers.block_kit.counts import counted
from matching.values import Lane
from relationships.second_opinions.second_opinion import Outcome

# The card of whoever asks.
MOVED = "The newest message about this second opinion is below."
WITHDRAWN = "Withdrawn. Anyone being asked sees that they don't need to answer any more."
SOMEONE: Mapping[Lane, str] = {
    Lane.PEER: "someone at your level",
    Lane.SENIOR: "someone more experienced",
    Lane.REVERSE: "someone earlier in their career",
}
STANDING: Mapping[Lane, str] = {
    Lane.PEER: "at your level",
    Lane.SENIOR: "more experienced",
    Lane.REVERSE: "earlier in their career",
}
TOLD = {
    "acted": "you acted on it",
    "otherwise": "you went another way",
    "open": "it's still open",
}
WITHDRAW_SURE = "Withdraw this question?"
WITHDRAW_MEANS = "Anyone being asked sees that they don't need to answer."
WITHDRAW = "Withdraw"
CHANGE_OWN = "Change my own view"
WRITE_OWN = "Write my own view first"


def side_by_side(until: str) -> str:
    return f"You'll see the answers side by side once two are in, or by {until}."


def asked_first(when: str) -> str:
    return f"*I'll ask the first person {when}.* They start work then."


CHOOSING = "*I'm choosing who to ask.*"


def looking_for(count: int) -> str:
    return f" I'm looking for {count} more."


ONE_ANSWER = "1 answer so far."
NO_ANSWER = "No answer yet."


def people(count: int) -> str:
    return counted(count, "person", "people")


def asked(people: str, lanes: str, so_far: str, more: str) -> str:
    return f"*I've asked {people}: {lanes}.* {so_far}{more}"


def without_name(about: str) -> str:
    return f"{about} · without your name"


OWN_BEFORE = "Your own view, before you read theirs:"


def another_until(when: str) -> str:
    return f"Another one may still come in, until {when}."


RANDOM_ORDER = "In random order. Nobody saw anyone else's answer."
JUST_THANK = "Just thank them"


def here(count: int) -> str:
    return f"*Here are {count} views, side by side.*"


VIEW_GONE = "*This view is gone.* Whoever wrote it has taken it back."
TIME_IS_UP = "Time's up, so here it is."
NOBODY_ELSE = "I don't know anyone else to ask, so here it is."


def one_view(why: str) -> str:
    return f"*One view came in.* {why}"


def talk_with(name: str) -> str:
    return f"Talk with {name}"


TALK_WITH_THEM = "Talk with them"
TELL_WHAT_CAME = "Tell them what came of it"
NOT_HERE = " (doesn't work here any more)"
READ = "*Read.* Nobody who answered works here any more."
OTHERS_THANKED = " I've thanked the others."
OTHERS_HERE_THANKED = " I've thanked the others who still work here."


def thanked(who: str) -> str:
    return f"*I've thanked {who}.*"


def chosen(who: str, others: str) -> str:
    return f"*You chose to talk with {who}:* see the new message.{others}"


OWN_WORDS = "In my own words"


def will_hear(who: str) -> str:
    return f"{who[:1].upper()}{who[1:]} will hear about it."


def what_came(hears: str) -> str:
    return f"*What came of it?* {hears}".rstrip()


CLOSED = "*This one is closed.* Ask again at any time with `/ask-mentor second opinion`."
EVERYONE = "everyone who answered"
EVERYONE_HERE = "everyone who answered and still works here"
WHOEVER = "whoever answered"
WHOEVER_HERE = "whoever answered and still works here"


def told(who: str, what: str) -> str:
    return f"*I've told {who}:* {what}."


def noted(what: str) -> str:
    return f"*Noted:* {what}. Nobody who answered works here any more, so I told nobody."


IN_YOUR_WORDS = "In your words:"
ASK_ONE = "Ask one person instead"
IN_TIME = "in time "


def nobody_could(why: str, count: int) -> str:
    return f"*Nobody could answer {why}({people(count)} asked).* What now?"


def nobody_known(about: str) -> str:
    return f"*I don't know anyone I can ask about {about} right now.* What now?"


WITHDRAWN_CARD = "*Withdrawn.* Ask again at any time with `/ask-mentor second opinion`."

# What somebody who is asked for a view reads.
VIEW_ENDED = {
    "declined": "*No time: that's fine.* I won't say it was you.",
    "expired": "*Time's up for this one.* That's fine: I won't say who didn't answer.",
    "released": "*You don't need to answer this one any more.* Thank you!",
}
CAME_OF: dict[Outcome, str] = {
    "acted": "{} acted on the answers",
    "otherwise": "{} went another way",
    "open": "it's still open for {}",
}
SOMEONE_ELSE = "Someone"
CLOSED_TO_ALL = "*This question is closed.* Thank you for sharing your view!"
THE_ASKER, THE_ASKER_INSIDE = "The person who asked", "the person who asked"


def asks_view(who: str, about: str) -> str:
    return f"*{who} would like your view on {about}.* Five minutes, in writing."


VIEW_MOVED = "This question moved down to a newer message."
NO_NAMES = "They asked without their name, and don't see yours."


def why_you(why: str) -> str:
    return f"Why you: {why}."


NONE_SEES = "Up to three people answer; none of you sees the others' answers."


def until_when(when: str, minutes: int) -> str:
    return f"You have until {when}. It counts as {minutes} minutes of your week."


GIVE_VIEW = "Share my view"
NO_TIME = "No time"
CHANGE_IT = "Change it"
IN_THEIR_WORDS = "In their words:"
YOU_WROTE = "You wrote:"
NEWS_BELOW = "What came of this question is below."


def came_of(came: str) -> str:
    return f"*What came of it:* {came}. Thank you for sharing your view!"


def sent(who: str, until: str) -> str:
    return f"*Sent. Thank you!* {who} will see it once there's a second answer, or by {until}."


def taken_back(who: str) -> str:
    return f"*{who} has withdrawn the question.* Thank you for sharing your view!"


def asker_left(who: str, *, has_answered: bool) -> str:
    said = (
        "Thank you for sharing your view!" if has_answered else "You don't need to answer this one any more."
    )
    return f"*{who} doesn't work here any more.* {said}"


def has_view(who: str) -> str:
    return f"*{who} has your view now.* Thank you!"


def wants_talk(who: str) -> str:
    return f"*{who} would like to talk it through with you.* You'll get a separate message about it."


def thanks_all(who: str) -> str:
    return f"*{who} thanks everyone who answered.* That includes you."


# Forms.
OUTCOMES: dict[Outcome, str] = {
    "acted": "I acted on it",
    "otherwise": "I went another way",
    "open": "Still open",
}
HOW = (
    "Up to three colleagues get the same question: at your level, with more experience, and earlier in "
    "their career, if I can find them. Each writes a few lines without seeing the others'. You'll read "
    "them side by side."
)
EXAMPLE = "Should we rewrite the importer, or fix it once more? It breaks every other week."
SHORTENED = "Your text has {:,} characters, and {:,} fit, so that it takes nobody more than five minutes."
OPEN = "Get a second opinion"
TITLE = "Second opinion"
ASK_ANYWAY = "Ask anyway"
ASK_THEM = "Ask them"
WITHOUT_NAME = "Ask without my name"
QUESTION = "Your question"
ABOUT = "What is it about?"
ABOUT_HINT = "Leave it empty, and I'll go by your question if it says enough."
OWN_QUESTION = "What do you think yourself?"
OWN_HINT = "Only you see this, next to the answers."
NAME = "Your name"
NAME_HINT = "They don't learn who asks, and you don't learn who answers."
OWN_FOREVER = "Only you see this, next to the answers. It can't be changed once they're in."
OWN_TITLE = "Your own view"
VIEW_HINT = "A few lines are enough. What would you do, and why? What would change your mind?"
VIEW = "Your view"
SEND = "Send"
WHAT_CAME = "What came of it?"
WHAT_CAME_WORDS = "In your own words"
ALL_READ = "Everyone who answered reads this."
WHAT_CAME_TITLE = "What came of it"
TELL_THEM = "Tell them"
KEPT = "All of it is kept in your messages with me."
ON_ITS_WAY = "On its way"

# The Home tab, the commands and refusals.
STATES = {
    "gathering": "{} of {} answered",
    "shown": "{} answers to read",
    "decided": "{} answers, all thanked",
    "asked_back": "what came of it?",
}


def asked_of_you(who: str, until: str) -> str:
    return f"{who} would like your view (five minutes), by {until}:"


def row(question: str, state: str) -> str:
    return f"Second opinion: {question}\n{state}"


HELP = "`/ask-mentor second opinion …` gets you three short answers, side by side."
COACH_HELP = "`/coach-me opinion …` gets you three short answers, side by side."


def too_many(limit: int) -> str:
    return (
        f"You're waiting for {limit} second opinions, which is as many as I can look after at a time. "
        "Withdraw one, or read its answers first; then ask again."
    )


NO_TALK_NOW = "They can't take a talk just now. Choose another view, or just thank them."
OWN_VIEW_EMPTY = "Write in a few words what you think."
VIEW_EMPTY = "Write your view in a few words."
TOO_LONG = "This is {length} characters long; {limit} fit. Please shorten it."


# Where somebody reports it.
A_SECOND_OPINION = "a second opinion"
END_NOW = "End this for me now"
ASKED_NO_MORE = "I won't ask you what came of it, and you won't hear it from the other side either."
LASTS = {True: "goes on", False: "is over"}


def who_was_who(asker: str, advisers: str, lasts: str) -> str:
    return f"{asker} asked, {advisers} answered. The second opinion {lasts}."


NOBODY_YET = "nobody"


def view_of(who: str, beginning: str) -> str:
    return f"{who}: {beginning}"
