"""What sort of answer an answer is: one to go on with, or one that calls for another question. Pure."""

from collections.abc import Callable
from functools import cache

from coaching.data import read
from coaching.language.early_answers import is_only_a_moment, is_somebody, names_somebody
from coaching.language.form import Keeps, Kind, Sort, Step
from coaching.language.help_ladder import asks_for_help
from coaching.language.numbers import has_letters, is_only_a_number, scale_number
from coaching.language.options import adds_a_way, rated_instead, takes_several, ways
from coaching.language.quoting import prose
from coaching.language.time_expressions import is_undated, looks_dated, names_a_moment, names_a_time
from coaching.language.verbs import act_of, acts, is_gerund
from coaching.patterns import Language, Pattern
from kernel.reading import Remembered


class _Known(Language):
    person: Pattern
    subject: Pattern
    about: Pattern
    corrects: Pattern
    annoyed: Pattern
    confused: Pattern
    leave: Pattern
    who_sees: Pattern
    refuses: Pattern
    refuses_number: Pattern
    back: Pattern
    question: Pattern
    unsure: Pattern
    knows_not: Pattern
    guesses: Pattern
    bare: Pattern
    none: Pattern
    to_oneself: Pattern
    tells_nobody: Pattern
    perhaps_who: Pattern
    weighs: Pattern
    own_call: Pattern
    addressed: Pattern
    points: Pattern
    powerless: Pattern
    sentences: Pattern
    wordless: Pattern
    calls_off: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "answers", _Known)


RATINGS = (Kind.SCALE, Kind.RATED)
_INSTEAD = " instead"
_MARKS = " \t\n.,:;!?-–—…()*_\"'“”"
# A card reads all answers of a guided talk each time that it is drawn.
_SORTS: Remembered[Sort] = Remembered(4096)
SHORT_CALL = 8  # words; in what is to be spoken a longer one is part of it
MANY = 3  # ways; where one step was asked for, so many are none yet
_CALL = 15  # words; a longer answer is one, whatever it asks besides


def sort_of(answer: str, step: Step) -> Sort:
    """What sort of answer it is to a step; what is to be spoken aloud is seldom anything but that."""
    about = (answer, str(step.verbatim), str(step.may_be_none), step.kind, step.keeps)
    return _SORTS.made_of(about, lambda: _read(answer, step))


def _read(answer: str, step: Step) -> Sort:
    said = answer.replace("’", "'").strip()
    if step.verbatim:
        return _sort_of_speech(said, step)
    if step.kind in RATINGS and _known().refuses_number.match(said):
        return Sort.REFUSES
    found = next((sort for sort, test in _tests() if test(said)), None)
    is_name = (
        found is Sort.UNSURE and step.keeps is Keeps.TELL and _known().perhaps_who.search(said) is not None
    )
    is_name = is_name or (found is Sort.NONE and step.keeps is Keeps.TELL and _names_after_all(said))
    if found is Sort.BARE and step.may_be_none and not any(map(str.isalnum, said)):
        return Sort.NONE
    if is_name or (found in (Sort.BARE, Sort.NONE, Sort.UNSURE) and _is_amount(said, step)):
        return Sort.ANSWER
    if (
        found in (Sort.NONE, Sort.BARE)
        and step.kind is Kind.SCALE
        and not step.may_be_none
        and has_letters(said)
    ):
        return Sort.NUMBERLESS
    return found or _unfit(said, step)


def _tells_nobody(said: str) -> bool:
    """Whether nobody is to hear of it."""
    is_nobody = _known().tells_nobody.match(said) is not None and not _names_after_all(said)
    return is_nobody or _known().to_oneself.search(said) is not None


def _names_after_all(said: str) -> bool:
    """Whether a "nobody" goes on with somebody: "Nobody at work. My brother"."""
    return names_somebody(said.rstrip(" .!").rpartition(". ")[2]) and ". " in said


def says_nothing(words: str) -> bool:
    """Whether words only say that somebody does not know, or has none: "hard to say"."""
    return _known().unsure.match(words) is not None or _known().none.match(words) is not None


def new_subject(answer: str) -> str:
    """What somebody would rather talk about, or nothing where they did not say it."""
    last = answer.rstrip(_MARKS).rpartition("\n")[2]
    if found := _known().about.search(last):
        about = last[found.end() :]
        return about[: -len(_INSTEAD)] if about.lower().endswith(_INSTEAD) else about
    rest = _known().subject.split(answer, maxsplit=1)[-1].strip(" \t\n.,:;!?-")
    return rest if len(rest.split()) > 2 else ""


def _is_amount(said: str, step: Step) -> bool:
    """Whether what would say little elsewhere is a number or a "none" where that was asked for."""
    if step.kind is Kind.AMOUNT:
        return (
            any(map(str.isdigit, said))
            or scale_number(said) is not None
            or _known().none.match(said) is not None
        )
    return step.kind in RATINGS and scale_number(said) is not None


def _unfit(said: str, step: Step) -> Sort:
    """What an answer with words in it lacks for its question, by the first test that says so."""
    return next((sort for sort, test in _UNFIT if test(said, step)), Sort.ANSWER)


def _says_no_more(said: str, step: Step) -> bool:
    """Whether there is no more than a sign or a number where words were asked for."""
    may_point = step.keeps is Keeps.OPTIONS and step.may_be_none and is_only_a_number(said)
    is_bare = not has_letters(said) or is_only_a_number(said)
    return is_bare and not may_point and step.kind not in (*RATINGS, Kind.AMOUNT)


def _lists_no_way(said: str, step: Step) -> bool:
    """Whether ways forward were asked for, and a number came, which points to none of them."""
    return step.keeps is Keeps.OPTIONS and not step.may_be_none and rated_instead(said) is not None


def _sees_no_way(said: str, step: Step) -> bool:
    return (
        step.keeps is Keeps.OPTIONS
        and len(said.split()) < _CALL
        and _known().powerless.search(said) is not None
    )


def _takes_all(said: str, step: Step) -> bool:
    """Whether several things are named or weighed, or one more, where one step was asked for."""
    if step.keeps is not Keeps.STEP:
        return False
    if adds_a_way(said):
        return True
    sentences = _known().sentences.split(said)
    if len(sentences) == 1 and _known().weighs.match(said) and not act_of(said):
        return True
    named = ways(said)
    is_choice = len(named) > 1 and " or " in sentences[-1]
    is_list = len(named) >= MANY and len(sentences) < MANY and all(map(_is_deed, named))
    return takes_several(said) or is_choice or is_list


def _is_deed(way: str) -> bool:
    return acts(way) or is_gerund(way.partition(" ")[0])


def _says_when(said: str) -> bool:
    """Whether a moment is named: where it is said what is done, an hour or a day is needed for it."""
    return names_a_time(said) if act_of(said) else names_a_moment(said) or looks_dated(said)


_UNFIT: tuple[tuple[Sort, Callable[[str, Step], bool]], ...] = (
    (Sort.BARE, _says_no_more),
    (Sort.BARE, _lists_no_way),
    (Sort.NONE, lambda said, step: step.keeps is Keeps.TELL and _tells_nobody(said)),
    (Sort.POWERLESS, _sees_no_way),
    (Sort.SEVERAL, _takes_all),
    (Sort.MOMENT, lambda said, step: step.keeps in (Keeps.STEP, Keeps.TELL) and is_only_a_moment(said)),
    (Sort.SOMEBODY, lambda said, step: step.keeps in (Keeps.STEP, Keeps.CUE) and is_somebody(step, said)),
    (Sort.NUMBERLESS, lambda said, step: step.kind is Kind.SCALE and scale_number(said) is None),
    (Sort.VAGUE, lambda said, step: step.kind is Kind.PLAN and not _says_when(said)),
    (Sort.UNDATED, lambda said, step: step.kind is Kind.PLAN and is_undated(said)),
)


def _sort_of_speech(said: str, step: Step) -> Sort:
    if _is_pasted(said):
        return Sort.PASTED
    if not has_letters(said):
        return Sort.BARE
    is_short = len(said.split()) < SHORT_CALL
    is_call = step.kind is not Kind.LINE and len(said.split()) < _CALL and _known().confused.match(said)
    if is_call or (is_short and _known().confused.search(said)):
        return Sort.CONFUSED
    if _known().own_call.match(said):
        return Sort.ASKS_BACK
    if step.keeps is Keeps.SENTENCE and _is_unspoken(said):
        return Sort.UNSPOKEN
    is_unsure = _known().unsure.search(said) and len(said.split()) < 5
    otherwise = Sort.ANNOYED if _known().calls_off.match(said) else Sort.ANSWER
    return Sort.UNSURE if is_unsure or _known().wordless.match(said) else otherwise


def _is_unspoken(said: str) -> bool:
    """Whether an answer says what to do, or nothing, where the words to be spoken were asked for."""
    is_deed = acts(said) and _known().addressed.search(said) is None
    return is_deed or _known().bare.match(said) is not None or _known().points.match(said) is not None


def _is_pasted(said: str) -> bool:
    return bool(said) and len(prose(said).split()) < 3 <= len(said.split())


@cache
def _tests() -> tuple[tuple[Sort, Callable[[str], object]], ...]:
    """The tests of an answer in the order in which they are made."""
    known = _known()
    return (
        (Sort.PASTED, _is_pasted),
        (Sort.WANTS_PERSON, known.person.search),
        (Sort.NEW_SUBJECT, known.subject.search),
        (Sort.CORRECTS, lambda said: len(said.split()) < _CALL and known.corrects.match(said)),
        (Sort.ANNOYED, lambda said: len(said.split()) < _CALL and known.annoyed.search(said)),
        (Sort.CONFUSED, lambda said: len(said.split()) < _CALL and known.confused.search(said)),
        (Sort.ASKS_LEAVE, lambda said: len(said.split()) < _CALL and known.leave.match(said)),
        (Sort.ASKS_WHO_SEES, lambda said: len(said.split()) < _CALL and known.who_sees.search(said)),
        (Sort.REFUSES, known.refuses.match),
        (
            Sort.ASKS_BACK,
            lambda said: (
                len(said.split()) < _CALL and (known.back.search(said) or known.question.match(said))
            ),
        ),
        (
            Sort.UNSURE,
            lambda said: (
                not known.guesses.search(said)
                and (
                    known.unsure.search(said)
                    or (len(said) > 3 and asks_for_help(said) and not known.knows_not.search(said))
                )
            ),
        ),
        (Sort.BARE, lambda said: known.bare.match(said) or not any(map(str.isalnum, said))),
        (Sort.NONE, known.none.match),
    )
