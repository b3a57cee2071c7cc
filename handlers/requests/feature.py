"""A question as its asker sees it: its card while somebody is sought, and its rows of the Home tab."""

from handlers.block_kit import blocks, paging
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview
from handlers.requests import form as request_form
from handlers.requests import my_requests, rows, twice, which_topic, words
from kernel.errors import AskedAlready, HasHelper, NotTheSame, OwnRequest, TooManyOpen
from mentoring.features import REQUESTS as FEATURE
from mentoring.model.request import OPEN_REQUESTS, REQUESTS, Request

MOST = 20


def _section(overview: Overview) -> list[Block]:
    open_ones = overview.of(OPEN_REQUESTS, Request)[: overview.desk.policy.open_requests][:MOST]
    total = overview.total(REQUESTS)
    everything = blocks.button(words.all_questions(total), paging.REQUESTS, "home") if total else None
    nothing = blocks.section(words.NONE_OPEN)
    shown = [rows.row(request, overview.desk) for request in open_ones]
    return [blocks.header(words.MY_QUESTIONS), *(shown or [nothing]), *blocks.actions([everything])]


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
        HasHelper: lambda no: words.TAKEN_BY_SOMEBODY,
        AskedAlready: lambda no: words.ASKED_ALREADY,
        NotTheSame: lambda no: words.NOT_THE_SAME,
        OwnRequest: lambda no: words.OWN_QUESTION,
        TooManyOpen: lambda no: words.too_many_open(no.limit),
    },
    field_refusals=words.FIELD_REFUSALS,
)
