"""Somebody's words said back to them: "I keep putting it off" is "You keep putting it off". Pure.

Only what is safe by rule is turned. Where a clause speaks to somebody, quotes, swears or is not English there
is no mirror: the words stay the person's own, in quotation marks.
"""

import re
from functools import cache

from coaching.data import Data, read
from coaching.language.form import Keeps
from coaching.language.quoting import is_cursing
from coaching.language.spelling import neat
from coaching.language.verbs import act_of, acts, before_verb, is_gerund, says_who_does, verbs
from coaching.patterns import Language, Pattern, Words
from sensing.text.language import is_foreign


class _Turned(Data):
    said: str
    shape: Pattern


class _Wonder(Data):
    about: str = ""
    shape: Pattern


class _Known(Language):
    had: Words
    be: Words
    small: Words
    unsafe: Pattern
    you_you: Pattern
    us: Pattern
    am: Pattern
    loose_end: Pattern
    loose_start: Pattern
    smile: Pattern
    perhaps: Pattern
    unsure_of: Pattern
    besides: Pattern
    people: Pattern
    best: Pattern
    inverted: Pattern
    asks: Pattern
    judges: Pattern
    unowned: Pattern
    wavers: Pattern
    half: Pattern
    nobody: Pattern
    wishes: Pattern
    name: Pattern
    loose: Pattern
    learning: Pattern
    to_you: tuple[_Turned, ...]
    wonders: tuple[_Wonder, ...]


@cache
def _known() -> _Known:
    return read("coaching.language", "mirroring", _Known)


LONGEST_END = 24  # characters of one such end
LONGEST_NAME = 6  # words
LONGEST_TURNED = 20  # words of one sentence
LONGEST_STEP = 10  # words of a step that is turned


def bare(words: str) -> str:
    """Words without what only leads them in or trails off: "well, …", "… I guess", "… lol"."""
    said = begun(words)
    return (_firm(said) or said).strip(" \t,;:.!-–—")


def begun(words: str) -> str:
    """Words without what only leads them in, and without a smile at their end."""
    return _known().loose_start.sub("", _known().smile.sub("", words.strip())) or words


def _firm(said: str) -> str:
    """Words without what trails off at their end, one after the other."""
    firm, rest = said, said.rstrip(" \t\n.!")
    while found := _known().loose_end.search(rest, max(0, len(rest) - LONGEST_END)):
        firm = rest = rest[: found.start()].rstrip(" \t\n,")
    return firm


def to_you(words: str) -> str:
    """Words as they are said to the one who wrote them, or nothing where no rule is sure of it."""
    said = neat(words)
    if not said or _known().unsafe.search(said) or is_cursing(said) or is_foreign(said):
        return ""
    for turned in _known().to_you:
        said = turned.shape.sub(turned.said, said)
    said = _known().you_you.sub(r"you, \1", _known().us.sub("you", said))
    return "" if _known().am.search(said) else said


def statement(clause: str, keeps: Keeps = Keeps.NOTHING, *, is_opening: bool = False) -> str:
    """A clause as a sentence to the one who wrote it, or nothing where there is no safe one.

    It is turned where it is plain English that says who does what; all else stays the person's own words.
    None says "you should", or that nothing can be done.
    *keeps* is what it was asked for: a goal without a subject becomes "You want …", a step "You will …".
    """
    words = bare(neat(clause))
    shapes = (_known().half, _known().wavers if keeps is Keeps.STEP else _known().unowned)
    if not words or any(shape.search(words) for shape in shapes):
        return ""
    if keeps is Keeps.STEP and ("," in words or len(words.split()) > LONGEST_STEP):
        return ""
    words = _known().perhaps.sub("", words) if keeps is Keeps.GOAL else words
    asked = _asked(words) if is_opening else words
    if (_known().inverted if asked != words or not is_opening else _known().asks).match(asked):
        return ""
    said = to_you(asked)
    is_short = len(words.split()) <= LONGEST_TURNED and len(_sentences(words)) == 1
    is_plain = said and is_short and not is_loose(asked)
    return _not_agreed(sentence(_completed(asked, said, keeps, is_opening))) if is_plain else ""


def is_loose(words: str) -> bool:
    """Whether words are put together too loosely to be turned: a choice, a chat, English being learnt."""
    return _known().loose.search(words) is not None or is_learning(words)


def is_learning(text: str) -> bool:
    """Whether a text shows that its writer is still learning English."""
    return _known().learning.search(neat(text)) is not None


def _not_agreed(turned: str) -> str:
    """A sentence, or nothing where it would agree with a hard judgment of oneself."""
    return "" if _known().judges.search(turned) else turned


def named(tell: str) -> str:
    """Who will hear of it, where a few words say nothing else: "maybe my wife" is "my wife"; else nothing."""
    who = bare(_known().besides.sub("", _known().unsure_of.sub("", bare(tell))))
    is_alone = len(who.split()) <= LONGEST_NAME and before_verb(who) == who
    is_thing = who.lower().startswith(("the ", "a ", "an ")) and not _known().people.search(who)
    return who if is_alone and not is_thing and _known().name.match(who) else ""


def listener(tell: str) -> str:
    """Who will hear of it: a name, else the whole answer where it speaks of somebody, else nothing."""
    last = re.split(r"(?<=[.!?])\s+", tell.strip())[-1]
    is_somebody = _known().people.search(tell) and not _known().nobody.match(last)
    return named(tell) or (tell.strip() if is_somebody else "")


def sentence(said: str) -> str:
    """Words as a sentence, with a capital and a full stop."""
    ended = said.strip(" ,;:").rstrip(".")
    capitals = re.sub(r"(?<=[.!] )[a-z]", lambda letter: letter[0].upper(), ended[:1].upper() + ended[1:])
    return f"{capitals}." if ended else ""


def _small(words: str) -> str:
    """Words with a small first letter, unless the word is a name as far as can be told."""
    first = words.split(" ", 1)[0]
    known = _known()
    plain = verbs().states | known.had | known.be | known.small
    return words[:1].lower() + words[1:] if first.lower() in plain or acts(words) else words


def _asked(words: str) -> str:
    """A question to oneself as what is wondered about."""
    if best := _known().best.match(words):
        return f"I look for {best[1]}{words[best.end() :]}"
    for wonder in _known().wonders:
        if found := wonder.shape.match(words):
            return f"I wonder {wonder.about or found[1].lower()} to {words[found.end() :]}"
    return words


def _completed(words: str, said: str, keeps: Keeps, is_opening: bool) -> str:
    """What was said where it says who does what, or with the subject that it lacks; else nothing."""
    if keeps is Keeps.STEP and (act := act_of(words)) and _first(act) not in verbs().ambiguous:
        return f"you will {to_you(_small(act))}"
    if keeps is Keeps.STEP:
        return ""
    first = words.lower().split(" ", 1)[0]
    is_thing = keeps is Keeps.GOAL and first in _known().had - verbs().names_begin - verbs().single_subjects
    if not is_thing and all(map(says_who_does, _sentences(words))):
        return _small(said) if keeps is not Keeps.GOAL or _known().wishes.search(words) else ""
    is_wish = keeps is Keeps.GOAL or (is_opening and acts(words) and first not in verbs().states)
    return _goal(words, _small(said)) if is_wish else ""


def _first(words: str) -> str:
    return words.lower().split(" ", 1)[0]


def _sentences(words: str) -> list[str]:
    return re.split(r"[.!;:]\s+", words)


def _goal(words: str, said: str) -> str:
    """A wish that has no subject as a sentence: to do it, or to have something; else nothing."""
    first, second = [*words.lower().split(), ""][:2]
    if "," in words or len(_sentences(words)) > 1:
        return ""
    if first == "to":
        return f"you want {said}"
    is_habit = first == "keep" and is_gerund(second)
    if (acts(words) or first in _known().be) and not is_habit:
        return f"you want to {said}"
    return f"you want {said}" if first in _known().had else ""
