"""What sort of answer an answer is: one to go on with, or one that calls for another question. Pure."""

from collections.abc import Callable
from enum import StrEnum

from coaching.ahead import is_only_a_moment
from coaching.cues import names_a_moment
from coaching.form import Keeps, Kind, Step
from coaching.ladder import asks_for_help
from coaching.quoting import prose
from coaching.reading import has_letters, one_of, scale_number


class Sort(StrEnum):
    """What an answer does; the order is that in which they are looked for."""

    PASTED = "pasted"
    WANTS_PERSON = "wants_person"
    NEW_SUBJECT = "new_subject"
    ANNOYED = "annoyed"
    ASKS_BACK = "asks_back"
    UNSURE = "unsure"
    BARE = "bare"
    NONE = "none"
    POWERLESS = "powerless"
    MOMENT = "moment"
    NUMBERLESS = "numberless"
    VAGUE = "vague"
    ANSWER = "answer"


KEPT = frozenset({Sort.ANSWER, Sort.VAGUE, Sort.NUMBERLESS})
HEARD = KEPT | {Sort.MOMENT}
RATINGS = (Kind.SCALE, Kind.RATED)
_PERSON = one_of(
    r"\b(?:talk|speak|chat|write|connect me|put me (?:in touch|through)) (?:to|with) (?:an? )?"
    r"(?:real |actual |live |human )*(?:person|human(?: being)?|somebody|someone)"
    r"(?: (?:real|else|instead|please|now))*\W*$",
    r"\b(?:want|need|prefer|rather have|get me) (?:an? )?(?:real |actual |live )?(?:person|human)\b",
    r"^\W*(?:human|(?:a )?real person|agent)\W*$|\b(?:person|human) please\W*$",
    r"\bnot (?:a|some) (?:bot|script|machine)\b",
)
_SUBJECT = one_of(
    r"\b(?:talk|speak|think) about (?:something|sth|anything) (?:else|different)\b",
    r"\b(?:different|another|new) (?:topic|subject)\b",
    r"\bchange (?:of |the )*(?:subject|topic)\b",
    r"\b(?:rather|prefer to|instead) (?:talk|speak|think) about\b",
    r"^(?:actually|wait|no|sorry|hm+|ok)\b.{0,30}\b(?:real|actual|bigger|other) "
    r"(?:issue|problem|question|thing) is\b",
    r"^(?:forget|never ?mind) (?:that|it|this|about)\b",
)
_ABOUT = one_of(r"\b(?:talk|speak|think) about (?!something|sth|anything)(.+?)(?: instead)?\W*$")
_ANNOYED = one_of(
    r"\b(?:fuck|screw) (?:you|off|this)\b",
    r"\b(?:stupid|dumb|useless|pointless|silly) (?:bot|script|app|questions?|thing|talk)\b",
    r"\bthis is (?:so |just )?(?:stupid|dumb|useless|pointless|silly|nonsense|bullshit|a waste of time)\W*$",
    r"\byou(?:'re| are)? (?:just )?(?:repeat|useless|a bot|not listening|not helping)",
    r"\b(?:already (?:said|told you|answered)|asked (?:me )?(?:that|this) (?:already|before))\b",
)
_BACK = one_of(
    r"\bwhat (?:would|do|should) you (?:do|think|say|suggest|recommend|advise|choose)\b",
    r"\b(?:tell me what to (?:do|say)|what should i|should i|what (?:do|can) i do|what am i supposed)\b",
    r"\b(?:your|any) (?:advice|opinion|recommendation|suggestions?)\b",
    r"\bwas würdest du\b|\bque ferais[- ]tu\b|\bqué harías\b",
    r"\bare you (?:a |an )?(?:real|bot|ai|human|person|robot)\b|\bwho are you\b",
)
_QUESTION = one_of(
    r"^(?:(?:so|and|but|ok|hey|hm+)\b[\s,]*)?(?:what|how|why|who|when|where|which|can you|could you|do you"
    r"|did you|are you|will you|would you|is (?:it|this|that|there)|does|isn't)\b[^?\n]*\?\W*$",
)
_UNSURE = one_of(
    r"^\W*(?:(?:i|we|i'?m|honestly|sorry|hm+|well|really|just|uh|um|still) )*(?:idk|dunno|don'?t know"
    r"|do not know|dk|no idea|no clue|not sure|unsure|can'?t say|hard to say|who knows|beats me|good question"
    r"|keine ahnung|(?:ich )?weiß (?:ich |es )?nicht|je ne sais pas|aucune idée|no (?:lo )?s[eé])"
    r"(?: (?:yet|really|honestly|tbh|either|at all))*\W*$",
    r"\b(?:i (?:really |honestly |just )?(?:don'?t|do not) know|idk|dunno)\W*$",
)
_BARE = one_of(
    r"^\W*(?:ok(?:ay)?|k|kk|yes|yep|yeah|ja|oui|sí|sure|fine|maybe|perhaps|hm+|mhm|lol|haha\w*|right|true"
    r"|good|great|thanks?|thank you|whatever|asdf\w*|test\w*|blah|hi|hello|hey|help|stuff|things"
    r"|yes please|(?:it )?depends)\W*$",
    r"^[bcdfghjklmnpqrstvwxz]{5,}$",
)
_NONE = one_of(
    r"^\W*(?:no|nope|nah|none|nothing|nobody|no ?one|no one really|nothing (?:else|more|really|yet)"
    r"|(?:no,? |nope,? |i think )*(?:that'?s|that was) (?:all|it|about it|everything|the list)|not really"
    r"|no(?:thing)? more(?: ideas)?|n/?a|nein|nichts|niemand|keine[rs]?|non|rien|personne"
    r"|nada|nadie|no,? (?:nothing|nobody|no one|not really)(?: else)?"
    r"|(?:no,? )?(?:i )?can'?t think of (?:any(?:thing|one|body)?|more)(?: (?:else|more|other))?)"
    r"(?: (?:comes to mind|i think|sorry|thanks|for now|so far|really|right now|tbh))?\W*$",
)
_TO_ONESELF = one_of(
    r"\b(?:rather not|prefer not|don'?t want|do not want|not going|no need) (?:to )?(?:tell|say|share"
    r"|involve)\b",
    r"\bkeep (?:it|this|that) to myself\b|^\W*(?:just )?(?:me|myself)(?: only)?\W*$|^\W*i'?d rather not\W*$",
)
_POWERLESS = one_of(
    r"\b(?:nothing|not much|nothing much|little) (?:that )?(?:i|we) can (?:really )?do\b",
    r"\b(?:can'?t|cannot|can not) (?:really )?(?:do|change) (?:anything|much|a thing|it)\b",
    r"\b(?:no|not any|don'?t have (?:any|a)|haven'?t got (?:any|a)) (?:real )?(?:choice|options?"
    r"|other way|say in)\b",
    r"\b(?:not|isn'?t) (?:up to me|my (?:decision|call|choice)|in my hands|mine to decide)\b"
    r"|\bout of my hands\b",
)
_WISHES = one_of(
    r"\b(?:want|wish|would like|like|hope|need|trying|try|learn|wants|love) to\b|\bi'?d (?:like|love) to\b"
    r"|^\W*(?:get|be|become|stop|start|read|write|sleep|learn|drink|eat|leave|take|exercise|quit|say)\b"
    r"|\bi (?:want|wish)\b|\bwanna\b",
)
_CALL = 15  # words; a longer answer is one, whatever it asks besides


def sort_of(answer: str, step: Step) -> Sort:
    """Return what sort of answer it is to a step; what is to be spoken aloud is seldom anything but that."""
    said = answer.replace("’", "'").strip()
    if step.verbatim:
        return _sort_of_speech(said)
    found = next((sort for sort, test in _TESTS if test(said)), None)
    if found in (Sort.BARE, Sort.NONE, Sort.UNSURE) and _is_amount(said, step):
        return Sort.ANSWER
    return found or _unfit(said, step)


def wishes(text: str) -> bool:
    """Return whether a text says what somebody would like to do."""
    return _WISHES.search(text.replace("’", "'")) is not None


def new_subject(answer: str) -> str:
    """Return what somebody would rather talk about, or nothing where they did not say it."""
    if found := _ABOUT.search(answer):
        return found[1]
    rest = _SUBJECT.split(answer, maxsplit=1)[-1].strip(" \t\n.,:;!?-")
    return rest if len(rest.split()) > 2 else ""


def _is_amount(said: str, step: Step) -> bool:
    """Return whether what would say little elsewhere is a number or a "none" where that was asked for."""
    if step.kind is Kind.AMOUNT:
        return any(map(str.isdigit, said)) or scale_number(said) is not None or _NONE.match(said) is not None
    return step.kind in RATINGS and scale_number(said) is not None


def _unfit(said: str, step: Step) -> Sort:
    """Return what an answer with words in it lacks for its question."""
    if step.kind not in (*RATINGS, Kind.AMOUNT) and not has_letters(said):
        return Sort.BARE
    if step.keeps is Keeps.TELL and _TO_ONESELF.search(said):
        return Sort.NONE
    if step.keeps is Keeps.OPTIONS and len(said.split()) < _CALL and _POWERLESS.search(said):
        return Sort.POWERLESS
    if step.keeps is Keeps.STEP and is_only_a_moment(said):
        return Sort.MOMENT
    if step.kind is Kind.SCALE and scale_number(said) is None:
        return Sort.NUMBERLESS
    return Sort.VAGUE if step.kind is Kind.PLAN and not names_a_moment(said) else Sort.ANSWER


def _sort_of_speech(said: str) -> Sort:
    if _is_pasted(said):
        return Sort.PASTED
    if not has_letters(said):
        return Sort.BARE
    return Sort.UNSURE if _UNSURE.search(said) and len(said.split()) < 5 else Sort.ANSWER


def _is_pasted(said: str) -> bool:
    return bool(said) and len(prose(said).split()) < 3 <= len(said.split())


_TESTS: tuple[tuple[Sort, Callable[[str], object]], ...] = (
    (Sort.PASTED, _is_pasted),
    (Sort.WANTS_PERSON, _PERSON.search),
    (Sort.NEW_SUBJECT, _SUBJECT.search),
    (Sort.ANNOYED, lambda said: len(said.split()) < _CALL and _ANNOYED.search(said)),
    (
        Sort.ASKS_BACK,
        lambda said: len(said.split()) < _CALL and (_BACK.search(said) or _QUESTION.match(said)),
    ),
    (Sort.UNSURE, lambda said: _UNSURE.search(said) or (len(said) > 3 and asks_for_help(said))),
    (Sort.BARE, lambda said: _BARE.match(said) or not any(map(str.isalnum, said))),
    (Sort.NONE, _NONE.match),
)
