"""What the answers of a guided talk come to: a goal, ways forward, one step, its moment, how sure. Pure."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, Self

from pydantic import Field

from coaching.data import read
from coaching.language.early_answers import Early, early, is_only_a_moment
from coaching.language.form import HEARD, KEPT, Keeps, Kind, Sort, Step
from coaching.language.mirroring import bare
from coaching.language.numbers import has_letters, rating, scale_number
from coaching.language.options import (
    adds_a_way,
    content_words,
    meant,
    named_again,
    pointed_to,
    rated_instead,
    stem,
    takes_several,
    ways,
)
from coaching.language.quoting import not_taken_back
from coaching.language.time_expressions import looks_dated, names_a_day
from coaching.language.verbs import act_of, is_gerund
from coaching.patterns import Language, Pattern, Words
from kernel.values import Value


class _Known(Language):
    leads_in: Pattern
    part_of_day: Pattern
    time: Pattern
    sentences: Pattern
    feels: Pattern
    softeners: Words
    speaks: Pattern
    beforehand: Pattern
    same: Pattern
    pointing: Pattern
    opening: Pattern
    besides: Pattern
    at_present: Pattern
    aimed: Pattern
    in_marks: Pattern
    that_one: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "outcome", _Known)


SHRUNK = "shrink"  # the step of a form that asks for less of the step before
SURER = "surer"  # the step of a form that asks how sure one is of that
SMALLER = "; smaller: "  # between a step and how much of it is left
FEW_WORDS = 6  # so few of a sentence name it
SCALE = (
    Keeps.MEASURE,
    Keeps.BASELINE,
    Keeps.MUCH_LESS,
    Keeps.LESS,
    Keeps.EXPECTED,
    Keeps.MORE,
    Keeps.MUCH_MORE,
)


class TalkOutcome(Value):
    """What a guided talk has come to so far; what was not reached or was skipped is empty.

    *sentence* is what is to be said word for word, *obstacle* what gets in the way of a habit, *learned* what
    somebody takes from the guided talk. *cue_before* is the moment of the step before it was made smaller,
    where that made another deed of it.
    *scale* holds the parts of a goal scale by their names: measure, baseline, much_less … much_more.
    """

    goal: str = ""
    options: tuple[str, ...] = ()
    step: str = ""
    sentence: str = ""
    obstacle: str = ""
    cue: str = ""
    cue_before: str = ""
    confidence: int | None = None
    tell: str = ""
    learned: str = ""
    scale: Mapping[str, str] = Field(default_factory=dict)


class Answered(NamedTuple):
    """A question's step, its answer, what sort of answer that is, and whether it adds to the one before."""

    step: Step
    answer: str
    sort: Sort
    follows: bool = False

    def with_corrected(self, before: Self | None) -> tuple[Self, ...]:
        """It, and where it says otherwise what was answered *before*, that as it is now.

        A moment, a number or a name is replaced; of anything else both are kept.
        """
        if before is None or self.sort is not Sort.CORRECTS:
            return (self,)
        is_replaced = before.step.keeps in (Keeps.CUE, Keeps.CONFIDENCE, Keeps.TELL)
        said = self.answer if is_replaced else f"{before.answer.rstrip(' .')}. {self.answer}"
        return (self, before._replace(answer=said))


def came_of(answered: Iterable[Answered]) -> TalkOutcome:
    """What answers come to, oldest first; of two answers for the same thing the later counts."""
    said = tuple(map(_spoken, answered))
    kept = [one for one in said if one.sort in KEPT]
    words = _words(kept)
    ahead = _ahead(said)
    options, chosen = _weighed(said)
    sentence = _sentence_begun(words.get(Keeps.SENTENCE, ""), said) or _sentence_meant(said)
    step = _step(words, chosen, options) or _by_number(said, options)
    step = step if is_a_step(step) else _late_step(said) or step
    step = step or sentence or _unspoken(said)
    sure = _confidence(kept)
    since = _renewed(said, chosen, options, sentence)
    cue, before = _cue(said[since:], None if since else ahead), _cue(said[:since])
    return TalkOutcome(
        goal=words.get(Keeps.GOAL, ""),
        options=options,
        step=step,
        sentence=sentence,
        obstacle=words.get(Keeps.OBSTACLE, ""),
        cue=before if before and _stays(said[since:]) else cue,
        cue_before=before,
        confidence=ahead.confidence if sure is None else sure,
        tell=words.get(Keeps.TELL, ahead.tell),
        learned=words.get(Keeps.LEARNED, ""),
        scale=_scale(words),
    )


def _scale(words: dict[str, str]) -> dict[str, str]:
    """The parts of a goal scale; where things stand may be told with how it is seen: "82% last week"."""
    scale = {keeps.value: not_taken_back(words[keeps]) for keeps in SCALE if keeps in words}
    told = _told_ahead(scale.get(Keeps.MEASURE, ""))
    return {Keeps.BASELINE.value: told, **scale} if told else scale


def _told_ahead(measure: str) -> str:
    said = (it.strip(" .") for it in _known().sentences.split(measure))
    return next((it for it in said if _known().at_present.search(it) and not _known().aimed.search(it)), "")


def _ahead(said: Iterable[Answered]) -> Early:
    return early((one.step, one.answer) for one in said if _counts(one))


def _cue(said: tuple[Answered, ...], ahead: Early | None = None) -> str:
    """The moment that answers name, if they do; *ahead* is what they say ahead, where that is known."""
    kept = [one for one in said if one.sort in KEPT]
    last = next((one for one in reversed(kept) if one.step.keeps in (Keeps.STEP, Keeps.CUE)), None)
    is_unsure = last is not None and last.step.keeps is Keeps.STEP and names_a_day(last.answer)
    return (ahead or _ahead(said)).cue or ("" if is_unsure else _when(_words(kept).get(Keeps.CUE, "")))


def _stays(said: tuple[Answered, ...]) -> bool:
    """Whether the moment was asked for anew, and none was named, or the one before."""
    asked = [one for one in said if one.step.keeps is Keeps.CUE]
    moments = [one for one in asked if one.sort in KEPT or stays_the_same(one.answer) or one is not said[-1]]
    return bool(moments) and (stays_the_same(moments[-1].answer) or not _cue(said))


def stays_the_same(answer: str) -> bool:
    """Whether an answer says of a moment that it is the one before: "same day"."""
    return _known().same.match(answer) is not None


def _renewed(
    said: tuple[Answered, ...], chosen: list[Answered], options: tuple[str, ...], sentence: str
) -> int:
    """From which answer on the step is another deed than the one that was made smaller; 0 where none is."""
    if not chosen or chosen[-1].step.id not in (SHRUNK, SURER) or not is_a_step(chosen[-1].answer):
        return 0
    after = chosen[-1].answer
    before = pointed_to(chosen[-2].answer, options) if len(chosen) > 1 else sentence
    is_spoken = before == sentence and _known().speaks.search(after) is not None
    is_same = (is_spoken or _is_same_deed(before, after)) and not _known().beforehand.search(after)
    return said.index(chosen[-1]) if before and not is_same else 0


def _is_same_deed(before: str, after: str) -> bool:
    """Whether two steps begin with the same verb; where one has none, whether they share a word."""
    if all(map(is_a_step, (before, after))):
        return stem(_verb(before)) == stem(_verb(after))
    return bool(content_words(before) & content_words(after))


def _verb(step: str) -> str:
    words = (act_of(step) or step).lower().split()
    return next((word for word in words if word not in _known().softeners), "")


def _spoken(one: Answered) -> Answered:
    """An answer to be spoken without "I would say that" before it."""
    return one._replace(answer=spoken(one.answer)) if one.step.verbatim else one


def spoken(answer: str) -> str:
    """The words to be spoken, without what leads them in: "something like: I felt left out"."""
    if found := _known().in_marks.match(answer.strip()):
        return found[1].strip()
    words = _known().that_one.sub("", _known().leads_in.sub("", answer.strip())) or answer
    return words.strip('"“”') if words.startswith(('"', "“")) and words.endswith(('"', "”")) else words


def _sentence_begun(kept: str, said: tuple[Answered, ...]) -> str:
    """The sentence that is kept, whole where a few words of one that was rehearsed were typed for it."""
    rehearsed = [it for it in said if it.step.verbatim and it.step.keeps is not Keeps.SENTENCE]
    words = kept.lower().strip(" .!?…\"“”'")
    whole = [it.answer for it in rehearsed if words and words in it.answer.lower()]
    return whole[0] if len(whole) == 1 and len(words.split()) <= FEW_WORDS else kept


def _sentence_meant(said: tuple[Answered, ...]) -> str:
    """The rehearsed sentence that is kept, where it was only pointed to: "the one about the date"."""
    rehearsed = [one for one in said if one.step.verbatim and one.sort in KEPT]
    pointing = [one for one in said if one.step.keeps is Keeps.SENTENCE and one.sort is Sort.UNSPOKEN]
    answer = pointing[-1].answer.strip() if pointing else ""
    named, but, _ = _known().besides.sub("\n", answer, count=1).lower().partition("\n")
    pointed = _known().opening.sub("first", _known().pointing.sub("one", named))
    sentences = tuple(one.answer for one in rehearsed)
    sentence = meant(f"the {pointed}" if pointed.startswith("one") else pointed, sentences)
    return f"{sentence} ({answer})" if sentence and but else sentence


def _when(cue: str) -> str:
    """What was said of the moment, where it speaks of one and not of what is done."""
    return cue if (_known().time.search(cue) or looks_dated(cue)) and not act_of(cue) else ""


def standing(answered: Iterable[Answered]) -> int | None:
    """The number by which somebody last said where things stand, if they did."""
    found = (_standing(one) for one in reversed(tuple(answered)))
    return next((number for number in found if number is not None), None)


def _standing(one: Answered) -> int | None:
    if one.step.kind is Kind.SCALE and one.step.keeps is not Keeps.CONFIDENCE:
        return scale_number(one.answer)
    if one.step.keeps is Keeps.OPTIONS:
        return rated_instead(one.answer)
    return rating(one.answer) if one.step.kind is Kind.RATED else None


def _words(kept: list[Answered]) -> dict[str, str]:
    """The latest answer for each thing; one to a follow-up question adds and does not replace."""
    words: dict[str, str] = {}
    for one in kept:
        keeps = one.step.keeps.value
        words[keeps] = words.get(keeps, one.answer) if one.follows else one.answer
    return words


def _counts(one: Answered) -> bool:
    """Whether an answer may say something ahead: one to go on with, or a number alone."""
    return bool(one.answer) and (one.sort in HEARD or not has_letters(one.answer))


def _lists(one: Answered) -> bool:
    if one.sort is Sort.SEVERAL:
        is_list = len(ways(one.answer)) > 1 and " or " not in one.answer
        return is_list or adds_a_way(one.answer)
    is_answer = one.step.keeps is Keeps.OPTIONS and one.sort in KEPT and not takes_several(one.answer)
    return is_answer and rated_instead(one.answer) is None and not _is_when(one.answer)


def _is_when(answer: str) -> bool:
    """Whether an answer says only when: "in the evening", "Monday"."""
    return (is_only_a_moment(answer) and "\n" not in answer.strip()) or (
        _known().part_of_day.match(answer) is not None
    )


def _confidence(kept: list[Answered]) -> int | None:
    sure = (scale_number(one.answer) for one in reversed(kept) if one.step.keeps is Keeps.CONFIDENCE)
    return next((number for number in sure if number is not None), None)


def _weighed(said: tuple[Answered, ...]) -> tuple[tuple[str, ...], list[Answered]]:
    """The ways forward, none of them twice, and the answers that choose the step."""
    options: dict[str, None] = {}
    chosen = []
    for one in said:
        before = tuple(options)
        if _chooses(one, before):
            chosen.append(one)
        elif _lists(one):
            named = (item for item in ways(one.answer) if has_letters(item) or "%" in item)
            options |= dict.fromkeys(item for item in named if not named_again(item, before))
    return tuple(options), chosen


def _step(words: dict[str, str], chosen: list[Answered], options: tuple[str, ...]) -> str:
    """The step as it was typed, whole; for an answer that only names a way forward again, that way."""
    if not chosen:
        return ""
    last = chosen[-1]
    if last.step.keeps is Keeps.OPTIONS:
        return named_again(last.answer, options)
    said = words.get(Keeps.STEP, "") if last.step.keeps is Keeps.STEP else last.answer
    return _smaller(chosen, options) or pointed_to(_deed(said), options)


def _deed(answer: str) -> str:
    """The one sentence of an answer that says what is done, where the others say only how one feels."""
    sentences = _known().sentences.split(answer.strip())
    deeds = [it for it in sentences if act_of(bare(it))]
    is_sure = len(deeds) == 1 and all(_known().feels.match(it) for it in sentences if it not in deeds)
    return deeds[0].strip(" .") if is_sure else answer


def _chooses(one: Answered, options: tuple[str, ...]) -> bool:
    """Whether an answer says the step: asked for more ways, or the moment, it names one of several."""
    if one.step.keeps is Keeps.OPTIONS:
        return one.sort in KEPT and len(options) > 1 and bool(named_again(one.answer, options))
    if one.step.keeps is Keeps.CUE:
        return one.sort is Sort.VAGUE and bool(meant(one.answer, options))
    if one.step.id == SURER:
        return one.sort is Sort.NUMBERLESS and bool(act_of(one.answer))
    return one.step.keeps is Keeps.STEP and one.sort in KEPT


def _smaller(steps: list[Answered], options: tuple[str, ...]) -> str:
    """The step with what it was made smaller to; nothing where that names all of the step."""
    if len(steps) < 2 or steps[-1].step.id != SHRUNK:
        return ""
    whole, smaller = pointed_to(steps[-2].answer, options), steps[-1].answer.strip()
    is_named = content_words(whole) <= content_words(smaller)
    return "" if is_named else f"{whole.rstrip(' .')}{SMALLER}{smaller}"


def is_a_step(answer: str) -> bool:
    """Whether an answer says by itself what is done: "send it as a message", not "half of it"."""
    return bool(act_of(answer)) or is_gerund(answer.strip().partition(" ")[0])


def _by_number(said: tuple[Answered, ...], options: tuple[str, ...]) -> str:
    """The option whose number was the whole answer where a step was asked for."""
    answers = (one.answer.strip(" .#") for one in reversed(said) if one.step.keeps is Keeps.STEP)
    return next(
        (options[int(it) - 1] for it in answers if it.isdecimal() and 0 < int(it) <= len(options)), ""
    )


def _late_step(said: tuple[Answered, ...]) -> str:
    """What is to be done, where it was only said when it was asked for the moment."""
    sorts = (Sort.VAGUE, Sort.UNDATED)
    late = [one.answer for one in reversed(said) if one.step.keeps is Keeps.CUE and one.sort in sorts]
    return next(filter(act_of, late), "")


def _unspoken(said: tuple[Answered, ...]) -> str:
    """What is to be done, where it was said instead of the words to be spoken."""
    deeds = (one.answer for one in reversed(said) if one.sort is Sort.UNSPOKEN and act_of(one.answer))
    return next(deeds, "")
