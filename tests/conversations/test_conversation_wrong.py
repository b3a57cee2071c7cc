"""*Something is wrong*, wherever people are joined: one button, one form, and what follows in each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

import pytest
from app_world import World, start_world, with_support
from make_sprint import SCALE
from test_conversation_reports import ADMINS, RUBY, cards

from coaching.sprints.sprint import SPRINT_PARTNER, IfThen, Sprint, SprintPlan, begun
from kernel.store import Changes, Show
from kernel.values import Document, PersonId, TopicId
from matching.values import Lane
from mentoring.model.person import Person
from playground.workspace.messages import Message
from relationships.circles.circle import Circle, terms
from relationships.mentorships import mentorship as mentorships
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.mentorship import Mentorship
from relationships.second_opinions.second_opinion import VIEW, SecondOpinion
from relationships.sponsorships.sponsorship import Sponsorship, asked

MAYA, PRIYA, GRACE, TOMAS, EWAN = (PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "GRACE", "TOMAS", "EWAN"))
WORDS = "They <shouted> at me & would not stop."
WEEK = timedelta(weeks=1)
VIEW_OF = {PRIYA: "You are no good", TOMAS: "Go on with it"}


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as started:
        await started.settle()
        yield started


def mentorship(world: World, mentor: PersonId = GRACE, *, is_reverse: bool = False) -> Mentorship:
    fresh = mentorships.begun(
        f"M{mentor}", mentor, MAYA, Agreement(purpose="Lead"), world.now, is_reverse=is_reverse
    )
    until = months_after(world.now, 6, "UTC")
    return fresh.agree(mentor, world.now, until).agree(MAYA, world.now, until)


def circle(world: World) -> Circle:
    everyone = (MAYA, TOMAS, EWAN)
    it = Circle(id="C1", mentor_id=GRACE, mentee_ids=everyone, agreement=terms("Circles"), made_at=world.now)
    for person in (GRACE, *everyone):
        it = it.answer(person, world.now, yes=True)
    return it.in_room(None)


def sponsorship(world: World) -> Sponsorship:
    until = world.now + WEEK
    it = asked(PRIYA, MAYA, MAYA, "Lead one day", "", answer_by=until, now=world.now)
    return it.accept(PRIYA, world.now)


def opinion(world: World) -> SecondOpinion:
    """A question without a name that two have answered."""
    now = world.now
    it = SecondOpinion(
        id="O1",
        asker_id=MAYA,
        question="Rewrite it?",
        topics=(TopicId("python"),),
        anonymous=True,
        asked_at=now,
        closes_at=now + WEEK,
    )
    for person, said in VIEW_OF.items():
        it = it.seat(person, Lane.PEER, (), now).answer(person, said, now)
    return it


def sprint(world: World) -> Sprint:
    plan = SprintPlan(
        goal="Ask first",
        scale=SCALE,
        weeks=3,
        at=time(16),
        partner_id=PRIYA,
        if_then=IfThen(cue="a question comes", action="I ask first"),
    )
    it = begun("S1", MAYA, plan, world.now, zone="UTC", ends_at=world.now + 3 * WEEK)
    return it.agree(PRIYA, "yes")


async def there(world: World, it: Document, *shows: Show) -> None:
    """Have something stand between people, with its cards."""
    await (await world.desk()).store.commit(lambda _: (None, Changes(put=[it], show=shows)))
    await world.settle()


@dataclass
class Wrong:
    """What a reporter sees and sends."""

    world: World
    who: PersonId

    async def opened(self, card: str) -> str:
        """Press the button on the card with these words; return what the window says."""
        shown = [it for it in self.world.slack.dm(self.who) if it.bot and card in it.words]
        await self.world.slack.press(self.who, shown[-1], "Something is wrong")
        view = self.world.slack.modal(self.who)
        assert view is not None
        return view.words

    async def told(self, *also: str, about: str = "") -> str:
        chosen = {"about": about} if about else {}
        done = await self.world.slack.submit(self.who, {"text": WORDS, "also": list(also), **chosen})
        await self.world.settle()
        assert done.view is not None
        await self.world.slack.close(self.who, all_views=True)
        return done.view.words


def alert(world: World, what: str, admin: str = RUBY) -> Message:
    [found] = cards(world, admin, f"reports something about {what}")
    return found


async def test_whatever_joins_people_can_be_reported_in_one_way(world: World):
    await _a_mentorship(world)
    await _a_circle(world)
    await _a_sponsorship(world)
    await _a_sprint(world)
    await _a_second_opinion(world)


async def _a_mentorship(world: World) -> None:
    pair, maya = mentorship(world), Wrong(world, MAYA)
    await there(world, pair, *pair.shows())
    assert "Only admins of this workspace read it" in (said := await maya.opened(f"<@{GRACE}>"))
    assert "I won't ask you any more how it goes." in said
    assert f"Your report is with {len(ADMINS)} admins" in await maya.told()
    assert cards(world, MAYA, "Your report about a mentorship")
    found = alert(world, f"a mentorship with <@{GRACE}>").words
    assert "They &lt;shouted&gt; at me &amp; would not stop." in found
    assert f"<@{GRACE}> mentors <@{MAYA}>. The mentorship goes on." in found
    assert f"that <@{GRACE}> isn't told" in found
    assert not cards(world, GRACE, "report")

    await world.skip(5 * WEEK)

    asked_now = (await world.get(Mentorship, pair.id)).questions["silence"].asked
    assert set(asked_now) == {GRACE}
    await maya.opened(f"<@{GRACE}>")
    await maya.told("end")
    assert (await world.get(Mentorship, pair.id)).end == "no_fit"


async def _a_circle(world: World) -> None:
    many, maya = circle(world), Wrong(world, MAYA)
    await there(world, many, *many.shows())
    assert "Who is it about?" in await maya.opened("circle has begun")
    refused = await world.slack.submit(MAYA, {"text": WORDS})
    assert refused.errors.keys() == {"about"}

    await maya.told(about=TOMAS)

    assert (await world.get(Circle, many.id)).mentees == (MAYA, TOMAS, EWAN), "who only tells goes on"
    await maya.opened("circle has begun")
    await maya.told("end", about=TOMAS)

    found = alert(world, f"a circle with <@{TOMAS}>").words
    assert f"<@{GRACE}> mentors <@{MAYA}>, <@{TOMAS}> and <@{EWAN}>. The circle goes on." in found
    after = await world.get(Circle, many.id)
    assert (after.is_open, after.mentees) == (True, (TOMAS, EWAN))


async def _a_sponsorship(world: World) -> None:
    acts = sponsorship(world)
    await there(world, acts, *acts.shows())
    await Wrong(world, PRIYA).opened("sponsor")
    await Wrong(world, PRIYA).told()
    assert f"<@{PRIYA}> is the sponsor, for <@{MAYA}>." in alert(world, f"a sponsorship with <@{MAYA}>").words

    await world.skip(6 * WEEK)

    assert (await world.get(Sponsorship, acts.id)).question_at is None
    await Wrong(world, PRIYA).opened("sponsor now")
    await Wrong(world, PRIYA).told("end")
    assert (await world.get(Sponsorship, acts.id)).end == "closed"


async def _a_sprint(world: World) -> None:
    shared = sprint(world)
    await there(world, shared, Show(shared.thing, to=MAYA), Show(SPRINT_PARTNER.of(shared.id), to=PRIYA))
    assert "Something is wrong" in cards(world, MAYA, "Ask first")[-1].words
    await Wrong(world, PRIYA).opened("Ask first")

    await Wrong(world, PRIYA).told("end")

    assert f"the sprint of <@{MAYA}>, with <@{PRIYA}>" in alert(world, f"a sprint with <@{MAYA}>").words
    assert (await world.get(Sprint, shared.id)).consent == "no"
    bare = shared.plan.model_copy(update={"partner_id": None})
    alone = shared.model_copy(update={"id": "S2", "plan": bare})
    await there(world, alone, Show(alone.thing, to=MAYA))
    assert "Something is wrong" not in cards(world, MAYA, "Ask first")[-1].words


async def _a_second_opinion(world: World) -> None:
    """Last: that Maya and Priya are kept apart ends what else they have."""
    views, maya, priya = opinion(world), Wrong(world, MAYA), Wrong(world, PRIYA)
    await there(world, views, Show(views.thing, to=MAYA), Show(VIEW.of(views.id), to=PRIYA))
    assert "Who is it about?" in await maya.opened("views, side by side")
    window = world.slack.modal(MAYA)
    assert window is not None
    [menu] = [it["element"] for it in window.blocks if it.get("block_id") == "about"]
    labels = [each["text"]["text"] for each in menu["options"]]
    assert labels == [f"Someone at your level: “{VIEW_OF[seat.person_id]}”" for seat in views.answered]

    assert not {PRIYA, TOMAS} & {each["value"] for each in menu["options"]}
    number = str(views.seat_of(PRIYA).number)
    await maya.told("apart", about=number)

    found = alert(world, f"a second opinion with <@{PRIYA}>").words
    assert "They talked without names" in found
    assert f"<@{MAYA}> won't be matched with <@{PRIYA}> again." in found
    assert PRIYA in (await world.get(Person, MAYA)).do_not_match
    assert not (await world.get(Sponsorship, sponsorship(world).id)).is_open
    await priya.opened("Rewrite it?")
    await priya.told()
    assert "The second opinion goes on." in alert(world, f"a second opinion with <@{MAYA}>").words
