"""Skill sprints: plan, rehearse, check in, recall, adjust, rest, extend, end, review; and the partner's side.

Reminders are entries of the agenda and nothing else; every commit that changes a sprint sets them anew.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from coaching.guide.talk import TALK_CUE, GuidedTalk
from coaching.sprints.calendar import end_after_pause, end_of, moved_end
from coaching.sprints.changes import changed, partner_shows, shows
from coaching.sprints.outline import SprintOutline
from coaching.sprints.outlines import become
from coaching.sprints.sprint import (
    ASKED_AS_PARTNER,
    LONGEST,
    MOST_WEEKS,
    OPEN_SPRINTS,
    PARTNERED_SPRINTS,
    SPRINT_CHART,
    CheckIn,
    FollowUp,
    IfThen,
    Lasting,
    Review,
    Sprint,
    SprintPlan,
    begun,
)
from kernel.desk import Desk
from kernel.errors import Ended, Invalid
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Never, Snapshot, together
from kernel.values import PersonId
from kernel.working_hours import local_day
from mentoring.model.person import Person, check_can_help, check_member, stranger
from mentoring.people.managers import are_in_line, check_apart
from mentoring.people.people import meeting_strangers, met

Move = Callable[[Sprint], Sprint]


async def plan(
    desk: Desk,
    me: PersonId,
    wanted: SprintPlan,
    now: datetime,
    *,
    sprint_id: str,
    from_talk: str | None = None,
    begun_from: str = "",
    steps_of: str = "",
) -> Sprint:
    """Begin a sprint; the same id again returns the sprint that it began. A partner is asked first.

    The reminder of a guided talk that it comes from gives way to its own, and the outline of its id is over.
    *begun_from* is the thing whose card led to it, if that shows it; *steps_of* is a plan for two weeks whose
    actions its reminders name.
    """
    tidy = checked(wanted, desk)

    def decide(read: Snapshot) -> tuple[Sprint, Changes]:
        first = read.find(Sprint, sprint_id)
        if first is not None:
            return first.check_owner(me), NONE
        person = read.find(Person, me) or stranger(me, now)
        _check_partner(read, person, tidy.partner_id, now)
        ends_at = end_of(now, tidy.weeks, tidy.at, person.zone)
        sprint = begun(
            sprint_id,
            me,
            tidy,
            now,
            zone=person.zone,
            ends_at=ends_at,
            begun_from=begun_from,
            steps_of=steps_of,
        )
        talk = read.find(GuidedTalk, from_talk) if from_talk else None
        cue = Changes(later=[Never(TALK_CUE, talk.check_owner(me).id)] if talk else [])
        begun_with = together(changed(sprint, now, desk.policy.nudges), _all_met(read, sprint, now), cue)
        return sprint, together(begun_with, become(read, sprint_id, me))

    keys = [Key(Sprint, sprint_id), Key(SprintOutline, sprint_id), Key(Person, me)]
    return await desk.store.commit(decide, load=keys)


async def check_in(
    desk: Desk, sprint_id: str, me: PersonId, entry: CheckIn, now: datetime, *, once: str
) -> Sprint:
    """Record how things stand; the partner, if there is one, sees it. The same *once* is recorded once."""
    return await _change(desk, sprint_id, me, lambda it: it.check_in(entry), now, once=f"check-in:{once}")


async def rehearse(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """Note that the if-then plan was gone through."""
    return await _change(desk, sprint_id, me, lambda it: it.rehearse(now), now)


async def recall(desk: Desk, sprint_id: str, me: PersonId, text: str, now: datetime, *, once: str) -> Sprint:
    """Keep what the person remembered of the if-then plan, without looking; the same *once* is kept once."""
    return await _change(desk, sprint_id, me, lambda it: it.recall(text, now), now, once=f"recall:{once}")


async def adjust(desk: Desk, sprint_id: str, me: PersonId, wanted: SprintPlan, now: datetime) -> Sprint:
    """Change the if-then plan, days, time or partner of a sprint; a new partner is asked first."""
    tidy = checked(wanted, desk)

    def decide(read: Snapshot) -> tuple[Sprint, Changes]:
        before = read.get(Sprint, sprint_id).check_owner(me)
        after = before.adjust(tidy)
        if after.partner_id != before.partner_id:
            _check_partner(read, read.find(Person, me) or stranger(me, now), after.partner_id, now)
        moved = after.model_copy(update={"ends_at": moved_end(after, 0)})
        told = Changes(show=partner_shows(before))
        return moved, together(changed(moved, now, desk.policy.nudges), _all_met(read, moved, now), told)

    return await desk.store.commit(decide, load=[Key(Sprint, sprint_id), Key(Person, me)])


async def pause(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """Let a sprint rest; nothing is asked until it goes on."""
    return await _change(desk, sprint_id, me, lambda it: it.pause(now), now)


async def resume(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """Go on after a rest, or with reminders after they were stopped."""
    return await _change(desk, sprint_id, me, lambda it: _resumed(it, now), now)


async def extend(desk: Desk, sprint_id: str, me: PersonId, now: datetime, *, after: int) -> Sprint:
    """Give a sprint a week more, counted from its end or from today, whichever is later.

    *after* is how often it was extended before, so that pressing twice adds one week.
    """

    def longer(sprint: Sprint) -> Sprint:
        if sprint.extended != after:
            return sprint
        late = max((local_day(now, sprint.zone) - local_day(sprint.ends_at, sprint.zone)).days, 0)
        return sprint.extend(moved_end(sprint, 7 + late))

    return await _change(desk, sprint_id, me, longer, now)


async def end(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """End a sprint early."""
    return await _change(desk, sprint_id, me, lambda it: it.end(now), now)


async def review(desk: Desk, sprint_id: str, me: PersonId, said: Review, now: datetime) -> Sprint:
    """Close a sprint with what came of it, and have it drawn; whether it lasts is asked weeks later."""
    drawn = [Later(SPRINT_CHART, sprint_id, now)]
    return await _change(desk, sprint_id, me, lambda it: it.reviewed(said, now), now, also=drawn)


async def lasted(
    desk: Desk, sprint_id: str, me: PersonId, now: datetime, *, label: FollowUp, answer: Lasting
) -> Sprint:
    """Say, weeks later, whether what was practised has lasted."""
    return await _change(desk, sprint_id, me, lambda it: it.lasted(label, answer), now)


async def agree(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """Become the partner, as a member: from now on the record is shown.

    Raise Ended where the other wishes to be kept apart since, or one now leads the other.
    """

    def yes(read: Snapshot, sprint: Sprint) -> Sprint:
        agreed = sprint.agree(me, "yes")
        owner, partner = (read.find(Person, it) or stranger(it, now) for it in (sprint.person_id, me))
        check_member(partner)
        if partner.id in owner.do_not_match or are_in_line(read, owner, partner):
            raise Ended
        return agreed

    async with meeting_strangers(desk, now):
        return await _as_partner(desk, sprint_id, yes)


async def decline(desk: Desk, sprint_id: str, me: PersonId, now: datetime) -> Sprint:
    """Not be the partner, or no longer; the record is shown no more."""
    return await _as_partner(desk, sprint_id, lambda _, it: it.agree(me, "no"))


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """Show neither of two people the other's sprints any more, as when one of them steps back."""
    for owner, partner in ((me, other), (other, me)):
        for sprint_id in await desk.store.ids(OPEN_SPRINTS.of(owner), limit=20):
            await _as_partner(desk, sprint_id, partial(_left_by, partner))


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Be nobody's partner any more, as their partner sees it: by one's own wish."""
    for name in (PARTNERED_SPRINTS, ASKED_AS_PARTNER):
        for sprint_id in await desk.store.ids(name.of(me), limit=EVERY):
            await decline(desk, sprint_id, me, now)


async def leave(desk: Desk, gone: PersonId, now: datetime, due: Due | None = None) -> None:
    """Let somebody who left, or is no member any more, be nobody's partner; their own partners see it."""
    for name in (PARTNERED_SPRINTS, ASKED_AS_PARTNER):
        for sprint_id in await desk.store.ids(f"{name}:{gone}", limit=20):
            await _as_partner(desk, sprint_id, lambda _, sprint: sprint.without_partner(gone))
    theirs = await desk.store.ids(OPEN_SPRINTS.of(gone), limit=20)

    def show(read: Snapshot) -> tuple[None, Changes]:
        return None, Changes(show=[it for each in read.all(Sprint, theirs) for it in partner_shows(each)])

    await desk.store.commit(show, due=due)


def _left_by(partner: PersonId, _: Snapshot, sprint: Sprint) -> Sprint:
    is_theirs = sprint.is_open and sprint.partner_id == partner
    return sprint.agree(partner, "no") if is_theirs else sprint


async def rest_all(desk: Desk, me: PersonId, now: datetime) -> None:
    """Let every sprint of a person rest, as when a life may be in danger."""
    for sprint_id in await desk.store.ids(OPEN_SPRINTS.of(me), limit=20):
        await _change(desk, sprint_id, me, lambda it: it.pause(now) if it.state == "going" else it, now)


async def forget(desk: Desk, sprint_id: str, due: Due | None = None) -> None:
    """Drop a sprint whose time to be kept is over."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(Sprint, sprint_id)])), due=due)


def checked(wanted: SprintPlan, desk: Desk) -> SprintPlan:
    """A plan without stray blanks, or refuse the fields that are wrong, all at once."""
    texts = {"goal": wanted.goal, "cue": wanted.if_then.cue, "action": wanted.if_then.action}
    tidy = {name: " ".join(text.split()) for name, text in texts.items()}
    if wrong := [*_problems(wanted, tidy, desk), *wanted.scale.problems()]:
        raise wrong[0].along_with(*wrong[1:])
    update = {
        "goal": tidy["goal"],
        "scale": wanted.scale.tidied(),
        "days": tuple(sorted(set(wanted.days))),
        "if_then": IfThen(cue=tidy["cue"], action=tidy["action"]),
    }
    return wanted.model_copy(update=update)


def _problems(wanted: SprintPlan, texts: Mapping[str, str], desk: Desk) -> list[Invalid]:
    """What is wrong with a plan beside its scale."""
    wrong = [Invalid(name, "empty") for name, text in texts.items() if not text]
    wrong += [Invalid(name, "too_long", limit=LONGEST) for name, text in texts.items() if len(text) > LONGEST]
    if not 1 <= wanted.weeks <= MOST_WEEKS:
        wrong.append(Invalid("weeks", "out_of_range", limit=MOST_WEEKS))
    if not wanted.days:
        wrong.append(Invalid("days", "empty"))
    if wanted.topic is not None and wanted.topic not in desk.topics:
        wrong.append(Invalid("topic", "unknown", topic=wanted.topic))
    return wrong


async def _change(
    desk: Desk,
    sprint_id: str,
    me: PersonId,
    move: Move,
    now: datetime,
    *,
    once: str | None = None,
    also: Sequence[Later] = (),
) -> Sprint:
    def decide(read: Snapshot) -> tuple[Sprint, Changes]:
        before = read.get(Sprint, sprint_id).check_owner(me)
        after = move(before)
        if after == before:
            return after, NONE
        return after, together(changed(after, now, desk.policy.nudges), Changes(later=also))

    return await desk.store.commit(decide, load=[Key(Sprint, sprint_id)], once=once)


async def _as_partner(desk: Desk, sprint_id: str, move: Callable[[Snapshot, Sprint], Sprint]) -> Sprint:
    def decide(read: Snapshot) -> tuple[Sprint, Changes]:
        before = read.get(Sprint, sprint_id)
        after = move(read, before)
        return after, NONE if after == before else Changes(put=[after], show=shows(after))

    return await desk.store.commit(decide, load=[Key(Sprint, sprint_id)])


def _resumed(sprint: Sprint, now: datetime) -> Sprint:
    if sprint.state == "going":
        return sprint.heeded()
    return sprint.resume(end_after_pause(sprint, now), now)


def _check_partner(read: Snapshot, person: Person, partner_id: PersonId | None, now: datetime) -> None:
    """Refuse a partner who cannot be asked: themselves, no member, kept apart. A pause is no obstacle."""
    if partner_id is not None:
        partner = read.find(Person, partner_id) or stranger(partner_id, now)
        check_can_help(person, partner.assumed_active(), now)
        check_apart(read, person, partner)


def _all_met(read: Snapshot, sprint: Sprint, now: datetime) -> Changes:
    """The changes by which both are looked up in Slack where they have not been met."""
    both = [sprint.person_id, *([sprint.partner_id] if sprint.partner_id else [])]
    return together(*(met(read, person_id, now) for person_id in both))
