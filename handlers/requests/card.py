"""The asker's card of a request, from the first search to its end, and the receipt that comes before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.requests import reasons, words
from kernel.desk import Desk
from kernel.policy import WayOut
from mentoring.learning.waits import WaitEstimate
from mentoring.model.alert import Alert
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


@dataclass(frozen=True, slots=True)
class SearchState:
    """What is known of a search besides the request: the usual wait, how many have it now, and until when.

    *alert* is what the admins were told of it; *is_reported* says that the asker reported its session;
    *can_undo* says that its withdrawal can be undone.
    """

    wait: WaitEstimate | None = None
    deadline: datetime | None = None
    pending: int = 0
    alert: Alert | None = None
    are_admins_known: bool = False
    is_reported: bool = False
    can_undo: bool = False


def receipt(request: Request, desk: Desk, notes: Sequence[str] = ()) -> list[Block]:
    """What a person sees at once after asking: saved, what was understood, and how to mend it."""
    whom = words.someone_about(texts.topics(request.topics, desk.topics))
    whom = whom if request.topics else words.SOMEONE_BY_WORDS
    return [
        blocks.section(words.got_it(whom)),
        texts.reminder(request.question),
        *(blocks.context(note) for note in notes),
        blocks.context(texts.wishes(request, desk), words.POSTED_IN_MESSAGES),
        *blocks.actions([_topics(request), _change(request), withdraw_button(request)]),
    ]


def saved(notes: Sequence[str] = ()) -> list[Block]:
    """The receipt where the card is in sight: one line, and no second set of buttons."""
    said = words.SAVED
    return [blocks.section(said), *(blocks.context(note) for note in notes)]


def card(request: Request, desk: Desk, search: SearchState) -> Picture:
    """The card as the request stands. It knocks when nobody is left, and when the search ends."""
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
    lead = f"*{f'{left} {words.SOMEONE_ELSE_IS_SOUGHT}' if left else words.LOOKING[request.way]}*"
    shown = [
        blocks.section(f"{lead} {progress(request, desk, search)}"),
        *body,
        blocks.context(_usual(request, desk, search.wait)),
        *blocks.actions(buttons),
        *_lines(_posted(request)),
        *_lines(_told(search) if request.told_admins_at else ""),
    ]
    if left:
        return knock(f"left:{request.round_began}", shown, closing=words.MOVED)
    return quiet("looking", shown)


def _left(request: Request) -> str:
    """Why somebody who had said yes doesn't help, or nothing where nobody had."""
    return (
        words.HELPER_LEFT
        if request.gap == "helper_left"
        else words.UNMET.get(request.unmet or "by_asker", "")
    )


def progress(request: Request, desk: Desk, search: SearchState) -> str:
    """How far the search is: how many have it now, of how many so far, and by when they answer."""
    now, asked = search.pending, request.people_asked
    if request.state == "open" and request.held:
        return _held(request, request.held)
    if request.state == "open" or not now:
        every = words.every(texts.span(60 * desk.policy.keep_waiting_hours))
        waits = words.until_needed(every, mrkdwn.moment(request.needed_by)) if request.is_waiting else ""
        return waits or words.CHOOSING
    so_far = words.so_far(asked) if asked > now else ""
    until = words.they_have_until(mrkdwn.moment(search.deadline)) if search.deadline else ""
    if now > 1:
        return words.asking_several(now, so_far, until)
    return words.asking_one(so_far, until)


def _held(request: Request, held: Hold) -> str:
    """Until when nobody is asked, and why: in the asker's own time, and without a name.

    Of somebody who was picked by name, it isn't told that they have another question.
    """
    who = words.WHO_KNOWS if request.way == "help" else words.WHO_FITS
    if request.prefer and not request.handed_by:
        who = words.WHO_WAS_PICKED
    if held.is_busy:
        before = words.CANT_BE_ASKED_YET if request.prefer else words.HAS_ANOTHER_FIRST
        return words.held_by_another(who, before)
    does = words.DO_NOT_DISTURB if held.why == "quiet" else words.STARTS_WORK
    return words.held_until(who, does, mrkdwn.moment(held.until))


def _usual(request: Request, desk: Desk, wait: WaitEstimate | None) -> str:
    if wait is None:
        return words.NO_NEED_TO_WAIT
    about = texts.topics(request.topics, desk.topics) if request.topics else words.WITH_NO_TOPIC
    whom = "" if wait.lane == "any" else f" {texts.FROM[wait.lane]}"
    usual = words.usual_wait(about, whom, texts.span(wait.minutes))
    return words.usual_of(usual, wait.of)


def _accepted(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    """The card of a question whose session has a card of its own, as an earlier release began it."""
    said = words.has_own_card(yes(request, desk, _helper(request)))
    return quiet(
        f"accepted:{request.session_id}",
        [blocks.section(said), *blocks.actions([someone_else_button(request)])],
    )


def yes(request: Request, desk: Desk, who: str, role: str = "") -> str:
    """Say that somebody has said yes, *who*, what they do (*role*, mrkdwn), and what speaks for them."""
    why = reasons.for_asker(request.reasons, lambda topic: texts.label(desk.topics, topic))
    whom = words.they(why) if why and not request.anonymous else ""
    does = f" {role[:1].upper()}{role[1:]}." if role and not request.anonymous else ""
    return f"*{who} {words.YES[request.way]}.*{does}{whom}"


def _helper(request: Request) -> str:
    return words.SOMEONE if request.anonymous or not request.helper_id else mrkdwn.mention(request.helper_id)


def _unanswered(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    # A post is a way that has been taken: it leads, and asks for no other at once.
    posted = _posted(request) if request.channel_post else ""
    also = [_take_post_back(request), second_opinion_button(request), withdraw_button(request)]
    buttons = [_topics(request), _change(request), *also]
    return knock(
        f"unanswered:{len(request.asked)}:{request.gap}",
        [
            blocks.section(words.no_one_yet(_gap(request, desk), posted or words.WHAT_NOW)),
            *body,
            *blocks.actions([*_ways_out(request, desk), *buttons]),
            *_lines(_told(search) if request.told_admins_at else ""),
            *_lines("" if posted else _posted(request) or _postable(request, desk)),
        ],
        closing=words.MOVED,
    )


def _posted(request: Request) -> str:
    """How it stands with the post in the topic's channel, or nothing where none was wished for."""
    if request.refused_by_channel:
        where = f"<#{request.refused_by_channel}>"
        return words.refused_by_channel(where)
    if not request.channel_post:
        return ""
    where = f"<#{request.channel_post}>"
    link = f" ({mrkdwn.link(request.post_link, words.SEE_POST)})" if request.post_link else ""
    is_there = words.posted(where, link)
    return is_there if request.is_posted else words.posting(where)


def _postable(request: Request, desk: Desk) -> str:
    """In which channel it can be posted, or nothing."""
    channel = desk.topics.channel(request.topics)
    is_way = WayOut.POST_IN_CHANNEL in desk.policy.ways_out
    return words.can_post_in(channel) if channel and is_way else ""


def _lines(sentence: str) -> list[Block]:
    return [blocks.context(sentence)] if sentence else []


def _gap(request: Request, desk: Desk) -> str:
    """Why nobody helps, with how many were asked."""
    asked = request.people_asked
    people = words.asked(asked)
    if request.gap == "helper_left":
        return words.HELPER_LEFT
    if request.gap == "off_hours" and request.held:
        at = mrkdwn.weekday_moment(request.held.until)
        late = words.nobody_at_work_in_time(texts.NEEDED[request.urgency])
        return words.first_starts(late, at)
    if request.gap == "too_late":
        nobody = words.nobody_so_far(people) if asked else words.NOBODY_TO_ASK
        return words.needed_by_now(nobody)
    if asked:
        return words.nobody_in_time(people)
    about = texts.topics(request.topics, desk.topics) if request.topics else "this"
    return words.nobody_known(about)


def _told(search: SearchState) -> str:
    """Who really knows that nobody took it."""
    alert = search.alert
    if alert and alert.closed_at:
        return words.ADMIN_HAS_SEEN
    if alert and alert.taken_by:
        return words.admin_looks(mrkdwn.mention(alert.taken_by))
    if alert and alert.told:
        count = len(alert.told)
        return words.admins_asked(count)
    if search.are_admins_known:
        return words.NO_OTHER_ADMIN
    return words.ADMINS_UNKNOWN


def _ways_out(request: Request, desk: Desk) -> list[Element | None]:
    """A button for each way that the policy names and that is still open."""
    channel = desk.topics.channel(request.topics)
    is_over = request.is_ended  # each way then begins the search anew
    keep = words.WAIT_UNTIL_THEN if request.gap == "off_hours" else words.KEEP_LOOKING
    keep = words.KEEP_LOOKING_A_WEEK if is_over else keep
    elements = {
        WayOut.COACH_ME: blocks.button(words.THINK, COACH, request.id),
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
        words.TAKE_POST_BACK_SURE,
        words.post_will_go(request.channel_post),
        words.TAKE_IT_BACK,
        labels.LEAVE_IT,
    )
    return blocks.button(words.TAKE_POST_BACK, TAKE_POST_BACK, request.id, confirm=sure)


def _post(request: Request, channel: str) -> Element:
    hidden = words.AND_NAME_HIDDEN if request.anonymous else words.AND_NAME_SHOWN
    sure = blocks.confirmation(
        words.POST_SURE,
        words.channel_can_read(channel, hidden),
        words.POST_IT,
        labels.NOT_NOW,
    )
    label = words.TRY_CHANNEL_AGAIN if request.refused_by_channel else words.POST_IN_CHANNEL
    return blocks.button(label, POST, request.id, confirm=sure)


def _tell_admins(request: Request) -> Element:
    hidden = words.NAME_HIDDEN if request.anonymous else words.NAME_SHOWN
    text = words.admins_will_read(hidden)
    sure = blocks.confirmation(words.ASK_ADMINS_SURE, text, words.ASK_THEM, labels.NOT_NOW)
    return blocks.button(words.ASK_ADMINS, TELL_ADMINS, request.id, confirm=sure)


def _resolved(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    """The card of a question whose session had a card of its own, as an earlier release began it."""
    ways = blocks.actions(list(once_more(request, is_same_out=search.is_reported).values()))
    if search.is_reported:
        said = words.TALK_OVER
        return quiet("resolved", [blocks.section(said), *body, *ways])
    whom = words.with_helper(_helper(request)) if request.helper_id and not request.anonymous else ""
    said = words.talked_through(whom)
    return quiet("resolved", [blocks.section(said), *body, *ways])


def once_more(request: Request, *, is_same_out: bool) -> dict[str, Element]:
    """The ways to ask again after a session; not the same person where that is out of the question.

    They are the *same* person, somebody *else*, or several *voices* in writing.
    """
    is_peer = request.way == "peer_coaching"
    voices = second_opinion_button(request)
    more = {"voices": voices} if voices else {}
    label = words.COACH_EACH_OTHER_AGAIN if is_peer else words.ASK_SAME_AGAIN
    again = blocks.button(label, AGAIN, request.id)
    other = blocks.button(words.ASK_SOMEONE_ELSE, SOMEONE_ELSE, request.id)
    return {"else": other, **more} if is_same_out else {"same": again, "else": other, **more}


def _withdrawn(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    undo = blocks.actions([blocks.button(labels.UNDO, UNDO, request.id)] if search.can_undo else [])
    if request.is_unwritten:  # nobody pressed a button here, so it is told where it is seen
        said = blocks.section(words.WITHDRAWN_WITH_MESSAGE)
        return knock(f"unwritten:{request.ended_at}", [said, body[0], *undo], closing=words.MOVED)
    return quiet("withdrawn", [blocks.section(words.WITHDRAWN_CARD), body[0], *undo])


def _expired(request: Request, desk: Desk, search: SearchState, body: list[Block]) -> Picture:
    ways = [
        blocks.button(words.ASK_IN_OTHER_WORDS, REWORD, request.id),
        blocks.button(labels.TRY_AGAIN, SOMEONE_ELSE, request.id),
    ]
    asked = request.people_asked
    said = words.nobody_found(asked)
    shown = [blocks.section(said), *body, *blocks.actions([*_ways_out(request, desk), *ways])]
    return knock("expired", [*shown, *_lines(_postable(request, desk))], closing=words.MOVED)


def second_opinion_button(request: Request) -> Element | None:
    """The way to put the same question to three people who answer it in writing, where that wasn't done."""
    if request.way != "help" or request.after_views:
        return None
    return blocks.button(words.GET_SECOND_OPINION, SECOND_OPINION, request.id)


def _topics(request: Request) -> Element:
    return blocks.button(words.CHANGE_TOPICS, TOPICS, request.id)


def _change(request: Request) -> Element:
    return blocks.button(words.EDIT, CHANGE, request.id)


def someone_else_button(request: Request) -> Element:
    """The button that ends what is going on and looks for another helper, after one more question."""
    whom = words.WHOEVER_HAS_IT if request.is_looking else words.YOUR_TALK_ENDS
    text = words.someone_else_sure(whom)
    sure = blocks.confirmation(words.SOMEONE_ELSE_QUESTION, text, words.SOMEONE_ELSE, labels.LEAVE_IT)
    return blocks.button(words.SOMEONE_ELSE, SOMEONE_ELSE, request.id, confirm=sure)


def withdraw_button(request: Request) -> Element:
    """The button that takes a question back, after one more question."""
    sure = blocks.confirmation(*words.WITHDRAW_SURE, words.WITHDRAW, labels.KEEP_IT)
    return blocks.button(words.WITHDRAW, WITHDRAW, request.id, style="danger", confirm=sure)


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
