"""A next step that is practised in a skill sprint: the way there, and how its owner sees it. Pure."""

from coaching.sprints.sprint import Sprint
from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.mentorships import words
from kernel.store import Snapshot
from kernel.values import PersonId
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import PairStep

PRACTISE = "mentorship.practise"
_STEP = 80  # characters of a next step in a line


def sprint_id(mentorship_id: str, number: int) -> str:
    """The id of the sprint in which a next step is practised, so that a step has one."""
    return f"step.{mentorship_id}.{number}"


def first_open(it: Mentorship, me: PersonId) -> PairStep | None:
    """The earliest of somebody's next steps that is not done."""
    return next((step for step in it.steps if step.of == me and step.done_at is None), None)


def sprint_of(read: Snapshot, it: Mentorship, me: PersonId) -> Sprint | None:
    """The sprint in which somebody practises their next step; it is theirs alone to see."""
    step = first_open(it, me)
    found = read.find(Sprint, sprint_id(it.id, step.number)) if step else None
    return found if found and found.person_id == me else None


def button(it: Mentorship, step: PairStep, sprint: Sprint | None) -> Element | None:
    """The way to a sprint for a step that has none."""
    return None if sprint else blocks.button(words.PRACTISE_IT, PRACTISE, f"{it.id} {step.number}")


def chosen(value: str) -> tuple[str, int]:
    """The mentorship, and the number of the step that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def line(sprint: Sprint | None) -> list[Block]:
    """What is practised now, and until when."""
    if sprint is None or not sprint.is_open:
        return []
    goal = mrkdwn.quoted(sprint.plan.goal, _STEP)
    return [blocks.context(words.practising(goal, mrkdwn.weekday(sprint.ends_at)))]
