"""A sprint in Slack: the person's living card, and the partner's, who sees the record only after a yes."""

from datetime import datetime

from coaching.sprints.calendar import recaps_of
from coaching.sprints.goal_scale import LEVELS
from coaching.sprints.sprint import EXTENSIONS, Sprint
from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.counts import counted
from handlers.block_kit.goal_button import goal_button
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import texts as sprint_texts
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
_LASTING = {"yes": "it is still there", "partly": "now and then", "no": "it has faded"}
_LATER = {"w2": "After two weeks", "w6": "After six weeks"}


def card(sprint: Sprint, desk: Desk, now: datetime) -> Picture:
    """The person's card. It knocks when the sprint begins, is to be reviewed, and is closed."""
    if sprint.state == "done":
        shown = _done(sprint)
        return knock("done", shown, closing="What came of this sprint is in a newer message below.")
    if sprint.state == "ended":
        return quiet("ended", _ended(sprint))
    if sprint.state == "review":
        closing = "This sprint's time is up; a newer message below asks what came of it."
        return knock(f"review:{sprint.extended}", _to_review(sprint, now), closing=closing)
    if sprint.state == "paused":
        # Named as one that goes on, so that going on again changes the message in place.
        return quiet("going", _resting(sprint, now))
    return knock("going", _going(sprint, desk, now), closing="This sprint moved down to a newer message.")


def _going(sprint: Sprint, desk: Desk, now: datetime) -> list[Block]:
    plan = sprint.plan
    about = f" · {texts.label(desk.topics, plan.topic)}" if plan.topic else ""
    return [
        blocks.labeled("Your skill sprint:", plan.goal),
        blocks.section(f"until {mrkdwn.weekday(sprint.ends_at)}{about}"),
        *_progress(sprint, now),
        *texts.whole(sprint_texts.sentence(plan.if_then)),
        *blocks.actions(_moves(sprint)),
        blocks.context(_rhythm(sprint), _privacy(sprint), SCRIPTED),
    ]


def _progress(sprint: Sprint, now: datetime) -> list[Block]:
    facts = blocks.section(sprint_texts.so_far(sprint, now))
    if not sprint.levels:
        return [facts]
    said = "It ended at " if sprint.review else "Now at " if sprint.is_open else "Last at "
    stands = blocks.lines([sprint_texts.level(sprint.plan.scale, sprint.levels[-1], said)])
    return [*_chart(sprint, stands), facts, *_blocker(sprint)]


def _chart(sprint: Sprint, below: Block) -> list[Block]:
    """The levels over time, from the second on, and how things stand *below*."""
    if len(sprint.levels) < MOVED:
        return [below]
    return [
        blocks.section(sprint_texts.chart(sprint.levels)),
        below,
        blocks.context(sprint_texts.in_words(sprint)),
    ]


def _blocker(sprint: Sprint) -> list[Block]:
    if sprint.review or not (sprint.last and sprint.last.blocker):
        return []
    return [blocks.labeled("In the way:", sprint.last.blocker)]


def _moves(sprint: Sprint) -> list[Element | None]:
    return [
        blocks.button("Check in", CHECK_IN, sprint.id, style="primary"),
        blocks.button("Adjust", ADJUST, sprint.id),
        blocks.button("Pause", PAUSE, sprint.id),
        _extend_button(sprint),
        blocks.button("Look back now", REVIEW, sprint.id) if sprint.check_ins else None,
        end_button(sprint),
        person_button(sprint),
    ]


def _extend_button(sprint: Sprint) -> Element | None:
    if sprint.extended >= EXTENSIONS:
        return None
    return blocks.button("One week more", EXTEND, f"{sprint.id} {sprint.extended}")


def extended(value: str) -> tuple[str, int]:
    """The sprint that a button extends, and how often it was extended before."""
    return payload.words(tuple[Id, Number], value)


def end_button(sprint: Sprint) -> Element:
    """The button that ends a sprint early, which asks once."""
    sure = blocks.confirmation(
        "End this sprint?",
        "That is fine: what you learned stays yours. Nothing more is asked.",
        "End it",
        "Keep going",
    )
    return blocks.button("End it", END, sprint.id, confirm=sure)


def person_button(sprint: Sprint) -> Element:
    """The way to a person, with what is in the way carried over."""
    is_stuck = bool(sprint.is_open and sprint.last and sprint.last.blocker)
    label = "Ask a mentor about what is in the way" if is_stuck else "Get help from a person"
    return blocks.button(label, PERSON, sprint.id)


def _rhythm(sprint: Sprint) -> str:
    if sprint.is_hushed:
        return "I have stopped reminding you; check in whenever you like."
    when = f"{sprint_texts.days(sprint.plan.days)} at {sprint.plan.at:%H:%M}"
    recap = ", and sum up each week but the last" if recaps_of(sprint) else ""
    return f"I ask {when} ({sprint_texts.clocks(sprint.zone)}){recap}."


def _privacy(sprint: Sprint) -> str:
    partner = mrkdwn.mention(sprint.partner_id) if sprint.partner_id else ""
    if sprint.has_partner_left:
        return f"{partner} can't be your partner any more, so nobody else sees this. *Adjust* asks another."
    return {
        "none": "Nobody else sees this.",
        "asked": f"I have asked {partner} to be your partner. Nobody sees this before they say yes.",
        "yes": f"{partner} sees your check-ins, and nobody else does.",
        "no": f"{partner} can't be your partner this time, so nobody else sees this. *Adjust* asks another.",
    }[sprint.consent]


def _resting(sprint: Sprint, now: datetime) -> list[Block]:
    go_on = blocks.button("Go on", RESUME, sprint.id, style="primary")
    return [
        blocks.labeled("Your sprint is resting:", sprint.plan.goal),
        blocks.section("I won't ask anything until you go on. The end date moves by as long as it rests."),
        *_progress(sprint, now),
        *blocks.actions([go_on, end_button(sprint), person_button(sprint)]),
        blocks.context(_privacy(sprint), SCRIPTED),
    ]


def _to_review(sprint: Sprint, now: datetime) -> list[Block]:
    look = blocks.button("Look back", REVIEW, sprint.id, style="primary")
    extend = _extend_button(sprint)
    return [
        blocks.labeled("Your sprint's time is up:", sprint.plan.goal),
        blocks.section("Which level did you reach? Looking back takes a minute; any level is an answer."),
        *_scale(sprint),
        *_progress(sprint, now),
        *blocks.actions([look, extend, end_button(sprint), person_button(sprint)]),
        blocks.context(_privacy(sprint), SCRIPTED),
    ]


def _scale(sprint: Sprint) -> list[Block]:
    scale = sprint.plan.scale
    return [blocks.lines(sprint_texts.level(scale, level) for level in reversed(LEVELS))]


def _done(sprint: Sprint) -> list[Block]:
    review = sprint.review
    if review is None:
        return _ended(sprint)
    shown = [blocks.labeled("What came of your sprint:", sprint.plan.goal)]
    shown += _chart(
        sprint, blocks.lines([sprint_texts.level(sprint.plan.scale, review.level, "You reached ")])
    )
    said = [("One lesson:", review.lesson), ("Next:", review.next)]
    shown += [blocks.labeled(name, text) for name, text in said if text]
    again = blocks.button("Plan another sprint", AGAIN, sprint.id)
    how = blocks.button("How is this computed?", HOW, sprint.id)
    return [
        *shown,
        blocks.section(_figures(sprint)),
        *blocks.actions([again, goal_button("sprint", sprint.id), how, person_button(sprint)]),
        blocks.context(*_lasts(sprint), SCRIPTED),
    ]


def _figures(sprint: Sprint) -> str:
    """How it went against what was expected, and how sure the person was before and after."""
    before, level = sprint.plan.confidence, sprint.review.level if sprint.review else 0
    after = sprint.review.confidence if sprint.review else 0
    compared = "better than" if level > 0 else "less well than" if level < 0 else "as"
    begun = f"You were {before} of 10 sure at the beginning, and are" if before is not None else "You are"
    return f"*You did {compared} you expected.* {begun} {after} of 10 sure that it lasts."


def _lasts(sprint: Sprint) -> list[str]:
    said = [f"{_LATER[label]}: {_LASTING[answer]}." for label, answer in sorted(sprint.lasting.items())]
    if not said:
        return ["I'll check back in 2 and 6 weeks."]
    return said if "w6" in sprint.lasting else [*said, "Four weeks later I'll ask once more."]


def _ended(sprint: Sprint) -> list[Block]:
    kept = f" You checked in {len(sprint.check_ins)} times." if len(sprint.check_ins) > 1 else ""
    again = blocks.button("Plan another sprint", AGAIN, sprint.id)
    return [
        blocks.labeled("This sprint has ended:", sprint.plan.goal),
        blocks.section(f"That is fine; what you learned stays yours.{kept} Nothing more is asked."),
        *blocks.actions([again, person_button(sprint)]),
        blocks.context(SCRIPTED),
    ]


def partner(sprint: Sprint, to: str, desk: Desk, now: datetime, *, has_left: bool = False) -> Picture:
    """The partner's card: a request first, and the record only after a yes.

    *has_left* says that the one whose sprint it is has left.
    """
    who = mrkdwn.mention(sprint.person_id)
    if has_left:
        return quiet(
            "left", [blocks.section(f"{who} doesn't work here any more, so their sprint has ended.")]
        )
    if sprint.partner_id != to or sprint.consent in ("none", "no"):
        return quiet(
            "apart", [blocks.section(f"You are not {who}'s partner, and nothing of it is shown to you.")]
        )
    if sprint.consent == "asked":
        return (
            _asked(sprint, desk) if sprint.is_open else quiet("apart", [blocks.section("This is settled.")])
        )
    shown = _record(sprint, now)
    if sprint.digests and sprint.is_open:
        return knock(f"digest:{sprint.digests}", shown, closing="")
    return quiet("record", shown)


def _asked(sprint: Sprint, desk: Desk) -> Picture:
    who, plan = mrkdwn.mention(sprint.person_id), sprint.plan
    about = f" about {texts.label(desk.topics, plan.topic)}" if plan.topic else ""
    length = counted(plan.weeks, "week")
    digest = ", and get a digest of each week but the last" if recaps_of(sprint) else ""
    shown = [
        blocks.section(
            f"*{who} would like you as a partner for a skill sprint of {length}{about}.*\n"
            f"You would see the goal and the check-ins{digest}. Nothing else is asked of you."
        ),
        *blocks.actions(consent_buttons(sprint)),
        blocks.context("You don't have to say why. Until you say yes you see no more of it."),
    ]
    return knock("asked", shown, closing="This question moved down to a newer message.")


def consent_buttons(sprint: Sprint) -> list[Element]:
    """The two answers of somebody who is asked to be the partner."""
    return [
        blocks.button("Yes, gladly", AGREE, sprint.id, style="primary"),
        blocks.button("Not this time", DECLINE, sprint.id),
    ]


def _record(sprint: Sprint, now: datetime) -> list[Block]:
    who = mrkdwn.mention(sprint.person_id)
    states = {"paused": "It is resting at the moment.", "review": "Its time is up; the review comes next."}
    stands = states.get(sprint.state, "") if sprint.is_open or sprint.review else "It has ended."
    shown = [
        blocks.section(f"*{who}'s sprint:* {stands}".rstrip()),
        texts.reminder(sprint.plan.goal, blocks.LABELED),
        *_progress(sprint, now),
    ]
    if not sprint.is_open:
        return shown
    sure = blocks.confirmation(
        "Stop being the partner?",
        "You no longer see the check-ins. You give no reason, and can't undo it by yourself.",
        "Stop",
        "Stay",
    )
    return [
        *shown,
        *blocks.actions([blocks.button("Stop being the partner", DECLINE, sprint.id, confirm=sure)]),
        blocks.context(f"A word from you to {who} after a check-in helps more than any reminder from me."),
    ]
