"""The asker's card of a request, from the first search to its end, and the receipt that comes before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import blocks, mrkdwn, reasons, texts
from handlers.blocks import Block, Element
from handlers.picture import Picture, knock, quiet
from mentoring.alerts import Alert
from mentoring.desk import Desk
from mentoring.policy import WayOut
from mentoring.request import Request
from mentoring.waits import Wait

TOPICS = "request.topics"
CHANGE = "request.change"
SOMEONE_ELSE = "request.someone_else"
WITHDRAW = "request.withdraw"
AGAIN = "request.again"
KEEP_WAITING = "request.keep_waiting"
TELL_ADMINS = "request.tell_admins"
POST = "request.post_in_channel"
COACH = "request.coach"

_LOOKING = {
    "help": "Looking for someone for you.",
    "peer_coaching": "Looking for someone you can coach, and who coaches you.",
}
_YES = {"help": "can help you", "peer_coaching": "will swap coaching with you"}
WITHDRAWN = "Withdrawn. Whoever was asked is told that it is settled."
WITHDRAW_SURE = ("Withdraw this question?", "Whoever is being asked is told that it is settled.")
_GAPS = {
    "nobody": "I have asked everyone here who knows this and is free, and nobody could take it in time.",
    "too_late": "The time you needed this by has come, and nobody could take it so far.",
    "helper_left": "The person who had said yes can't help any more.",
}
_MOVED = "The newest message about this question is below."


@dataclass(frozen=True, slots=True)
class Search:
    """What is known of a search besides the request: the usual wait, and by when helpers must answer.

    *alert* is what the admins were told of it; *is_reported* says that the asker reported its talk.
    """

    wait: Wait | None = None
    deadline: datetime | None = None
    alert: Alert | None = None
    are_admins_known: bool = False
    is_reported: bool = False


def receipt(request: Request, desk: Desk, notes: Sequence[str] = ()) -> list[Block]:
    """Return what a person sees at once after asking: saved, what was understood, and how to mend it."""
    about = texts.topics(request.topics, desk.topics)
    return [
        blocks.section(f"*Saved, and on its way.* I'm looking for someone who can help with {about}."),
        texts.reminder(request.question),
        *(blocks.context(note) for note in notes),
        blocks.context(
            texts.wishes(request, desk), "How it goes from here is on a card in your messages with me."
        ),
        *blocks.actions([_topics(request), _change(request), withdraw_button(request)]),
    ]


def saved(notes: Sequence[str] = ()) -> list[Block]:
    """Return the receipt where the card is in sight: one line, and no second set of buttons."""
    said = "*Saved, and on its way.* How it goes from here is on its card in your messages with me."
    return [blocks.section(said), *(blocks.context(note) for note in notes)]


def card(request: Request, desk: Desk, search: Search) -> Picture:
    """Return the card as the request stands. It knocks when nobody is left, and when the search ends."""
    body = [texts.reminder(request.question), blocks.context(texts.wishes(request, desk))]
    painter = _PAINTERS[request.state]
    return painter(request, desk, search, body)


def _looking(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    asked = bool(request.asked_now) and request.state == "offered"
    buttons = [
        _topics(request),
        _change(request),
        _else(request) if asked else None,
        withdraw_button(request),
    ]
    has_left = request.gap == "helper_left"
    left = f"{_GAPS['helper_left']} I'm looking for someone else."
    lead = f"*{left if has_left else _LOOKING[request.way]}*"
    shown = [
        blocks.section(f"{lead} {progress(request, desk, search)}"),
        *body,
        blocks.context(_usual(request, desk, search.wait)),
        *blocks.actions(buttons),
        *_post_line(request),
    ]
    if has_left:
        return knock(f"left:{request.round_began}", shown, closing=_MOVED)
    return quiet("looking", shown)


def progress(request: Request, desk: Desk, search: Search) -> str:
    """Return how far the search is: whose turn it is, and by when they answer."""
    asked, most = len(request.asked_now), desk.policy.one_at_a_time + desk.policy.pool
    until = f" They have until {mrkdwn.moment(search.deadline)}." if search.deadline else ""
    if request.state == "open" or not asked:
        waits = "I try again from time to time, for as long as it takes." if request.is_waiting else ""
        return waits or "I'm choosing whom to ask."
    if asked > desk.policy.one_at_a_time:
        return f"I'm asking several people at once now, {asked} so far; the first to say yes gets it.{until}"
    return f"I'm asking the {texts.ordinal(asked)} of up to {most} people.{until}"


def _usual(request: Request, desk: Desk, wait: Wait | None) -> str:
    if wait is None:
        return "I'll tell you here as soon as somebody says yes. No need to sit and wait."
    about = texts.topics(request.topics, desk.topics)
    whom = "" if wait.lane == "any" else f" {texts.FROM[wait.lane]}"
    usual = f"For {about}{whom}, people here usually say yes within {texts.span(wait.minutes)}"
    return f"{usual} (of {wait.of} asks in 90 days)."


def _accepted(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    why = reasons.for_asker(request.reasons, lambda topic: texts.label(desk.topics, topic))
    whom = f" They {why}." if why and not request.anonymous else ""
    return quiet(
        f"accepted:{request.session_id}",
        [
            blocks.section(
                f"*{_helper(request)} {_YES[request.way]}.*{whom} Your talk has its own card below."
            ),
            *blocks.actions([_else(request)]),
        ],
    )


def _helper(request: Request) -> str:
    return "Someone" if request.anonymous or not request.helper_id else mrkdwn.mention(request.helper_id)


def _unanswered(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    return knock(
        f"unanswered:{len(request.asked)}:{request.gap}",
        [
            blocks.section(f"*No one yet.* {_GAPS.get(request.gap or 'nobody', _GAPS['nobody'])} What now?"),
            *body,
            *blocks.actions([*_ways_out(request, desk), _change(request), withdraw_button(request)]),
            *([blocks.context(_told(search))] if request.told_admins_at else []),
            *_post_line(request),
        ],
        closing="This search has ended; the newest message about it is below.",
    )


def _post_line(request: Request) -> list[Block]:
    """Return how it stands with the post in the topic's channel, if one was wished for."""
    if request.refused_by_channel:
        where = f"<#{request.refused_by_channel}>"
        return [blocks.context(f"I couldn't post it in {where}: Slack refused it. Nobody has read it there.")]
    if not request.channel_post:
        return []
    how = "It's posted" if request.is_posted else "I'm posting it"
    return [blocks.context(f"{how} in <#{request.channel_post}>.")]


def _told(search: Search) -> str:
    """Return who really knows that nobody took it."""
    alert = search.alert
    if alert and alert.closed_at:
        return "An admin has seen to it."
    if alert and alert.taken_by:
        return f"{mrkdwn.mention(alert.taken_by)} is looking for someone."
    if alert and alert.told:
        count = len(alert.told)
        return f"I've asked {count} admin{'' if count == 1 else 's'} to find someone."
    if search.are_admins_known:
        return "I know no other admin here, so nobody was told. It goes to the first one I learn of."
    return "I'm passing it on to the admins. I don't know yet who they are here, so nobody has it so far."


def _ways_out(request: Request, desk: Desk) -> list[Element | None]:
    channel = desk.topics.channel(request.topics)
    elements = {
        WayOut.COACH_ME: blocks.button("Think it through myself", COACH, request.id),
        WayOut.POST_IN_CHANNEL: _post(request) if channel and not request.channel_post else None,
        WayOut.KEEP_WAITING: blocks.button("Keep looking", KEEP_WAITING, request.id, style="primary"),
        WayOut.TELL_ADMINS: None if request.told_admins_at else _tell_admins(request),
    }
    return [elements[WayOut(way)] for way in desk.policy.ways_out]


def _post(request: Request) -> Element:
    hidden = " Your name is not shown." if request.anonymous else " Your name is shown."
    sure = blocks.confirmation(
        "Post it in the topic's channel?",
        f"Everyone in the channel can read your question then.{hidden}",
        "Post it",
        "Not now",
    )
    label = "Try the channel again" if request.refused_by_channel else "Post it in the channel"
    return blocks.button(label, POST, request.id, confirm=sure)


def _tell_admins(request: Request) -> Element:
    hidden = "Your name is not shown." if request.anonymous else "Your name is shown."
    text = f"The admins of this workspace read your question then. {hidden}"
    sure = blocks.confirmation("Ask the admins?", text, "Ask them", "Not now")
    return blocks.button("Ask the admins", TELL_ADMINS, request.id, confirm=sure)


def _resolved(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    again = blocks.button("Ask the same person again", AGAIN, request.id)
    other = blocks.button("Ask someone else", SOMEONE_ELSE, request.id)
    if search.is_reported:
        said = "*This talk is over.* If something is still open, somebody else may help:"
        return quiet("resolved", [blocks.section(said), *body, *blocks.actions([other])])
    whom = f" with {_helper(request)}" if request.helper_id and not request.anonymous else ""
    said = f"*Talked through{whom}.* I hope it helped. If something is still open, ask once more:"
    return quiet("resolved", [blocks.section(said), *body, *blocks.actions([again, other])])


def _withdrawn(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    return quiet(
        "withdrawn", [blocks.section("*Withdrawn.* Ask anew at any time with `/ask-mentor`."), body[0]]
    )


def _expired(request: Request, desk: Desk, search: Search, body: list[Block]) -> Picture:
    other = blocks.button("Try again", SOMEONE_ELSE, request.id, style="primary")
    said = "*I found nobody for this one, and I've stopped looking.* I'm sorry. Another try may find someone."
    closing = "This search has ended; the newest message about it is below."
    return knock("expired", [blocks.section(said), *body, *blocks.actions([other])], closing)


def _topics(request: Request) -> Element:
    return blocks.button("Change topics", TOPICS, request.id)


def _change(request: Request) -> Element:
    return blocks.button("Edit", CHANGE, request.id)


def _else(request: Request) -> Element:
    text = "I'll ask another person. Nobody is told that you wished for someone else."
    sure = blocks.confirmation("Someone else?", text, "Someone else please", "Leave it")
    return blocks.button("Someone else please", SOMEONE_ELSE, request.id, confirm=sure)


def withdraw_button(request: Request) -> Element:
    """Return the button that takes a question back, after one more question."""
    sure = blocks.confirmation(*WITHDRAW_SURE, "Withdraw", "Keep it")
    return blocks.button("Withdraw", WITHDRAW, request.id, style="danger", confirm=sure)


_PAINTERS = {
    "open": _looking,
    "offered": _looking,
    "accepted": _accepted,
    "in_session": _accepted,
    "unanswered": _unanswered,
    "resolved": _resolved,
    "withdrawn": _withdrawn,
    "expired": _expired,
}
