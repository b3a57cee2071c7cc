"""Somebody's words said back to them: "I keep putting it off" is "You keep putting it off". Pure.

Only what is safe by rule is turned. Where a clause speaks to somebody, quotes, swears or is not English there
is no mirror: the words stay the person's own, in quotation marks.
"""

import re
from collections.abc import Callable

from coaching.language.form import Keeps
from coaching.language.quoting import is_cursing
from coaching.language.spelling import neat
from coaching.language.verbs import STATES, act_of, acts, is_gerund, words_of
from sensing.text.foreign import is_foreign

_UNSAFE = re.compile(
    r"\b(?:you|your|yours|yourself|u|ur|let's|i\.e|thou)\b|^lets\b|[“”\"…?<>{}=*`|#@\\]|(?<!\w)'"
    r"|(?<!s)'(?!\w)"
    r"|https?:|\b(?:and|but|or|because|the|a|my) *$|\b(?:phase|level|type|part|war) I\b",
    re.IGNORECASE,
)
_ADVERBS = r"((?: (?:\w+ly|just|also|still|always|never|even|often|sometimes|once))*)"
_TO_YOU: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(shape, re.IGNORECASE), said)
    for shape, said in (
        (r"\bi'?m\b|\bwe're\b", "you're"),
        (rf"\bi{_ADVERBS} am\b", r"you\1 are"),
        (rf"\bi{_ADVERBS} was\b", r"you\1 were"),
        (rf"\bi{_ADVERBS} wasn't\b", r"you\1 weren't"),
        (r"\bam i\b", "are you"),
        (r"\bwas i\b", "were you"),
        (r"\b(?:i|we)'ve\b|\bive\b", "you've"),
        (r"\b(?:i|we)'d\b", "you'd"),
        (r"\b(?:i|we)'ll\b", "you'll"),
        (r"\b(?:i|we|me)\b", "you"),
        (r"\b(?:my|our)\b", "your"),
        (r"\b(?:mine|ours)\b", "yours"),
        (r"\bmyself\b", "yourself"),
        (r"\bourselves\b", "yourselves"),
    )
)
_YOU_YOU = re.compile(r"\byou (you(?:'\w+| \w+))", re.IGNORECASE)
_US = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bour )\bus\b(?! (?:team|office|market|client|customer|site|side)s?\b)"
)
_AM = re.compile(r"(?<!\d)(?<!\d )\bam\b(?! \d)", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"(?:[\s,](?:to be honest|tbh|honestly|i guess|i think|i suppose|lol|haha+|hehe|you know"
    r"|or something|idk|or so"
    r"|though|probably|maybe|pls|if that makes sense|anyway|etc|i'd say|obviously)"
    r"|\s(?:just )?(?:kidding|jk)|,\s?(?:ok|okay|so|please|right))$",
    re.IGNORECASE,
)
LONGEST_END = 24  # characters of one such end
_LOOSE_START = re.compile(
    r"^(?:(?:(?:actually|honestly|tbh|to be honest|well|fine|so|yeah|yes|no|maybe|probably|also|oh|ok|okay"
    r"|hm+|basically"
    r"|first of all|mostly|i guess|then|i dunno|dunno|idk)\s*[,.:]+|(?:because|cause|cuz|and|but|or|basically"
    r"|honestly|tbh|actually|well|yeah|mostly because|to be honest(?= i\b)|(?:ok |okay )?so(?= (?:i|we"
    r"|my)\b)|(?:idk|dunno|not sure)(?:,? but)?(?= (?:maybe|perhaps|probably|i guess|i think)\b))\s)"
    r"\s*)+",
    re.IGNORECASE,
)
_SMILE = re.compile(r"(?:(?<!\s)\s+)?[:;=]-?[)(DPp](?=\W{0,20}$)")
_PERHAPS = re.compile(r"^(?:maybe|perhaps|probably) (?=\w)", re.IGNORECASE)
_MEANT = re.compile(r"^.*(?:\bi mean\b\s*|(?:no idea|not sure|dunno|idk)\W+(?=maybe\b))", re.IGNORECASE)
_UNSURE_OF = re.compile(
    r"^(?:(?:not sure|dunno|idk|hm+|maybe|probably|i guess|i think|i'll tell"
    r"|i (?:already )?told)\W+)+",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"^what(?:'s| is) (the (?:best|right|easiest|smartest|quickest) \w+ (?:to|for|of)\b)", re.IGNORECASE
)
_WONDERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^how (?:do|can|should|could|would|shall) (?:i|we) (?=\w)", re.IGNORECASE), lambda _: "how"),
    (
        re.compile(r"^(what|when|where|who) (?:do|can|should|could|shall) (?:i|we) (?=\w)", re.IGNORECASE),
        lambda found: found[1].lower(),
    ),
    (re.compile(r"^(?:do|should|shall) (?:i|we) (?=\w)", re.IGNORECASE), lambda _: "whether"),
)
_AT_IT = words_of("""
thinking feeling trying struggling wondering looking considering dreading having getting working going
falling drowning planning hoping starting losing finding avoiding debating worrying procrastinating
""")
_FEELINGS = words_of("""
stuck tired torn scared afraid exhausted overwhelmed bored sick unsure worried nervous anxious lost
desperate behind unhappy frustrated angry sad lonely confused unable sure overworked annoyed terrified fed
happy proud comfortable confident ready convinced satisfied
""")
# After a step: what is said about it.
_GOES_ON = re.compile(
    r"(?:,|\s-+)\s+(?=(?:i've|i|it|that|this|she|he|they|we|so|because|which)\b)", re.IGNORECASE
)
# A question in form: said back without its mark it would be no sentence.
_INVERTED = re.compile(
    r"^(?:(?:who|what|why|how|where|when|which \w+) )?(?:do (?:i|we|you|they)"
    r"|(?:am|are|is|was|were|does|did|can|could|should|would|will) (?:i|we|you|he|she|it|they|this|that"
    r"|there|my|the))\b"
    r"|^what's\b|^who's\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:who|what|why|how|where|which|what's|whats|is|are|does|did|do|can|could|will|would|should|has"
    r"|have you)\b(?!')",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"^you(?:'re| are| were| look(?:ed)?| seem(?:ed)?| sound(?:ed)?)"
    r"(?: (?:too|so|really|just|always|simply|a|an|not|such|the|pretty|completely|total|bad|like))*"
    r" (?:weak|stupid|useless|failure|fraud|impost[eo]r|idiot|incompetent|worthless|lazy|hopeless|dumb"
    r"|loser|burden"
    r"|fool|coward|disappointment)\b|^you(?:'re| are|'ll) (?:just |simply )?(?:not|never) .*\benough\b",
    re.IGNORECASE,
)
_HOW_MUCH = words_of("""
not so really totally just always too pretty very kinda completely quite still a
""")
_GAINS = words_of("less more better lighter calmer freer happier proud prouder safer useful needed like at")
_HAD = words_of(
    "a an no more less fewer some better enough max min at two three four five six seven eight nine ten"
)
_BE = words_of("be feel have keep")


def bare(words: str) -> str:
    """Return words without what only leads them in or trails off: "well, …", "… I guess", "… lol"."""
    said = _LOOSE_START.sub("", _SMILE.sub("", words.strip())) or words
    return (_firm(said) or said).strip(" \t,;:.!-–—")


def _firm(said: str) -> str:
    """Return words without what trails off at their end, one after the other."""
    firm, rest = said, said.rstrip(" \t\n.!")
    while found := _LOOSE_END.search(rest, max(0, len(rest) - LONGEST_END)):
        firm = rest = rest[: found.start()].rstrip(" \t\n,")
    return firm


def to_you(words: str) -> str:
    """Return words as they are said to the one who wrote them, or nothing where no rule is sure of it."""
    said = neat(words)
    if not said or _UNSAFE.search(said) or is_cursing(said) or is_foreign(said):
        return ""
    for shape, turned in _TO_YOU:
        said = shape.sub(turned, said)
    said = _YOU_YOU.sub(r"you, \1", _US.sub("you", said))
    return "" if _AM.search(said) else said


def statement(clause: str, keeps: Keeps = Keeps.NOTHING, *, is_opening: bool = False) -> str:
    """Return a clause as a sentence to the one who wrote it, or nothing where there is no safe one.

    *keeps* is what it was asked for: a goal without a subject becomes "You want …", a step "You will …".
    """
    words = bare(neat(clause))
    words = alone(words) if keeps is Keeps.STEP else words
    words = _PERHAPS.sub("", words) if keeps is Keeps.GOAL else words
    asked = _asked(words) if is_opening else words
    if (_INVERTED if asked != words or not is_opening else _ASKS).match(asked):
        return ""
    said = to_you(asked)
    turned = sentence(_completed(_small(asked), _small(said), keeps, is_opening)) if said else ""
    # A hard judgment of oneself is theirs: nothing here agrees with it.
    return f"As you see it, {turned[0].lower()}{turned[1:]}" if _JUDGES.match(turned) else turned


def aim(goal: str) -> str:
    """Return a goal for the card: to the one who wrote it, if that is safe, else as it was written."""
    said = to_you(_PERHAPS.sub("", bare(goal)))
    return sentence(
        re.sub(r"^you (?:want|'d like|would like) (?=to\b)", "", said) if said else goal
    ).removesuffix(".")


def alone(step: str) -> str:
    """Return a step without what is said about it."""
    first = _GOES_ON.split(step)[0]
    return first if act_of(first) else step


def told(tell: str) -> str:
    """Return who will hear of it, for the card: "my wife probably" is "your wife"."""
    named = _UNSURE_OF.sub("", bare(_MEANT.sub("", re.split(r"(?<=\w)[.;!]\s", tell.strip(), maxsplit=1)[0])))
    named = re.split(r"(?:,|(?<!\s))\s+(?=(?:knows|already|he|she|they)(?:'\w+)?\b)", named, maxsplit=1)[0]
    return to_you(named.split(", ", 1)[0] if named.count(", ") == 1 else named) or tell


def sentence(said: str) -> str:
    """Return words as a sentence, with a capital and a full stop."""
    ended = said.strip(" ,;:").rstrip(".")
    capitals = re.sub(r"(?<=[.!] )[a-z]", lambda letter: letter[0].upper(), ended[:1].upper() + ended[1:])
    return f"{capitals}." if ended else ""


def _small(words: str) -> str:
    """Return words with a small first letter, unless the word is a name as far as can be told."""
    first = words.split(" ", 1)[0]
    is_known = first.lower() in STATES | _HAD | _BE | {"to", "that", "not", "been", "i", "you"} or acts(words)
    return words[:1].lower() + words[1:] if is_known or first.lower() in _AT_IT | _FEELINGS else words


def _asked(words: str) -> str:
    """Return a question to oneself as what is wondered about."""
    if best := _BEST.match(words):
        return f"I look for {best[1]}{words[best.end() :]}"
    for shape, about in _WONDERS:
        if found := shape.match(words):
            return f"I wonder {about(found)} to {words[found.end() :]}"
    return words


def _completed(words: str, said: str, keeps: Keeps, is_opening: bool) -> str:
    """Return what was said with the subject that it lacks."""
    first, second = [*words.lower().split(), "", ""][:2]
    if keeps in (Keeps.STEP, Keeps.OPTIONS) and (act := act_of(words)):
        return f"you {'will' if keeps is Keeps.STEP else 'could'} {to_you(_small(act))}"
    is_wish = keeps is Keeps.GOAL or (is_opening and acts(words) and first not in STATES)
    if is_wish and (goal := _goal(words, first, said)):
        return goal
    return _as_state(first, second, said, is_opening=is_opening)


def _as_state(first: str, second: str, said: str, *, is_opening: bool) -> str:
    """Return what somebody is, does or would be, with the subject that it lacks; all else as it was said."""
    if first in STATES and not (first == "feel" and second in _GAINS):
        return f"you {'were' if first == 'was' else first} {said.partition(' ')[2]}"
    if first == "been":
        return f"you've {said}"
    if first == "feel" and second in _GAINS:
        return f"you'd {said}"
    state = second if first in _HOW_MUCH else first
    is_state = state in _FEELINGS or (is_opening and first != "not" and state in _AT_IT)
    return f"you're {said}" if is_state else said


def _goal(words: str, first: str, said: str) -> str:
    """Return a wish that has no subject as a sentence: to do it, that it be so, or to have something."""
    if first == "to":
        return f"you want {said}"
    if first == "that":
        return (
            said.removeprefix("that ") if re.match(r"that you(?:'d| would)\b", said) else f"you hope {said}"
        )
    is_habit = first == "keep" and is_gerund(words.split()[1]) if " " in words else False
    if (acts(words) or first in _BE) and not is_habit:
        return f"you want to {said}"
    is_some = (
        first in _HAD
        or words.isalpha()
        or first[0].isdigit()
        or re.match(r"one (?!of\b)", words, re.IGNORECASE)
    )
    return f"you want {said}" if is_some else ""
