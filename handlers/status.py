"""What `/ask-mentor status`, `withdraw` and `topics` show: my open questions, and what can be asked about."""

from collections.abc import Sequence

from handlers import words
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation
from handlers.interactions.sub_words import SubWord
from handlers.requests import rows
from kernel.desk import Desk
from kernel.features import Feature
from kernel.topics import Catalogue
from kernel.values import PersonId, TopicId
from mentoring.model.request import HELD, OPEN_REQUESTS, Request

MOST = 20
LISTED = 120  # topics named in one answer


async def open_requests(desk: Desk, me: PersonId) -> list[Request]:
    """My questions that have not ended, newest first."""
    found = await desk.store.ids(OPEN_REQUESTS.of(me), limit=MOST)
    return await desk.store.look(lambda read: read.all(Request, found))


def overview(requests: Sequence[Request], desk: Desk, lead: str = "") -> list[Block]:
    """My open questions with a way to end each: withdraw it, or wrap up the session that it became."""
    if not requests:
        nothing = words.NONE_OPEN
        return [blocks.section(f"{lead} {nothing}".strip())]
    more = words.OLDER_ON_HOME
    shown = [rows.row(request, desk) for request in requests]
    return [blocks.section(lead or f"*{_counted(requests)}.*"), *shown, blocks.context(more)]


def _counted(requests: Sequence[Request]) -> str:
    talks = sum(request.state in HELD for request in requests)
    open_ones = len(requests) - talks
    questions = [words.open_questions(open_ones)] if open_ones else []
    return mrkdwn.listed([*questions, *([words.open_talks(talks)] if talks else [])])


def topic_list(typed: str, topics: Catalogue) -> list[Block]:
    """The topics by group, or those that what was typed may mean."""
    found = [TopicId(one.id) for one in topics.tagger.complete(typed, LISTED)]
    if not found:
        return [blocks.section(words.no_such_topic(mrkdwn.quoted(typed, 60)))]
    groups: dict[TopicId | None, list[str]] = {}
    for id in found:
        groups.setdefault(topics.get(id).parent, []).append(texts.label(topics, id))
    alone = [texts.label(topics, id) for id in found if not topics.get(id).parent and id not in groups]
    lines = [
        f"*{texts.label(topics, parent)}:* {', '.join(labels)}" for parent, labels in groups.items() if parent
    ]
    rest = words.more_topics(len(topics) - LISTED) if len(topics) > LISTED else ""
    said = "\n".join([", ".join(alone), *lines, rest if not typed else ""]).strip()
    return [blocks.section(words.WHAT_YOU_CAN_ASK), *blocks.paragraphs(said)]


async def show_open(call: Call, _rest: str) -> None:
    """Show my open questions."""
    shown = overview(await open_requests(call.desk, call.me), call.desk)
    await call.say(blocks.spoken(shown), shown)


async def choose_to_withdraw(call: Call, _rest: str) -> None:
    """Show my open questions, and ask which one is withdrawn."""
    open_ones = await open_requests(call.desk, call.me)
    shown = overview(open_ones, call.desk, words.WHICH_TO_WITHDRAW if open_ones else "")
    await call.say(blocks.spoken(shown), shown)


async def show_topics(call: Call, rest: str) -> None:
    """Show what can be asked about, or what the letters after the word may mean."""
    shown = topic_list(rest, call.desk.topics)
    await call.say(blocks.spoken(shown), shown)


CONVERSATION = Conversation(
    feature=Feature(name="status"),
    ask_words={
        "status": SubWord(
            help=words.STATUS_HELP,
            answer=show_open,
            also=("list",),
        ),
        "topics": SubWord(
            help=words.TOPICS_HELP,
            answer=show_topics,
            takes_rest=True,
        ),
        "withdraw": SubWord(answer=choose_to_withdraw, takes_rest=True, also=("cancel",)),
    },
)
