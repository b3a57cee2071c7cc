"""Who is asked in the next wave: a pure decision over what is read, the matches and the policy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from kernel.desk import UNKNOWN, Available
from kernel.errors import CannotHelp, HelperFull
from kernel.policy import Policy
from kernel.store import Changes, Later, Snapshot
from kernel.values import PersonId
from matching.values import Match, Urgency
from mentoring.model.load import Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer, offer_id
from mentoring.model.person import Person, check_can_help
from mentoring.model.request import GIVE_UP, NAMED, ROUTE, Gap, Hold, Request
from mentoring.people.managers import check_apart
from mentoring.requests.completion import pending, search_ended
from mentoring.routing.acceptance import freeing, named_match
from mentoring.routing.deadlines import deadline, held_for

GIVE_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SearchRead:
    """What one decision about a search reads besides the request and the ranked helpers."""

    read: Snapshot
    asker: Person
    policy: Policy
    seen: Mapping[str, Available]
    now: datetime


class Fit(NamedTuple):
    """A helper who can be asked, and their load with that offer."""

    match: Match
    helper: Person
    load: Load


class Found(NamedTuple):
    """Who can be asked this moment; where that is nobody, *held* says from when on somebody can be."""

    fits: list[Fit]
    held: Hold | None


def next_wave(search: SearchRead, request: Request, matches: Sequence[Match]) -> Changes:
    """Return the next offers: to who was named, then to one after the other, then to the pool; or the gap."""
    if search.now >= request.needed_by:
        return left_unanswered(request, "too_late", search.now)
    if request.prefer is None:
        return _next_of(search, request, matches)
    fits, held = _named(search, request)
    if fits:
        return _asked(search, request, fits, NAMED)
    if held and held.until < request.needed_by and request.urgency is not Urgency.NOW:
        return _waits(search, request, held)
    request = request.forget_named()
    # In a pool the others may still say yes: only who was named is dropped.
    if pending(search.read, request):
        return Changes(put=[request])
    return _next_of(search, request, matches)


def _next_of(search: SearchRead, request: Request, matches: Sequence[Match]) -> Changes:
    """Return the next offers to those who fit and are at work, else until when the search waits for them."""
    fits, held = _found(search, request, _spread(search, request, matches), _size(request, search.policy))
    if fits:
        return _asked(search, request, fits, request.next_wave)
    if held and held.until < request.needed_by:
        return _waits(search, request, held)
    if held and not request.is_waiting:
        return left_unanswered(request, "off_hours", search.now, held)
    return _nobody(search, request)


def left_unanswered(request: Request, gap: Gap, now: datetime, held: Hold | None = None) -> Changes:
    """Return what goes with a request that nobody took: its ways out, for a week."""
    request = request.leave_unanswered(gap, held)
    give_up = Later(GIVE_UP, request.id, now + GIVE_UP_AFTER)
    return Changes(put=[request], later=[*search_ended(request)[:2], give_up], show=request.shows())


def _size(request: Request, policy: Policy) -> int:
    """Return how many are asked next: one at a time, then the pool, then nobody.

    Of a pool those are asked who are at work, the others when they are. A request that keeps waiting goes on
    asking, one at a time, whoever has become free meanwhile.
    """
    if request.next_wave <= policy.one_at_a_time:
        return 1
    pooled = sum(it.wave > policy.one_at_a_time for it in request.asked_now)
    return max(policy.pool - pooled, int(request.is_waiting))


def _found(search: SearchRead, request: Request, matches: Iterable[Match], size: int) -> Found:
    """Return so many of the matches who can be asked this moment, else when the first of them can be."""
    fits: list[Fit] = []
    holds: list[Hold] = []
    for fit in _fitting(search, request, matches) if size else ():
        held = held_for(fit.helper, search.seen.get(fit.helper.id, UNKNOWN), search.policy, search.now)
        if held is None:
            fits.append(fit)
        elif held.until > search.now:
            holds.append(held)
        if len(fits) == size:
            break
    return Found(fits, None if fits else min(holds, key=lambda held: held.until, default=None))


def _fitting(search: SearchRead, request: Request, matches: Iterable[Match]) -> Iterator[Fit]:
    """Yield those of the matches who can be asked as things are now, each with one more offer to carry."""
    for match in matches:
        helper = search.read.find(Person, match.helper_id)
        if helper is None or helper.id in request.not_again:
            continue
        # The ranking is advice: people may have paused or filled up since. The documents decide.
        try:
            check_can_help(search.asker, helper, search.now)
            check_apart(search.read, search.asker, helper)
            yield Fit(match, helper, _carried(search, request, helper))
        except (CannotHelp, HelperFull):
            continue


def _spread(search: SearchRead, request: Request, matches: Sequence[Match]) -> list[Match]:
    """Return the matches with those last who have another question of this asker's before them."""
    theirs = [id for id in load_of(search.read, search.asker.id).open_requests if id != request.id]
    if not theirs:
        return list(matches)

    def is_asked(match: Match) -> bool:
        offers = load_of(search.read, PersonId(match.helper_id)).open_offers
        return not {offer_id(id, PersonId(match.helper_id)) for id in theirs}.isdisjoint(offers)

    return sorted(matches, key=is_asked)


def _carried(search: SearchRead, request: Request, helper: Person) -> Load:
    """Return the helper's load with this offer, or refuse: HelperFull."""
    load, limits = load_of(search.read, helper.id), helper.limits(search.policy.limits)
    if not load.has_room(request.minutes, limits, search.now):
        raise HelperFull(helper.id)
    return load.with_offer(offer_id(request.id, helper.id), limits, search.now)


def _named(search: SearchRead, request: Request) -> Found:
    """Return the person asked for by name, if they can be asked, or when they can be."""
    helper = search.read.find(Person, request.prefer) if request.prefer else None
    return _found(search, request, [named_match(search.asker, helper)] if helper else [], 1)


def _asked(search: SearchRead, request: Request, fits: Sequence[Fit], wave: int) -> Changes:
    """Return what goes with a wave of offers."""
    deadlines = [deadline(request, fit.helper, search.policy, search.now) for fit in fits]
    pairs = zip(fits, deadlines, strict=True)
    offers = [Offer.begin(request, fit.match, wave, by, search.now) for fit, by in pairs]
    asked = request.offer_to([offer.approach for offer in offers])
    return Changes(
        put=[asked, *offers, *(fit.load for fit in fits)],
        later=[
            *(Later(OFFER_EXPIRES, offer.id, offer.deadline) for offer in offers),
            *(freeing(fit.load, search.now) for fit in fits if fit.helper.questions_per_week),
        ],
        show=[*(offer.show for offer in offers), *asked.shows()],
    )


def _waits(search: SearchRead, request: Request, held: Hold) -> Changes:
    """Return what goes with a search that waits until somebody is at work; meanwhile others may free up."""
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    shown = request.shows() if request.held != held else []
    return Changes(
        put=[request.hold(held)], later=[Later(ROUTE, request.id, min(held.until, again))], show=shown
    )


def _nobody(search: SearchRead, request: Request) -> Changes:
    """Return what goes with a search that found nobody: the ways out, or if the asker waits another try."""
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    if request.is_waiting and again < request.needed_by:
        # Whoever it waited for is not to be had any more.
        shown = request.shows() if request.held else []
        return Changes(put=[request.hold(None)], later=[Later(ROUTE, request.id, again)], show=shown)
    return left_unanswered(request, "nobody", search.now)
