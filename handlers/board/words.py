"""What boards say in Slack: how many people it is in effect, who they are, what is missing; view by view."""

import unicodedata
from datetime import datetime

from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.counts import counted
from kernel.desk import Role
from kernel.working_hours import local_day
from relationships.board.board import Arena, BoardReading, Gap
from relationships.board.reading import Seated

PRIVATE = "Only you see this. No setting lets an admin see it, and nobody is told that they're on it."
ROLES: dict[Role, str] = {
    "craft": "Craft",
    "advice": "Advice",
    "role_model": "Role model",
    "sponsor": "Sponsor",
    "peer_coach": "Peer coach",
    "reverse": "Fresh eyes",
}
# What each empty seat is for.
SEATS: dict[Gap, str] = {
    "arena": "You can put the same question to three people in different positions.",
    "craft": "Someone who knows your work in detail.",
    "advice": "Someone more experienced, for your path and your choices.",
    "role_model": "Someone who does something the way you'd like to do it.",
    "sponsor": "Someone who speaks up for you when you aren't in the room.",
    "peer_coach": "Someone at your level; you coach each other.",
    "reverse": "Someone earlier in their career, who sees what you no longer see.",
}
CLOSENESS = {
    1: "1: we hardly know each other",
    2: "2: we know each other a little",
    3: "3: we know each other",
    4: "4: we are close",
    5: "5: we are very close",
}
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_SHARED: dict[Arena, str] = {"team": "your team", "function": "your function", "site": "your site"}
_SAME: dict[Arena, str] = {"team": "one team", "function": "one function", "site": "one site"}
_PLACES: dict[Arena, str] = {"team": "teams", "function": "functions", "site": "sites"}


def number(count: int) -> str:
    """A number as a word at the beginning of a sentence, up to ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def sentence(found: BoardReading) -> str:
    """What a board amounts to: Five people: four share your team."""
    if not found.people:
        return "Nobody is on your board yet."
    if found.people == 1:
        return "One person is on your board."
    people = f"{number(found.people)} people"
    if found.is_alike:
        return f"{people}: {_alike(found)}."
    if found.arena is None:
        return f"{people} are on your board."
    return f"{people} from about {number(round(found.alike)).lower()} different {_PLACES[found.arena]}."


def _alike(found: BoardReading) -> str:
    """What most of them share: four share your team."""
    assert found.arena is not None
    is_all = found.biggest == found.people
    who = ("both" if found.people == 2 else "all") if is_all else number(found.biggest).lower()
    if found.whose == "outside":
        return f"{who} work elsewhere"
    return f"{who} share {(_SHARED if found.whose == 'own' else _SAME)[found.arena]}"


NO_TEAMS = "Nobody has told me who works in which team, so I can't say how alike they are."


def small_print(found: BoardReading) -> list[str]:
    """What is computed of it, at its end."""
    lines = []
    if found.pairs:
        know = counted(found.pairs, "pair knows", "pairs know")
        lines.append(f"{know} each other, so it's like {found.size:.1f} people who don't.")
    if found.people > 1:
        places = f"{found.alike:.1f} {_PLACES[found.arena]} and " if found.arena else ""
        lines.append(f"That's as mixed as {places}{found.roles:.1f} kinds of help of equal size.")
    return lines


def who(it: Seated) -> str:
    """Somebody's name as mrkdwn: a mention, or initials."""
    return mrkdwn.mention(it.person_id) if it.person_id else f"{mrkdwn.inert(it.called)} (works elsewhere)"


def plain_who(it: Seated) -> str:
    """Somebody's name for a line without markup."""
    return texts.name(it.called) if it.person_id else f"{mrkdwn.one_line(it.called, 10)}, who works elsewhere"


def facts(it: Seated, own: dict[Arena, str], now: datetime) -> str:
    """The roles of somebody, what they share with the owner, and when the two last met."""
    shared = [_SHARED[arena] for arena, name in it.arenas.items() if own.get(arena) == name][:1]
    return " · ".join([", ".join(ROLES[role] for role in it.roles), *shared, *_last(it, now)])


def _last(it: Seated, now: datetime) -> list[str]:
    if it.last_at is None:
        return []
    return [f"{_heard(it, now)} {mrkdwn.day(it.last_at)}"]


def _heard(it: Seated, now: datetime) -> str:
    return "quiet since" if it.is_quiet(now) else "last contact"


def plain_facts(it: Seated, now: datetime, zone: str) -> str:
    """The same for a line without markup, and without what they share."""
    roles = ", ".join(ROLES[role] for role in it.roles).lower()
    if it.last_at is None:
        return roles
    on = local_day(it.last_at, zone)
    said = f"{on.day} {on:%b %Y}"
    return f"{roles}, {_heard(it, now)} {said}"


def initials(it: Seated) -> str:
    """Up to two letters of a name, or three of somebody outside, as far as they are from A to Z."""
    letters = "".join(part[0] for part in it.called.split()[:2]) if it.person_id else it.called[:3]
    plain = unicodedata.normalize("NFKD", letters.upper())
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


# The prompt, and the board sent in words.
MOVED = "The newest message about your board is below."
NOT_NOW_FINE = "*Not now: that's fine.* Your board stays as it is."
MY_BOARD = "My board"


def once_every(every_days: int) -> str:
    months = round(every_days / 30.4)
    often = f"{months} months" if months > 1 else counted(every_days, "day")
    return f"I'll bring this up at most once in {often}. Only you see it."


def empty_seat(role: str, what_for: str) -> str:
    return f"An empty seat, *{role}:* {what_for}"


def empty_seats(which: str) -> str:
    return f"*Empty seats:* {which}."


NUMBERS = "A number in the picture is a place in this list."


def as_of(day: str, colours: str, private: str) -> str:
    return f"As of {day}.{colours} {private}"


def empty_spoken(which: str) -> str:
    return f"Empty seats: {which}"


def coloured(arena: str) -> str:
    return f" In the picture each {arena} has a colour."


# The window.
ON_ITS_WAY = "On its way to your messages with me."
LABELS: dict[Gap, str] = {
    "arena": "Get three views",
    "craft": "Ask someone",
    "advice": "Ask for advice",
    "role_model": "Find a mentor",
    "sponsor": "Ask for a sponsor",
    "peer_coach": "Find a peer coach",
    "reverse": "Ask someone newer",
}
NOBODY = (
    "Whoever helps, coaches or mentors you here gets a seat automatically. Add others by hand: "
    "colleagues, and people who work elsewhere by their initials."
)
TITLE = "My board"


def and_more(more: int) -> str:
    return f"and {more} more, in the picture"


ASK_THEM = "Ask them something"
TAKE_OFF = "Take off my board"
EMPTY_SEATS = "Empty seats"
ANOTHER_CORNER = "Another perspective"


def seat_for(name: str, what_for: str) -> str:
    return f"*{name}:* {what_for}"


def some_since(to_one: int, asks: int) -> str:
    return f"{to_one} of {asks} since"


NOBODY_SINCE = "nobody asked by name since"


def some_before(to_one: int, asks: int) -> str:
    return f"{to_one} of {asks} before"


def your_questions(who: str, before: str, since: str) -> str:
    return f"*Your questions to {who}:* {before}, {since}."


DONT_FILL = "Don't fill it for me"
FILL = "Fill it for me"
ADD_SOMEONE = "Add someone"
PICTURE = "Picture"
FILLS_ITSELF = "It fills itself from your talks, second opinions, mentorships and sprints of the last year."
ONLY_BY_HAND = "It only shows people you've added or said something about."


def asked_first(who: str) -> str:
    return f"{who} is asked first."


# Forms.
COLLEAGUE = "A colleague"
OUTSIDE = "Or somebody who works elsewhere"
INITIALS_EXAMPLE = "M.K."


def initials_only(most: int) -> str:
    return f"Initials only, up to {most} letters: they haven't agreed to be here."


ADD = "Add"
CHANGE_TITLE = "Change a seat"
WHICH_ROLE = "What role do they play for you?"
HOW_CLOSE = "How close are you?"
COUNTS_BY_ITSELF = "What happens here counts automatically."
LAST_TALK = "When did you last talk?"
WHOM_DO_THEY_KNOW = "Which of these people do they know?"

# The Home tab, the commands and refusals.


def on_home(sentence: str) -> str:
    return f"*My board:* {sentence}"


_SHOWS = "shows who stands for you in which role, and which seats are empty."
COACH_HELP = f"`/coach-me board` {_SHOWS}"
ASK_HELP = f"`/ask-mentor board` {_SHOWS}"
COLLEAGUE_EMPTY = "Pick a colleague, or write the initials of somebody who works elsewhere."
THATS_YOU = "That's you. Pick somebody else."
TOO_MANY = (
    "You've said something about {limit} people, and that's the most. Change what you said of one of them, "
    "or take off somebody who works elsewhere."
)
NOT_BOTH = "Pick a colleague or write initials, not both."
INITIALS_ALONE = "Initials only, up to {limit} letters, like M.K."
TICK_ONE = "Tick at least one."
CHOOSE_OFFERED = "Choose one of those offered."
STILL_TO_COME = "This day is still to come. Choose one that has been."
