"""Three questions before a talk: the form, the preview of what the other would read, and what was sent."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coaching.forms import FORMS
from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
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
        """Return the answers by question."""
        return {it: getattr(self, it) for it in QUESTIONS}

    @property
    def ticked(self) -> frozenset[QuestionId]:
        """Return the questions whose answers the other may read."""
        return frozenset(it for it in QUESTIONS if getattr(self, f"show_{it}"))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The talk whose preview was confirmed."""

    talk_id: Id


def question(id: QuestionId) -> str:
    """Return a question as guided talks ask it."""
    steps = FORMS["grow"].by_id
    asked = {
        "wanted": steps["goal"].wordings,
        "matters": steps["matters"].wordings,
        "done_so_far": steps["reality"].once_rated,
    }
    return asked[id][0]


def form(talk_id: str, called: str, before: Preparation | None) -> View:
    """Return the questions with what was written *before*; *called* is the other. Nothing is ever ticked."""
    written = before.answers if before else {}
    fields = [field for it in QUESTIONS for field in _question(it, called, written.get(it, ""))]
    note = f"Nothing is sent yet: you see first what {mrkdwn.inert(called)} would read."
    return blocks.modal(
        FORM,
        "Three questions first",
        [*fields, blocks.context(note)],
        submit="Go on",
        metadata=json.dumps({"talk_id": talk_id}),
    )


def _question(id: QuestionId, called: str, written: str) -> list[Block]:
    answer = blocks.text_input(initial=written, multiline=True, at_most=LONGEST)
    box = blocks.checkboxes([blocks.option(f"{called} may read this"[:75], _SHOW)])
    return [
        blocks.field(id, question(id), answer, optional=True),
        blocks.field(f"show_{id}", "Show it?", box, optional=True),
    ]


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def confirmed(view: View) -> Confirmed:
    """Return which preview was confirmed."""
    return payload.filled(Confirmed, view)


def preview(preparation: Preparation, called: str) -> View:
    """Return, word for word, what the other would read, before it is sent."""
    name = mrkdwn.inert(called)
    return blocks.modal(
        PREVIEW,
        "Before you send it",
        [
            blocks.section(f"*This is what {name} would read:*"),
            *said(preparation.to_be_read),
            blocks.context("Closing this window sends nothing. Once it is sent, it can't be taken back."),
        ],
        submit="Send it",
        metadata=json.dumps({"talk_id": preparation.id}),
    )


def kept() -> View:
    """Return that nothing was ticked, so that nothing is sent."""
    words = "*Only you see this.* Nothing is sent. You can come back to it until the talk is over."
    return blocks.modal("saved", "Kept for you", [blocks.section(words)])


def sent(preparation: Preparation, called: str) -> View:
    """Return what was sent, and what its writer kept."""
    own = preparation.kept
    return blocks.modal(
        "window",
        "Three questions first",
        [
            blocks.section(f"*{mrkdwn.inert(called)} reads this:*"),
            *said(preparation.to_be_read),
            *([blocks.divider(), blocks.section("*Only you see this:*"), *said(own)] if own else []),
        ],
    )


def said(answers: Iterable[tuple[QuestionId, str]]) -> list[Block]:
    """Return questions with their answers, each in full."""
    return [block for id, text in answers for block in texts.headed(question(id), text)]
