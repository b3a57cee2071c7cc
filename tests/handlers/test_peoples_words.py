"""What people typed is a quotation in all that the app shows: never markup, never hidden, never a ping.

Each text says a word that the app never says itself, so that it is found wherever it comes out.
"""

import asyncio
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from types import CodeType, FrameType
from typing import Any

import make_sprint
import pytest
import slack_limits
import test_every_view as every_view
from make import ADA, ASKER, NOW, helper
from make_home import home_tab

import handlers
from coaching.guide.consent import Consent
from coaching.guide.model import Terms
from coaching.sprints.goal_scale import NAMES, GoalScale
from coaching.sprints.outline import QUESTIONS, SprintOutline
from coaching.sprints.sprint import IfThen, Review, Sprint
from handlers.block_kit import blocks, mrkdwn, refusals
from handlers.block_kit.picture import Picture
from handlers.guided_talks import model_consent
from handlers.interactions import topics_menu
from handlers.sprints import card as sprint_card
from handlers.sprints import check_in_form, outline_card, outline_forms
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.triage import advice, level_menu, mind_form, triage_step
from kernel.errors import Invalid
from kernel.policy import Contact, Nudges, Policy
from mentoring.requests.drafts import Draft
from sensing.safety.safety import Category, Finding, Tier
from sensing.triage.triage import Advice, Because, Choice, TriageFeature, advise

Json = dict[str, Any]

TEXTS = {
    # What is cut short still has a mark, a mention, a channel's ping and a link in it.
    "markup": "*zorkel* <!here|zorkel> <@U0ZORKEL> https://zorkel.example/*_a_* _zorkel_ ~zorkel~ `zorkel`"
    " ```zorkel``` :zorkel: > zorkel <@U0ZORKEL|zorkel> <!channel> <#C0ZORKEL|zorkel> &lt;@U0X&gt;"
    " <https://zorkel.example|zorkel> https://bank.example@zorkel.eu",
    "breaks": "zorkel” \u202ezorkel\u2066\n*Waymark:* “zorkel\r> zorkel\u2028zorkel\u2029zorkel\x85zorkel"
    "\x0bzorkel\x0czorkel \u200bzorkel \u200f\u061c\ufeff\xad\x00\x1b zorkel\U000e0041 zorkel” zorkel",
}
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff]"
)
LIVE = re.compile(
    r"[*_~`]zorkel|zorkel[*_~`]|:zorkel:|<[@#!][^>]*zorkel|<@U0ZORKEL|<!(?:channel|here|everyone|subteam)"
    r"|<https?:[^>|]*\|",
    re.IGNORECASE,
)
PAIR = re.compile("“[^“”]*”")
LINK = {"type": "link", "url": "https://a.example", "text": "b"}
PROFESSIONAL = (Finding(Tier.PROFESSIONAL, Category.PAY), Finding(Tier.CARE, None))
SUPPORT = Policy(support=(Contact(name="Ada", how="call 1"),))


def sprints(text: str) -> Iterator[Sprint]:
    scale = GoalScale(**dict.fromkeys(GoalScale.model_fields, text))
    said = {"goal": text, "scale": scale, "if_then": IfThen(cue=text, action=text)}
    begun = make_sprint.sprint(**said, partner_id=ADA)
    going = begun.check_in(make_sprint.check_in(blocker=text)).check_in(make_sprint.check_in(blocker=text))
    review = Review(level=1, confidence=5, lesson=text, next=text)
    yield from (begun, make_sprint.sprint(**said))
    for agreed in (going, going.agree(ADA, "yes"), going.agree(ADA, "no"), going.agree(ADA, "yes").digest()):
        yield from (agreed, agreed.pause(NOW), agreed.come_to_review(), agreed.end(NOW))
        yield agreed.come_to_review().model_copy(update={"state": "done", "review": review, "ended_at": NOW})


def of_sprints(text: str) -> Iterator[Picture | Json]:
    desk, now = every_view.desk(policy=SUPPORT), NOW + timedelta(days=3)
    for sprint in sprints(text):
        yield sprint_card.card(sprint, desk, now)
        yield from (sprint_card.partner(sprint, to, desk, now) for to in (ADA, ASKER))
        for about in ("check_in", "rehearse", "recap", "stopped", "follow_up"):
            nudged = sprint.nudge(about, NOW)
            yield from filter(None, [sprint_nudges.nudge(nudged, Nudges(), now)])
        yield sprint_form.adjust_form(sprint, "c")
        yield from (form(sprint, "c") for form in (check_in_form.check_in, check_in_form.recall))
        yield check_in_form.review(sprint, "c")
        if sprint.check_ins:
            yield from (check_in_form.saved(sprint, now), check_in_form.recalled(sprint, text))
    levels = dict.fromkeys(NAMES.values(), text)
    for count in range(len(QUESTIONS) + 1):
        outline = SprintOutline(
            id="O1", person_id=ASKER, made_at=NOW, goal=text, levels=levels, cue=text, action=text, days=(1,)
        ).model_copy(update={"agreed": frozenset(QUESTIONS[:count])})
        yield outline_card.card(outline, (), None, "UTC")
        yield outline_forms.form(outline, desk, "UTC")
    yield sprint_form.form(sprint_form.Filling("c", goal=text, cue=text, action=text), desk, "UTC")


def of_coaching(text: str) -> Iterator[Json]:
    """Yield what is said before a talk begins: which help fits, what is kept, whom to turn to."""
    desk, terms = every_view.desk(policy=SUPPORT), Terms(provider="P", host="h.example", model="m")
    because = tuple(Because(feature, (text[:60], text[:60])) for feature in list(TriageFeature)[:3])
    for finding in (Finding(Tier.STOP, None), Finding(Tier.CARE, Category.HARASSMENT), *PROFESSIONAL):
        care = [*advice.care(finding, SUPPORT.support), *advice.beside_a_report(finding, SUPPORT.support)]
        yield shown(advice.with_care("d", text, care))
    for choice in Choice:
        fits = Advice(choice, because, (), 9.0)
        for block in (advice.advised("d", text, fits, []), advice.instead("d", text, fits, [])):
            yield shown(block)
        yield from (shown([blocks.context(line)]) for line in advice.also(fits))
    asks = [
        level_menu.asked(None, "d"),
        level_menu.asked(helper(ASKER, level=5), "d"),
        level_menu.asked_beside("r"),
    ]
    yield shown(advice.advised("d", text, advise(text), asks))
    hard = f"I keep putting off a hard conversation with my manager and I can't decide. {text}"
    draft = Draft(id="D", person_id=ASKER, text=hard, source="dm", made_at=NOW)
    yield from map(shown, filter(None, [asyncio.run(triage_step.better(draft, desk))]))
    yield home_tab(desk)
    said = Consent(id=ASKER, sent=(text, text), sent_at=NOW)
    agreed = said.model_copy(update={"answer": "agreed", "terms": terms, "answered_at": NOW})
    for word in (said, agreed):
        yield shown(model_consent.privacy(SUPPORT, terms, word))
        yield model_consent.sent_view(word)
    yield shown(model_consent.asked(terms, "about"))
    yield mind_form.form("c")
    for problem in ("unknown", "unknown_word", "bad_time"):
        for field in ("topics", "hours"):
            yield shown([blocks.section(refusals.sentence(Invalid(field, problem, topic=text, word=text)))])
    yield shown(blocks.without_agents(blocks.verbatim(text)))
    yield shown([blocks.section(f"I don't know {mrkdwn.quoted(text, 60)}.")])


def shown(said: list[Json]) -> Json:
    return {"text": blocks.spoken(said), "blocks": said}


def everything(typed: str) -> Iterator[Json]:
    """Yield every message and view that the app can show where people typed this everywhere."""
    text = f"{typed} "
    pictures = (every_view.pictures(text), every_view.said(text), of_sprints(text))
    for made in (*pictures, every_view.answers(text), every_view.views(text), every_view.homes(text)):
        for one in made:
            yield {"text": one.text, "blocks": one.blocks} if isinstance(one, Picture) else one
    yield from of_coaching(text)
    topics_menu.choices("", every_view.NONE)


def texts_of(node: Any) -> Iterator[tuple[str, str]]:
    """Yield every text that is to be read, with the kind of what holds it; what a field begins with apart."""
    if isinstance(node, list):
        for item in node:
            yield from texts_of(item)
    elif isinstance(node, dict):
        kind = str(node.get("type", ""))
        if kind.startswith("rich_text_"):
            yield "".join(leaf["text"] for leaf in node["elements"]), kind
        else:
            yield from [(node["text"], kind or "fallback")] if isinstance(node.get("text"), str) else ()
            yield from texts_of(list(node.values()))


def faults(text: str, holder: str) -> Iterator[str]:
    """Yield what is wrong with a text that people's words came out in."""
    if found := HIDDEN.search(text):
        yield f"{found.group()!r} is hidden in {text!r}"
    if holder in ("mrkdwn", "fallback") and (live := LIVE.search(text)):
        yield f"{live.group()!r} is markup in {text!r}"
    # What nests in quotation marks is taken out first, then what holds it.
    if holder in ("mrkdwn", "rich_text_section") and said(PAIR.sub("", PAIR.sub("", text))):
        yield f"outside a quotation: {text!r}"


def said(text: str) -> int:
    """In how many lines the word is said."""
    return sum("zorkel" in line.casefold() for line in text.split("\n"))


def faults_of(message: Json) -> list[str]:
    texts = list(texts_of(message))
    words = [fault for text, holder in texts for fault in faults(text, holder)]
    links = [f"a link says {leaf}" for leaf in leaves(message) if leaf.get("text") != leaf.get("url")]
    kinds = {leaf["type"] for leaf in leaves(message, ("user", "channel", "usergroup", "broadcast", "emoji"))}
    return [*words, *links, *kinds, *unmarked(message)]


def unmarked(message: Json) -> Iterator[str]:
    """Yield that fewer lines are marked as quotations in the text than in the blocks."""
    quotes = leaves(message.get("blocks"), ("rich_text_quote", "rich_text_preformatted"))
    lines = sum(said("".join(leaf["text"] for leaf in quote["elements"])) for quote in quotes)
    heard = [line for line in str(message.get("text", "")).split("\n") if line.startswith("> ")]
    if "text" in message and said("\n".join(heard)) < lines:
        yield f"not marked as a quotation: {message['text']!r}"


def leaves(node: Any, kinds: Iterable[str] = ("link",)) -> Iterator[Json]:
    if isinstance(node, dict):
        if node.get("type") in kinds:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from leaves(item, kinds)


def limits_of(message: Json) -> list[str]:
    is_view = message.get("type") in ("modal", "home")
    return slack_limits.faults_of_view(message) if is_view else slack_limits.faults_of_message(message)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_people_typed_is_a_quotation_everywhere(text: str):
    found = {fault: message for message in everything(text) for fault in faults_of(message)}

    assert list(found) == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_the_other_test_does_not_show_is_within_slacks_limits_too(text: str):
    for message in [*of_coaching(text), *map(as_message, of_sprints(text))]:
        assert limits_of(message) == []


def as_message(one: Picture | Json) -> Json:
    return {"text": one.text, "blocks": one.blocks} if isinstance(one, Picture) else one


@cache
def views() -> Mapping[str, CodeType]:
    """Every public function of the app that makes something to be shown."""
    inside = pkgutil.walk_packages(handlers.__path__, f"{handlers.__name__}.")
    modules = [importlib.import_module(module.name) for module in inside]
    return {
        f"{module.__name__}.{name}": made_by.__code__
        for module in modules
        for name, made_by in inspect.getmembers(module, inspect.isfunction)
        if made_by.__module__ == module.__name__
        and not name.startswith("_")
        and not inspect.iscoroutinefunction(made_by)
        and _made(str(inspect.signature(made_by).return_annotation))
    }


def _made(annotation: str) -> bool:
    shown = (Picture.__name__, "dict[str, typing.Any]")
    return "Callable" not in annotation and "Iterator" not in annotation and any(map(annotation.count, shown))


def test_no_view_is_left_out():
    seen: set[CodeType] = set()

    def note(frame: FrameType, _: str, __: object) -> None:
        seen.add(frame.f_code)

    before = sys.gettrace()
    sys.settrace(note)
    try:
        for _ in everything("zorkel?"):
            pass
    finally:
        sys.settrace(before)
    called = {view for view, code in views().items() if code in seen}

    assert len(views()) > 100
    # One shows nothing, as a message goes; one adds nothing to a card.
    assert views().keys() - called == {
        "handlers.block_kit.picture.gone",
        "handlers.interactions.conversation.unchanged",
    }


@pytest.mark.parametrize(
    "broken",
    [
        shown([blocks.section("It says zorkel.")]),
        shown([blocks.section("It says “*zorkel*”.")]),
        shown([blocks.section("It says “zorkel <@U0ZORKEL>”.")]),
        shown([blocks.section("> zorkel")]),
        {"text": "zorkel", "blocks": blocks.quotation("zorkel")},
        shown([blocks.lines([("Goal:", "zorkel")])]),
        {"text": "", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "a\u202eb"}}]},
        {"text": "", "blocks": [{"type": "rich_text", "elements": [LINK]}]},
        {"text": "", "blocks": [{"type": "rich_text", "elements": [{"type": "user", "user_id": "U1"}]}]},
    ],
)
def test_the_checker_finds_what_is_wrong(broken: Json):
    assert faults_of(broken)
