"""What the guide gives back before it asks: one's own words, a number, a list. Pure."""

from zlib import crc32

from coaching import asides
from coaching.answers import KEPT, Sort, new_subject
from coaching.form import Keeps, Kind, Step
from coaching.forms import FORMS
from coaching.quoting import beginning, clause, prose
from coaching.reading import has_letters, rating, scale_number
from coaching.talk import Talk, Turn
from sensing.foreign import is_foreign

LISTED, LONGEST_ITEM = 4, 9
LOW = 3  # of 10; a plan in which somebody believes no more than that is for two
TIRED_AFTER = 3  # answers in a row that are none
_QUOTED = (
    "You wrote: “{}”",
    "In your words: “{}”",
    "You say: “{}”",
    "“{}”, you write.",
    "You put it like this: “{}”",
    "What I read: “{}”",
    "Your words: “{}”",
    "So: “{}”",
    "You mention this: “{}”",
    "Noted: “{}”",
)
_BY_KEEPS = {
    Keeps.GOAL: (
        "What you want: “{}”",
        "This is what it is about: “{}”",
        "You are after this: “{}”",
        "What you hope for: “{}”",
        "Your aim, in your words: “{}”",
    ),
    Keeps.STEP: (
        "Your step: “{}”",
        "So you begin with this: “{}”",
        "What you will do: “{}”",
        "You chose: “{}”",
        "That is the step: “{}”",
    ),
    Keeps.CUE: (
        "Your moment: “{}”",
        "So it starts here: “{}”",
        "The moment you chose: “{}”",
        "It begins: “{}”",
        "Then it is: “{}”",
    ),
}
_LISTS = (
    "On your list: {}.",
    "So far you have {}.",
    "You see these ways: {}.",
    "What you found: {}.",
    "Your ideas: {}.",
)
_NUMBERS = (
    "You put it at {} of 10.",
    "{} of 10, then.",
    "So, {} of 10.",
    "You say {} of 10.",
    "That makes {} of 10.",
)


_AROUND_NUMBERS = "of out ten to from between and or maybe about around say would i it a is sure i'd"
_OF_NUMBERS = frozenset(_AROUND_NUMBERS.split())
_MOVES_ON = frozenset({Sort.WANTS_PERSON, Sort.ANNOYED, Sort.ASKS_BACK, Sort.PASTED})


def reflection(talk: Talk, step: Step, *, stays: bool) -> str:
    """Return what is said before a step is asked; *stays*: it is asked again, for an answer that was none."""
    return " ".join(filter(None, [_about(talk, step, stays=stays), _language(talk)]))


def chosen(talk: Talk, wordings: tuple[str, ...], salt: str) -> str:
    """Return one of the wordings, by the talk, that it has not used yet; where all were, the first again."""
    first = crc32(f"{talk.id}/{salt}".encode()) % len(wordings)
    turned = (*wordings[first:], *wordings[:first])
    return next((wording for wording in turned if not _is_said(talk, _stem(wording))), turned[0])


def _stem(wording: str) -> str:
    return max(wording.split("{}"), key=len).strip()


def _is_said(talk: Talk, words: str) -> bool:
    return any(words in turn.reflection or words == turn.question for turn in talk.turns)


def _about(talk: Talk, step: Step, *, stays: bool) -> str:
    sort = talk.heard
    if talk.turns and talk.turns[-1].answer is None:
        return _earlier(talk, step) or chosen(talk, asides.SKIPPED, "skipped")
    if sort is Sort.NEW_SUBJECT:
        return _turned_to(talk)
    if step.id == "shrink":
        return _doubted(talk)
    if sort not in KEPT:
        return _aside(talk, step, sort, stays=stays)
    words = _given_back(talk, talk.turns[-1]) if talk.turns else _quoted(talk, talk.opening, Keeps.NOTHING)
    return words or _earlier(talk, step)


def _doubted(talk: Talk) -> str:
    """Return what is said before a step is made smaller: the number, and a person if it is very low."""
    number = talk.outcome.confidence or 0
    said = _scaled(talk, talk.turns[-1].answer or "", number)
    return f"{said.rstrip('.')}. {chosen(talk, asides.LOW, 'low')}" if number <= LOW else said


def _turned_to(talk: Talk) -> str:
    last = talk.turns[-1].answer if talk.turns else talk.opening
    subject = clause(new_subject(last or ""))
    lead = chosen(talk, asides.LEADS[Sort.NEW_SUBJECT], Sort.NEW_SUBJECT)
    return f"{lead} You wrote: “{subject}”" if subject else lead


def _aside(talk: Talk, step: Step, sort: Sort, *, stays: bool) -> str:
    """Return what is said to an answer that is none: to ask again, or to go on without it."""
    if not talk.turns:
        is_call = sort in _MOVES_ON and sort is not Sort.ASKS_BACK
        if is_call:
            return chosen(talk, asides.LEADS[sort], sort)
        return _quoted(talk, talk.opening, Keeps.NOTHING) if len(talk.opening.split()) > 1 else ""
    if talk.unanswered == TIRED_AFTER:
        return chosen(talk, asides.TIRED, "tired")
    if stays or sort in _MOVES_ON:
        return chosen(talk, asides.LEADS[sort], sort)
    is_fine = sort is Sort.NONE and FORMS[talk.form].by_id[talk.turns[-1].step].may_be_none
    otherwise = asides.NONE_IS_FINE if is_fine else asides.GOES_ON
    return _earlier(talk, step) or chosen(talk, otherwise, "on")


def _given_back(talk: Talk, last: Turn) -> str:
    """Return the answer just given: as a list, a number with its reason, or words."""
    asked = FORMS[talk.form].by_id[last.step]
    answer = last.answer or ""
    if asked.keeps is Keeps.OPTIONS and len(talk.outcome.options) > 1:
        return _list(talk)
    number = _number(asked, answer)
    if number is None:
        return _quoted(talk, answer, asked.keeps)
    return _scaled(talk, answer, number)


def _number(asked: Step, answer: str) -> int | None:
    if asked.kind is Kind.SCALE:
        return scale_number(answer)
    return rating(answer) if asked.kind is Kind.RATED else None


def _scaled(talk: Talk, answer: str, number: int) -> str:
    said = chosen(talk, _NUMBERS, "number").format(number)
    words = clause(answer)
    tells = len([word for word in words.lower().split() if word.isalpha() and word not in _OF_NUMBERS]) > 2
    return f"{said.rstrip('.')}: “{words}”" if tells and not _is_said(talk, words) else said


def _quoted(talk: Talk, answer: str, keeps: Keeps) -> str:
    """Return the part of an answer that says most, led in by what it was asked for; a bare number is none."""
    words = clause(answer)
    if not has_letters(words):
        return ""
    leads = _QUOTED if talk.heard is Sort.VAGUE else _BY_KEEPS.get(keeps, _QUOTED)
    return chosen(talk, leads, "quoted" if leads is _QUOTED else keeps.value).format(words)


def _earlier(talk: Talk, step: Step) -> str:
    """Return what was said before that a question builds on, where it was not given back yet."""
    options = talk.outcome.options
    if step.keeps is Keeps.STEP and len(options) > 1:
        return "" if _is_said(talk, _named(options)) else _list(talk)
    said = [(talk.answer_of(step.quotes), FORMS[talk.form].by_id[step.quotes].keeps)] if step.quotes else []
    said += [(talk.outcome.step, Keeps.STEP), (talk.outcome.goal, Keeps.GOAL)]
    fresh = (
        (answer, keeps) for answer, keeps in said if answer and not _is_said(talk, f"“{clause(answer)}”")
    )
    return next((words for answer, keeps in fresh if (words := _quoted(talk, answer, keeps))), "")


def _list(talk: Talk) -> str:
    return chosen(talk, _LISTS, "list").format(_named(talk.outcome.options))


def _named(options: tuple[str, ...]) -> str:
    """Return options in one line: the first few, each cut, and how many more there are."""
    shown = [f"“{beginning(option, LONGEST_ITEM)}”" for option in options[:LISTED]]
    more = len(options) - len(shown)
    rest = [f"{more} more"] if more else []
    *first, last = [*shown, *rest]
    return f"{', '.join(first)} and {last}"


def _language(talk: Talk) -> str:
    """Return a word on the language, when the person writes in another one for the first time."""
    said = [prose(text) for text in (talk.opening, *(turn.answer or "" for turn in talk.turns))]
    is_new = is_foreign(said[-1]) and not any(map(is_foreign, said[:-1]))
    return chosen(talk, asides.ENGLISH_ONLY, "english") if is_new else ""
