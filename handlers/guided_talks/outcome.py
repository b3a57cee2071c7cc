"""What came of a guided talk, in blocks and in plain text: the plan, the ways weighed, the goal scale."""

from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.language.mirroring import to_you
from coaching.language.numbers import scale_number
from coaching.language.outcome import SMALLER, TalkOutcome
from coaching.language.time_expressions import names_an_hour
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.guided_talks import words

LONGEST = 300  # what a line shows of a text
SCALE = "goal_scale"  # the form that ends with a day to look again, and with no step


def weighed(talk: Heard) -> list[Block]:
    """The ways that were weighed, said to the person where their words can be turned."""
    options = [option if talk.is_foreign else to_you(option) or option for option in talk.outcome.options]
    listed = "\n".join(f"• {option}" for option in options)
    return [blocks.labeled(words.WEIGHED, listed, mrkdwn.SECTION)] if listed else []


def scale(outcome: TalkOutcome) -> list[Block]:
    """The goal scale as far as it was written, the best level first."""
    lines = [
        (f"{name}:", texts.quoted(outcome.scale[part], 300))
        for part, name in words.SCALE.items()
        if part in outcome.scale
    ]
    return [blocks.lines(lines)] if lines else []


def parts(talk: Heard) -> dict[str, str]:
    """What is planned, part by part, as mrkdwn: the card, Home and the reminder all say it so."""
    plan = talk.means
    lacks = words.UNSAID if plan.cue and talk.form != SCALE else ""
    step = _step(plan.step) or lacks
    said = {"aim": _own(plan.aim), "step": step, "moment": moment(talk), "tell": _own(plan.tell)}
    return {part: text for part, text in said.items() if text}


def labelled(talk: Heard) -> dict[str, str]:
    """The parts of the plan, each behind its name."""
    look = {"moment": words.LOOK} if talk.form == SCALE and not talk.means.step else {}
    speech = {"step": words.YOU_SAY} if talk.means.is_speech else {}
    labels = {**words.LABELS, **look, **speech}
    return {part: words.part(labels[part], text) for part, text in parts(talk).items()}


def plan(talk: Heard, without: tuple[str, ...] = ()) -> list[Block]:
    """The plan, a line for each part, and what belongs to it besides."""
    lines = [line for part, line in labelled(talk).items() if part not in without]
    return [*([blocks.section("\n".join(lines))] if lines else []), *besides(talk)]


def besides(talk: Heard) -> list[Block]:
    """What gets in the way of a habit, and the sentence to be said where it is not the step itself."""
    means = talk.means
    said = [words.obstacle(_own(means.obstacle))] if means.obstacle else []
    if means.sentence and not means.is_speech:
        said.append(words.first_sentence(mrkdwn.quoted(means.sentence.strip(" “”"), LONGEST)))
    return [blocks.section("\n".join(said))] if said else []


def learned(talk: Heard) -> list[Block]:
    """What somebody takes from the guided talk, in their own words."""
    said = talk.outcome.learned
    return [blocks.section(words.learned(mrkdwn.quoted(said, LONGEST)))] if said else []


def moment(talk: Heard) -> str:
    """When it will be, or that no day was picked, beside what was said; nothing where nothing is done.

    An hour stands there only where one was said.
    """
    means, at = talk.means, talk.talk.remind_at
    if not (means.step or means.cue):
        return ""
    is_timed = not means.cue or names_an_hour(means.cue)
    shown = (mrkdwn.weekday_moment if is_timed else mrkdwn.weekday)(at) if at else ""
    return words.moment(shown, _own(talk.when_said))


def _step(said: str) -> str:
    """The step, and what it was made smaller to, each as it was typed."""
    whole, _, smaller = said.partition(SMALLER)
    return words.smaller(_own(whole), _own(smaller)) if smaller else _own(whole)


def _own(said: str) -> str:
    return mrkdwn.quoted(said, LONGEST) if said else ""


def line(talk: GuidedTalk) -> str:
    """What was planned in one line, as it was typed: the step, else the aim."""
    means = talk.means
    return means.step or means.aim


def sure(talk: Heard) -> list[Block]:
    """How sure of the step somebody was."""
    said = _sure(talk)
    return [blocks.section(words.how_sure(said))] if said else []


def _sure(talk: Heard) -> str:
    """How sure of the step somebody was; a number from before it was made smaller says so."""
    sure = talk.outcome.confidence
    if sure is None:
        return ""
    is_anew = scale_number(talk.answer_of("surer")) is not None
    is_smaller = bool(talk.answer_of("shrink") and talk.answer_of("confidence")) and not is_anew
    return words.sure(sure, is_smaller=is_smaller)


def so_far(talk: GuidedTalk) -> str:
    """What a guided talk has come to as its person may tell it to somebody, in their own words."""
    came = talk.outcome
    options = "; ".join(came.options)
    said = [(words.I_WANT, came.goal), (words.I_THOUGHT_OF, options), (words.MY_STEP, came.step)]
    return "\n".join(f"{name}: {text}" for name, text in said if text)
