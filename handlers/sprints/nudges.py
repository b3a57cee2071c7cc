"""The latest message of the app's own about a sprint; a newer one takes its place. Wordings rotate."""

from datetime import datetime

from coaching.sprints.calendar import follow_up_label, is_midway
from coaching.sprints.sprint import FollowUp, Lasting, Nudged, Sprint
from handlers.block_kit import blocks, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks.authorship import SCRIPTED
from handlers.sprints import card as sprint_card
from handlers.sprints import texts as sprint_texts
from kernel.policy import Nudges

REHEARSED = "sprint.rehearsed"
RECALL = "sprint.recall"
NOT_TODAY = "sprint.not_today"
LASTS = "sprint.lasts"

REMINDERS = (
    "*How is it going?* Half a minute is enough.",
    "*Time to look up for a moment:* where are you on your scale?",
    "*Quick check-in:* any progress since last time?",
    "*Your check-in.* Any level is fine, as long as it is true.",
    "*Where do you stand today?* Choose one level, and on you go.",
    "*This is the moment you chose to look.* What do you see?",
)
REHEARSALS = (
    "*Thirty seconds for your plan.* Think of the moment, and say the sentence to yourself once:",
    "*Go through it once:* picture the moment, and what you do then:",
    "*A dry run of half a minute.* Imagine it happens now, and read this slowly:",
    "*Before the moment comes:* close your eyes briefly, picture where you are, and then this:",
    "*Rehearse it once.* Where are you, what has just happened, and what do you do?",
)
RECAPS = (
    "*A week of your sprint is over.* So far: {facts}.",
    "*Your sprint in one line so far:* {facts}.",
    "*Looking back at your sprint so far:* {facts}.",
    "*One more week is over.* So far: {facts}.",
    "*Here is how your sprint has gone so far:* {facts}.",
)
FOLLOW_UPS = (
    "*Some weeks ago you closed a sprint. Has it lasted?*",
    "*A look back: is what you practised still there?*",
    "*How is it now with the skill from your sprint?*",
    "*Do you still do what you practised?*",
    "*What has become of the skill from your sprint?*",
)
_BUTTONS = {"yes": "It is still there", "partly": "Now and then", "no": "It has faded"}


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
        return quiet(f"over:{nudged.number}", [blocks.context("Nothing is left to do here.")])
    if nudged.answered:
        return quiet(f"answered:{nudged.number}", [blocks.context("Thank you, that is noted.")])
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
    fewer = "You skipped some of these, so I now ask half as often. A check-in brings them all back."
    return [
        blocks.section(wording(REMINDERS, nudged)),
        *texts.whole(sprint_texts.sentence(sprint.plan.if_then)),
        *([blocks.labeled("Next in your two weeks:", step)] if step else []),
        *blocks.actions([*_check_in_buttons(sprint), sprint_card.person_button(sprint)]),
        *([blocks.context(fewer)] if sprint.ignored >= rules.halve_after else []),
    ]


def _check_in_buttons(sprint: Sprint) -> list[Element]:
    return [
        blocks.button("Check in", sprint_card.CHECK_IN, sprint.id, style="primary"),
        blocks.button("Not today", NOT_TODAY, sprint.id),
    ]


def _rehearse(sprint: Sprint, nudged: Nudged) -> list[Block]:
    done = blocks.button("Done", REHEARSED, sprint.id, style="primary")
    adjust = blocks.button("Change the plan", sprint_card.ADJUST, sprint.id)
    return [
        blocks.section(wording(REHEARSALS, nudged)),
        *texts.whole(sprint_texts.sentence(sprint.plan.if_then)),
        *blocks.actions([done, adjust, sprint_card.person_button(sprint)]),
    ]


def _recap(sprint: Sprint, nudged: Nudged, now: datetime) -> list[Block]:
    facts = sprint_texts.so_far(sprint, now).rstrip(".")
    halfway = is_midway(sprint, nudged.at)
    midway = "You are halfway: does the plan still fit your days? If not, *Adjust* changes it."
    return [
        blocks.section(wording(RECAPS, nudged).format(facts=facts)),
        blocks.section("*Without looking: what was your if-then plan?*"),
        *([blocks.section(midway)] if halfway else []),
        *blocks.actions(
            [
                blocks.button("Say it from memory", RECALL, sprint.id, style="primary"),
                blocks.button("Check in", sprint_card.CHECK_IN, sprint.id),
                blocks.button("Adjust", sprint_card.ADJUST, sprint.id) if halfway else None,
                sprint_card.person_button(sprint),
            ]
        ),
    ]


def _stopped(sprint: Sprint) -> list[Block]:
    words = (
        "*I have stopped reminding you*, as the last ones seem to have come at the wrong time. Your sprint "
        "is still open: check in whenever you like, or let me remind you again."
    )
    again = blocks.button("Remind me again", sprint_card.RESUME, sprint.id)
    check_in = blocks.button("Check in", sprint_card.CHECK_IN, sprint.id, style="primary")
    row = [check_in, again, sprint_card.end_button(sprint), sprint_card.person_button(sprint)]
    return [blocks.section(words), *blocks.actions(row)]


def _follow_up(sprint: Sprint, nudged: Nudged) -> list[Block]:
    value = f"{sprint.id}.{follow_up_label(sprint, nudged.at)}"
    row = [blocks.button(label, f"{LASTS}.{answer}", value) for answer, label in _BUTTONS.items()]
    return [
        blocks.section(wording(FOLLOW_UPS, nudged)),
        texts.reminder(sprint.plan.goal, blocks.LABELED),
        *blocks.actions([*row, sprint_card.person_button(sprint)]),
    ]
