"""What a sprint says in Slack: within its limits, whatever was written, and without blame."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import slack_limits
from make import ADA, ASKER, DAY, NOW
from make_sprint import SCALE, check_in, plan, sprint
from test_every_view import MANY, TEN, TEXTS, bold_faults, desk, mrkdwn_of

from coaching.sprints.goal_scale import NAMES, GoalScale, Level
from coaching.sprints.outline import QUESTIONS, SprintOutline
from coaching.sprints.sprint import IfThen, Review, Sprint
from handlers.block_kit import blocks
from handlers.block_kit.picture import Picture
from handlers.sprints import card as sprint_card
from handlers.sprints import check_in_form, outline_card, outline_forms
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.sprints import words as sprint_words
from handlers.sprints.form import Filling
from kernel.policy import Nudges
from kernel.sprint_templates import Example, Levels, SprintTemplate

RULES = Nudges()
BANKS = {
    "reminders": sprint_words.REMINDERS,
    "rehearsals": sprint_words.REHEARSALS,
    "recaps": sprint_words.RECAPS,
    "follow-ups": sprint_words.FOLLOW_UPS,
}
SHAME = re.compile(
    r"\b(fail|failed|missed|lost|broke|broken|only|should|must|lazy|sorry|bad)\b", re.IGNORECASE
)


def written(text: str, **changed: Any) -> Sprint:
    scale = GoalScale(**{name: f"{number} {text}"[:300] for number, name in enumerate(NAMES.values())})
    said = {"goal": text[:500], "scale": scale, "if_then": IfThen(cue=text[:500], action=text[:500])}
    going = sprint(topic=TEN[0], partner_id=ADA, **said)
    for number in range(40):
        level = number % 5 - 2
        going = going.check_in(check_in(NOW + number * timedelta(hours=9), level=level, blocker=text[:500]))
    return going.model_copy(update=changed)


def in_every_state(text: str) -> Iterator[Sprint]:
    review = Review(level=2, confidence=9, lesson=text[:500], next=text[:500])
    for consent in ("none", "asked", "yes", "no"):
        for begun in (written(text, consent=consent, digests=1), sprint(partner_id=ADA)):
            yield begun
            yield begun.pause(NOW)
            yield begun.come_to_review()
            yield begun.end(NOW + DAY)
            yield begun.reviewed(review, NOW + DAY).lasted("w2", "yes").lasted("w6", "no")
            yield begun.stop_reminding(NOW)


def nudges(going: Sprint) -> Iterator[Picture]:
    for about in ("rehearse", "check_in", "recap", "stopped", "follow_up"):
        for number in range(6):
            told = going.nudge(about, NOW + number * DAY).model_copy(update={"unanswered": number})
            yield from filter(None, [sprint_nudges.nudge(told, RULES, NOW + number * DAY)])
            yield from filter(None, [sprint_nudges.nudge(told.heeded(), RULES, NOW)])


def pictures(text: str) -> Iterator[Picture]:
    for going in in_every_state(text):
        yield sprint_card.card(going, desk(), NOW + 9 * DAY)
        yield from (sprint_card.partner(going, to, desk(), NOW + 9 * DAY) for to in (ADA, ASKER))
        yield from nudges(going)
    for outline in outlines(text):
        for suggested in ((), many_suggestions()):
            yield outline_card.card(outline, suggested, None, "America/Argentina/ComodRivadavia")


def outlines(text: str) -> Iterator[SprintOutline]:
    said = SprintOutline(
        id="O" * 20,
        person_id=ASKER,
        made_at=NOW,
        goal=text[:500],
        levels=dict.fromkeys(NAMES.values(), text[:300]),
        days=(0, 1, 2),
        cue=text[:500],
        action=text[:500],
    )
    for count in range(len(QUESTIONS) + 1):
        yield said.model_copy(update={"agreed": frozenset(QUESTIONS[:count])})
    yield from (said.over(state) for state in ("begun", "dropped"))


def many_suggestions() -> tuple[SprintTemplate, ...]:
    level = Levels(**{name: SCALE.words(number) for number, name in NAMES.items()})
    example = Example(cue="lunch", action="read")
    return tuple(
        SprintTemplate(id=f"s-{number}", label="😀" * 37, goal="x" * 300, levels=level, if_then=example)
        for number in range(50)
    )


def views(text: str) -> Iterator[dict[str, Any]]:
    yield from (outline_forms.form(it, desk(), "America/Argentina/ComodRivadavia") for it in outlines(text))
    going = written(text)
    levels = dict.fromkeys(NAMES.values(), text)
    full = Filling("c" * 20, text, TEN, text, text, levels, cue=text, action=text, draft_id="d" * 20)
    yield sprint_form.form(full, desk(), "America/Argentina/ComodRivadavia")
    yield sprint_form.form(Filling("c"), desk(), "UTC")
    yield sprint_form.adjust_form(going, "c")
    for made in (going, sprint()):
        yield check_in_form.check_in(made, "c")
        yield check_in_form.recall(made, "c")
        yield check_in_form.review(made, "c")
        yield check_in_form.recalled(made, text)
    yield check_in_form.saved(going, NOW)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_card_is_within_slacks_limits(text: str):
    for picture in pictures(text):
        assert slack_limits.faults_of_message({"text": picture.text, "blocks": picture.blocks}) == []
        assert picture.knock == (picture.closing is not None)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_form_is_within_slacks_limits(text: str):
    for view in views(text):
        assert slack_limits.faults_of_view(view) == []


def test_suggested_sprints_of_any_number_fit_into_the_form():
    suggested = many_suggestions()
    for filling in (Filling("c"), sprint_form.of_template(suggested[0], "c")):
        view = sprint_form.form(filling, _with(suggested), "UTC")
        assert slack_limits.faults_of_view(view) == []


def _with(suggested: tuple[SprintTemplate, ...]) -> Any:
    made = desk(MANY)
    return type(made)(
        made.store, made.topics, made.policy, made.directory, made.presence, templates=suggested
    )


def test_bold_text_is_never_put_into_bold_text():
    texts = set(mrkdwn_of([[picture.blocks for picture in pictures("How?")], list(views("How?"))]))

    assert len(texts) > 50
    assert [line for text in sorted(texts) for line in bold_faults(text)] == []


@pytest.mark.parametrize("bank", BANKS.values(), ids=BANKS)
def test_a_message_has_at_least_five_wordings_and_none_shames(bank: tuple[str, ...]):
    assert len(set(bank)) >= 5
    assert all(len(wording.split()) <= 40 for wording in bank)
    assert not [wording for wording in bank if SHAME.search(wording)]


def test_a_wording_comes_back_only_after_all_the_others():
    going = sprint()
    said = []
    for number in range(len(sprint_words.REMINDERS)):
        going = going.nudge("check_in", NOW + number * DAY)
        said.append(sprint_nudges.wording(sprint_words.REMINDERS, going.nudged))

    assert len(set(said)) == len(said)


def test_every_message_leads_to_a_person():
    for going in (sprint(), written("How?")):
        for about in ("rehearse", "check_in", "recap", "stopped"):
            picture = sprint_nudges.nudge(going.nudge(about, NOW), RULES, NOW)
            assert picture is not None
            assert sprint_card.PERSON in str(picture.blocks)


def test_after_two_ignored_reminders_it_is_said_that_fewer_come():
    told = sprint().nudge("check_in", NOW).model_copy(update={"unanswered": 3})
    picture = sprint_nudges.nudge(told, RULES, NOW)

    assert picture is not None
    assert "half as often" in picture.text


def test_the_question_for_the_plan_does_not_give_it_away():
    view = check_in_form.recall(sprint(), "c")

    assert "stand-up" not in str(view)


def test_a_chart_shows_each_check_in_at_its_level():
    drawn = sprint_words.chart((-2, 0, 1))

    assert drawn.splitlines()[1:-1] == [
        "+2 | · · ·",
        "+1 | · · ●",
        " 0 | · ● ·",
        "−1 | · · ·",
        "−2 | ● · ·",
    ]


def test_a_chart_of_many_check_ins_shows_the_latest():
    many: tuple[Level, ...] = (-2,) * 50 + (2,) * sprint_words.COLUMNS

    assert "●" not in sprint_words.chart(many).splitlines()[-2]


def test_reminders_on_every_day_are_said_so():
    assert sprint_words.days(tuple(range(7))) == "every day"
    assert sprint_words.days(plan().days) == "on Tuesday and Thursday"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ((0, 1, 2, 3, 4), "from Monday to Friday"),
        ((2, 3, 4), "from Wednesday to Friday"),
        ((0, 1), "on Monday and Tuesday"),
        ((0, 2, 4), "on Monday, Wednesday and Friday"),
    ],
)
def test_days_in_a_row_are_said_as_a_row(chosen: tuple[int, ...], said: str):
    assert sprint_words.days(chosen) == said


def test_a_zone_is_named_by_its_city():
    assert sprint_words.clocks("America/Los_Angeles") == "Los Angeles time"
    assert sprint_words.clocks("UTC") == "UTC time"


def test_the_chart_and_the_picture_of_a_review_end_at_the_same_level():
    closed = sprint().check_in(check_in(level=-1)).check_in(check_in(level=0))
    closed = closed.reviewed(Review(level=1, confidence=8), NOW)

    shown = sprint_card.card(closed, desk(), NOW).text

    assert sprint_words.chart((-1, 0, 1)) in shown
    assert "Levels so far: −1, 0, +1; the last one is the review's" in shown
    assert sprint_words.chart_in_words(closed).startswith("Levels so far: −1, 0, +1")


def test_a_partner_reads_one_level_at_the_end():
    closed = sprint(partner_id=ADA).agree(ADA, "yes").check_in(check_in(level=0))
    closed = closed.reviewed(Review(level=1, confidence=8), NOW)

    shown = sprint_card.partner(closed, ADA, desk(), NOW).text

    assert "It ended at +1" in shown
    assert "Now at" not in shown


def test_a_check_in_between_the_planned_ones_counts():
    early = sprint().check_in(check_in(NOW + timedelta(hours=1)))

    assert "1 check-in · 0 of 3 planned ones made" in sprint_words.so_far(early, NOW + 8 * DAY)


def test_a_recap_of_the_whole_sprint_speaks_of_no_week_alone():
    assert all("so far" in wording.casefold() for wording in sprint_words.RECAPS)


def test_a_partner_who_left_is_said_to_see_nothing():
    going = sprint(partner_id=ADA).agree(ADA, "yes").without_partner(ADA)

    shown = sprint_card.card(going, desk(), NOW).text

    assert f"<@{ADA}> can't be your partner any more, so nobody else sees this." in shown
    assert "sees your check-ins" not in shown
    assert not [name for name in going.lists() if name.endswith(ADA)]


def test_a_partner_reads_that_the_one_who_practised_has_left():
    going = sprint(partner_id=ADA).agree(ADA, "yes")

    shown = sprint_card.partner(going, ADA, desk(), NOW, has_left=True)

    assert "doesn't work here any more" in shown.text


def test_a_chart_begins_with_the_second_check_in():
    once = sprint().check_in(check_in(level=0))

    assert "```" not in sprint_card.card(once, desk(), NOW).text
    assert "```" in sprint_card.card(once.check_in(check_in(level=1)), desk(), NOW).text


def test_levels_too_long_for_a_choice_are_shown_whole_above_it():
    long = f"{'very ' * 30}good"
    going = sprint(scale=SCALE.model_copy(update={"more": long}))

    for form in (check_in_form.check_in(going, "c"), check_in_form.review(going, "c")):
        assert long in blocks.spoken(form["blocks"][:1])
    assert check_in_form.check_in(sprint(), "c")["blocks"][0]["type"] == "input"


def test_a_reminder_that_the_end_overtook_thanks_for_nothing():
    over = sprint().nudge("check_in", NOW).come_to_review()

    picture = sprint_nudges.nudge(over, RULES, NOW)

    assert picture is not None
    assert "nothing left to do here" in picture.text


def test_a_partner_of_a_sprint_that_is_over_is_asked_for_no_word():
    over = sprint(partner_id=ADA).agree(ADA, "yes").end(NOW)

    shown = sprint_card.partner(over, ADA, desk(), NOW).text

    assert "It has ended." in shown
    assert "a word from you" not in shown
    assert "Stop being the partner" not in shown


def test_whether_it_lasts_is_announced_as_long_as_it_will_be_asked():
    closed = sprint().reviewed(Review(level=0, confidence=8), NOW)

    def said(of: Sprint) -> str:
        return sprint_card.card(of, desk(), NOW).text

    assert "check back in 2 and 6 weeks" in said(closed)
    assert "Four weeks later I'll ask once more" in said(closed.lasted("w2", "partly"))
    assert "I ask" not in said(closed.lasted("w2", "yes").lasted("w6", "yes"))
