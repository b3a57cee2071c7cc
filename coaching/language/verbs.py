"""The verbs by which English says what somebody does or is about to do, where that can be told. Pure."""

from functools import cache
from itertools import takewhile

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
    plural_subjects: Words
    single_subjects: Words
    names_begin: Words
    leads: Words
    any_one: Words
    of_one: Words
    of_many: Words
    adverbs: Words
    piece: Pattern
    wills: Pattern


LONGEST_SUBJECT = 6  # words after the first, with its verb


@cache
def verbs() -> Verbs:
    return read("coaching.language", "verbs", Verbs)


def acts(words: str) -> bool:
    """Whether words begin with what is done: "ask Ben", "not be late"; "plan B" and "work" do not."""
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
    """Whether somewhere in words it is said what is done, other than by "I", "we" and the like."""
    pieces = [piece.lower() for piece in verbs().piece.findall(words.replace("’", "'"))]
    pairs = zip(["i", *pieces], [*pieces, ""], [*pieces[1:], "", ""], strict=False)
    return any(
        _is_verb(word, then) and word not in verbs().times and before not in verbs().subjects
        for before, word, then in pairs
    ) or (bool(pieces) and acts(words))


def is_gerund(word: str) -> bool:
    """Whether a word is the -ing form of a verb."""
    return len(word) > 4 and word.lower().endswith("ing") and word.lower() not in verbs().no_gerund


def says_who_does(sentence: str) -> bool:
    """Whether a sentence begins with who does or is something, and then says what: "my boss wants it".

    Verb and subject have to agree; of what is not sure it is not said.
    """
    pieces = verbs().piece.findall(sentence.replace("’", "'").split(",", 1)[0])
    while pieces and pieces[0].lower() in verbs().leads and len(pieces) > 2:
        pieces = pieces[1:]
    rest = [piece.lower() for piece in pieces[1:]]
    while len(rest) > 1 and rest[0] in verbs().adverbs:
        rest = rest[1:]
    return bool(rest) and _agree(pieces[0], rest)


def _agree(subject: str, rest: list[str]) -> bool:
    """Whether a first word is who does something, and the words after it say what."""
    first, _, short = subject.lower().partition("'")
    if short:
        return first in {*verbs().plural_subjects, *verbs().single_subjects, "there", "what"}
    if first in verbs().plural_subjects:
        return _is_finite(rest[0], verbs().of_many | verbs().base | verbs().states)
    if first == "there":
        return rest[0] in verbs().any_one | verbs().of_one | {"are"}
    if first in verbs().names_begin:
        who = takewhile(lambda word: word not in _others(), rest[1:LONGEST_SUBJECT])
        return any(map(_is_done_by_one, who))
    is_one = first in verbs().single_subjects and _is_finite(rest[0], verbs().of_one, "s")
    is_name = subject[:1].isupper() and first not in verbs().base and not is_gerund(first)
    return is_one or (is_name and _is_done_by_one(rest[0]))


@cache
def _others() -> frozenset[str]:
    """What begins another clause before the verb of this one came."""
    return verbs().plural_subjects | verbs().single_subjects | {"you", "who", "which", "where", "when", "to"}


def before_verb(words: str) -> str:
    """The name before what somebody does, as the first word of "Ana sits by me"; other words as they are."""
    named = words.split()
    if not named or named[0].lower().partition("'")[0] in _others() | {"not", "no"}:
        return words
    return " ".join([*named[:1], *takewhile(lambda word: not _is_done_by_one(word.lower()), named[1:])])


def _is_done_by_one(word: str) -> bool:
    """Whether a word is a verb as it follows a noun: "was", "wants"; "works" and "numbers" may be things."""
    stem = word.removesuffix("s")
    known = verbs().of_one | {"are", "have", "aren't", "haven't", "don't"}
    is_third = word != stem and stem in verbs().of_many | (verbs().base - verbs().ambiguous)
    return is_third or _is_finite(word, known)


def _is_finite(word: str, known: frozenset[str], ending: str = "ed") -> bool:
    """Whether a word is a verb that says what somebody does; *ending* is that of the ones not listed."""
    is_formed = len(word) > 3 and word.endswith((ending, "ed"))
    return word in verbs().any_one or word in known or is_formed


def act_of(words: str) -> str:
    """What is done, without "I could" or "maybe I'll" before it; empty where no verb begins it."""
    rest = verbs().wills.sub("", words.replace("’", "'").strip(), count=1)
    return rest if acts(rest) else ""
