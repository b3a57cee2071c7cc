"""Who is asked in the next wave: a pure decision over what is read, the matches and the policy."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from kernel.errors import CannotHelp, HelperFull
from kernel.policy import Policy
from kernel.store import Changes, Later, Snapshot
from kernel.values import PersonId
from matching.values import Match
from mentoring.model.load import Load, load_of
from mentoring.model.offer import OFFER_EXPIRES, Offer, offer_id
from mentoring.model.person import Person, check_can_help
from mentoring.model.request import GIVE_UP, NAMED, ROUTE, Gap, Request
from mentoring.people.managers import check_apart
from mentoring.requests.completion import pending, search_ended
from mentoring.routing.acceptance import named_match
from mentoring.routing.deadlines import deadline

GIVE_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SearchRead:
    """What one decision about a search reads besides the request and the ranked helpers."""

    read: Snapshot
    asker: Person
    policy: Policy
    now: datetime


class Fit(NamedTuple):
    """A helper who can be asked, and their load with that offer."""

    match: Match
    helper: Person
    load: Load


def next_wave(search: SearchRead, request: Request, matches: Sequence[Match]) -> Changes:
    """Return the next offers: to who was named, then to one after the other, then to the pool; or the gap."""
    if search.now >= request.needed_by:
        return left_unanswered(request, "too_late", search.now)
    if request.prefer is not None:
        named = _named(search, request)
        if named:
            return _asked(search, request, named, NAMED)
        request = request.forget_named()
        # In a pool the others may still say yes: only who was named is dropped.
        if pending(search.read, request):
            return Changes(put=[request])
    fits = list(
        islice(_fitting(search, request, _spread(search, request, matches)), _size(request, search.policy))
    )
    return _asked(search, request, fits, request.next_wave) if fits else _nobody(search, request)


def left_unanswered(request: Request, gap: Gap, now: datetime) -> Changes:
    """Return what goes with a request that nobody took: its ways out, for a week."""
    request = request.leave_unanswered(gap)
    give_up = Later(GIVE_UP, request.id, now + GIVE_UP_AFTER)
    return Changes(put=[request], later=[*search_ended(request)[:2], give_up], show=request.shows())


def _size(request: Request, policy: Policy) -> int:
    """Return how many are asked next: one at a time, then the pool, then nobody.

    A request that keeps waiting goes on asking, one at a time, whoever has become free meanwhile.
    """
    after_turns = request.next_wave - policy.one_at_a_time
    if after_turns == 1:
        return max(policy.pool, int(request.is_waiting))
    return int(after_turns < 1 or request.is_waiting)


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
    return load.with_offer(offer_id(request.id, helper.id), limits.open_offers)


def _named(search: SearchRead, request: Request) -> list[Fit]:
    """Return the person asked for by name, if they can be asked."""
    helper = search.read.find(Person, request.prefer) if request.prefer else None
    return list(_fitting(search, request, [named_match(search.asker, helper)] if helper else []))


def _asked(search: SearchRead, request: Request, fits: Sequence[Fit], wave: int) -> Changes:
    """Return what goes with a wave of offers."""
    deadlines = [deadline(request, fit.helper, search.policy, search.now) for fit in fits]
    pairs = zip(fits, deadlines, strict=True)
    offers = [Offer.begin(request, fit.match, wave, by, search.now) for fit, by in pairs]
    asked = request.offer_to([offer.approach for offer in offers])
    return Changes(
        put=[asked, *offers, *(fit.load for fit in fits)],
        later=[Later(OFFER_EXPIRES, offer.id, offer.deadline) for offer in offers],
        show=[*(offer.show for offer in offers), *asked.shows()],
    )


def _nobody(search: SearchRead, request: Request) -> Changes:
    """Return what goes with a search that found nobody: the ways out, or if the asker waits another try."""
    again = search.now + timedelta(hours=search.policy.keep_waiting_hours)
    if request.is_waiting and again < request.needed_by:
        return Changes(put=[request], later=[Later(ROUTE, request.id, again)])
    return left_unanswered(request, "nobody", search.now)
