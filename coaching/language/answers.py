"""What sort of answer an answer is: one to go on with, or one that calls for another question. Pure."""

from collections.abc import Callable
from enum import StrEnum

from coaching.language.early_answers import is_only_a_moment, names_somebody
from coaching.language.form import Keeps, Kind, Step
from coaching.language.help_ladder import asks_for_help
from coaching.language.numbers import has_letters, is_only_a_number, one_of, scale_number
from coaching.language.quoting import prose
from coaching.language.time_expressions import names_a_moment, names_a_time
from coaching.language.verbs import act_of
from kernel.digest_cache import Remembered


class Sort(StrEnum):
    """What an answer does; the order is that in which they are looked for."""

    PASTED = "pasted"
    WANTS_PERSON = "wants_person"
    NEW_SUBJECT = "new_subject"
    ANNOYED = "annoyed"
    ASKS_WHO_SEES = "asks_who_sees"
    CONFUSED = "confused"
    ASKS_BACK = "asks_back"
    REFUSES = "refuses"
    UNSURE = "unsure"
    BARE = "bare"
    NONE = "none"
    POWERLESS = "powerless"
    MOMENT = "moment"
    SOMEBODY = "somebody"
    NUMBERLESS = "numberless"
    VAGUE = "vague"
    ANSWER = "answer"


KEPT = frozenset({Sort.ANSWER, Sort.VAGUE, Sort.NUMBERLESS})
HEARD = KEPT | {Sort.MOMENT, Sort.SOMEBODY}
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
_ABOUT = one_of(r"\b(?:talk|speak|think) about (?!something|sth|anything)")
_INSTEAD = " instead"
_MARKS = " \t\n.,:;!?-–—…()*_\"'“”"
_ANNOYED = one_of(
    r"\b(?:fuck|screw) (?:you|off|this)\b",
    r"\b(?:stupid|dumb|useless|pointless|silly) (?:bot|script|app|questions?|thing|talk)\b",
    r"\bthis is (?:so |just )?(?:stupid|dumb|useless|pointless|silly|nonsense|bullshit|a waste of time)\W*$",
    r"\byou(?:'re| are)? (?:just )?(?:repeat|useless|a bot|not listening|not helping)",
    r"\b(?:already (?:said|told you|answered)|asked (?:me )?(?:that|this) (?:already|before))\b",
    r"^\W*(?:please )?(?:stop|quit) (?:asking|it with|bothering|with the questions)\b|^\W*leave me alone\b",
)
_CONFUSED = one_of(
    r"\bwhat (?:do|did|does) (?:you|that|this|it) (?:\w+ )?mean\b|\bwdym\b|^\W*(?:huh|come again|pardon"
    r"|sorry)[^\w?]*\?\W*$"
    r"|\b(?:don'?t|do not|didn'?t) (?:really |quite )?(?:understand|get) (?:the|this|that|your|what|it)\b"
    r"|\b(?:give|have|tell) me (?:an|some) examples?\b"
    r"|^\W*(?:for |an? |like )?(?:example|what|how)[^\w?]*\?\W*$"
    r"|\b(?:question|that|this) (?:makes no sense|is (?:unclear|confusing))\b|\bin what sense\b"
    r"|\bmeaning what\b"
    r"|\bwhat'?s the point of (?:this|that|the)\b|\bwhy (?:do|are) you ask\w*\b|\bwhy (?:a|the) number\b"
    r"|\bwie meinst du\b|\bcomment ça\b|\bqué quieres decir\b",
)
_WHO_SEES = one_of(
    r"\b(?:who|can (?:anyone|anybody|someone|my \w+)|will (?:anyone|anybody|my \w+)|does (?:anyone|my \w+)) "
    r"(?:else )?(?:can |will |could )?(?:see|sees|read|reads|get|gets to see|find out)\b.*\?",
    r"\bis (?:this|that|it) (?:really )?(?:confidential|private|anonymous|stored|recorded|saved|secret)\b",
)
_REFUSES = one_of(
    r"^\W*(?:sorry\W+)?(?:i )?(?:(?:really |just )?(?:do not|don'?t) (?:want|like|feel like|care) (?:to )?"
    r"|(?:i'?d |would )?(?:rather|prefer)(?: to)? not(?: to)? |won'?t |not going to )"
    r"(?:say|answer|tell|share|talk about|discuss|put a number|rate|go into|go there)"
    r"(?: (?:on|to|about|that|this|it|you|here|anything|which|who|anyone|now|one))*\W*$",
    r"^\W*(?:that'?s|it'?s|this is|too) (?:too |a bit |very )?(?:private|personal|none of your business)\W*$"
    r"|^\W*(?:none of your business|no comment|private)\W*$",
)
_BACK = one_of(
    r"\bwhat (?:would|do|should) you (?:do|think|say|suggest|recommend|advise|choose)\b",
    r"\b(?:tell me what to (?:do|say)|what should i|should i|what (?:do|can) i do|what am i supposed)\b",
    r"\b(?:your|any) (?:advice|opinion|recommendation|suggestions?)\b",
    r"^\W*(?:you tell me|you decide|tell me|up to you|whatever you (?:think|say))\W*$",
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
    r"(?:,? (?:yet|really|honestly|tbh|either|at all|sorry|you tell me))*"
    r"(?:,? that'?s why .*+)?\W*$",
    r"\b(?:i (?:really |honestly |just )?(?:don'?t|do not) know|idk|dunno)\W*$",
    r"^\W*(?:(?:i|honestly|well|really) )*(?:don'?t know|no idea|dunno|idk)[.!]\s+(?!maybe\b"
    r"|perhaps\b)(?:\S+\s*){1,6}$",
)
# Not to know something of others is an answer.
_KNOWS_NOT = one_of(
    r"\bi (?:\w+ )?(?:don'?t|do not) (?:\w+ )?know (?:how|what|if|whether|who|why|when|where) "
    r"(?:he|she|they|it|my|the|we|people|that)\b",
)
_BARE = one_of(
    r"^\W*(?:ok(?:ay)?|k|kk|yes|yep|yeah|ja|oui|sí|sure|fine|maybe|perhaps|hm+|mhm|lol|haha\w*|right|true"
    r"|good|great|thanks?|thank you|whatever|asdf\w*|test\w*|blah|hi|hello|hey|help|stuff|things"
    r"|yes please|(?:it )?depends)\W*$",
    r"^[bcdfghjklmnpqrstvwxz]{5,}$",
)
_NONE = one_of(
    r"^\W*(?:no|nope|nah|none|nothing|nobody|no ?one|no one really|nothing (?:else|more|really|yet)"
    r"|(?:no,? |nope,? |i think )*(?:that'?s|that was) (?:(?:all|it"
    r"|everything)(?: (?:that )?i (?:can think of|have|see|got|know))?|about it|the list)|not really"
    r"|no(?:thing)? more(?: ideas)?|n/?a|nein|nichts|niemand|keine[rs]?|non|rien|personne"
    r"|no ?(?:body|one)\b[,.;-].*|no need(?: to)?(?: .{0,12})?|nada|nadie|no,? (?:nothing|nobody|no one"
    r"|not really)(?: else)?"
    r"|(?:no,? )?(?:i )?can'?t think of (?:any(?:thing|one|body)?|more)(?: (?:else|more|other))?)"
    r"(?: (?:comes to mind|i think|sorry|thanks|for now|so far|really|right now|tbh))?\W*$",
)
_TO_ONESELF = one_of(
    r"\b(?:rather not|prefer not|(?:don'?t|do not) (?:want|need|have)|not going|no need) (?:to )?(?:tell"
    r"|say|share"
    r"|involve)\b",
    r"\bkeep (?:it|this|that) to myself\b|^\W*(?:just )?(?:me|myself)(?: only)?\W*$|^\W*i'?d rather not\W*$",
)
_PERHAPS_WHO = one_of(r"\b(?:maybe|perhaps|probably) (?:my|the|our) \w+")
_POWERLESS = one_of(
    r"\b(?:nothing|not much|nothing much|little) (?:that )?(?:i|we) can (?:really )?do\b",
    r"\b(?:can'?t|cannot|can not) (?:really )?(?:do|change) (?:anything|much|a thing|it)\b",
    r"\b(?:no|not any|don'?t have (?:any|a)|haven'?t got (?:any|a)) (?:real )?(?:choice|options?"
    r"|other way|say in)\b",
    r"\b(?:not|isn'?t) (?:up to me|my (?:decision|call|choice)|in my hands|mine to decide)\b"
    r"|\bout of my hands\b",
)
# A card reads all answers of a talk each time that it is drawn.
_SORTS: Remembered[Sort] = Remembered(4096)
SHORT_CALL = 8  # words; in what is to be spoken a longer one is part of it
_CALL = 15  # words; a longer answer is one, whatever it asks besides


def sort_of(answer: str, step: Step) -> Sort:
    """Return what sort of answer it is to a step; what is to be spoken aloud is seldom anything but that."""
    about = (answer, str(step.verbatim), step.kind, step.keeps)
    return _SORTS.made_of(about, lambda: _read(answer, step))


def _read(answer: str, step: Step) -> Sort:
    said = answer.replace("’", "'").strip()
    if step.verbatim:
        return _sort_of_speech(said)
    found = next((sort for sort, test in _TESTS if test(said)), None)
    is_name = found is Sort.UNSURE and step.keeps is Keeps.TELL and _PERHAPS_WHO.search(said) is not None
    if is_name or (found in (Sort.BARE, Sort.NONE, Sort.UNSURE) and _is_amount(said, step)):
        return Sort.ANSWER
    return found or _unfit(said, step)


def new_subject(answer: str) -> str:
    """Return what somebody would rather talk about, or nothing where they did not say it."""
    last = answer.rstrip(_MARKS).rpartition("\n")[2]
    if found := _ABOUT.search(last):
        about = last[found.end() :]
        return about[: -len(_INSTEAD)] if about.lower().endswith(_INSTEAD) else about
    rest = _SUBJECT.split(answer, maxsplit=1)[-1].strip(" \t\n.,:;!?-")
    return rest if len(rest.split()) > 2 else ""


def _is_amount(said: str, step: Step) -> bool:
    """Return whether what would say little elsewhere is a number or a "none" where that was asked for."""
    if step.kind is Kind.AMOUNT:
        return any(map(str.isdigit, said)) or scale_number(said) is not None or _NONE.match(said) is not None
    return step.kind in RATINGS and scale_number(said) is not None


def _unfit(said: str, step: Step) -> Sort:
    """Return what an answer with words in it lacks for its question, by the first test that says so."""
    return next((sort for sort, test in _UNFIT if test(said, step)), Sort.ANSWER)


def _says_no_more(said: str, step: Step) -> bool:
    """Return whether there is no more than a sign or a number where words were asked for."""
    return step.kind not in (*RATINGS, Kind.AMOUNT) and (not has_letters(said) or is_only_a_number(said))


def _sees_no_way(said: str, step: Step) -> bool:
    return step.keeps is Keeps.OPTIONS and len(said.split()) < _CALL and _POWERLESS.search(said) is not None


def _says_when(said: str) -> bool:
    """Return whether a moment is named: where it is said what is done, an hour or a day is needed for it."""
    return names_a_time(said) if act_of(said) else names_a_moment(said)


_UNFIT: tuple[tuple[Sort, Callable[[str, Step], bool]], ...] = (
    (Sort.BARE, _says_no_more),
    (Sort.NONE, lambda said, step: step.keeps is Keeps.TELL and _TO_ONESELF.search(said) is not None),
    (Sort.POWERLESS, _sees_no_way),
    (Sort.MOMENT, lambda said, step: step.keeps is Keeps.STEP and is_only_a_moment(said)),
    (Sort.SOMEBODY, lambda said, step: step.keeps in (Keeps.STEP, Keeps.CUE) and names_somebody(said)),
    (Sort.NUMBERLESS, lambda said, step: step.kind is Kind.SCALE and scale_number(said) is None),
    (Sort.VAGUE, lambda said, step: step.kind is Kind.PLAN and not _says_when(said)),
)


def _sort_of_speech(said: str) -> Sort:
    if _is_pasted(said):
        return Sort.PASTED
    if not has_letters(said):
        return Sort.BARE
    if len(said.split()) < SHORT_CALL and _CONFUSED.search(said):
        return Sort.CONFUSED
    return Sort.UNSURE if _UNSURE.search(said) and len(said.split()) < 5 else Sort.ANSWER


def _is_pasted(said: str) -> bool:
    return bool(said) and len(prose(said).split()) < 3 <= len(said.split())


_TESTS: tuple[tuple[Sort, Callable[[str], object]], ...] = (
    (Sort.PASTED, _is_pasted),
    (Sort.WANTS_PERSON, _PERSON.search),
    (Sort.NEW_SUBJECT, _SUBJECT.search),
    (Sort.ANNOYED, lambda said: len(said.split()) < _CALL and _ANNOYED.search(said)),
    (Sort.CONFUSED, lambda said: len(said.split()) < _CALL and _CONFUSED.search(said)),
    (Sort.ASKS_WHO_SEES, lambda said: len(said.split()) < _CALL and _WHO_SEES.search(said)),
    (Sort.REFUSES, _REFUSES.match),
    (
        Sort.ASKS_BACK,
        lambda said: len(said.split()) < _CALL and (_BACK.search(said) or _QUESTION.match(said)),
    ),
    (
        Sort.UNSURE,
        lambda said: (
            _UNSURE.search(said) or (len(said) > 3 and asks_for_help(said) and not _KNOWS_NOT.search(said))
        ),
    ),
    (Sort.BARE, lambda said: _BARE.match(said) or not any(map(str.isalnum, said))),
    (Sort.NONE, _NONE.match),
)
