"""What each cell of a list of people says, or what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import Any

from kernel.errors import Invalid
from kernel.topics import Catalogue
from kernel.values import TopicId
from kernel.working_hours import Hours, parse_hours
from matching.values import Lane
from mentoring.model.load import QUESTIONS

LONGEST_EMAIL, LONGEST_SHOWN, LONGEST_NAME = 254, 60, 200
NOTHING = "-"
_YES_OR_NO = {"yes": True, "y": True, "true": True, "1": True, "x": True}
_YES_OR_NO |= {"no": False, "n": False, "false": False, "0": False, NOTHING: False}
SLACK_ID = re.compile("[UW][A-Z0-9]{1,20}")
SEPARATED = re.compile(r"[;|\r\n]+")


class Wrong(Exception):
    """A cell cannot be read. *kind* is what it is counted as; *word* is near to one of *known*, it may be."""

    def __init__(
        self, kind: str, sentence: str, word: str = "", known: Sequence[str] = (), choice: Sequence[str] = ()
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self._sentence, self._word, self._known, self._choice = sentence, word, known, choice or known

    def told(self) -> str:
        """The sentence, with what was meant: to find that takes long, so nothing else does it."""
        return self._sentence + (self._near() if self._known else "")

    def _near(self) -> str:
        word = self._word.casefold()
        close = get_close_matches(word, self._known, n=1) if len(word) <= LONGEST_SHOWN else []
        if close:
            return f": did you mean {close[0]}?"
        return f": choose from {', '.join(self._choice)}." if len(self._choice) <= 12 else "."


def readers(catalogue: Catalogue) -> Mapping[str, Callable[[str], Any]]:
    """How the cells of each column are read; each raises Wrong."""
    return {
        "slack_id": _slack_id,
        "email": _email,
        "level": partial(number, low=1, high=7),
        "topics": partial(_topics, catalogue=catalogue),
        "minutes_per_week": partial(number, low=0, high=600),
        "questions_per_week": partial(number, low=0, high=QUESTIONS),
        "anything": _yes_or_no,
        "hours": _hours,
        "lanes": _lanes,
        "manager": _managers,
        "team": _name,
        "function": _name,
        "site": _name,
    }


def cut(word: str) -> str:
    """A word short enough to be read in a sentence."""
    return word if len(word) <= LONGEST_SHOWN else f"{word[:LONGEST_SHOWN]}…"


def _slack_id(cell: str) -> str:
    if not SLACK_ID.fullmatch(cell):
        how = "it looks like U012AB3CD (in Slack: profile, ⋮, Copy member ID)."
        raise Wrong("not a Slack id", f"“{cut(cell)}” is not a Slack id: {how}")
    return cell


def _yes_or_no(cell: str) -> bool:
    said = _YES_OR_NO.get(cell.casefold())
    if said is None:
        raise Wrong("neither yes nor no", f"“{cut(cell)}” should be yes or no.")
    return said


def _email(cell: str) -> str:
    if not _is_email(cell):
        raise Wrong("not an e-mail address", f"“{cut(cell)}” is not an e-mail address.")
    return cell.lower()


def _is_email(cell: str) -> bool:
    is_one = len(cell) <= LONGEST_EMAIL and cell.count("@") == 1 and not re.search(r"\s", cell)
    return is_one and not cell.startswith("@") and "." in cell.partition("@")[2]


def _managers(cell: str) -> tuple[str, ...]:
    """Slack ids and addresses of all managers; `-` says that there is none."""
    named = [part for part in re.split(r"[;,|\s]+", cell) if part and part != NOTHING]
    for part in named:
        if not SLACK_ID.fullmatch(part) and not _is_email(part):
            sentence = f"“{cut(cell)}” is neither a Slack id nor an e-mail address."
            raise Wrong("a manager who is neither a Slack id nor an e-mail address", sentence)
    return tuple(dict.fromkeys(part.lower() if "@" in part else part for part in named))


def _name(cell: str) -> str:
    name = " ".join(cell.split())
    if len(name) > LONGEST_NAME:
        raise Wrong("a name that is too long", f"“{cut(name)}” has more than {LONGEST_NAME} characters.")
    return "" if name == NOTHING else name


def number(cell: str, low: int, high: int) -> int:
    # Sheets write whole numbers as 4.0, too. Python reads no number of thousands of digits.
    whole = re.sub(r"[.,]0{1,2}$", "", cell)
    if not whole.isdecimal() or len(whole) > len(str(high)) or not low <= int(whole) <= high:
        sentence = f"“{cut(cell)}” should be a whole number from {low} to {high}."
        raise Wrong("a number out of its range", sentence)
    return int(whole)


def _topics(cell: str, catalogue: Catalogue) -> Mapping[TopicId, int]:
    topics: dict[TopicId, int] = {}
    for name, level in _leveled(cell, catalogue):
        topic = catalogue.named(name)
        if topic is None:
            raise _no_topic(name, catalogue)
        topics[topic.id] = number(level or "2", 1, 3)
    return topics


def _no_topic(name: str, catalogue: Catalogue) -> Wrong:
    ids = [topic.id for topic in catalogue.all]
    known = dict.fromkeys([*ids, *(topic.label.casefold() for topic in catalogue.all)])
    sentence = f"there is no topic “{cut(name)}”"
    return Wrong("a topic that is not there", sentence, name, tuple(known), ids)


def _leveled(cell: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield each topic's name with its level. A comma parts topics where it is in none of their names."""
    for part in filter(None, map(str.strip, SEPARATED.split(cell))):
        name, level = _level(part)
        if "," in level or ("," in name and not catalogue.named(name)):
            yield from (_level(each.strip()) for each in part.split(",") if each.strip())
        else:
            yield name, level


def _level(part: str) -> tuple[str, str]:
    """A name and what stands behind its last colon."""
    name, colon, level = part.rpartition(":")
    return (name.strip(), level.strip()) if colon else (part, "")


def _hours(cell: str) -> Hours:
    try:
        return _understood(cell)
    except Invalid as error:
        word = error.facts.get("word", cell)
        hint = error.facts.get("suggestion")
        meant = f" (did you mean {hint}?)" if hint else ""
        sentence = f"“{cut(str(word))}” is not clear{meant}; write hours like mon-fri 09:00-17:00."
        raise Wrong("hours that are not clear", sentence) from error


@lru_cache
def _understood(hours: str) -> Hours:
    """Read hours once: in a list of thousands most people have the same."""
    return parse_hours(hours)


def _lanes(cell: str) -> frozenset[Lane]:
    lanes = [part.strip().lower() for part in re.split(r"[;,|\r\n]", cell) if part.strip()]
    for lane in lanes:
        if lane not in list(Lane):
            raise Wrong("a lane that is not there", f"“{cut(lane)}” is not a lane", lane, list(Lane))
    return frozenset(map(Lane, lanes))
