"""What is said to somebody who asks something of the app itself: to be asked less, how it stands, thanks.

Topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

# What comes first on the card.
HELLO = "*Hi! What are you stuck on?* Write it here in your own words, and I'll find someone who can help."
MORE = "`/ask-mentor help` shows what else I can do."
WELCOME = "You're welcome!"
ABOUT = (
    "*I find a colleague for your question.* Write it in one line: I ask people who know it, a few at a "
    "time, until somebody says yes. Only the people I ask read it, unless you post it or ask the admins."
)
ABOUT_MORE = (
    "`/ask-mentor topics` lists what people here help with, `/ask-mentor help` what else I can do, and the "
    "*Home* tab what is private."
)
SETTINGS = (
    "*Your topics, hours and limits are in one form.* Your time zone is the one in your Slack settings."
)
DATA = (
    "*Whoever runs Waymark here can give you everything I keep about you, or erase it for good.* Ask an "
    "admin. `/coach-me privacy` says what guided talks and sprints keep."
)
CHANGE_SETTINGS = "Change my settings"
SORRY = "*I'm sorry that didn't work.* Ask again in other words, and I'll look again."
LEADS = {
    "pause": "*Until when shall I pause you?*",
    "busy": "*Shall I ask you less for a while?*",
    "fewer": "*Shall I ask you less?*",
    "only": "*Which topics shall I ask you about?*",
    "without": "*Which topics shall I still ask you about?*",
    "stop": "*Shall I ask you less, or nothing at all?*",
    "resume": "*How shall I ask you?*",
}
NOTHING_TO_STOP = "*I'm not asking you for help at the moment*, so there's nothing to change."


def until_when(typed: str) -> str:
    return f"*Until when?* I don't understand {typed}."


WHAT_WOULD_SUIT = "*What would suit you better?*"
WHICH_TO_WITHDRAW = "*Which one shall I withdraw?*"

# Its buttons.
CHOOSE_TOPICS = "Choose my topics"


def pause_until(when: str) -> str:
    return f"Pause until {when}"


PAUSE_UNTIL = "Pause until …"
ONLY_THESE = "Only these topics"
ONLY_SOME = "Only some topics"
ONE_A_WEEK = "One question a week"
STOP = "Stop helping"
MEANT_AS_QUESTION = "I meant it as a question"

# What was done.


def pause_over(when: str, standing: str) -> str:
    return f"*Your pause until {when} is over.* {standing}"


def paused_until(when: str, moved: str) -> str:
    return f"*Paused until {when}.* Nobody is told.{moved}"


QUESTION_MOVED = " The question that was waiting for you goes to someone else."


def questions_moved(count: int) -> str:
    return f" The {count} questions that were waiting for you go to others."


ONE_QUESTION = "one question"


def questions(limit: int) -> str:
    return f"{limit} questions"


def had_them(limit: int, when: str) -> str:
    return f" You've had {'one' if limit == 1 else 'that many'} this week, so the next comes after {when}."


def at_most_a_week(most: str, had: str) -> str:
    return f"*At most {most} a week from now on.*{had}"


def left_out(topics: str) -> str:
    return f" I'll leave out {topics}."


def only_about(topics: str, left_out: str) -> str:
    return f"*From now on I'll only ask you about {topics}.*{left_out}"


def more(count: int) -> str:
    return f"{count} more"


def stopped(moved: str) -> str:
    return f"*I won't ask you any more.* Your topics are kept, in case you come back.{moved}"


CHOOSE_FIRST = "I won't ask you anything yet: first choose what you help with."
CAN_BE_ASKED = "You can be asked again."


def welcome_back(standing: str) -> str:
    return f"*Welcome back.* {standing}"


STAYS_WITH_OTHERS = " What went to others stays with them."


def undone(standing: str, gone: str) -> str:
    return f"*Undone.* {standing}{gone}"


def you_are_paused(when: str) -> str:
    return f"You're paused until {when}."


NOT_ASKED = "I'm not asking you for help."

# The forms.
UNTIL_WHEN = "Until when?"
PAUSE = "Pause"
PAUSE_ME = "Pause me"
ONLY_ABOUT = "Only ask me about"

# In the help of `/ask-mentor`.
HELP_LINE = (
    "`/ask-mentor pause until monday` takes you off for a while; `resume` brings you back.\n"
    "• `/ask-mentor fewer questions` or `only ask me about hiring` changes what I ask you."
)
