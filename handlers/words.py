"""What the front doors say of themselves: the commands, the Home tab, and where something can't be done.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from handlers.block_kit.counts import counted

# `/ask-mentor` and its form.


def no_words(line: str) -> str:
    return f"There are no words in {line} that I could pass on. Write what you're stuck on, or open the form."


def no_topic(tags: str) -> str:
    return f"I don't know {tags}. See all topics: `/ask-mentor topics`"


def no_name(name: str) -> str:
    return f"I don't know who {name} is. To ask one person, type @ and choose their name."


OPEN_FORM = "Open the form"


def did_you_mean(word: str) -> str:
    return f" Did you mean `/ask-mentor {word}`?"


def unknown_word(line: str, meant: str) -> str:
    return f"I don't know what to do with {line}.{meant}"


def more(count: int) -> str:
    return f"{count} more"


def too_many_open(limit: int) -> str:
    return (
        f"You have {limit} open questions and talks, the most I can look after. Withdraw a question "
        "or wrap up a talk, then ask again."
    )


YOU_WROTE = "You wrote:"
ON_ITS_WAY = "On its way"


def by_author(author: str) -> str:
    return f" by {author}"


def about_message(by: str) -> str:
    return f"About this message{by}:"


def about_message_at(by: str, link: str) -> str:
    return f"About this message{by}, {link}:"


# What is open, and which topics there are.
NONE_OPEN = "You have no open questions. Ask with `/ask-mentor` and a line of text."
OLDER_ON_HOME = "Your talks and everything older are on the *Home* tab."


def open_questions(open_ones: int) -> str:
    return counted(open_ones, "open question")


def open_talks(talks: int) -> str:
    return counted(talks, "open talk")


WHICH_TO_WITHDRAW = "*Which one shall I withdraw?*"


def no_such_topic(typed: str) -> str:
    return f"No topic here starts with {typed}. `/ask-mentor topics` lists them all."


def more_topics(count: int) -> str:
    return f"and {count} more: type a few letters after `topics`."


WHAT_YOU_CAN_ASK = "*What you can ask about*"
STATUS_HELP = "`/ask-mentor status` shows your open questions, with buttons to withdraw them."
TOPICS_HELP = "`/ask-mentor topics` lists what people here help with."

# Texts that are kept.
FORGOTTEN = "Forgotten. I kept none of it."


def made_way(limit: int) -> str:
    return f"I keep your last {limit} texts, and this one had to make way. Please write it again."


FILES = "(There was a file with this message. Waymark can't pass files on.)"

# The Home tab.
STUCK = "Stuck? Ask a colleague."


def about_topics(count: int) -> str:
    return f" about *{count}* topics"


def how_it_goes(known: str, lengths: str) -> str:
    return (
        f"*1. Ask in one line*{known}: `/ask-mentor How do I profile asyncio? #python`\n"
        "*2. I ask colleagues who know it*, a few at a time, until somebody says yes.\n"
        f"*3. You talk for {lengths} minutes.* That's all."
    )


HELP_OTHERS = "Help others"
HOW_IT_WORKS = "How it works"
NOTHING_WAITS = "Nobody is waiting for you, and nothing is due."
WAITING_FOR_YOU = "Waiting for you"
LONGER_RUN = "For the longer run"


def and_more(count: int) -> str:
    return f"and {count} more, in your messages with me"


PRIVACY = (
    "*What is private:* only the people I ask read your questions, unless you post them or ask the admins. "
    "Whoever asked doesn't learn who said “not now” or paused. Of your feedback, the other person only sees "
    "what you write to them. Only you see your guided talks, sprints, plans, goals and board, unless you "
    "name a sprint partner or share a goal. `/coach-me privacy` says more."
)

# Where something didn't open, or went wrong.
NOT_OPENED = "*Slack didn't open the form in time.* It wasn't sent to anyone yet."
SLOW = "Slack didn't open that in time. Please press again."
LATE = "That couldn't be opened any more. Please close what is open, and try again."
OLD = "This card is from an earlier time, so its buttons don't work any more. Please look at the *Home* tab."
OLD_FORM = "This form is from an earlier time, so nothing was saved. Please open it again with `/ask-mentor`."
UNREADABLE = "Something was missing in what Slack sent, so nothing was done. Please try again."
SORRY = "*That went wrong on my side, and I may not have saved it.* I'm sorry. Please try again in a minute."
SORRY_FORM = (
    "That went wrong on my side. Nothing that you typed is lost: please press the button again in a minute."
)
