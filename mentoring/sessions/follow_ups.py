"""Follow-ups after a session: "did you use it?" at some days and at the own cue of whoever was helped.

In peer coaching both are asked, each apart from the other, and nobody is thanked. What is asked after some
days comes unasked: it waits where the week of its receiver is full (`policy.nudges`), and is left out where
the next one would come first. One's own cue is asked for.
"""

from collections.abc import Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Ended
from kernel.nudges import unasked
from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import PersonId, SessionId
from mentoring.model.check import (
    ASK_CHECK,
    CUE,
    Check,
    Role,
    Thanks,
    Used,
    check_id,
    check_ids,
    parts_of,
    role_ids,
)
from mentoring.model.person import Person, only_here, working_hour
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.model.undo import undo_over
from mentoring.routing.lane_statistics import judged, unjudged
from mentoring.sessions.feedback import Feedback, feedback_id, has_thanked
from mentoring.sessions.follow_up_schedule import asked_of, checks_planned, cue_of

__all__ = ["Check", "Thanks", "Used", "answer_check", "ask", "undo_check"]


async def ask(desk: Desk, check_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask one, unless their final answer is there; a check that still waits gives way to this one."""
    session_id, label, role = parts_of(check_id)
    seen = await _seen(desk, session_id, role)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        session = read.find(Session, session_id)
        checks = checks_of(read, session_id, desk.policy, role)
        if (
            session is None
            or session.reported_by
            or any(check.is_final or check.label == label for check in checks)
        ):
            return None, NONE
        asked = read.find(Person, asked_of(session, role))
        at = now if label == CUE else working_hour(asked, now, desk.policy, seen)
        if at > now:
            return None, Changes(later=[Later(ASK_CHECK, check_id, at)])
        check = Check.begin(session, label, now, role)
        # One's own step stays one's own to do; about someone who left there is nobody to thank.
        to = [check.show] if label == CUE else [check.show, Show(check.thing, to=check.helper_id)]
        if len(only_here(read, to)) < len(to):
            return None, NONE
        put = together(Changes(put=[check], show=[check.show]), _lapsed(checks))
        return None, put if label == CUE else _if_room(read, session, check, put, desk.policy)

    await desk.store.commit(decide, load=_keys(session_id, desk.policy), due=due)


def _if_room(read: Snapshot, session: Session, check: Check, put: Changes, policy: Policy) -> Changes:
    """The changes that ask a check, and its count; or it waits for room, or gives way to the next one."""
    week, rules, now = unasked(read, check.asker_id), policy.nudges, check.asked_at
    planned = checks_planned(read, session, policy, session.ended_at or now, check.role)
    mine = planned.get(check.id, now)
    room = now if week.has_room(rules, now) else week.room_at(now) if rules.per_week else None
    if room is None or any(mine < at <= room for at in planned.values()):
        return NONE
    if room > now:
        return Changes(later=[Later(ASK_CHECK, check.id, room)])
    return together(put, Changes(put=[week.sent(now)]))


async def _seen(desk: Desk, session_id: SessionId, role: Role) -> Available:
    session = await desk.find(Session, session_id)
    if session is None:
        return UNKNOWN
    asked = asked_of(session, role)
    return (await desk.presence.look([asked])).get(asked, UNKNOWN)


async def answer_check(desk: Desk, check_id: str, me: PersonId, answer: Used, now: datetime) -> Check:
    """Say whether it was used. A final answer closes one's checks of the session; "used" thanks a helper."""
    session_id, _, role = parts_of(check_id)

    def decide(read: Snapshot) -> tuple[Check, Changes]:
        before = read.get(Check, check_id)
        check = before.reply(answer, me, now)
        if check == before:
            return check, NONE
        others = [other for other in checks_of(read, session_id, desk.policy, role) if other.id != check.id]
        if any(other.is_final for other in others):
            raise Ended
        answered = Changes(put=[check], show=[check.show])
        if not check.is_final:
            return check, answered
        answered = together(answered, Changes(later=[undo_over(check.show, now)]))
        thanks = _thanked(read, session_id, now) if answer == "used" else NONE
        no_more = Changes(later=[Never(ASK_CHECK, id) for id in role_ids(session_id, desk.policy, role)])
        return check, together(answered, _closed(others), no_more, thanks)

    return await desk.store.commit(decide, load=[Key(Check, check_id), *_keys(session_id, desk.policy)])


async def undo_check(desk: Desk, check_id: str, me: PersonId, now: datetime) -> Check:
    """Take a final answer back, for a while: it is asked again, also later, and the helper's thanks go."""
    session_id, _, role = parts_of(check_id)

    def decide(read: Snapshot) -> tuple[Check, Changes]:
        before, session = read.get(Check, check_id), read.get(Session, session_id)
        if before.undone and before.state == "asked" and before.asker_id == me:
            return before, NONE
        check = before.undo(me, now)
        if session.reported_by:
            raise Ended
        later = _asked_later(read, session, desk.policy, now, role)
        again = Changes(put=[check], later=later, show=[check.show])
        return check, together(again, _unthanked(read, session))

    return await desk.store.commit(decide, load=[Key(Check, check_id), *_keys(session_id, desk.policy)])


def _asked_later(
    read: Snapshot, session: Session, policy: Policy, now: datetime, role: Role
) -> list[Later | Never]:
    """When it is asked again, as far as that is still to come."""
    asked = {check.id for check in checks_of(read, session.id, policy, role)}
    planned = checks_planned(read, session, policy, session.ended_at or now, role)
    later: list[Later | Never] = [
        Later(ASK_CHECK, id, at) for id, at in planned.items() if at > now and id not in asked
    ]
    step = session.step_of(asked_of(session, role))
    is_to_come = step is not None and step.at is not None and step.at > now
    was_asked = check_id(session.id, CUE, role) in asked
    return [*later, *(cue_of(session, role) if is_to_come and not was_asked else [])]


def _unthanked(read: Snapshot, session: Session) -> Changes:
    """The changes by which a helper was not thanked after all."""
    thanks = read.find(Thanks, session.id)
    if thanks is None or thanks.undone:
        return NONE
    taken_back = thanks.model_copy(update={"undone": True})
    shown = only_here(read, [Show(thanks.thing, to=thanks.helper_id)])
    gone = Changes(put=[taken_back], show=shown)
    return together(gone, unjudged(read, session, _said_at_once(read, session)))


def unchecked(read: Snapshot, session: Session, policy: Policy) -> Changes:
    """The changes by which *did you use it?* is not asked of a session any more."""
    no_more = Changes(later=[Never(ASK_CHECK, id) for id in check_ids(session.id, policy)])
    return together(_closed(read.all(Check, check_ids(session.id, policy))), no_more)


def left_unchecked(read: Snapshot, session: Session, policy: Policy) -> Changes:
    """The changes by which nothing is asked of a session that somebody left but one's own step."""
    ids = [id for id in check_ids(session.id, policy) if parts_of(id)[1] != CUE]
    closed = _closed(read.all(Check, ids))
    never = [Never(ASK_CHECK, id) for id in ids]
    return Changes(put=closed.put, later=never, show=only_here(read, closed.show))


def checks_of(read: Snapshot, session_id: SessionId, policy: Policy, role: Role) -> list[Check]:
    """The checks of a session that one of the two was asked so far."""
    return read.all(Check, role_ids(session_id, policy, role))


def _lapsed(checks: Sequence[Check]) -> Changes:
    waiting = [check.lapse() for check in checks if check.state == "asked"]
    return Changes(put=waiting, show=[check.show for check in waiting])


def _closed(checks: Sequence[Check]) -> Changes:
    ended = [check.close() for check in checks if check.close() != check]
    return Changes(put=ended, show=[check.show for check in ended])


def _thanked(read: Snapshot, session_id: SessionId, now: datetime) -> Changes:
    """The thanks to the helper, made once for a session; who coaches each other has given no advice."""
    session = read.find(Session, session_id)
    request = read.find(Request, session.request_id) if session else None
    if session is None or session.way == "peer_coaching" or has_thanked(read, session_id):
        return NONE
    show = only_here(read, [Show(f"{Thanks.kind}:{session_id}", to=session.helper_id)])
    thanks = Thanks(
        id=session_id,
        helper_id=session.helper_id,
        asker_id=session.asker_id,
        anonymous=session.is_hidden,
        topics=request.topics if request else (),
        made_at=now,
        told=bool(show),
    )
    thanked = Changes(put=[thanks], show=show)
    return together(thanked, judged(read, session, _said_at_once(read, session), after=True))


def _said_at_once(read: Snapshot, session: Session) -> bool | None:
    """Whether the asker said on the day that the session helped; None if they did not say."""
    feedback = read.find(Feedback, feedback_id(session.id, session.asker_id))
    return feedback.helped == "yes" if feedback and feedback.helped else None


def _keys(session_id: SessionId, policy: Policy) -> list[Key]:
    return [Key(Session, session_id), *(Key(Check, id) for id in check_ids(session_id, policy))]
