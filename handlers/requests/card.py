"""The asker's card of a request, from the first search to its end, and the receipt that comes before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.policy import WayOut
from mentoring.learning.waits import Wait
from mentoring.model.alert import Alert
from mentoring.model.appointment import Unmet
from mentoring.model.request import Hold, Request

TOPICS = "request.topics"
CHANGE = "request.change"
SOMEONE_ELSE = "request.someone_else"
WITHDRAW = "request.withdraw"
AGAIN = "request.again"
KEEP_WAITING = "request.keep_waiting"
TELL_ADMINS = "request.tell_admins"
POST = "request.post_in_channel"
TAKE_POST_BACK = "request.take_post_back"
COACH = "request.coach"
REWORD = "request.reword"
UNDO = "request.undo"
SECOND_OPINION = "request.second_opinion"

_LOOKING = {
    "help": "Looking for someone for you.",
    "peer_coaching": "Looking for someone you can coach, and who coaches you.",
}
_YES = {"help": "can help you", "peer_coaching": "will swap coaching with you"}
WITHDRAWN = "Withdrawn. Whoever was being asked sees that they don't need to answer any more."
WITHDRAW_SURE = (
    "Withdraw this question?",
    "Whoever is being asked sees that they don't need to answer any more.",
)
_LEFT = "The person who had said yes can't help any more."
_UNMET: Mapping[Unmet, str] = {
    "no_time": "No time for your talk was chosen.",
    "by_helper": "The person who had said yes can't make it after all.",
}
_ELSE = "I'm looking for someone else."
MOVED = "The newest message about this question is below."


@dataclass(frozen=True, slots=True)
class SearchState:
    """What is known of a search besides the request: the usual wait, how many have it now, and until when.

    *alert* is what the admins were told of it; *is_reported* says that the asker reported its talk;
    *can_undo* says that its withdrawal can be undone.
    """

    wait: Wait | None = None
    deadline: datetime | None = None
    pending: int = 0
    alert: Alert | None = None
    are_admins_known: bool = False
    is_reported: bool = False
    can_undo: bool = False


def receipt(request: Request, desk: Desk, notes: Sequence[str] = ()) -> list[Block]:
    """Return what a person sees at once after asking: saved, what was understood, and how to mend it."""
    whom = f"who can help with {texts.topics(request.topics, desk.topics)}"
    whom = whom if request.topics else "by your words, since I can't tell the topic"
    return [
        blocks.section(f"*Got it.* I'm looking for someone {whom}."),
        texts.reminder(request.question),
        *(blocks.context(note) for note in notes),
        blocks.context(texts.wishes(request, desk), "I'll keep you posted in your messages with me."),
        *blocks.actions([_topics(request), _change(request), withdraw_button(request)]),
    ]


def saved(notes: Sequence[str] = ()) -> list[Block]:
    """Return the receipt where the card is in sight: one line, and no second set of buttons."""
    said = "*Got it.* I'll keep you posted in your messages with me."
    return [blocks.section(said), *(blocks.context(note) for note in notes)]


def card(request: Request, desk: Desk, search: SearchState) -> Picture:
    """Return the card as the request stands. It knocks when nobody is left, and when the search ends."""
    body = [texts.reminder(request.question), blocks.context(texts.wishes(request, desk))]
    painter = _PAINTERS[request.state]
    return painter(request, desk, search, body)


def _looking(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    asked = bool(request.asked_now) and request.state == "offered"
    buttons = [
        _topics(request),
        _change(request),
        someone_else_button(request) if asked else None,
        _take_post_back(request),
        second_opinion_button(request),
        withdraw_button(request),
    ]
    left = _left(request)
    lead = f"*{f'{left} {_ELSE}' if left else _LOOKING[request.way]}*"
    shown = [
        blocks.section(f"{lead} {progress(request, desk, search)}"),
        *body,
        blocks.context(_usual(request, desk, search.wait)),
        *blocks.actions(buttons),
        *_lines(_posted(request)),
        *_lines(_told(search) if request.told_admins_at else ""),
    ]
    if left:
        return knock(f"left:{request.round_began}", shown, closing=MOVED)
    return quiet("looking", shown)


def _left(request: Request) -> str:
    """Return why somebody who had said yes doesn't help, or nothing where nobody had."""
    return _LEFT if request.gap == "helper_left" else _UNMET.get(request.unmet or "by_asker", "")


def progress(request: Request, desk: Desk, search: SearchState) -> str:
    """Return how far the search is: how many have it now, of how many so far, and by when they answer."""
    now, asked = search.pending, request.people_asked
    if request.state == "open" and request.held:
        return _held(request, request.held)
    if request.state == "open" or not now:
        every = f"I'll try again every {texts.span(60 * desk.policy.keep_waiting_hours)}"
        waits = f"{every}, until {mrkdwn.moment(request.needed_by)}." if request.is_waiting else ""
        return waits or "I'm choosing who to ask."
    so_far = f" ({asked} asked so far)" if asked > now else ""
    until = f" They have until {mrkdwn.moment(search.deadline)}." if search.deadline else ""
    if now > 1:
        return f"I'm asking {now} people at once{so_far}; the first to say yes gets it.{until}"
    return f"I'm asking 1 person now{so_far}.{until}"


def _held(request: Request, held: Hold) -> str:
    """Return until when nobody is asked, and why: in the asker's own time, and without a name.

    Of somebody who was picked by name, it isn't told that they have another question.
    """
    who = "Someone who knows this" if request.way == "help" else "Someone who fits"
    if request.prefer and not request.handed_by:
        who = "The person you picked"
    if held.is_busy:
        before = "can't be asked yet" if request.prefer else "has another question first"
        return f"{who} {before}. I'll ask as soon as they can take this one."
    does = "has do-not-disturb on until" if held.why == "quiet" else "starts work"
    return f"{who} {does} {mrkdwn.moment(held.until)} your time. I'll ask then."


def _usual(request: Request, desk: Desk, wait: Wait | None) -> str:
    if wait is None:
        return "I'll tell you here as soon as somebody says yes. No need to sit and wait."
    about = texts.topics(request.topics, desk.topics)
    whom = "" if wait.lane == "any" else f" {texts.FROM[wait.lane]}"
    usual = f"For {about}{whom}, people here usually say yes within {texts.span(wait.minutes)}"
    return f"{usual} (of {wait.of} asks in 90 days)."


def _accepted(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    """Return the card of a question whose talk has a card of its own, as an earlier release began it."""
    said = f"{yes(request, desk, _helper(request))} Your talk has its own card below."
    return quiet(
        f"accepted:{request.session_id}",
        [blocks.section(said), *blocks.actions([someone_else_button(request)])],
    )


def yes(request: Request, desk: Desk, who: str, role: str = "") -> str:
    """Return that somebody has said yes, *who*, what they do (*role*, mrkdwn), and what speaks for them."""
    why = reasons.for_asker(request.reasons, lambda topic: texts.label(desk.topics, topic))
    whom = f" They {why}." if why and not request.anonymous else ""
    does = f" {role[:1].upper()}{role[1:]}." if role and not request.anonymous else ""
    return f"*{who} {_YES[request.way]}.*{does}{whom}"


def _helper(request: Request) -> str:
    return "Someone" if request.anonymous or not request.helper_id else mrkdwn.mention(request.helper_id)


def _unanswered(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    # A post is a way that has been taken: it leads, and asks for no other at once.
    posted = _posted(request) if request.channel_post else ""
    also = [_take_post_back(request), second_opinion_button(request), withdraw_button(request)]
    buttons = [_topics(request), _change(request), *also]
    return knock(
        f"unanswered:{len(request.asked)}:{request.gap}",
        [
            blocks.section(f"*No one yet.* {_gap(request, desk)} {posted or 'What now?'}"),
            *body,
            *blocks.actions([*_ways_out(request, desk), *buttons]),
            *_lines(_told(search) if request.told_admins_at else ""),
            *_lines("" if posted else _posted(request) or _postable(request, desk)),
        ],
        closing=MOVED,
    )


def _posted(request: Request) -> str:
    """Return how it stands with the post in the topic's channel, or nothing where none was wished for."""
    if request.refused_by_channel:
        where = f"<#{request.refused_by_channel}>"
        return f"I couldn't post it in {where}: Slack refused it. Nobody has read it there."
    if not request.channel_post:
        return ""
    where = f"<#{request.channel_post}>"
    link = f" ({mrkdwn.link(request.post_link, 'see the post')})" if request.post_link else ""
    is_there = f"It's posted in {where}{link}. The first person there to say yes gets it."
    return is_there if request.is_posted else f"I'm posting it in {where}."


def _postable(request: Request, desk: Desk) -> str:
    """Return in which channel it can be posted, or nothing."""
    channel = desk.topics.channel(request.topics)
    can_post = channel and WayOut.POST_IN_CHANNEL in desk.policy.ways_out
    return f"*Post it in the channel* posts it in <#{channel}>." if can_post else ""


def _lines(sentence: str) -> list[Block]:
    return [blocks.context(sentence)] if sentence else []


def _gap(request: Request, desk: Desk) -> str:
    """Return why nobody helps, with how many were asked."""
    asked = request.people_asked
    people = f"({asked} {'person' if asked == 1 else 'people'} asked)"
    if request.gap == "helper_left":
        return _LEFT
    if request.gap == "off_hours" and request.held:
        at = mrkdwn.weekday_moment(request.held.until)
        late = f"It's {texts.NEEDED[request.urgency]}, and nobody I can ask is at work in time."
        return f"{late} The first starts work {at} your time."
    if request.gap == "too_late":
        nobody = f"nobody could take it so far {people}" if asked else "I found nobody to ask"
        return f"You needed this by now, and {nobody}."
    if asked:
        return f"Nobody could take it in time {people}."
    about = texts.topics(request.topics, desk.topics) if request.topics else "this"
    return f"I don't know anyone I can ask about {about} right now, so I haven't asked anyone."


def _told(search: SearchState) -> str:
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
    """Return a button for each way that the policy names and that is still open."""
    channel = desk.topics.channel(request.topics)
    is_over = request.is_ended  # each way then begins the search anew
    keep = "Wait until then" if request.gap == "off_hours" else "Keep looking"
    keep = "Keep looking for a week" if is_over else keep
    elements = {
        WayOut.COACH_ME: blocks.button("Think it through myself", COACH, request.id),
        WayOut.POST_IN_CHANNEL: (
            _post(request, channel) if channel and (is_over or not request.channel_post) else None
        ),
        WayOut.KEEP_WAITING: blocks.button(keep, KEEP_WAITING, request.id, style="primary"),
        WayOut.TELL_ADMINS: None if request.told_admins_at else _tell_admins(request),
    }
    return [elements[WayOut(way)] for way in desk.policy.ways_out]


def _take_post_back(request: Request) -> Element | None:
    if not request.channel_post:
        return None
    sure = blocks.confirmation(
        "Take the post back?",
        f"I'll remove the post from <#{request.channel_post}>. Your question stays open.",
        "Take it back",
        "Leave it",
    )
    return blocks.button("Take the post back", TAKE_POST_BACK, request.id, confirm=sure)


def _post(request: Request, channel: str) -> Element:
    hidden = " Your name is not shown." if request.anonymous else " Your name is shown."
    sure = blocks.confirmation(
        "Post it in the topic's channel?",
        f"Everyone in <#{channel}> will then be able to read your question.{hidden}",
        "Post it",
        "Not now",
    )
    label = "Try the channel again" if request.refused_by_channel else "Post it in the channel"
    return blocks.button(label, POST, request.id, confirm=sure)


def _tell_admins(request: Request) -> Element:
    hidden = "Your name is not shown." if request.anonymous else "Your name is shown."
    text = f"The admins of this workspace will then read your question. {hidden}"
    sure = blocks.confirmation("Ask the admins?", text, "Ask them", "Not now")
    return blocks.button("Ask the admins", TELL_ADMINS, request.id, confirm=sure)


def _resolved(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    """Return the card of a question whose talk had a card of its own, as an earlier release began it."""
    ways = blocks.actions(list(once_more(request, is_reported=search.is_reported).values()))
    if search.is_reported:
        said = "*This talk is over.* If something is still open, somebody else may help:"
        return quiet("resolved", [blocks.section(said), *body, *ways])
    whom = f" with {_helper(request)}" if request.helper_id and not request.anonymous else ""
    said = f"*Talked through{whom}.* I hope it helped. If something is still open, ask once more:"
    return quiet("resolved", [blocks.section(said), *body, *ways])


def once_more(request: Request, *, is_reported: bool) -> dict[str, Element]:
    """Return the ways to ask again after a talk; not the same person where the talk was reported.

    They are the *same* person, somebody *else*, or several *voices* in writing.
    """
    is_peer = request.way == "peer_coaching"
    voices = second_opinion_button(request)
    more = {"voices": voices} if voices else {}
    label = "Coach each other again" if is_peer else "Ask the same person again"
    again = blocks.button(label, AGAIN, request.id)
    other = blocks.button("Ask someone else", SOMEONE_ELSE, request.id)
    return {"else": other, **more} if is_reported else {"same": again, "else": other, **more}


def _withdrawn(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    said = blocks.section("*Withdrawn.* Ask again at any time with `/ask-mentor`.")
    undo = [blocks.button("Undo", UNDO, request.id)] if search.can_undo else []
    return quiet("withdrawn", [said, body[0], *blocks.actions(undo)])


def _expired(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    ways = [
        blocks.button("Ask in other words", REWORD, request.id),
        blocks.button("Try again", SOMEONE_ELSE, request.id),
    ]
    asked = request.people_asked
    said = f"*I found nobody for this one, and I've stopped looking* ({asked} asked). I'm sorry. What now?"
    shown = [blocks.section(said), *body, *blocks.actions([*_ways_out(request, desk), *ways])]
    return knock("expired", [*shown, *_lines(_postable(request, desk))], closing=MOVED)


def second_opinion_button(request: Request) -> Element | None:
    """Return the way to put the same question to three people who answer it in writing."""
    if request.way != "help":
        return None
    return blocks.button("Get a second opinion", SECOND_OPINION, request.id)


def _topics(request: Request) -> Element:
    return blocks.button("Change topics", TOPICS, request.id)


def _change(request: Request) -> Element:
    return blocks.button("Edit", CHANGE, request.id)


def someone_else_button(request: Request) -> Element:
    """Return the button that ends what is going on and looks for another helper, after one more question."""
    whom = "Whoever has it now" if request.is_looking else "Your talk ends. The one you talk to"
    text = f"I'll look for someone else. {whom} sees that it's over, but not why."
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
