"""The form in which a person says what they help with, how much and when: builder and parser."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import topics_menu
from handlers.profile import words
from kernel.desk import Desk
from kernel.policy import Policy
from kernel.values import PersonId, TopicId
from kernel.working_hours import parse_hours, zone_name
from matching.values import LANES, Lane
from mentoring.model.load import QUESTIONS
from mentoring.model.person import (
    USUAL_LEVEL,
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

_MINUTES = (15, 30, 45, 60, 90, 120)
_QUESTIONS = (1, 2, 3, 5, 10)
_AT_ONCE = (1, 2, 3)
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
    level: CareerLevel = USUAL_LEVEL
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
    """The form with what is stored of a person."""
    person = await desk.find(Person, me)
    return form(person, desk, me, has_reports=await desk.store.count(reports_list(me)) > 0)


def form(person: Person | None, desk: Desk, me: PersonId, *, has_reports: bool = False) -> View:
    """The form with what is known of the person."""
    known = person or Person.model_construct(id=me)
    return blocks.modal(FORM, words.WHAT_I_HELP_WITH, _shown(known, desk, has_reports), submit=labels.SAVE)


def _shown(person: Person, desk: Desk, has_reports: bool) -> list[Block]:
    return [
        blocks.section(words.HOW_ASKED),
        *blocks.actions([] if person.enrolled_at else [later_button(desk)]),
        *(_topics(person, level, desk) for level in words.OWN_LEVELS),
        _anything(person),
        blocks.field("level", words.EXPERIENCE, blocks.menu(_numbered(labels.CAREER), str(person.level))),
        blocks.field("minutes_per_week", words.HOW_MUCH_TIME, _minutes(person, desk.policy)),
        blocks.field("questions_per_week", words.HOW_MANY, _questions(person)),
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
    return blocks.field(f"topics_{own_level}", words.OWN_LEVELS[own_level], element, optional=True)


def _anything(person: Person) -> Block:
    boxes = [blocks.option(words.ANYTHING, "anything")]
    element = blocks.checkboxes(boxes, ["anything"] if person.anything else ())
    hint = words.ANYTHING_MEANS
    return blocks.field("anything", words.ANY_QUESTION, element, hint=hint, optional=True)


def _numbered(labels: dict[int, str]) -> list[Element]:
    return [blocks.option(label, str(number)) for number, label in labels.items()]


def _minutes(person: Person, policy: Policy) -> Element:
    """The lengths to choose from, as far as the workspace allows, and the one chosen before."""
    lengths = sorted({*(it for it in _MINUTES if it <= policy.weekly_minutes), person.minutes_per_week} - {0})
    return blocks.menu(_numbered({it: words.minutes(it) for it in lengths}), str(person.minutes_per_week))


def _questions(person: Person) -> Element:
    """The numbers to choose from, and the one chosen before."""
    chosen = person.questions_per_week or ANY
    numbers = sorted({*_QUESTIONS, chosen} - {ANY})
    choices = {
        ANY: words.AS_MANY_AS_FIT,
        **{it: words.ONE if it == 1 else words.at_most(it) for it in numbers},
    }
    return blocks.menu(_numbered(choices), str(chosen))


def _at_once(person: Person, policy: Policy) -> Block:
    """The numbers to choose from, and the one that holds now: chosen before, or the workspace's."""
    now = person.questions_at_once or policy.open_offers
    numbers = {most: words.at_once(most) for most in sorted({*_AT_ONCE, now})}
    menu = blocks.menu(_numbered(numbers), str(now))
    return blocks.field("questions_at_once", words.HOW_MANY_AT_ONCE, menu, hint=words.NO_MORE_AT_ONCE)


def _hours(person: Person) -> Block:
    several = words.SEVERAL_HOURS
    hint = words.in_zone(zone_name(person.zone), several)
    element = blocks.text_input(
        initial=str(person.hours), at_most=_HOURS_LENGTH, placeholder=words.HOURS_EXAMPLE
    )
    return blocks.field("hours", words.YOUR_HOURS, element, hint=hint)


def _lanes(person: Person) -> Block:
    options = [blocks.option(words.LANES[lane], lane) for lane in LANES]
    return blocks.field("lanes", words.WHOM, blocks.checkboxes(options, person.lanes))


def _learns(person: Person, desk: Desk) -> Block:
    element = topics_menu.menu(person.learns, desk.topics)
    return blocks.field("learns", words.LEARN, element, optional=True)


def _languages(person: Person) -> Block:
    spoken = person.languages or tuple(filter(None, [language.of_locale(person.locale)]))
    element = blocks.several([blocks.option(name, name) for name in language.names()], spoken)
    hint = words.LANGUAGES_MEAN
    return blocks.field("languages", words.LANGUAGES, element, hint=hint, optional=True)


def _apart(person: Person, has_reports: bool) -> Block:
    element = blocks.people_menu(sorted(person.do_not_match), words.NOBODY)
    hint = words.not_told(_in_line(person, has_reports))
    return blocks.field("apart", words.NEVER_MATCH, element, hint=hint, optional=True)


def _in_line(person: Person, has_reports: bool) -> str:
    """Who is left out anyway, as far as the line of managers is known."""
    known = [
        *([words.MANAGERS] if person.managers else []),
        *([words.REPORTS] if has_reports else []),
    ]
    return words.in_line(known) if known else ""


def filled(view: View) -> Filled:
    """What was submitted, or raise Invalid for hours that can't be read."""
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
    """Each topic with its own level; one that stands under two counts at the higher."""
    rising = (said.topics_1, said.topics_2, said.topics_3)
    return {topic: level for level, topics in enumerate(rising, 1) for topic in topics}


def later_button(desk: Desk) -> Element:
    """The button that puts the invitation off."""
    weeks, rest = divmod(desk.policy.ask_again_days, 7)
    count, what = (desk.policy.ask_again_days, "day") if rest else (weeks, "week")
    return blocks.button(words.ask_again_in(count, what), LATER, "later")


def pause_buttons(paused: bool) -> list[Element]:
    """The one-tap pause, or the way back."""
    if paused:
        return [resume_button()]
    return [
        blocks.button(words.PAUSE_A_DAY, f"{PAUSE}.1d", "1d"),
        blocks.button(words.PAUSE_A_WEEK, f"{PAUSE}.1w", "1w"),
    ]


def resume_button(label: str = words.RESUME) -> Element:
    """The way back from a pause."""
    return blocks.button(label, RESUME, "pause", style="primary")


def invitation(person: Person, desk: Desk) -> Picture:
    """The card that invites someone to help, after they wished to be asked later."""
    if person.enrolled_at:
        return quiet("enrolled", [blocks.context(words.YOU_HELP_HERE)])
    shown = [
        blocks.section(words.WOULD_YOU_HELP),
        *blocks.actions(
            [blocks.button(words.CHOOSE_TOPICS, OPEN, person.id, style="primary"), later_button(desk)]
        ),
    ]
    return knock(f"invited:{person.id}", shown, closing=words.INVITATION_MOVED)


def stop_button() -> Element:
    """The button that ends being asked, and asks first."""
    sure = blocks.confirmation(words.STOP_SURE, words.STOP_MEANS, words.STOP, words.KEEP_HELPING)
    return blocks.button(words.STOP, LEAVE, "home", confirm=sure)


def enrolled(person: Person, desk: Desk) -> Picture:
    """The card that tells someone whom a list has made a helper what for, and how to change it."""
    if not person.enrolled_at:
        return quiet("left", [blocks.context(words.STOPPED)])
    news = words.PUT_ON_LIST
    what = words.MAY_ASK_YOU
    shown = [
        blocks.section(mrkdwn.cut(f"{news}\n{summary(person, desk)}\n{what}", mrkdwn.SECTION)),
        *blocks.actions([blocks.button(labels.CHANGE, OPEN, person.id, style="primary"), stop_button()]),
    ]
    return knock(f"enrolled:{person.id}", shown, closing=words.ENROLLED_MOVED)


def _and_questions(limit: int | None) -> str:
    return words.and_questions(limit) if limit else ""


def summary(person: Person, desk: Desk) -> str:
    """What a helper offers, in one paragraph."""
    named = [f"*{mrkdwn.inert(label)}*" for label in desk.topics.labels(tuple(person.topics))]
    shown = named if len(named) <= 12 else [*named[:12], words.more(len(named) - 12)]
    minutes = min(person.minutes_per_week, desk.policy.weekly_minutes)
    amount = words.up_to(minutes, _and_questions(person.questions_per_week))
    at_a_time = words.at_a_time(person.questions_at_once or desk.policy.open_offers)
    shown += [words.ANYTHING_ELSE if shown else words.ANY_QUESTION_TOO] if person.anything else []
    return words.you_help_with(mrkdwn.listed(shown), f"{amount}, {at_a_time}", texts.hours(person.hours))
