"""What the Home tab shows where something ends between the reading of its lists and of what they name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from make import ADA, ASKER, BEN, CY, MINUTE, NOW
from make_opinion import QUESTION, adviser, asked
from office import Office

from handlers.conversations import ALL
from relationships.second_opinions import second_opinions


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A workspace's store, in which an opinion is taken back as soon as the lists have been read."""

    office: Office
    opinion_id: str

    async def newest(self, limits: Any, counts: Sequence[str]) -> Any:
        """What the lists hold, which is over by the time that the caller hears it."""
        found = await self.office.desk.store.newest(limits, counts)
        await second_opinions.withdraw(self.office.desk, self.opinion_id, ASKER, NOW + MINUTE)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.office.desk.store, name)


async def test_what_ends_while_the_tab_is_read_is_left_out_of_it(office: Office):
    opinion = await asked(office, *map(adviser, (ADA, BEN, CY)), now=NOW)
    before = await ALL.home.paint(office.desk, ASKER, NOW)
    store: Any = Overtaken(office, opinion.id)

    shown = await ALL.home.paint(replace(office.desk, store=store), ASKER, NOW)

    assert QUESTION in str(before)
    assert QUESTION not in str(shown)
