"""What came of a guided talk, in blocks and in plain text: the aim, the goal scale, the plan. Only words."""

from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.language.if_then import if_then
from coaching.language.mirroring import aim, to_you, told
from coaching.language.numbers import scale_number
from coaching.language.outcome import TalkOutcome
from coaching.language.spelling import neat
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block


def goal(talk: Heard) -> list[Block]:
    """Return the aim and the ways that were weighed, said to the person where their words can be turned."""
    outcome = talk.outcome
    options = [option if talk.is_foreign else to_you(option) or option for option in outcome.options]
    weighed = "\n".join(f"• {option}" for option in options)
    wanted = outcome.goal if talk.is_foreign else aim(outcome.goal)
    said = [("Your aim:", wanted if outcome.goal else ""), ("You weighed:", weighed)]
    return [blocks.labeled(name, words, mrkdwn.SECTION) for name, words in said if words]


def scale(outcome: TalkOutcome) -> list[Block]:
    """Return the goal scale as far as it was written, the best level first."""
    names = {
        "measure": "How you see it",
        "baseline": "Today",
        "much_more": "+2",
        "more": "+1",
        "expected": "0",
        "less": "−1",
        "much_less": "−2",
    }
    lines = [
        (f"{name}:", texts.quoted(outcome.scale[part], 300))
        for part, name in names.items()
        if part in outcome.scale
    ]
    return [blocks.lines(lines)] if lines else []


def plan(talk: Heard, *, is_due: bool = False) -> list[Block]:
    """Return the plan as far as it goes: one sentence, or step and moment; how sure, and who hears of it."""
    outcome = talk.outcome
    when = talk.talk.when
    planned, moment = if_then(outcome, when, foreign=talk.is_foreign), neat(when or outcome.cue)
    is_apart = outcome.sentence and outcome.sentence != outcome.step
    lines = [
        ("Your first sentence", f"“{outcome.sentence.strip(' “”')}”" if is_apart else ""),
        ("Your if-then plan", planned),
        ("When" if outcome.step else "You look again", moment if outcome.obstacle or not planned else ""),
        ("Your step", "" if planned else outcome.step),
        ("You'll tell", outcome.tell if talk.is_foreign else told(outcome.tell)),
    ]
    sure = "" if is_due else _sure(talk)
    return [
        *(blocks.labeled(f"{name}:", words, mrkdwn.SECTION) for name, words in lines if words),
        *([blocks.section(f"*How sure:* {sure}")] if sure else []),
    ]


def line(talk: GuidedTalk) -> str:
    """Return what was planned in one line: the sentence, else the step, else the aim."""
    outcome = talk.outcome
    return if_then(outcome, talk.when, foreign=talk.is_foreign) or outcome.step or aim(outcome.goal)


def _sure(talk: Heard) -> str:
    """Return how sure of the step somebody was; a number from before it was made smaller says so."""
    sure = talk.outcome.confidence
    if sure is None:
        return ""
    is_anew = scale_number(talk.answer_of("surer")) is not None
    is_smaller = talk.answer_of("shrink") and talk.answer_of("confidence") and not is_anew
    return f"{sure} of 10{', before you made the step smaller' if is_smaller else ''}"


def so_far(talk: GuidedTalk) -> str:
    """Return what a talk has come to as its person may tell it to somebody, in their own words."""
    came = talk.outcome
    options = "; ".join(came.options)
    said = [("I want", came.goal), ("I thought of", options), ("My next step", came.step)]
    return "\n".join(f"{name}: {words}" for name, words in said if words)
