"""Which of the ways forward an answer means: "the last one", "option 2", "the small project one". Pure."""

import re

from coaching.language.verbs import act_of, words_of

_NUMBERED = {
    "first": 0,
    "1st": 0,
    "1": 0,
    "one": 0,
    "second": 1,
    "2nd": 1,
    "2": 1,
    "two": 1,
    "third": 2,
    "3rd": 2,
    "3": 2,
    "three": 2,
    "fourth": 3,
    "4th": 3,
    "4": 3,
    "four": 3,
    "last": -1,
}
_AT = "|".join(_NUMBERED)
_I_TAKE = (
    r"^\W*(?:(?:i guess|i think|maybe|probably|i'd say|i would say|well|ok|hm+|honestly|definitely"
    r"|(?:i'?d |i'?ll |i would |i will |let's |i )?(?:go with|go for|take|choose|pick|start with|do"
    r"|try))\W+)*"
)
_BY_PLACE = re.compile(
    rf"{_I_TAKE}(?:the |my )?(?:({_AT})(?: (?:one|option|idea|way))?|(?:option|number|no\.?|idea"
    rf"|#)\s*#?({_AT}))\b"
    r"(?: one)?(?=\W*$|\W*[.,;!-]|\s+(?:because|i|it|since|first|seems|feels|is)\b)",
    re.IGNORECASE,
)
_BY_WORDS = re.compile(rf"{_I_TAKE}(?:the|that|this) (.*\w)\W*$", re.IGNORECASE)
_ONE = re.compile(r" (?:one|thing|idea|option|part|way)$", re.IGNORECASE)
_SMALL = words_of(
    "a an the to of in on at by for with my your and or it that this i we you is be one thing first just"
)
_BY_NAME = re.compile(r"^\W*+(.*\w)\W*$")
SHORTEST_NAME = 2  # words; so few may name an option without "the … one"
LONGEST_NAME = 6  # words; more is said in one's own way


def meant(answer: str, options: tuple[str, ...]) -> str:
    """Return the option that an answer points to, or the answer as it is."""
    said = answer.replace("’", "'").strip()
    if found := _BY_PLACE.match(said):
        place = _NUMBERED[(found[1] or found[2]).lower()]
        return options[place] if -len(options) <= place < len(options) else answer
    first = re.split(r"(?<=\w)[.!;]", said, maxsplit=1)[0]
    named = _BY_WORDS.match(first) or (_BY_NAME.match(first) if len(first.split()) <= SHORTEST_NAME else None)
    name = _ONE.sub("", named[1]) if named else ""
    if not name or act_of(said) or len(name.split()) > LONGEST_NAME:
        return answer
    near = sorted(((_shared(name, option), option) for option in options), key=lambda one: -one[0])
    is_clear = near and near[0][0] > 0 and (len(near) == 1 or near[0][0] > near[1][0])
    return near[0][1] if is_clear else answer


def _shared(name: str, option: str) -> int:
    return len(_content(name) & _content(option))


def _content(words: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[\w'/:-]+", words.lower())} - _SMALL
