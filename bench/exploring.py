"""What it costs to ask newcomers first now and then, and who is found by it, on sites of real requests.

    python bench/exploring.py FOLDER... [--limit 600] [--json]

Everyone joins thirty days before their first answer and declares the first two tags that they answer: so a
newcomer is somebody of whom nothing is known yet but the profile. In order of time; the last 30 % are the
test. A first offer is right where it goes to who gave the best answer (hit@1), and useful where it goes to
anyone who answered. Newcomers found: those who were asked first, and those of them who answered that request.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from command_line import of_sites, show_rows
from routing import ALWAYS, DECLARED_TOPICS, LISTED, NEVER, NO_LIMITS, NO_TREE, World, ask_of
from routing_data import Request, Site, load, moment

from matching.learning.learned import Learned
from matching.ranking.exploration import explore, promising
from matching.ranking.ranking import rank
from matching.topics.latent_fit import learn_lens
from matching.values import Helper, Match

SHARES = (0.0, 0.02, 0.05, 0.1)
JOINED_BEFORE = 30.0
NOBODY_ELSE, PROFILES = 10**9, 10


@dataclass
class Found:
    """What first offers came to at one share."""

    places: list[int] = field(default_factory=list)
    useful: list[bool] = field(default_factory=list)
    to_newcomers: list[bool] = field(default_factory=list)
    newcomers: set[str] = field(default_factory=set)
    who_answered: set[str] = field(default_factory=set)

    def count(self, matches: Sequence[Match], request: Request, known: set[str]) -> None:
        """Count one request."""
        ids = [match.helper_id for match in matches]
        self.places.append(ids.index(request.best) + 1 if request.best in ids else NEVER)
        self.useful.append(ids[0] in request.answerers)
        self.to_newcomers.append(ids[0] not in known)
        if ids[0] not in known:
            self.newcomers.add(ids[0])
            self.who_answered |= {ids[0]} & request.answerers

    def table(self) -> dict[str, float]:
        """The figures by name."""
        places = np.array(self.places, dtype=np.float64)
        return {
            "hit@1": float((places <= 1).mean()),
            "mrr": float((1 / places).mean()),
            "useful": float(np.mean(self.useful)),
            "to newcomers": float(np.mean(self.to_newcomers)),
            "newcomers": len(self.newcomers),
            "who answered": len(self.who_answered),
        }


def joining(site: Site) -> list[tuple[float, Helper]]:
    """Who joins when, in order of time, with the profile they declare."""
    declared: dict[str, dict[str, int]] = defaultdict(dict)
    first: dict[str, float] = {}
    for each in sorted(site.answers, key=lambda answer: answer.day):
        first.setdefault(each.helper, each.day)
        for tag in site.requests[each.request].tags:
            if len(declared[each.helper]) < DECLARED_TOPICS:
                declared[each.helper][tag] = 2
    people = (
        (day - JOINED_BEFORE, Helper(who, 4, declared[who], hours=ALWAYS, minutes_per_week=10**6))
        for who, day in first.items()
        if declared[who]
    )
    return sorted(people, key=lambda joined: (joined[0], joined[1].id))


def measure(site: Site, limit: int | None) -> dict[str, dict[str, float]]:
    """Replay a site; every share orders what the same ranking lists."""
    world = World(site, enough=NOBODY_ELSE)
    model, joins, found = Learned(world.history), joining(site), {share: Found() for share in SHARES}
    end = len(site.requests) if limit is None else min(len(site.requests), site.test_from + limit)
    joined = 0
    for number, request in enumerate(site.requests[:end]):
        world.advance(request.day)
        while joined < len(joins) and joins[joined][0] <= request.day:
            world.index.put(joins[joined][1])
            joined += 1
        if number == site.test_from:
            world.history.look_through(learn_lens(world.history.texts))
        if number >= site.test_from and request.best is not None:
            ask, now = ask_of(request), moment(request.day)
            matches = rank(ask, world.index, now, LISTED, tree=NO_TREE, limits=NO_LIMITS, model=model)
            by_profile = rank(ask, world.index, now, PROFILES)
            newcomers = promising(by_profile, model.knows)
            known = {each for each, count in world.counts.items() if count}
            for share, each in found.items() if matches else ():
                each.count(explore(matches, newcomers, ask.id, share), request, known)
        world.history.asked(ask_of(request))
    return {f"{share:.0%}": each.table() for share, each in found.items()}


@of_sites(show_rows)
@click.option("--limit", type=int, help="Test only this many requests of each site.")
def main(folder: Path, limit: int | None) -> dict[str, dict[str, float]]:
    """Measure what exploring costs and finds: python bench/exploring.py sites/dba"""
    return measure(load(folder), limit)


if __name__ == "__main__":
    main()
