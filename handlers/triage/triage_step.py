"""What a question is read for before it goes to anybody: is it for people in confidence, which help fits."""

from dataclasses import dataclass, replace
from functools import partial

from handlers.block_kit.blocks import Block
from handlers.interactions.command_call import Call
from handlers.interactions.screening import UNSCREENED, Screening
from handlers.requests import drafts
from handlers.requests import form as request_form
from handlers.requests.ask_line import Question
from handlers.triage import advice, level_menu
from kernel.desk import Desk
from kernel.reading import aside
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import USUAL_LEVEL, Person
from mentoring.people.preferences import Habits, habits
from mentoring.requests.drafts import Draft
from sensing.safety.safety import CONFIDENTIAL, Finding, Tier
from sensing.triage.evidence_spans import SENIOR_LEVEL
from sensing.triage.triage import Advice, Choice, TriageFeature, advise, hangs_on_level

COACHED = frozenset({Choice.COACH, Choice.SPRINT, Choice.MENTORSHIP})


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """What a question shows: what it speaks of, which kind of help fits it, whether that *hangs_on_level*."""

    finding: Finding
    fits: Advice
    hangs_on_level: bool = False

    @property
    def is_confidential(self) -> bool:
        """Whether it belongs with people who can act on it in confidence, before any colleague."""
        return self.finding.category in CONFIDENTIAL

    @property
    def is_coached(self) -> bool:
        """Whether a guided talk, practice, a mentor for months or a sponsor fits clearly better.

        A sponsor only where the words ask to be spoken for: that somebody was passed over may be a question.
        """
        is_spoken_for = TriageFeature.SPOKEN_FOR in {reason.feature for reason in self.fits.reasons}
        fitting = COACHED | {Choice.SPONSOR} if is_spoken_for else COACHED
        return self.fits.is_clear and self.fits.choice in fitting

    def care(self, desk: Desk) -> list[Block]:
        """The quiet lines that go with it."""
        return advice.care(self.finding, desk.policy.support)


async def reading(screening: Screening, *texts: str, level: int = USUAL_LEVEL) -> QuestionReading:
    """Read what somebody of a level is about to ask, as one text; what was screened is not screened again."""
    return await aside(partial(_reading, screening, level), "\n".join(filter(None, texts)))


def _reading(screening: Screening, level: int, text: str) -> QuestionReading:
    return QuestionReading(screening.of(text), advise(text, level=level))


async def reading_of(call: Call, text: str) -> QuestionReading:
    """Read what somebody is about to ask, by the level that is known of them.

    It hangs on their level where that is not known, and something else would clearly fit a senior.
    """
    seen = await reading(call.screening, text)
    if not await aside(hangs_on_level, text):
        return seen
    person = await call.desk.find(Person, call.me)
    if person and person.knows_level:
        return await reading(call.screening, text, level=person.level)
    senior = await reading(call.screening, text, level=SENIOR_LEVEL)
    return replace(seen, hangs_on_level=senior.fits.is_clear)


async def better(draft: Draft, desk: Desk) -> list[Block] | None:
    """What fits a text written to the app better than to ask somebody; None where nothing does."""
    if draft.source != "dm" or draft.state != "kept" or not desk.policy.support:
        return None
    seen = await reading(UNSCREENED, draft.text)
    if not seen.is_coached:
        return None
    return await _instead(draft, seen, desk)


async def doors(desk: Desk, me: PersonId, draft: Draft, screening: Screening = UNSCREENED) -> list[Block]:
    """Which kind of help fits a text, why, and the ways to each; what they took last time first.

    Where it hangs on how experienced they are, that is asked, unless their profile as a helper says it.
    """

    def view(found: Snapshot) -> tuple[Person | None, Habits | None]:
        return found.find(Person, me), found.find(Habits, me)

    person, habits = await desk.store.look(view, load=[Key(Person, me), Key(Habits, me)])
    level = person.level if person else USUAL_LEVEL
    seen = await reading(screening, draft.text, level=level)
    care, fits = seen.care(desk), await _beside_topics(seen.fits, draft.text, desk)
    if seen.finding.tier is Tier.CARE or seen.is_confidential:
        return advice.with_care(draft.id, draft.text, care)
    taken = habits.taken.get(fits.choice) if habits else None
    is_asked = not (person and person.enrolled_at) and await aside(hangs_on_level, draft.text)
    ask = [level_menu.asked(person, draft.id)] if is_asked else []
    return await aside(lambda text: advice.advised(draft.id, text, fits, care + ask, taken), draft.text)


async def _beside_topics(fits: Advice, text: str, desk: Desk) -> Advice:
    """The advice; what a topic of the workspace is about is work here, cooking in a kitchen too."""
    if not fits.is_private or not request_form.probably_about(await request_form.guesses(text, desk)):
        return fits
    return replace(fits, is_private=False)


async def instead(
    call: Call, line: Question, seen: QuestionReading, *, is_tagged: bool
) -> list[Block] | None:
    """What fits better than asking at once, with the question kept; None where it is to be asked.

    Somebody who tagged it, named a person or a time, or passed over the same advice before, is not stopped.
    """
    is_meant = is_tagged or line.prefer or line.urgency or line.anonymous
    if is_meant or not call.desk.policy.support or not seen.is_coached:
        return None
    if (await habits(call.desk, call.me)).overrides(seen.fits.choice):
        return None
    draft = await drafts.keep(call, line.text, "coach")
    return await _instead(draft, seen, call.desk)


async def _instead(draft: Draft, seen: QuestionReading, desk: Desk) -> list[Block]:
    return await aside(lambda text: advice.instead(draft.id, text, seen.fits, seen.care(desk)), draft.text)
