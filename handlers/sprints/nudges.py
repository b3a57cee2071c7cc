"""The latest message of the app's own about a sprint; a newer one takes its place. Wordings rotate."""

from datetime import datetime

from coaching.sprints.calendar import follow_up_label, is_midway
from coaching.sprints.sprint import FollowUp, Lasting, Nudged, Sprint
from handlers.block_kit import blocks, labels, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import card as sprint_card
from handlers.sprints import words
from kernel.policy import Nudges

REHEARSED = "sprint.rehearsed"
RECALL = "sprint.recall"
NOT_TODAY = "sprint.not_today"
LASTS = "sprint.lasts"


def lasted(value: str, action_id: str) -> tuple[str, FollowUp, Lasting]:
    """The sprint, which of the times after it is meant, and whether it has lasted until then."""
    sprint_id, _, label = value.rpartition(".")
    answer = action_id.rpartition(".")[2]
    return payload.read(tuple[Id, FollowUp, Lasting], (sprint_id, label, answer))


def nudge(sprint: Sprint, rules: Nudges, now: datetime, step: str = "") -> Picture | None:
    """The latest message about a sprint, in the place of the one before; answered, it is one line.

    *step* is what comes next in the plan that the sprint was begun from.
    """
    nudged = sprint.nudged
    if nudged is None:
        return None
    state = f"{nudged.about}:{nudged.number}"
    if (sprint.state == "done") != (nudged.about == "follow_up") or sprint.state in ("review", "ended"):
        return quiet(f"over:{nudged.number}", [blocks.context(words.NOTHING_LEFT)])
    if nudged.answered:
        return quiet(f"answered:{nudged.number}", [blocks.context(words.NOTED)])
    shown = {
        "check_in": lambda: _check_in(sprint, nudged, rules, step),
        "rehearse": lambda: _rehearse(sprint, nudged),
        "recap": lambda: _recap(sprint, nudged, now),
        "stopped": lambda: _stopped(sprint),
        "follow_up": lambda: _follow_up(sprint, nudged),
    }[nudged.about]()
    return knock(state, [*shown, blocks.context(SCRIPTED)], closing="")


def wording(choices: tuple[str, ...], nudged: Nudged) -> str:
    """One wording; the next message gets the next one."""
    return choices[nudged.number % len(choices)]


def _check_in(sprint: Sprint, nudged: Nudged, rules: Nudges, step: str) -> list[Block]:
    return [
        blocks.section(wording(words.REMINDERS, nudged)),
        *texts.whole(words.sentence(sprint.plan.if_then)),
        *([blocks.labeled(words.NEXT_IN_TWO_WEEKS, step)] if step else []),
        *blocks.actions([*_check_in_buttons(sprint), sprint_card.person_button(sprint)]),
        *([blocks.context(words.FEWER)] if sprint.ignored >= rules.halve_after else []),
    ]


def _check_in_buttons(sprint: Sprint) -> list[Element]:
    return [
        blocks.button(words.CHECK_IN, sprint_card.CHECK_IN, sprint.id, style="primary"),
        blocks.button(words.NOT_TODAY, NOT_TODAY, sprint.id),
    ]


def _rehearse(sprint: Sprint, nudged: Nudged) -> list[Block]:
    done = blocks.button(labels.DONE, REHEARSED, sprint.id, style="primary")
    adjust = blocks.button(words.CHANGE_PLAN, sprint_card.ADJUST, sprint.id)
    return [
        blocks.section(wording(words.REHEARSALS, nudged)),
        *texts.whole(words.sentence(sprint.plan.if_then)),
        *blocks.actions([done, adjust, sprint_card.person_button(sprint)]),
    ]


def _recap(sprint: Sprint, nudged: Nudged, now: datetime) -> list[Block]:
    facts = words.so_far(sprint, now).rstrip(".")
    halfway = is_midway(sprint, nudged.at)
    return [
        blocks.section(wording(words.RECAPS, nudged).format(facts=facts)),
        blocks.section(words.WITHOUT_LOOKING),
        *([blocks.section(words.MIDWAY)] if halfway else []),
        *blocks.actions(
            [
                blocks.button(words.FROM_MEMORY, RECALL, sprint.id, style="primary"),
                blocks.button(words.CHECK_IN, sprint_card.CHECK_IN, sprint.id),
                blocks.button(words.ADJUST, sprint_card.ADJUST, sprint.id) if halfway else None,
                sprint_card.person_button(sprint),
            ]
        ),
    ]


def _stopped(sprint: Sprint) -> list[Block]:
    again = blocks.button(words.REMIND_AGAIN, sprint_card.RESUME, sprint.id)
    check_in = blocks.button(words.CHECK_IN, sprint_card.CHECK_IN, sprint.id, style="primary")
    row = [check_in, again, sprint_card.end_button(sprint), sprint_card.person_button(sprint)]
    return [blocks.section(words.STOPPED), *blocks.actions(row)]


def _follow_up(sprint: Sprint, nudged: Nudged) -> list[Block]:
    value = f"{sprint.id}.{follow_up_label(sprint, nudged.at)}"
    row = [blocks.button(label, f"{LASTS}.{answer}", value) for answer, label in words.HAS_LASTED.items()]
    return [
        blocks.section(wording(words.FOLLOW_UPS, nudged)),
        texts.reminder(sprint.plan.goal, blocks.LABELED),
        *blocks.actions([*row, sprint_card.person_button(sprint)]),
    ]
