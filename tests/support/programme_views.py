"""Every page, form and card of a mentoring programme and its circles, with a text wherever one can type."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

from make import ADA, ASKER, BEN, CY, DEE, NOW

from handlers.block_kit.picture import Picture
from handlers.circles import card as circle_card
from handlers.pairing import (
    admin_forms,
    answers_card,
    list_form,
    page,
    pairs_list,
    sign_up_form,
    words_of_programmes,
)
from handlers.pairing.feature import ProgrammesAround
from handlers.pairing.page import PageContents, PagePosition
from handlers.pairing.words import PIN_OUT, RULED_OUT
from kernel.desk import Desk
from kernel.values import PersonId, TopicId
from matching.pairing.moves import Move
from matching.pairing.values import (
    Bind,
    Ground,
    GroundKind,
    MatchedPair,
    Obstacle,
    Pairing,
    Priority,
    Trait,
    Two,
    Unpaired,
)
from mentoring.admins.admins import Admins
from relationships.circles.circle import Circle, End, terms
from relationships.cohorts.participants import Standing
from relationships.cohorts.programme import (
    LONGEST_NAME,
    MOST_PARTS,
    Decision,
    LeftOut,
    OpenProgrammes,
    PairingTrouble,
    Programme,
    ReadList,
    named,
)
from relationships.cohorts.programmes import Counts
from relationships.cohorts.result import ProposalTally
from relationships.cohorts.sign_up import Outcome, SignUp, SignUpChoices
from relationships.mentorships.record import PairingReason

TEN = tuple(TopicId(f"topic-{number}") for number in range(10))
TWO = Two(BEN, ADA)
KNOWN = PairingReason(kind="knows", topic=TEN[0], depth=3)


def name(text: str) -> str:
    """A name as long as it may be typed."""
    return named(text[:LONGEST_NAME] or "x") if text.strip() else "x"


def grounds(text: str) -> tuple[Ground, ...]:
    """Every ground there is, for and against, about what stands in a column."""
    team = Trait("team", name(text))
    return tuple(Ground(kind, is_for, 1.0, team, 2) for kind in GroundKind for is_for in (True, False))


def alone(text: str) -> Iterator[Unpaired]:
    """Yield everyone who can be without a mentor, for every reason."""
    site = (Trait("site", name(text)), Trait("topics", "topic-1"))
    for bind in Bind:
        yield Unpaired(CY, bind, site, 7, 2, (ADA, BEN), dict.fromkeys(RULED_OUT, 3))
        yield Unpaired(CY, bind, (), 7, 1, (), {Obstacle.NEVER: 1})


def programmes(text: str) -> Iterator[Programme]:
    """Yield programmes in every state: fresh, at work, in trouble, paired, edited, proposed, closed."""
    fresh = Programme(id="p" * 24, name=name(text), made_by=ASKER, made_at=NOW)
    yield fresh
    yield from (fresh.has_read(it) for it in reads(text))
    for do in ("pair", "propose", "take_back", "read"):
        yield fresh.begin(do, ASKER, NOW)
    for obstacle in (None, *PIN_OUT):
        yield fresh.begin("pair", ASKER, NOW).failed(
            PairingTrouble(two=TWO, obstacle=obstacle, pinned=3, places=2)
        )
    yield fresh.begin("pair", ASKER, NOW).failed(PairingTrouble())
    many = [MatchedPair(PersonId(f"U{number:09}"), ADA, 1.0, ()) for number in range(8)]
    found = Pairing((*many, MatchedPair(BEN, ADA, 3.0, (), is_pinned=True)), tuple(alone(text)), 9.0, more=2)
    paired = fresh.begin("pair", ASKER, NOW).solved(found, 60, Priority.MOST_PAIRED, NOW)
    edited = paired.decide("ban", [TWO], NOW).begin("pair", ASKER, NOW)
    edited = edited.solved(Pairing((), (), 0.0), 60, Priority.BEST_FIT, NOW)
    for verb in ("pin", "ban", "free", "swap", "undo"):
        two = None if verb == "undo" else (BEN, ADA)
        yield paired.begin("pair", ASKER, NOW).deciding(Decision(verb=verb, two=two))
        yield edited.deciding(Decision(verb=verb, two=two))
    why = (*words_of_programmes.WHY_NOT, "bot")
    out = [LeftOut(mentee_id=CY, mentor_id=DEE, why=reason) for reason in why]
    sent = paired.sent(paired.unsent, out, NOW)
    yield from (paired, edited, sent, sent.taken_back(sent.proposed[:3]), sent.close(NOW))


def reads(text: str) -> Iterator[ReadList]:
    """Yield what can come of a list: saved in every way, and with more mistakes than are told."""
    yield from (ReadList(side="mentees", fresh=3, changed=2, kept=1), ReadList(side="pairs", decided=1))
    yield ReadList(side="mentors", problems=(f"line 2, wishes: {text}"[:600],) * 20, more=70)


def views(text: str, desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield every page and form."""
    counts = Counts(12, 3, 5)
    for programme in programmes(text):
        two = {pair.two: "agreeing" for pair in programme.proposed}
        states = {**two, TWO: "going"} if two else {}
        pairs = [MatchedPair(BEN, ADA, 1.0, grounds(text)), MatchedPair(CY, DEE, 1.0, (), is_pinned=True)]
        moves = [
            Move(BEN, ADA, DEE, -1.0, grounds(text)[:1], grounds(text)[2:4]),
            Move(BEN, None, DEE, 1.0),
            Move(BEN, ADA, None, -9.0),
        ]
        words = page.words(desk, programme)
        sight = PageContents(programme, counts, NOW, words, Standing(states, {}), 2, pairs, moves)
        yield page.headed(page.view(sight), words_of_programmes.have_joined(3))
        if programme.left_out and programme.is_open:
            parts = [PagePosition(tab, number) for tab in ("pairs", "alone") for number in (0, 1)]
            yield from (
                page.view(sight, place)
                for place in (*parts, PagePosition("moves"), PagePosition("left_out", 1))
            )
    yield from (admin_forms.add(programme), admin_forms.edit(programme), admin_forms.swap(programme, BEN))
    yield admin_forms.start("c" * 20)
    yield from (list_form.form(programme), list_form.not_granted(programme))
    yield sign_up_form.form("p" * 24, name(text), None, desk)
    for it in sign_ups(text):
        yield from (sign_up_form.form("p" * 24, name(text), it, desk), sign_up_form.saved(it))
    yield sign_up_form.out(name(text))


def sign_ups(text: str) -> Iterator[SignUp]:
    """Yield sign-ups in both roles, with as much in them as can be, told whatever can be told."""
    asked = SignUpChoices(mentee=True, mentor=True, wishes=(ADA, BEN), wants=TEN[:5], needs=TEN[5:], places=9)
    base = SignUp(
        id=f"p.{ASKER}", programme_id="p", programme=name(text), person_id=ASKER, asked=asked, made_at=NOW
    )
    yield from (base, base.model_copy(update={"added_by": ADA}))
    [result] = [programme.result for programme in programmes(text) if programme.result][:1]
    for one in result.alone:
        yield base.told(Outcome(alone=one, is_free=True, at=NOW))
    yield base.told(Outcome(is_free=True, at=NOW))
    yield base.told(Outcome(is_free=True, is_on_hold=True, at=NOW + timedelta(hours=1)))


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card."""
    [programme] = list(programmes(text))[:1]
    for it in sign_ups(text):
        if picture := sign_up_form.card(it, page.words(desk, programme)):
            yield picture
    listed = programme.list_for(ASKER)
    whole = pairs_list.text([("U0ASKER", text, "=cmd()", text, "pin", text, "", "")])
    for part in range(3):
        yield from filter(None, [pairs_list.message(listed, MOST_PARTS + part, whole, ASKER)])
    sent = programme.begin("propose", ASKER, NOW)
    for tally in (ProposalTally(waiting=3), ProposalTally(yes=9, no=2, lapsed=1, gone=1), None):
        shown = answers_card.card(sent.model_copy(update={"tally": tally}), ASKER)
        yield from filter(None, (shown, answers_card.card(sent, ADA)))
    for circle in circles(text):
        for gone in (frozenset(), frozenset(circle.everyone)):
            seen = (circle_card.card(circle, me, str, gone) for me in (*circle.everyone, "U0NOBODY"))
            yield from filter(None, seen)
        if circle.state != "gathering":
            yield circle_card.room(circle)


def circles(text: str) -> Iterator[Circle]:
    """Yield circles in every state, with and without a conversation, ended in every way."""
    made = Circle(
        id="c" * 24,
        mentor_id=ADA,
        mentee_ids=(ASKER, BEN, CY, DEE),
        agreement=terms(name(text)),
        reasons={
            ASKER: (KNOWN, PairingReason(kind="wish"), PairingReason(kind="their_wish")),
            BEN: (PairingReason(kind="wish"),),
            CY: (KNOWN,),
        },
        made_at=NOW,
    )
    said = made.answer(ASKER, NOW, yes=True).answer(DEE, NOW, yes=False)
    begun = said
    for person in (ADA, BEN, CY):
        begun = begun.answer(person, NOW, yes=True)
    later = begun.go_on(NOW + timedelta(days=15), NOW)
    yield from (made, said, begun, later, begun.leave(CY, NOW))
    yield from (begun.tear(BEN, 1), said.tear(ADA, 2), begun.go_out_of_line(CY, NOW))
    for one in (begun, later):
        yield from (one.in_room("G1"), one.in_room(None))
    yield from (begun.close(end, NOW) for end in get_args(End))


def around(text: str, *, is_admin: bool) -> ProgrammesAround:
    """What a Home tab shows of programmes: as many as are shown, to an admin or anybody."""
    board = OpenProgrammes()
    for number, programme in enumerate(programmes(text)):
        board = board.noting(programme.model_copy(update={"id": f"p{number}"}))
    return ProgrammesAround(board, Admins(ids=(ASKER,) if is_admin else (), read_at=NOW))
