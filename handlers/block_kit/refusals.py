"""Why something was refused, as a sentence that says what to do."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from handlers.block_kit import mrkdwn
from kernel import errors
from kernel.errors import Refusal, Unserved

# What is wrong with a form, by the field that shows it.
Problems: TypeAlias = Callable[[Refusal], dict[str, str]]

_OLD_CARD = "This card is out of date, so nothing was changed. Open the *Home* tab to see how things stand."

_WHY_NOT = {
    "self": "That's you. Choose somebody else.",
    "asker": "{who} asked this question. Choose somebody else.",
    "guest": "{who} is a guest here, so I can't ask them. Choose a member of this workspace.",
    "outside": "{who} belongs to another workspace, so I can't ask them. Choose a member of this one.",
    "left": "{who} doesn't work here any more. Choose somebody else.",
    "bot": "{who} is an app. Choose a person.",
    "unknown": "I'm looking {who} up, whom I don't know yet. Choose somebody else, or try again in a minute.",
}
_NO_MEMBER = {
    "unknown": "One moment: I don't know you yet, so I'm looking you up. Please try again in a few seconds.",
    "guest": "Guests can ask here, and only members can help. You can ask with `/ask-mentor`.",
    "outside": (
        "Waymark works for members of the workspace it is installed in, and you seem to belong to another "
        "one. Ask the person you are talking with to put your question, or your admins to install Waymark."
    ),
    "left": "Only people who work here can do that.",
}
_NOT_ABOUT_THIS = "I can't ask {who} about this. Choose somebody else, or leave it empty."
_FIELDS: Mapping[tuple[str, str], str] = {
    ("question", "empty"): "Write what you are stuck with, in a sentence or two.",
    ("question", "no_words"): "There are no words in this yet. Write what you are stuck with.",
    ("question", "too_long"): "This is {length} characters long; {limit} fit. Please shorten it.",
    ("tried", "too_long"): "This is too long; {limit} characters fit. Please shorten it.",
    ("topics", "empty"): "I can't tell what this is about. Please choose at least one topic.",
    ("topics", "unknown"): "There is no topic “{topic}” here (any more). Choose one from the list.",
    ("topics", "too_many"): "At most {limit} topics fit. Keep those that matter most.",
    ("minutes", "unknown"): "Choose one of the lengths offered.",
    ("minutes", "too_often"): "You have added time {limit} times. Wrap up, and ask for another talk.",
    ("minutes", "no_room"): (
        "The other has no minutes left this week, so I can't book more. Talk on if you both like, and wrap "
        "up when you are done."
    ),
    ("hours", "empty"): "Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "unknown_word"): "I don't understand “{word}”. Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "bad_time"): "“{word}” is no time of day. Write your hours like `mon-fri 09:00-17:00`.",
    ("hours", "no_time"): "Say from when to when, like `mon-fri 09:00-17:00`.",
    ("hours", "no_length"): "These hours begin and end at the same time. Try `mon-fri 09:00-17:00`.",
    ("hours", "overnight_too_long"): "Across midnight, 14 hours are the most. Try `mon-fri 22:00-06:00`.",
    ("action", "empty"): "Write what you will do; one small thing is enough.",
    ("action", "too_long"): "This is too long; {limit} characters fit. One small thing is enough.",
    ("cue", "too_long"): "This is too long; {limit} characters fit.",
    ("text", "empty"): "Write a few words, so that somebody can act on them.",
    ("text", "nothing_remembered"): "A few words are enough, even if they are not quite right.",
    ("goal", "empty"): "Write which skill you want to build, in a sentence.",
    ("goal", "too_long"): "This is too long; {limit} characters fit. One skill is enough.",
    ("topic", "unknown"): "There is no topic “{topic}” here (any more). Choose one from the list.",
    ("at", "past"): "This moment has passed already. Choose one that is still to come.",
    ("at", "too_far"): "Choose a moment within the next {limit} days.",
    ("until", "past"): "This moment has passed already. Choose one that is still to come.",
    ("until", "too_long"): "A pause lasts {limit} days at most.",
    ("days", "empty"): "Choose at least one day.",
    ("at", "empty"): "Choose a time of day.",
    ("weeks", "too_often"): "You have added a week {limit} times. Look back, then plan another sprint.",
    ("weeks", "out_of_range"): "Choose one to {limit} weeks.",
    ("confidence", "empty"): "Choose a number from 0 to 10.",
    ("minutes", "no_number"): "Write the minutes as a number, like 20.",
    ("minutes", "out_of_range"): "A day has {limit} minutes. Write a number from 0 to {limit}.",
    ("blocker", "too_long"): "This is too long; {limit} characters fit.",
    ("lesson", "too_long"): "This is too long; {limit} characters fit.",
    ("next", "too_long"): "This is too long; {limit} characters fit.",
    ("cue", "empty"): "Write the moment that starts it, like “the stand-up is over”.",
    ("level", "unknown"): "Choose one of the five levels.",
    ("channel", "none"): "These topics have no channel that I could post in.",
}
_ANY_FIELD = "This can't be used as it is. Please change it and try again."


_SCALE = ("much_less", "less", "expected", "more", "much_more", "measure", "baseline")
_ON_SCALE = {
    "empty": "Write what you would see at this level; a few words are enough.",
    "too_long": "This is too long; {limit} characters fit.",
    "same_level": "This says the same as another level. Write how the two differ.",
}


def of_field(refusal: errors.Invalid) -> str:
    """Return what is wrong with a field."""
    of_scale = _ON_SCALE.get(refusal.problem, _ANY_FIELD) if refusal.field in _SCALE else _ANY_FIELD
    words = _FIELDS.get((refusal.field, refusal.problem), of_scale)
    return words.format_map(_Facts({name: _fact(fact) for name, fact in refusal.facts.items()}))


def _fact(fact: str | int) -> str:
    return mrkdwn.inert(mrkdwn.nested(fact)) if isinstance(fact, str) else str(fact)


def _of_person(refusal: errors.CannotHelp) -> str:
    words = _WHY_NOT.get(refusal.why, _NOT_ABOUT_THIS)
    return words.format(who=mrkdwn.mention(refusal.person_id))


class _Facts(dict[str, Any]):
    """Facts of a refusal; one that is missing is left out of the sentence."""

    def __missing__(self, name: str) -> str:
        return "that"


_SENTENCES: Mapping[type[Exception], Callable[[Any], str]] = {
    errors.NotFound: lambda no: _OLD_CARD,
    errors.Unreadable: lambda no: (
        "A newer version of Waymark saved this, and this one can't open it yet. Nothing was changed. "
        "Please try again in a few minutes."
    ),
    errors.Repeated: lambda no: "That was saved already; once is enough.",
    errors.Superseded: lambda no: _OLD_CARD,
    errors.NotInstalled: lambda no: (
        "Waymark is not installed in this workspace (any more), so nothing was saved. "
        "Ask an admin to install it."
    ),
    errors.LockedOut: lambda no: (
        "I can't open my key to this workspace, so nothing was saved. "
        "Please tell whoever runs Waymark here: only they can mend this."
    ),
    errors.NotYours: lambda no: "Only the people this is about can do that.",
    errors.Ended: lambda no: (
        "This has come to its end, so it can't be changed any more. You can ask anew with `/ask-mentor`."
    ),
    errors.MadeWay: lambda no: (
        f"I keep your last {no.limit} texts, and this one made way for them. Please write it again."
    ),
    errors.AlreadyTaken: lambda no: "Somebody else has said yes to this already. Thank you for offering!",
    errors.HasHelper: lambda no: (
        "Somebody has said yes to this already: your talk is in your messages with me."
    ),
    errors.OfferOver: lambda no: "You don't need to answer this one any more. Thank you for looking!",
    errors.AskedAlready: lambda no: (
        "You've asked this already, and I'm still looking for someone. Its card is in your messages with me."
    ),
    errors.OwnRequest: lambda no: "This is your own question. Somebody else will take it.",
    errors.TooManyOpen: lambda no: (
        f"You have {no.limit} open questions and talks, which is as many as I can look after at a time. "
        "With `/ask-mentor status` you can withdraw a question or wrap up a talk; then ask again."
    ),
    errors.HelperFull: lambda no: (
        "You have no room left for this talk, by open talks or by minutes this week. Wrap up an open talk, "
        "or look at your weekly minutes in `/ask-mentor profile`."
    ),
    errors.NotAMember: lambda no: _NO_MEMBER.get(no.why, _NO_MEMBER["left"]),
    errors.CannotHelp: _of_person,
    errors.Invalid: of_field,
}


def sentence(refusal: Refusal | Unserved) -> str:
    """Return what a person is told, as mrkdwn."""
    known = next((_SENTENCES[kind] for kind in type(refusal).__mro__ if kind in _SENTENCES), None)
    return known(refusal) if known else "That isn't possible right now. Please try again in a minute."


def under(otherwise: str, **fields: str) -> Problems:
    """Return what tells the problems of one form, as *on_form* does."""
    return partial(on_form, fields=fields, otherwise=otherwise)


def on_form(refusal: Refusal, fields: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """Return the problems of a form by field: a refusal of no field of it stands under *otherwise*.

    *fields* maps the domain's names to the form's; the same name needs no entry. A field shows its first
    problem.
    """
    if not isinstance(refusal, errors.Invalid):
        return {fields.get(otherwise, otherwise): plain(sentence(refusal))}
    wrong = {each.field: each for each in reversed((refusal, *refusal.others))}
    return {fields.get(name, name): plain(sentence(each)) for name, each in wrong.items()}


def plain(text: str) -> str:
    """Return a sentence as Slack shows a form's problems: without markup, and without names it can't show."""
    named = re.sub(r"<@[^<>]*>", "this person", text).replace("`", "").replace("*", "")
    return mrkdwn.unescape(named[:1].upper() + named[1:])
