"""What the guide gives back before it asks: one's own words, turned or quoted, a number, a list. Pure."""

import re
from collections.abc import Callable
from functools import cache
from zlib import crc32

from coaching.data import read
from coaching.forms import FORMS
from coaching.guide.talk_state import LONGEST_MOMENT, Heard, holds
from coaching.guide.turn import Turn
from coaching.guide.wordings import reflection_phrases, replies
from coaching.language.answers import new_subject, says_nothing
from coaching.language.early_answers import is_late
from coaching.language.form import HEARD, Keeps, Kind, Sort, Step
from coaching.language.mirroring import bare, is_loose, named, sentence, statement, to_you
from coaching.language.numbers import (
    has_letters,
    is_apart,
    is_only_a_number,
    number_as_said,
    rating,
    scale_number,
    without_number,
)
from coaching.language.options import meant, rated_instead
from coaching.language.outcome import SMALLER, is_a_step, spoken, stays_the_same
from coaching.language.quoting import beginning, clause, prose, whole
from coaching.language.verbs import act_of, is_gerund
from coaching.patterns import Language, Pattern, Words
from sensing.text.language import is_foreign


class _Known(Language):
    small_first: Words
    rated: Pattern
    hedged: Pattern
    goes_on: Pattern
    plain_moment: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "reflection", _Known)


LISTED, LONGEST_ITEM = 4, 18
FEW_ANSWERS, SCRAP = 2, 6  # after some answers in English a few words of another language say nothing
LONGEST_HEDGED = 24  # words that are quoted whole where they end unsure
LONGEST_LED = 6  # words of a moment that stand without quotation marks
LONGEST_WHO = 4  # words of a name
LONGEST_SPEECH = 40  # words of what is to be said aloud
LONGEST_QUESTION = 26  # words of an opening that is given back whole
SHORT_REST = 3  # words besides a number; fewer say nothing
LOW = 3  # of 10; a plan in which somebody believes no more than that is for two
TIRED_AFTER = 3  # answers in a row that are none
_MOVES_ON = frozenset({Sort.WANTS_PERSON, Sort.ANNOYED, Sort.ASKS_BACK, Sort.PASTED})


def reflection(talk: Heard, step: Step, *, stays: bool) -> str:
    """What is said before a step is asked; *stays*: it is asked again, for an answer that was none."""
    return " ".join(filter(None, [_about(talk, step, stays=stays), _language(talk)]))


def chosen(talk: Heard, wordings: tuple[str, ...], salt: str) -> str:
    """One of the wordings, by the guided talk, that it has not used yet; where all were, the first again."""
    first = crc32(f"{talk.id}/{salt}".encode()) % len(wordings)
    turned = (*wordings[first:], *wordings[:first])
    return next((wording for wording in turned if not _is_said(talk, _stem(wording))), turned[0])


def _stem(wording: str) -> str:
    return max(wording.split("{}"), key=len).strip()


def _is_said(talk: Heard, words: str) -> bool:
    return any(words in turn.reflection or words == turn.question for turn in talk.turns)


def _is_told(talk: Heard, answer: str) -> bool:
    """Whether an answer was given back already, in whatever form."""
    words = clause(answer)
    forms = [f"“{words}”", to_you(bare(words)).rstrip(".")]
    return any(form and form.lower() in turn.reflection.lower() for form in forms for turn in talk.turns)


def _about(talk: Heard, step: Step, *, stays: bool) -> str:
    if turn := _turn_aside(talk, step, stays=stays):
        return turn
    if talk.turns and talk.turns[-1].step == "when" and talk.outcome.cue_before and stays_the_same(talk.last):
        return _as_moment(talk, talk.outcome.cue)
    if talk.sort not in HEARD:
        return _aside(talk, step, talk.sort, stays=stays)
    words = _given_back(talk, talk.turns[-1]) if talk.turns else _opened(talk)
    return words or _earlier(talk, step)


def _turn_aside(talk: Heard, step: Step, *, stays: bool) -> str:
    """What is said where the last answer was left out, refused, turned away, or doubts the plan."""
    sort = talk.sort
    if talk.turns and talk.turns[-1].answer is None:
        return _earlier(talk, step) or chosen(talk, replies().skipped, "skipped")
    if sort is Sort.NEW_SUBJECT:
        return _turned_to(talk)
    if sort is Sort.REFUSES:
        return chosen(talk, replies().refused, "refused")
    if sort is Sort.UNSPOKEN and not stays and talk.outcome.sentence:
        return chosen(talk, reflection_phrases().speech, "speech").format(_aloud(talk.outcome.sentence))
    if sort is Sort.BARE and step.keeps is Keeps.CUE and talk.outcome.step:
        return _quoted(talk, talk.outcome.step)
    return _doubted(talk) if step.id == "shrink" and not stays else ""


def _opened(talk: Heard) -> str:
    """The opening: a question to oneself whole, all else by its most telling part."""
    asked = " ".join(talk.opening.split())
    if len(asked.split()) <= LONGEST_QUESTION and not _known().goes_on.search(asked):
        wondered = statement(asked.rstrip("?!. "), is_opening=True)
        if wondered.startswith("You wonder") and not talk.is_foreign:
            return wondered
    return _told(talk, talk.opening, lambda words: statement(words, is_opening=True))


def _doubted(talk: Heard) -> str:
    """What is said before a step is made smaller: the number, and a person if it is very low."""
    number = talk.outcome.confidence or 0
    said = _scaled(talk, talk.last if scale_number(talk.last) is not None else str(number))
    return f"{said} {chosen(talk, replies().low, 'low')}" if number <= LOW else said


def _turned_to(talk: Heard) -> str:
    subject = clause(new_subject(talk.last))
    lead = chosen(talk, replies().leads[Sort.NEW_SUBJECT], Sort.NEW_SUBJECT)
    return f"{lead} You wrote: “{subject}”" if subject else lead


def _aside(talk: Heard, step: Step, sort: Sort, *, stays: bool) -> str:
    """What is said to an answer that is none: to ask again, or to go on without it."""
    if not talk.turns:
        return _called(talk, sort)
    last = talk.last
    if sort is Sort.BARE and (is_only_a_number(last) or rated_instead(last) is not None):
        return _scaled(talk, last)
    if talk.unanswered == TIRED_AFTER:
        return chosen(talk, replies().tired, "tired")
    if (heard := _half_heard(talk, sort, stays=stays)) or stays or sort in _MOVES_ON:
        return heard or chosen(talk, replies().leads[sort], sort)
    return _without(talk, step, sort)


def _called(talk: Heard, sort: Sort) -> str:
    """What is said to an opening that is no more than a call, or asks for advice."""
    if sort in _MOVES_ON and sort is not Sort.ASKS_BACK:
        return chosen(talk, replies().leads[sort], sort)
    return _opened(talk) if len(talk.opening.split()) > 1 else ""


def _without(talk: Heard, step: Step, sort: Sort) -> str:
    """What is said to go on without an answer, or where there is nothing more to say."""
    asked = FORMS[talk.form].by_id[talk.turns[-1].step]
    is_fine = sort is Sort.NONE and asked.may_be_none
    if is_fine and asked.keeps is Keeps.TELL:
        return chosen(talk, replies().to_oneself, "on")
    otherwise = replies().none_is_fine if is_fine else replies().goes_on
    return _earlier(talk, step) or chosen(talk, otherwise, "on")


def _half_heard(talk: Heard, sort: Sort, *, stays: bool) -> str:
    """What there is in an answer that is none yet: the things among which one is asked for, a deed."""
    options = talk.outcome.options
    if sort is Sort.SEVERAL and len(options) > 1 and not _is_said(talk, _named(options)):
        return _list(talk)
    if sort in (Sort.POWERLESS, Sort.CORRECTS):
        return _quoted(talk, talk.last)
    is_deed = sort is Sort.UNSPOKEN and not stays and bool(act_of(talk.last))
    return _told(talk, talk.last, lambda words: statement(words, Keeps.STEP)) if is_deed else ""


def _given_back(talk: Heard, last: Turn) -> str:
    """The answer just given: as a list, a number with its reason, a moment, or words."""
    asked = FORMS[talk.form].by_id[last.step]
    answer = last.said
    if asked.keeps is Keeps.OPTIONS and (said := _as_options(talk, asked, answer)):
        return said
    if _number(asked, answer) is not None:
        return _scaled(talk, answer)
    if talk.sort is Sort.SOMEBODY:
        return chosen(talk, replies().leads[Sort.SOMEBODY], Sort.SOMEBODY)
    if asked.keeps is Keeps.TELL:
        who = named(answer)
        told = reflection_phrases().tell
        is_name = 0 < len(who.split()) <= LONGEST_WHO
        return chosen(talk, told, "tell").format(who) if is_name else _quoted(talk, answer)
    if asked.verbatim:
        phrases = reflection_phrases()
        leads = phrases.quoted if asked.kind is Kind.LINE else phrases.speech
        return chosen(talk, leads, "speech").format(_aloud(answer))
    return _in_kind(talk, answer, asked.keeps)


def _as_options(talk: Heard, asked: Step, answer: str) -> str:
    """The ways forward as a list, where several are asked for; one more, or the one chosen, in quotes."""
    options, step = talk.outcome.options, talk.outcome.step
    if asked.may_be_none or step:
        return _quoted(talk, step if step and meant(answer, options) else answer)
    return _list(talk) if len(options) > 1 and all(map(_is_short, options)) else ""


def _is_short(option: str) -> bool:
    return len(option.split()) <= LONGEST_ITEM


def _in_kind(talk: Heard, answer: str, keeps: Keeps) -> str:
    """An answer as what it was asked for: a moment, a step, a level of a scale, or a sentence."""
    if keeps is Keeps.CUE and (talk.sort is Sort.VAGUE or is_a_step(answer)):
        return _quoted(talk, answer)
    late = is_late(FORMS[talk.form].by_id[talk.turns[-1].step], answer)
    if talk.sort is Sort.MOMENT or late or (keeps is Keeps.CUE and talk.sort is not Sort.VAGUE):
        return _as_moment(talk, answer)
    if keeps is Keeps.STEP:
        return _as_step(talk, answer)
    if keeps is Keeps.OPTIONS:
        return _quoted(talk, answer)
    if keeps in reflection_phrases().levels:
        return _led(talk, answer, (f"{reflection_phrases().levels[keeps]}: {{}}.",))
    return _told(talk, answer, lambda words: statement(words, keeps))


def _as_moment(talk: Heard, answer: str) -> str:
    """The moment as it is read; where it takes quotation marks, whole as it was written."""
    cue = talk.outcome.cue or answer
    is_part = len(answer.split()) <= LONGEST_MOMENT and holds(answer, cue)
    return _led(talk, answer if is_part else cue, reflection_phrases().moment)


def _as_step(talk: Heard, answer: str) -> str:
    """The step as it stands by now; what adds to one that was said before in its own words."""
    step = talk.outcome.step
    if SMALLER in step or (step != answer and answer.strip() in step):
        return _quoted(talk, answer)
    return _told(talk, step, lambda words: statement(words, Keeps.STEP))


def _led(talk: Heard, answer: str, ways: tuple[str, ...]) -> str:
    """An answer behind a lead, turned where that is safe, else quoted."""
    words = bare(clause(answer)) if clause(answer) else bare(answer)
    is_short = len(words.split()) <= LONGEST_LED and _known().plain_moment.match(words)
    said = to_you(words) if is_short and not is_loose(words) and not talk.is_foreign else ""
    way = chosen(talk, ways, ways[0])
    typed = clause(answer) or words
    return sentence(way.format(_within(said))) if said else way.format(f"“{typed}”")


def _within(words: str) -> str:
    """Words as they stand within a sentence, where it is plain that they begin with no name."""
    first = words.split(" ", 1)[0].lower()
    return words[:1].lower() + words[1:] if first in _known().small_first or is_gerund(first) else words


def _number(asked: Step, answer: str) -> int | None:
    if asked.kind is Kind.SCALE:
        return scale_number(answer)
    if asked.keeps is Keeps.OPTIONS:
        return rated_instead(answer)
    return rating(answer) if asked.kind is Kind.RATED else None


def _scaled(talk: Heard, answer: str) -> str:
    """A number with what was said about it, where that tells something."""
    said = chosen(talk, reflection_phrases().number, "number").format(number_as_said(answer))
    words = clause(without_number(answer))
    if len(words.split()) < SHORT_REST or says_nothing(bare(words)) or _is_told(talk, words):
        return f"{said}."
    is_cut = not is_apart(answer) or not answer.rstrip(" .!?").endswith(words.rstrip(" .!?"))
    return _quoted(talk, answer) if is_cut else f"{said}: “{words}”"


def _told(talk: Heard, answer: str, turn: Callable[[str], str]) -> str:
    """The part of an answer that says most, turned by *turn* or quoted; a bare number is none."""
    words = clause(_known().rated.sub("", answer))
    if not words:
        return ""
    is_unsure = _known().hedged.search(answer) is not None
    words = answer.strip(" .!") if is_unsure and len(answer.split()) <= LONGEST_HEDGED else words
    is_quoted = talk.is_foreign or talk.is_learning or words.endswith("…") or is_unsure
    said = "" if is_quoted or not _is_whole(words, _known().rated.sub("", answer)) else turn(words)
    if not said:
        return chosen(talk, reflection_phrases().quoted, "quoted").format(words)
    return f"So {said[0].lower()}{said[1:]}" if _may_lead(talk, said) else said


def _is_whole(words: str, answer: str) -> bool:
    """Whether a part of an answer is all that it says, but for what leads it in or trails off."""
    said, every = (re.findall(r"\w+", bare(text).lower()) for text in (words, whole(answer)))
    return said == every


def _quoted(talk: Heard, answer: str) -> str:
    """The part of an answer that says most, in quotation marks."""
    return _told(talk, answer, lambda _: "")


def _may_lead(talk: Heard, said: str) -> bool:
    """Whether "So" leads a sentence in: now and then, and only where it begins with "you"."""
    is_plain = said.startswith(("You ", "You'")) and " so " not in said and said.count(".") == 1
    return is_plain and len(talk.turns) % 3 == crc32(talk.id.encode()) % 3


def _aloud(answer: str) -> str:
    """Words to be spoken as they were written, without a question mark; a long speech is cut."""
    flat = " ".join(prose(spoken(answer)).split())
    return flat if len(flat.split()) <= LONGEST_SPEECH else beginning(flat, LONGEST_SPEECH)


def _earlier(talk: Heard, step: Step) -> str:
    """What was said before that a question builds on, where it was not given back yet."""
    options = talk.outcome.options
    if step.keeps is Keeps.STEP and len(options) > 1:
        return "" if _is_said(talk, _named(options)) else _list(talk)
    said = [talk.answer_of(step.quotes)] if step.quotes else []
    said += [talk.outcome.step.rpartition(SMALLER)[2], talk.outcome.goal]
    fresh = (clause(answer) for answer in said if answer and not _is_told(talk, answer))
    return next(
        (
            chosen(talk, reflection_phrases().earlier, "earlier").format(words)
            for words in fresh
            if has_letters(words)
        ),
        "",
    )


def _list(talk: Heard) -> str:
    """The ways named so far."""
    return chosen(talk, reflection_phrases().listed, "list").format(_named(talk.outcome.options))


def _item(option: str) -> str:
    return f"“{beginning(option, LONGEST_ITEM)}”"


def _named(options: tuple[str, ...]) -> str:
    """Options in one line: the first few, each cut, and how many more there are."""
    shown = [_item(option) for option in options[:LISTED]]
    more = len(options) - len(shown)
    rest = [f"{more} more"] if more else []
    *first, last = [*shown, *rest]
    return f"{', '.join(first)} and {last}" if first else last


def _language(talk: Heard) -> str:
    """A word on the language, when the person writes in another one for the first time."""
    said = talk.prose
    is_scrap = len(said) > FEW_ANSWERS and len(said[-1].split()) < SCRAP
    is_new = is_foreign(said[-1]) and not is_scrap and not any(map(is_foreign, said[:-1]))
    return chosen(talk, replies().english_only, "english") if is_new else ""
