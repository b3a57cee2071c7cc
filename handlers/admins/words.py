"""What is said to admins, and to whoever reported a session.

Names, topics and times come as they are to be shown: escaped, and in the reader's zone.
"""

from collections.abc import Mapping

from handlers.block_kit.counts import counted

# How it stands with an alert.
CAME_UP_AGAIN = "This came up again; see below."
SETTLED_BY_ITSELF = "No longer needed"


def by(admin: str) -> str:
    return f" by {admin}"


def closed(by: str, when: str) -> str:
    return f"Closed{by}, {when}."


def taken_on(admin: str, when: str) -> str:
    return f"Taken on by {admin}, {when}."


def nobody_yet(told: str) -> str:
    return f"Nobody is on it yet. {told}"


ONLY_YOU = "Only you were told."


def you_and_others(others: int) -> str:
    return f"You and {counted(others, 'other')} were told."


OPEN_AGAIN = "Reopen it"
CLOSE_SURE = "Close it for every admin?"
CLOSE_MEANS = "It stays readable, and any admin can reopen it."
CLOSE = "Close it"
NOT_YET = "Not yet"
HAND_BACK = "Hand it back"
TAKE_OVER = "Take it over"
ON_IT = "I'm on it"
GONE: Mapping[str, str] = {
    "unanswered": "Not needed any more: somebody took the question, or it has ended",
    "bad_manifest": "Fixed: I'm using the file again as it is",
    "undeliverable": "Not needed any more: nothing is waiting for them, or they have left",
    "channel": "Fixed: I can post there again",
    "topic_gone": "Not needed any more: the topic is back, or nobody uses it now",
}

# What it is about.
NOBODY_TOOK_IT = (
    "*Nobody could take this question.* The person who asked would like you to find someone. I can "
    "ask anyone who has its topic in their profile."
)
SOMEONE_UNNAMED = "Someone, without their name,"


def asks_about(who: str, topics: str) -> str:
    return f"{who} asks about {topics}:"


def explained(request_id: str) -> str:
    return f"To see who fits and why, run `waymark explain {request_id}` where the app runs."


A_BOND = "something they have together"


def reported(writer: str, other: str, what: str) -> str:
    return f"*{writer} reports something about {what} with {other}.* Write to {writer}. {other} doesn't know."


SOMEONE_REPORTED = "*Someone reported that something is wrong.* What they wrote is no longer kept."


def reported_at(when: str) -> str:
    return f"Reported {when}."


TALKED_WITHOUT_NAMES = "They talked without names: only admins know who they both are."


def never_matched(writer: str, other: str) -> str:
    return f"{writer} won't be matched with {other} again."


def was_told(writer: str, other: str) -> str:
    return f"{writer} was told that admins have this and can write to them, and that {other} isn't told."


BAD_MANIFEST = "*The last edit of manifest.yml can't be used*, so I'm still using the one before it."


def and_more(more: int) -> str:
    return f"and {more} more"


A_CONVERSATION = "a conversation"


def undeliverable(whom: str, code: str) -> str:
    return (
        f"*A message to {whom} couldn't be delivered.* Slack said `{code}`. Run `waymark doctor` for details."
    )


RUN_DOCTOR = "Run `waymark doctor` for details."
CURES: Mapping[str, str] = {
    "not_in_channel": "Please add me to that channel.",
    "is_archived": "It's archived: please name another channel in `manifest.yml`.",
    "channel_not_found": "It's private without me, or gone: add me, or name another in `manifest.yml`.",
    "restricted_action": "Only some may post there: please let me, or name another in `manifest.yml`.",
    "missing_scope": "A scope is missing: please install the app again.",
}


def cant_post(channel: str, code: str, cure: str) -> str:
    return f"*I can't post in <#{channel}>.* Slack says `{code}`. {cure}"


def people_help(helpers: int) -> str:
    return f"{counted(helpers, 'person', 'people')} helped with it"


def questions_are_about(asks: int) -> str:
    return f"{counted(asks, 'open question was', 'open questions were')} about it"


def topic_gone(label: str, id: str, people: str, waiting: str) -> str:
    return (
        f"*The topic {label} (`{id}`) was taken out of manifest.yml* while {people}, and {waiting}. To "
        "rename a topic, change its label and keep its id."
    )


UNKNOWN = "*Something needs an admin's attention.* Run `waymark doctor` for details."

# The card of who reported a session.
NOT_TOLD = "The other person isn't told."
UNREAD = (
    "*I'm passing this on to the admins.* I don't know who they are yet; I'll tell you in our "
    "messages as soon as one of them has it."
)
NOBODY = (
    "*Nobody has this right now.* I can't find an admin to give it to. I'll pass it to the first one I find, "
    "and I'll message you then."
)
NO_CONTACT = "Until then, please turn to somebody you trust: a manager, HR, or an admin of this workspace."


def your_report(what: str, when: str) -> str:
    return f"Your report about {what}, {when}."


def has_closed(who: str) -> str:
    return f"*{who} has closed your report.* If it isn't over, report it again."


NEWS_BELOW = "There is news about your report below."


def is_on_it(who: str) -> str:
    return f"{who} is on it."


def can_write(with_whom: str, not_told: str) -> str:
    return f"*{with_whom}* They can write to you here in Slack. {not_told}"


WITH_ADMINS = "Your report is with admins of this workspace."


def with_admins(count: int) -> str:
    return f"Your report is with {count} admins."


AN_ADMIN = "an admin"


def admins(count: int) -> str:
    return f"{count} admins"


def with_named(count: str, who: str) -> str:
    return f"Your report is with {count}: {who}."


SOME_ADMIN = "An admin"
MEANWHILE = "Until then you can turn to:"
