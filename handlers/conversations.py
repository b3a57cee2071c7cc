"""All conversations together: every listener, card, part of the Home tab, command and word of a command.

A new feature is declared in its own folder, as a Conversation, and named once in CONVERSATIONS.
"""

from collections.abc import Iterable
from datetime import datetime

from handlers import ask_mentor, coach_me, fallback, messages, my_drafts, safety_gate, status
from handlers.admins import feature as admins
from handlers.aims import feature as aims
from handlers.another_angle import feature as another_angle
from handlers.answer_cards import feature as answer_cards
from handlers.ask_mentor import AskMentor
from handlers.availability import remarks as availability
from handlers.block_kit import mentions
from handlers.block_kit.picture import Picture
from handlers.block_kit.refusals import Sentences
from handlers.board import feature as board
from handlers.circles import feature as circles
from handlers.coach_me import CoachMe
from handlers.growth_plan import feature as growth_plan
from handlers.guided_talks import feature as guided_talks
from handlers.home import Home
from handlers.hybrid import feature as hybrid
from handlers.insights import feature as insights
from handlers.interactions import context, topics_menu
from handlers.interactions.conversation import Command, Conversation, Overlay, Painter, Reader
from handlers.interactions.ports import App
from handlers.interactions.threads import Threads
from handlers.mentor_search import feature as mentor_search
from handlers.mentorships import feature as mentorships
from handlers.offers import feature as offers
from handlers.pairing import feature as pairing
from handlers.peer_coaching import feature as peer_coaching
from handlers.plans import feature as plans
from handlers.profile import feature as profile
from handlers.reports import feature as reports
from handlers.reports.reports import Reports, overlay
from handlers.requests import feature as requests
from handlers.reverse_mentoring import feature as reverse_mentoring
from handlers.safety_gate import SafetyGate
from handlers.second_opinions import feature as second_opinions
from handlers.sessions import feature as sessions
from handlers.sponsorships import feature as sponsorships
from handlers.sprints import feature as sprints
from handlers.unopened import Unopened
from kernel.desk import Desk
from kernel.errors import Undeclared
from kernel.features import Features, full_name, once
from kernel.kinds import HOME
from kernel.values import PersonId
from mentoring.features import LEARNING

LONGEST = 32  # characters that a command may have, with its slash
CONVERSATIONS = (
    safety_gate.CONVERSATION,
    guided_talks.CONVERSATION,
    sprints.CONVERSATION,
    peer_coaching.CONVERSATION,
    aims.CONVERSATION,
    plans.CONVERSATION,
    growth_plan.CONVERSATION,
    insights.CONVERSATION,
    mentor_search.CONVERSATION,
    mentorships.CONVERSATION,
    sponsorships.CONVERSATION,
    reverse_mentoring.CONVERSATION,
    hybrid.CONVERSATION,
    pairing.CONVERSATION,
    circles.CONVERSATION,
    requests.CONVERSATION,
    second_opinions.CONVERSATION,
    board.CONVERSATION,
    another_angle.CONVERSATION,
    answer_cards.CONVERSATION,
    status.CONVERSATION,
    my_drafts.CONVERSATION,
    offers.CONVERSATION,
    availability.CONVERSATION,
    sessions.CONVERSATION,
    admins.CONVERSATION,
    reports.CONVERSATION,
    profile.CONVERSATION,
    Conversation(feature=LEARNING),
)


class Conversations:
    """What was declared, put together; raises Undeclared where that does not fit."""

    def __init__(self, conversations: Iterable[Conversation]) -> None:
        self._all = tuple(conversations)
        self.features = Features(each.feature for each in self._all)
        self.bonds = once("bond", [(it.bond.document.kind, it) for each in self._all for it in each.bonds])
        self._painters: dict[str, Painter] = once(
            "painter of", [(str(kind), it) for each in self._all for kind, it in each.painters.items()]
        )
        self._overlays: dict[str, Overlay] = once(
            "overlay of", [*self._declared_overlays(), *self._report_buttons()]
        )
        ask = AskMentor(word for each in self._all for word in each.ask_words.items())
        self._coach = coach = CoachMe(word for each in self._all for word in each.coach_words.items())
        fronts: dict[str, Command] = {ask_mentor.COMMAND: ask.answer, coach_me.COMMAND: coach.answer}
        declared = [it for each in self._all for it in each.commands.items()]
        self.commands: dict[str, Command] = once("command", [*fronts.items(), *declared])
        self.ask_words = ask.words
        self.threads = Threads(once("thread of", [it for each in self._all for it in each.threads.items()]))
        self.sentences = Sentences(
            (it for each in self._all for it in each.refusals.items()),
            (it for each in self._all for it in each.field_refusals.items()),
        )
        self.alerts = once("alert", [it for each in self._all for it in each.alerts.items()])
        self.home = Home(
            [part for each in self._all for part in each.home], self.ask_words, self.alerts, self.bonds
        )
        self._check()

    @property
    def cards(self) -> frozenset[str]:
        """The kinds of card that can be drawn."""
        return frozenset(self._painters)

    def register(self, app: App) -> None:
        """Register every listener: the gate first, and what answers anything unknown last."""
        SafetyGate(frozenset(form for each in self._all for form in each.answers_itself)).register(app)
        app.middleware(context.ContextProvider(self.ask_words, self.threads, self.sentences).provide)
        for name, answer in self.commands.items():
            app.command(name)(answer)
        ask_mentor.register(app)
        coach_me.register(app)
        self._coach.register(app)
        for listen in (listen for each in self._all for listen in each.listen):
            listen(app)
        self.home.register(app)
        Reports(self.bonds).register(app)
        messages.register(app)
        topics_menu.register(app)
        Unopened(self.commands).register(app)
        fallback.register(app)

    async def paint(self, desk: Desk, thing: str, to: str, now: datetime) -> Picture | None:
        """What a thing looks like to its reader now, or None where there is nothing to show."""
        kind, _, id = thing.partition(":")
        painter = self._painters.get(kind)
        over = self._overlays.get(kind)
        reader = Reader(desk, id, PersonId(to), now, self.ask_words, over, self.alerts, self.bonds)
        picture = await painter(reader) if painter else None
        return await mentions.in_picture(desk, picture) if picture else None

    def _declared_overlays(self) -> list[tuple[str, Overlay]]:
        return [(str(kind), it) for each in self._all for kind, it in each.overlays.items()]

    def _report_buttons(self) -> list[tuple[str, Overlay]]:
        return [(str(kind), overlay(bonded)) for bonded in self.bonds.values() for kind in bonded.cards]

    def _check(self) -> None:
        declared = self.features.cards.keys() | self.features.documents.keys()
        if strange := self._painters.keys() - declared:
            raise Undeclared(f"painter of {min(strange)}: no feature has such a card or document")
        if blank := self.features.cards.keys() - self._painters.keys() - {HOME}:
            raise Undeclared(f"card {min(blank)}: nothing draws it")
        if lost := self._overlays.keys() - self._painters.keys():
            raise Undeclared(f"overlay of {min(lost)}: nothing draws the card")
        if bare := {kind for each in self._all for kind in each.threads} - self._painters.keys():
            raise Undeclared(f"thread of {min(bare)}: nothing draws the card that is above it")
        self._check_sentences()
        if odd := [it for it in self.commands if not it.startswith("/") or not 2 <= len(it) <= LONGEST]:
            raise Undeclared(f"command {odd[0]}: it begins with / and has at most {LONGEST} characters")

    def _check_sentences(self) -> None:
        raised = self.features.errors
        if unsaid := sorted(name for name, kind in raised.items() if kind not in self.sentences):
            raise Undeclared(f"refusal {unsaid[0]}: no feature says it in words")
        said = {full_name(kind) for each in self._all for kind in each.refusals}
        if unraised := said - raised.keys():
            raise Undeclared(f"sentence of refusal {min(unraised)}: no feature has it among its errors")


ALL = Conversations(CONVERSATIONS)
