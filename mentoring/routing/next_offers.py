"""Who is asked in the next wave: a pure decision over what is read, the matches and the policy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kernel.errors import CannotHelp, HelperFull
from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available
from kernel.store import Changes, Later, Snapshot
from kernel.values import PersonId
from matching.values import Match, Urgency
from mentoring.model.load import Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer, offer_of, parts_of
from mentoring.model.person import Person, check_can_help
from mentoring.model.request import GIVE_UP, NAMED, ROUTE, Gap, Hold, Request
from mentoring.people.managers import check_apart
from mentoring.requests.completion import pending, search_ended
from mentoring.routing.acceptance import freeing, named_match
from mentoring.routing.deadlines import deadline, held_for

GIVE_UP_AFTER = timedelta(days=7)
IN_LINE = 5  # people for each of whom a question waits at once


@dataclass(frozen=True, slots=True)
class SearchRead:
    """What one decision about a search reads besides the request and the ranked helpers."""

    read: Snapshot
    asker: Person
    policy: Policy
    seen: Mapping[str, Available]
    now: datetime
    beyond: Sequence[Match] = ()


class Fit(NamedTuple):
    """A helper who can be asked, and their load with that offer."""

    match: Match
    helper: Person
    load: Load


class Wait(NamedTuple):
    """Until when somebody is waited for, when they can likely be asked, and what they carry."""

    held: Hold
    likely_at: datetime
    load: Load


class Askable(NamedTuple):
    """Who can be asked this moment; where that is nobody, *waits* says from when on somebody can be."""

    fits: list[Fit]
    waits: list[Wait]

    @property
    def soonest(self) -> Wait | None:
        """The wait that is likely the shortest; of equal ones, for who is ranked first."""
        return min(self.waits, key=lambda wait: wait.likely_at, default=None)


def next_wave(search: SearchRead, request: Request, matches: Sequence[Match]) -> Changes:
    """The next offers: to who was named, then to one after the other, then to the pool; or the gap."""
    if search.now >= request.needed_by:
        return left_unanswered(request, "too_late", search.now)
    if request.prefer is None:
        return _next_of(search, request, matches)
    found = _named(search, request)
    if found.fits:
        return _asked(search, request, found.fits, NAMED)
    if _is_waited_for(request, found.soonest):
        return _waits(search, request, found)
    request = request.forget_named()
    # In a pool the others may still say yes: only who was named is dropped.
    if pending(search.read, request):
        return Changes(put=[request])
    return _next_of(search, request, matches)


def _is_waited_for(request: Request, wait: Wait | None) -> bool:
    """Whether who was named is waited for.

    Whom a helper named is not, where they have another question: neither is an asker whose name is hidden.
    """
    if request.urgency is Urgency.NOW or wait is None or (wait.held.is_busy and request.handed_by):
        return False
    return _is_in_time(request, wait)


def _next_of(search: SearchRead, request: Request, matches: Sequence[Match]) -> Changes:
    """The next offers to those who fit and are at work, else until when the search waits for them.

    At its end it goes beyond the lanes, to one after the other.
    """
    size = _size(request, search.policy)
    found = _found(search, request, _spread(search, request, matches), size)
    beyond = _found(search, request, search.beyond, min(size, 1))
    for each in (found, beyond):
        if each.fits:
            return _asked(search, request, each.fits, request.next_wave)
        if _is_in_time(request, each.soonest):
            return _waits(search, request, each)
    soonest = found.soonest or beyond.soonest
    if soonest and not soonest.held.is_busy and not request.is_waiting:
        return left_unanswered(request, "off_hours", search.now, soonest.held)
    return _nobody(search, request)


def _is_in_time(request: Request, wait: Wait | None) -> bool:
    return wait is not None and wait.likely_at < request.needed_by


def left_unanswered(request: Request, gap: Gap, now: datetime, held: Hold | None = None) -> Changes:
    """What goes with a request that nobody took: its ways out, for a week."""
    request = request.leave_unanswered(gap, held)
    give_up = Later(GIVE_UP, request.id, now + GIVE_UP_AFTER)
    return Changes(put=[request], later=[*search_ended(request)[:2], give_up], show=request.shows())


def _size(request: Request, policy: Policy) -> int:
    """How many are asked next: one at a time, then the pool, then nobody.

    Of a pool those are asked who are at work, the others when they are. A request that keeps waiting goes on
    asking, one at a time, whoever has become free meanwhile.
    """
    if request.next_wave <= policy.one_at_a_time:
        return 1
    pooled = sum(asked.wave > policy.one_at_a_time for asked in request.asked_now)
    return max(policy.pool - pooled, int(request.is_waiting))


def _found(search: SearchRead, request: Request, matches: Iterable[Match], size: int) -> Askable:
    """So many of the matches who can be asked this moment, else when each of them can be."""
    fits: list[Fit] = []
    waits: list[Wait] = []
    for fit in _fitting(search, request, matches) if size else ():
        held = held_for(fit.helper, search.seen.get(fit.helper.id, UNKNOWN), search.policy, search.now)
        is_busy = fit.load.has_all_offers(fit.helper.limits(search.policy.limits))
        if held is None and not is_busy:
            fits.append(fit._replace(load=_carried(search, request, fit)))
        elif held is None:
            waits.append(_busy(search, fit.load))
        elif held.until > search.now:
            waits.append(Wait(held, held.until, fit.load))
        if len(fits) == size:
            break
    return Askable(fits, [] if fits else waits)


def _busy(search: SearchRead, load: Load) -> Wait:
    """Until when somebody at work is waited for who has another question before them.

    Answers come sooner or later in the time there is: as things stand, in the middle of what is left.
    """
    asked = [offer for offer in search.read.all(Offer, load.open_offers) if offer.is_pending]
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    by = max(min((offer.deadline for offer in asked), default=again), search.now)
    return Wait(Hold(until=by, is_busy=True), search.now + (by - search.now) / 2, load)


def _fitting(search: SearchRead, request: Request, matches: Iterable[Match]) -> Iterator[Fit]:
    """Yield those of the matches who have room for it as things are now, each with what they carry."""
    for match in matches:
        helper = search.read.find(Person, match.helper_id)
        if helper is None or helper.id in request.not_again:
            continue
        # The ranking is advice: people may have paused or filled up since. The documents decide.
        try:
            check_can_help(search.asker, helper, search.now)
            check_apart(search.read, search.asker, helper)
            yield Fit(match, helper, _with_room(search, request, helper))
        except (CannotHelp, HelperFull):
            continue


def _spread(search: SearchRead, request: Request, matches: Sequence[Match]) -> list[Match]:
    """The matches with those last who have another question of this asker's before them."""
    theirs = [id for id in load_of(search.read, search.asker.id).open_requests if id != request.id]
    if not theirs:
        return list(matches)

    def is_asked(match: Match) -> bool:
        offers = load_of(search.read, PersonId(match.helper_id)).open_offers
        return any(parts_of(offer)[0] in theirs for offer in offers)

    return sorted(matches, key=is_asked)


def _with_room(search: SearchRead, request: Request, helper: Person) -> Load:
    """What a helper carries, whose week has room for this and another question; or HelperFull."""
    load, limits = load_of(search.read, helper.id), helper.limits(search.policy.limits)
    is_asked = load.asked_again_at(limits.questions_per_week, search.now) is None
    if not (is_asked and load.has_room(request.minutes, limits, search.now)):
        raise HelperFull(helper.id)
    return load


def _carried(search: SearchRead, request: Request, fit: Fit) -> Load:
    limits = fit.helper.limits(search.policy.limits)
    return fit.load.with_offer(offer_of(request, fit.helper.id), limits, search.now)


def _named(search: SearchRead, request: Request) -> Askable:
    """The person asked for by name, if they can be asked, or when."""
    helper = search.read.find(Person, request.prefer) if request.prefer else None
    return _found(search, request, [named_match(search.asker, helper)] if helper else [], 1)


def _asked(search: SearchRead, request: Request, fits: Sequence[Fit], wave: int) -> Changes:
    """What goes with a wave of offers."""
    deadlines = [deadline(request, fit.helper, search.policy, search.now) for fit in fits]
    pairs = zip(fits, deadlines, strict=True)
    offers = [_put(request, fit, wave, by, search.now) for fit, by in pairs]
    asked = request.offer_to([offer.approach for offer in offers])
    return Changes(
        put=[asked, *offers, *(fit.load for fit in fits)],
        later=[
            *(Later(OFFER_EXPIRES, offer.id, offer.deadline) for offer in offers),
            *(freeing(fit.load, search.now) for fit in fits if fit.helper.questions_per_week),
        ],
        show=[*(offer.show for offer in offers), *asked.shows()],
    )


def _put(request: Request, fit: Fit, wave: int, by: datetime, now: datetime) -> Offer:
    offer = Offer.begin(request, fit.match, wave, by, now)
    is_exception = wave != NAMED and fit.match.lane not in fit.helper.lanes
    return offer.model_copy(update={"is_exception": is_exception})


def _waits(search: SearchRead, request: Request, found: Askable) -> Changes:
    """What goes with a search that waits until somebody can be asked; meanwhile others may free up.

    It stands in line for the best of those who have another question: whoever answers first is asked next.
    """
    held = min(found.waits, key=lambda wait: wait.likely_at).held
    busy = [wait.load for wait in found.waits if wait.held.is_busy][:IN_LINE]
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    shown = request.shows() if request.held != held else []
    return Changes(
        put=[request.hold(held), *(load.stand_in_line(request.id) for load in busy)],
        later=[Later(ROUTE, request.id, min(held.until, again))],
        show=shown,
    )


def _nobody(search: SearchRead, request: Request) -> Changes:
    """What goes with a search that found nobody: the ways out, or if the asker waits another try."""
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    if request.is_waiting and again < request.needed_by:
        # Whoever it waited for is not to be had any more.
        shown = request.shows() if request.held else []
        return Changes(put=[request.hold(None)], later=[Later(ROUTE, request.id, again)], show=shown)
    return left_unanswered(request, "nobody", search.now)
