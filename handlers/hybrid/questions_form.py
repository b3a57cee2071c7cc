"""Three questions before a talk: the form, the preview of what the other would read, and what was sent."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.forms import FORMS
from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.hybrid import words
from relationships.hybrid.preparation import LONGEST, QUESTIONS, Preparation, QuestionId

FORM = "hybrid.questions"
PREVIEW = "hybrid.preview"
problems = refusals.under("wanted")
preview_problems = refusals.under("ticked")
_SHOW = "show"


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written, and what the other may read of it."""

    talk_id: Id
    wanted: str = ""
    matters: str = ""
    done_so_far: str = ""
    show_wanted: tuple[str, ...] = ()
    show_matters: tuple[str, ...] = ()
    show_done_so_far: tuple[str, ...] = ()

    @property
    def answers(self) -> Mapping[QuestionId, str]:
        """The answers by question."""
        return {it: getattr(self, it) for it in QUESTIONS}

    @property
    def ticked(self) -> frozenset[QuestionId]:
        """The questions whose answers the other may read."""
        return frozenset(it for it in QUESTIONS if getattr(self, f"show_{it}"))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The talk whose preview was confirmed."""

    talk_id: Id


def question(id: QuestionId) -> str:
    """A question as guided talks ask it."""
    steps = FORMS["grow"].by_id
    asked = {
        "wanted": steps["goal"].wordings,
        "matters": steps["matters"].wordings,
        "done_so_far": steps["reality"].once_rated,
    }
    return asked[id][0]


def form(talk_id: str, called: str, before: Preparation | None) -> View:
    """The questions with what was written *before*; *called* is the other. Nothing is ever ticked."""
    written = before.answers if before else {}
    fields = [field for it in QUESTIONS for field in _question(it, called, written.get(it, ""))]
    note = words.nothing_sent_yet(mrkdwn.inert(called))
    return blocks.modal(
        FORM,
        words.THREE_QUESTIONS,
        [*fields, blocks.context(note)],
        submit=words.SAVE_AND_PREVIEW,
        metadata=json.dumps({"talk_id": talk_id}),
    )


def _question(id: QuestionId, called: str, written: str) -> list[Block]:
    answer = blocks.text_input(initial=written, multiline=True, at_most=LONGEST)
    box = blocks.checkboxes([blocks.option(words.may_read(called)[:75], _SHOW)])
    return [
        blocks.field(id, question(id), answer, optional=True),
        blocks.field(f"show_{id}", words.SHOW_IT, box, optional=True),
    ]


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def confirmed(view: View) -> Confirmed:
    """Which preview was confirmed."""
    return payload.filled(Confirmed, view)


def preview(preparation: Preparation, called: str) -> View:
    """Word for word, what the other would read, before it is sent."""
    name = mrkdwn.inert(called)
    return blocks.modal(
        PREVIEW,
        words.BEFORE_SENDING,
        [
            blocks.section(words.would_read(name)),
            *said(preparation.to_be_read),
            blocks.context(words.NO_WAY_BACK),
        ],
        submit=words.SEND_IT,
        metadata=json.dumps({"talk_id": preparation.id}),
    )


def kept() -> View:
    """Say that nothing was ticked, so that nothing is sent."""
    return blocks.modal("saved", words.KEPT_TITLE, [blocks.section(words.KEPT)])


def sent(preparation: Preparation, called: str) -> View:
    """What was sent, and what its writer kept."""
    own = preparation.kept
    return blocks.modal(
        "window",
        words.THREE_QUESTIONS,
        [
            blocks.section(words.reads(mrkdwn.inert(called))),
            *said(preparation.to_be_read),
            *([blocks.divider(), blocks.section(words.ONLY_YOU), *said(own)] if own else []),
        ],
    )


def said(answers: Iterable[tuple[QuestionId, str]]) -> list[Block]:
    """Questions with their answers, each in full."""
    return [block for id, text in answers for block in texts.headed(question(id), text)]
