"""The port behind which a guided talk's next turn is made; the guide: scripted, deterministic, no network."""

import asyncio
from datetime import datetime
from itertools import pairwise
from typing import Protocol

from coaching.forms import FORMS
from coaching.guide.reflection import TIRED_AFTER, chosen, reflection
from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.guide.turn import ActionPlan, Reply
from coaching.guide.wordings import prompts
from coaching.language.form import END, KEPT, Keeps, Sort, Step
from coaching.language.numbers import scale_number
from coaching.language.options import ways
from coaching.language.outcome import SHRUNK, SURER, stays_the_same
from coaching.language.themes import themes
from coaching.language.time_expressions import is_exact, is_undated
from kernel.desk import Desk


class Engine(Protocol):
    """Whatever can lead a guided talk."""

    async def next_turn(self, talk: GuidedTalk) -> Reply | None:
        """What to say next, or None when the guided talk has come to its end."""

    async def plan(self, talk: GuidedTalk) -> ActionPlan | None:
        """Actions made of what a guided talk came to, besides the person's own step, or None."""


class Lead(Protocol):
    """Whatever names the engine that leads a workspace's guided talks at a moment."""

    def at(self, desk: Desk, now: datetime, /) -> Engine:
        """The engine for a workspace, now."""


class Guide:
    """The scripted guide: the form decides what is asked, the person's own words are given back."""

    def at(self, desk: Desk, now: datetime) -> Engine:
        """It: it is the same everywhere, at any time."""
        return self

    async def next_turn(self, talk: GuidedTalk) -> Reply | None:
        """The form's next question; the same guided talk always gets the same words."""
        return await asyncio.to_thread(next_reply, talk)

    async def plan(self, talk: GuidedTalk) -> ActionPlan | None:
        """None: the step that the person chose is the plan."""
        return None


MOST_TURNS = 10
LEFT_OUT = "left out"
WHEN = "when"  # the step of a form that asks for the moment
MOST_AGAIN = 4  # times that a guided talk asks for the same thing once more
ENOUGH = {"options": 3, "else": 4}  # ways forward, for no more to be asked for
_AGAIN = frozenset(Sort) - {Sort.ANSWER, Sort.NEW_SUBJECT, Sort.REFUSES}


def next_reply(talk: GuidedTalk) -> Reply | None:
    """The next question of a guided talk by its form, or None at the end."""
    heard = Heard(talk)
    step_id = next_step(heard)
    if step_id == END:
        return None
    step = FORMS[talk.form].by_id[step_id]
    stays = bool(talk.turns) and talk.turns[-1].step == step_id
    question = chosen(heard, _wordings(heard, step, stays=stays), step.id)
    return Reply(step=step.id, reflection=reflection(heard, step, stays=stays), question=question)


def next_step(talk: Heard) -> str:
    """The next step: the first for a new subject; the same again for what is no answer; else on.

    When a step was made smaller and is another deed, its moment is asked for once it is known how sure it is.
    """
    form = FORMS[talk.form]
    if not talk.turns or _turns_away(talk):
        return form.first.id
    last = talk.turns[-1]
    step = form.by_id[last.step]
    if _asks_again(talk, step):
        return step.id
    if step.id == SURER and talk.outcome.cue_before and not talk.outcome.cue:
        return WHEN
    if step.id == WHEN and any(turn.step == SURER for turn in talk.talk.on_the_subject):
        return _past_what_was_said(talk, form.after(SURER))
    return _past_what_was_said(talk, _branched(step, last.said) or form.after(step.id))


def _past_what_was_said(talk: Heard, step_id: str) -> str:
    """The first step from this one on that an earlier answer has not said already."""
    form, outcome = FORMS[talk.form], talk.outcome
    said = {
        Keeps.OPTIONS: "yes" if len(outcome.options) >= ENOUGH.get(step_id, 0) or outcome.step else "",
        Keeps.STEP: outcome.step,
        Keeps.CUE: outcome.cue if is_exact(outcome.cue) and not is_undated(outcome.cue) else "",
        Keeps.CONFIDENCE: "" if outcome.confidence is None else str(outcome.confidence),
        Keeps.TELL: outcome.tell,
        Keeps.BASELINE: outcome.scale.get(Keeps.BASELINE, ""),
        Keeps.LEARNED: outcome.learned or (LEFT_OUT if _has_taken_its_turns(talk) else ""),
    }
    if step_id == SURER and not talk.answer_of(SHRUNK):
        step_id = form.after(SURER)
    while step_id != END and (step := form.by_id[step_id]).unless_said and (answer := said.get(step.keeps)):
        step_id = _branched(step, answer) or form.after(step_id)
    return step_id


def _has_taken_its_turns(talk: Heard) -> bool:
    """Whether a guided talk is so long, or its person so tired, that nothing more is asked than must be."""
    return len(talk.turns) >= MOST_TURNS or talk.unanswered >= TIRED_AFTER


def _turns_away(talk: Heard) -> bool:
    """Whether the person would rather talk about something else; a guided talk follows them once."""
    return talk.sort is Sort.NEW_SUBJECT and talk.turned_away == 1


def _asks_again(talk: Heard, step: Step) -> bool:
    last = talk.turns[-1]
    sort = talk.sort
    if step.keeps is Keeps.LEARNED and sort not in (Sort.CONFUSED, Sort.ASKS_WHO_SEES):
        return False
    if last.answer is None or sort not in _AGAIN or (sort is Sort.NONE and step.may_be_none):
        return False
    outcome = talk.outcome
    is_new = sort in KEPT and outcome.cue and outcome.cue != outcome.cue_before
    if step.id == WHEN and outcome.cue_before and (is_new or stays_the_same(last.said)):
        return False
    if sort is Sort.UNSPOKEN and talk.outcome.sentence:
        return False
    has_step = step.keeps is Keeps.STEP and talk.outcome.step
    if (has_step and sort in (Sort.MOMENT, Sort.BARE)) or (sort is Sort.NUMBERLESS and step.id == SURER):
        return False
    steps = [turn.step for turn in talk.turns]
    again = sum(one == other for one, other in pairwise(steps))
    return steps[-2:] != [step.id, step.id] and again < MOST_AGAIN


def _wordings(talk: Heard, step: Step, *, stays: bool) -> tuple[str, ...]:
    """What may be asked: the step's own wordings, or what fits an answer that was none."""
    fitting = {
        Sort.PASTED: prompts().pasted,
        Sort.ASKS_BACK: prompts().friend,
        Sort.UNSURE: prompts().smaller(step),
        Sort.NONE: prompts().smaller(step),
        Sort.POWERLESS: prompts().in_hand,
        Sort.SEVERAL: prompts().which_first,
        Sort.UNSPOKEN: prompts().few_words,
        Sort.MOMENT: prompts().what_then,
        Sort.NUMBERLESS: prompts().number,
        Sort.VAGUE: prompts().moment,
        Sort.UNDATED: prompts().which_day,
    }
    own = _own_wordings(talk, step)
    if step.verbatim and talk.sort is Sort.ASKS_BACK:
        return prompts().few_words if stays else own
    if step.keeps is Keeps.TELL and talk.sort is Sort.MOMENT:
        return own
    return fitting.get(talk.sort, own) if stays else own


def _own_wordings(talk: Heard, step: Step) -> tuple[str, ...]:
    """The step's own wordings that fit what was said before (a number, a fear, a day) and who says it."""
    number = talk.rated
    if step.once_rated and number is not None:
        return step.once_rated
    if fitting := _fitting(talk, step):
        return fitting
    if talk.standpoint and talk.standpoint in step.from_where:
        return step.from_where[talk.standpoint]
    if step.numbered and number is not None and 0 < number < 10:
        return tuple(wording.format(n=number, up=number + 1, down=number - 1) for wording in step.numbered)
    if step.id != WHEN or not talk.outcome.cue:
        return prompts().smaller_when if step.id == WHEN and talk.outcome.cue_before else step.wordings
    return prompts().which_day if is_undated(talk.outcome.cue) else prompts().on_the_day


def _fitting(talk: Heard, step: Step) -> tuple[str, ...]:
    """The wordings for what was said last, where it is about something that the step has words for."""
    shown = (step.fits[theme] for theme in themes(talk.last) if theme in step.fits)
    return next(shown, ())


def _branched(step: Step, answer: str) -> str | None:
    for branch in step.branches:
        number = scale_number(answer)
        is_below = branch.below is not None and number is not None and number < branch.below
        is_long = branch.items is not None and len(ways(answer)) >= branch.items
        if is_below or is_long or (branch.below is None and branch.items is None):
            return branch.to
    return None
