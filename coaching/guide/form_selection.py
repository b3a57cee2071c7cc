"""Which guided talk fits what somebody brings. Pure."""

from functools import cache

from coaching.language.form import FormId
from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import normal, words
from sensing.triage.triage import TriageFeature, features

_BY_LIST: dict[str, FormId] = {"hard_talk": "clear", "decision": "grow", "habit": "woop", "stuck": "oskar"}
_BY_FEATURE: dict[TriageFeature, FormId] = {
    TriageFeature.HARD_TALK: "clear",
    TriageFeature.OWN_DECISION: "grow",
}
_CHOICE = "choice"
_ORDER: tuple[FormId, ...] = ("clear", "grow", "woop", "oskar")


def form_for(text: str) -> FormId:
    """The guided talk that fits: a conversation ahead before a choice, a habit before being stuck; else GROW.

    Where two things are named to choose between, it is the choice.

    The lists of phrases in `sensing/words/talks` decide; where none of them says anything, what tells one
    kind of help from another does.
    """
    found = _finder().named(words(normal(text)))
    listed = {_BY_LIST[name] for name in found if name != _CHOICE} if _CHOICE not in found else {"grow"}
    shown = listed or {_BY_FEATURE[feature] for feature in features(text) if feature in _BY_FEATURE}
    return next((form for form in _ORDER if form in shown), "grow")


@cache
def _finder() -> Finder:
    return Finder({name: phrases(f"talks/{name}") for name in (*_BY_LIST, _CHOICE)})
