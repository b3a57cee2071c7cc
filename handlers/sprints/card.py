"""A sprint in Slack: the person's living card, and the partner's, who sees the record only after a yes."""

from datetime import datetime

from coaching.sprints.calendar import recaps_of
from coaching.sprints.goal_scale import LEVELS
from coaching.sprints.sprint import EXTENSIONS, Sprint
from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import words
from kernel.desk import Desk

CHECK_IN = "sprint.check_in"
ADJUST = "sprint.adjust"
PAUSE = "sprint.pause"
RESUME = "sprint.resume"
EXTEND = "sprint.extend"
END = "sprint.end"
REVIEW = "sprint.review"
PERSON = "sprint.person"
AGREE = "sprint.agree"
DECLINE = "sprint.decline"
AGAIN = "sprint.again"
HOW = "sprint.how"

MOVED = 2  # levels from which on a chart shows something


def card(sprint: Sprint, desk: Desk, now: datetime) -> Picture:
    """The person's card. It knocks when the sprint begins, is to be reviewed, and is closed."""
    if sprint.state == "done":
        shown = _done(sprint)
        return knock("done", shown, closing=words.CAME_BELOW)
    if sprint.state == "ended":
        return quiet("ended", _ended(sprint))
    if sprint.state == "review":
        shown = _to_review(sprint, now)
        return knock(f"review:{sprint.extended}", shown, closing=words.TIME_UP_BELOW)
    if sprint.state == "paused":
        # Named as one that goes on, so that going on again changes the message in place.
        return quiet("going", _resting(sprint, now))
    return knock("going", _going(sprint, desk, now), closing=words.MOVED_DOWN)


def _going(sprint: Sprint, desk: Desk, now: datetime) -> list[Block]:
    plan = sprint.plan
    about = texts.label(desk.topics, plan.topic) if plan.topic else ""
    return [
        blocks.labeled(words.YOURS, plan.goal),
        blocks.section(words.until(mrkdwn.weekday(sprint.ends_at), about)),
        *_progress(sprint, now),
        *texts.whole(words.sentence(plan.if_then)),
        *blocks.actions(_moves(sprint)),
        blocks.context(_rhythm(sprint), _privacy(sprint), SCRIPTED),
    ]


def _progress(sprint: Sprint, now: datetime) -> list[Block]:
    facts = blocks.section(words.so_far(sprint, now))
    if not sprint.levels:
        return [facts]
    said = words.ENDED_AT if sprint.review else words.NOW_AT if sprint.is_open else words.LAST_AT
    stands = blocks.lines([words.level(sprint.plan.scale, sprint.levels[-1], said)])
    return [*_chart(sprint, stands), facts, *_blocker(sprint)]


def _chart(sprint: Sprint, below: Block) -> list[Block]:
    """The levels over time, from the second on, and how things stand *below*."""
    if len(sprint.levels) < MOVED:
        return [below]
    return [
        blocks.section(words.chart(sprint.levels)),
        below,
        blocks.context(words.in_words(sprint)),
    ]


def _blocker(sprint: Sprint) -> list[Block]:
    if sprint.review or not (sprint.last and sprint.last.blocker):
        return []
    return [blocks.labeled(words.IN_THE_WAY, sprint.last.blocker)]


def _moves(sprint: Sprint) -> list[Element | None]:
    return [
        blocks.button(words.CHECK_IN, CHECK_IN, sprint.id, style="primary"),
        blocks.button(words.ADJUST, ADJUST, sprint.id),
        blocks.button(words.PAUSE, PAUSE, sprint.id),
        _extend_button(sprint),
        blocks.button(words.LOOK_BACK_NOW, REVIEW, sprint.id) if sprint.check_ins else None,
        end_button(sprint),
        person_button(sprint),
    ]


def _extend_button(sprint: Sprint) -> Element | None:
    if sprint.extended >= EXTENSIONS:
        return None
    return blocks.button(words.ONE_WEEK_MORE, EXTEND, f"{sprint.id} {sprint.extended}")


def extended(value: str) -> tuple[str, int]:
    """The sprint that a button extends, and how often it was extended before."""
    return payload.words(tuple[Id, Number], value)


def end_button(sprint: Sprint) -> Element:
    """The button that ends a sprint early, which asks once."""
    return blocks.button(words.END, END, sprint.id, confirm=blocks.confirmation(*words.END_SURE))


def person_button(sprint: Sprint) -> Element:
    """The way to a person, with what is in the way carried over."""
    is_stuck = bool(sprint.is_open and sprint.last and sprint.last.blocker)
    label = words.ASK_WHAT_IS_IN_THE_WAY if is_stuck else labels.PERSON
    return blocks.button(label, PERSON, sprint.id)


def _rhythm(sprint: Sprint) -> str:
    if sprint.is_hushed:
        return words.HUSHED
    days, at = sprint.plan.days, sprint.plan.at
    return words.rhythm(days, at, sprint.zone, has_recaps=bool(recaps_of(sprint)))


def _privacy(sprint: Sprint) -> str:
    partner = mrkdwn.mention(sprint.partner_id) if sprint.partner_id else ""
    if sprint.has_partner_left:
        return words.partner_left(partner)
    return words.who_sees(sprint.consent, partner)


def _resting(sprint: Sprint, now: datetime) -> list[Block]:
    go_on = blocks.button(labels.GO_ON, RESUME, sprint.id, style="primary")
    return [
        blocks.labeled(words.RESTING, sprint.plan.goal),
        blocks.section(words.RESTS),
        *_progress(sprint, now),
        *blocks.actions([go_on, end_button(sprint), person_button(sprint)]),
        blocks.context(_privacy(sprint), SCRIPTED),
    ]


def _to_review(sprint: Sprint, now: datetime) -> list[Block]:
    look = blocks.button(words.LOOK_BACK, REVIEW, sprint.id, style="primary")
    extend = _extend_button(sprint)
    return [
        blocks.labeled(words.TIME_UP, sprint.plan.goal),
        blocks.section(words.WHICH_LEVEL),
        *_scale(sprint),
        *_progress(sprint, now),
        *blocks.actions([look, extend, end_button(sprint), person_button(sprint)]),
        blocks.context(_privacy(sprint), SCRIPTED),
    ]


def _scale(sprint: Sprint) -> list[Block]:
    scale = sprint.plan.scale
    return [blocks.lines(words.level(scale, level) for level in reversed(LEVELS))]


def _done(sprint: Sprint) -> list[Block]:
    review = sprint.review
    if review is None:
        return _ended(sprint)
    shown = [blocks.labeled(words.CAME_OF_IT, sprint.plan.goal)]
    shown += _chart(sprint, blocks.lines([words.level(sprint.plan.scale, review.level, words.YOU_REACHED)]))
    said = [(words.LESSON, review.lesson), (words.NEXT, review.next)]
    shown += [blocks.labeled(name, text) for name, text in said if text]
    again = blocks.button(words.ANOTHER, AGAIN, sprint.id)
    how = blocks.button(words.HOW_COMPUTED, HOW, sprint.id)
    return [
        *shown,
        blocks.section(_figures(sprint)),
        *blocks.actions([again, goal_button("sprint", sprint.id), how, person_button(sprint)]),
        blocks.context(*_lasts(sprint), SCRIPTED),
    ]


def _figures(sprint: Sprint) -> str:
    """How it went against what was expected, and how sure the person was before and after."""
    level, after = (sprint.review.level, sprint.review.confidence) if sprint.review else (0, 0)
    return words.figures(level, sprint.plan.confidence, after)


def _lasts(sprint: Sprint) -> list[str]:
    said = [words.lasts(label, answer) for label, answer in sorted(sprint.lasting.items())]
    if not said:
        return [words.CHECKS_BACK]
    return said if "w6" in sprint.lasting else [*said, words.ASKS_ONCE_MORE]


def _ended(sprint: Sprint) -> list[Block]:
    again = blocks.button(words.ANOTHER, AGAIN, sprint.id)
    return [
        blocks.labeled(words.ENDED, sprint.plan.goal),
        blocks.section(words.ended(len(sprint.check_ins))),
        *blocks.actions([again, person_button(sprint)]),
        blocks.context(SCRIPTED),
    ]


def partner(sprint: Sprint, to: str, desk: Desk, now: datetime, *, has_left: bool = False) -> Picture:
    """The partner's card: a request first, and the record only after a yes.

    *has_left* says that the one whose sprint it is has left.
    """
    who = mrkdwn.mention(sprint.person_id)
    if has_left:
        return quiet("left", [blocks.section(words.has_left(who))])
    if sprint.partner_id != to or sprint.consent in ("none", "no"):
        return quiet("apart", [blocks.section(words.not_partner(who))])
    if sprint.consent == "asked":
        return _asked(sprint, desk) if sprint.is_open else quiet("apart", [blocks.section(words.SETTLED)])
    shown = _record(sprint, now)
    if sprint.digests and sprint.is_open:
        return knock(f"digest:{sprint.digests}", shown, closing="")
    return quiet("record", shown)


def _asked(sprint: Sprint, desk: Desk) -> Picture:
    who, plan = mrkdwn.mention(sprint.person_id), sprint.plan
    about = texts.label(desk.topics, plan.topic) if plan.topic else ""
    shown = [
        blocks.section(words.asks_partner(who, plan.weeks, about, has_digest=bool(recaps_of(sprint)))),
        *blocks.actions(consent_buttons(sprint)),
        blocks.context(words.NO_REASON),
    ]
    return knock("asked", shown, closing=words.PARTNER_MOVED_DOWN)


def consent_buttons(sprint: Sprint) -> list[Element]:
    """The two answers of somebody who is asked to be the partner."""
    return [
        blocks.button(words.AGREE, AGREE, sprint.id, style="primary"),
        blocks.button(words.DECLINE, DECLINE, sprint.id),
    ]


def _record(sprint: Sprint, now: datetime) -> list[Block]:
    who = mrkdwn.mention(sprint.person_id)
    states = {"paused": words.IT_RESTS, "review": words.REVIEW_NEXT}
    stands = states.get(sprint.state, "") if sprint.is_open or sprint.review else words.HAS_ENDED
    shown = [
        blocks.section(words.their_sprint(who, stands)),
        texts.reminder(sprint.plan.goal, blocks.LABELED),
        *_progress(sprint, now),
    ]
    if not sprint.is_open:
        return shown
    sure = blocks.confirmation(*words.STOP_SURE)
    return [
        *shown,
        *blocks.actions([blocks.button(words.STOP, DECLINE, sprint.id, confirm=sure)]),
        blocks.context(words.word_helps(who)),
    ]
