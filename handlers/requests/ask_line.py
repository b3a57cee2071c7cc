"""What a person typed after `/ask-mentor`: a sub-word, a question with its marks, or nothing usable. Pure.

A sub-word counts only when the rest of the line fits it: `help` is a sub-word, `help me read a flame graph`
is a question. The marks `#now`, `#today`, `#week` and `#anonymous`, and a person named first, are taken out
of the question; topic tags are left to the tagger.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.block_kit import mrkdwn
from handlers.interactions.sub_words import SubWords
from kernel.values import PersonId
from matching.values import Urgency

_MARKS = {"now": Urgency.NOW, "today": Urgency.TODAY, "week": Urgency.THIS_WEEK}
_MARK = re.compile(r"(?<!\S)[#!](now|today|week|anonymous|anon)(?!\S)", re.IGNORECASE)
_NAMED_FIRST = re.compile(r"^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[\s,:]*")
_TYPED_NAME = re.compile(r"^(@[\w.-]{2,80})(?!\S)")
_NAMED_IN_WORDS = re.compile(
    r"^(?i:(?:(?:please|hey|hi)\s)?(?:(?:can|could)\s(?:you|i)\s)?"
    r"(?:connect\sme\s(?:with|to)|put\sme\sin\stouch\swith|(?:talk|speak|chat)\s(?:to|with)))"
    r"\s([A-Z][\w'-]{1,80})\s(?:about|on|for)\b|^(?i:ask)\s(?!(?i:questions?|help|mentors?|(?:any|some|every)(?:one|body)|all):)"
    r"([\w'-]{2,80}):"
)
# Scripts in which no spaces stand between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{4}")
_SHORTCODE = re.compile(r":[a-z0-9_+'-]+:")
_TAG = re.compile(r"(?<!\S)#([^\W\d_][\w+.-]*)")
_HURRY = tuple(
    (urgency, re.compile(rf"^(?:{words})\b|\b(?:{words})$"))
    for urgency, words in (
        (
            Urgency.THIS_WEEK,
            r"not urgent|no (?:rush|hurry)|this week|by (?:the )?end of (?:the )?week|whenever",
        ),
        (Urgency.NOW, r"asap|urgent(?:ly)?|right now|as soon as possible"),
        (Urgency.TODAY, r"today|by tonight|eod|by (?:the )?end of (?:the )?day"),
    )
)
_OUTAGE = re.compile(
    r"\b(?:prod|production|site|website|shop|checkout) (?:is|just went) down\b(?! (?:by )?\d)"
)
_SUPPOSED = re.compile(
    r"\b(?:when(?:ever)?|if|whether|once|after|before|until|that|in case)(?: (?:the|our|my|a|whole))* $"
)


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty line: the form is wanted."""


@dataclass(frozen=True, slots=True)
class Wordless:
    """Only emoji or punctuation: there is nothing to pass on."""

    text: str


@dataclass(frozen=True, slots=True)
class TypedSubWord:
    """A wish other than a question, with what followed it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """One word, or a sub-word with a rest that does not fit; *meant* is the sub-word it resembles."""

    text: str
    meant: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what its marks say. *tags* are the words after # that are no channel's name.

    *unnamed* is a name that was asked for in plain characters, so that nobody knows whose it is.
    """

    text: str
    urgency: Urgency | None = None
    anonymous: bool = False
    prefer: PersonId | None = None
    tags: tuple[str, ...] = ()
    unnamed: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether only tags were typed, so that the question is still to be written."""
        return not has_words(_TAG.sub("", self.text))


Line = Nothing | Wordless | TypedSubWord | Stray | Question


def read(sent: str, words: SubWords) -> Line:
    """What a line means. *sent* is the command's text as Slack sends it, *words* its sub-words."""
    text = mrkdwn.unescape(sent).strip()
    if not text:
        return Nothing()
    if not has_words(text) and text != "?":
        return Wordless(text)
    named = _NAMED_FIRST.match(sent.strip())
    return _sub_word(text, words) or _question(
        text, mrkdwn.channels(sent), PersonId(named.group(1)) if named else None, words
    )


def has_words(text: str) -> bool:
    """Say whether a text has anything but emoji, punctuation and marks."""
    return any(char.isalnum() for char in _SHORTCODE.sub("", text))


def _sub_word(text: str, words: SubWords) -> TypedSubWord | Stray | None:
    name, rest = _named(text, words)
    if not name or (text.endswith("?") and text != "?" and not words[name].asks):
        return None
    is_fit = words[name].takes_rest and (words[name].asks or len(rest.split()) <= words[name].most)
    if not rest or is_fit:
        return TypedSubWord(name, rest)
    return Stray(text, name) if len(text.split()) <= 2 else None


def _named(text: str, words: SubWords) -> tuple[str, str]:
    """The sub-word that a text begins with, of two words before one of one, and what follows it."""
    for count in (2, 1):
        parts = text.split(" ", count)
        if name := words.named(" ".join(parts[:count]).rstrip(":,") or parts[0]):
            return name, "".join(parts[count:]).strip()
    return "", text


def _question(
    text: str, channels: Sequence[str], named: PersonId | None, words: SubWords
) -> Stray | Question:
    rest = _NAMED_FIRST.sub("", text) if named else text
    marks = [mark.casefold() for mark in _MARK.findall(rest)]
    question = " ".join(_MARK.sub(" ", rest).split(" ")).strip()
    is_word = len(question.split()) == 1 and not question.startswith("#") and not _UNSPACED.search(question)
    if not named and not marks and is_word:
        return Stray(question, _resembled(question, words))
    return Question(
        text=question,
        urgency=next((_MARKS[mark] for mark in marks if mark in _MARKS), None) or hurry(question),
        anonymous=any(mark.startswith("anon") for mark in marks),
        prefer=named,
        tags=tuple(tag for tag in _TAG.findall(question) if tag not in channels),
        unnamed=_unnamed(question),
    )


def _unnamed(question: str) -> str:
    found = _TYPED_NAME.search(question) or _NAMED_IN_WORDS.search(question)
    return next(filter(None, found.groups())) if found else ""


def _resembled(word: str, words: SubWords) -> str | None:
    return next(iter(difflib.get_close_matches(word.casefold(), words.names, n=1, cutoff=0.6)), None)


def hurry(text: str) -> Urgency | None:
    """The urgency that the first or last words of a question name, or that of an outage, or None."""
    plain = text.casefold().strip(" .!?")
    outage = _OUTAGE.search(plain)
    if outage and not _SUPPOSED.search(plain[: outage.start()]):
        return Urgency.NOW
    return next((urgency for urgency, words in _HURRY if words.search(plain)), None)
