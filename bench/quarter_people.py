"""The people of a simulated quarter: what they begin, and what they do about what the app shows them.

**All of it is assumed**, by the constants below; `quarter.py` counts what comes of it.
"""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar, cast

from coaching.sprints import sprints
from coaching.sprints.goal_scale import GoalScale
from coaching.sprints.sprint import CheckIn, IfThen, Review, Sprint, SprintPlan
from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.nudges import Unasked
from kernel.store import Changes, Later, Snapshot, Store
from kernel.topics import Catalogue, Topic
from kernel.values import Document, OfferId, PersonId, RequestId, SessionId, TopicId, WorkspaceId
from kernel.working_hours import add_working, is_open
from kernel.working_time import Span
from mentoring.model.check import Check, Used
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.session import Session, WrapUp
from mentoring.requests.requests import file
from mentoring.routing import offers
from mentoring.sessions import feedback, follow_ups
from mentoring.sessions.feedback import Answer, Feedback
from mentoring.sessions.sessions import wrap_up
from relationships.answer_cards import answer_cards, lookup
from relationships.answer_cards.answer_card import AnswerCard, CardWords
from relationships.answer_cards.found_answer import FoundAnswer
from relationships.board import boards
from relationships.board.board import Board
from relationships.growth_plan import goals
from relationships.growth_plan.goal import GoalWish
from relationships.growth_plan.growth_plan import GrowthPlan
from relationships.mentorships import mentorships
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.mentorship import ANSWERS, Mentorship, begun
from relationships.second_opinions import outcome, second_opinions, views
from relationships.second_opinions.second_opinion import SecondOpinion
from relationships.second_opinions.second_opinions import NewSecondOpinion
from relationships.sponsorships import sponsorships
from relationships.sponsorships.sponsorship import Sponsorship
from relationships.sponsorships.sponsorships import Deeds
from slackapp.workspaces.presence import NoPresence
from storage import Stores
from storage.connection.keys import keys_of

HERE = WorkspaceId("BENCH")
ZONES = (
    *("America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin"),
    *("Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney"),
)
TOPICS = tuple(TopicId(f"topic-{number}") for number in range(8))
BEGIN, DAY = datetime(2026, 9, 7, tzinfo=UTC), timedelta(days=1)
SCALE = GoalScale(much_less="none", less="one", expected="two", more="three", much_more="four")
ASKS_A_DAY, AGAIN = 1 / 10, 0.25  # on working days; questions in nearly the words of another
YES, NO, REPLIES = 0.5, 0.3, 0.6  # of those who are asked to help; of those whom the app asks anything
AFTER = 40  # minutes of work until somebody answers, in the mean
WRITTEN_DOWN, SPONSORED = 0.3, 0.6
SOLVES, WANTS = 0.6, 0.2  # of those who are shown an answer
VIEW, NO_TIME = 0.6, 0.2  # of those who are asked for a second opinion
D, R = TypeVar("D", bound=Document), TypeVar("R")
Step = Callable[[datetime], Awaitable[object]]


class Watched:
    """A store that tells of every document that is written, and when something is planned for."""

    def __init__(
        self, store: Store, tell: Callable[[Document], None], plan: Callable[[datetime], None]
    ) -> None:
        self._store, self._tell, self._plan = store, tell, plan

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def commit(self, decide: Callable[[Snapshot], tuple[R, Changes]], **rest: Any) -> R:
        """Commit, then tell what was put and planned."""
        written = Changes()

        def noted(read: Snapshot) -> tuple[R, Changes]:
            nonlocal written
            result, written = decide(read)
            return result, written

        result = await self._store.commit(noted, **rest)
        for document in written.put:
            self._tell(document)
        for entry in written.later:
            if isinstance(entry, Later):
                self._plan(entry.at)
        return result


@dataclass
class Quarter:
    """One workspace whose quarter goes by; the same draws lead it each time."""

    stores: Stores[Person, Load]
    people: int
    weeks: int
    draw: random.Random = field(default_factory=lambda: random.Random(11))
    now: datetime = BEGIN
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)
    dues: list[datetime] = field(default_factory=list)
    known: dict[PersonId, Person] = field(default_factory=dict)
    unasked: dict[PersonId, set[datetime]] = field(default_factory=lambda: defaultdict(set))
    followed: dict[PersonId, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    opinions: dict[str, SecondOpinion] = field(default_factory=dict)

    @cached_property
    def desk(self) -> Desk:
        """What the use cases work with; all that they write is watched."""
        store = cast(Store, Watched(self.stores.of(HERE), self._tell, self._planned))
        catalogue = Catalogue(tuple(Topic(id=id, label=id.title()) for id in TOPICS))
        directory = self.stores.directory.of(HERE)
        own = {"ties": ALL.features.ties, "first_looks": ALL.features.first_looks}
        return Desk(store, catalogue, ALL.features.policy(), directory, NoPresence(), **own)

    @property
    def until(self) -> datetime:
        """When the quarter is over."""
        return BEGIN + timedelta(weeks=self.weeks)

    async def live(self) -> None:
        """Let the quarter go by."""
        self.known = {person.id: person for person in self._everyone()}
        await self.desk.store.commit(lambda _: (None, Changes(put=list(self.known.values()))))
        for person in self.known.values():
            self._plan(person)
        while self.steps:
            await self._go_on()

    async def _go_on(self) -> None:
        """Do the next thing that somebody does, after all that is on the agenda before it."""
        at, number, step = heapq.heappop(self.steps)
        if self.dues and self.dues[0] <= at:
            heapq.heappush(self.steps, (at, number, step))
            self.now = max(self.dues[0], self.now)
        else:
            self.now = at
            with suppress(Refusal):
                await step(at)
        if self.dues and self.dues[0] <= self.now:
            await self._due()

    def _planned(self, at: datetime) -> None:
        heapq.heappush(self.dues, at)

    async def _due(self) -> None:
        while self.dues and self.dues[0] <= self.now:
            heapq.heappop(self.dues)
        shards = [keys_of(HERE).shard]
        while await self.stores.agenda.tick(self.now, shards):
            for due in await self.stores.agenda.take("bench", shards=shards):
                if not await ALL.features.perform(self.desk, due, self.now):
                    await self.stores.agenda.done(due)

    def _everyone(self) -> Iterator[Person]:
        """Everybody: the first tenth lead a team of nine each; three functions, nine sites and zones."""
        leads = max(self.people // 10, 1)
        for number in range(self.people):
            lead = PersonId(f"U{number % leads}") if number >= leads else None
            yield Person(
                id=PersonId(f"U{number}"),
                standing="active",
                zone=ZONES[number % len(ZONES)],
                level=6 if lead is None else self.draw.randint(1, 5),
                topics={topic: self.draw.randint(1, 3) for topic in self.draw.sample(TOPICS, 3)},
                minutes_per_week=120,
                managers=(lead,) if lead else (),
                team=f"team-{number % leads}",
                function=f"function-{number % 3}",
                site=f"site-{number % 9}",
                enrolled_at=BEGIN,
                seen_at=BEGIN,
            )

    def _plan(self, person: Person) -> None:
        """Plan what somebody does of their own accord."""
        me = person.id
        for day in range(self.weeks * 7):
            if self.draw.random() < 3 * ASKS_A_DAY:  # a third of all minutes are somebody's hours
                self._at_work(person, day, partial(self._ask, me, f"R{me}-{day}"))
        for number in range(2):
            opinion = partial(self._opinion, me, number)
            self._some_day(person, self.draw.randrange(7, max(self.weeks * 7 - 7, 8)), opinion)
            self._some_day(person, 7 + 42 * number, partial(self._sprint, me, number))
            self._some_day(person, 1 + number, partial(self._goal, me, number))
        self._some_day(person, self.draw.randrange(14), lambda now: boards.open_board(self.desk, me, now))
        self._some_day(person, self.draw.randrange(14), partial(self._mentor, person))
        if self.draw.random() < SPONSORED:
            self._some_day(person, self.draw.randrange(28), partial(self._sponsor, person))

    def _at_work(self, person: Person, day: int, step: Step) -> None:
        at = BEGIN + day * DAY + timedelta(minutes=self.draw.randrange(1440))
        if is_open(person.hours, person.zone, at):
            self._later(at, step)

    def _some_day(self, person: Person, day: int, step: Step) -> None:
        self._soon(person.id, step, BEGIN + day * DAY)

    def _later(self, at: datetime, step: Step) -> None:
        if at < self.until:
            heapq.heappush(self.steps, (at, self.draw.getrandbits(48), step))

    def _soon(self, who: PersonId, step: Step, start: datetime | None = None) -> None:
        """Have somebody do something after a while at work."""
        minutes, person = 1 + min(int(self.draw.expovariate(1 / AFTER)), 400), self.known[who]
        at = add_working(person.hours, person.zone, start or self.now, Span.parse(f"{minutes}m"))
        if at:
            self._later(at, step)

    def _once(self, key: str) -> bool:
        is_new = key not in self.done
        self.done.add(key)
        return is_new

    def _answers(self, key: str, who: PersonId, step: Step, share: float = REPLIES) -> None:
        """Have somebody whom the app has asked this answer it, once and perhaps."""
        if self._once(key) and self.draw.random() < share:
            self._soon(who, step)

    # What people begin.

    async def _ask(self, me: PersonId, id: str, now: datetime) -> None:
        topic, way = self.draw.choice(TOPICS), self.draw.choice(("How do I", "How can I"))
        often = self.draw.random() < AGAIN
        number = self.draw.randrange(3) if often else 100 + self.draw.randrange(100_000)
        new = NewRequest(question=f"{way} {_about(topic, number)}?", topics=(topic,))
        await file(self.desk, me, new, RequestId(id), now)
        self.counts["asked"] += 1

    async def _opinion(self, me: PersonId, number: int, now: datetime) -> None:
        topic = self.draw.choice(TOPICS)
        new = NewSecondOpinion(question=f"Should I {_about(topic, number)}?", topics=(topic,))
        await second_opinions.ask(self.desk, me, new, f"O{me}-{number}", now)
        self.counts["second opinions"] += 1

    async def _sprint(self, me: PersonId, number: int, now: datetime) -> None:
        said = {"goal": "Say it shorter", "scale": SCALE, "if_then": IfThen(cue="lunch", action="practise")}
        partner = self.draw.choice([None, PersonId(f"U{self.draw.randrange(self.people)}")])
        plan = SprintPlan(**said, days=(1, 3), at=time(16), partner_id=partner if partner != me else None)
        await sprints.plan(self.desk, me, plan, now, sprint_id=f"S{me}-{number}")

    async def _goal(self, me: PersonId, number: int, now: datetime) -> None:
        wish = GoalWish(title=f"Get better at {TOPICS[number]} {number}", why="It is time")
        await goals.set_goal(self.desk, me, wish, now, goal_id=f"G{me}-{number}")

    async def _mentor(self, me: Person, now: datetime) -> None:
        elder = [it for it in self.known.values() if it.level > me.level and it.id not in me.managers]
        if not elder:
            return
        mentor = self.draw.choice(elder).id
        it = begun(f"M{me.id}", mentor, me.id, Agreement(purpose="To grow"), now)
        await self.desk.store.commit(lambda _: (None, Changes(put=[it])))
        for who in it.both:
            await mentorships.agree(self.desk, it.id, who, now)

    async def _sponsor(self, me: Person, now: datetime) -> None:
        elder = [it.id for it in self.known.values() if it.level > me.level + 1 and it.id not in me.managers]
        if elder:
            said = {"role": "protege", "wants": "To lead one day", "once": f"{me.id}"}
            await sponsorships.ask(self.desk, me.id, self.draw.choice(elder), now, **said)  # type: ignore[arg-type]

    # What people do about what the app shows them.

    def _tell(self, document: Document) -> None:
        for kind, react in self._reactions.items():
            if isinstance(document, kind):
                react(document)

    @cached_property
    def _reactions(self) -> dict[type[Document], Callable[[Any], None]]:
        return {
            Unasked: self._counted,
            Offer: self._offered,
            Session: self._talking,
            Feedback: self._how_it_went,
            Check: self._used,
            FoundAnswer: self._found,
            AnswerCard: self._written,
            SecondOpinion: self._voices_asked,
            Mentorship: self._mentored,
            Sponsorship: self._sponsored,
            Sprint: self._practised,
            GrowthPlan: self._looked_back,
            Board: self._gap,
        }

    def _counted(self, it: Unasked) -> None:
        self.unasked[it.id] |= set(it.at)

    def _offered(self, it: Offer) -> None:
        if it.state == "pending" and self._once(it.id):
            says = self.draw.random()
            act = offers.accept if says < YES else offers.decline
            if says < YES + NO:
                self._soon(it.helper_id, partial(act, self.desk, OfferId(it.id), it.helper_id))

    def _talking(self, it: Session) -> None:
        if it.is_open and self._once(f"end {it.id}"):
            end = partial(wrap_up, self.desk, SessionId(it.id), it.asker_id, WrapUp(minutes=25))
            self._later(self.now + timedelta(minutes=25), end)
        if not it.is_open and self._once(f"card {it.id}"):
            self.counts["talks"] += 1
            if self.draw.random() < WRITTEN_DOWN:
                self._soon(it.helper_id, partial(self._write_down, it))

    async def _write_down(self, it: Session, now: datetime) -> None:
        seen = await answer_cards.about(self.desk, it.id, it.helper_id, now)
        words = CardWords(question=seen.words.question, answer="Measure first, then change one thing.")
        await answer_cards.write(self.desk, it.id, it.helper_id, words, now)

    def _how_it_went(self, it: Feedback) -> None:
        if it.state == "asked":
            if it.knocked_at and self._once(f"knocked {it.id}"):
                self.followed[it.person_id].append(self.now)
            answer = partial(feedback.answer, self.desk, it.id, it.person_id, Answer(helped="yes"))
            self._answers(it.id, it.person_id, answer)

    def _used(self, it: Check) -> None:
        if it.state == "asked" and self._once(f"asked {it.id}"):
            self.followed[it.asker_id].append(self.now)
            says: Used = self.draw.choice(("used", "not_yet", "no_use"))
            answer = partial(follow_ups.answer_check, self.desk, it.id, it.asker_id, says)
            self._answers(it.id, it.asker_id, answer)

    def _found(self, it: FoundAnswer) -> None:
        if self._once(f"{it.state} {it.id}"):
            self.counts[f"answer {it.state}"] += 1
        says = self.draw.random()
        if it.state == "shown" and self._once(f"read {it.id}") and says < SOLVES + WANTS:
            act = lookup.solve if says < SOLVES else lookup.want_person
            at = self.now + timedelta(minutes=2)
            self._later(at, partial(act, self.desk, it.id, it.asker_id))

    def _written(self, it: AnswerCard) -> None:
        if it.state == "offered":
            agree = partial(answer_cards.agree, self.desk, it.id, it.asker_id, it.wording)
            self._answers(f"agree {it.id}", it.asker_id, agree, 0.8)
        if it.state == "shared" and it.asked_at:
            confirm = partial(answer_cards.confirm, self.desk, it.id, it.answerer_id)
            self._answers(f"true {it.id} {it.asked_at}", it.answerer_id, confirm)

    def _voices_asked(self, it: SecondOpinion) -> None:
        self.opinions[it.id] = it
        for seat in it.waiting:
            who, says = seat.person_id, self.draw.random()
            if self._once(f"view {it.id} {who}") and says < VIEW + NO_TIME:
                give = partial(views.answer, self.desk, it.id, who, text="I would wait.")
                self._soon(who, give if says < VIEW else partial(views.decline, self.desk, it.id, who))
        if it.state == "shown":
            settle = partial(second_opinions.settle, self.desk, it.id, it.asker_id)
            self._answers(f"read {it.id}", it.asker_id, settle, 0.9)
        if it.state == "asked_back":
            came = partial(outcome.come_to, self.desk, it.id, it.asker_id, outcome="acted")
            self._answers(f"came {it.id}", it.asker_id, came)

    def _mentored(self, it: Mentorship) -> None:
        talk = it.talk
        if it.state == "going" and talk and talk.times and talk.at is None:
            at, number = talk.times[0], talk.number
            book = partial(mentorships.book, self.desk, it.id, it.mentee_id, number=number, at=at)
            self._answers(f"book {it.id} {number} {at}", it.mentee_id, book, 0.9)
        if it.state == "going" and talk and talk.asked_at:
            met = partial(mentorships.met, self.desk, it.id, it.mentee_id, number=talk.number)
            self._answers(f"met {it.id} {talk.number}", it.mentee_id, met, 0.8)
        for who in it.both:
            if found := it.question_to(who):
                key, question = found
                if said := sorted(ANSWERS[question.about]):
                    answer = partial(mentorships.answer, self.desk, it.id, who, key=key, said=said[-1])
                    self._answers(f"{key} {it.id} {who}", who, answer)

    def _sponsored(self, it: Sponsorship) -> None:
        if it.state == "asked":
            accept = partial(sponsorships.accept, self.desk, it.id, it.sponsor_id)
            self._answers(it.id, it.sponsor_id, accept)
        if it.question_at:
            key, says = f"{it.id} {it.question_at}", self.draw.random()
            nothing = partial(sponsorships.nothing_new, self.desk, it.id, it.sponsor_id)
            self._answers(key, it.sponsor_id, partial(self._note, it) if says < REPLIES else nothing, 0.8)
        for act in (*it.unconfirmed, *it.waiting):
            said = {"number": act.number}
            confirm = partial(sponsorships.confirm, self.desk, it.id, it.protege_id, word="yes", **said)
            came = partial(sponsorships.come_to, self.desk, it.id, it.protege_id, outcome="happened", **said)
            key = f"{it.id} {act.number} {act.word} {act.asked}"
            self._answers(key, it.protege_id, came if act.counts else confirm)

    async def _note(self, it: Sponsorship, now: datetime) -> None:
        deeds = Deeds("nominated", "deciders", (now - DAY).date(), "For the review")
        await sponsorships.note(self.desk, it.id, it.sponsor_id, deeds, now, once=f"{it.id}{now}")

    def _practised(self, it: Sprint) -> None:
        if it.partner_id and it.consent == "asked":
            yes = partial(sprints.agree, self.desk, it.id, it.partner_id)
            self._answers(f"partner {it.id}", it.partner_id, yes)
        if it.state == "going" and it.nudged:
            self._answers(f"{it.id} {it.nudged.number}", it.person_id, partial(self._check_in, it))
        if it.state == "review":
            said = Review(level=0, confidence=7)
            self._answers(
                f"review {it.id}", it.person_id, partial(sprints.review, self.desk, it.id, it.person_id, said)
            )

    async def _check_in(self, it: Sprint, now: datetime) -> None:
        entry = CheckIn(at=now, level=0, minutes=20)
        await sprints.check_in(self.desk, it.id, it.person_id, entry, now, once=f"{it.id}{now}")

    def _looked_back(self, it: GrowthPlan) -> None:
        looked = it.looked
        for id in looked.goals if looked and not looked.is_over else ():
            keep = partial(goals.keep_on, self.desk, it.id, id)
            self._answers(f"look {it.id} {looked and looked.number} {id}", it.id, keep)

    def _gap(self, it: Board) -> None:
        prompt = it.prompt
        if prompt and prompt.answer is None:
            answer = partial(boards.answer, self.desk, it.id, prompt.number, taken=False)
            self._answers(f"board {it.id} {prompt.number}", it.id, answer)


def _about(topic: TopicId, number: int) -> str:
    """What a question is about: the same words for the same topic and number."""
    draw = random.Random(f"{topic} {number}")
    verb, *nouns = draw.sample(_words(), 4)
    return f"{verb} the {nouns[0]} {nouns[1]} without {nouns[2]}"


def _words() -> list[str]:
    if not _VOCABULARY:
        path = Path(__file__).parents[1] / "matching" / "meaning" / "vectors" / "vocab.txt"
        every = path.read_text("utf-8").splitlines()
        _VOCABULARY.extend([word for word in every if word.isalpha() and len(word) > 3][2_000:6_000])
    return _VOCABULARY


_VOCABULARY: list[str] = []
