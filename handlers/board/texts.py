"""Sentences about a board: how many people it is in effect, who they are, and what is missing."""

from datetime import datetime

from handlers.block_kit import mrkdwn, texts
from kernel.desk import Role
from kernel.working_hours import local_day
from relationships.board.board import Arena, Gap, Reading
from relationships.board.reading import Seated

PRIVATE = "Only you see this. No setting lets an admin see it, and nobody learns that they are on it."
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
    """Return a number as a word at the beginning of a sentence, up to ten."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def sentence(found: Reading) -> str:
    """Return what a board amounts to: Five people, but like two: four share your team."""
    if not found.people:
        return "Nobody is on your board yet."
    if found.people == 1:
        return "One person is on your board."
    people = f"{number(found.people)} people"
    if found.is_alike:
        return f"{people}, but like {number(max(1, round(found.alike))).lower()}: {_alike(found)}."
    if found.arena is None:
        return f"{people} are on your board."
    return f"{people} from about {number(round(found.alike)).lower()} different {_PLACES[found.arena]}."


def _alike(found: Reading) -> str:
    """Return what most of them share: four share your team."""
    assert found.arena is not None
    is_all = found.biggest == found.people
    who = ("both" if found.people == 2 else "all") if is_all else number(found.biggest).lower()
    if found.whose == "outside":
        return f"{who} work elsewhere"
    return f"{who} share {(_SHARED if found.whose == 'own' else _SAME)[found.arena]}"


def small_print(found: Reading) -> list[str]:
    """Return what else is known of it, and how it is computed."""
    if not found.people:
        return []
    lines = []
    if found.arena is None:
        lines.append("Nobody has told me who works in which team, so I can't say how alike they are.")
    if found.pairs:
        know = "1 pair knows" if found.pairs == 1 else f"{found.pairs} pairs know"
        lines.append(f"{know} each other, so it's like {found.size:.1f} people who don't.")
    if found.people > 1:
        places = f"{found.alike:.1f} {_PLACES[found.arena]} and " if found.arena else ""
        lines.append(
            f"In effect {places}{found.roles:.1f} kinds of help: it's as mixed as that many of the same size."
        )
    return lines


def who(it: Seated) -> str:
    """Return somebody's name as mrkdwn: a mention, or initials."""
    return mrkdwn.mention(it.person_id) if it.person_id else f"{mrkdwn.inert(it.called)} (works elsewhere)"


def plain_who(it: Seated) -> str:
    """Return somebody's name for a line without markup."""
    return texts.name(it.called) if it.person_id else f"{mrkdwn.one_line(it.called, 10)}, who works elsewhere"


def facts(it: Seated, own: dict[Arena, str], now: datetime) -> str:
    """Return the roles of somebody, what they share with the owner, and when the two last met."""
    shared = [_SHARED[arena] for arena, name in it.arenas.items() if own.get(arena) == name][:1]
    return " · ".join([", ".join(ROLES[role] for role in it.roles), *shared, *_last(it, now)])


def _last(it: Seated, now: datetime) -> list[str]:
    if it.last_at is None:
        return []
    return [f"{'quiet since' if it.is_quiet(now) else 'last on'} {mrkdwn.day(it.last_at)}"]


def plain_facts(it: Seated, now: datetime, zone: str) -> str:
    """Return the same for a line without markup, and without what they share."""
    roles = ", ".join(ROLES[role] for role in it.roles).lower()
    if it.last_at is None:
        return roles
    on = local_day(it.last_at, zone)
    said = f"{on.day} {on:%b %Y}"
    return f"{roles}, {'quiet since' if it.is_quiet(now) else 'last on'} {said}"
