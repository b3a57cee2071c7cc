"""The mentoring programme that waits for an admin when the demo starts: people signed up, nobody paired."""

from datetime import datetime

from kernel.desk import Desk
from kernel.values import PersonId, TopicId
from relationships.cohorts import programmes
from relationships.cohorts.sign_up import SignUpChoices

ID, NAME = "demo-programme", "Northwind mentoring 2027"
ADMIN = PersonId("U0RUBY")
# Who, as what, whom they would like, what the mentor should know, and what the mentor must know.
_MENTEES: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    ("EWAN", ("AIKO", "DIEGO"), ("javascript",), ()),
    ("CHLOE", ("ZOE", "NOA"), ("ux-design",), ()),
    ("SAM", ("GRACE", "AIKO"), (), ("python",)),
    ("YUSUF", ("GRACE",), ("data-analysis",), ("sql",)),
    ("TOMAS", ("GRACE", "WEI"), ("machine-learning",), ()),
    ("BRUNO", ("KAI",), (), ("mobile",)),
    ("AMARA", (), ("sales",), ()),
    ("DIEGO", ("LENA",), ("leadership",), ()),
)
_MENTORS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("AIKO", 1, ("EWAN",)),
    ("GRACE", 1, ()),
    ("ZOE", 2, ("CHLOE",)),
    ("WEI", 1, ()),
    ("LENA", 1, ()),
    ("DIEGO", 1, ()),
)


async def seed_programme(desk: Desk, now: datetime) -> None:
    """Start it once, with all who take part; Diego is on both sides. A repeat changes nothing."""
    await programmes.start(desk, ADMIN, NAME, now, id=ID)
    mentors = {name: (places, wishes) for name, places, wishes in _MENTORS}
    mentees = {name: rest for name, *rest in _MENTEES}
    for name in sorted({*mentors, *mentees}):
        wishes, wants, needs = mentees.get(name, ((), (), ()))
        places, own = mentors.get(name, (1, ()))
        asked = SignUpChoices(
            mentee=name in mentees,
            mentor=name in mentors,
            wishes=tuple(PersonId(f"U0{number}") for number in (*wishes, *own)),
            wants=tuple(TopicId(want) for want in wants),
            needs=tuple(TopicId(need) for need in needs),
            places=places,
        )
        await programmes.sign_up(desk, ID, PersonId(f"U0{name}"), asked, now)
