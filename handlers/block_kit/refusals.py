"""Why something was refused, as a sentence that says what to do.

What any feature may refuse is said here; the rest is said by the features that refuse it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeAlias

from handlers.block_kit import mrkdwn
from kernel import errors
from kernel.errors import Refusal, Unserved
from kernel.features import full_name, once

# What is said of a refusal.
Words: TypeAlias = Callable[[Any], str]
# What is wrong with a form, by the field that shows it.
Problems: TypeAlias = Callable[[Refusal], dict[str, str]]

_OLD_CARD = "This card is out of date, so nothing was changed. Open the *Home* tab to see how things stand."

_NO_MEMBER = {
    "unknown": "One moment: I don't know you yet, so I'm looking you up. Please try again in a few seconds.",
    "guest": "Guests can ask here, and only members can help. You can ask with `/ask-mentor`.",
    "outside": (
        "Waymark works for members of the workspace it is installed in, and you seem to belong to another "
        "one. Ask the person you are talking with to put your question, or your admins to install Waymark."
    ),
    "left": "Only people who work here can do that.",
}
_FIELDS: Mapping[tuple[str, str], str] = {
    ("topics", "unknown"): "I don't know the topic “{topic}”. Choose one from the list.",
    ("hours", "empty"): "Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "unknown_word"): "I don't understand “{word}”. Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "bad_time"): "“{word}” isn't a time. Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "no_time"): "Say from when to when, like `mon-fri 09:00-17:00`.",
    ("hours", "no_length"): "These hours begin and end at the same time. Try `mon-fri 09:00-17:00`.",
    ("hours", "overnight_too_long"): "Across midnight, 14 hours are the most. Try `mon-fri 22:00-06:00`.",
    ("action", "empty"): "Write what you will do; one small thing is enough.",
    ("action", "too_long"): "This is too long; {limit} characters fit. One small thing is enough.",
    ("cue", "too_long"): "This is too long; {limit} characters fit.",
    ("text", "empty"): "Write a few words, so that somebody can act on them.",
    ("at", "past"): "This moment has passed already. Choose one that is still to come.",
    ("at", "too_far"): "Choose a moment within the next {limit} days.",
    ("minutes", "out_of_range"): "A day has {limit} minutes. Write a number from 0 to {limit}.",
}
_ANY = "That isn't possible right now. Please try again in a minute."
_ANY_FIELD = "This can't be used as it is. Please change it and try again."


def _fact(fact: str | int) -> str:
    return mrkdwn.inert(mrkdwn.nested(fact)) if isinstance(fact, str) else str(fact)


class _Facts(dict[str, Any]):
    """Facts of a refusal; one that is missing is left out of the sentence."""

    def __missing__(self, name: str) -> str:
        return "that"


_HOUSE: Mapping[type[Exception], Words] = {
    errors.NotFound: lambda no: _OLD_CARD,
    errors.Unreadable: lambda no: (
        "A newer version of Waymark saved this, and this one can't open it yet. Nothing was changed. "
        "Please try again in a few minutes."
    ),
    errors.Repeated: lambda no: "That was saved already; once is enough.",
    errors.Superseded: lambda no: _OLD_CARD,
    errors.NotInstalled: lambda no: (
        "Waymark isn't installed in this workspace, so nothing was saved. Ask an admin to install it."
    ),
    errors.LockedOut: lambda no: (
        "I can't open my key to this workspace, so nothing was saved. "
        "Please tell whoever runs Waymark here: only they can fix this."
    ),
    errors.NotYours: lambda no: "Only the people this is about can do that.",
    errors.Ended: lambda no: (
        "This has come to its end, so it can't be changed any more. You can ask again with `/ask-mentor`."
    ),
    errors.UndoOver: lambda no: f"It's too late to undo this: *Undo* works for {no.minutes} minutes.",
    errors.NotAMember: lambda no: _NO_MEMBER.get(no.why, _NO_MEMBER["left"]),
}


class Sentences:
    """What is said of each refusal; raises Undeclared where two features say it.

    One without a sentence is said as the kind of refusal that it is. Of a wrong field it is said by field and
    problem, with the refusal's facts in the place of their names.
    """

    def __init__(
        self,
        said: Iterable[tuple[type[Exception], Words]] = (),
        of_fields: Iterable[tuple[tuple[str, str], str]] = (),
    ) -> None:
        every = [*_HOUSE.items(), *said]
        self._said = once("sentence of refusal", [(full_name(kind), words) for kind, words in every])
        fields = [*_FIELDS.items(), *of_fields]
        self._of_fields = once("sentence of field", [(".".join(key), words) for key, words in fields])

    def __contains__(self, kind: type[Exception]) -> bool:
        return full_name(kind) in self._said

    def of(self, refusal: Refusal | Unserved) -> str:
        """What a person is told, as mrkdwn."""
        if isinstance(refusal, errors.Invalid):
            return self._of_field(refusal)
        kinds = map(full_name, type(refusal).__mro__)
        words = next((self._said[kind] for kind in kinds if kind in self._said), None)
        return words(refusal) if words else _ANY

    def _of_field(self, refusal: errors.Invalid) -> str:
        words = self._of_fields.get(f"{refusal.field}.{refusal.problem}", _ANY_FIELD)
        return words.format_map(_Facts({name: _fact(fact) for name, fact in refusal.facts.items()}))


_OF_ANY_FEATURE = Sentences()
_spoken: ContextVar[Sentences] = ContextVar("_spoken")


def speak(sentences: Sentences) -> None:
    """Have every refusal that is met from here on, while one request is answered, said by *sentences*."""
    _spoken.set(sentences)


def sentence(refusal: Refusal | Unserved) -> str:
    """What a person is told, as mrkdwn, by the sentences of the features that are served."""
    return _spoken.get(_OF_ANY_FEATURE).of(refusal)


def under(otherwise: str, **fields: str) -> Problems:
    """What tells the problems of one form, as *on_form* does."""
    return partial(on_form, fields=fields, otherwise=otherwise)


def on_form(refusal: Refusal, fields: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """The problems of a form by field: a refusal of no field of it stands under *otherwise*.

    *fields* maps the domain's names to the form's; the same name needs no entry. A field shows its first
    problem.
    """
    if not isinstance(refusal, errors.Invalid):
        return {fields.get(otherwise, otherwise): plain(sentence(refusal))}
    wrong = {each.field: each for each in reversed((refusal, *refusal.others))}
    return {fields.get(name, name): plain(sentence(each)) for name, each in wrong.items()}


def plain(text: str) -> str:
    """A sentence as Slack shows a form's problems: without markup, and without names it can't show."""
    named = re.sub(r"<@[^<>]*>", "this person", text).replace("`", "").replace("*", "")
    return mrkdwn.unescape(named[:1].upper() + named[1:])
