"""Mentoring programmes: a row on Home for everyone, the page of admins, a word of `/ask-mentor`."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.pairing import admin_forms, answers_card, page, pairs_list, programmes, sign_up_form
from handlers.pairing.words import Words
from kernel.kinds import ListName
from kernel.store import Key, Snapshot
from kernel.values import WORKSPACE, Document
from mentoring.admins.admins import Admins, is_admin, listed_admins
from relationships.cohorts.feature import FEATURE
from relationships.cohorts.programme import (
    ANSWERS,
    LISTED_PAIRS,
    AtWork,
    Listed,
    NotPairable,
    OpenProgrammes,
    Programme,
)
from relationships.cohorts.sign_up import SIGN_UPS, SignUp

NAME = "programmes"
SHOWN = 3
_DOING = {
    "pair": "pairing",
    "propose": "proposing the pairs of",
    "take_back": "taking back the proposals of",
    "read": "bringing a list into",
}
_NOBODY = {
    "mentees": "Nobody looks for a mentor here yet. Add people, or tell them of `/ask-mentor programme`.",
    "mentors": "Nobody would mentor here yet. Add people, or tell them of `/ask-mentor programme`.",
    "size": "These are too many people to pair at once. Split the programme, by site for one.",
    "proposed": "All pairs have been proposed already.",
}


class Around(NamedTuple):
    """What stands around a person: the programmes that are open, and who steers the workspace."""

    open: OpenProgrammes
    admins: Admins | None


def _around(read: Snapshot, documents: Mapping[ListName, Sequence[Document]]) -> Around:
    return Around(read.find(OpenProgrammes, WORKSPACE) or OpenProgrammes(), listed_admins(read))


def _section(overview: Overview) -> list[Block]:
    """Return the newest programmes: to an admin with the way to their pages, to others to take part."""
    around = overview.related.get(NAME) or Around(OpenProgrammes(), None)
    steers = is_admin(overview.person, around.admins, overview.desk.policy, overview.me)
    mine = {it.programme_id: it for it in overview.of(SIGN_UPS, SignUp)}
    rows = [
        block
        for it in around.open.all[-SHOWN:]
        for block in (_steered(it, mine.get(it.id)) if steers else [_row(it, mine.get(it.id))])
    ]
    return [*rows, *blocks.actions([admin_forms.new_button()] if steers else [])]


def _steered(it: Listed, mine: SignUp | None) -> list[Block]:
    if it.pairs is None:
        state = "nobody is paired yet"
    else:
        pairs = "1 pair" if it.pairs == 1 else f"{it.pairs} pairs"
        state = f"{pairs}, {it.proposed} proposed" if it.proposed else f"{pairs}, not proposed yet"
    name = texts.quoted(it.name)
    ways = [
        blocks.button("Pairs and people", page.OPEN, it.id),
        sign_up_form.open_button(it.id, "Change my part" if mine else "Take part"),
    ]
    return [blocks.row(f"{name}\n{state}"), *blocks.actions(ways)]


def _row(it: Listed, mine: SignUp | None) -> Block:
    if mine is None:
        return blocks.row(
            f"{texts.quoted(it.name)} is looking for mentees and mentors.", sign_up_form.open_button(it.id)
        )
    role = sign_up_form.role(mine.asked)
    said = f"An admin put you there as {role}." if mine.added_by else f"You're in as {role}."
    return blocks.row(f"{texts.quoted(it.name)}\n{said}", sign_up_form.open_button(it.id, "Change"))


def _card(it: SignUp, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to != it.person_id:
        return None
    label = partial(texts.label, reader.desk.topics)
    words = Words(mrkdwn.mention, label, keeps_quiet=True, value=mrkdwn.quoted)
    return sign_up_form.card(it, words)


async def _listed(reader: Reader) -> Picture | None:
    programme_id, number = reader.numbered
    it = await reader.desk.find(Programme, programme_id)
    if it is None:
        return None
    whole = await pairs_list.of_programme(reader.desk, it, reader.now)
    return pairs_list.message(it, number, whole, reader.to)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(programmes.register,),
    painters={
        SignUp.kind: drawn(SignUp, _card),
        LISTED_PAIRS: _listed,
        ANSWERS: drawn(Programme, lambda it, _read, reader: answers_card.card(it, reader.to)),
    },
    home=(
        HomePart(
            name=NAME,
            lists={SIGN_UPS: SignUp},
            beside=(Key(OpenProgrammes, WORKSPACE), Key(Admins, WORKSPACE)),
            also=_around,
            section=_section,
            stands_at=47,
            greets=True,
        ),
    ),
    coach_words={
        "programme": SubWord(
            help="`/coach-me programme` puts you forward for a mentoring programme.",
            answer=programmes.called,
            also=("programmes", "program"),
        )
    },
    ask_words={
        "programme": SubWord(
            help="`/ask-mentor programme` puts you forward for a mentoring programme.",
            answer=programmes.called,
            also=("programmes", "program", "cohort"),
        )
    },
    refusals={
        AtWork: lambda no: (
            f"{mrkdwn.mention(no.by)} is {_DOING[no.do]} this programme just now. Look again in a moment."
        ),
        NotPairable: lambda no: _NOBODY[no.why],
    },
    field_refusals={
        ("name", "empty"): "Write what the programme is called.",
        ("name", "too_long"): "This is {length} characters long; {limit} fit.",
        ("name", "there"): "A programme of this name is open already. Choose another name.",
        ("name", "too_many"): "{limit} programmes are open, which is the most. Close one first.",
        ("sides", "none"): "Choose at least one of the two.",
        ("sides", "full"): "{limit} people take part on one side, which is the most.",
        ("wishes", "self"): "That's you. Choose colleagues.",
        ("wishes", "too_many"): "Up to {limit} people fit.",
        ("wants", "too_many"): "Up to {limit} topics fit.",
        ("wants", "unknown"): "One of these topics is no longer there. Choose it anew.",
        ("needs", "too_many"): "Up to {limit} topics fit.",
        ("needs", "unknown"): "One of these topics is no longer there. Choose it anew.",
        ("mentees", "unknown"): "Choose one of the numbers offered.",
        ("mentees_added", "empty"): "Choose at least one person, in either field.",
        ("mentees_added", "too_many"): "Up to {limit} people fit at a time. Add the rest afterwards.",
        ("mentees_added", "no_member"): "One of these people can't take part: no member, or gone.",
        ("mentors_added", "no_member"): "One of these people can't take part: no member, or gone.",
        ("list_file", "empty"): "Choose a file.",
        ("one", "no_mentor"): "This person has no mentor yet, so there is nothing to swap.",
        ("other", "no_mentor"): "This person has no mentor yet, so there is nothing to swap.",
        ("other", "same"): "A swap is for two mentees with different mentors.",
        ("one", "no_mentee_here"): "This person doesn't look for a mentor in this programme.",
        ("other", "no_mentor_here"): "This person doesn't mentor in this programme.",
    },
)
