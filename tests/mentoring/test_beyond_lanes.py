"""At its end a search goes beyond the lanes: nobody who knows a thing goes unasked for their level."""

from itertools import product
from pathlib import Path

import make
import pytest
from make import ADA, BEN, CY, NOW, R1, offer_to
from office import Office

from handlers.conversations import ALL
from handlers.offers import card
from kernel.topics import Catalogue
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import order
from matching.values import Ask, Lane
from mentoring.model.ask import widened
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.routing.offers import decline
from slackapp.manifest.manifest import read_file
from slackapp.people_import import sheet

ROOT = Path(__file__).parents[2]
IN_DEPTH = 3
HIGHER = frozenset({Lane.PEER, Lane.SENIOR})  # whom most of the demo's cast help: nobody above them


def cast(catalogue: Catalogue) -> list[Person]:
    rows = sheet.read((ROOT / "playground/cast.csv").read_text(), catalogue).rows
    said = [
        {"level": row.level, "topics": row.topics, "lanes": row.lanes, "hours": row.hours} for row in rows
    ]
    return [make.helper(str(row.slack_id), **each) for row, each in zip(rows, said, strict=True)]


def test_of_the_demos_cast_no_expert_goes_unasked_whoever_asks():
    found = read_file(ROOT / "manifest.yml", ALL.features.policy).manifest
    assert found is not None
    catalogue = found.topics
    people = cast(catalogue)
    index = HelperIndex(helper for person in people if (helper := person.as_helper()))

    def listed(*asks: Ask) -> set[str]:
        return {id for ask in asks for id in order(ask, index, NOW, len(people), tree=catalogue.tree)}

    empty, unasked = [], []
    levels = {person.level for person in people}
    for topic, level in product((each.id for each in catalogue.all), levels):
        ask = Ask("R", "U0NOBODY", level, (topic,), lanes=catalogue.lanes([topic]))
        at_first, in_the_end = listed(ask), listed(ask, *widened(ask, "any"))
        in_depth = {it.id for it in people if it.topics.get(topic) == IN_DEPTH}
        for asker in (it.id for it in people if it.level == level):
            experts = in_depth - {asker}
            empty += [(topic, asker)] if experts and not at_first - {asker} else []
            unasked += [(topic, asker)] if experts - in_the_end else []

    assert (len(empty), unasked) == (62, [])


@pytest.mark.parametrize("anonymous", [False, True])
async def test_somebody_senior_is_helped_as_an_exception_when_nobody_else_is_left(
    office: Office, anonymous: bool
):
    """Ben takes it from anyone; Ada and Cy only from those below: they come last, one after the other."""
    people = [make.helper(id, level=1, lanes=HIGHER) for id in (ADA, CY)]
    await office.asked(*people, make.helper(BEN, {make.PYTHON: 1}), anonymous=anonymous)
    asked = [it.helper_id for it in (await office.get(Request, R1)).asked]
    await decline(office.desk, offer_to(BEN), BEN, NOW)
    await office.run(NOW)

    [_, exception] = (await office.get(Request, R1)).asked
    offer = await office.get(Offer, offer_to(exception.helper_id))
    shown = str(card.card(offer, await office.get(Request, R1), office.desk).blocks)
    await decline(office.desk, offer.id, offer.helper_id, NOW)
    await office.run(NOW)

    assert asked == [BEN]
    assert (offer.lane, offer.is_exception) == (Lane.REVERSE, True)
    assert "nobody else is left to ask" in shown
    assert ("Would you help someone" in shown, "senior" in shown) == (anonymous, not anonymous)
    assert {it.helper_id for it in (await office.get(Request, R1)).asked} == {ADA, BEN, CY}
    assert not (await office.get(Offer, offer_to(BEN))).is_exception


async def test_a_lane_the_asker_wished_for_is_never_left(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, level=6, lanes={Lane.PEER}), lane="senior")

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [BEN]
    await decline(office.desk, offer_to(BEN), BEN, NOW)
    await office.run(NOW)

    assert (await office.get(Request, R1)).state == "unanswered"
