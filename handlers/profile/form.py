"""The form in which a person says what they help with, how much and when: builder and parser."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import topics_menu
from kernel.desk import Desk
from kernel.policy import Policy
from kernel.values import PersonId, TopicId
from kernel.working_hours import parse_hours, zone_name
from matching.values import LANES, Lane
from mentoring.model.load import QUESTIONS
from mentoring.model.person import (
    CareerLevel,
    MinutesPerWeek,
    OwnLevel,
    Person,
    Profile,
    QuestionsAtOnce,
    reports_list,
)
from sensing.text import language

FORM = "profile.form"
OPEN = "profile.open"
PAUSE = "profile.pause"
RESUME = "profile.resume"
LATER = "profile.ask_again"
LEAVE = "profile.leave"

OWN_LEVELS = {
    3: "Topics that I know in depth",
    2: "Topics that I work with",
    1: "Topics that I know a little",
}
CAREER = {
    1: "Intern or trainee",
    2: "Junior",
    3: "Experienced",
    4: "Senior",
    5: "Lead or staff",
    6: "Principal or head",
    7: "Director or above",
}
_LANES = {
    Lane.PEER: "People at my level",
    Lane.SENIOR: "People with less experience than I have",
    Lane.REVERSE: "People with more experience than I have",
}
_MINUTES = (15, 30, 45, 60, 90, 120)
_QUESTIONS = (1, 2, 3, 5, 10)
_AT_ONCE = (1, 2, 3)
_NUMBERS = {1: "one", 2: "two", 3: "three"}
ANY = 0  # questions a week: no limit
_HOURS_LENGTH = 300
problems = refusals.under("topics_3", topics="topics_3", minutes="minutes_per_week")


@dataclass(frozen=True, slots=True)
class _Said:
    """The fields of the form."""

    hours: str = ""
    topics_1: tuple[TopicId, ...] = ()
    topics_2: tuple[TopicId, ...] = ()
    topics_3: tuple[TopicId, ...] = ()
    level: CareerLevel = 3
    anything: Annotated[bool, BeforeValidator(bool)] = False
    learns: tuple[TopicId, ...] = ()
    languages: tuple[str, ...] = ()
    lanes: frozenset[Lane] = frozenset()
    minutes_per_week: MinutesPerWeek = 60
    questions_per_week: Annotated[int, Field(ge=ANY, le=QUESTIONS)] = ANY
    questions_at_once: QuestionsAtOnce | None = None
    apart: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Filled:
    """What was submitted: the profile, and with whom the person is never brought together."""

    profile: Profile
    apart: frozenset[PersonId]


async def known_form(desk: Desk, me: PersonId) -> View:
    """Return the form with what is stored of a person."""
    person = await desk.find(Person, me)
    return form(person, desk, me, has_reports=await desk.store.count(reports_list(me)) > 0)


def form(person: Person | None, desk: Desk, me: PersonId, *, has_reports: bool = False) -> View:
    """Return the form with what is known of the person."""
    known = person or Person.model_construct(id=me)
    return blocks.modal(FORM, "What I can help with", _shown(known, desk, has_reports), submit="Save")


def _shown(person: Person, desk: Desk, has_reports: bool) -> list[Block]:
    intro = "If a question can wait, only your working hours count. You can always say *Not now*."
    return [
        blocks.section(intro),
        *blocks.actions([] if person.enrolled_at else [later_button(desk)]),
        *(_topics(person, level, desk) for level in OWN_LEVELS),
        _anything(person),
        blocks.field("level", "Your experience", blocks.menu(_numbered(CAREER), str(person.level))),
        blocks.field("minutes_per_week", "How much time a week?", _minutes(person, desk.policy)),
        blocks.field("questions_per_week", "How many questions a week?", _questions(person)),
        _at_once(person, desk.policy),
        _hours(person),
        _lanes(person),
        _learns(person, desk),
        _languages(person),
        _apart(person, has_reports),
    ]


def _topics(person: Person, own_level: int, desk: Desk) -> Block:
    chosen = [topic for topic, level in person.topics.items() if level == own_level]
    element = topics_menu.menu(chosen, desk.topics)
    return blocks.field(f"topics_{own_level}", OWN_LEVELS[own_level], element, optional=True)


def _anything(person: Person) -> Block:
    boxes = [blocks.option("Ask me about anything", "anything")]
    element = blocks.checkboxes(boxes, ["anything"] if person.anything else ())
    hint = "Then I may also ask you when I can't tell what a question is about."
    return blocks.field("anything", "Any question", element, hint=hint, optional=True)


def _numbered(labels: dict[int, str]) -> list[Element]:
    return [blocks.option(label, str(number)) for number, label in labels.items()]


def _minutes(person: Person, policy: Policy) -> Element:
    """Return the lengths to choose from, as far as the workspace allows, and the one chosen before."""
    lengths = sorted({*(it for it in _MINUTES if it <= policy.weekly_minutes), person.minutes_per_week} - {0})
    return blocks.menu(_numbered({it: f"{it} minutes" for it in lengths}), str(person.minutes_per_week))


def _questions(person: Person) -> Element:
    """Return the numbers to choose from, and the one chosen before."""
    chosen = person.questions_per_week or ANY
    numbers = sorted({*_QUESTIONS, chosen} - {ANY})
    labels = {ANY: "As many as fit", **{it: "One" if it == 1 else f"At most {it}" for it in numbers}}
    return blocks.menu(_numbered(labels), str(chosen))


def _at_once(person: Person, policy: Policy) -> Block:
    """The numbers to choose from, and the one that holds now: chosen before, or the workspace's."""
    now = person.questions_at_once or policy.open_offers
    labels = {
        it: "One question at a time" if it == 1 else f"Up to {_NUMBERS.get(it, it)}"
        for it in sorted({*_AT_ONCE, now})
    }
    hint = "I don't send you more than this before you've answered."
    return blocks.field(
        "questions_at_once", "How many at a time?", blocks.menu(_numbered(labels), str(now)), hint=hint
    )


def _hours(person: Person) -> Block:
    several = "Several are fine: mon-thu 09:00-17:00, fri 09:00-13:00."
    hint = f"In your time zone ({zone_name(person.zone)}). {several}"
    element = blocks.text_input(
        initial=str(person.hours), at_most=_HOURS_LENGTH, placeholder="mon-fri 09:00-17:00"
    )
    return blocks.field("hours", "Your hours", element, hint=hint)


def _lanes(person: Person) -> Block:
    options = [blocks.option(_LANES[lane], lane) for lane in LANES]
    return blocks.field("lanes", "Who would you help?", blocks.checkboxes(options, person.lanes))


def _learns(person: Person, desk: Desk) -> Block:
    element = topics_menu.menu(person.learns, desk.topics)
    return blocks.field("learns", "What would you like to learn?", element, optional=True)


def _languages(person: Person) -> Block:
    spoken = person.languages or tuple(filter(None, [language.of_locale(person.locale)]))
    element = blocks.several([blocks.option(name, name) for name in language.names()], spoken)
    hint = "A question that isn't in English goes first to people who speak its language."
    return blocks.field("languages", "Languages besides English", element, hint=hint, optional=True)


def _apart(person: Person, has_reports: bool) -> Block:
    element = blocks.people_menu(sorted(person.do_not_match), "Nobody")
    hint = f"They are not told.{_in_line(person, has_reports)}"
    return blocks.field("apart", "Never match me with", element, hint=hint, optional=True)


def _in_line(person: Person, has_reports: bool) -> str:
    """Return who is left out anyway, as far as the line of managers is known."""
    known = [
        *(["the managers above you"] if person.managers else []),
        *(["the people who report to you"] if has_reports else []),
    ]
    return f" I also never match you with {' or '.join(known)} in your admins' list." if known else ""


def filled(view: View) -> Filled:
    """Return what was submitted, or raise Invalid for hours that can't be read."""
    said = payload.filled(_Said, view)
    profile = Profile(
        topics=_leveled(said),
        anything=said.anything,
        level=said.level,
        learns=said.learns,
        languages=tuple(name for name in said.languages if name in language.names()),
        lanes=said.lanes,
        minutes_per_week=said.minutes_per_week,
        questions_per_week=said.questions_per_week or None,
        questions_at_once=said.questions_at_once,
        hours=parse_hours(said.hours),
    )
    return Filled(profile, said.apart)


def _leveled(said: _Said) -> dict[TopicId, OwnLevel]:
    """Return each topic with its own level; one that stands under two counts at the higher."""
    rising = (said.topics_1, said.topics_2, said.topics_3)
    return {topic: level for level, topics in enumerate(rising, 1) for topic in topics}


def later_button(desk: Desk) -> Element:
    """Return the button that puts the invitation off."""
    weeks, rest = divmod(desk.policy.ask_again_days, 7)
    count, what = (desk.policy.ask_again_days, "day") if rest else (weeks, "week")
    return blocks.button(f"Ask me again in {count} {what}{'' if count == 1 else 's'}", LATER, "later")


def pause_buttons(paused: bool) -> list[Element]:
    """Return the one-tap pause, or the way back."""
    if paused:
        return [resume_button()]
    return [
        blocks.button("Pause for a day", f"{PAUSE}.1d", "1d"),
        blocks.button("Pause for a week", f"{PAUSE}.1w", "1w"),
    ]


def resume_button(label: str = "Resume now") -> Element:
    """Return the way back from a pause."""
    return blocks.button(label, RESUME, "pause", style="primary")


def invitation(person: Person, desk: Desk) -> Picture:
    """Return the card that invites someone to help, after they wished to be asked later."""
    if person.enrolled_at:
        return quiet("enrolled", [blocks.context("You're one of the people who help here. Thank you!")])
    shown = [
        blocks.section("*Would you help someone now and then?* You asked me to check back."),
        *blocks.actions(
            [blocks.button("Choose my topics", OPEN, person.id, style="primary"), later_button(desk)]
        ),
    ]
    return knock(f"invited:{person.id}", shown, closing="This invitation moved down to a newer message.")


def stop_button() -> Element:
    """Return the button that ends being asked, and asks first."""
    sure = blocks.confirmation(
        "Stop helping?", "I won't ask you any more. Your topics are kept.", "Stop helping", "Keep helping"
    )
    return blocks.button("Stop helping", LEAVE, "home", confirm=sure)


def enrolled(person: Person, desk: Desk) -> Picture:
    """Return the card that tells someone whom a list has made a helper what for, and how to change it."""
    if not person.enrolled_at:
        return quiet("left", [blocks.context("You've stopped helping, so I won't ask you.")])
    news = "*Your admins put you on the list of people who help colleagues here.*"
    what = "When someone asks about one of these, I may ask you. You can always say *Not now*."
    shown = [
        blocks.section(mrkdwn.cut(f"{news}\n{summary(person, desk)}\n{what}", mrkdwn.SECTION)),
        *blocks.actions([blocks.button("Change", OPEN, person.id, style="primary"), stop_button()]),
    ]
    return knock(f"enrolled:{person.id}", shown, closing="What you help with moved to a newer message.")


def _and_questions(limit: int | None) -> str:
    return f" and {'one question' if limit == 1 else f'{limit} questions'}" if limit else ""


def _at_a_time(most: int) -> str:
    return "one question at a time" if most == 1 else f"up to {_NUMBERS.get(most, most)} questions at a time"


def summary(person: Person, desk: Desk) -> str:
    """Return what a helper offers, in one paragraph."""
    labels = [f"*{mrkdwn.inert(label)}*" for label in desk.topics.labels(tuple(person.topics))]
    shown = labels if len(labels) <= 12 else [*labels[:12], f"{len(labels) - 12} more"]
    minutes = min(person.minutes_per_week, desk.policy.weekly_minutes)
    at_a_time = _at_a_time(person.questions_at_once or desk.policy.open_offers)
    amount = f"up to {minutes} minutes{_and_questions(person.questions_per_week)} a week, {at_a_time}"
    shown += ["anything else" if shown else "any question"] if person.anything else []
    return f"You help with {mrkdwn.listed(shown)}, {amount}, {texts.hours(person.hours)}."
