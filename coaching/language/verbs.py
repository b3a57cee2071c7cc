"""The verbs by which English says what somebody does or is about to do, where that can be told. Pure."""

from functools import cache

from coaching.data import read
from coaching.patterns import Language, Pattern, Words


class Verbs(Language):
    base: Words
    ambiguous: Words
    follows: Words
    things: Words
    between: Words
    states: Words
    no_gerund: Words
    subjects: Words
    times: Words
    before: Words
    piece: Pattern
    wills: Pattern


@cache
def verbs() -> Verbs:
    return read("coaching.language", "verbs", Verbs)


def acts(words: str) -> bool:
    """Return whether words begin with what is done: "ask Ben", "not be late"; "plan B" and "work" do not."""
    pieces = verbs().piece.findall(words.replace("’", "'"))
    while len(pieces) > 1 and pieces[0].lower() in verbs().before:
        pieces = pieces[1:]
    return bool(pieces) and _is_verb(pieces[0].lower(), pieces[1] if len(pieces) > 1 else "")


def _is_verb(word: str, following: str) -> bool:
    if word not in verbs().base or word not in verbs().ambiguous:
        return word in verbs().base
    then = following.lower()
    if word in verbs().things and then in verbs().between:
        return False
    return then in verbs().follows or (len(following) > 1 and following[0].isupper()) or is_gerund(following)


def names_a_deed(words: str) -> bool:
    """Return whether somewhere in words it is said what is done, other than by "I", "we" and the like."""
    pieces = [piece.lower() for piece in verbs().piece.findall(words.replace("’", "'"))]
    pairs = zip(["i", *pieces], [*pieces, ""], [*pieces[1:], "", ""], strict=False)
    return any(
        _is_verb(word, then) and word not in verbs().times and before not in verbs().subjects
        for before, word, then in pairs
    ) or (bool(pieces) and acts(words))


def is_gerund(word: str) -> bool:
    """Return whether a word is the -ing form of a verb."""
    return len(word) > 4 and word.lower().endswith("ing") and word.lower() not in verbs().no_gerund


def act_of(words: str) -> str:
    """Return what is done, without "I could" or "maybe I'll" before it; empty where no verb begins it."""
    rest = verbs().wills.sub("", words.replace("’", "'").strip(), count=1)
    return rest if acts(rest) else ""
