"""What sponsorships say in Slack: phrases of acts first (plain, for lines without markup), then view by view.

What is put into a sentence comes as it is to be shown, escaped where it is markup.
"""

from collections.abc import Mapping
from datetime import date, datetime

from handlers.block_kit.counts import counted
from kernel.values import PersonId
from relationships.sponsorships.act import STEPS, Act, Audience, Deed, Word
from relationships.sponsorships.sponsorship import End, Role, Sponsorship

DEEDS: Mapping[Deed, str] = {
    "introduced": "Introduced them to somebody",
    "talked_up": "Spoke well of them to others",
    "told": "Told them something that not everyone knows",
    "nominated": "Put their name forward",
    "stretch": "Gave them work to grow on",
    "spoke": "Spoke for them where the decision was made",
    "cover": "Took the heat for them",
    "stood_by": "Stood by them when it went wrong",
}
AUDIENCES: Mapping[Audience, str] = {
    "one": "One other person",
    "team": "A team",
    "deciders": "People who decide",
    "many": "Many people",
    "two": "Only the two of us",
}
_DONE: Mapping[Deed, str] = {
    "introduced": "introduced {} to somebody",
    "talked_up": "spoke well of {} to others",
    "told": "told {} something that not everyone knows",
    "nominated": "put {} forward by name",
    "stretch": "gave {} work to grow on",
    "spoke": "spoke for {} where the decision was made",
    "cover": "took the heat for {}",
    "stood_by": "stood by {} when it went wrong",
}
_AMONG: Mapping[Audience, str] = {
    "two": "only you two",
    "one": "one other person",
    "team": "a team",
    "deciders": "people who decide",
    "many": "many people",
}
_STEPS = ("sharing what they know", "opening a door", "giving a chance", "speaking up")
_DAYS_OF_MONTH = 30.4


def done(act: Act, whom: str) -> str:
    """What was done for *whom*: put you forward by name."""
    return _DONE[act.deed].format(whom)


def when(act: Act, today: date) -> str:
    """Among whom and on which day: people who decide, Thu 12 Nov."""
    year = "" if act.on.year == today.year else f" {act.on.year}"
    return f"{_AMONG[act.audience]}, {act.on:%a} {act.on.day} {act.on:%b}{year}"


def so_far(it: Sponsorship) -> str:
    """How many acts count, and how far the furthest went."""
    count = len(it.confirmed)
    if not count:
        return "Nothing is confirmed yet." if it.state != "ended" else "Nothing was confirmed."
    done = counted(count, "thing")
    return f"{done} done so far. The furthest: {_STEPS[it.furthest - 1]} (step {it.furthest} of {STEPS})."


def so_far_and_open(it: Sponsorship, protege: str) -> str:
    """The same for the sponsor, with how many things wait for the protégé's word."""
    count = len(it.unconfirmed)
    waiting = counted(count, "thing waits", "things wait")
    return f"{so_far(it)} {waiting} for {protege} to confirm." if count else so_far(it)


def lasted(it: Sponsorship) -> str:
    """How long it went on: 11 months."""
    days = (_until(it) - (it.began_at or _until(it))).days
    months = round(days / _DAYS_OF_MONTH)
    if not months:
        return "less than a month"
    return counted(months, "month")


def _until(it: Sponsorship) -> datetime:
    return it.ended_at or it.touched_at


def standing(act: Act, me: PersonId, it: Sponsorship) -> str:
    """How an act stands: whether it is confirmed, and what came of it."""
    if act.word == "open":
        return "not confirmed yet" if me == it.sponsor_id else "you haven't confirmed it yet"
    if act.word == "no":
        return "not confirmed" if me == it.sponsor_id else "you don't know about it"
    return {"pending": "still open", "happened": "it happened", "no": "it came to nothing"}[act.outcome]


# The form in which it is asked for or offered, and the one for the line.
WAYS: dict[Role, str] = {"protege": "Somebody speaks for me", "sponsor": "I speak for somebody"}
RULE = (
    "A sponsor acts for you when you aren't there. It can't be anyone in your own reporting line, above "
    "or below."
)
EXAMPLE = "Cut the import from six hours to one, and teaches others how"
FIND = "Find a sponsor"
OFFER = "Sponsor someone"
WANTS_EXAMPLE = "Lead the platform team one day"
WHICH_WAY = "Which way round?"
WHO = "Who?"
WHO_HINT = "Ideally, pick somebody who has seen the work first-hand. They're asked at once."
WHAT_FOR = "What for?"
THEY_READ = "They read this."
YOUR_LINE = "One line about you"
YOUR_LINE_HINT = "If somebody speaks for you: one line that they can say. You can write it later, too."
TITLE = "Sponsorship"
ASK = "Ask"


def so_often(who: str, times: int) -> str:
    return f"{who} ({'once' if times == 1 else f'{times} times'})"


def worked_with(people: str) -> str:
    return f"*You've worked with people who are more experienced than you:* {people}."


LINE_FIELD = "What should they say when you aren't there?"
LINE_HINT = "One line. Your sponsor sees it. You can change it at any time."
MY_LINE_TITLE = "One line about me"
KEPT = "All of it is kept in your messages with me."

# The card of each of the two.
ANSWERS = {"yes": "That's right", "no": "I don't know about it"}
OUTCOMES = {"happened": "It happened", "no": "It came to nothing", "pending": "Still open"}
WHAT_IT_IS = (
    "A sponsor acts for somebody who isn't in the room: opens a door, puts their name forward, speaks up "
    "where decisions are made. Advice doesn't count. Once a month I'll ask what was done. Only you two see "
    "it."
)


def asked_them(other: str) -> str:
    return f"*I've asked {other} to be your sponsor.*"


def offered_them(other: str) -> str:
    return f"*I've told {other} that you'd like to be their sponsor.*"


def until(head: str, by: str) -> str:
    return f"{head} They have until {by} to answer."


TAKE_IT_BACK = "Take it back"
THEIR_LINE = "One line about them:"


def answer_by(what: str, by: str) -> str:
    return f"{what} Please answer by {by}."


def no_reason(who: str) -> str:
    return f"You don't have to say why: {who} only sees that it doesn't work right now."


def asks_for(who: str) -> str:
    return f"{who} would like you as their sponsor."


def offers_to_be(who: str) -> str:
    return f"{who} would like to be your sponsor."


YES_THEIRS = "Yes, I'll be their sponsor"
YES_PLEASE = "Yes, please"


def no_line_yet(other: str) -> str:
    return f"{other} hasn't written their line yet."


NOTE = "Note what I did"


def it_happened(what: str, when: str) -> str:
    return f"*It happened:* you {what} ({when})."


def sponsor_now(other: str) -> str:
    return f"*You're {other}'s sponsor now.*"


def sponsor_of(other: str) -> str:
    return f"*You're {other}'s sponsor.*"


def finishing(when: str) -> str:
    return f" If I hear nothing by {when}, I'll finish it."


def this_month(who: str, last: str) -> str:
    return f"*Did you do something for {who} this month?*{last}"


def your_sponsor_now(other: str) -> str:
    return f"*{other} is your sponsor now.*"


def your_sponsor(other: str) -> str:
    return f"*{other} is your sponsor.*"


YES_NOTE = "Yes, note it"
NOT_THIS_MONTH = "Not this month"
CHANGE_LINE = "Change my line"
WRITE_LINE = "Write my line"
YOUR_LINE_IS = "One line about you:"


def write_one_line(other: str) -> str:
    return f"Write one line that {other} can say when you aren't there."


def to_confirm(who: str, what: str, when: str) -> str:
    return f"*{who} {what}* ({when}):"


def you_said(word: Word, who: str, what: str, when: str) -> str:
    head = "You confirmed" if word == "yes" else "You don't know about"
    return f"*{head} this:* {who} {what} ({when})."


def what_came(who: str, what: str, when: str) -> str:
    return f"*What came of it?* {who} {what} ({when})."


def would_talk(who: str) -> str:
    return f"*{who} would like to talk something through with you.*"


ASK_FOR_TALK = "Ask for the talk"
ALL_ACTS = "See all"
FINISH_SURE = "Finish this sponsorship?"
FINISH_MEANS = (
    "It ends for both of you, now. The other person only sees that it's finished: no reason is asked for "
    "or given."
)
FINISH = "Finish it"


def it_lasted(how_long: str, so_far: str) -> str:
    return f"It lasted {how_long}. {so_far}"


def gone_away(other: str) -> str:
    return f"*{other} isn't a member here any more, so this sponsorship is finished.*"


FINISHED = "*Your sponsorship with {other} is finished.*"
ENDS: Mapping[End, str] = {
    "line": (
        "*One of you now leads the other, so your sponsorship with {other} is finished.* "
        "A sponsor can't be in the same reporting line."
    ),
    "left": "*Only members can be sponsors here, so your sponsorship with {other} is finished.*",
}


def cannot_begin(other: str) -> str:
    return f"*This sponsorship can't start any more.* You and {other} don't need to do anything."


def never_began_as_gone(other: str) -> str:
    return f"*{other} isn't a member here any more, so this sponsorship can't start.*"


ASK_ANOTHER = "Ask somebody else"
NO_FIT = "*It doesn't work for {other} right now.*"
TO_ASKER: Mapping[End, str] = {
    "no": NO_FIT,
    "late": NO_FIT,
    "withdrawn": "*You've taken it back.* I'm no longer asking {other}.",
}
TO_ASKED: Mapping[End, str] = {
    "no": "You said “Not now”. {other} only sees that it doesn't work right now.",
    "late": "{other}'s question has expired. You don't need to do anything.",
    "withdrawn": "{other} has taken this back. You don't need to do anything.",
}

# The form of an act, and the window of all.
ONLY_YOU = "Promotions aren't counted here. Only the two of you see this."
GAVE_ADVICE = "Gave them advice"
ACT_EXAMPLE = "For the platform review, in the planning round"
WHAT_DID_YOU_DO = "What did you do?"
AMONG_WHOM = "Who saw it?"
WHEN = "When?"
IN_A_FEW_WORDS = "In a few words"


def reads_this(called: str) -> str:
    return f"{called} reads this, and says whether that's right."


WHAT_I_DID = "What I did"
NOTE_IT = "Note it"
NO_ACT = "Advice doesn't count here"
LIKE_ADVICE = "This reads like advice, which doesn't count here"
SEND_AGAIN = " If it was more than that, send it again."


def no_act(head: str, name: str, again: str) -> str:
    return (
        f"*{head}:* what counts happens where {name} isn't. Would you like to talk it through with "
        f"them?{again}"
    )


OFFER_TALK = "Offer a talk instead"


def noted_already(what: str, when: str) -> str:
    return f"*You've noted this already:* {what} ({when})."


def another_one(said: str) -> str:
    return f"{said} Send it again if it's another one."


def latest(shown: int, all_of_them: int) -> str:
    return f"The latest {shown} of {all_of_them}."


YOU = "You"


def row(who: str, what: str, when: str, state: str) -> str:
    return f"{who} {what} ({when}): *{state}*"


OFFERED = "You offered me a talk about this: {}"
TALK_OFFERED = (
    "I've told them that you'd like to talk it through. If it suits them, they'll ask you for a time."
)
THE_OTHER = "the other"

# The Home tab, the commands and refusals.


def you_sponsor(other: str) -> str:
    return f"You're {other}'s sponsor"


def sponsors_you(other: str) -> str:
    return f"{other} is your sponsor"


def you_offered(other: str) -> str:
    return f"You've offered to be {other}'s sponsor"


def you_asked(other: str) -> str:
    return f"You've asked {other} to be your sponsor"


def no_answer_yet(said: str) -> str:
    return f"{said}: no answer yet"


MY_LINE = "My line"
_BEGINS = "begins a sponsorship: somebody who speaks for you where you aren't."
COACH_HELP = f"`/coach-me sponsor` {_BEGINS}"
ASK_HELP = f"`/ask-mentor sponsor` {_BEGINS}"


def cannot_ask(who: str) -> str:
    return (
        f"I can't ask {who} about this now. A sponsor can't be in your reporting line, and there may be "
        "other reasons that I don't share. Choose somebody else."
    )


WHO_EMPTY = "Choose a person."
ASKED_ALREADY = "You've asked them already: the card is in your messages with me."
HAVE_IT = "You two have this sponsorship already."
TOO_MANY = "{limit} people have your question already. Take one back, or wait for an answer."
FULL = (
    "You sponsor {limit} people, counting those you've offered it to. That's the most at a time: finish "
    "one, or take an offer back."
)
WHAT_FOR_EMPTY = "Write what for, in a sentence."
LINE_EMPTY = "Write one line that can be said aloud."
LINE_THEIRS = "This line is theirs to write. Leave it empty."
STILL_TO_COME = "This day is still to come. Note it once it's done."
TOO_OLD = "Choose a day within the last year."
WHAT_EMPTY = "Say in a few words what you did."


# Where one of the two reports it.
A_SPONSORSHIP = "a sponsorship"
END_NOW = "End this sponsorship now"
ASKED_NO_MORE = (
    "I won't ask you any more what came of it. Never matching the two of you ends the sponsorship, too."
)
LASTS = {True: "goes on", False: "is over"}


def who_was_who(sponsor: str, protege: str, lasts: str) -> str:
    return f"{sponsor} is the sponsor, for {protege}. The sponsorship {lasts}."
