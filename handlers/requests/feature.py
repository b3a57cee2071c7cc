"""A question as its asker sees it: its card while somebody is sought, and its rows of the Home tab."""

from handlers.block_kit import blocks, paging
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview
from handlers.requests import form as request_form
from handlers.requests import my_requests, rows, twice, which_topic
from kernel.errors import AskedAlready, HasHelper, OwnRequest, TooManyOpen
from mentoring.features import REQUESTS as FEATURE
from mentoring.model.request import OPEN_REQUESTS, REQUESTS, Request

MOST = 20


def _section(overview: Overview) -> list[Block]:
    open_ones = overview.of(OPEN_REQUESTS, Request)[: overview.desk.policy.open_requests][:MOST]
    total = overview.total(REQUESTS)
    everything = blocks.button(f"All my questions ({total})", paging.REQUESTS, "home") if total else None
    nothing = blocks.section("None open. Ask whenever you are stuck; one line is enough.")
    shown = [rows.row(request, overview.desk) for request in open_ones]
    return [blocks.header("My questions"), *(shown or [nothing]), *blocks.actions([everything])]


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(my_requests.register, which_topic.register, twice.register),
    home=(
        HomePart(
            name="requests",
            lists={OPEN_REQUESTS: Request},
            most=MOST,
            counts=(REQUESTS,),
            section=_section,
            stands_at=10,
        ),
    ),
    answers_itself=frozenset({request_form.ASK}),
    refusals={
        HasHelper: lambda no: "Somebody has said yes to this already: your talk is in your messages with me.",
        AskedAlready: lambda no: (
            "You've asked this already, and it's still open. Its card is in your messages with me."
        ),
        OwnRequest: lambda no: "This is your own question. Somebody else will take it.",
        TooManyOpen: lambda no: (
            f"You have {no.limit} open questions and talks, which is as many as I can look after at a time. "
            "With `/ask-mentor status` you can withdraw a question or wrap up a talk; then ask again."
        ),
    },
    field_refusals={
        ("question", "empty"): "Write what you are stuck with, in a sentence or two.",
        ("question", "no_words"): "There are no words in this yet. Write what you are stuck with.",
        ("question", "too_long"): "This is {length} characters long; {limit} fit. Please shorten it.",
        ("tried", "too_long"): "This is too long; {limit} characters fit. Please shorten it.",
        ("topics", "empty"): "I can't tell what this is about. Please choose at least one topic.",
        ("topics", "too_many"): "At most {limit} topics fit. Keep those that matter most.",
        ("minutes", "unknown"): "Choose one of the lengths offered.",
        ("channel", "none"): "These topics have no channel that I could post in.",
    },
)
